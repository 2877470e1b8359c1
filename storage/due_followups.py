"""Reminders of due follow-ups, put into the outbox inside the database: planning many costs no round trip each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import TextClause

from domain.notifications.model import Urgency
from storage.dialects import BATCH, is_sqlite
from storage.types import UtcDateTime

_PICKED = """
    SELECT id, owner_id, due_at, chosen FROM followups
    WHERE status = 'open' AND has_hour AND (planned_for IS NULL OR planned_for <> due_at) AND due_at <= :until
    ORDER BY due_at LIMIT :most
"""
_COLUMNS = "key, facts, staff_id, due_at, about, chosen, urgency, dedupe_key, created_at, state, attempts, extra"
_VALUES = """
    'followup-due', {facts}, owner_id, due_at, 'followup:' || id, chosen, :urgency,
    'followup:' || id || ':' || {moment}, :now, 'pending', 0, '{{}}'
"""
# The moment as Python's isoformat writes it, so that a key made there is the same.
_SQLITE_VALUES = _VALUES.format(
    facts="json_object('followup', id)", moment="replace(replace(due_at, ' ', 'T'), '.000000', '') || '+00:00'"
)
_POSTGRES_VALUES = _VALUES.format(
    facts="jsonb_build_object('followup', id)",
    moment="""replace(to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', '') || '+00:00'""",
)
_CONFLICT = "ON CONFLICT (dedupe_key) DO NOTHING"


def _timed(statement: str, *names: str) -> TextClause:
    """The statement with its moments typed."""
    return text(statement).bindparams(*(bindparam(name, type_=UtcDateTime) for name in names))


# Nothing but the constants above is put into these texts.
_SQLITE_INSERT = _timed(
    f"INSERT {BATCH} INTO notifications ({_COLUMNS}) SELECT {_SQLITE_VALUES} FROM ({_PICKED}) WHERE true {_CONFLICT}",  # noqa: S608 - constants alone
    "until",
    "now",
)
_SQLITE_MARK = _timed(
    f"UPDATE {BATCH} followups SET planned_for = due_at WHERE id IN (SELECT id FROM ({_PICKED}))",  # noqa: S608 - constants alone
    "until",
)
_POSTGRES = _timed(
    f"""
    WITH picked AS ({_PICKED} FOR UPDATE SKIP LOCKED),
    marked AS (UPDATE followups SET planned_for = due_at WHERE id IN (SELECT id FROM picked)),
    planned AS (INSERT INTO notifications ({_COLUMNS}) SELECT {_POSTGRES_VALUES} FROM picked {_CONFLICT} RETURNING 1)
    SELECT count(*) FROM planned
    """,  # noqa: S608 - constants alone
    "until",
    "now",
)


async def plan_due(session: AsyncSession, *, until: datetime, now: datetime, limit: int) -> int:
    """Plan at most ``limit`` reminders; gives how many rows the outbox got.

    ``planned_for`` takes a follow-up out of the index that the search walks, so a tick with nothing new costs nothing.
    """
    given = {"until": until, "most": limit}
    values = {**given, "now": now, "urgency": int(Urgency.NORMAL)}
    if not is_sqlite(session):
        return int((await session.execute(_POSTGRES, values)).scalar_one())
    inserted = await session.execute(_SQLITE_INSERT, values)
    await session.execute(_SQLITE_MARK, given)
    return int(inserted.rowcount)  # type: ignore[attr-defined]
