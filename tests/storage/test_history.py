"""A record's history holds its phones and e-mails, which are rows of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, text

from domain.customers.points import email_point, replace_points
from storage.engine import Database
from tests.storage.company import Team, a_phone
from tests.storage.test_undo import last_action, undo

OLD, NEW = "+8613800138000", "+8613800138001"


async def fields(team: Team, lead_id: int) -> list[tuple[str, bool, dict[str, tuple[Any, Any]]]]:
    async with team.database.read() as uow:
        lines = await uow.journal.history_of("leads", lead_id, limit=10)
    shown = {"phone", "email", "company"}
    return [
        (line.name, line.undone, {name: (before, after) for name, before, after in line.fields if name in shown})
        for line in lines
    ]


async def test_points_come_with_the_action_that_changed_them(team: Team) -> None:
    lead = await team.lead(points=[a_phone(OLD)])
    async with team.acting(team.mei, "lead-changed") as uow:
        changed = await uow.leads.get_for(team.mei, lead.id)
        changed.company = "Other"
        replace_points(changed.points, [email_point("li@qq.com")], kinds=("phone", "email"))
    await undo(team, await last_action(team.database))

    newest, change, added = await fields(team, lead.id)

    assert newest == (
        "undone",
        False,
        {"company": ("Other", lead.company), "phone": (None, OLD), "email": ("li@qq.com", None)},
    )
    assert change[:2] == ("lead-changed", True)
    assert change[2] == {"company": (lead.company, "Other"), "phone": (OLD, None), "email": (None, "li@qq.com")}
    assert added[2] == {"phone": (None, OLD), "company": (None, lead.company)}


async def test_history_is_one_query_by_indexes(database: Database, team: Team) -> None:
    lead = await team.lead(points=[a_phone(number) for number in (OLD, NEW)])
    said: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        said.append((statement, parameters))

    async with database.read() as uow:
        connection = await uow.session.connection()
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        await uow.journal.history_of("leads", lead.id, limit=10)
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        [(statement, parameters)] = said
        if database.dialect == "sqlite":
            explained = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan = " ".join(str(row) for row in explained)
            assert "SCAN journal_changes" not in plan
        else:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
            explained = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            plan = " ".join(str(row) for row in explained)
        assert "ix_journal_changes_row" in plan
        assert "ix_journal_changes_owner" in plan
