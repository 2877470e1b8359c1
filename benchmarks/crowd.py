"""Many people and many follow-ups at once, written as plain rows: what is measured comes after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from benchmarks.desk import FIRST_USER, Desk
from storage import tables
from storage.mapping import new_version

CHUNK = 2000


async def hire_many(desk: Desk, count: int) -> Sequence[int]:
    """As many reps like the first one, each with an account on Telegram; gives their ids."""
    first = desk.reps[0].staff.id
    async with desk.house.database.connection() as connection:
        row = (await connection.execute(select(tables.staff).where(tables.staff.c.id == first))).mappings().one()
    staff = [
        {**row, "id": 1000 + number, "name": f"Crowd {number}", "name_key": f"crowd {number}"}
        for number in range(count)
    ]
    accounts = [
        {
            "version": new_version(),
            "channel": "telegram",
            "user": str(FIRST_USER + 1000 + number),
            "private_place": str(FIRST_USER + 1000 + number),
            "staff_id": 1000 + number,
            "name": f"Crowd {number}",
        }
        for number in range(count)
    ]
    await write(desk, tables.staff, staff)
    await write(desk, tables.identities, accounts)
    return [one["id"] for one in staff]


async def plan_followups(desk: Desk, owners: Sequence[int], count: int, *, due_at: datetime) -> None:
    """``count`` open follow-ups, all due at that moment, spread over the owners."""
    rep = desk.reps[0]
    rows = [
        {
            "version": new_version(),
            "owner_id": owners[number % len(owners)],
            "created_by": rep.staff.id,
            "lead_id": rep.lead_id,
            "note": "send the quote",
            "due_at": due_at,
            "has_hour": True,
            "is_deadline": False,
            "chosen": True,
            "status": "open",
            "created_at": datetime.now(UTC),
        }
        for number in range(count)
    ]
    await write(desk, tables.followups, rows)


async def write(desk: Desk, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), CHUNK):
        async with desk.house.database.unit_of_work() as uow:
            await uow.session.execute(insert(table), list(rows[start : start + CHUNK]))
            await uow.commit()


async def counted_by_state(desk: Desk) -> dict[str, int]:
    """Reminders in the outbox, by their state."""
    rows = tables.notifications.c
    statement = select(rows.state, func.count().label("amount")).where(rows.key == "followup-due").group_by(rows.state)
    async with desk.house.database.connection() as connection:
        return {row.state: row.amount for row in await connection.execute(statement)}


async def fill_outbox(desk: Desk, count: int) -> None:
    """Pending notifications that are due from tomorrow on, a second apart."""
    start = datetime.now(UTC) + timedelta(days=1)
    if desk.house.database.dialect == "sqlite":
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
        due_at, source = "strftime('%Y-%m-%d %H:%M:%f', :start, '+' || i || ' seconds') || '000'", "n"
    else:
        numbers, due_at = "", "CAST(:start AS timestamptz) + i * interval '1 second'"
        source = "generate_series(1, CAST(:count AS integer)) AS n(i)"
    statement = text(
        f"""{numbers} INSERT INTO notifications
        (key, facts, due_at, staff_id, urgency, chosen, extra, state, attempts, created_at)
        SELECT 'followup-due', '{{}}', {due_at}, NULL, 1, true, '{{}}', 'pending', 0, :start FROM {source}"""
        if not numbers
        else f"""INSERT INTO notifications
        (key, facts, due_at, staff_id, urgency, chosen, extra, state, attempts, created_at)
        {numbers} SELECT 'followup-due', '{{}}', {due_at}, NULL, 1, true, '{{}}', 'pending', 0, :start FROM {source}"""
    )
    async with desk.house.database.unit_of_work() as uow:
        given = {"start": start.strftime("%Y-%m-%d %H:%M:%S"), "count": count}
        await uow.session.execute(statement, given)
        await uow.commit()
    if desk.house.database.dialect == "postgresql":
        async with desk.house.database.unit_of_work() as uow:
            await uow.session.execute(text("ANALYZE notifications"))
            await uow.commit()
