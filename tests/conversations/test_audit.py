"""Who did what and who may what; what happens when somebody leaves."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import insert

from handlers.records import audit
from storage import tables
from tests.conversations.conftest import Chat


async def test_the_audit_is_asked_by_person_and_kind_and_taken_out(chat: Chat) -> None:
    anna, ana = await chat.staff("Anna", role="admin", team=None), await chat.staff("Ana", role="manager")
    tom, olga = await chat.staff("Tom"), await chat.staff("Olga", team="North")
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750")
    await tom.says("called Newco, they want a quote")
    await tom.presses("Save")
    await olga.says("/lead Oldco")

    await tom.says("the weather is fine")
    await tom.says("no, Friday 4pm")  # its card moves below: something is said, nothing is done

    mine = await ana.says("/audit @Tom")
    assert "· Change" not in mine.text
    assert "Tom · Lead added L1" in mine.text
    assert "Oldco" not in (await ana.says("/audit")).text
    assert "Olga" not in (await ana.says("/audit")).text
    assert (await ana.says("/audit @Olga")).key == "not-allowed"
    assert "Olga" in (await anna.says("审计")).text
    assert (await tom.says("/audit")).key == "not-allowed"
    assert (await ana.says("/audit @nobody at all")).key == "staff-not-found"
    people = await anna.presses("People")
    assert "Lead added" not in people.text
    assert "the system" in people.text

    await ana.says("/audit @Tom leads today")
    out = await ana.presses("Workbook")
    assert out.body.document is not None
    assert out.body.document_name.endswith(".xlsx")
    with zipfile.ZipFile(io.BytesIO(out.body.document)) as book:
        assert "Audit · Tom · Leads · " in book.read("xl/sharedStrings.xml").decode()
    assert "Tom · Leads" in (await ana.says("审计 @Tom 线索 今天")).text
    assert (await ana.says("audit of the books on Monday")).key == "entry-card"
    assert "Journal taken out" in (await anna.says("/audit")).text
    await ana.says("/audit @Tom")
    assert (await ana.presses("Undo")).key == "undone"


async def test_who_looked_at_what_a_group_sees_masked_is_kept(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750")
    group = chat.group("Sales")
    await tom.says("L1", place=group)
    await tom.forges("record.private:lead.1")

    assert "Tom · Looked at what is masked L1" in (await ana.says("/audit looked")).text
    await tom.says("/undo")  # the lead, for nothing was changed by looking
    assert await chat.rows("leads") == []


async def test_roles_are_printed_from_what_decides(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    said = await ana.says("/roles")
    lines = {role.split(":")[0]: role for role in said.text.split("▪ ")[1:]}
    assert "/handover" in lines["Manager"]
    assert "/handover" not in lines["Sales rep"]
    assert "/queue" in lines["Support agent"]
    assert "who is erased" in lines["Manager"]
    assert "sees everything" in lines["Admin"]
    assert (await tom.says("权限")).key == "not-allowed"


async def test_who_leaves_is_out_at_once_and_their_records_are_on_the_list(chat: Chat) -> None:
    anna, ana = await chat.staff("Anna", role="admin", team=None), await chat.staff("Ana", role="manager")
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they want a quote")  # a card is open
    assert [row for row in await chat.rows("drafts") if row["staff_id"] == tom.id] != []

    await anna.forges(f"team.left:{tom.id}")
    assert [row for row in await chat.rows("drafts") if row["staff_id"] == tom.id] == []
    [left] = [said for said in await chat.delivered() if said.key == "leaver-records"]
    assert left.to == f"private:staff-{ana.id}"
    assert "1 customer" in left.text
    assert (await tom.says("called Acme, they want a quote")).key != "entry-card"
    await ana.presses("Hand records over")
    await ana.presses("Ana")
    assert {row["owner_id"] for row in await chat.rows("customers")} == {ana.id}
    assert (await anna.forges(f"team.left:{anna.id}")).key == "last-admin"


async def test_thousands_are_taken_out_at_once(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    many = {"name": "lead-added", "facts": {}, "staff_id": tom.id, "at": chat.now, "channel": "local"}
    async with chat.house.database.unit_of_work() as uow:
        ids = (
            await uow.session.scalars(
                insert(tables.journal_actions).returning(tables.journal_actions.c.id), [many] * 1200
            )
        ).all()
        touched = [
            {"action_id": each, "table_name": "leads", "row_id": row, "before": None, "after": {}, "names": False}
            for place, each in enumerate(ids)
            for row in range(1, 30 if place == 3 else 2)
        ]
        await uow.session.execute(insert(tables.journal_changes), touched)
        await uow.commit()
    async with chat.house.database.read() as uow:
        found = await uow.journal.touched_by(ids, most=10)

    assert {len(rows) for rows in found.values()} == {1, 10}
    assert found[ids[3]] == [("leads", row) for row in range(1, 11)]
    await ana.says("/audit @Tom")
    assert "1200" in (await ana.presses("Workbook")).text
    monkeypatch.setattr(audit, "MOST_EXPORTED", 50)
    assert "the newest" in (await ana.presses("Workbook")).text
