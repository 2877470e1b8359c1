from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from domain.customers.model import ContactPoint
from domain.leads.model import LeadStatus
from domain.records import Found, KnownName, place_in_search
from domain.values.searching import search_terms
from storage import tables
from storage.engine import Database
from tests.storage.company import NOW, Team, a_contact, a_lead, a_phone, an_activity


async def find(team: Team, words: str, **options: object) -> list[str]:
    async with team.database.read() as uow:
        return [one.code for one in await uow.search.find(team.mei, words, limit=9, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ["华新", "hx", "huaxin", "8000", "138 0013", "acme.com", "王总", "vip", "展会", "科技"]
)
async def test_a_few_characters_are_enough(team: Team, words: str) -> None:
    await team.lead(
        name="王总",
        tags=["vip"],
        note="展会上认识",
        points=[a_phone("+8613800138000"), ContactPoint(kind="email", value="wang@acme.com")],
    )
    await team.lead(company="Other", points=[a_phone("+8613911119999")])
    assert await find(team, words) == ["L1"]


@pytest.mark.parametrize("words", ["", "华", "'; DROP TABLE leads", '"', "a OR b", "zz'&|!()", "\0\0", "*" * 500])
async def test_odd_words_find_nothing_and_break_nothing(team: Team, words: str) -> None:
    await team.lead()
    assert await find(team, words) == []


async def test_every_kind_is_found_and_described(team: Team) -> None:
    customer = await team.customer(name="华新科技有限公司", short_name="华新")
    async with team.acting(team.mei) as uow:
        await uow.customers.add_contact(a_contact(customer, name="华新民"))
        lead = await uow.leads.add(a_lead(team.mei, company="", name="华新宇"))
        await uow.activities.add(an_activity(team.mei, customer_id=customer.id))
        await uow.activities.add(an_activity(team.mei, customer_id=customer.id, at=NOW + timedelta(hours=1)))
        await uow.activities.add(an_activity(team.mei, lead_id=lead.id))
    async with team.database.read() as uow:
        contact, customer_found, lead_found = await uow.search.find(team.mei, "华新", limit=9)
    of_mei: dict[str, Any] = {"owner_id": team.mei.id, "owner_name": "Mei"}
    later = NOW + timedelta(hours=1)
    assert contact == Found(
        record="contact", id=1, title="华新", person="华新民", last_touched_at=later, customer_id=1, **of_mei
    )
    assert customer_found == Found(
        record="customer", id=1, title="华新", person=None, last_touched_at=later, customer_id=1, **of_mei
    )
    assert lead_found == Found(
        record="lead", id=1, title="华新宇", person="华新宇", last_touched_at=NOW, lead_id=1, **of_mei
    )


async def test_pages_follow_each_other(team: Team) -> None:
    for _ in range(5):
        await team.lead()
    pages, after = [], None
    async with team.database.read() as uow:
        while page := await uow.search.find(team.mei, "华新", limit=2, after=after):
            pages.append([one.id for one in page])
            after = page[-1].place
    assert pages == [[5, 4], [3, 2], [1]]


async def test_what_changes_is_found_anew(team: Team) -> None:
    lead = await team.lead(points=[a_phone()])
    async with team.acting(team.mei) as uow:
        loaded = await uow.leads.get_for(team.mei, lead.id)
        loaded.company = "Globex"
        loaded.points.clear()
    assert (await find(team, "glob"), await find(team, "华新"), await find(team, "8000")) == (["L1"], [], [])
    async with team.acting(team.mei) as uow:
        await uow.session.delete(await uow.leads.get_for(team.mei, lead.id))
    assert await find(team, "glob") == []


async def test_a_phone_added_to_a_record_that_is_not_loaded(team: Team) -> None:
    lead = await team.lead()
    async with team.acting(team.mei) as uow:
        uow.session.add(ContactPoint(kind="phone", value="+8613912345678", lead_id=lead.id))
    assert await find(team, "139123") == ["L1"]
    assert await find(team, "华新") == ["L1"]


async def test_known_names(team: Team) -> None:
    customer = await team.customer(name="Acme Ltd", short_name="Acme")
    async with team.acting(team.mei) as uow:
        contact = await uow.customers.add_contact(a_contact(customer, title="采购"))
        with_person = await uow.leads.add(a_lead(team.mei, company="Globex", name="Ann"))
        only_person = await uow.leads.add(a_lead(team.mei, company="", name="Bob"))
        await uow.leads.add(a_lead(team.mei, company="Gone", status=LeadStatus.LOST))
    async with team.database.read() as uow:
        assert list(await uow.search.known_names(team.mei)) == [
            KnownName(record="customer", id=customer.id, name="Acme Ltd", aliases=("Acme",)),
            KnownName(record="lead", id=with_person.id, name="Globex", aliases=("Ann",)),
            KnownName(record="lead", id=only_person.id, name="Bob"),
            KnownName(record="contact", id=contact.id, name="李经理", parent=customer.id, title="采购"),
        ]


async def test_the_version_of_names_grows_with_names_alone(team: Team) -> None:
    async def version() -> int:
        async with team.database.read() as uow:
            return (await uow.search.names_since(None)).version

    seen = [await version()]
    lead = await team.lead()
    seen.append(await version())
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).company = "Globex"
    seen.append(await version())
    async with team.acting(team.mei) as uow:
        await uow.customers.share("lead", lead.id, team.tom.id)
    seen.append(await version())
    assert seen == sorted(set(seen))
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).status = LeadStatus.WORKING
        await uow.activities.add(an_activity(team.mei, lead_id=lead.id))
    assert await version() == seen[-1]


async def test_what_was_said_is_found_below_the_names(team: Team) -> None:
    customer = await team.customer(name="Acme Ltd", short_name="Acme")
    lead = await team.lead(company="Globex Ltd")
    async with team.acting(team.mei) as uow:
        await uow.activities.add(an_activity(team.mei, lead_id=lead.id, note="met at Acme's stand, wants a quotation"))
        await uow.activities.add(an_activity(team.mei, customer_id=customer.id, note="asked for a quotation 交货时间"))
        await uow.activities.add(an_activity(team.mei, customer_id=customer.id, note="no answer"))
    assert await find(team, "acme") == ["C1", "A1"]
    assert await find(team, "quotation") == ["A2", "A1"]
    assert await find(team, "交货") == ["A2"]
    async with team.database.read() as uow:
        [_, said] = await uow.search.find(team.mei, "acme", limit=9)
        assert [each.code for each in await uow.search.find(team.mei, "quotation", limit=1)] == ["A2"]
        assert [each.code for each in await uow.search.find(team.mei, "quotation", limit=9, after=said.place + 4)] == [
            "A1"
        ]
        assert [each.code for each in await uow.search.find(team.tom, "quotation", limit=9)] == []
    assert (said.title, said.note, said.kind, said.lead_id, said.customer_id) == (
        "Globex",
        "met at Acme's stand, wants a quotation",
        "call",
        lead.id,
        None,
    )


async def test_pieces_of_a_word_do_not_find_a_note(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        await uow.activities.add(an_activity(team.mei, note="wants to change the order"))
        await uow.activities.add(an_activity(team.mei, note="和王总 (wang) 谈"))
    assert await find(team, "wang") == ["A2"]


async def test_behind_many_notes_with_only_the_pieces_it_is_looked_on(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        await uow.activities.add(an_activity(team.mei, note="met Wang"))
        for _ in range(12):
            await uow.activities.add(an_activity(team.mei, note="wants to change the order"))
    async with team.database.read() as uow:
        first = await uow.search.find(team.mei, "wang", limit=2)
        assert list(first) == []
        assert first.goes_on_after is not None
        second = await uow.search.find(team.mei, "wang", limit=2, after=first.goes_on_after)
    assert [(each.note, second.goes_on_after) for each in second] == [("met Wang", None)]


async def test_a_note_that_changes_or_goes_is_found_as_it_is(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        activity = await uow.activities.add(an_activity(team.mei, note="asked for samples"))
    async with team.acting(team.mei) as uow:
        (await uow.activities.get_for(team.mei, activity.id)).note = "asked for a brochure"
    assert (await find(team, "samples"), await find(team, "brochure")) == ([], ["A1"])
    async with team.acting(team.mei) as uow:
        await uow.session.delete(await uow.activities.get_for(team.mei, activity.id))
    assert await find(team, "brochure") == []


async def test_a_converted_lead_is_found_as_its_customer(team: Team) -> None:
    customer = await team.customer(name="Acme Ltd")
    await team.lead(company="Acme Ltd", status=LeadStatus.CONVERTED, customer_id=customer.id)
    assert await find(team, "acme") == ["C1"]


async def test_the_index_is_used(database: Database, team: Team) -> None:
    """Among many names the plan walks the full-text index, not the table."""
    entries = [
        {
            "id": place_in_search("lead", 1000 + number),
            "record": "lead",
            "record_id": 1000 + number,
            "tokens": search_terms(f"Company {number}"),
        }
        for number in range(3000)
    ]
    async with team.database.unit_of_work() as uow:
        await uow.session.execute(insert(tables.search_entries), entries)
        await uow.commit()
    async with database.read() as uow:
        if database.dialect == "postgresql":
            await uow.session.execute(text("SET enable_seqscan = off"))
        statement = uow.search.matching(["hu", "ua"], team.mei).limit(10)
        compiled = statement.compile(
            (await uow.session.connection()).sync_connection, compile_kwargs={"literal_binds": True}
        )
        explain = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
        rows = [str(row) for row in await uow.session.execute(text(explain + str(compiled).replace(":", "\\:")))]
    plan = "\n".join(rows)
    if database.dialect == "sqlite":
        assert "SEARCH activities USING INTEGER PRIMARY KEY" in plan
        assert "SCAN search_index VIRTUAL TABLE INDEX" in plan
        assert "SEARCH search_entries USING INTEGER PRIMARY KEY" in plan
        assert "USE TEMP B-TREE" not in plan
    else:
        assert "ix_search_entries_lexemes" in plan


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)  # SQLite has one plan for a statement
async def test_a_statement_that_stands_prepared_is_still_planned_for_its_words(database: Database, team: Team) -> None:
    """PostgreSQL must know the words to choose between the index and the newest entries: a plan for any words at all
    reads 40,000 entries, 5 ms instead of 0.2."""
    entries = [
        {"id": place_in_search("lead", number), "record": "lead", "record_id": number, "tokens": search_terms(name)}
        for number, name in ((1000 + each, f"Company {each}") for each in range(3000))
    ]
    async with team.database.unit_of_work() as uow:
        await uow.session.execute(insert(tables.search_entries), entries)
        await uow.session.execute(text("ANALYZE search_entries"))
        await uow.commit()
    async with database.read() as uow:
        for number in range(1000, 1020):
            await uow.search.find(team.mei, str(number), limit=9)
        counted = text(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%CAST($_::VARCHAR AS tsquery)%'"
        )
        [(of_any, of_these)] = (await uow.session.execute(counted)).all()
    assert of_any == 0
    assert of_these > 10
