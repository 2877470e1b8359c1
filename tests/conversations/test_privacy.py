"""Somebody sees what is kept about them, asks for it to be erased, and after a manager's yes it is really gone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from domain.customers.actions import ContactChange, add_contact
from domain.customers.points import email_point, phone_point
from domain.journal.model import Source
from domain.leads.actions import NewLead, add_lead
from domain.leads.converting import convert_lead
from domain.lexicon.actions import learn
from domain.lexicon.model import Lesson, Meaning
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.privacy.actions import forget_strangers
from domain.surveys.asking import ask_at_once, ask_contact
from domain.tickets.closing import close_ticket
from handlers.chat import Attachment, Text, Unknown
from handlers.dispatch import perform
from storage.tables import metadata
from tests.conversations.conftest import Chat, Person
from tests.conversations.visitors import a_contact, connected
from tests.counting import statements

# What must be found nowhere, and what must stay.
GONE = (
    "Jane Miller",
    "janey",
    "7700900123",
    "07700 900 123",
    "jane@acme.example",
    "my printer",
    "crack.jpg",
    "1980-05-01",
    "nobody rang",
)
STAYS = ("quote for 20 seats", "Acme", "Ben Hill", "Jane Austen")


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


@pytest.fixture
async def ana(chat: Chat) -> Person:
    return await chat.staff("Ana", role="manager", team="Sales")


async def everything(chat: Chat) -> dict[str, str]:
    """Every row of every table, as text."""
    async with chat.house.database.connection() as connection:
        return {
            name: json.dumps(
                [list(row) for row in await connection.execute(table.select())], default=str, ensure_ascii=False
            )
            for name, table in metadata.tables.items()
        }


async def found(chat: Chat, words: tuple[str, ...]) -> set[tuple[str, str]]:
    tables = await everything(chat)
    return {(word, name) for word in words for name, text in tables.items() if word.casefold() in text.casefold()}


async def known(chat: Chat, tom: Person) -> Person:
    """Jane of Acme, of whom a great deal is known: as a lead, as a contact, in notes, in cards, in what she wrote."""

    async def act(uow: UnitOfWork, actor: Staff | None) -> Any:
        assert actor is not None
        new = NewLead(company="Acme Ltd", person="Jane Miller", phones=("+447700900123",), country="GB")
        lead = await add_lead(uow, actor, new, now=chat.now)
        converted = await convert_lead(uow, actor, lead.id, now=chat.now)
        assert converted.contact is not None
        converted.contact.points.append(email_point("jane@acme.example"))
        converted.contact.birthday = "1980-05-01"
        return converted.contact

    contact = await perform(chat.house.database.unit_of_work, act, actor=tom.staff, now=chat.now, through="test")
    jane = await connected(chat, chat.stranger("janey"), contact, by=tom)
    await a_contact(chat, contact.customer_id, "Ben Hill", by=tom)
    await tom.says("/log called Acme, Jane Miller wants a quote for 20 seats, her number is 07700 900 123")
    await tom.presses("Save")
    await tom.says("/next C1 friday 10am call Jane Miller")
    await tom.says("/lead Jane Austen Books, Jane Austen, 020 7946 0123")
    await tom.says("called Acme, Jane Miller may")  # a card that nobody saved
    await tom.says(f"P{contact.id}")
    await jane.says("my printer is broken, call +44 7700 900123")
    await jane.does(Attachment("photo", "ref", name="crack.jpg"))
    await jane.does(Unknown("poll", {"from": "Jane Miller"}))
    await chat.delivered()
    await tom.forges("inquiry.ticket:1")
    await ana_asks(chat, tom)
    await jane.presses("1")
    await jane.says("nobody rang me back")
    await jane.says("stop")
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await jane.does(Text("Jane Miller here", addressed=False), place=group)
    await chat.tick(after=timedelta(seconds=12))
    return jane


async def ana_asks(chat: Chat, tom: Person) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        [contact, *_] = await uow.customers.list_contacts(1, limit=9)
        await ask_contact(uow, actor, "csat", contact.id, now=chat.now)

    async def at_once(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        await ask_at_once(uow, actor, 1, now=chat.now)

    for step in (act, at_once):
        await perform(chat.house.database.unit_of_work, step, actor=tom.staff, now=chat.now, through="test")
    await chat.delivered()


async def approved(chat: Chat, jane: Person, ana: Person) -> None:
    await jane.says("/forget")
    await jane.presses("Yes, erase it")
    await chat.delivered()
    await ana.presses("Approve")
    await chat.delivered()
    await chat.tick(after=timedelta(minutes=1))


async def test_everything_that_names_them_is_gone(chat: Chat, tom: Person, ana: Person) -> None:
    jane = await known(chat, tom)
    await ana.fills("points.change:1", {"points": "30", "reason": "Jane Miller waited, +44 7700 900123"})
    assert {word for word, _ in await found(chat, GONE)} >= {"Jane Miller", "janey", "jane@acme.example", "my printer"}

    await approved(chat, jane, ana)

    assert await found(chat, GONE) == set()
    assert {word for word, _ in await found(chat, STAYS)} == set(STAYS)
    assert await chat.rows("jobs") == []
    assert jane.heard[-1].key == "approval-answered"
    assert "erased, within a day" in jane.heard[-1].text
    kept = ("contacts", "activities", "customers", "tickets")
    assert [len(await chat.rows(table)) for table in kept] == [2, 1, 1, 1]
    assert [(row["points"], row["balance"]) for row in await chat.rows("point_entries")] == [(30, 30)]


async def test_nothing_brings_it_back(chat: Chat, tom: Person, ana: Person) -> None:
    jane = await known(chat, tom)
    await approved(chat, jane, ana)

    assert "Undo" not in ana.heard[-1].buttons
    for action in [row["id"] for row in await chat.rows("journal_actions")]:
        await ana.forges(f"history.undo:{action}")
    assert await found(chat, GONE) == set()
    assert chat.house.dispatcher.counters.incidents == 0
    assert (await jane.says("hello")).key == "welcome"  # from nothing


async def test_from_the_yes_on_it_goes_through(chat: Chat, tom: Person, ana: Person) -> None:
    """An undo would stop the job half way, of which the person was told that it is done."""
    jane = await known(chat, tom)
    await jane.says("/forget")
    await jane.presses("Yes, erase it")
    await chat.delivered()
    await ana.presses("Approve")

    refused = await ana.says("/undo")
    await chat.delivered()
    await chat.tick(after=timedelta(minutes=1))

    assert (refused.key, refused.text) == ("undo-refused", "An erasure can’t be undone.")
    assert await found(chat, GONE) == set()


async def test_nobody_else_is_touched(chat: Chat, tom: Person, ana: Person) -> None:
    """A namesake at another customer keeps everything."""
    jane = await known(chat, tom)
    globex = await chat.customer("Globex", owner=tom)

    async def act(uow: UnitOfWork, actor: Staff | None) -> Any:
        assert actor is not None
        points = [phone_point("+447700900456", country="GB")]
        return await add_contact(uow, actor, globex.id, ContactChange(name="Jane Miller", points=points), now=chat.now)

    await perform(chat.house.database.unit_of_work, act, actor=tom.staff, now=chat.now, through="test")
    await approved(chat, jane, ana)

    names = sorted(row["name"] for row in await chat.rows("contacts"))
    assert names == ["Ben Hill", "Jane Miller", "—"]
    assert "Jane Miller" in str(await chat.rows("journal_changes"))


async def test_a_manager_decides_and_not_twice(chat: Chat, tom: Person, ana: Person) -> None:
    jane = await known(chat, tom)
    await jane.says("删除我")
    await jane.presses("Yes, erase it")
    again = await jane.forges("privacy.ask:")
    await chat.delivered()

    assert again.key == "forget-asked"
    assert [row["kind"] for row in await chat.rows("approvals")] == ["forget"]
    assert (await tom.forges("approval.yes:1")).key == "approval-not-found"
    assert (await ana.presses("Decline")).key == "approval-is-declined"
    await chat.delivered()
    assert "can’t erase" in jane.heard[-1].text
    assert (await jane.forges("privacy.ask:")).key == "declined-lately"
    assert ("Jane Miller", "contacts") in await found(chat, GONE)


async def test_a_request_runs_out(chat: Chat, tom: Person, ana: Person) -> None:
    jane = await known(chat, tom)
    await jane.says("/forget")
    await jane.presses("Yes, erase it")
    await chat.tick(after=timedelta(days=3, minutes=1))

    assert "Nobody has answered" in jane.heard[-1].text
    assert (await ana.forges("approval.yes:1")).key == "approval-is-expired"
    assert (await jane.presses("Yes, erase it")).key == "forget-asked"


async def test_mydata_shows_what_is_kept_and_nothing_internal(chat: Chat, tom: Person, ana: Person) -> None:
    jane = await known(chat, tom)
    shown = await jane.says("/mydata")

    assert shown.key == "mydata"
    for words in (
        "Jane Miller",
        "7700",
        "jane@acme.example",
        "1980-05-01",
        "my printer",
        "with 1: nobody rang me back",
        "Our notes about your company: 1",
    ):
        assert words in shown.text
    assert "20 seats" not in shown.text
    assert "Have it erased" in shown.buttons
    assert (await tom.says("/mydata")).key == "privacy-for-customers"
    assert (await tom.forges("privacy.ask:")).key == "privacy-for-customers"


async def test_strangers_are_forgotten_after_half_a_year(chat: Chat, ana: Person) -> None:
    eve, max_ = chat.stranger("Eve Smith"), chat.stranger("Max Power")
    await eve.says("where is my parcel?")
    group = chat.group("launch")
    await max_.says("hello from Max")
    await max_.does(Text("good morning", addressed=False), place=group)
    await chat.tick(after=timedelta(days=179))
    assert ("where is my parcel?", "inquiries") in await found(chat, ("where is my parcel?",))

    await chat.tick(after=timedelta(days=2))

    gone = await found(chat, ("Eve Smith", "customer-eve smith", "where is my parcel", "hello from Max"))
    # Facts of the outbox go a month after they were said, by themselves.
    assert {table for _, table in gone} <= {"notifications"}
    assert ("Max Power", "identities") in await found(chat, ("Max Power",))  # he is still in the group
    assert [row["state"] for row in await chat.rows("inquiries")] == ["closed", "closed"]


async def test_who_said_much_is_erased_in_as_many_statements(chat: Chat, ana: Person) -> None:
    """And so are many strangers at once."""

    async def asked(name: str, words: int) -> int:
        eve = chat.stranger(name)
        await eve.says("/ticket about my parcel")
        for number in range(words):
            await eve.does_text(f"{name} asks again, the {number}. time")
        await eve.says("/forget")
        await eve.presses("Yes, erase it")
        await chat.delivered()
        await ana.presses("Approve")
        with statements() as heard:
            await chat.tick(after=timedelta(minutes=1))
        assert await found(chat, (f"{name} asks again",)) == set()
        return sum(not statement.startswith("INSERT") for statement in heard)

    async def forgotten(count: int) -> int:
        for number in range(count):
            await chat.stranger(f"Stranger {count}-{number}").says("what does it cost?")
        await chat.delivered()
        await chat.tick(after=timedelta(days=1))
        chat.now += timedelta(days=181)
        async with chat.house.database.unit_of_work() as uow:
            uow.acts(None, at=chat.now, source=Source(channel="scheduler", delivery="strangers"))
            with statements() as heard:
                assert await forget_strangers(uow, chat.now) == count
            await uow.commit()
        return len(heard)

    assert await asked("Eve Smith", 2) + 4 >= await asked("Max Power", 20)
    assert await forgotten(2) == await forgotten(12)


async def test_tickets_are_cleared_three_years_after_their_close(chat: Chat, ana: Person) -> None:
    eve = chat.stranger("Eve Smith")
    await eve.says("where is my parcel?")
    await chat.delivered()
    await ana.presses("Make ticket")

    async def close(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        await close_ticket(uow, await uow.tickets.get_for(actor, 1), now=chat.now)

    await perform(chat.house.database.unit_of_work, close, actor=ana.staff, now=chat.now, through="test")
    await chat.tick(after=timedelta(days=3 * 365 - 1))
    assert [row["title"] for row in await chat.rows("tickets")] == ["where is my parcel?"]
    await chat.tick(after=timedelta(days=2))

    assert [row["title"] for row in await chat.rows("tickets")] == ["—"]
    assert "parcel" not in str([await chat.rows(table) for table in ("ticket_messages", "journal_changes")])


async def test_a_stranger_may_ask_too(chat: Chat, ana: Person) -> None:
    eve = chat.stranger("Eve Smith")
    await eve.says("where is my parcel?")
    await chat.delivered()
    await approved(chat, eve, ana)

    assert await found(chat, ("Eve Smith", "where is my parcel")) == set()


async def test_what_a_private_person_is_called_among_colleagues_goes(chat: Chat, ana: Person) -> None:
    """Also what was taught and forgotten again; what others are called stays."""
    tom = await chat.staff("Tom")

    async def act(uow: UnitOfWork, actor: Staff | None) -> Any:
        assert actor is not None
        new = NewLead(company="", person="Jane Miller", phones=("+447700900123",), country="GB")
        converted = await convert_lead(uow, actor, (await add_lead(uow, actor, new, now=chat.now)).id, now=chat.now)
        assert converted.contact is not None
        lessons = [
            Lesson(meaning=Meaning.NAME, phrase="goldilocks", customer_id=converted.contact.customer_id),
            Lesson(meaning=Meaning.NAME, phrase="old teapot", customer_id=converted.contact.customer_id),
            Lesson(meaning=Meaning.ACTIVITY, phrase="did a jane miller", value="message"),
            Lesson(meaning=Meaning.ACTIVITY, phrase="looped in", value="message"),
            Lesson(meaning=Meaning.NAME, phrase="the old mill", customer_id=globex.id),
        ]
        learned = await learn(uow, actor, lessons, now=chat.now)
        return converted.contact, learned[1].id

    globex = await chat.customer("Globex", owner=tom)
    contact, forgotten = await perform(
        chat.house.database.unit_of_work, act, actor=tom.staff, now=chat.now, through="test"
    )
    await tom.forges(f"lexicon.forget:{forgotten}")
    jane = await connected(chat, chat.stranger("janey"), contact, by=tom)
    theirs = ("goldilocks", "old teapot", "jane miller")
    assert ("goldilocks", "learned_phrases") in await found(chat, theirs)
    assert ("old teapot", "journal_changes") in await found(chat, theirs)
    assert "Jane" in (await tom.says("called goldilocks, they want 5 loaves")).text

    await approved(chat, jane, ana)

    kept = {table for _, table in await found(chat, theirs)}
    assert kept.isdisjoint({"learned_phrases", "journal_changes"})
    assert sorted(row["phrase"] for row in await chat.rows("learned_phrases")) == ["looped in", "the old mill"]
    assert "Globex" in (await tom.says("called the old mill, they want 5 loaves")).text
    for action in [row["id"] for row in await chat.rows("journal_actions")]:
        await ana.forges(f"history.undo:{action}")
    assert {word for word, table in await found(chat, theirs) if table == "learned_phrases"} == set()
    assert chat.house.dispatcher.counters.incidents == 0
