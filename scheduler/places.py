"""What a message does besides being said: a thread is closed or opened with it, a group is looked at for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import structlog

from domain.errors import RecipientUnreachable
from handlers.chat import Channel, Examines, HasThreads, Line, Phrase, Reply

log = structlog.get_logger()


async def set_thread(channel: Channel, thread: str, *, is_open: bool) -> None:
    """Where the channel can. A courtesy: that it failed changes nothing for the row."""
    if not isinstance(channel, HasThreads):
        return
    try:
        await channel.set_thread(thread, is_open=is_open)
    except Exception as error:  # noqa: BLE001 - whatever the channel raises, the words matter more
        log.info("thread-left-as-it-is", channel=channel.name, kind=type(error).__name__)


async def examined(channels: Mapping[str, Channel], reply: Reply, name: str, group: str) -> Reply:
    """The reply with what is missing in this group of this channel, as the platform says now. Raises what it raises."""
    channel = channels.get(name)
    try:
        missing = list(await channel.examine(group)) if isinstance(channel, Examines) else []
    except RecipientUnreachable:
        missing = [Phrase("place-not-there")]
    found = missing or [Phrase("place-lacks-nothing")]
    return replace(reply, lines=(*reply.lines, *(Line(phrase.key, phrase.facts) for phrase in found)))
