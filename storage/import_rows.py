"""Rows of a file of ``storage.export``, written beside what is here: with our numbers, and once what is here already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, tuple_

from storage import tables
from storage.bulk import bulk_insert, bulk_update
from storage.export import KINDS, Exported
from storage.import_checks import Import
from storage.import_lines import Line
from storage.import_news import keep_news
from storage.import_points import enter_lines
from storage.references import Reference, references_from
from storage.unit_of_work import SqlUnitOfWork


async def write_chunk(work: Import, uow: SqlUnitOfWork, kind: Exported, chunk: Sequence[Line]) -> int:
    """Write lines of one kind; gives how many were new here. Their numbers, and ours, go into ``work.ids``."""
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


async def _take_over_company(work: Import, uow: SqlUnitOfWork, chunk: Sequence[Line]) -> int:
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


def _renumbered(work: Import, line: Line) -> dict[str, Any]:
    """The row with our ids for what it refers to; its own kind comes when all of them are there."""
    row = dict(line.columns)
    for reference in references_from(line.kind.table.name):
        target = reference.target_of(line.columns)
        if target is not None:
            row[reference.column] = None if refers_to_itself(reference) else work.ids[reference.target][target]
    if line.kind.type == "approval":
        row["subject"] = _subject(work, row["subject"])
    if line.kind.type == "broadcast":
        staff = work.ids["staff"]
        owners = [staff[each] for each in row["segment"].get("owner_ids", ()) if each in staff]
        row["segment"] = {**row["segment"], "owner_ids": owners}
    if line.kind.type == "survey_answer":
        row["cause"] = _cause(work, row["cause"])
    return row


def _subject(work: Import, named: str) -> str:
    """Whom an approval is about, ``identity:7``, by our number."""
    kind, _, number = named.partition(":")
    tables_of = {each.type: each.table.name for each in KINDS}
    ids = work.ids.get(tables_of.get(kind, ""), {})
    return f"{kind}:{ids[int(number)]}" if number.isdecimal() and int(number) in ids else named


_CAUSES = {"ticket": "tickets", "activity": "activities", "converted": "customers", "first": "customers"}


def _cause(work: Import, named: str) -> str:
    """Why somebody was asked, ``ticket:18``, by our number, so that nobody is asked for it again."""
    kind, _, number = named.partition(":")
    ids = work.ids.get(_CAUSES.get(kind, ""), {})
    return f"{kind}:{ids[int(number)]}" if number.isdecimal() and int(number) in ids else named


def refers_to_itself(reference: Reference) -> bool:
    return reference.table == reference.target
