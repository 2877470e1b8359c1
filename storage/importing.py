"""Taking in what ``storage.export`` wrote, into an empty database or beside what is there: all of it or nothing.

The file is read once to check every line, then once a kind of record to write, so that it may be larger than memory and
its lines may stand in any order. Writing goes in chunks, so that nobody waits long, under one action, so that one undo
takes it back; a chunk that fails undoes those before it. A job stands by meanwhile: should this process die, the next
one takes back what it wrote.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, literal_column, select, tuple_
from sqlalchemy.exc import IntegrityError

from domain.jobs.model import IMPORT, Job
from domain.jobs.work import take_back, work_on
from domain.journal.model import Source
from domain.moving import ImportedBefore, ImportRefused
from domain.people.model import Staff
from domain.values.near_companies import near_marks
from storage import tables
from storage.bulk import bulk_insert, bulk_update
from storage.engine import Database
from storage.export import KINDS, Exported
from storage.import_lines import SKIPPED, Line, Reader
from storage.import_news import keep_news
from storage.import_points import add_up, enter_lines
from storage.references import Reference, references_from
from storage.transactions import to_the_end
from storage.unit_of_work import SqlUnitOfWork

CHUNK = 50
STANDS_BY = timedelta(minutes=2)  # a chunk takes a fraction of a second; after so long nobody works on it any more


class ImportStopped(RuntimeError):
    """Somebody undid the import while it ran, or another process took it for dead."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """``counts`` by type, of what was written; ``action_id`` undoes it (None when there was nothing to write)."""

    action_id: int | None
    counts: dict[str, int]


Told = Callable[[int, int], None]


def nobody_told(done: int, total: int) -> None:
    """The default for whoever wants to know how far an import is."""


@dataclass
class _Import:
    database: Database
    path: Path
    actor: Staff | None
    now: datetime
    reader: Reader
    digest: str
    seen: dict[str, dict[int, int]] = field(default_factory=dict)
    """By table: the file's ids, and the lines they stand on."""
    ids: dict[str, dict[int, int]] = field(default_factory=dict)
    """By table: the file's ids, and ours."""
    told: Told = nobody_told
    chunk: int = CHUNK
    done: int = 0
    is_new: bool = True
    action_id: int | None = None


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
    work = _Import(
        database, path, actor, now, Reader(country=country, now=now), digest, told=told, chunk=chunk, is_new=not people
    )
    await _check(work)
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


def _lines(work: _Import, kind: Exported | None = None) -> Iterator[Line]:
    with work.path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            line = work.reader.read(number, text)
            # This runs in a thread. Without a pause it keeps the interpreter for 5 ms each time that the event loop comes
            # back from waiting, and whoever asks something meanwhile waits for that at each of their statements.
            time.sleep(0)
            if line is not None and (kind is None or line.kind is kind):
                yield line


def _chunks(lines: Iterator[Line], size: int) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


# ---------------------------------------------------------------- checking


async def _check(work: _Import) -> None:
    # A long file takes many seconds to read, in which the others want to be answered.
    await _refuse_taken(work, await asyncio.to_thread(_read_whole, work))


def _read_whole(work: _Import) -> dict[str, int]:
    """Raises ImportRefused; gives what must be unique, with the lines that say it."""
    # What it knows of names takes half a second to load: here, where no transaction stands.
    near_marks("Summit Plumbing Leeds Ltd")
    wanted: dict[tuple[str, int], tuple[int, str]] = {}  # what is referred to: the first line and field that do so
    unique: dict[str, int] = {}
    for line in _lines(work):
        table = line.kind.table.name
        lines_of_ids = work.seen.setdefault(table, {})
        if line.id in lines_of_ids:
            raise ImportRefused(line=line.number, why=ImportRefused.TWICE, field="id", value=str(line.id))
        lines_of_ids[line.id] = line.number
        for reference in references_from(table):
            target = reference.target_of(line.columns)
            if target is not None:
                wanted.setdefault((reference.target, target), (line.number, reference.column))
        for name, value in _unique_values(line):
            if value in unique:
                raise ImportRefused(line=line.number, why=ImportRefused.TWICE, field=name, value=value)
            unique[value] = line.number
    for (table, row_id), (number, column) in wanted.items():
        if row_id not in work.seen.get(table, {}):
            raise ImportRefused(line=number, why=ImportRefused.NOT_THERE, field=column, value=str(row_id))
    return unique


def _unique_values(line: Line) -> Iterator[tuple[str, str]]:
    for point in line.points:
        if point["unique_key"] is not None:
            yield "points", point["unique_key"]
    if line.kind.type == "staff" and line.columns["is_active"]:
        yield "name", f"staff:{line.columns['name_key']}"
    if line.kind.type == "identity":
        yield "user", f"identity:{line.columns['channel']}:{line.columns['user']}"


async def _refuse_taken(work: _Import, unique: dict[str, int]) -> None:
    keys = list(unique)
    column = tables.contact_points.c.unique_key
    async with work.database.read() as uow:
        for start in range(0, len(keys), CHUNK):
            await asyncio.sleep(0)  # SQLite's statements wait for nothing, and a long file has thousands of these
            taken = select(column).where(column.in_(keys[start : start + CHUNK])).limit(1)
            key = await uow.session.scalar(taken)
            if key is not None:
                raise ImportRefused(line=unique[key], why=ImportRefused.TAKEN, field="points", value=key)


# ---------------------------------------------------------------- writing


async def _take_in(work: _Import, kind: Exported) -> int:
    written = 0
    chunks = _chunks(_lines(work, kind), work.chunk)
    while chunk := await asyncio.to_thread(next, chunks, None):
        async with work.database.unit_of_work() as uow:
            await _begin(work, uow)
            try:
                written += await _write(work, uow, kind, chunk)
                await uow.commit()
            except IntegrityError as error:
                # Somebody took a value since the check; which line it was, the databases do not say alike.
                raise ImportRefused(line=chunk[0].number, why=ImportRefused.TAKEN) from error
        work.done += len(chunk)
        work.told(work.done, sum(len(lines) for lines in work.seen.values()))
    return written


async def _begin(work: _Import, uow: SqlUnitOfWork) -> None:
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


async def _write(work: _Import, uow: SqlUnitOfWork, kind: Exported, chunk: Sequence[Line]) -> int:
    table = kind.table.name
    if kind.type == "company":
        return await _take_over_company(work, uow, chunk)
    if kind.type == "notification":
        return await keep_news(uow.session, [line.columns for line in chunk], ids=work.ids, now=work.now)
    known = await _already_there(uow, kind, chunk)
    fresh = [line for line in chunk if line.id not in known]
    rows = [_renumbered(work, line) for line in fresh]
    if kind.type == "consent":
        return await _keep_consents(uow, rows)
    if kind.type == "point_entry":
        return await enter_lines(uow, chunk, work.ids)
    if kind.type == "survey":
        await _beside_ours(uow, rows)
    new_ids = await bulk_insert(uow.session, table, rows)
    mapped = work.ids.setdefault(table, {})
    mapped.update(known)
    mapped.update(zip((line.id for line in fresh), new_ids, strict=True))
    points = [
        {**dict.fromkeys(_POINT_OWNERS), **point, str(kind.points): mapped[line.id]}
        for line in fresh
        for point in line.points
    ]
    await bulk_insert(uow.session, "contact_points", points)
    return len(fresh)


_POINT_OWNERS = ("lead_id", "customer_id", "contact_id")


async def _take_over_company(work: _Import, uow: SqlUnitOfWork, chunk: Sequence[Line]) -> int:
    if not work.is_new:
        return 0
    own = await uow.company.get()
    return await bulk_update(uow.session, "company", {own.id: chunk[0].columns})


async def _already_there(uow: SqlUnitOfWork, kind: Exported, chunk: Sequence[Line]) -> dict[int, int]:
    """The file's ids of people and accounts that are here already, with our ids."""
    if kind.type == "staff":
        staff = tables.staff.c
        names = {line.columns["name_key"]: line.id for line in chunk if line.columns["is_active"]}
        found = await uow.session.execute(
            select(staff.name_key, staff.id).where(staff.is_active, staff.name_key.in_(list(names)))
        )
        return {names[name]: row_id for name, row_id in found}
    if kind.type == "survey":
        surveys = tables.surveys.c
        ours = await uow.session.execute(select(surveys.id, surveys.name, surveys.edition, surveys.definition))
        same = {(row.name, row.edition): row for row in ours}
        there = {line.id: same.get((line.columns["name"], line.columns["edition"])) for line in chunk}
        asked = {line.id: line.columns["definition"] for line in chunk}
        return {each: row.id for each, row in there.items() if row is not None and row.definition == asked[each]}
    if kind.type == "identity":
        identity = tables.identities.c
        accounts = {(line.columns["channel"], line.columns["user"]): line.id for line in chunk}
        rows = await uow.session.execute(
            select(identity.channel, identity.user, identity.id).where(
                tuple_(identity.channel, identity.user).in_(list(accounts))
            )
        )
        return {accounts[channel, user]: row_id for channel, user, row_id in rows}
    return {}


async def _keep_consents(uow: SqlUnitOfWork, rows: Sequence[dict[str, Any]]) -> int:
    """What was said is kept beside what the same people said here, each once; the newest counts. An undo leaves those of
    accounts that were here before: a stop stays one."""
    consents = tables.consents.c
    same = ("identity_id", "topic", "given", "at")
    theirs = select(*(consents[name] for name in same)).where(
        consents.identity_id.in_({row["identity_id"] for row in rows})
    )
    known = {tuple(row) for row in await uow.session.execute(theirs)}
    fresh = [row for row in rows if tuple(row[name] for name in same) not in known]
    if fresh:
        await uow.session.execute(insert(tables.consents), fresh)
    return len(fresh)


async def _beside_ours(uow: SqlUnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Editions of a survey that we have under the same name are older ones of ours: what is asked here stays."""
    surveys = tables.surveys.c
    counted = select(surveys.name, func.max(surveys.edition).label("last")).group_by(surveys.name)
    last = {row.name: row.last for row in await uow.session.execute(counted)}
    for row in rows:
        if row["name"] in last:
            last[row["name"]] += 1
            row["edition"], row["is_current"] = last[row["name"]], False


def _renumbered(work: _Import, line: Line) -> dict[str, Any]:
    """The row with our ids for what it refers to; its own kind comes when all of them are there."""
    row = dict(line.columns)
    for reference in references_from(line.kind.table.name):
        target = reference.target_of(line.columns)
        if target is not None:
            row[reference.column] = None if _refers_to_itself(reference) else work.ids[reference.target][target]
    if line.kind.type == "approval":
        row["subject"] = _subject(work, row["subject"])
    if line.kind.type == "broadcast":
        staff = work.ids["staff"]
        owners = [staff[each] for each in row["segment"].get("owner_ids", ()) if each in staff]
        row["segment"] = {**row["segment"], "owner_ids": owners}
    if line.kind.type == "survey_answer":
        row["cause"] = _cause(work, row["cause"])
    return row


def _subject(work: _Import, named: str) -> str:
    """Whom an approval is about, ``identity:7``, by our number."""
    kind, _, number = named.partition(":")
    tables_of = {each.type: each.table.name for each in KINDS}
    ids = work.ids.get(tables_of.get(kind, ""), {})
    return f"{kind}:{ids[int(number)]}" if number.isdecimal() and int(number) in ids else named


_CAUSES = {"ticket": "tickets", "activity": "activities", "converted": "customers", "first": "customers"}


def _cause(work: _Import, named: str) -> str:
    """Why somebody was asked, ``ticket:18``, by our number, so that nobody is asked for it again."""
    kind, _, number = named.partition(":")
    ids = work.ids.get(_CAUSES.get(kind, ""), {})
    return f"{kind}:{ids[int(number)]}" if number.isdecimal() and int(number) in ids else named


def _refers_to_itself(reference: Reference) -> bool:
    return reference.table == reference.target


async def _refer_to_their_own(work: _Import) -> None:
    """Deputies, and tickets that were merged: what refers to rows of its own kind, when all of them are there."""
    for kind in KINDS:
        for reference in references_from(kind.table.name) if kind.type not in SKIPPED else ():
            if _refers_to_itself(reference):
                await _refer(work, kind, reference.column)


async def _refer(work: _Import, kind: Exported, column: str) -> None:
    ids = work.ids.get(kind.table.name, {})
    lines = (line for line in _lines(work, kind) if line.columns[column] is not None) if ids else iter(())
    chunks = _chunks(lines, work.chunk)
    while chunk := await asyncio.to_thread(next, chunks, None):
        async with work.database.unit_of_work() as uow:
            await _begin(work, uow)
            rows = {ids[line.id]: {column: ids[line.columns[column]]} for line in chunk}
            await bulk_update(uow.session, kind.table.name, rows)
            await uow.commit()


async def _add_up(work: _Import) -> None:
    """Accounts of points are what their lines come to."""
    lines, customers = work.seen.get("point_entries"), list(work.ids.get("customers", {}).values())
    for start in range(0, len(customers), work.chunk) if lines else ():
        async with work.database.unit_of_work() as uow:
            await _begin(work, uow)
            await add_up(uow, customers[start : start + work.chunk], line=min((lines or {0: 0}).values()))
            await uow.commit()


async def _take_back(work: _Import) -> None:
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


async def _take_back_more(work: _Import, undo_id: int) -> int | None:
    """The next chunk of what was too much to take back at once, and what it goes on as; None at its end."""
    async with work.database.unit_of_work() as uow:
        job = await uow.jobs.find_of(undo_id)
        if job is None:
            return None
        uow.acts(work.actor, at=work.now, source=Source(channel="operator", delivery="import"))
        await work_on(uow, job, work.now)
        await uow.commit()
    return job.action_id


async def _finish(work: _Import) -> None:
    if work.action_id is None:
        return
    async with work.database.unit_of_work() as uow:
        job = await uow.jobs.find_of(work.action_id)
        if job is None:
            raise ImportStopped
        await uow.jobs.remove(job)
        await uow.commit()
