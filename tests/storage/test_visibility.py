from __future__ import annotations

import pytest

from domain.customers.model import Customer
from domain.errors import RecordNotFound
from domain.leads.model import Lead
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from storage.engine import Database
from tests.storage.company import NOW, Team, a_contact, a_customer, a_followup, a_lead, an_activity


async def who_sees_lead(team: Team, lead: Lead) -> set[str]:
    return {who.name for who in people(team) if await sees(team.database, who, "leads", lead.id)}


async def who_sees_customer(team: Team, customer: Customer) -> set[str]:
    return {who.name for who in people(team) if await sees(team.database, who, "customers", customer.id)}


async def sees(database: Database, who: Staff, repository: str, row_id: int) -> bool:
    async with database.read() as uow:
        try:
            await getattr(uow, repository).get_for(who, row_id)
        except RecordNotFound:
            return False
        return True


def people(team: Team) -> list[Staff]:
    return [team.mei, team.tom, team.ana, team.zoe, team.ada, team.sam]


async def test_own_team_all(team: Team) -> None:
    assert await who_sees_lead(team, await team.lead(team.mei)) == {"Mei", "Ana", "Zoe", "Ada"}
    assert await who_sees_lead(team, await team.lead(team.tom)) == {"Tom", "Zoe", "Ada"}
    assert await who_sees_customer(team, await team.customer(team.sam)) == {"Sam", "Zoe", "Ada"}


async def test_what_nobody_owns_managers_see(team: Team) -> None:
    async with team.acting(team.ada) as uow:
        lead = await uow.leads.add(a_lead(None))
        customer = await uow.customers.add(a_customer(None))
    assert await who_sees_lead(team, lead) == {"Ana", "Zoe", "Ada"}
    assert await who_sees_customer(team, customer) == {"Ana", "Zoe", "Ada"}


async def test_what_was_shared(team: Team) -> None:
    lead, customer = await team.lead(team.mei), await team.customer(team.mei)
    async with team.acting(team.mei, "record-shared") as uow:
        await uow.customers.share("lead", lead.id, team.tom.id)
        await uow.customers.share("lead", lead.id, team.tom.id)
        await uow.customers.share("customer", customer.id, team.sam.id)
    assert await who_sees_lead(team, lead) == {"Mei", "Tom", "Ana", "Zoe", "Ada"}
    assert await who_sees_customer(team, customer) == {"Mei", "Sam", "Ana", "Zoe", "Ada"}


async def test_what_belongs_to_a_record_is_seen_with_it(team: Team) -> None:
    lead, customer = await team.lead(team.mei), await team.customer(team.mei)
    async with team.acting(team.mei) as uow:
        contact = await uow.customers.add_contact(a_contact(customer))
        activity = await uow.activities.add(an_activity(team.mei, lead_id=lead.id))
        opportunity = await uow.opportunities.add(
            Opportunity(customer_id=customer.id, owner_id=team.mei.id, name="Seats", created_at=NOW)
        )
        given = await uow.followups.add(a_followup(team.tom, created_by=team.mei.id, customer_id=customer.id))
    for who, allowed in ((team.mei, True), (team.ana, True), (team.tom, False), (team.sam, False)):
        assert await sees(team.database, who, "activities", activity.id) is allowed
        assert await sees(team.database, who, "opportunities", opportunity.id) is allowed
        assert await sees_contact(team.database, who, contact.id) is allowed
    for who, allowed in ((team.mei, True), (team.tom, True), (team.ana, True), (team.sam, False)):
        assert await sees(team.database, who, "followups", given.id) is allowed


async def sees_contact(database: Database, who: Staff, contact_id: int) -> bool:
    async with database.read() as uow:
        try:
            await uow.customers.get_contact_for(who, contact_id)
        except RecordNotFound:
            return False
        return True


async def test_not_there_and_not_yours_are_one_answer(team: Team) -> None:
    lead = await team.lead(team.mei)
    async with team.database.read() as uow:
        for row_id in (lead.id, 999):
            with pytest.raises(RecordNotFound) as refusal:
                await uow.leads.get_for(team.tom, row_id)
            assert refusal.value.facts == {"record": f"L{row_id}"}


async def test_search_and_names_keep_to_it(team: Team) -> None:
    await team.lead(team.mei)
    customer = await team.customer(team.tom)
    async with team.acting(team.tom) as uow:
        await uow.customers.add_contact(a_contact(customer))
    async with team.database.read() as uow:
        names = {who.name: [one.name for one in await uow.search.known_names(who)] for who in people(team)}
        finds = {who.name: len(await uow.search.find(who, "华新", limit=9)) for who in people(team)}
    everything = ["Acme Ltd", "华新科技", "李经理"]
    assert names == {
        "Mei": ["华新科技"],
        "Tom": ["Acme Ltd", "李经理"],
        "Ana": ["华新科技"],
        "Zoe": everything,
        "Ada": everything,
        "Sam": [],
    }
    assert finds == {"Mei": 1, "Tom": 0, "Ana": 1, "Zoe": 1, "Ada": 1, "Sam": 0}
