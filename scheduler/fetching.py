"""Fetches the bytes of what people sent: after the commit that announced them, and at a start what is still waiting.

Like delivery: the table is the truth, a claim is a lease, and nothing is asked of a platform inside a transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from domain.attachments.actions import told_of
from domain.attachments.model import LARGEST, AttachedFile, Fetched, FileState, Refusal
from domain.attachments.types import judged
from domain.errors import ChannelBusy, FileRefused
from domain.journal.model import Source
from domain.ports import FileStore, OpenUnitOfWork
from handlers.chat import Channel

log = structlog.get_logger()
AT_ONCE = 2  # each may be 20 MB in memory, and as much again while it is sealed
LEASE = timedelta(minutes=3)
MOST_SECONDS = 120  # of one fetch, so that it ends before its lease does
LONGEST_PAUSE = timedelta(minutes=30)
PATIENCE = 57  # attempts; with the growing pauses between them they take a day
IDLE_SECONDS = 30.0


class Fetching:
    """``store`` keeps the bytes; ``real_now`` counts leases and pauses."""

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        open_reading: OpenUnitOfWork,
        *,
        channels: Mapping[str, Channel],
        store: FileStore,
        holder: str,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._open_unit = open_unit
        self._open_reading = open_reading
        self._channels = channels
        self._store = store
        self._holder = holder
        self._now = now
        self._real_now = real_now
        self.wakened = asyncio.Event()

    async def fetch_due(self) -> int:
        """Fetch all that is due by now and wait for it; gives how many files were tried."""
        total = 0
        while claimed := await self._claim():
            total += len(claimed)
            async with asyncio.TaskGroup() as side_by_side:
                for file in claimed:
                    side_by_side.create_task(self._fetch(file))
        return total

    async def run(self, *, stop: asyncio.Event) -> None:
        """Fetch until told to stop, waking when something was announced or its pause is over."""
        while not stop.is_set():
            pause = IDLE_SECONDS
            try:
                await self.fetch_due()
                pause = await self._until_next()
            except Exception:
                log.exception("fetching-failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.wakened.wait(), pause)
            self.wakened.clear()

    async def _until_next(self) -> float:
        async with self._open_reading() as uow:
            due_at = await uow.attachments.next_fetch(sorted(self._channels))
        if due_at is None:
            return IDLE_SECONDS
        return min(IDLE_SECONDS, max(1.0, (due_at - self._real_now()).total_seconds()))

    async def _claim(self) -> Sequence[AttachedFile]:
        """Looks first, beside the writer: most of the time nothing waits."""
        async with self._open_reading() as uow:
            due_at = await uow.attachments.next_fetch(sorted(self._channels))
        if due_at is None or due_at > self._real_now():
            return ()
        async with self._open_unit() as uow:
            claimed = await uow.attachments.claim_fetches(
                channels=sorted(self._channels), limit=AT_ONCE, lease=LEASE, holder=self._holder
            )
            await uow.commit()
        return claimed

    # ------------------------------------------------------------ one file

    async def _fetch(self, file: AttachedFile) -> None:
        """Whatever happens, the row is settled or its lease runs out."""
        try:
            fetched = await self._tried(file)
            if not await self._settle(file, fetched) and fetched.stored is not None:
                await asyncio.to_thread(self._store.remove, fetched.stored)
        except Exception:
            log.exception("fetch-unsettled", file=file.id)

    async def _tried(self, file: AttachedFile) -> Fetched:
        outcome = Fetched(file_id=file.id, attempt=file.attempts, state=FileState.REFUSED)
        try:
            async with asyncio.timeout(MOST_SECONDS):
                content = await self._channels[file.channel].fetch(file.ref, limit=LARGEST)
        except FileRefused as refusal:
            return replace(outcome, reason=refusal.reason)
        except ChannelBusy as busy:
            return self._again(file, outcome, "channel-busy", timedelta(seconds=busy.retry_after))
        except Exception as error:  # noqa: BLE001 - whatever a channel raises, the row must be settled
            log.warning("fetch-failed", file=file.id, channel=file.channel, kind=type(error).__name__)
            return self._again(file, outcome, type(error).__name__)
        if not content:
            return replace(outcome, reason=Refusal.EMPTY)
        if len(content) > LARGEST:
            return replace(outcome, reason=Refusal.TOO_LARGE)
        return await self._kept(file, outcome, content)

    async def _kept(self, file: AttachedFile, outcome: Fetched, content: bytes) -> Fetched:
        media_type, is_honest = judged(content, claimed=file.claimed_type, name=file.name, kind=file.kind)
        try:
            stored, digest = await asyncio.to_thread(self._keep, content)
        except OSError as error:
            log.exception("file-not-kept", file=file.id, kind=type(error).__name__)
            return self._again(file, outcome, "no-room")
        return replace(
            outcome,
            state=FileState.KEPT,
            reason=None if is_honest else Refusal.LYING,
            media_type=media_type,
            size=len(content),
            sha256=digest,
            stored=stored,
        )

    def _keep(self, content: bytes) -> tuple[str, str]:
        return self._store.put(content), hashlib.sha256(content).hexdigest()

    def _again(self, file: AttachedFile, outcome: Fetched, reason: str, pause: timedelta = timedelta(0)) -> Fetched:
        """After a pause that doubles; after a day of it the file is given up, and its sender is told."""
        if file.attempts >= PATIENCE:
            return replace(outcome, reason=Refusal.OUT_OF_REACH)
        grown = min(timedelta(seconds=2 ** min(file.attempts, 12)), LONGEST_PAUSE)
        return replace(
            outcome, state=FileState.WAITING, reason=reason[:40], retry_at=self._real_now() + max(grown, pause)
        )

    async def _settle(self, file: AttachedFile, fetched: Fetched) -> bool:
        async with self._open_unit() as uow:
            uow.acts(None, at=self._now(), source=Source(channel="scheduler", delivery="fetching"))
            if not await uow.attachments.settle_fetch(fetched):
                return False
            told = told_of(file, fetched, now=self._now())
            if told is not None:
                uow.plan(told)
            await uow.commit()
        return True
