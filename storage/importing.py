"""Taking in what ``storage.export`` wrote, into an empty database or beside what is there: all of it or nothing.

The file is read once to check every line, then once a kind of record to write, so that it may be larger than memory and
its lines may stand in any order. Writing goes in chunks, so that nobody waits long, under one action, so that one undo
takes it back; a chunk that fails undoes those before it. A job stands by meanwhile: should this process die, the next
one takes back what it wrote.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, literal_column, select
from sqlalchemy.exc import IntegrityError

from domain.jobs.model import IMPORT, Job
from domain.jobs.work import take_back, work_on
from domain.journal.model import Source
from domain.moving import ImportedBefore, ImportRefused
from domain.people.model import Staff
from storage import tables
from storage.bulk import bulk_update
from storage.engine import Database
from storage.export import KINDS, Exported
from storage.import_checks import CHUNK, Import, Told, check, chunks_of, lines_of, nobody_told
from storage.import_lines import SKIPPED, Reader
from storage.import_points import add_up
from storage.import_rows import refers_to_itself, write_chunk
from storage.references import references_from
from storage.transactions import to_the_end
from storage.unit_of_work import SqlUnitOfWork

STANDS_BY = timedelta(minutes=2)  # a chunk takes a fraction of a second; after so long nobody works on it any more


class ImportStopped(RuntimeError):
    """Somebody undid the import while it ran, or another process took it for dead."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """``counts`` by type, of what was written; ``action_id`` undoes it (None when there was nothing to write)."""

    action_id: int | None
    counts: dict[str, int]


async def import_file(
    database: Database,
    path: Path,
    *,
    now: datetime,
    actor: Staff | None = None,
    told: Told = nobody_told,
    again: bool = False,
    chunk: int = CHUNK,
) -> Imported:
    """Read lines of JSON as ``export_lines`` writes them. Ids are given anew, and references follow.

    Staff whose name is there already, and identities, are taken for the same. The company's own settings are taken
    into a database without staff. Attachments are passed over, and notifications but for news that were sent. ``told`` hears how many lines are done, of how many.
    Raises ImportRefused, and ImportedBefore for a file that was taken in before and not undone, unless ``again``; then
    nothing was written.
    """
    digest = await asyncio.to_thread(_digest, path)
    async with database.read() as uow:
        before = None if again else await _imported_at(uow, digest)
        if before is not None:
            raise ImportedBefore(at=before)
        country = (await uow.company.get()).country
        people = await uow.session.scalar(select(func.count()).select_from(tables.staff))
    work = Import(
        database, path, actor, now, Reader(country=country, now=now), digest, told=told, chunk=chunk, is_new=not people
    )
    await check(work)
    counts: dict[str, int] = {}
    try:
        for kind in KINDS:
            if kind.type not in SKIPPED and work.seen.get(kind.table.name):
                counts[kind.type] = await _take_in(work, kind)
        await _refer_to_their_own(work)
        await _add_up(work)
        await _finish(work)
    except BaseException:
        await to_the_end(_take_back(work))
        raise
    return Imported(action_id=work.action_id, counts=counts)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _imported_at(uow: SqlUnitOfWork, digest: str) -> datetime | None:
    """When the same bytes were taken in, if nobody undid that."""
    actions = tables.journal_actions.c
    # Written into the statement, so that the index of imports alone is seen to serve.
    found = select(actions.at, actions.facts).where(actions.name == literal_column("'imported'"))
    found = found.where(actions.undone_by.is_(None))
    for row in await uow.session.execute(found.order_by(actions.id)):
        if row.facts.get("digest") == digest:
            at: datetime = row.at
            return at
    return None


# ---------------------------------------------------------------- writing


async def _take_in(work: Import, kind: Exported) -> int:
    written = 0
    chunks = chunks_of(lines_of(work, kind), work.chunk)
    while chunk := await asyncio.to_thread(next, chunks, None):
        async with work.database.unit_of_work() as uow:
            await _begin(work, uow)
            try:
                written += await write_chunk(work, uow, kind, chunk)
                await uow.commit()
            except IntegrityError as error:
                # Somebody took a value since the check; which line it was, the databases do not say alike.
                raise ImportRefused(line=chunk[0].number, why=ImportRefused.TAKEN) from error
        work.done += len(chunk)
        work.told(work.done, sum(len(lines) for lines in work.seen.values()))
    return written


async def _begin(work: Import, uow: SqlUnitOfWork) -> None:
    uow.acts(work.actor, at=work.now, source=Source(channel="operator", delivery="import"))
    if work.action_id is not None:
        uow.go_on(work.action_id)
        job = await uow.jobs.find_of(work.action_id)
        if job is None:
            raise ImportStopped
        await uow.jobs.postpone(job, STANDS_BY)
        return
    uow.happened("imported", digest=work.digest)
    work.action_id = await uow.action_id()
    await uow.jobs.add(
        Job(
            kind=IMPORT,
            action_id=work.action_id,
            staff_id=None,
            facts={},
            told=None,
            created_at=work.now,
        ),
        after=STANDS_BY,
    )


async def _refer_to_their_own(work: Import) -> None:
    """Deputies, and tickets that were merged: what refers to rows of its own kind, when all of them are there."""
    for kind in KINDS:
        for reference in references_from(kind.table.name) if kind.type not in SKIPPED else ():
            if refers_to_itself(reference):
                await _refer(work, kind, reference.column)


async def _refer(work: Import, kind: Exported, column: str) -> None:
    ids = work.ids.get(kind.table.name, {})
    lines = (line for line in lines_of(work, kind) if line.columns[column] is not None) if ids else iter(())
    chunks = chunks_of(lines, work.chunk)
    while chunk := await asyncio.to_thread(next, chunks, None):
        async with work.database.unit_of_work() as uow:
            await _begin(work, uow)
            rows = {ids[line.id]: {column: ids[line.columns[column]]} for line in chunk}
            await bulk_update(uow.session, kind.table.name, rows)
            await uow.commit()


async def _add_up(work: Import) -> None:
    """Accounts of points are what their lines come to."""
    lines, customers = work.seen.get("point_entries"), list(work.ids.get("customers", {}).values())
    for start in range(0, len(customers), work.chunk) if lines else ():
        async with work.database.unit_of_work() as uow:
            await _begin(work, uow)
            await add_up(uow, customers[start : start + work.chunk], line=min((lines or {0: 0}).values()))
            await uow.commit()


async def _take_back(work: Import) -> None:
    if work.action_id is None:
        return
    async with work.database.unit_of_work() as uow:
        job = await uow.jobs.find_of(work.action_id)
        if job is None:  # the first chunk failed, or another process took it back
            return
        uow.acts(work.actor, at=work.now, source=Source(channel="operator", delivery="import"))
        await take_back(uow, job, work.now)
        undo_id = (await uow.journal.get_action(work.action_id)).undone_by
        await uow.commit()
    while undo_id is not None:
        undo_id = await _take_back_more(work, undo_id)


async def _take_back_more(work: Import, undo_id: int) -> int | None:
    """The next chunk of what was too much to take back at once, and what it goes on as; None at its end."""
    async with work.database.unit_of_work() as uow:
        job = await uow.jobs.find_of(undo_id)
        if job is None:
            return None
        uow.acts(work.actor, at=work.now, source=Source(channel="operator", delivery="import"))
        await work_on(uow, job, work.now)
        await uow.commit()
    return job.action_id


async def _finish(work: Import) -> None:
    if work.action_id is None:
        return
    async with work.database.unit_of_work() as uow:
        job = await uow.jobs.find_of(work.action_id)
        if job is None:
            raise ImportStopped
        await uow.jobs.remove(job)
        await uow.commit()
