"""What was taken away is listed, and comes back by whom it concerns, long after ten minutes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from domain.leads.actions import NewLead, add_lead
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from storage.deletions import MOST_ROWS
from storage.tables.journal import RECORD_DELETED
from tests.conversations.conftest import Chat


async def test_what_was_deleted_comes_back_days_later(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    mei = await chat.staff("Mei", team="Other")
    assert (await tom.says("/deleted")).key == "deleted-nothing"
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750")
    await tom.presses("Undo")
    assert (await tom.says("L1")).key == "record-not-found"
    await chat.tick(after=timedelta(days=3))

    listed = await tom.says("/deleted")
    assert "Undone: Lead added L1 (Newco)" in listed.text
    assert listed.buttons == ["Restore"]
    assert (await mei.says("已删除")).key == "deleted-nothing"
    assert "Newco" in (await ana.says("/audit deleted")).text
    restored = await ana.presses("Restore")
    assert restored.key == "redone"
    assert "7183 8750" in (await tom.says("L1")).text
    assert (await tom.says("/deleted")).key == "deleted-nothing"
    again = await tom.presses("Restore")
    assert again.key == "undo-refused"


async def test_the_list_is_found_by_its_index(chat: Chat) -> None:
    async with chat.house.database.read() as uow:
        if chat.house.database.dialect != "sqlite":
            return
        plan = await uow.session.execute(
            text(f"EXPLAIN QUERY PLAN SELECT action_id FROM journal_changes WHERE {RECORD_DELETED}")
        )
        assert "ix_journal_changes_deleted" in str(plan.all())


async def test_an_action_that_took_much_away_hides_no_other_name(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    async def added(uow: UnitOfWork, actor: Staff | None) -> None:
        for place in range(30):
            await add_lead(uow, tom.staff, NewLead(company=f"Company {place}"), now=chat.now)

    await perform(chat.house.database.unit_of_work, added, actor=tom.staff, now=chat.now, through="test")
    await tom.says("/undo")
    await tom.says("/lead Newco, Jane Miller")
    await tom.says("/undo")

    async with chat.house.database.read() as uow:
        latest, first = await uow.journal.list_deletions([tom.id], before=None, limit=2)
    assert [title for _, _, title in latest.records] == ["Newco"]
    assert len(first.records) == MOST_ROWS
