"""Channels, threads and private chats of Slack as conversations, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from handlers.chat import Conversation, PlaceKind

CHANNEL = "slack"
NOWHERE = "-"
PRIVATE = "D"
PERSON = ("U", "W")


def conversation_of(channel: str, thread: str | None = None, *, title: str | None = None) -> Conversation:
    """``D01`` is a private chat, ``C01`` a channel, ``C01/1720000000.000100`` a thread in it.

    Threads inside a private chat are that chat. Group messages (``G…``, also of several people) are groups.
    """
    if is_private(channel):
        return Conversation(channel=CHANNEL, key=channel)
    if thread is None:
        return Conversation(channel=CHANNEL, key=channel, kind=PlaceKind.GROUP, title=title)
    return Conversation(
        channel=CHANNEL, key=f"{channel}/{thread}", kind=PlaceKind.GROUP, parent=channel, title=title, root=thread
    )


def private_chat(channel: str | None, user: str) -> Conversation:
    """A person's private chat with the bot; under the person's own id while nobody knows the chat's."""
    return Conversation(channel=CHANNEL, key=channel or user)


def is_private(channel: str) -> bool:
    return channel.startswith(PRIVATE)


def is_person(key: str) -> bool:
    return key.startswith(PERSON)


def address(place: str) -> tuple[str, str | None]:
    """Channel and thread of a conversation's key."""
    channel, _, thread = place.partition("/")
    return channel, thread or None


def moment(stamp: Any, otherwise: datetime) -> datetime:
    """``1720000000.000100`` as aware UTC."""
    try:
        return datetime.fromtimestamp(float(stamp), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return otherwise
