"""Objects that a unit of work loaded, after their rows were changed past them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from storage.mapping import JOURNALED_CLASSES
from storage.recording import Change


async def refresh_loaded(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Objects show what is in the database now; those that are gone leave, relations are loaded when next asked for."""
    touched = {(change.table, change.row_id): change for change in changes}
    points_moved = any(change.table == "contact_points" for change in changes)
    for thing in list(session.sync_session.identity_map.values()):
        table = JOURNALED_CLASSES.get(type(thing))
        change = None if table is None else touched.get((table.name, getattr(thing, "id", 0)))
        if change is not None and change.after is None:
            session.expunge(thing)
            continue
        if change is not None:
            await session.refresh(thing)
        if points_moved and "points" in thing.__dict__:
            session.expire(thing, ["points"])
