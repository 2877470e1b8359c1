"""What channels are called: asked for once, remembered for an hour, and learned from what Slack tells by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

import structlog

from bot.slack.api import Api
from bot.slack.errors import FAULTS
from bot.slack.pacing import Pacer
from bot.slack.payloads import Json, part, word
from domain.errors import ChannelBusy

log = structlog.get_logger(__name__)

GOOD_FOR_SECONDS = 3600.0
ASKED_AGAIN_SECONDS = 600.0  # where Slack does not say, as without the scope
FORGET_ABOVE = 20_000
PATIENCE_SECONDS = 1.2
RENAMED = frozenset({"channel_name", "group_name"})  # messages that say so in the channel itself


class Titles:
    """Raises nothing. A message waits a moment for the name; without it the next one brings it."""

    def __init__(self, api: Api, pacer: Pacer, *, now: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._pacer = pacer
        self._now = now
        self._known: dict[str, tuple[float, str | None]] = {}
        self._asking: dict[str, asyncio.Task[str | None]] = {}

    async def of(self, channel: str, *, patience: float = PATIENCE_SECONDS) -> str | None:
        """None where it has no name of its own, as a chat of several people, or Slack does not say."""
        known = self._known.get(channel)
        if known is not None and known[0] > self._now():
            return known[1]
        asking = self._asking.get(channel)
        if asking is None:
            asking = asyncio.create_task(self._ask(channel))
            self._asking[channel] = asking
            asking.add_done_callback(lambda _: self._asking.pop(channel, None))
        done, _ = await asyncio.wait({asking}, timeout=patience)
        return asking.result() if done else known[1] if known is not None else None

    def noticed(self, event: Json) -> None:
        """Somebody gave a channel another name."""
        if word(event, "subtype") in RENAMED and word(event, "channel") and word(event, "name"):
            self._remember(word(event, "channel"), word(event, "name"))

    async def _ask(self, channel: str) -> str | None:
        known = self._known.get(channel)
        try:
            await self._pacer.turn("conversations.info", patience=PATIENCE_SECONDS)
            answer = await self._api.call("conversations.info", form=True, channel=channel, timeout=10)
        except FAULTS as error:
            if isinstance(error, ChannelBusy):
                self._pacer.told_to_wait("conversations.info", error.retry_after)
            log.info("slack-title-unknown", channel=channel, reason=str(error) or type(error).__name__)
            title = known[1] if known is not None else None
            self._remember(channel, title, ASKED_AGAIN_SECONDS)
            return title
        found = part(answer, "channel") if isinstance(answer, Mapping) else {}
        title = None if found.get("is_mpim") else word(found, "name") or None
        self._remember(channel, title)
        return title

    def _remember(self, channel: str, title: str | None, seconds: float = GOOD_FOR_SECONDS) -> None:
        if len(self._known) > FORGET_ABOVE:
            self._known.clear()
        self._known[channel] = (self._now() + seconds, title)
