"""Each ticket has a place of its own in a group of colleagues: what comes there, what is said there, and when it is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.places import use_for_triage
from handlers.chat import ConversationMoved, MembersChanged, Sender, Text
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person, Said
from tests.conversations.visitors import a_contact, connected


@pytest.fixture
async def ann(chat: Chat) -> Person:
    return await chat.staff("Ann", role="manager", team=None)


@pytest.fixture
async def sam(chat: Chat) -> Person:
    return await chat.staff("Sam", role="agent", team="Support")


@pytest.fixture
async def jane(chat: Chat, ann: Person) -> Person:
    """Of Acme, C1, and known in chat."""
    acme = await chat.customer("Acme", owner=ann)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=ann)
    return await connected(chat, chat.stranger("Jane"), contact, by=ann)


@pytest.fixture
async def room(chat: Chat, ann: Person) -> str:
    """The group that was chosen."""
    room = chat.group("support")
    assert (await ann.says("/triage", place=room)).key == "triage-chosen"
    await chat.delivered()
    return room


async def said_in(chat: Chat, room: str, *, after: timedelta = timedelta(seconds=5)) -> list[Said]:
    return [said for said in await chat.tick(after=after) if said.sent.place == room]


async def head(chat: Chat, number: int = 1) -> str:
    [message] = [row["message"] for row in await chat.rows("cards") if row["record"] == f"place:{number}"]
    return str(message)


async def lanes(chat: Chat) -> list[tuple[str, str]]:
    return [(row["lane"], row["text"]) for row in await chat.rows("ticket_messages")]


async def test_a_ticket_has_its_place_once_and_what_comes_later_stands_below_it(
    chat: Chat, sam: Person, jane: Person, room: str
) -> None:
    await jane.says("The printer is jammed")
    await jane.does(Text("it is the big one"))
    said = await said_in(chat, room)
    said += await said_in(chat, room)
    chat.now += timedelta(minutes=5)
    await jane.says("still jammed")
    said += await said_in(chat, room)

    assert [each.key for each in said] == ["ticket-place", "ticket-heard", "ticket-heard"]
    assert "T1 The printer is jammed" in said[0].text
    assert "Acme" in said[0].text
    assert "it is the big one" in said[1].text
    assert {each.sent.reply.under for each in said[1:] if each.sent.reply} == {await head(chat)}


async def test_what_colleagues_say_there_is_a_note_and_nothing_of_it_goes_out(
    chat: Chat, sam: Person, jane: Person, room: str
) -> None:
    await jane.says("The printer is jammed")
    await said_in(chat, room)
    below = await head(chat)
    before = len(jane.heard)

    assert await sam.does(Text("he always says that"), place=room, reply_to=below) == []
    assert await sam.does(Text("ask Tom", addressed=False), place=room, reply_to=below) == []
    assert await sam.does(Text("lunch?", addressed=False), place=room) == []
    await chat.tick(after=timedelta(minutes=1))

    assert (await lanes(chat))[1:] == [("internal", "he always says that"), ("internal", "ask Tom")]
    assert not [said for said in jane.heard[before:] if "Tom" in said.text or "always" in said.text]


async def test_an_answer_there_goes_to_the_customer_by_command_alone(
    chat: Chat, ann: Person, jane: Person, room: str
) -> None:
    await jane.says("The printer is jammed")
    await said_in(chat, room)
    preview = await ann.does(Text("/r please restart it"), place=room, reply_to=await head(chat))
    assert [said.key for said in preview] == ["ticket-answer-going"]
    await chat.tick(after=timedelta(seconds=11))

    assert ("to_customer", "please restart it") in await lanes(chat)
    assert [said.key for said in jane.heard if "please restart it" in said.text] == ["ticket-answer"]


async def test_the_card_is_shown_below_the_head_which_stays(chat: Chat, sam: Person, jane: Person, room: str) -> None:
    await jane.says("The printer is jammed")
    await said_in(chat, room)
    card = await sam.presses("Open", place=room)

    assert card.key == "ticket-card"
    assert card.edits is None
    assert card.sent.reply is not None
    assert card.sent.reply.under == await head(chat)


async def test_a_group_that_is_lost_is_told_once_and_the_ticket_goes_on(
    chat: Chat, ann: Person, sam: Person, jane: Person, room: str
) -> None:
    await jane.says("The printer is jammed")
    await ann.does(MembersChanged(bot_left=True), place=room)
    await ann.does(MembersChanged(bot_left=True), place=room)
    told = await chat.tick(after=timedelta(minutes=3))
    await jane.says("still jammed")
    later = await chat.tick(after=timedelta(minutes=1))

    assert [said.key for said in told].count("triage-lost") == 1
    assert not [said for said in later if said.sent.place == room or said.key == "triage-lost"]
    assert "ticket-said" in [said.key for said in later]
    assert (await ann.says("/triage")).key == "triage-none"


async def test_a_group_that_moves_takes_the_places_along(chat: Chat, ann: Person, jane: Person, room: str) -> None:
    await jane.says("The printer is jammed")
    await said_in(chat, room)
    new = chat.group("support-super")
    for place in (new, room):
        await ann.does(ConversationMoved(room, new), place=place)
    chat.now += timedelta(minutes=5)
    await jane.says("still jammed")
    said = await said_in(chat, new)
    said += await said_in(chat, new)

    assert [each.key for each in said] == ["ticket-place", "ticket-heard"]


async def test_only_among_colleagues_and_only_by_who_leads(chat: Chat, ann: Person, sam: Person, jane: Person) -> None:
    room = chat.group("support")
    await ann.does(MembersChanged(joined=(Sender(user="guest-1", name="Guest"),)), place=room)
    assert (await ann.says("/triage", place=room)).key == "customers-read-along"
    assert (await sam.says("/triage", place=chat.group("ours"))).key == "not-allowed"
    assert (await ann.says("/triage")).key == "triage-none"
    assert await chat.rows("tickets") == []


async def test_nothing_comes_once_somebody_of_outside_is_there(
    chat: Chat, ann: Person, jane: Person, room: str
) -> None:
    await ann.does(MembersChanged(joined=(Sender(user="guest-1", name="Guest"),)), place=room)
    await jane.says("The printer is jammed")

    assert await said_in(chat, room) == []


async def test_what_is_chosen_is_checked_and_given_up(chat: Chat, ann: Person, jane: Person, room: str) -> None:
    assert (await ann.says("/triage", place=room)).key == "triage-state"
    assert (await ann.says("/triage")).key == "triage-state"
    assert (await ann.presses("Check")).key == "triage-looked"
    assert [said.key for said in await said_in(chat, room)] == ["triage-checked"]
    await ann.says("/triage")
    assert (await ann.presses("No longer here")).key == "triage-stopped"
    await jane.says("The printer is jammed")
    assert await said_in(chat, room) == []


async def test_a_process_without_the_platform_gives_up_no_group(chat: Chat, ann: Person, jane: Person) -> None:
    async def choose(uow: UnitOfWork, actor: Staff | None) -> None:
        await use_for_triage(uow, ann.staff, channel="slack", place="C1", now=chat.now)

    await perform(chat.house.database.unit_of_work, choose, now=chat.now)
    await jane.says("The printer is jammed")
    said = await chat.tick(after=timedelta(minutes=1))

    assert "triage-lost" not in [each.key for each in said]
    assert (await ann.says("/triage")).key == "triage-state"
