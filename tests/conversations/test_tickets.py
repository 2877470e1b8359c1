"""Tickets as the staff work on them: the queue, the card, answers with ten seconds to recall, and who is told what."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.local.people import CHANNEL, private_place
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from domain.tickets.model import Category, Ticket
from domain.tickets.opening import NewTicket, open_ticket
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person, open_chat

TEN = timedelta(seconds=10)


async def asks(chat: Chat, person: Person, words: str = "The printer is broken", **fields: Any) -> Ticket:
    """A customer's ticket, as their own conversation opens it."""

    async def act(uow: UnitOfWork, actor: Staff | None) -> Ticket:
        place = private_place(person.user)
        identity = await uow.identities.find(CHANNEL, person.user) or await uow.identities.add(
            Identity(channel=CHANNEL, user=person.user, name=person.name, private_place=place)
        )
        new = NewTicket(text=words, identity=identity, channel=CHANNEL, place=place, **fields)
        return await open_ticket(uow, new, now=chat.now)

    ticket: Ticket = await perform(chat.house.database.unit_of_work, act, now=chat.now, through="test")
    await chat.delivered()
    return ticket


async def status(chat: Chat, ticket_id: int = 1) -> tuple[str, int | None]:
    row = (await chat.rows("tickets"))[ticket_id - 1]
    return row["status"].value, row["assignee_id"]


def to_customer(chat: Chat, person: Person) -> list[str]:
    """What the customer read in their private chat."""
    return [
        said.text for said in chat.said if said.sent.place == private_place(person.user) and said.sent.body is not None
    ]


async def test_offered_accepted_answered_solved(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang Fang")
    await asks(chat, wang)
    offer = sam.heard[-1]
    assert offer.key == "ticket-assigned"
    assert "T1 The printer is broken · Wang Fang" in offer.text
    assert "it was your turn" in offer.text
    assert offer.buttons == ["Accept", "Pass on"]

    taken = await sam.presses("Accept")
    assert (taken.key, taken.buttons) == ("ticket-taken-by-you", ["Reply", "Solved", "Waits for them", "More"])
    going = await sam.says("/r T1 A technician comes at 3")
    assert going.key == "ticket-answer-going"
    assert "Sam: A technician comes at 3" in going.text
    assert going.buttons == ["Recall", "Send"]
    await chat.tick(after=timedelta(seconds=9))
    assert to_customer(chat, wang) == []
    await chat.tick(after=timedelta(seconds=1))
    assert to_customer(chat, wang) == ["T1\nSam: A technician comes at 3"]
    await chat.tick(after=timedelta(seconds=1))
    assert (sam.heard[-1].key, sam.heard[-1].buttons) == ("ticket-answer-card", ["T1"])
    assert "Sent ✓" in sam.heard[-1].text
    assert "too late" in (await sam.forges("ticket.recall:2")).text.casefold()

    solved = await sam.says("/close T1 new toner")
    assert solved.key == "ticket-closed"
    assert "Solution: new toner" in solved.text
    assert to_customer(chat, wang) == ["T1\nSam: A technician comes at 3"]
    assert (await status(chat))[0] == "resolved"
    await sam.presses("Undo")
    assert (await status(chat))[0] == "open"


async def test_recalled_within_ten_seconds_it_never_goes(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang Fang")
    await asks(chat, wang)
    await sam.says("/r T1 You never pay your bills")
    for _ in range(2):
        recalled = await sam.forges("ticket.recall:2")
        assert recalled.key == "ticket-answer-recalled"
    await chat.tick(after=timedelta(minutes=1))
    assert to_customer(chat, wang) == []
    assert "(recalled)" in (await sam.says("T1")).text


async def test_send_does_not_wait_and_goes_once(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang Fang")
    await asks(chat, wang)
    await sam.says("/r T1 On my way")
    assert (await sam.presses("Send")).key == "ticket-answer-leaves"
    await chat.delivered()
    await chat.tick(after=TEN)
    assert to_customer(chat, wang) == ["T1\nSam: On my way"]


async def test_reply_makes_a_draft_that_waits_for_send(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang Fang")
    await asks(chat, wang)
    await sam.presses("Accept")
    assert (await sam.presses("Reply")).key == "ticket-ask-reply"
    draft = await sam.says("We bring a new one on Friday")
    assert (draft.key, draft.buttons) == ("ticket-draft", ["Send", "Change", "Cancel"])
    await chat.tick(after=timedelta(hours=1))
    assert to_customer(chat, wang) == []
    assert (await sam.presses("Send")).key == "ticket-answer-leaves"
    await chat.delivered()
    assert to_customer(chat, wang) == ["T1\nSam: We bring a new one on Friday"]
    again = await sam.forges("ticket.send:2")
    assert again.key == "button-too-old"
    await chat.tick(after=timedelta(minutes=1))
    assert len(to_customer(chat, wang)) == 1


async def test_notes_stay_inside_wherever_they_are_written(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang Fang")
    await asks(chat, wang)
    await sam.presses("Accept")
    shown = await sam.says("T1")
    async with chat.house.database.read() as uow:
        message = (await uow.local_messages.list_of(private_place(sam.user), limit=1))[0]["id"]
    assert (await sam.says("/note T1 they never pay")).key == "ticket-noted"
    assert (await sam.says("careful with them", reply_to=str(message))).key == "ticket-noted"
    card = await sam.says("T1")
    assert shown.key == card.key == "ticket-card"
    assert "✎ Sam" in card.text
    assert "they never pay" in card.text
    assert "careful with them" in card.text
    await chat.tick(after=timedelta(hours=2))
    assert to_customer(chat, wang) == []


async def test_two_take_at_once_and_the_queue_shows_what_is_left(chat: Chat) -> None:
    sam, ida = await chat.staff("Sam", role="agent"), await chat.staff("Ida", role="agent")
    night = chat.now
    chat.now = chat.now + timedelta(hours=12)
    await asks(chat, chat.stranger("Wang"))
    await asks(chat, chat.stranger("Li"), "The invoice is wrong")
    chat.now = night + timedelta(hours=13)
    queue = await ida.says("/queue")
    assert "T1 The printer is broken" in queue.text
    assert queue.buttons == ["Take ①", "Take ②"]
    assert (await sam.says("take T1")).key == "ticket-taken-by-you"
    assert (await ida.presses("Take ①")).text == "T1 is with Sam already."
    assert (await ida.says("/take T1")).text == "T1 is with Sam already."
    mine = await sam.says("队列")
    assert "Yours:" in mine.text
    assert await status(chat, 1) == ("open", sam.id)
    assert (await status(chat, 2))[1] is None


async def test_wrong_people_are_told_so(chat: Chat) -> None:
    sam, ida = await chat.staff("Sam", role="agent"), await chat.staff("Ida", role="agent", timezone="Asia/Tokyo")
    mei, tom = await chat.staff("Mei"), await chat.staff("Tom", team="South")
    acme = await chat.customer("Acme", owner=mei)
    await asks(chat, chat.stranger("Wang"), customer_id=acme.id)
    await sam.presses("Accept")
    for command in ("/r T1 hello", "/close T1 x", "/transfer T1 @Ida", "/take T1"):
        assert (await ida.says(command)).text == "T1 is with Sam already."
        assert (await mei.says(command)).key == "not-allowed"
    assert (await mei.says("T1")).buttons == []
    assert (await tom.says("T1")).key == "record-not-found"
    assert (await sam.says("/r T9 hello")).key == "record-not-found"
    for lacking in ("/r", "/r T1", "/note T1", "/transfer T1", "/merge T1", "/ticket", "/take"):
        assert (await sam.says(lacking)).key == "wrong-usage"
    assert await status(chat) == ("open", sam.id)


async def test_a_transfer_with_its_note_and_why(chat: Chat) -> None:
    sam, ida = await chat.staff("Sam", role="agent"), await chat.staff("Ida", role="agent", timezone="Asia/Tokyo")
    await asks(chat, chat.stranger("Wang"))
    await sam.presses("Accept")
    given = await sam.says("/transfer T1 @Ida knows this machine")
    assert given.text.startswith("T1 The printer is broken · Wang\nIda was told")
    await chat.delivered()
    assert "From Sam. “knows this machine”" in ida.heard[-1].text
    assert (await ida.presses("Accept")).key == "ticket-taken-by-you"
    assert (await sam.says("/r T1 hello")).text == "T1 is with Ida already."


async def test_on_behalf_of_a_customer_without_a_chat(chat: Chat) -> None:
    sam, mei = await chat.staff("Sam", role="agent"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=mei)
    opened = await mei.says(f"/ticket C{acme.id} the printer is broken")
    assert opened.key == "ticket-opened"
    assert f"No chat with the customer yet: /invite C{acme.id}" in opened.text
    await chat.delivered()
    await sam.presses("Accept")
    refused = await sam.says("/r T1 hello")
    assert (refused.key, f"/invite C{acme.id}" in refused.text) == ("nobody-to-answer", True)
    assert (await sam.presses("Reply")).key == "nobody-to-answer"


async def test_what_does_not_arrive_is_told(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang")
    ticket = await asks(chat, wang)
    async with chat.house.database.unit_of_work() as uow:
        kept = await uow.tickets.get_for(sam.staff, ticket.id)  # type: ignore[arg-type]
        kept.channel = "pigeon"
        await uow.commit()
    await sam.says("/r T1 hello")
    await chat.tick(after=TEN)
    await chat.tick(after=timedelta(seconds=1))
    assert "ticket-answer-lost" in [said.key for said in sam.heard]
    assert "(did not arrive)" in (await sam.says("T1")).text


async def test_warnings_breach_and_complaint_reach_the_right_people(chat: Chat) -> None:
    sam, ada = await chat.staff("Sam", role="agent"), await chat.staff("Ada", role="manager", team=None)
    await asks(chat, chat.stranger("Wang"), "You lost my order", category=Category.COMPLAINT)
    assert [said.key for said in ada.heard] == ["ticket-complaint"]
    await sam.presses("Accept")
    await chat.tick(after=timedelta(minutes=23))
    assert sam.heard[-1].key == "ticket-answer-warn"
    await chat.tick(after=timedelta(minutes=8))
    assert sam.heard[-1].key == ada.heard[-1].key == "ticket-answer-due"
    assert "Reply" in ada.heard[-1].buttons
    kim = await chat.staff("Kim", role="agent")
    await sam.says("/transfer T1 @Kim")
    await chat.delivered()
    await kim.presses("Accept")  # late already: that stands on the card, and is no news
    heard = len(kim.heard)
    await chat.tick(after=timedelta(minutes=1))
    assert len(kim.heard) == heard
    late = [said for _ in range(7) for said in await chat.tick(after=timedelta(hours=8))]
    solved_by = [said for said in late if said.key == "ticket-solve-due"]
    assert solved_by
    assert all("To be solved by" in said.text and "answered by" not in said.text for said in solved_by)


async def test_ready_made_answers(chat: Chat) -> None:
    sam, wang = await chat.staff("Sam", role="agent"), chat.stranger("Wang Fang")
    await asks(chat, wang)
    assert (
        await sam.says("/canned hello: Dear {name}, {customer} this is {agent} about {ticket}.")
    ).key == "canned-kept"
    assert (await sam.says("/canned hi: {price}")).key == "unknown-variable"
    assert "#hello" in (await sam.says("/canned")).text
    going = await sam.says("/r T1 #hello")
    assert "Sam: Dear Wang Fang, this is Sam about T1." in going.text
    assert (await sam.says("/r T1 #nothing")).key == "no-such-canned"
    await sam.says("T1")
    await sam.presses("Reply")
    await sam.presses("Ready-made")
    draft = await sam.presses("#hello")
    assert (draft.key, draft.buttons[0]) == ("ticket-draft", "Send")
    await sam.says("/canned hello")
    assert (await sam.presses("Forget")).key == "canned-forgotten"
    assert (await sam.says("/canned hello")).key == "no-such-canned"


async def test_merged_linked_and_told_in_the_history(chat: Chat) -> None:
    sam, mei = await chat.staff("Sam", role="agent"), await chat.staff("Mei")
    acme, wang = await chat.customer("Acme", owner=mei), chat.stranger("Wang")
    await asks(chat, wang)
    await asks(chat, wang, "And the scanner too")
    assert (await sam.says("/merge T1 T2")).key == "tickets-merged"
    assert "Merged into T1" in (await sam.says("T2")).text
    await sam.says("T1")
    await sam.presses("More")
    await sam.presses("Link")
    assert (await sam.says(f"C{acme.id}")).key == "ticket-linked"
    history = await sam.says("/history T1")
    assert "Tickets merged" in history.text
    assert "Ticket opened" in history.text


async def test_priority_and_status_by_buttons(chat: Chat) -> None:
    sam = await chat.staff("Sam", role="agent")
    await asks(chat, chat.stranger("Wang"))
    await sam.presses("Accept")
    waits = await sam.presses("Waits for them")
    assert "waiting for the customer" in waits.text
    assert "by" not in waits.text.split("\n")[-2]
    await sam.presses("Goes on")
    await sam.presses("More")
    assert "urgent" in (await sam.presses("‼️ urgent")).text
    await sam.presses("More")
    assert "complaint" in (await sam.presses("complaint")).text
    for forged in ("ticket.urgent:1.very", "ticket.kind:1.none", "ticket.give:1.", "ticket.wait:x"):
        assert (await sam.forges(forged)).key == "button-too-old"


async def test_who_leaves_leaves_no_ticket_behind(chat: Chat) -> None:
    ada, sam = await chat.staff("Ada", role="admin", team=None), await chat.staff("Sam", role="agent")
    await asks(chat, chat.stranger("Wang"))
    await sam.presses("Accept")
    ida = await chat.staff("Ida", role="agent")
    await ada.forges(f"team.left:{sam.id}")
    assert (await status(chat))[1] == ida.id
    await chat.delivered()
    assert ida.heard[-1].key == "ticket-assigned"
    await ada.presses("Undo")
    assert (await status(chat))[1] == sam.id


async def test_a_restart_within_the_ten_seconds_sends_once_or_recalls_and_says_which(
    database_url: str, tmp_path: Path
) -> None:
    async with open_chat(database_url, tmp_path) as before:
        sam, wang = await before.staff("Sam", role="agent"), before.stranger("Wang Fang")
        await asks(before, wang)
        await sam.says("/r T1 first")
        await sam.says("/r T1 second")
    async with open_chat(database_url, tmp_path) as after:
        after.now, after.deliveries = before.now + timedelta(seconds=5), before.deliveries
        again = Person(after, "Sam", sam.user, sam.staff)
        assert (await again.forges("ticket.recall:2")).key == "ticket-answer-recalled"
        for _ in range(3):
            await after.tick(after=timedelta(seconds=5))
        assert to_customer(after, wang) == ["T1\nSam: second"]
        card = (await again.says("T1")).text
        assert "first" in card.partition("(recalled)")[2]
        assert (await again.forges("ticket.recall:3")).key == "answer-gone"
