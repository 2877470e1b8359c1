"""The company has one row for all that is set: each topic of it is undone apart from what was set beside it since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import tables
from storage.mapping import new_version
from storage.recording import Change

COMPANY, SETTINGS, VERSION = "company", "settings", "version"
_MISSING = object()


async def apart(session: AsyncSession, changes: Sequence[Change]) -> list[Change]:
    """The changes as they are, but those of the company's row as if they had been made last, where what they set is as they
    left it; where it is not, undo refuses them as ever."""
    return [await _last(session, change) if change.table == COMPANY else change for change in changes]


async def _last(session: AsyncSession, change: Change) -> Change:
    if change.before is None or change.after is None:
        return change
    rows = tables.JOURNALED[COMPANY]
    found = await session.execute(select(rows).where(rows.c.id == change.row_id).with_for_update())
    row: dict[str, Any] = dict(found.mappings().one())
    if row[VERSION] == change.after[VERSION] or not _stands(change, row):
        return change
    columns = change.before.keys() - {VERSION}
    before = {column: _put_back(change, column, row) for column in columns}
    after = {column: row[column] for column in columns}
    return replace(change, before={**before, VERSION: new_version()}, after={**after, VERSION: row[VERSION]})


def _stands(change: Change, row: Mapping[str, Any]) -> bool:
    before, after = change.before or {}, change.after or {}
    return all(
        all(row[SETTINGS].get(key, _MISSING) == after[SETTINGS].get(key, _MISSING) for key in _topics(change))
        if column == SETTINGS
        else row[column] == after[column]
        for column in before.keys() - {VERSION}
    )


def _topics(change: Change) -> set[str]:
    """The entries of the settings that it set, changed or took away."""
    before, after = (change.before or {})[SETTINGS], (change.after or {})[SETTINGS]
    return {key for key in {*before, *after} if before.get(key, _MISSING) != after.get(key, _MISSING)}


def _put_back(change: Change, column: str, row: Mapping[str, Any]) -> Any:
    before = (change.before or {})[column]
    if column != SETTINGS:
        return before
    topics = _topics(change)
    others = {key: value for key, value in row[SETTINGS].items() if key not in topics}
    return {**others, **{key: before[key] for key in topics if key in before}}
