"""What a role may not change is refused by what a transaction is about to keep: whichever way the change took, a form, a button,
words or a merge. An undo judges what it puts back itself, as it knows more of it: see ``storage.undo``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.company.guarded import POINTS, kept_in
from domain.company.topics import Locks
from domain.people.errors import FieldLocked
from storage import tables
from storage.recording import Change

TABLES = frozenset({"leads", "customers", "contacts", "opportunities", "contact_points"})
_OWNERS = {"lead": "leads", "customer": "customers", "contact": "contacts"}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


async def must_be_unlocked(
    session: AsyncSession, changes: Sequence[Change], locks: Locks, role: str, *, may_empty: bool = False
) -> None:
    """What is empty may be filled in, and what is new is nobody's yet. ``may_empty``: what these changes leave empty is what
    the same person had just filled in. Raises FieldLocked.
    """
    locked = locks.fields(role)
    columns = kept_in(locked)
    for change in changes:
        if change.before is None or change.after is None:
            continue
        for column, field in columns.get(change.table, {}).items():
            before = change.before.get(column)
            if before in _EMPTY or change.after.get(column, before) == before:
                continue
            if not (may_empty and change.after[column] in _EMPTY):
                raise FieldLocked(field=field, may=locks.who_may(field))
    if locks_points(locked):
        await _points(session, changes, locks, locked, may_empty=may_empty)


def locks_points(locked: Collection[str]) -> bool:
    return any(field.partition(".")[2] in POINTS for field in locked)


async def _points(
    session: AsyncSession, changes: Sequence[Change], locks: Locks, locked: Collection[str], *, may_empty: bool
) -> None:
    """A number that went, unless the same stands there anew; one that goes along with its record is none of these."""
    points = [change for change in changes if change.table == "contact_points" and change.before is not None]
    written = [change for change in points if (not may_empty if change.after is None else "value" in change.after)]
    if not written:
        return
    gone = {(change.table, change.row_id) for change in changes if change.after is None}
    new = [change.after for change in changes if change.table == "contact_points" and change.before is None]
    standing = {_named(each) for each in new if each is not None}
    rows = await _rows(session, [change.row_id for change in written if change.after is not None])
    for change in written:
        was: dict[str, Any] = {**rows.get(change.row_id, {}), **(change.before or {})}
        record = next((record for record in _OWNERS if was.get(f"{record}_id")), None)
        if record is None or (_OWNERS[record], was[f"{record}_id"]) in gone or _named(was) in standing:
            continue
        field = f"{record}.{was.get('kind')}"
        if field in locked:
            raise FieldLocked(field=field, may=locks.who_may(field))


def _named(point: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(point.get(name) for name in ("kind", "value", "lead_id", "customer_id", "contact_id"))


async def _rows(session: AsyncSession, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """An update keeps only what it changed: whose and of what kind the number is stands in its row."""
    if not ids:
        return {}
    table = tables.metadata.tables["contact_points"]
    statement = select(table.c.id, table.c.kind, table.c.lead_id, table.c.customer_id, table.c.contact_id)
    found = await session.execute(statement.where(table.c.id.in_(ids)))
    return {row["id"]: dict(row) for row in found.mappings()}
