"""Waiting before Telegram says "too many requests".

Limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.telegram.places import is_group
from domain.errors import ChannelBusy

MINUTE = 60.0
FORGET_AFTER = 2 * MINUTE
FORGET_ABOVE = 10_000
# A second's messages are what Telegram forgives. So many of them may leave together after this process stood still, and
# what is under way at most may arrive together after the network did: the two make less than a second's.
LATE_BURST_SECONDS = 0.2
UNDER_WAY_SECONDS = 0.7


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Messages a second to one chat (after a short burst), a minute to one group, a second to all.

    ``patience_seconds`` is the longest wait inside a send; a longer one is the caller's to plan.
    """

    per_second_and_chat: float = 1.0
    burst_per_chat: int = 3
    per_minute_and_group: int = 20
    per_second: float = 30.0
    patience_seconds: float = 5.0


class Pacer:
    """Hands out moments to send at, in the order of asking. Edits take a turn too: Telegram counts them."""

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
        self._chats: dict[int, float] = {}  # when a chat's burst will be whole again
        self._groups: dict[int, deque[float]] = {}
        self._all_chats_at = 0.0
        self._left_at = 0.0
        self._under_way = asyncio.Semaphore(max(1, int(self._rates.per_second * UNDER_WAY_SECONDS)))
        self._silent_until: dict[int, float] = {}

    @asynccontextmanager
    async def turn(self, chat_id: int, *, patience: float | None = None) -> AsyncIterator[None]:
        """Wait for this chat's turn; the block is the call, to its answer.

        Raises ChannelBusy, and takes no turn, when the wait is longer than ``patience``.
        """
        now = self._now()
        at, longest = max(now, self._earliest(chat_id)), self._rates.patience_seconds if patience is None else patience
        if at - now > longest:
            raise ChannelBusy(at - now)
        self._take(chat_id, at, now=now)
        if at > now:
            await self._sleep(at - now)
        await self._take_place_under_way(longest)
        try:
            await self._leave()
            yield
        finally:
            self._under_way.release()

    async def _take_place_under_way(self, patience: float) -> None:
        """Raises ChannelBusy when none gets free: the platform does not answer, and whoever waits is planned anew."""
        if not self._under_way.locked():
            await self._under_way.acquire()  # at once: a timeout would cost more than all the rest of a turn
            return
        try:
            async with asyncio.timeout(patience):
                await self._under_way.acquire()
        except TimeoutError:
            raise ChannelBusy(patience) from None

    async def _leave(self) -> None:
        """Who slept wakes together with all others after the process stood still; they leave no faster than allowed."""
        now = self._now()
        at = max(self._left_at, now - LATE_BURST_SECONDS)
        self._left_at = at + 1 / self._rates.per_second
        if at > now:
            await self._sleep(at - now)

    def told_to_wait(self, chat_id: int | None, seconds: float) -> None:
        """Obey ``retry_after`` for a chat; for all of them when a second chat is told so, or none is named."""
        now = self._now()
        self._silent_until = {chat: until for chat, until in self._silent_until.items() if until > now}
        if chat_id is None or self._silent_until.keys() - {chat_id}:
            self._all_chats_at = max(self._all_chats_at, now + seconds)
        if chat_id is not None:
            self._silent_until[chat_id] = max(self._silent_until.get(chat_id, 0.0), now + seconds)

    def _earliest(self, chat_id: int) -> float:
        rates = self._rates
        return max(
            self._chats.get(chat_id, 0.0) - (rates.burst_per_chat - 1) / rates.per_second_and_chat,
            self._all_chats_at,
            self._group_free_at(chat_id),
            self._silent_until.get(chat_id, 0.0),
        )

    def _group_free_at(self, chat_id: int) -> float:
        sent = self._groups.get(chat_id, ())
        if len(sent) < self._rates.per_minute_and_group:
            return 0.0
        return sent[-self._rates.per_minute_and_group] + MINUTE

    def _take(self, chat_id: int, at: float, *, now: float) -> None:
        self._forget(now)
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), at) + 1 / self._rates.per_second_and_chat
        # Counted at the asking: a chat that waits for its own turn must not hold up the others meanwhile.
        self._all_chats_at = max(self._all_chats_at, now) + 1 / self._rates.per_second
        if is_group(chat_id):
            turns = self._groups.setdefault(chat_id, deque(maxlen=self._rates.per_minute_and_group))
            turns.append(at)

    def _forget(self, now: float) -> None:
        """Chats that were silent for long have their whole burst anyway."""
        if len(self._chats) > FORGET_ABOVE:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
            self._groups = {chat: turns for chat, turns in self._groups.items() if turns[-1] > now - FORGET_AFTER}
