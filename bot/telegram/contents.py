"""What a Telegram message holds, as one of the neutral contents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.types import Message, MessageOriginChat, MessageOriginHiddenUser, MessageOriginUnion, MessageOriginUser

from bot.telegram.addressing import Heard, Me, heard
from bot.telegram.places import sender_of
from handlers.chat import (
    Attachment,
    ContactCard,
    Content,
    ConversationMoved,
    Forwarded,
    Location,
    MembersChanged,
    Text,
    Unknown,
)


def content_of(message: Message, me: Me, raw: Mapping[str, Any]) -> Content:
    """Text, file, place, contact or members of a message; anything else is ``Unknown`` with ``message.<kind>``."""
    if message.text is not None:
        return _text(message, me)
    if message.contact is not None:
        return _contact(message)
    if message.location is not None:
        return Location(message.location.latitude, message.location.longitude)
    if message.migrate_to_chat_id is not None:
        return ConversationMoved(str(message.chat.id), str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return ConversationMoved(str(message.migrate_from_chat_id), str(message.chat.id))
    if message.new_chat_members or message.left_chat_member:
        return _members(message, me, raw)
    return _attachment(message, me) or Unknown(f"message.{_kind(message)}", raw)


def _kind(message: Message) -> str:
    return str(getattr(message.content_type, "value", message.content_type))


SAID_BY_THE_GROUP = (MembersChanged, ConversationMoved)
"""What is told of a group, whoever is named as the sender."""


def _text(message: Message, me: Me) -> Text | Forwarded:
    said = heard(message.text or "", message.entities, me)
    if message.forward_origin is not None and message.chat.type == "private":
        origin = message.forward_origin
        return Forwarded(message.text or "", _author(origin, me), origin.date, _author_id(origin))
    return Text(said.text, addressed=_is_addressed(message, said, me))


def _author(origin: MessageOriginUnion, me: Me) -> str:
    """Who wrote what was forwarded, as far as Telegram says; empty for words of our own bot."""
    if isinstance(origin, MessageOriginUser):
        return "" if origin.sender_user.id == me.id else origin.sender_user.full_name
    if isinstance(origin, MessageOriginHiddenUser):
        return origin.sender_user_name
    chat = origin.sender_chat if isinstance(origin, MessageOriginChat) else origin.chat
    return origin.author_signature or chat.title or ""


def _author_id(origin: MessageOriginUnion) -> str | None:
    return str(origin.sender_user.id) if isinstance(origin, MessageOriginUser) else None


def _is_addressed(message: Message, said: Heard, me: Me) -> bool:
    return message.chat.type == "private" or said.is_ours or _answers_us(message, me)


def _answers_us(message: Message, me: Me) -> bool:
    """A reply to one of our messages. In a topic every message "replies" to the one that opened the topic."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.from_user is None:
        return False
    return replied.from_user.id == me.id


def _contact(message: Message) -> ContactCard:
    """Telegram names the owner of a shared number by ``user_id``: the sender's own card carries the sender's id."""
    card = message.contact
    assert card is not None
    is_own = message.from_user is not None and card.user_id == message.from_user.id and message.forward_origin is None
    name = " ".join(part for part in (card.first_name, card.last_name) if part)
    return ContactCard(phone=card.phone_number, name=name, is_own=is_own)


def _members(message: Message, me: Me, raw: Mapping[str, Any]) -> Content:
    """People who came and went. The bot's own coming and going is told by ``my_chat_member``, and only once."""
    joined = tuple(sender_of(user) for user in message.new_chat_members or () if user.id != me.id)
    gone = message.left_chat_member
    left = (sender_of(gone),) if gone is not None and gone.id != me.id else ()
    if not joined and not left:
        return Unknown(f"message.{_kind(message)}.self", raw)
    return MembersChanged(joined=joined, left=left)


def _attachment(message: Message, me: Me) -> Attachment | None:
    """The photo in its largest size, a file, a voice note or a video. ``ref`` is the ``file_id``, good for getFile."""
    kind, file = _file(message)
    if file is None:
        return None
    said = heard(message.caption or "", message.caption_entities, me)
    return Attachment(
        kind,
        file.file_id,
        name=getattr(file, "file_name", None),
        mime=getattr(file, "mime_type", None),
        size=file.file_size,
        caption=said.text,
        album=message.media_group_id,
        addressed=_is_addressed(message, said, me),
        is_forwarded=message.forward_origin is not None,
    )


def _file(message: Message) -> tuple[str, Any]:
    if message.photo:
        return "photo", max(message.photo, key=lambda size: size.width * size.height)
    if message.voice is not None:
        return "voice", message.voice
    moving = message.video or message.video_note or message.animation or message.live_photo
    return ("video", moving) if moving else ("file", message.audio or message.document)
