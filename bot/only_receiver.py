"""One process receives for a bot, by a lease in the database; a second one waits instead of fighting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.holders import is_dead
from domain.ports import OpenUnitOfWork

log = structlog.get_logger()

LEASE = timedelta(seconds=15)
SAFETY_SECONDS = 3.0  # so long before its end an unrenewed lease counts as lost: our clock is not the only one


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Seconds between two renewals of our own lease, and between two looks at another's."""

    renew: float = 5.0
    look: float = 2.0


class OnlyReceiver:
    """The right to receive for one bot of one channel. ``holder`` names this process in the lease; ``begins`` runs each
    time before it receives, so that it knows what the one before left behind."""

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        *,
        channel: str,
        bot: str,
        holder: str,
        begins: Callable[[], Awaitable[None]] | None = None,
        rhythm: Rhythm | None = None,
        lease: timedelta = LEASE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_unit = open_unit
        self._channel = channel
        self._bot = bot
        self._holder = holder
        self._begins = begins
        self._rhythm = rhythm or Rhythm()
        self._lease = lease
        self._clock = clock
        self._held_until = 0.0
        self._waits_for: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether another process receives for this bot."""
        return self._waits_for is not None

    async def run(self, receive: Callable[[], Awaitable[None]], *, stop: asyncio.Event) -> None:
        """Run ``receive`` for as long as the lease is ours, until it returns or somebody sets ``stop``.

        It is cancelled when the lease was lost, as after a long sleep of the machine, and begins anew with the next.
        """
        try:
            while not stop.is_set():
                if await self._take():
                    if await self._received(receive):
                        return
                else:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(self._rhythm.look):
                            await stop.wait()
        finally:
            await self._release()

    async def _received(self, receive: Callable[[], Awaitable[None]]) -> bool:
        """Whether receiving came to its own end; False when the lease was lost before."""
        if self._begins is not None:
            await self._begins()
            if not await self._take():  # it may have taken nearly as long as the lease lasts, or longer
                return False
        receiving = asyncio.ensure_future(receive())
        try:
            while not receiving.done():
                await asyncio.wait({receiving}, timeout=self._rhythm.renew)
                if not receiving.done() and not await self._take():
                    log.warning(
                        "receiver-lost", channel=self._channel, remedy="another process receives; this one waits"
                    )
                    return False
            receiving.result()
            return True
        finally:
            receiving.cancel()
            await asyncio.wait({receiving})

    async def _take(self) -> bool:
        """Take or renew the lease. While the database does not answer, what was held lasts to its end."""
        began = self._clock()
        try:
            async with asyncio.timeout(self._seconds_to_ask()):
                holder = await self._ask()
        except Exception as error:  # noqa: BLE001 - whatever the driver raises, the lease runs on or out
            log.warning("receiver-unsure", channel=self._channel, kind=type(error).__name__)
            return self._clock() < self._held_until
        if holder != self._holder:
            self._wait_for(holder)
            return False
        self._held_until = began + self._lease.total_seconds() - SAFETY_SECONDS
        if self._waits_for is not None:
            log.warning("receiver-taken-over", channel=self._channel)
        self._waits_for = None
        return True

    def _seconds_to_ask(self) -> float:
        """Not past the end of what we hold: meanwhile another may have taken it."""
        left = self._held_until - self._clock()
        return left if left > 0 else self._lease.total_seconds()

    async def _ask(self) -> str:
        async with self._open_unit() as uow:
            holder = await uow.receivers.take(self._channel, self._bot, holder=self._holder, lease=self._lease)
            if is_dead(holder, self._holder):
                await uow.receivers.release(self._channel, self._bot, holder=holder)
                holder = await uow.receivers.take(self._channel, self._bot, holder=self._holder, lease=self._lease)
            await uow.commit()
        return holder

    def _wait_for(self, holder: str) -> None:
        if self._waits_for != holder:
            log.warning(
                "receiver-waits",
                channel=self._channel,
                receiver=holder.rpartition(":")[0],
                remedy="another guanxi run receives for this bot; this one takes over when it ends",
            )
        self._waits_for = holder

    async def _release(self) -> None:
        try:
            async with asyncio.timeout(SAFETY_SECONDS), self._open_unit() as uow:
                await uow.receivers.release(self._channel, self._bot, holder=self._holder)
                await uow.commit()
        except Exception as error:  # noqa: BLE001 - it runs out by itself
            log.info("receiver-not-released", channel=self._channel, kind=type(error).__name__)
