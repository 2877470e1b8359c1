from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from domain.customers.model import ContactPoint
from tests.storage.company import NOW, Team, a_contact, a_phone, an_activity
from tests.storage.test_near_duplicates import counted


def an_email(value: str) -> ContactPoint:
    return ContactPoint(kind="email", value=value)


async def test_the_same_company_or_contact_whoever_owns_it(team: Team) -> None:
    lead = await team.lead(team.tom, points=[a_phone()])
    customer = await team.customer(team.tom, name_key="华新科技")
    async with team.acting(team.tom) as uow:
        contact = await uow.customers.add_contact(a_contact(customer, points=[an_email("info@acme.com")]))
        await uow.activities.add(an_activity(team.tom, lead_id=lead.id))
    async with team.database.read() as uow:
        found = await uow.customers.find_duplicates(
            company_key="华新科技", points=[a_phone(), an_email("info@acme.com"), an_email("new@acme.com")]
        )
    assert [(one.code, one.matched, one.owner_name) for one in found] == [
        (f"L{lead.id}", "phone", "Tom"),
        (f"P{contact.id}", "email", "Tom"),
        (f"C{customer.id}", "company", "Tom"),
    ]
    assert [one.last_touched_at for one in found] == [NOW, None, None]


async def test_nothing_in_common(team: Team) -> None:
    await team.lead(points=[a_phone()])
    async with team.database.read() as uow:
        assert await uow.customers.find_duplicates(company_key=None, points=[]) == []
        assert await uow.customers.find_duplicates(company_key="x", points=[a_phone("+8613900000000")]) == []


async def test_extensions_tell_people_apart(team: Team) -> None:
    await team.lead(points=[ContactPoint(kind="phone", value="+862112345678", extension="802")])
    async with team.database.read() as uow:
        for extension, count in (("802", 1), ("803", 0), (None, 0)):
            asked = ContactPoint(kind="phone", value="+862112345678", extension=extension)
            assert len(await uow.customers.find_duplicates(company_key=None, points=[asked])) == count


async def test_a_converted_lead_is_met_as_its_customer(team: Team) -> None:
    lead = await team.lead()
    customer = await team.customer(name_key="华新科技")
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).customer_id = customer.id
    async with team.database.read() as uow:
        found = await uow.customers.find_duplicates(company_key="华新科技", points=[])
    assert [one.code for one in found] == [f"C{customer.id}"]


async def test_it_is_asked_in_one_statement(team: Team) -> None:
    async with team.database.read() as uow:
        asked = await counted(uow.session)
        await uow.customers.find_duplicates(company_key="x", points=[a_phone(), an_email("a@b.c")])
        assert len(asked) == 1


async def test_unique_values_are_kept_by_the_database(team: Team) -> None:
    await team.lead(points=[a_phone()])
    with pytest.raises(IntegrityError):
        await team.lead(points=[a_phone()])
    await team.lead(points=[a_phone("+862112345678", unique=False)])
    await team.lead(points=[a_phone("+862112345678", unique=False)])
