"""Corners of asking and answering that each went wrong once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.chat import Attachment, MembersChanged, Sender
from handlers.tickets.cards import beside
from tests.conversations.conftest import Chat, Person, Said
from tests.conversations.visitors import a_contact, account, connected

PNG = bytes.fromhex("89504e470d0a1a0a") + b"\0" * 40


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


def a_photo(chat: Chat, caption: str = "", *, addressed: bool = True) -> Attachment:
    stored = chat.house.page_files.put(PNG)
    return Attachment(
        "photo", stored, name="jam.png", mime="image/png", size=len(PNG), caption=caption, addressed=addressed
    )


async def test_the_queue_names_strangers_who_wait(chat: Chat, sam: Person) -> None:
    eve = chat.stranger("Eve")
    await eve.says("do you repair ovens")
    queue = await sam.says("/queue")
    assert "Eve" in queue.text
    assert "do you repair ovens" in queue.text
    assert (await sam.presses("Details")).key == "inquiry-card"


async def test_a_bare_ticket_of_a_stranger_gets_its_words_when_they_are_said(chat: Chat, sam: Person) -> None:
    eve = chat.stranger("Eve")
    await eve.says("/ticket")
    await eve.says("the oven smokes")
    assert [(row["title"], row["intake"]) for row in await chat.rows("tickets")] == [("the oven smokes", "name")]
    assert [row["text"] for row in await chat.rows("ticket_messages")] == ["the oven smokes"]


async def test_words_about_something_else_leave_the_waiting_ticket_waiting(
    chat: Chat, ann: Person, jane: Person
) -> None:
    await jane.says("The printer is jammed")
    await ann.says("/take T1")
    await ann.presses("Waits for them")
    chat.now += timedelta(hours=1)
    await jane.says("do you sell ovens")
    assert (await chat.rows("tickets"))[0]["status"] == "open"
    await jane.presses("This is a new request")
    first, second = await chat.rows("tickets")
    assert (first["status"], first["clock_from"], second["title"]) == ("waiting", None, "do you sell ovens")


async def test_a_strangers_photo_in_a_customers_group_is_kept_and_shown(chat: Chat, ann: Person, jane: Person) -> None:
    room = chat.group("acme")
    await ann.says("/bind C1", place=room)
    eve = chat.stranger("Eve")
    await eve.does(a_photo(chat, "the oven smokes"), place=room)
    await chat.house.fetching.fetch_due()
    assert [row["title"] for row in await chat.rows("tickets")] == ["the oven smokes"]
    await ann.says("T1")
    assert (await ann.presses("📎")).body.picture is not None


async def test_the_other_language_is_for_whoever_pressed(chat: Chat, ann: Person, jane: Person) -> None:
    room = chat.group("acme")
    await ann.says("/bind C1", place=room)
    await ann.does(MembersChanged(joined=(Sender(user=jane.user, name="Jane"),)), place=room)
    await chat.tick(after=timedelta(minutes=1))
    [greeting] = [said for said in chat.said if said.sent.reply is not None and said.sent.reply.key == "group-welcome"]
    answer = await jane.presses("中文", place=room)

    assert answer.edits is None
    assert answer.sent.reply is not None
    assert answer.sent.reply.private
    assert answer.buttons == []
    assert "Guanxi" in answer.text
    assert answer.text != greeting.text
    assert jane.receipt.toast is not None
    assert (await account(chat, jane))["locale"] == "zh-CN"


async def test_files_in_a_tickets_place_stay_there_and_go_out_with_an_answer_alone(
    chat: Chat, ann: Person, jane: Person
) -> None:
    room = chat.group("support")
    await ann.says("/triage", place=room)
    await jane.says("The printer is jammed")
    await chat.tick(after=timedelta(seconds=5))
    [head] = [str(row["message"]) for row in await chat.rows("cards") if row["record"] == "place:1"]

    async def shows(caption: str, *, place: str | None = room, addressed: bool = True) -> list[str]:
        content = a_photo(chat, caption, addressed=addressed)
        answers = await ann.does(content, place=place, reply_to=head if place else None)
        await chat.house.fetching.fetch_due()
        return [said.key for said in answers]

    def got() -> list[Said]:
        """What reached her of it."""
        heard = [said for said in jane.heard if said.sent.body is not None]
        return [said for said in heard if said.body.picture or said.key == "ticket-answer"]

    assert await shows("he sent this last year", addressed=False) == []
    assert await shows("") == []
    assert await shows("/r the lid opens here") == ["ticket-answer-going"]
    await ann.presses("Recall", place=room)
    await chat.tick(after=timedelta(minutes=1))
    assert got() == []

    assert await shows("/r T1 the lid opens there", place=None) == ["ticket-answer-going"]
    await chat.tick(after=timedelta(seconds=11))
    await chat.tick(after=timedelta(seconds=5))
    assert await shows("", place=None) != []  # about nothing in particular: whose is it?
    await ann.says("T1")
    await ann.presses("Reply")
    assert await shows("and this is the key", place=None) == ["ticket-draft"]
    await chat.tick(after=timedelta(seconds=5))
    assert len([said for said in got() if said.body.picture]) == 1
    await ann.presses("Send")
    await chat.tick(after=timedelta(seconds=5))
    await chat.tick(after=timedelta(seconds=5))

    lanes = [(row["lane"], row["text"]) for row in await chat.rows("ticket_messages")]
    assert lanes[1:] == [
        ("internal", "he sent this last year"),
        ("internal", "📎 jam.png"),
        ("to_customer", "the lid opens here"),
        ("to_customer", "the lid opens there"),
        ("to_customer", "and this is the key"),
    ]
    told = [said.text for said in got()]
    assert [bool(words in text) for words, text in zip(("there", "T1", "key", "T1"), told, strict=True)] == [True] * 4
    assert len([said for said in got() if said.body.picture]) == 2
    await ann.says("T1")
    assert (await ann.presses("📎 5")).body.picture is not None


async def test_a_complaint_in_the_customers_own_words_reaches_the_manager(
    chat: Chat, ann: Person, jane: Person
) -> None:
    await chat.staff("Sam", role="agent", team="Support")
    await jane.says("The printer is jammed")
    await ann.says("/transfer T1 @Sam")
    for _ in range(2):
        await jane.does_text("Still jammed. I want to complain!")
        await chat.delivered()

    [ticket] = await chat.rows("tickets")
    assert ticket["category"] == "complaint"
    assert [said.key for said in ann.heard].count("ticket-complaint") == 1


async def test_an_album_goes_out_whole_and_a_recalled_one_not_at_all(chat: Chat, ann: Person, jane: Person) -> None:
    room = chat.group("support")
    await ann.says("/triage", place=room)
    await jane.says("The printer is jammed")
    await chat.tick(after=timedelta(seconds=5))
    [head] = [str(row["message"]) for row in await chat.rows("cards") if row["record"] == "place:1"]

    async def sends(album: str, first: str, *, place: str | None = None) -> list[str]:
        keys = []
        for caption in (first, "", ""):
            content = replace(a_photo(chat, caption), album=album)
            answers = await ann.does(content, place=place, reply_to=head if place else None)
            keys += [said.key for said in answers]
        await chat.house.fetching.fetch_due()
        return keys

    async def got() -> int:
        for _ in range(4):
            await chat.tick(after=timedelta(seconds=5))
        return len([said for said in jane.heard if said.sent.body is not None and said.body.picture])

    assert await sends("a", "/r T1 look at these") == ["ticket-answer-going"]
    assert await got() == 3
    assert await sends("b", "/r and these", place=room) == ["ticket-answer-going"]
    assert await got() == 6
    assert await sends("c", "/r T1 not these") == ["ticket-answer-going"]
    await ann.presses("Recall")
    assert await got() == 6
    await ann.says("T1")
    await ann.presses("Reply")
    assert await sends("d", "") == ["ticket-draft"]
    assert await got() == 6
    await ann.presses("Send")
    assert await got() == 9
    lanes = [row["lane"] for row in await chat.rows("ticket_messages")]
    assert "internal" not in lanes
    assert await sends("e", "what he sent", place=room) == []
    assert await got() == 9


async def test_cards_of_many_tickets_show_what_was_said_last_of_each(chat: Chat, ann: Person, jane: Person) -> None:
    for number in range(1, 4):
        await ann.says(f"/ticket C1 fault {number}")
        for word in "abcdef":
            await ann.says(f"/note T{number} note {word}{number}")
    async with chat.house.database.read() as uow:
        shown = await beside(uow, [1, 3])
        assert {ticket: [said.text for said in found] for ticket, found in shown.said.items()} == {
            1: ["note f1", "note e1", "note d1", "note c1"],
            3: ["note f3", "note e3", "note d3", "note c3"],
        }
        assert (await beside(uow, [])).said == {}
