from __future__ import annotations

from sqlalchemy import event

from domain.leads.model import LeadStatus
from storage import tables
from storage.bulk import bulk_insert, bulk_update
from tests.storage.company import NOW, Team, a_lead, a_phone
from tests.storage.test_undo import last_action, state_of, undo


def lead_row(team: Team, number: int) -> dict[str, object]:
    return {
        "company": f"Company {number}",
        "company_key": f"company{number}",
        "owner_id": team.mei.id,
        "status": LeadStatus.NEW,
        "tags": [],
        "custom": {},
        "created_at": NOW,
    }


async def test_many_rows_are_found_and_undone_like_one(team: Team) -> None:
    before = await state_of(team.database)
    async with team.acting(team.mei, "leads-imported") as uow:
        ids = await bulk_insert(uow.session, "leads", [lead_row(team, number) for number in range(1200)])
        points = [
            {"kind": "phone", "value": f"+86138{number:08}", "lead_id": row_id} for number, row_id in enumerate(ids)
        ]
        await bulk_insert(uow.session, "contact_points", points)
    async with team.database.read() as uow:
        assert (await uow.leads.get_for(team.mei, ids[77])).company == "Company 77"
        assert [one.id for one in await uow.search.find(team.mei, "00001199", limit=5)] == [ids[1199]]

    await undo(team, await last_action(team.database))

    assert await state_of(team.database) == before


async def test_many_changes_are_journaled_one_by_one(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        leads = await uow.leads.add_many([a_lead(team.mei, company=str(number)) for number in range(600)])
    before = await state_of(team.database)
    async with team.acting(team.ana, "leads-handed-over") as uow:
        loaded = await uow.leads.get_for(team.ana, leads[0].id)
        changed = await bulk_update(uow.session, "leads", {lead.id: {"owner_id": team.ana.id} for lead in leads})
        assert changed == 600
        assert loaded.owner_id == team.ana.id
        assert (
            await bulk_update(uow.session, "leads", {leads[0].id: {"owner_id": team.ana.id}, 9999: {"owner_id": 1}})
            == 0
        )
    async with team.database.read() as uow:
        newest = (await uow.journal.history_of("leads", leads[-1].id, limit=1))[0]
    assert newest.fields == (("owner_id", team.mei.id, team.ana.id),)

    await undo(team, await last_action(team.database), by=team.ana)

    assert await state_of(team.database) == before


async def test_the_number_of_statements_does_not_grow_with_the_rows(team: Team) -> None:
    asked: list[str] = []

    async def insert_and_count(count: int) -> int:
        asked.clear()
        async with team.acting(team.mei) as uow:
            engine = (await uow.session.connection()).sync_engine
            event.listen(engine, "before_cursor_execute", count_statement)
            await bulk_insert(uow.session, "leads", [lead_row(team, number) for number in range(count)])
        event.remove(engine, "before_cursor_execute", count_statement)
        return len(asked)

    def count_statement(*given: object) -> None:
        asked.append(str(given[2]))

    assert await insert_and_count(400) <= await insert_and_count(2) + 4


async def test_a_change_by_an_object_and_in_bulk_is_one(team: Team) -> None:
    lead = await team.lead(points=[a_phone()])
    before = await state_of(team.database)
    async with team.acting(team.mei) as uow:
        loaded = await uow.leads.get_for(team.mei, lead.id)
        loaded.company = "Globex"
        await bulk_update(uow.session, "leads", {lead.id: {"grade": "A"}})
        loaded.note = "important"
    async with team.database.read() as uow:
        (line, _) = await uow.journal.history_of("leads", lead.id, limit=5)
    assert {name: after for name, _, after in line.fields} == {
        "company": "Globex",
        "grade": "A",
        "note": "important",
    }
    await undo(team, await last_action(team.database))
    assert await state_of(team.database) == before
    assert tables.JOURNALED["leads"] is tables.leads
