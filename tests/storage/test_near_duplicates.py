"""Near names and shared e-mail domains: found by the index, whoever owns the record, the same on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, text

from domain.customers.model import ContactPoint
from domain.records import Found, place_in_search
from domain.values.near_companies import near_marks
from storage import tables
from storage.engine import Database
from storage.near_duplicates import candidates
from tests.storage.company import NOW, Team, a_contact


async def near(team: Team, company: str, *emails: str) -> list[tuple[str, str | None]]:
    async with team.database.read() as uow:
        found = await uow.customers.find_near(company=company, emails=emails)
    return [(one.code, one.matched) for one in found]


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("华为技术有限公司", "深圳华为"),
        ("International Business Machines Corp", "IBM"),
        ("海康威视", "海康威世数字技术"),
        ("Hutchinson Engineering", "Hutchison Eng Ltd"),
    ],
)
async def test_near_names_are_met_whoever_owns_them(team: Team, kept: str, asked: str) -> None:
    await team.lead(team.tom, company=kept)
    await team.lead(team.tom, company="Somebody Else Entirely")
    assert await near(team, asked) == [("L1", "near_name")]


@pytest.mark.parametrize("asked", ["鼎晟建材", "上海鼎盛建材", "鼎盛餐饮", "***", "北京"])
async def test_other_companies_are_not_met(team: Team, asked: str) -> None:
    await team.lead(company="北京鼎盛建材有限公司")
    assert await near(team, asked) == []


async def test_a_short_name_is_an_alias_and_the_nearest_is_first(team: Team) -> None:
    customer = await team.customer(team.tom, name="华为技术有限公司", short_name="Huawei")
    lead = await team.lead(team.mei, company="Huawei")
    async with team.database.read() as uow:
        met = await uow.customers.find_near(company="Huawei Technologies Ltd")
        exact = await uow.customers.find_near(company="HUAWEI Inc.", limit=1)
    assert {one.code for one in met} == {f"C{customer.id}", f"L{lead.id}"}
    assert [one.code for one in exact] == [f"C{customer.id}"]
    assert met[0] == Found(
        record="customer",
        id=customer.id,
        title="Huawei",
        person=None,
        owner_id=team.tom.id,
        owner_name="Tom",
        last_touched_at=None,
        matched="near_name",
        customer_id=customer.id,
    )


async def test_the_domain_of_a_company_is_met_after_names(team: Team) -> None:
    await team.lead(company="Blue Water Tech", points=[ContactPoint(kind="email", value="info@acme.com")])
    customer = await team.customer(name="Something Different")
    async with team.acting(team.mei) as uow:
        point = ContactPoint(kind="email", value="jane@mail.acme.com")
        await uow.customers.add_contact(a_contact(customer, points=[point]))
        free = ContactPoint(kind="email", value="other@gmail.com")
        await uow.customers.add_contact(a_contact(customer, name="Other", points=[free]))
    assert await near(team, "Bluewater Technologies", "bob@acme.com") == [("L1", "near_name"), ("P1", "domain")]
    assert await near(team, "", "bob@gmail.com") == []


async def test_a_converted_lead_is_met_as_its_customer(team: Team) -> None:
    lead = await team.lead(company="Nordwind Shipping")
    customer = await team.customer(name="Nordwind Shipping")
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).customer_id = customer.id
    assert await near(team, "Nordwind GmbH") == [(f"C{customer.id}", "near_name")]


async def test_a_changed_name_is_met_by_its_new_marks_alone(team: Team) -> None:
    lead = await team.lead(company="Nordwind Shipping")
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).company = "Kingfisher Travel"
    assert await near(team, "Nordwind") == []
    assert await near(team, "Kingfisher") == [("L1", "near_name")]


async def test_few_statements_are_asked(team: Team) -> None:
    await team.lead(company="Nordwind Shipping", points=[ContactPoint(kind="email", value="info@acme.com")])
    asked: list[str] = []
    async with team.database.read() as uow:
        engine = (await uow.session.connection()).sync_engine
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        await uow.customers.find_near(company="Somebody New", emails=["a@free.example"])
        assert len(asked) == 2
        await uow.customers.find_near(company="Nordwind", emails=["b@acme.com"])
        assert len(asked) == 5


async def test_the_index_is_used(database: Database, team: Team) -> None:
    """Among many names the plan walks the full-text index and reads what it gives by key: no scan of names."""
    numbers = range(1000, 4000)
    async with team.database.unit_of_work() as uow:
        await uow.session.execute(
            insert(tables.search_entries),
            [
                {
                    "id": place_in_search("lead", number),
                    "record": "lead",
                    "record_id": number,
                    "tokens": " ".join(near_marks(f"Company {number}")),
                }
                for number in numbers
            ],
        )
        await uow.commit()
    is_sqlite = database.dialect == "sqlite"
    async with database.read() as uow:
        if not is_sqlite:
            await uow.session.execute(text("SET enable_seqscan = off"))
        statement = candidates(near_marks("Acme Widgets"), sqlite=is_sqlite).limit(200)
        compiled = statement.compile(
            (await uow.session.connection()).sync_connection, compile_kwargs={"literal_binds": True}
        )
        explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        rows = [str(row) for row in await uow.session.execute(text(explain + str(compiled).replace(":", "\\:")))]
    plan = "\n".join(rows)
    if is_sqlite:
        assert "SCAN search_index VIRTUAL TABLE INDEX" in plan
        for table in ("search_entries", "leads", "customers"):
            assert f"SEARCH {table} USING INTEGER PRIMARY KEY" in plan
        assert "USE TEMP B-TREE" not in plan
    else:
        assert "ix_search_entries_lexemes" in plan
        assert "Seq Scan" not in plan


async def test_of_very_many_the_newest_are_judged(team: Team) -> None:
    for number in range(3):
        await team.lead(company="Nordwind Shipping", created_at=NOW + timedelta(days=number))
    async with team.database.read() as uow:
        found = await uow.customers.find_near(company="Nordwind", limit=2)
    assert [one.code for one in found] == ["L3", "L2"]
