"""Fetches the bytes of what people sent: after the commit that announced them, and at a start what is still waiting.

Like delivery: the table is the truth, a claim is a lease, and nothing is asked of a platform inside a transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
AT_ONCE = 2  # of one channel; each may be 20 MB in memory, and as much again while it is sealed
LEASE = timedelta(minutes=3)
MOST_SECONDS = 120  # of one fetch, so that it ends before its lease does
LONGEST_PAUSE = timedelta(minutes=30)
PATIENCE = 57  # attempts; with the growing pauses between them they take a day
IDLE_SECONDS = 30.0


@dataclass(eq=False)
class _Line:
    """What is fetched from one channel: a platform that keeps us waiting holds up no other."""

    channel: str
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def ended(self, task: asyncio.Task[None]) -> None:
        self.under_way.discard(task)
        self.woken.set()


class Fetching:
    """``store`` keeps the bytes; ``real_now`` counts leases and pauses.

    ``except_for`` are channels whose files another process has to fetch.
    """

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        open_reading: OpenUnitOfWork,
        *,
        channels: Mapping[str, Channel],
        store: FileStore,
        holder: str,
        except_for: Collection[str] = (),
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
        self._except_for = frozenset(except_for)
        self._lines: Sequence[_Line] = ()

    def wake(self) -> None:
        """Something was announced."""
        for line in self._lines:
            line.woken.set()

    async def fetch_due(self) -> int:
        """Fetch all that is due by now and wait for it; gives how many files were tried."""
        async with asyncio.TaskGroup() as side_by_side:
            tried = [side_by_side.create_task(self._empty(line)) for line in self._new_lines()]
        return sum(task.result() for task in tried)

    async def run(self, *, stop: asyncio.Event) -> None:
        """Fetch until told to stop and woken, for the channels that are connected by now; then finish what is under way.

        Wakes when something was announced, a pause is over, or a place has become free.
        """
        self._lines = self._new_lines()
        async with asyncio.TaskGroup() as side_by_side:
            for line in self._lines:
                side_by_side.create_task(self._serve(line, stop))

    def _new_lines(self) -> Sequence[_Line]:
        return [_Line(channel) for channel in sorted(self._channels.keys() - self._except_for)]

    async def _empty(self, line: _Line) -> int:
        tried = 0
        async with asyncio.TaskGroup() as files:
            while True:
                line.woken.clear()
                tried += await self._begin(line, files)
                if not line.under_way:
                    return tried
                await line.woken.wait()

    async def _serve(self, line: _Line, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as files:
            while not stop.is_set():
                line.woken.clear()
                pause = IDLE_SECONDS
                try:
                    await self._begin(line, files)
                    if len(line.under_way) < AT_ONCE:  # else the one that ends wakes us
                        pause = await self._until_next(line.channel)
                except Exception:
                    log.exception("fetching-failed", channel=line.channel)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await line.woken.wait()

    async def _begin(self, line: _Line, files: asyncio.TaskGroup) -> int:
        """Begin with as many due files as there are places free; gives how many."""
        claimed = await self._claim(line.channel, limit=AT_ONCE - len(line.under_way))
        for file in claimed:
            task = files.create_task(self._fetch(file))
            line.under_way.add(task)
            task.add_done_callback(line.ended)
        return len(claimed)

    async def _until_next(self, channel: str) -> float:
        async with self._open_reading() as uow:
            due_at = await uow.attachments.next_fetch([channel])
        if due_at is None:
            return IDLE_SECONDS
        return min(IDLE_SECONDS, max(1.0, (due_at - self._real_now()).total_seconds()))

    async def _claim(self, channel: str, *, limit: int) -> Sequence[AttachedFile]:
        """Looks first, beside the writer: most of the time nothing waits."""
        if limit == 0:
            return ()
        async with self._open_reading() as uow:
            due_at = await uow.attachments.next_fetch([channel])
        if due_at is None or due_at > self._real_now():
            return ()
        async with self._open_unit() as uow:
            claimed = await uow.attachments.claim_fetches(
                channels=[channel], limit=limit, lease=LEASE, holder=self._holder
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
