"""Many rows at once, journaled like any others: as many statements for a thousand rows as for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, column, insert, select, update
from sqlalchemy import table as plain_table
from sqlalchemy.ext.asyncio import AsyncSession

from storage import tables
from storage.dialects import is_sqlite
from storage.loaded import refresh_loaded
from storage.mapping import new_version
from storage.recording import Change, record_new, recorder_of, searched_by
from storage.tables import journaled_columns

CHUNK = 500
_sequence = plain_table("sqlite_sequence", column("name"), column("seq"))
Row = Mapping[str, Any]


async def bulk_insert(session: AsyncSession, table_name: str, rows: Sequence[Row]) -> list[int]:
    """Insert rows of a journaled table; gives their ids in the same order.

    A row names its columns (``amount_minor``, not ``amount``); ``version`` is set here. Columns left out must be
    nullable, and every row names the same ones.
    """
    table = tables.JOURNALED[table_name]
    ids: list[int] = []
    for chunk in _chunks(rows):
        stamped = [{**row, "version": new_version()} for row in chunk]
        new_ids = await _insert_chunk(session, table, stamped)
        ids.extend(new_ids)
        for row_id, row in zip(new_ids, stamped, strict=True):
            after = {name: row.get(name) for name in journaled_columns(table)}
            record_new(recorder_of(session), table_name, row_id, after)
            _mark_for_search(session, Change(table_name, row_id, None, after))
    return ids


async def _insert_chunk(session: AsyncSession, table: Table, rows: Sequence[Row]) -> Sequence[int]:
    """SQLite does not promise to return ids in the order of the rows, so SQLAlchemy would insert them one by one there.
    Its writer is alone: it may take the next numbers itself."""
    if not is_sqlite(session):
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return (await session.scalars(statement, rows)).all()
    counted = select(_sequence.c.seq).where(_sequence.c.name == table.name)
    last = (await session.scalar(counted)) or 0
    ids = range(last + 1, last + 1 + len(rows))
    connection = await session.connection()
    await connection.execute(insert(table), [{"id": row_id, **row} for row_id, row in zip(ids, rows, strict=True)])
    return ids


async def bulk_update(session: AsyncSession, table_name: str, values: Mapping[int, Row]) -> int:
    """Change columns of rows of a journaled table, by their ids; gives how many rows really changed.

    Every row names the same columns. Rows that are not there are left out.
    """
    await session.flush()
    changes: list[Change] = []
    for chunk in _chunks(list(values.items())):
        changes += await _update_chunk(session, table_name, dict(chunk))
    for change in changes:
        recorder_of(session).put(change)
        _mark_for_search(session, change)
    await refresh_loaded(session, changes)
    return len(changes)


async def _update_chunk(session: AsyncSession, table_name: str, values: Mapping[int, Row]) -> list[Change]:
    table = tables.JOURNALED[table_name]
    columns = list(next(iter(values.values())))
    present = select(table.c.id, table.c.version, *(table.c[name] for name in columns))
    present = present.where(table.c.id.in_(list(values))).order_by(table.c.id).with_for_update()
    changes = []
    for row in (await session.execute(present)).mappings():
        wanted = values[row["id"]]
        before = {name: row[name] for name in columns if row[name] != wanted[name]}
        if before:
            after = {name: wanted[name] for name in before} | {"version": new_version()}
            changes.append(Change(table_name, row["id"], before | {"version": row["version"]}, after))
    if changes:
        bound: dict[str, Any] = {name: bindparam(f"to_{name}") for name in (*columns, "version")}
        statement = update(table).where(table.c.id == bindparam("row_id")).values(bound)
        await (await session.connection()).execute(statement, [_given(change, values) for change in changes])
    return changes


def _given(change: Change, values: Mapping[int, Row]) -> dict[str, Any]:
    stamped = {**values[change.row_id], "version": (change.after or {})["version"]}
    return {"row_id": change.row_id, **{f"to_{name}": value for name, value in stamped.items()}}


def _mark_for_search(session: AsyncSession, change: Change) -> None:
    recorder_of(session).stale.update(dict.fromkeys(searched_by(change)))


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
