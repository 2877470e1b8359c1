"""Waiting before Slack says "ratelimited": https://docs.slack.dev/apis/web-api/rate-limits

Each method has its tier for the whole workspace, and a channel takes about one message a second.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from domain.errors import ChannelBusy

MINUTE = 60.0
FORGET_ABOVE = 10_000
TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
TIERS: Mapping[str, int] = {
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "users.info": TIER_4,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.update": TIER_4,
}
"""Calls a minute. ``chat.postMessage`` has none of its own, but for each channel."""


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Messages a second to one channel (after a short burst), and calls of a method a minute.

    ``patience_seconds`` is the longest wait inside a send; a longer one is the caller's to plan.
    """

    per_second_and_channel: float = 1.0
    burst_per_channel: int = 3
    per_minute: Mapping[str, int] = field(default_factory=lambda: TIERS)
    patience_seconds: float = 5.0


class Pacer:
    """Hands out moments to call at, in the order of asking."""

    def __init__(
        self,
        rates: Rates | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = rates or Rates()
        self._now = now
        self._sleep = sleep
        self._channels: dict[str, float] = {}  # when a channel's burst will be whole again
        self._methods: dict[str, deque[float]] = {}
        self._silent_until: dict[tuple[str, str | None], float] = {}

    async def turn(self, method: str, channel: str | None = None, *, patience: float | None = None) -> None:
        """Wait for a method's turn, and for the channel's where a message is posted.

        Raises ChannelBusy, and takes no turn, when that is longer than ``patience`` seconds.
        """
        now = self._now()
        at = max(now, self._earliest(method, channel))
        if at - now > (self._rates.patience_seconds if patience is None else patience):
            raise ChannelBusy(at - now)
        self._take(method, channel, at, now=now)
        if at > now:
            await self._sleep(at - now)

    def told_to_wait(self, method: str, seconds: float, channel: str | None = None) -> None:
        """Obey ``Retry-After``: for the method, and where a channel is told so, for that channel first of all.

        A second channel that is told so shows that the whole workspace is meant.
        """
        now = self._now()
        self._silent_until = {whose: until for whose, until in self._silent_until.items() if until > now}
        others = {whose for whose in self._silent_until if whose[0] == method} - {(method, channel)}
        if channel is not None and others:
            self._silence((method, None), now + seconds)
        self._silence((method, channel), now + seconds)

    def _silence(self, whose: tuple[str, str | None], until: float) -> None:
        self._silent_until[whose] = max(self._silent_until.get(whose, 0.0), until)

    def _earliest(self, method: str, channel: str | None) -> float:
        rates = self._rates
        burst = (rates.burst_per_channel - 1) / rates.per_second_and_channel
        return max(
            self._method_free_at(method),
            self._silent_until.get((method, None), 0.0),
            self._silent_until.get((method, channel), 0.0),
            self._channels.get(channel, 0.0) - burst if channel is not None else 0.0,
        )

    def _method_free_at(self, method: str) -> float:
        limit = self._rates.per_minute.get(method)
        called = self._methods.get(method, ())
        return called[-limit] + MINUTE if limit is not None and len(called) >= limit else 0.0

    def _take(self, method: str, channel: str | None, at: float, *, now: float) -> None:
        limit = self._rates.per_minute.get(method)
        if limit is not None:
            self._methods.setdefault(method, deque(maxlen=limit)).append(at)
        if channel is not None:
            if len(self._channels) > FORGET_ABOVE:
                self._channels = {each: whole for each, whole in self._channels.items() if whole > now}
            self._channels[channel] = max(self._channels.get(channel, 0.0), at) + 1 / self._rates.per_second_and_channel
