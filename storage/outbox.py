"""What a transaction plans to say: gathered, and put into the outbox in one statement with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.notifications.model import Notification, NotificationState, Planned
from storage import tables
from storage.dialects import execute_rows, insert_if_absent

_t = tables.notifications
MOST_AT_ONCE = 1000
_NUMBERED = insert(_t).returning(_t.c.id, sort_by_parameter_order=True)


class Buffer:
    def __init__(self) -> None:
        self._plans: list[Planned] = []
        self._answers: list[Planned] = []

    def plan(self, planned: Planned) -> None:
        self._plans.append(planned)

    def answer(self, planned: Planned) -> None:
        self._answers.append(planned)

    @property
    def plans_something(self) -> bool:
        return bool(self._plans)

    async def write(
        self, session: AsyncSession, *, action_id: int | None, at: datetime, holder: str, lease_until: datetime
    ) -> Sequence[Notification]:
        """Insert all; gives the answers with their ids, leased to ``holder``."""
        rows = [_row(planned, action_id, at) for planned in self._plans]
        for start in range(0, len(rows), MOST_AT_ONCE):
            statement = insert_if_absent(session, _t, "dedupe_key")
            await execute_rows(session, statement, rows[start : start + MOST_AT_ONCE])
        if not self._answers:
            return ()
        leased = {"attempts": 1, "lease_holder": holder, "lease_until": lease_until}
        answers = [{**_row(planned, action_id, at), **leased} for planned in self._answers]
        ids = (await execute_rows(session, _NUMBERED, answers)).scalars().all()
        return [notification(row | {"id": row_id}) for row, row_id in zip(answers, ids, strict=True)]


def _row(planned: Planned, action_id: int | None, at: datetime) -> dict[str, Any]:
    return {
        "key": planned.key,
        "facts": dict(planned.facts),
        "due_at": planned.due_at,
        "staff_id": planned.staff_id,
        "contact_id": planned.contact_id,
        "channel": planned.channel,
        "place": planned.place,
        "urgency": int(planned.urgency),
        "chosen": planned.chosen,
        "dedupe_key": planned.dedupe_key,
        "card": planned.card,
        "edit": planned.edit,
        "about": planned.about,
        "extra": dict(planned.extra),
        "state": NotificationState.PENDING.value,
        "attempts": 0,
        "action_id": action_id,
        "created_at": at,
        "lease_holder": None,
        "lease_until": None,
    }


def notification(row: Any) -> Notification:
    """A row of the outbox as the domain's value. ``row`` is a mapping of its columns."""
    from domain.notifications.model import Urgency

    return Notification(
        id=row["id"],
        key=row["key"],
        facts=row["facts"],
        due_at=row["due_at"],
        staff_id=row["staff_id"],
        contact_id=row["contact_id"],
        channel=row["channel"],
        place=row["place"],
        urgency=Urgency(row["urgency"]),
        chosen=row["chosen"],
        dedupe_key=row["dedupe_key"],
        card=row["card"],
        edit=row["edit"],
        about=row["about"],
        extra=row["extra"],
        state=NotificationState(row["state"]),
        attempts=row["attempts"],
        reason=row.get("reason"),
        action_id=row["action_id"],
        created_at=row["created_at"],
        sent_at=row.get("sent_at"),
    )
