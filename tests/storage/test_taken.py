"""Many leads at once, and which of many names and numbers are taken; conversion and its undo on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domain.company.keeping import sources_of
from domain.customers.model import ContactPoint
from domain.leads.actions import NewLead, lead_from, new_lead
from domain.leads.converting import convert_lead
from domain.leads.errors import DuplicateFound
from domain.leads.model import LeadStatus
from storage import tables
from storage.faults import is_passing
from tests.storage.company import NOW, Team, a_contact, a_phone
from tests.storage.jobs import finish_jobs


async def test_what_is_taken_by_whom(team: Team) -> None:
    lead = await team.lead(team.tom, company_key="acme", points=[a_phone()])
    customer = await team.customer(team.mei, name_key="nordwind")
    async with team.acting(team.mei) as uow:
        contact = await uow.customers.add_contact(a_contact(customer, points=[a_phone("+8613900000000")]))
    async with team.database.read() as uow:
        taken = await uow.customers.find_taken(
            company_keys=["acme", "nordwind", "free"],
            unique_keys=["phone:+8613900000000", "phone:+8613800000001", *_keys(lead.points)],
        )
        assert await uow.customers.find_taken(company_keys=[], unique_keys=[]) == {}
    assert {key: (found.code, found.owner_name) for key, found in taken.items()} == {
        "company:acme": (f"L{lead.id}", "Tom"),
        "company:nordwind": (f"C{customer.id}", "Mei"),
        "phone:+8613900000000": (f"P{contact.id}", "Mei"),
        **dict.fromkeys(_keys(lead.points), (f"L{lead.id}", "Tom")),
    }


def _keys(points: list[ContactPoint]) -> list[str]:
    return [point.unique_key for point in points if point.unique_key]


async def test_anybodys_record_is_found_for_asking(team: Team) -> None:
    lead = await team.lead(team.tom)
    async with team.database.read() as uow:
        found = await uow.customers.find_anybodys("lead", lead.id)
        assert found is not None
        assert (found.code, found.owner_id) == (f"L{lead.id}", team.tom.id)
        assert await uow.customers.find_anybodys("lead", lead.id + 1) is None
        assert await uow.customers.find_anybodys("customer", lead.id) is None


async def test_many_leads_are_kept_journaled_found_and_undone(team: Team) -> None:
    async with team.acting(team.mei, "leads-added") as uow:
        sources = sources_of(await uow.company.get())
        leads = [
            lead_from(
                team.mei,
                NewLead(company=f"Company {number}", person="王总", phones=(f"1380013{number:04}",), country="CN"),
                sources,
                now=NOW,
            )
            for number in range(120)
        ]
        await uow.leads.add_many(leads)
        action_id = await uow.action_id()
    async with team.database.read() as uow:
        [found] = await uow.search.find(team.mei, "13800130077", limit=5)
        kept = await uow.leads.get_for(team.mei, found.id)
        assert (kept.title, kept.status, kept.points[0].value) == ("Company 77", LeadStatus.NEW, "+8613800130077")
        assert len(await uow.journal.changes_of(action_id)) == 240
    async with team.acting(team.mei) as uow:
        await uow.journal.undo(action_id, actor=team.mei, now=NOW)
    await finish_jobs(team.database, now=NOW)
    async with team.database.connection() as connection:
        assert (await connection.execute(select(tables.leads.c.id))).all() == []
        assert (await connection.execute(select(tables.contact_points.c.id))).all() == []


async def test_converting_and_taking_it_back(team: Team) -> None:
    lead = await team.lead(team.mei, company="Acme Ltd", name="Jane", points=[a_phone()])
    async with team.acting(team.mei, "lead-converted") as uow:
        converted = await convert_lead(uow, team.mei, lead.id, now=NOW)
        action_id = await uow.action_id()
    async with team.database.read() as uow:
        assert converted.contact is not None
        contact = await uow.customers.get_contact_for(team.mei, converted.contact.id)
        assert len(contact.points) == 1
        assert (await uow.leads.get_for(team.mei, lead.id)).points == []
    async with team.acting(team.mei) as uow:
        undone = await uow.journal.undo(action_id, actor=team.mei, now=NOW)
        assert undone.undone_by is not None
    async with team.database.read() as uow:
        back = await uow.leads.get_for(team.mei, lead.id)
        assert (back.status, back.customer_id, len(back.points)) == (LeadStatus.NEW, None, 1)
    async with team.acting(team.mei) as uow:
        await uow.journal.undo(undone.undone_by, actor=team.mei, now=NOW)
    async with team.database.read() as uow:
        assert (await uow.leads.get_for(team.mei, lead.id)).status is LeadStatus.CONVERTED


async def test_the_same_number_taken_at_the_same_moment_is_tried_again(team: Team) -> None:
    """Only several processes on one PostgreSQL can do that; SQLite's writer is alone."""
    await team.lead(team.tom, points=[a_phone()])

    with pytest.raises(IntegrityError) as refused:
        await team.lead(team.mei, points=[a_phone()])

    assert is_passing(refused.value) is (team.database.dialect == "postgresql")


async def test_a_mobile_is_met_behind_many_who_share_a_switchboard(team: Team) -> None:
    for _ in range(7):
        await team.lead(team.tom, company_key="", points=[a_phone("+862112345678", unique=False)])
    jane = await team.lead(team.tom, company_key="", points=[a_phone()])
    both = NewLead(person="Jane", phones=("021 1234 5678", "138 0013 8000"), country="CN")

    with pytest.raises(DuplicateFound) as refused:
        async with team.acting(team.mei) as uow:
            await new_lead(uow, team.mei, both, now=NOW)

    assert refused.value.found.code == f"L{jane.id}"
