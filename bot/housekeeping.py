"""What is done in quiet moments: a daily backup, looked at weekly, and the removal of what is no longer needed."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog

from bot import backup_files, backups
from bot.wiring import House, copies_of
from domain.copies import CopyRefused
from domain.drafts.actions import forget_old_drafts
from domain.journal.model import Source
from domain.notifications.model import Planned, Urgency
from domain.people.model import Role
from domain.ports import FileStore, UnitOfWork

log = structlog.get_logger()

EVERY = timedelta(minutes=10)  # how often somebody looks whether anything is to be done
BACKUP_AGE = timedelta(hours=24)
CHECK_AGE = timedelta(days=7)
TIDY_AGE = timedelta(hours=1)
EMPTY_AGE = timedelta(hours=24)
INBOX_LIVES = timedelta(days=14)
FACTS_LIVE = timedelta(days=30)
CLEAR_AGE = timedelta(hours=24)
FILES_LIVE = timedelta(days=30)
CHUNK = 500  # rows a transaction, so that nobody waits long for the writer
CHECKED = "last-checked"  # a file in the folder of backups; its time tells when one was last restored as a check
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

Forget = Callable[[UnitOfWork], Awaitable[int]]


class Housekeeping:
    """``await look()`` now and then: each duty is done when its time has come."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._copies = copies_of(house.settings)
        self._folder = backups.folder_of(house.settings, self._copies)
        self._tidied_at = self._emptied_at = self._cleared_at = self._failed_at = LONG_AGO

    async def look(self) -> None:
        """Do what is due. A duty that fails is logged and does not stop the others."""
        now = self._house.now()
        for duty in (self._tidy, self._empty_facts, self._clear_files, self._keep_backups):
            try:
                await duty(now)
            except Exception:
                log.exception("housekeeping-failed", duty=duty.__name__.strip("_"))

    # ------------------------------------------------------------ what is no longer needed

    async def _tidy(self, now: datetime) -> None:
        if now - self._tidied_at < TIDY_AGE:
            return
        await self._forget(lambda uow: uow.inbox.forget(now - INBOX_LIVES, limit=CHUNK))
        await self._forget(lambda uow: forget_old_drafts(uow, now))
        self._tidied_at = now

    async def _forget(self, forget: Forget) -> None:
        while True:
            async with self._house.database.unit_of_work() as uow:
                forgotten = await forget(uow)
                await uow.commit()
            if not forgotten:
                return

    async def _empty_facts(self, now: datetime) -> None:
        """The whole outbox is looked through, beside the writer; only the emptying itself needs its turn."""
        if now - self._emptied_at < EMPTY_AGE:
            return
        after = 0
        while True:
            async with self._house.database.read() as uow:
                ids = await uow.notifications.list_settled(now - FACTS_LIVE, after=after, limit=CHUNK)
            if not ids:
                break
            async with self._house.database.unit_of_work() as uow:
                await uow.notifications.empty(ids)
                await uow.commit()
            after = ids[-1]
        self._emptied_at = now

    async def _clear_files(self, now: datetime) -> None:
        """Bytes go a month after the last thing that needed them, and so do those that no row knows: a process that dies
        between keeping a file and saying so leaves one behind. What the page was given and gave is as long with it."""
        if now - self._cleared_at < CLEAR_AGE:
            return
        await self._mark_unused(now)
        await self._remove_unused(now)
        before = datetime.now(UTC) - FILES_LIVE  # files are dated by the real clock
        page = self._house.page_files
        await in_background(lambda: _remove(page, page.names_before(before)))
        stored = await asyncio.to_thread(self._house.store.names_before, before)
        for start in range(0, len(stored), CHUNK):
            names = stored[start : start + CHUNK]
            async with self._house.database.read() as uow:
                known = await uow.attachments.list_stored(names)
            await self._remove_bytes([name for name in names if name not in known])
        self._cleared_at = now

    async def _mark_unused(self, now: datetime) -> None:
        after: int | None = 0
        while after is not None:
            async with self._house.database.unit_of_work() as uow:
                after = await uow.attachments.mark_unused(now, after=after, limit=CHUNK)
                await uow.commit()

    async def _remove_unused(self, now: datetime) -> None:
        names: Sequence[str] = ("some",)
        while names:
            async with self._house.database.unit_of_work() as uow:
                names = await uow.attachments.remove_unused(now - FILES_LIVE, limit=CHUNK)
                await uow.commit()
            if not names:
                return
            await self._remove_bytes(names)

    async def _remove_bytes(self, names: Sequence[str]) -> None:
        await in_background(lambda: _remove(self._house.store, names))

    # ------------------------------------------------------------ backups

    async def _keep_backups(self, now: datetime) -> None:
        """Back up when the newest automatic backup is a day old. After a failure it is tried again an hour later."""
        if now - self._failed_at < TIDY_AGE:
            return
        try:
            await in_background(lambda: self._back_up_if_due(now))
            await in_background(lambda: self._check_if_due(now))
        except (CopyRefused, OSError) as error:
            self._failed_at = now
            why = error.why if isinstance(error, CopyRefused) else CopyRefused.NO_ROOM
            log.warning("backup-failed", why=why, kind=type(error).__name__)
            await self._tell_admins(why, now)

    def _back_up_if_due(self, now: datetime) -> None:
        made = backups.list_backups(self._folder, automatic_only=True)
        if made and now - made[0].at < BACKUP_AGE:
            return
        backups.tidy(self._folder)
        to = self._folder / backups.name_at(now, self._copies.suffix, automatic=True)
        attachments = backups.make(self._copies, to, attachments=self._house.store)
        log.info("backup-made", file=to.name, bytes=to.stat().st_size, attachments=attachments)
        lacking = backup_files.count_lacking(self._copies, self._house.store)
        if lacking:
            log.warning("backup-lacks-files", files=lacking, folder=str(self._house.store.folder.absolute()))
        for old in backups.superfluous(backups.list_backups(self._folder, automatic_only=True)):
            backups.forget(old.path)

    def _check_if_due(self, now: datetime) -> None:
        mark = self._folder / CHECKED
        checked_at = datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.exists() else LONG_AGO
        made = backups.list_backups(self._folder, automatic_only=True)
        if not made or now - checked_at < CHECK_AGE:
            return
        backups.check(self._copies, made[0].path, key=self._house.settings.key)
        mark.write_text(f"{made[0].path.name}\n", encoding="utf-8")
        log.info("backup-checked", file=made[0].path.name)

    async def _tell_admins(self, why: str, now: datetime) -> None:
        """Once a day each, however often it fails."""
        async with self._house.database.unit_of_work() as uow:
            uow.acts(None, at=now, source=Source(channel="scheduler", delivery="housekeeping"))
            for admin in await uow.staff.list_active():
                if admin.role is Role.ADMIN:
                    uow.plan(
                        Planned(
                            key="backup-failed",
                            facts={"why": why},
                            due_at=now,
                            staff_id=admin.id,
                            urgency=Urgency.URGENT,
                            dedupe_key=f"backup-failed:{admin.id}:{now.date().isoformat()}",
                        )
                    )
            await uow.commit()


def _remove(store: FileStore, names: Sequence[str]) -> None:
    for name in names:
        store.remove(name)


async def in_background(work: Callable[[], None]) -> None:
    """Run what blocks in a thread that the program's end does not wait for, as it would for asyncio's own threads.

    What is cut off so leaves an unfinished file behind, which the next backup removes.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as raised:  # noqa: BLE001 - it is raised again where it was asked for
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=run, name="housekeeping", daemon=True).start()
    await done
