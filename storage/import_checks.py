"""An import under way, and the look at every line of its file before anything is written."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from domain.moving import ImportRefused
from domain.people.model import Staff
from domain.values.near_companies import near_marks
from storage import tables
from storage.engine import Database
from storage.export import Exported
from storage.import_lines import Line, Reader
from storage.references import references_from

CHUNK = 50
Told = Callable[[int, int], None]
"""Hears how many lines are done, and of how many."""


def nobody_told(done: int, total: int) -> None:
    """The default for whoever wants to know how far an import is."""


@dataclass
class Import:
    """One import from its first line to its last. ``is_new``: nobody worked here before. ``action_id`` comes with the first chunk."""

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


def lines_of(work: Import, kind: Exported | None = None) -> Iterator[Line]:
    """All lines of the file, or those of one kind, without what is passed over. Raises ImportRefused. Blocks."""
    with work.path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            line = work.reader.read(number, text)
            # This runs in a thread. Without a pause it keeps the interpreter for 5 ms each time that the event loop comes
            # back from waiting, and whoever asks something meanwhile waits for that at each of their statements.
            time.sleep(0)
            if line is not None and (kind is None or line.kind is kind):
                yield line


def chunks_of(lines: Iterator[Line], size: int) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


async def check(work: Import) -> None:
    """Read every line, and note in ``work.seen`` what there is. Raises ImportRefused at the first that cannot be taken in."""
    # A long file takes many seconds to read, in which the others want to be answered.
    await _refuse_taken(work, await asyncio.to_thread(_read_whole, work))


def _read_whole(work: Import) -> dict[str, int]:
    """Raises ImportRefused; gives what must be unique, with the lines that say it."""
    # What it knows of names takes half a second to load: here, where no transaction stands.
    near_marks("Summit Plumbing Leeds Ltd")
    wanted: dict[tuple[str, int], tuple[int, str]] = {}  # what is referred to: the first line and field that do so
    unique: dict[str, int] = {}
    for line in lines_of(work):
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


async def _refuse_taken(work: Import, unique: dict[str, int]) -> None:
    keys = list(unique)
    column = tables.contact_points.c.unique_key
    async with work.database.read() as uow:
        for start in range(0, len(keys), CHUNK):
            await asyncio.sleep(0)  # SQLite's statements wait for nothing, and a long file has thousands of these
            taken = select(column).where(column.in_(keys[start : start + CHUNK])).limit(1)
            key = await uow.session.scalar(taken)
            if key is not None:
                raise ImportRefused(line=unique[key], why=ImportRefused.TAKEN, field="points", value=key)
