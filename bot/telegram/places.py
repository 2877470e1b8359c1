"""Chats, topics and people of Telegram as conversations and senders, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.types import Chat, User

from handlers.chat import Conversation, PlaceKind, Sender

CHANNEL = "telegram"
GENERAL_TOPIC = 1
NOWHERE = "0"


def conversation_of(chat: Chat, topic: int | None = None) -> Conversation:
    """The conversation of a chat, or of one topic in it: ``-100123`` and ``-100123/45``.

    The General topic is the chat itself, because Telegram refuses messages to thread 1.
    """
    kind = PlaceKind.PRIVATE if chat.type == "private" else PlaceKind.GROUP
    title = chat.title or None
    if topic is None or topic == GENERAL_TOPIC:
        return Conversation(channel=CHANNEL, key=str(chat.id), kind=kind, title=title)
    return Conversation(channel=CHANNEL, key=f"{chat.id}/{topic}", kind=kind, parent=str(chat.id), title=title)


class Topics:
    """In which topic the latest messages of forums stand: a reaction, and a press on an old message, do not say.

    After a restart the places of cards are asked instead: see ``bot.connecting``.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._topics: dict[tuple[int, int], int] = {}
        self._most = most

    def note(self, chat_id: int, message_id: int, topic: int | None) -> None:
        if topic is None or topic == GENERAL_TOPIC:
            return
        if len(self._topics) >= self._most:
            del self._topics[next(iter(self._topics))]
        self._topics[chat_id, message_id] = topic

    def of(self, chat_id: int, message_id: int) -> int | None:
        return self._topics.get((chat_id, message_id))


def private_chat_with(user: User) -> Conversation:
    """A person's private chat with the bot has the person's own id."""
    return Conversation(channel=CHANNEL, key=str(user.id), kind=PlaceKind.PRIVATE)


def address(place: str) -> tuple[int, int | None]:
    """Chat id and topic of a conversation's key. Raises ValueError for a key that is none of ours."""
    chat, _, topic = place.partition("/")
    return int(chat), int(topic) if topic else None


def is_group(chat_id: int) -> bool:
    """Groups, supergroups and channels have negative ids."""
    return chat_id < 0


def sender_of(user: User) -> Sender:
    return Sender(
        user=str(user.id),
        name=" ".join(part for part in (user.first_name, user.last_name) if part),
        locale=user.language_code,
        username=user.username,
    )


def place_in(raw: Mapping[str, Any]) -> Conversation:
    """Where an update that no model accepts happened, as far as it says so; the conversation ``0`` when it does not."""
    body = next((value for key, value in raw.items() if key != "update_id" and isinstance(value, Mapping)), {})
    message = body.get("message")
    for holder in (body, message if isinstance(message, Mapping) else {}):
        chat = holder.get("chat")
        if isinstance(chat, Mapping) and isinstance(chat.get("id"), int):
            return _raw_conversation(chat)
    person = body.get("from") or body.get("user")
    if isinstance(person, Mapping) and isinstance(person.get("id"), int):
        return Conversation(channel=CHANNEL, key=str(person["id"]))
    return Conversation(channel=CHANNEL, key=NOWHERE)


def _raw_conversation(chat: Mapping[str, Any]) -> Conversation:
    kind = PlaceKind.GROUP if is_group(chat["id"]) else PlaceKind.PRIVATE
    return Conversation(channel=CHANNEL, key=str(chat["id"]), kind=kind)
