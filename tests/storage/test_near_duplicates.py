"""Near names and shared e-mail domains: found by the index, whoever owns the record, the same on both databases."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain.customers.model import ContactPoint
from domain.records import Found, place_in_search
from domain.values.near_companies import near_marks
from storage import tables
from storage.dialects import connection_of
from storage.engine import Database
from storage.near_duplicates import candidates, having_on_postgres, having_on_sqlite, written
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
    async with team.database.read() as uow:
        asked = await counted(uow.session)
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
        marks = written(near_marks("Acme Widgets"), sqlite=is_sqlite)
        statement = candidates(sqlite=is_sqlite).params(marks=marks, most=200)
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


async def test_a_long_list_asks_as_few_statements_as_one_line(database: Database, team: Team) -> None:
    """Three: who has the marks, what they are called, what they are. They go past SQLAlchemy, so the driver counts."""
    await team.lead(team.tom, company="International Business Machines Corp")
    await team.lead(team.tom, company="Nordwind Shipping")
    others = [f"Kingfisher{chr(97 + number % 26)}{chr(97 + number // 26)} Travel Partners" for number in range(199)]
    async with database.read() as uow:
        asked = await counted(uow.session)
        assert {name: one.code for name, one in (await uow.customers.find_near_many(["IBM"])).items()} == {"IBM": "L1"}
        assert len(asked) == 3
        met = await uow.customers.find_near_many([*others, "Nordwind", "IBM"])
        assert {name: one.code for name, one in met.items()} == {"Nordwind": "L2", "IBM": "L1"}
        assert len(asked) == 6
        assert await uow.customers.find_near_many(["Somebody New"]) == {}
        assert len(asked) == 7


async def counted(session: AsyncSession) -> list[str]:
    """The statements that the session's connection is given from now on."""
    asked: list[str] = []
    connection = connection_of(session)
    driver: Any = (await connection.get_raw_connection()).driver_connection
    if connection.dialect.name == "sqlite":
        # The index has statements of its own, on its tables or as a remark.
        driver.set_trace_callback(lambda sql: None if "'main'" in sql or sql.startswith("--") else asked.append(sql))
        return asked

    class Counting(psycopg.AsyncCursor[Any]):
        async def execute(self, query: Any, *given: Any, **options: Any) -> Any:
            asked.append(str(query))
            return await super().execute(query, *given, **options)

    run = driver.run

    async def counting(some: Any, **options: Any) -> Any:
        asked.extend(sql.decode() for sql, _ in some)
        return await run(some, **options)

    driver.cursor_factory, driver.run = Counting, counting
    return asked


async def test_of_a_list_the_rarest_marks_are_looked_at(team: Team) -> None:
    """Many share a short form with a line of the list; who shares the name itself is met beside them, however old."""
    await team.lead(company="Blue Water Tech")
    for number in range(12):
        await team.lead(company=f"Bold{'abcdefghijkl'[number]} Whale Trading")  # initials BWT, as of all here
    async with team.database.read() as uow:
        met = await uow.customers.find_near_many(["Bluewater Tech", "Larkfield Hotels"])
    assert {name: one.code for name, one in met.items()} == {"Bluewater Tech": "L1"}


async def test_a_list_is_looked_up_by_the_index(database: Database, team: Team) -> None:
    """Each mark is a walk of the index, also where PostgreSQL knows nothing yet of how many have it."""
    rows = [
        {"id": place_in_search("lead", number), "record": "lead", "record_id": number, "tokens": " ".join(marks)}
        for number in range(1000, 4000)
        if (marks := near_marks(f"Company {number}"))
    ]
    async with team.database.unit_of_work() as uow:
        await uow.session.execute(insert(tables.search_entries), rows)
        await uow.commit()
    is_sqlite = database.dialect == "sqlite"
    async with database.read() as uow:
        given = {"marks": json.dumps(["qa", "qb"]) if is_sqlite else ["qa", "qb"]}
        statement = having_on_sqlite() if is_sqlite else having_on_postgres()
        compiled = statement.compile(
            (await uow.session.connection()).sync_connection, compile_kwargs={"render_postcompile": True}
        )
        asked: Any = (await (await uow.session.connection()).get_raw_connection()).driver_connection
        if is_sqlite:
            values = tuple(given.get(name, compiled.params.get(name)) for name in compiled.positiontup or ())
            plan = str(await asked.rows(f"EXPLAIN QUERY PLAN {compiled}", values))
            assert "search_index VIRTUAL TABLE INDEX 0:M" in plan
        else:
            cursor = await asked.execute(f"EXPLAIN {compiled}", {**compiled.params, **given})
            plan = str(await cursor.fetchall())
            assert "ix_search_entries_lexemes" in plan
            assert "Seq Scan" not in plan
