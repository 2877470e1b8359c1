"""What a transaction plans to say: gathered, and put into the outbox in one statement with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from domain.notifications.model import Notification, NotificationState, Planned
from storage import tables
from storage.dialects import insert_if_absent
from storage.ready import Ready, Rows, Together

_t = tables.notifications
MOST_AT_ONCE = 1000
_COLUMNS = (
    "key",
    "facts",
    "due_at",
    "staff_id",
    "contact_id",
    "channel",
    "place",
    "urgency",
    "chosen",
    "dedupe_key",
    "card",
    "edit",
    "about",
    "extra",
    "state",
    "reason",
    "settled_at",
    "attempts",
    "action_id",
    "created_at",
    "lease_holder",
    "lease_until",
)
_PLAN = Ready(
    postgresql.insert(_t).on_conflict_do_nothing(index_elements=["dedupe_key"]).inline(),
    on_sqlite=sqlite.insert(_t).on_conflict_do_nothing(index_elements=["dedupe_key"]).inline(),
    columns=_COLUMNS,
)
_ANSWER = Ready(insert(_t).returning(_t.c.id), columns=_COLUMNS)


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

    def _wanted(self) -> Sequence[Planned]:
        """Of several edits of one message the answer to whoever pressed it, else the last. What must be said once in any
        case has a key, and stays."""
        edited = {_message(answer) for answer in self._answers if answer.edit is not None}
        wanted: list[Planned] = []
        for planned in reversed(self._plans):
            if planned.edit is not None and planned.dedupe_key is None:
                if _message(planned) in edited:
                    continue
                edited.add(_message(planned))
            wanted.append(planned)
        return wanted[::-1]

    async def write(
        self,
        session: AsyncSession,
        last: Together,
        *,
        action_id: int | None,
        at: datetime,
        holder: str,
        lease_until: datetime,
    ) -> Written:
        """Insert all, the answers leased to ``holder``, with the ``last`` statements of the transaction."""
        rows = [_row(planned, action_id, at) for planned in self._wanted()]
        for start in range(0, len(rows), MOST_AT_ONCE):
            statement = insert_if_absent(session, _t, "dedupe_key")
            await last.add_all(_PLAN, statement, rows[start : start + MOST_AT_ONCE])
        leased = {"attempts": 1, "lease_holder": holder, "lease_until": lease_until}
        answers = [{**_row(planned, action_id, at), **leased} for planned in self._answers]
        return Written([(row, last.add(_ANSWER, row)) for row in answers])


class Written:
    """The direct answers, whose ids are known once the last statements of the transaction were run."""

    def __init__(self, rows: Sequence[tuple[dict[str, Any], Rows]]) -> None:
        self._rows = rows

    def answers(self) -> Sequence[Notification]:
        return [notification(row | {"id": row_id}) for row, [(row_id,)] in self._rows]


def _message(planned: Planned) -> tuple[str | None, str | None, str | None]:
    return planned.channel, planned.place, planned.edit


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
        "state": (NotificationState.PENDING if planned.left_out is None else NotificationState.SKIPPED).value,
        "reason": planned.left_out,
        "settled_at": None if planned.left_out is None else at,
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
