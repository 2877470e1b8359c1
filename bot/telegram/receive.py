"""Telegram updates as chat events. Nothing here raises: what nobody knows becomes ``Unknown``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    Update,
)
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.telegram.addressing import Me, heard
from bot.telegram.contents import SAID_BY_THE_GROUP, content_of
from bot.telegram.places import CHANNEL, Topics, conversation_of, place_in, private_chat_with, sender_of
from bot.telegram.recent import Recent, Said
from handlers.chat import (
    Blocked,
    ChatEvent,
    Content,
    Conversation,
    Edited,
    MembersChanged,
    Press,
    Quoted,
    Reaction,
    Sender,
    Text,
    Unknown,
)

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "message_reaction",
]
"""The kinds of updates we ask for. Without the list Telegram sends no reactions."""

PRESENT = {"creator", "administrator", "member"}


def chat_event(
    raw: Mapping[str, Any],
    *,
    me: Me,
    received_at: datetime,
    topics: Topics | None = None,
    recent: Recent | None = None,
) -> ChatEvent:
    """One update, as JSON gives it, as a ChatEvent. ``received_at`` (aware UTC) dates what Telegram does not date.
    ``topics`` remembers where the messages of forums stand, ``recent`` what the latest messages of groups say.

    Never raises: an update that the models reject, or of a kind that nobody knows, becomes ``Unknown``, so that it
    stalls no other. https://core.telegram.org/bots/api#update
    """
    arrival = Arrival(raw=raw, me=me, received_at=received_at, topics=topics or Topics(), recent=recent or Recent())
    try:
        update = Update.model_validate(raw)
        translate = TRANSLATORS[update.event_type]
        return translate(arrival, getattr(update, update.event_type))
    except (UpdateTypeLookupError, KeyError):
        return arrival.unknown(arrival.kind)
    except ValidationError:
        return arrival.unknown(f"rejected.{arrival.kind}")
    except Exception:
        # The edge of the adapter: a mistake of ours in one translation must not hold up everybody's messages.
        log.exception("telegram-update-untranslated", delivery=arrival.delivery_id, kind=arrival.kind)
        return arrival.unknown(f"untranslated.{arrival.kind}")


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An update on its way, with what every translation needs."""

    raw: Mapping[str, Any]
    me: Me
    received_at: datetime
    topics: Topics
    recent: Recent

    @property
    def delivery_id(self) -> str:
        return str(self.raw.get("update_id"))

    @property
    def kind(self) -> str:
        return next((str(key) for key in self.raw if key != "update_id"), "empty")

    def unknown(self, kind: str) -> ChatEvent:
        return self.event(Unknown(kind, self.raw), place_in(self.raw))

    def event(
        self, content: Content, conversation: Conversation, sender: Sender | None = None, **more: Any
    ) -> ChatEvent:
        more.setdefault("at", self.received_at)
        return ChatEvent(
            channel=CHANNEL,
            delivery_id=self.delivery_id,
            conversation=conversation,
            sender=sender,
            content=content,
            **more,
        )


# ---------------------------------------------------------------- messages


def _message(arrival: Arrival, message: Message) -> ChatEvent:
    return _from_message(arrival, message, content_of(message, arrival.me, arrival.raw), at=message.date)


def _edited_message(arrival: Arrival, message: Message) -> ChatEvent:
    at = datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else message.date
    words = message.text if message.text is not None else message.caption
    if words is None:
        # A live location moves, or a file is exchanged, without a word being changed.
        return _from_message(arrival, message, Unknown("edited_message", arrival.raw), at=at)
    said = heard(words, message.entities or message.caption_entities, arrival.me)
    return _from_message(arrival, message, Edited(str(message.message_id), said.text), at=at)


def _channel_post(arrival: Arrival, message: Message) -> ChatEvent:
    """A channel has an audience, and nobody in it to answer."""
    return _from_message(arrival, message, Unknown("channel_post", arrival.raw), at=message.date)


def _from_message(arrival: Arrival, message: Message, content: Content, *, at: datetime) -> ChatEvent:
    sender = _speaker(message)
    if isinstance(content, SAID_BY_THE_GROUP):
        sender = None if message.from_user is None or message.from_user.is_bot else sender
    elif sender is None:
        content = _unnamed(arrival, message, content)
    elif message.from_user is not None and message.from_user.is_bot and not isinstance(content, Unknown):
        # Two bots that answer each other would never stop.
        content = Unknown("message.from_bot", arrival.raw)
    _note_words(arrival, message, sender)
    return arrival.event(
        content,
        conversation_of(message.chat, _noted_topic(arrival, message)),
        sender,
        at=at,
        message=str(message.message_id),
        reply_to=_reply_to(message),
        quoted=_quoted(message),
    )


def _note_words(arrival: Arrival, message: Message, sender: Sender | None) -> None:
    words = message.text or message.caption
    is_from_bot = message.from_user is not None and message.from_user.is_bot
    if words and sender is not None and not is_from_bot and message.chat.type != "private":
        said = Said(
            sender.user, sender.name, heard(words, message.entities or message.caption_entities, arrival.me).text
        )
        arrival.recent.note(message.chat.id, message.message_id, said)


def _quoted(message: Message) -> Quoted | None:
    """What it replies to, if a person wrote that."""
    replied = message.reply_to_message
    words = (replied.text or replied.caption) if replied is not None else None
    if replied is None or not words or replied.from_user is None or replied.from_user.is_bot:
        return None
    return Quoted(words, author=replied.from_user.full_name, user=str(replied.from_user.id))


def _unnamed(arrival: Arrival, message: Message, content: Content) -> Content:
    """An administrator who stays unnamed, or a channel's post in its group of comments.

    Nobody knows who it was; who spoke to us all the same is told so, the others are left alone.
    """
    if isinstance(content, Unknown):
        return content
    is_to_us = isinstance(content, Text) and heard(message.text or "", message.entities, arrival.me).is_ours
    is_forwarded = message.is_automatic_forward or message.forward_origin is not None
    return content if is_to_us and not is_forwarded else Unknown("message.anonymous", arrival.raw)


def _speaker(message: Message) -> Sender | None:
    """Who speaks. All anonymous administrators share one user id, so nobody can say which of them it was."""
    if message.from_user is None or message.sender_chat is not None:
        return None
    return sender_of(message.from_user)


def _topic(message: Message) -> int | None:
    """A comment thread carries an id too, but is part of its chat; only topics are places of their own."""
    return message.message_thread_id if message.is_topic_message else None


def _noted_topic(arrival: Arrival, message: Message) -> int | None:
    topic = _topic(message)
    arrival.topics.note(message.chat.id, message.message_id, topic)
    return topic


def _reply_to(message: Message) -> str | None:
    """In a topic every message "replies" to the one that opened the topic; that is no reply."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    return str(replied.message_id)


# ---------------------------------------------------------------- everything else


def _callback_query(arrival: Arrival, query: CallbackQuery) -> ChatEvent:
    """A pressed button. Its message may be inaccessible (no topic is known then), or absent when it was inline."""
    message, is_unsure = query.message, False
    if isinstance(message, Message):
        conversation = conversation_of(message.chat, _noted_topic(arrival, message))
    elif message is not None:
        conversation, is_unsure = _remembered_place(arrival, message.chat, message.message_id)
    else:
        conversation = private_chat_with(query.from_user)
    place = str(message.message_id) if message else None
    is_ours = query.data is not None
    return arrival.event(
        Press(query.data or "", place) if is_ours else Unknown("callback_query.game", arrival.raw),
        conversation,
        sender_of(query.from_user),
        message=place,
        extra={"callback": query.id},
        in_some_topic=is_unsure,
    )


def _remembered_place(arrival: Arrival, chat: Chat, message_id: int) -> tuple[Conversation, bool]:
    """Where a message stands of which Telegram names the chat alone, and whether that may be a topic unknown to us."""
    topic = arrival.topics.of(chat.id, message_id)
    return conversation_of(chat, topic), topic is None and bool(chat.is_forum)


def _my_chat_member(arrival: Arrival, change: ChatMemberUpdated) -> ChatEvent:
    """In a private chat a block or its end, in a group that the bot came or went."""
    was, now = _is_present(change.old_chat_member), _is_present(change.new_chat_member)
    content: Content
    if change.chat.type == "private":
        content = Blocked(blocked=not now)
    elif was == now or change.chat.type == "channel":
        content = Unknown("my_chat_member", arrival.raw)
    else:
        # Whoever administers a group is shown everything, whatever the bot's privacy mode says.
        hears_all = not now or arrival.me.reads_groups or change.new_chat_member.status == "administrator"
        content = MembersChanged(bot_joined=now, bot_left=was, hears_all=hears_all)
    return arrival.event(content, conversation_of(change.chat), sender_of(change.from_user), at=change.date)


def _is_present(member: Any) -> bool:
    return member.status in PRESENT or bool(getattr(member, "is_member", False))


def _message_reaction(arrival: Arrival, change: MessageReactionUpdated) -> ChatEvent:
    """The first emoji put on or, when none was, taken off. Telegram does not say in which topic: we may remember."""
    old, new = _emoji(change.old_reaction), _emoji(change.new_reaction)
    added = [emoji for emoji in new if emoji not in old]
    changed = added or [emoji for emoji in old if emoji not in new]
    place = str(change.message_id)
    content: Content = Unknown("message_reaction", arrival.raw)
    if changed and change.user is not None:
        said = arrival.recent.of(change.chat.id, change.message_id)
        words = Quoted(said.text, author=said.name, user=said.user) if said is not None else None
        content = Reaction(changed[0], place, added=bool(added), of=words)
    sender = sender_of(change.user) if change.user else None
    conversation, is_unsure = _remembered_place(arrival, change.chat, change.message_id)
    return arrival.event(content, conversation, sender, at=change.date, message=place, in_some_topic=is_unsure)


def _emoji(reactions: list[Any]) -> list[str]:
    return [reaction.emoji for reaction in reactions if isinstance(reaction, ReactionTypeEmoji)]


TRANSLATORS: Mapping[str, Callable[[Arrival, Any], ChatEvent]] = {
    "message": _message,
    "edited_message": _edited_message,
    "channel_post": _channel_post,
    "edited_channel_post": _channel_post,
    "callback_query": _callback_query,
    "my_chat_member": _my_chat_member,
    "message_reaction": _message_reaction,
}
