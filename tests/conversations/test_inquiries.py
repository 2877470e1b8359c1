"""Every private message of a stranger gets an answer, and waits for staff, who decide with a tap what it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import Attachment, Location
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, phone
from tests.conversations.visitors import a_contact, account, connected


@pytest.fixture
async def sam(chat: Chat) -> Person:
    return await chat.staff("Sam", role="agent", team="Support")


async def state(chat: Chat) -> list[str]:
    return [row["state"] for row in await chat.rows("inquiries")]


async def test_every_message_is_answered_and_waits(chat: Chat, sam: Person) -> None:
    phone(chat)
    eve = Caller(chat, "7", "Eve")

    answers = [[said.key for said in await eve.says(words)] for words in ("hi", "my printer", "is broken", "ok", "")]
    await chat.delivered()
    chat.now += timedelta(days=2)
    later = [said.key for said in await eve.says("anybody?")]

    assert answers == [
        ["welcome", "inquiry-taken"],
        ["inquiry-added"],
        ["inquiry-added"],
        ["thanks-answer"],
        ["inquiry-empty"],
    ]
    assert later == ["inquiry-added"]
    assert [said.key for said in sam.heard] == ["inquiry-card"]  # one card, which changes
    assert [row["words"] for row in await chat.rows("inquiries")] == ["hi\nmy printer\nis broken\nanybody?"]


async def test_files_and_places_wait_too(chat: Chat, sam: Person) -> None:
    eve = chat.stranger("Eve")
    await eve.does(Attachment("photo", "ref", name="crack.jpg", caption="look"))
    await eve.does(Location(51.5, -0.1))

    assert [row["words"] for row in await chat.rows("inquiries")] == ["📎 crack.jpg\nlook\n📍 51.50000, -0.10000"]


async def test_a_stranger_becomes_a_lead(chat: Chat, sam: Person) -> None:
    other = await chat.staff("Ann", role="agent")
    await chat.stranger("Eve").says("we want 20 seats")
    await chat.delivered()

    made = await sam.presses("Make lead")
    changed = await chat.delivered()
    late = await other.forges("inquiry.close:1")

    assert made.key == "lead-added"
    [lead] = await chat.rows("leads")
    assert (lead["name"], lead["note"], lead["owner_id"], lead["source"]) == (
        "Eve",
        "we want 20 seats",
        sam.id,
        "local",
    )
    assert [(said.key, bool(said.edits)) for said in changed] == [("inquiry-card", True)]  # Ann's card says so, too
    assert late.key == "inquiry-is-lead"
    assert "Sam made a lead of it" in late.text
    assert await state(chat) == ["lead"]
    assert (await sam.presses("Undo")).key == "undone"
    assert (await state(chat), await chat.rows("leads")) == (["waiting"], [])


async def test_a_message_becomes_a_ticket_of_whoever_it_turns_out_to_be(chat: Chat, sam: Person) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Eve", by=tom)
    eve = chat.stranger("Eve")
    await eve.says("my printer is broken")
    await chat.delivered()

    made = await sam.presses("Make ticket")
    again = await sam.forges("inquiry.ticket:1")
    before = await chat.rows("tickets")
    await connected(chat, eve, contact, by=tom)

    assert made.key == "ticket-card"
    assert again.key == "inquiry-is-ticket"
    assert [(row["title"], row["contact_id"]) for row in before] == [("my printer is broken", None)]
    assert [(row["customer_id"], row["contact_id"]) for row in await chat.rows("tickets")] == [(acme.id, contact.id)]


async def test_staff_say_whose_account_it_is(chat: Chat, sam: Person) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    eve = chat.stranger("Jane")
    await eve.says("hello")
    await chat.delivered()

    asked = await sam.presses("Link to customer")
    nobody = await sam.says("C99")
    bound = await sam.says(f"P{contact.id}")
    await chat.delivered()

    # An agent who sees no customers yet names them by number.
    assert (asked.key, nobody.key, bound.key) == ("inquiry-ask-whose", "inquiry-nobody-called-so", "inquiry-bound")
    assert (await account(chat, eve))["contact_id"] == contact.id
    assert eve.heard[-1].key == "contact-is-known"
    assert tom.heard[-1].key == "contact-came-in"
    assert await state(chat) == ["bound"]
    assert (await sam.presses("Undo")).key == "undone"
    assert ((await account(chat, eve))["contact_id"], await state(chat)) == (None, ["waiting"])
    await sam.forges("inquiry.close:1")
    assert (await sam.presses("Undo")).key == "undone"


async def test_a_manager_finds_them_by_name(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await a_contact(chat, acme.id, "Jane Miller", by=tom)
    await chat.stranger("Jane Miller").says("hello")
    await chat.delivered()

    asked = await ana.presses("Link to customer")
    by_words = await ana.says("Acme")
    bound = await ana.presses("Jane Miller · Acme")

    assert "Jane Miller · Acme" in asked.buttons
    assert (by_words.key, bound.key) == ("inquiry-which", "inquiry-bound")


async def test_who_may_decide(chat: Chat, sam: Person) -> None:
    tom, eve = await chat.staff("Tom"), chat.stranger("Eve")
    await eve.says("hello")
    await chat.delivered()

    assert (await tom.forges("inquiry.lead:1")).key == "inquiry-not-found"
    assert (await eve.forges("inquiry.close:1")).key == "for-staff-only"
    assert (await sam.presses("Nothing for us")).key == "inquiry-is-closed"
    assert (await sam.forges("inquiry.is:1.1")).key == "inquiry-is-closed"
    assert (await eve.says("hello?")).key == "inquiry-taken"
    assert await state(chat) == ["closed", "waiting"]


async def test_without_agents_whoever_leads_is_told(chat: Chat) -> None:
    ana, admin = await chat.staff("Ana", role="manager"), await chat.staff("Anna", role="admin")
    await chat.stranger("Eve").says("hello")
    await chat.delivered()

    assert [[said.key for said in person.heard] for person in (ana, admin)] == [["inquiry-card"], []]
