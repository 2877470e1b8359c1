"""What an action planned to say follows it: withdrawn when the action is undone, said after all when it stands again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, cast, func, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.jobs.model import BROADCAST
from domain.notifications.model import NotificationState
from storage import tables

_notifications = tables.notifications
UNDONE = "undone"
WITHDREW = "withdrew"
"""The fact of an action that took the place of others: the notifications of theirs that it withdrew."""


async def let_follow(
    session: AsyncSession, action: Row[Any], among: ColumnElement[bool], *, stands: bool, at: datetime
) -> None:
    """What an action planned is said while it stands. What it withdrew, as it took the place of others, is said while it
    does not. ``among`` are the rows that are looked at now."""
    planned = _notifications.c
    its_own = and_(planned.action_id == action.id, among)
    others = planned.id.in_(action.facts.get(WITHDREW, ()))
    await withdraw(session, others if stands else its_own, at=at)
    await _say_after_all(session, its_own if stands else others)


async def withdraw(session: AsyncSession, which: ColumnElement[bool], *, at: datetime) -> list[int]:
    """Gives the ids of those that were."""
    planned = _notifications.c
    withdrawn = await session.scalars(
        update(_notifications)
        .where(which, planned.state == NotificationState.PENDING.value)
        .where(planned.key != BROADCAST)  # too many: a job takes care of them
        .values(
            state=NotificationState.WITHDRAWN.value,
            reason=UNDONE,
            settled_at=at,
            dedupe_key=planned.dedupe_key + _mark_of_row(planned.id),
            lease_holder=null(),
            lease_until=null(),
        )
        .returning(planned.id)
    )
    return sorted(withdrawn)


async def _say_after_all(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """What an undo withdrew is planned again, unless it was planned anew meanwhile."""
    planned, other = _notifications.c, aliased(_notifications)
    length = func.length(planned.dedupe_key) - func.length(_mark_of_row(planned.id))
    key = func.substr(planned.dedupe_key, 1, length)
    taken = select(other.c.id).where(other.c.dedupe_key == key).exists()
    await session.execute(
        update(_notifications)
        .where(
            which,
            planned.state == NotificationState.WITHDRAWN.value,
            planned.reason == UNDONE,
            planned.key != BROADCAST,
            ~taken,
        )
        .values(state=NotificationState.PENDING.value, reason=null(), settled_at=null(), dedupe_key=key)
    )


def _mark_of_row(row_id: Any) -> Any:
    return literal("#") + cast(row_id, String)
