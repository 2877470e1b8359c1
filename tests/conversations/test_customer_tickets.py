"""A customer asks in private, in their group, with a photo; what they see of it, and what keeps quiet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.answering import answer_ticket
from domain.tickets.closing import resolve_ticket
from domain.tickets.passing import take_ticket
from domain.tickets.waiting import wait_for_customer
from handlers.chat import Attachment, Conversation, MessagePicked, PlaceKind, Quote, Quoted, Reaction
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person
from tests.conversations.visitors import a_contact, connected


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


@pytest.fixture
async def sam(chat: Chat) -> Person:
    return await chat.staff("Sam", role="agent", team="Support")


@pytest.fixture
async def jane(chat: Chat, tom: Person) -> Person:
    """Of Acme, C1, and known in chat."""
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    return await connected(chat, chat.stranger("Jane"), contact, by=tom)


async def act(chat: Chat, who: Person, action, **more) -> None:  # type: ignore[no-untyped-def]
    async def run(uow: UnitOfWork, actor: Staff | None) -> None:
        await action(uow, actor, 1, now=chat.now, **more)

    await perform(chat.house.database.unit_of_work, run, actor=who.staff, now=chat.now)
    await chat.delivered()


async def status(chat: Chat) -> list[str]:
    return [row["status"] for row in await chat.rows("tickets")]


async def test_words_of_a_known_contact_become_one_request(chat: Chat, sam: Person, jane: Person) -> None:
    card = await jane.says("The printer is jammed")
    chat.now += timedelta(minutes=1)
    again = [await jane.does_text("it is the big one"), await jane.does_text("thanks")]

    [ticket] = await chat.rows("tickets")
    said = [row["text"] for row in await chat.rows("ticket_messages")]
    assert (card.key, card.buttons) == ("ticket-progress", ["Add something", "Close"])
    assert "T1 The printer is jammed" in card.text
    assert again == [[], []]
    assert (ticket["customer_id"], ticket["contact_id"], ticket["place"]) == (1, 1, card.sent.row.place)
    assert said == ["The printer is jammed", "it is the big one", "thanks"]


async def test_what_comes_later_is_confirmed_until_a_colleague_is_on_it(chat: Chat, sam: Person, jane: Person) -> None:
    await jane.says("The printer is jammed")
    chat.now += timedelta(minutes=5)

    assert (await jane.says("still jammed")).key == "ticket-added"
    await act(chat, sam, take_ticket)
    assert await jane.does_text("are you there?") == []
    chat.now += timedelta(hours=1)
    assert (await jane.says("and the lamp is broken")).key == "ticket-added"


async def test_what_is_about_something_else_becomes_a_request_of_its_own(chat: Chat, sam: Person, jane: Person) -> None:
    await jane.says("The printer is jammed")
    chat.now += timedelta(hours=1)
    photo = Attachment(
        "photo", chat.house.page_files.put(b"\xff\xd8\xff\xe0 lamp"), caption="The lamp is broken", size=8
    )
    [added] = await jane.does(photo)

    new = await jane.presses("This is a new request")
    again = await jane.forges("asked.new:2")

    said = {row["text"]: row["ticket_id"] for row in await chat.rows("ticket_messages")}
    assert (added.key, new.key, again.key) == ("ticket-added", "ticket-progress", "ticket-progress")
    assert said == {"The printer is jammed": 1, "The lamp is broken": 2}
    assert [row["title"] for row in await chat.rows("tickets")] == ["The printer is jammed", "The lamp is broken"]
    assert [row["ticket_message_id"] for row in await chat.rows("attachments")] == [2]
    assert (await chat.stranger("Eve").forges("asked.new:2")).key == "button-too-old"


@pytest.mark.parametrize("nod", ["thanks", "ok", "好的", "收到"])
async def test_a_nod_opens_nothing_and_opens_nothing_again(chat: Chat, sam: Person, jane: Person, nod: str) -> None:
    assert (await jane.says(nod)).key == "thanks-answer"
    assert await chat.rows("tickets") == []
    await jane.says("The printer is jammed")
    await act(chat, sam, resolve_ticket, solution="cleared")
    assert (await jane.says(nod)).key == "thanks-answer"
    assert await status(chat) == ["resolved"]


async def test_a_greeting_is_answered_with_help(chat: Chat, sam: Person, jane: Person) -> None:
    hello = await jane.says("hello")
    asked = await jane.presses("Help")

    assert (hello.key, asked.key) == ("customer-hello", "ticket-ask")
    assert await chat.rows("tickets") == []


async def test_the_card_follows_the_request(chat: Chat, sam: Person, jane: Person) -> None:
    """received, taken, waiting for you, solved; and solved it was not."""
    first = await jane.says("The printer is jammed")
    seen = [first.text.splitlines()[-1]]
    for action, more in ((take_ticket, {}), (wait_for_customer, {}), (resolve_ticket, {"solution": "cleared"})):
        await act(chat, sam, action, **more)
        seen.append(jane.heard[-1].text.splitlines()[-1])
    assert jane.heard[-1].edits is not None
    assert jane.heard[-1].buttons == ["Yes, solved", "Not solved"]

    again = await jane.presses("Not solved")
    twice = await jane.presses("Close")
    closed = await jane.forges("asked.close:1")

    assert seen == ["We have received it.", "Sam is on it.", "Sam waits for your answer.", "Solved. Is it?"]
    assert "We look at it again" in again.text
    assert twice.text.endswith("Closed. Thank you.")
    assert closed.text == twice.text
    assert await status(chat) == ["closed"]


async def test_words_after_solved_open_it_again(chat: Chat, sam: Person, jane: Person) -> None:
    await jane.says("The printer is jammed")
    await act(chat, sam, resolve_ticket, solution="cleared")
    chat.now += timedelta(hours=1)

    again = await jane.says("it is jammed again")

    assert again.key == "ticket-progress"
    assert await status(chat) == ["reopened"]


async def test_outside_working_hours_it_says_when(chat: Chat, sam: Person, jane: Person) -> None:
    chat.now += timedelta(hours=12)  # Wednesday, 21:00

    card = await jane.says("The printer is jammed")

    assert "Somebody will look at it from" in card.text
    assert "9:00" in card.text


async def test_another_customers_buttons_do_nothing(chat: Chat, sam: Person, jane: Person) -> None:
    await jane.says("The printer is jammed")
    eve = chat.stranger("Eve")

    for verb in ("close", "again", "add"):
        assert (await eve.forges(f"asked.{verb}:1")).key == "button-too-old"
    assert (await eve.forges("asked.skip:1.name")).key == "button-too-old"
    assert (await eve.forges("asked.close:99")).key == "button-too-old"
    assert await status(chat) == ["new"] or await status(chat) == ["open"]


async def test_a_photo_is_kept_with_the_request(chat: Chat, sam: Person, jane: Person) -> None:
    photo = Attachment(
        "photo", chat.house.page_files.put(b"\xff\xd8\xff\xe0 jam"), caption="The printer is jammed", size=8
    )
    [card] = await jane.does(photo)
    chat.now += timedelta(minutes=1)
    alone = Attachment("file", chat.house.page_files.put(b"%PDF-1.7 log"), name="log.pdf", size=12)
    await jane.does(alone)

    messages = {row["id"]: row["text"] for row in await chat.rows("ticket_messages")}
    kept = [(messages[row["ticket_message_id"]], row["kind"]) for row in await chat.rows("attachments")]
    assert card.key == "ticket-progress"
    assert kept == [("The printer is jammed", "photo"), ("📎 log.pdf", "file")]
    assert "T1" in (await sam.says("T1")).text


async def test_a_stranger_is_asked_for_what_is_missing(chat: Chat, sam: Person) -> None:
    eve = chat.stranger("eve_99")
    [welcome, card, who] = await eve.does_text("/ticket the door sticks")
    company = await eve.says("Eve Adams")
    done = await eve.says("Larkfield")
    await eve.does_text("it sticks every morning")

    [ticket] = await chat.rows("tickets")
    assert [each.key for each in (welcome, card, who, company, done)] == [
        "welcome",
        "ticket-progress",
        "intake-name",
        "intake-company",
        "intake-done",
    ]
    assert (ticket["asker_name"], ticket["asker_company"], ticket["intake"]) == ("Eve Adams", "Larkfield", None)
    assert "Eve Adams, Larkfield" in (await sam.says("T1")).text
    assert [row["text"] for row in await chat.rows("ticket_messages")] == ["the door sticks", "it sticks every morning"]
    assert await chat.rows("inquiries") == []


async def test_who_is_known_later_has_their_ticket(chat: Chat, tom: Person, sam: Person) -> None:
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    jane = chat.stranger("janey")
    await jane.does_text("/ticket the door sticks")
    await connected(chat, jane, contact, by=tom)

    [ticket] = await chat.rows("tickets")
    assert (ticket["customer_id"], ticket["contact_id"], ticket["intake"]) == (acme.id, contact.id, None)


async def test_a_bare_ticket_of_a_stranger_is_opened_at_once(chat: Chat, sam: Person) -> None:
    eve = chat.stranger("eve_99")
    asked = await eve.does_text("/ticket")
    name = await eve.says("the door sticks")
    company = await eve.presses("Skip")
    done = await eve.presses("Skip")

    [ticket] = await chat.rows("tickets")
    assert [each.key for each in (asked[-1], name, company, done)] == [
        "intake-about",
        "intake-name",
        "intake-company",
        "intake-done",
    ]
    assert ticket["title"] == "the door sticks"
    assert (await eve.forges("asked.skip:1.name")).key == "intake-done"


async def test_a_long_answer_is_more_about_the_request(chat: Chat, sam: Person) -> None:
    eve = chat.stranger("eve_99")
    await eve.does_text("/ticket the door sticks")
    again = await eve.says(
        "before I tell you my name: it sticks every single morning, and the key is stuck in it as well"
    )

    [ticket] = await chat.rows("tickets")
    assert again.key == "intake-name"
    assert ticket["asker_name"] is None
    assert len(await chat.rows("ticket_messages")) == 2
    assert (await eve.says("hello?")).key == (await eve.says("is anybody there?")).key == "intake-name"
    assert len(await chat.rows("ticket_messages")) == 3  # a greeting is neither a name nor news


async def test_in_a_group_only_what_is_for_us_opens(chat: Chat, tom: Person, sam: Person, jane: Person) -> None:
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    assert await jane.does_text("the printer is jammed", place=group, addressed=False) == []
    assert await chat.rows("tickets") == []

    card = await jane.says("the printer is jammed", place=group)
    await jane.does_text("it is the big one", place=group, addressed=False)
    await chat.stranger("Bob").does_text("lunch?", place=group, addressed=False)

    [ticket] = await chat.rows("tickets")
    assert card.key == "ticket-progress"
    assert (ticket["customer_id"], ticket["contact_id"], ticket["place"]) == (1, 1, group)
    assert [row["text"] for row in await chat.rows("ticket_messages")] == ["the printer is jammed", "it is the big one"]


async def test_a_colleagues_words_in_the_group_are_the_answer(
    chat: Chat, tom: Person, sam: Person, jane: Person
) -> None:
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await jane.says("the printer is jammed", place=group)
    chat.now += timedelta(minutes=3)
    await sam.does_text("ok", place=group, addressed=False)
    assert (await chat.rows("tickets"))[0]["first_answered_at"] is None

    assert await sam.does_text("please open the left lid", place=group, addressed=False) == []

    [ticket] = await chat.rows("tickets")
    answers = [row["text"] for row in await chat.rows("ticket_messages") if row["lane"] == "to_customer"]
    assert ticket["first_answered_at"] is not None
    assert answers == ["please open the left lid"]
    assert "ticket-answer" not in await chat.planned()


async def test_on_behalf_of_a_customer(chat: Chat, tom: Person, sam: Person, jane: Person) -> None:
    opened = await tom.says("/ticket C1 the printer is jammed")
    await act(chat, sam, answer_ticket, text="On my way", wait=timedelta(0))

    assert opened.key == "ticket-opened"
    assert (await tom.says("/ticket C1")).key == "wrong-usage"
    assert (await tom.says("/ticket C99 help")).key == "record-not-found"
    mei = await chat.staff("Mei", team="Other")
    assert (await mei.says("/ticket C1 help")).key == "record-not-found"
    assert len(await chat.rows("tickets")) == 1


async def test_private_words_never_go_to_what_is_answered_in_the_group(
    chat: Chat, tom: Person, sam: Person, jane: Person
) -> None:
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await jane.says("the printer is jammed", place=group)
    chat.now += timedelta(minutes=5)

    private = await jane.says("between us: the contract ends in May")

    assert private.key == "ticket-progress"
    assert {row["title"]: row["place"] for row in await chat.rows("tickets")} == {
        "the printer is jammed": group,
        "between us: the contract ends in May": private.sent.row.place,
    }


async def test_who_may_not_see_the_ticket_is_not_shown_it_by_the_shortcut(
    chat: Chat, tom: Person, sam: Person, jane: Person
) -> None:
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await jane.says("the printer is jammed", place=group)
    mei = await chat.staff("Mei", team="Other")
    where = Conversation(channel="local", key=group, kind=PlaceKind.GROUP)

    [refused] = await mei.does(MessagePicked("ticket", Quote("it is jammed", "Jane"), where=where))
    [shown] = await tom.does(MessagePicked("ticket", Quote("it is jammed", "Jane"), where=where))

    assert refused.key == "record-not-found"
    assert shown.key == "ticket-card"


async def test_what_a_colleague_makes_of_a_message_has_its_card_below_it(
    chat: Chat, tom: Person, sam: Person, jane: Person
) -> None:
    group = chat.group("launch")
    await tom.says("/bind C1", place=group)
    await jane.does_text("the printer is jammed", place=group, addressed=False)
    theirs = Reaction("🎫", "m-1", of=Quoted("the printer is jammed", "Jane", user=jane.user))
    before = len(chat.said)

    await sam.does(theirs, place=group)
    await sam.does(theirs, place=group)  # what is open there already is shown
    await chat.delivered()

    cards = [said for said in chat.said[before:] if said.key == "ticket-progress"]
    assert [(said.sent.place, said.sent.reply.under) for said in cards if said.sent.reply] == [(group, "m-1")]
    assert "T1 the printer is jammed" in cards[0].text
    await sam.says("/take T1")
    await chat.delivered()
    assert "Sam is on it" in chat.said[-1].text or any("Sam is on it" in said.text for said in chat.said[-3:])

    eve = chat.stranger("Eve")
    await eve.says("my parcel did not come")
    await chat.delivered()
    await sam.presses("Make ticket")
    await chat.delivered()
    assert eve.heard[-1].key == "ticket-progress"
    await sam.presses("Undo")
    await chat.delivered()
    assert "by mistake" in eve.heard[-1].text


async def test_what_a_colleague_called_it_stays_among_colleagues(
    chat: Chat, tom: Person, sam: Person, jane: Person
) -> None:
    await tom.says("/ticket C1 Jane complains again, she always does")
    chat.now += timedelta(minutes=5)

    added = await jane.says("my printer is jammed")
    await act(chat, sam, resolve_ticket, solution="Hopeless")
    again = await jane.says("it is jammed again")

    assert (added.key, again.key) == ("ticket-added", "ticket-progress")
    assert "Added to T1." in added.text
    assert "T1" in again.text
    assert not [said.text for said in (added, again) if "complains" in said.text or "None" in said.text]
