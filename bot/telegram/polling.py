"""Long polling of our own: no update is confirmed before it is committed, and none holds up another conversation.

Why not aiogram's: it decodes a batch whole, so that one odd update stops it for good, and confirms before handling.
https://core.telegram.org/bots/api#getupdates
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.outage import Outage, doubled, wait_unless
from bot.telegram.albums import QUIET_SECONDS, Albums, Numbers
from bot.telegram.api import Api, RawUpdates
from bot.telegram.errors import Conflict, Refused
from bot.telegram.lanes import Lanes
from bot.telegram.receive import ALLOWED_UPDATES
from domain.errors import ChannelBusy, RecipientUnreachable, TryAgain
from handlers.chat import ChatEvent

log = structlog.get_logger(__name__)

BATCH = 100
NETWORK_SECONDS = 10
FAULTS_BEFORE_GIVING_UP = 3

Raw = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Pauses:
    """Seconds: of a long poll; the first and longest pause after a failure; until the next look at the queue while
    something is still uncommitted; how long a stop waits for what is in flight; after which silence an album is whole;
    and between two looks at the menus."""

    poll: int = 50
    first: float = 0.5
    longest: float = 30.0
    while_busy: float = 0.5
    stop: float = 5.0
    album: float = QUIET_SECONDS
    menus: float = 2.0

    def after(self, failures: int) -> float:
        """The pause after so many failures in a row: it doubles."""
        return doubled(failures, first=self.first, longest=self.longest)


class Poller:
    """Receives until ``stop``. ``handle`` returns once an event is committed and raises TryAgain when it is not."""

    def __init__(
        self,
        api: Api,
        *,
        prepare: Callable[[], Awaitable[None]],
        decode: Callable[[Raw], ChatEvent],
        handle: Callable[[ChatEvent], Awaitable[None]],
        pauses: Pauses | None = None,
    ) -> None:
        """``prepare`` runs before the first poll and again until it succeeds; ``decode`` raises nothing."""
        self._api = api
        self._prepare = prepare
        self._decode = decode
        self._handle = handle
        self._pauses = pauses or Pauses()
        self._lanes = Lanes()
        self._albums = Albums(self._hand_on, quiet_seconds=self._pauses.album)
        self._window = Window()
        self._stopping = asyncio.Event()
        self._outage = Outage(
            began="telegram-not-receiving", ended="telegram-receiving-again", pause_after=self._pauses.after
        )
        self._has_received = False

    @property
    def is_receiving(self) -> bool:
        """Whether the last poll succeeded."""
        return self._has_received and not self._outage.failures

    async def run(self) -> None:
        """Receive until stopped, through outages of any length. May be run again after it was cancelled."""
        try:
            await self._receive()
            await self._finish()
        finally:
            self._albums.forget()
            await self._lanes.cancel()
            # What was under way is not committed: nobody may think that it is still being worked on.
            self._window = Window()
            self._has_received = False

    async def _receive(self) -> None:
        is_prepared = False
        while not self._stopping.is_set():
            try:
                if not is_prepared:
                    await self._prepare()
                    is_prepared = True
                updates = await self._until_stopped(self._fetch())
            except ChannelBusy as busy:
                await wait_unless(self._stopping, busy.retry_after)
            except (OSError, Refused, RecipientUnreachable) as error:
                await wait_unless(self._stopping, self._outage.failed(error, remedy=_remedy(error)))
            else:
                self._outage.is_over()
                self._has_received = True
                self._take(updates)
                await self._lanes.idle(timeout=self._pauses.while_busy)
                if self._albums.is_gathering:
                    await wait_unless(self._stopping, self._pauses.album)

    def stop(self) -> None:
        """Take no more updates; ``run`` then finishes what is in flight and returns."""
        self._stopping.set()

    # ------------------------------------------------------------ fetching

    async def _fetch(self) -> list[Any]:
        # While something is uncommitted the platform repeats it at once, so waiting there would be in vain.
        seconds = 0 if self._window.is_open else self._pauses.poll
        method = RawUpdates(offset=self._window.offset, limit=BATCH, timeout=seconds, allowed_updates=ALLOWED_UPDATES)
        return await self._api.call(method, timeout=seconds + NETWORK_SECONDS)

    async def _until_stopped(self, fetching: Awaitable[list[Any]]) -> list[Any]:
        """The updates, or none when we are stopped meanwhile: unconfirmed, they come again."""
        fetch = asyncio.ensure_future(fetching)
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
            return fetch.result() if fetch.done() else []
        finally:
            stop.cancel()
            if not fetch.done():
                fetch.cancel()
                await asyncio.wait({fetch})

    # ------------------------------------------------------------ handling

    def _take(self, updates: Iterable[Any]) -> None:
        for number, raw in self._window.new(updates):
            self._albums.take(number, self._decode(raw))

    def _hand_on(self, numbers: Numbers, event: ChatEvent) -> None:
        async def work() -> None:
            if await self._is_committed(event):
                for number in numbers:
                    self._window.committed(number)

        self._lanes.add(event.conversation.key, work)

    async def _is_committed(self, event: ChatEvent) -> bool:
        """Hand the event over until it is committed; False when we are stopped before."""
        tries = faults = 0
        while not self._stopping.is_set():
            tries += 1
            try:
                await self._handle(event)
                return True
            except TryAgain:
                log.warning("telegram-update-tried-again", delivery=event.delivery_id, tries=tries)
            except Exception:
                # Dispatch answers for its own bugs; one that gets here must not hold up this conversation for ever.
                faults += 1
                log.exception("telegram-update-failed", delivery=event.delivery_id, faults=faults)
                if faults == FAULTS_BEFORE_GIVING_UP:
                    return True
            await wait_unless(self._stopping, self._pauses.after(tries))
        return False

    # ------------------------------------------------------------ the end

    async def _finish(self) -> None:
        if not await self._lanes.idle(timeout=self._pauses.stop):
            log.warning("telegram-stopped-before-done")
            await self._lanes.cancel()
        if self._window.offset is None:
            return
        confirm = RawUpdates(offset=self._window.offset, limit=1, timeout=0, allowed_updates=ALLOWED_UPDATES)
        try:
            await self._api.call(confirm, timeout=1)
        except (OSError, ChannelBusy, Refused, RecipientUnreachable) as error:
            # The inbox knows what was done when the platform repeats it after the next start.
            log.info("telegram-offset-unconfirmed", reason=type(error).__name__)


class Window:
    """Which updates are taken and which committed. ``offset`` is the lowest uncommitted, as getUpdates wants it."""

    def __init__(self) -> None:
        self._uncommitted: set[int] = set()
        self._committed: set[int] = set()
        self._after_last: int | None = None

    @property
    def is_open(self) -> bool:
        return bool(self._uncommitted)

    @property
    def offset(self) -> int | None:
        return min(self._uncommitted) if self._uncommitted else self._after_last

    def new(self, updates: Iterable[Any]) -> list[tuple[int, Raw]]:
        """The updates of a batch that were not taken before. Numbers may start anew, so they are not compared."""
        numbered: dict[int, Raw] = {}
        for raw in updates:
            if isinstance(raw, Mapping) and isinstance(raw.get("update_id"), int):
                numbered[raw["update_id"]] = raw
            else:
                log.error("telegram-update-without-number")
        taken = self._uncommitted | self._committed
        fresh = [(number, raw) for number, raw in numbered.items() if number not in taken]
        # What is not repeated any more need not be remembered.
        self._committed &= numbered.keys()
        self._uncommitted.update(number for number, _ in fresh)
        if numbered:
            self._after_last = max(numbered) + 1
        return fresh

    def committed(self, number: int) -> None:
        self._uncommitted.discard(number)
        self._committed.add(number)


def _remedy(error: Exception) -> str:
    if isinstance(error, Conflict):
        if error.is_webhook:
            return "a webhook is set for this bot: delete it, or set GUANXI_TELEGRAM_WEBHOOK_URL"
        return "another process receives with this token: stop it, or give this one a bot of its own"
    return "set GUANXI_PROXY if Telegram is blocked on this network"
