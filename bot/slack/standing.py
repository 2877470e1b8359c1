"""What of a message stands in a channel already, after an answer of Slack's was lost.

Slack has no key by which it knows a repeated post. But each message carries ours, as the id of its first block, and the
channel's history gives that back: https://docs.slack.dev/reference/methods/conversations.history
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.slack.api import Api
from bot.slack.errors import Refused, ScopeMissing
from bot.slack.pacing import Pacer
from bot.slack.payloads import objects, word
from bot.slack.render import Message
from domain.errors import RecipientUnreachable

log = structlog.get_logger(__name__)

LOOKED_BACK = 100  # messages of a channel; many more than are said there before something is tried again
LOOKED_BACK_IN_THREAD = 999  # those are given from the oldest on


@dataclass(frozen=True)
class Once:
    """``key`` names a message over all tries; None where saying it twice does no harm. ``may_stand`` as in ``Outgoing``."""

    key: str | None = None
    may_stand: bool = False


TWICE = Once()


class Standing:
    """Looks which posts arrived of which nobody knows."""

    def __init__(self, api: Api, pacer: Pacer) -> None:
        self._api = api
        self._pacer = pacer

    async def pieces(self, channel: str, thread: str | None, once: Once) -> Mapping[int, str]:
        """By its place in the whole: the number of each message of this key that stands there. Asks Slack only where it
        may be so. Raises ChannelBusy and OSError: then it is better to wait than to say it twice.
        """
        if once.key is None or not once.may_stand:
            return {}
        method = "conversations.replies" if thread else "conversations.history"
        limit = LOOKED_BACK_IN_THREAD if thread else LOOKED_BACK
        try:
            await self._pacer.turn(method)
            said = await self._api.call(method, form=True, channel=channel, ts=thread, limit=limit)
        except (ScopeMissing, Refused, RecipientUnreachable) as error:
            log.warning("slack-history-unread", channel=channel, reason=str(error) or type(error).__name__)
            return {}
        marks = {_mark(message): word(message, "ts") for message in objects(said, "messages")}
        found = {
            int(number): stamp
            for mark, stamp in marks.items()
            if (number := mark.removeprefix(f"{once.key}.")) != mark and number.isdecimal()
        }
        if found:
            log.info("slack-said-already", channel=channel, pieces=len(found))
        return found


def marked(shown: Sequence[Message], once: Once) -> list[Message]:
    """The messages of one key, numbered, each with its mark."""
    if once.key is None:
        return list(shown)
    return [_marked(message, f"{once.key}.{number}") for number, message in enumerate(shown)]


def _marked(message: Message, mark: str) -> Message:
    if not message.blocks:
        return message
    first, *rest = message.blocks
    return replace(message, blocks=({**first, "block_id": mark}, *rest))


def _mark(message: Mapping[str, object]) -> str:
    blocks = objects(message, "blocks")
    return word(blocks[0], "block_id") if blocks else ""
