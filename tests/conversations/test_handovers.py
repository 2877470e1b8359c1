"""Handing over: tickets too, capsules, accepting, what nobody accepts, and doubts about the taker."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest

from bot.local.people import private_place
from bot.local_people import customer_user
from domain.activities.actions import Entry, log_entry
from domain.activities.model import ActivityKind
from domain.customers.model import Contact
from domain.followups.actions import Subject, When
from domain.opportunities.model import Opportunity
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from domain.tickets.model import Category
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.passing import take_ticket
from domain.values.money import Money
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person

JANE = customer_user("Jane Miller")
CUSTOMERS_CHAT = private_place(JANE)


async def a_customer_with_all(chat: Chat, owner: Person, agent: Person) -> int:
    """Acme of ``owner``, with a report that complains, an offer, a follow-up, a person in chat, and a ticket of ``agent``."""
    acme = await chat.customer("Acme", owner=owner)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        told = Entry(kind=ActivityKind.CALL, subject=Subject(customer_id=acme.id), note="The price is too high")
        logged = await log_entry(uow, actor, told, now=chat.now)
        logged.activity.intents = ["price_objection"]
        await uow.opportunities.add(
            Opportunity(
                customer_id=acme.id,
                owner_id=owner.id,
                name="Seats",
                stage="proposal",
                amount=Money(2_000_000, "GBP"),
                created_at=chat.now,
            )
        )
        promise = Entry(
            kind=None,
            subject=Subject(customer_id=acme.id),
            note="send the new offer",
            followups=(When(at=chat.now + timedelta(days=1)),),
        )
        await log_entry(uow, actor, promise, now=chat.now)
        jane = await uow.customers.add_contact(Contact(customer_id=acme.id, name="Jane Miller", created_at=chat.now))
        identity = Identity(channel="local", user=JANE, contact_id=jane.id, private_place=CUSTOMERS_CHAT)
        await uow.identities.add(identity)
        new = NewTicket(text="The export stops", category=Category.FAULT, customer_id=acme.id)
        ticket = await open_ticket(uow, new, by=actor, now=chat.now)
        assert agent.staff is not None
        await take_ticket(uow, await uow.staff.get(agent.id), ticket.id, now=chat.now)

    await perform(chat.house.database.unit_of_work, act, actor=owner.staff, now=chat.now, through="test")
    return acme.id


async def test_tickets_go_along_and_back(chat: Chat) -> None:
    """From an agent to an agent; to a rep they wait for the others; undone as a whole; nothing is without an owner."""
    ana, sam = await chat.staff("Ana", role="admin"), await chat.staff("Sam", role="agent")
    kim, tom = await chat.staff("Kim", role="agent"), await chat.staff("Tom")
    await a_customer_with_all(chat, tom, sam)

    done = await ana.says("/handover @Sam to @Kim")
    assert "1 open ticket" in done.text
    [ticket] = await chat.rows("tickets")
    assert (ticket["assignee_id"], ticket["status"]) == (kim.id, "open")
    assert ticket["accepted_at"] is not None
    [card] = [said for said in await chat.delivered() if said.key == "records-received"]
    assert card.to == f"private:staff-{kim.id}"

    assert (await ana.presses("Undo")).key == "undone"
    assert (await chat.rows("tickets"))[0]["assignee_id"] == sam.id
    assert (await kim.forges("handover.accept:1")).key == "handover-taken-back"
    await ana.says("/handover @Sam to @Tom")
    [ticket] = await chat.rows("tickets")
    assert ticket["assignee_id"] is None
    assert ticket["queued_at"] is not None
    assert ticket["at_head"]
    assert (await ana.says("/handover @Tom to @Tom")).key == "handover-to-oneself"


async def test_whoever_gets_records_accepts_and_is_told_of_each_customer(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    mei, sam = await chat.staff("Mei"), await chat.staff("Sam", role="agent", team="Sales")
    acme = await a_customer_with_all(chat, tom, sam)

    hers = await chat.customer("Globex", owner=mei)

    done = await ana.says(f"/handover C{hers.id} C{acme} to @Mei")
    assert done.key == "handover-some"
    assert "1 customer, 1 open follow-up, 1 opportunity" in done.text
    assert {row["owner_id"] for row in await chat.rows("followups")} == {mei.id}
    assert (await chat.rows("tickets"))[0]["assignee_id"] == sam.id  # it was never Tom's
    await chat.delivered()
    assert (await sam.forges("handover.accept:1")).key == "record-not-found"
    accepted = await mei.presses("Accept")
    assert "You have what was Tom’s ✓" in accepted.text
    assert "Accept" not in accepted.buttons
    again = await ana.says(f"/handover C{hers.id} to @Mei")
    assert (again.key, again.buttons) == ("handover-to-oneself", [])
    [told] = [said for said in await chat.delivered() if said.key == "handover-accepted"]
    assert told.to == f"private:staff-{ana.id}"

    await mei.presses("Customers")
    card = await mei.presses("Acme")
    for part in (
        "Mood: hesitant",
        "The price is too high",
        "Seats · Proposal · £20,000",
        "The export stops",
        "new offer",
    ):
        assert part in card.text, part
    assert (await tom.forges(f"handover.capsule:{acme}")).key == "record-not-found"

    asked = await mei.presses("Introduce me")
    assert "Jane Miller would read this" in asked.text
    assert "Hello, this is Mei." in asked.text
    assert [said for said in chat.said if said.key == "introduction"] == []
    await mei.presses("Send")
    [introduced] = [said for said in await chat.delivered() if said.key == "introduction"]
    assert introduced.sent.place == CUSTOMERS_CHAT
    await mei.forges(f"handover.send:{acme}")
    assert [said for said in await chat.delivered() if said.key == "introduction"] == []
    assert (await ana.forges(f"handover.send:{acme}")).key == "not-allowed"
    assert (await ana.forges("undo:" + str((await chat.rows("handovers"))[0]["action_id"]))).key == "undone"
    assert {row["id"]: row["owner_id"] for row in await chat.rows("customers")} == {acme: tom.id, hers.id: mei.id}


async def test_what_nobody_accepts_comes_back_to_who_decided(chat: Chat) -> None:
    """After two working days of the taker; the records stay whose they are until it is decided."""
    ana, tom, mei = await chat.staff("Ana", role="manager"), await chat.staff("Tom"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=tom)
    await ana.says("/handover @Tom to @Mei")  # on Wednesday
    assert [
        said for said in await chat.tick(datetime(2026, 11, 20, 17, 59, tzinfo=UTC)) if "handover" in said.key
    ] == []
    [card] = [said for said in await chat.tick(datetime(2026, 11, 20, 18, 0, tzinfo=UTC)) if "handover" in said.key]
    assert card.to == f"private:staff-{ana.id}"
    assert "Mei has not accepted what was Tom’s" in card.text
    assert [said for said in await chat.tick(after=timedelta(minutes=10)) if "handover" in said.key] == []
    assert (await chat.rows("customers"))[0]["owner_id"] == mei.id

    assert (await ana.presses("Take back")).key == "undone"  # days after it was done
    assert (await chat.rows("customers"))[0]["owner_id"] == tom.id
    [told] = [said for said in await chat.delivered() if said.key == "handover-undone"]
    assert told.to == f"private:staff-{mei.id}"
    assert "Ana took the handover back: what you had got is Tom’s again (one record)." in told.text
    await ana.presses("Redo")
    [told] = [said for said in await chat.delivered() if said.key == "handover-undone"]
    assert "what was Tom’s is yours" in told.text
    assert "Asked Mei again" in (await ana.forges("handover.remind:1")).text
    [asked] = [said for said in await chat.delivered() if said.key == "handover-asked"]
    assert asked.to == f"private:staff-{mei.id}"
    assert "stays Mei’s" in (await ana.presses("Leave it")).text
    assert acme.id == (await chat.rows("customers"))[0]["id"]
    await ana.says("/handover @Mei to @Tom")
    await ana.says("/undo")
    quiet = await chat.tick(datetime(2026, 11, 27, 18, 0, tzinfo=UTC))
    assert [said for said in quiet if said.key == "handover-returned"] == []  # it was undone
    await ana.says("/handover @Tom to @Mei")
    await ana.forges(f"team.left:{mei.id}")  # and who takes over from them was asked then
    quiet = await chat.tick(datetime(2026, 12, 4, 18, 0, tzinfo=UTC))
    assert [said for said in quiet if said.key == "handover-returned"] == []


async def test_a_taker_on_vacation_is_a_doubt(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    mei, kim = await chat.staff("Mei"), await chat.staff("Kim")
    await chat.customer("Acme", owner=tom)

    async def leave(uow: UnitOfWork, actor: Staff | None) -> None:
        person = await uow.staff.get(mei.id)
        person.absent_until, person.deputy_id = date(2026, 11, 25), kim.id

    await perform(chat.house.database.unit_of_work, leave, now=chat.now, through="test")
    asked = await ana.says("/handover @Tom to @Mei")
    assert "Mei is away until" in asked.text
    assert "Kim stands in" in asked.text
    assert (await chat.rows("customers"))[0]["owner_id"] == tom.id
    await ana.presses("Hand over all the same")
    assert (await chat.rows("customers"))[0]["owner_id"] == mei.id
    await ana.presses("Undo")
    await ana.says("/handover @Tom to @Mei")
    await ana.presses("Kim")
    assert (await chat.rows("customers"))[0]["owner_id"] == kim.id


async def test_it_moves_while_the_customer_writes(chat: Chat) -> None:
    """What came before belongs to the ticket that moves, what comes after is heard by whoever has it then."""
    ana, sam = await chat.staff("Ana", role="admin"), await chat.staff("Sam", role="agent")
    kim, tom = await chat.staff("Kim", role="agent"), await chat.staff("Tom")
    await a_customer_with_all(chat, tom, sam)
    jane = chat.stranger("Jane Miller")
    await jane.does_text("/ticket our invoice is wrong", place=CUSTOMERS_CHAT)
    await chat.tick()
    held = [row for row in await chat.rows("tickets") if row["title"].startswith("our invoice")]
    before = held[0]["assignee_id"]
    assert before in {sam.id, kim.id}
    giver, taker = (sam, kim) if before == sam.id else (kim, sam)
    await ana.says(f"/handover @{giver.name} to @{taker.name}")
    await chat.delivered()
    await jane.does_text("it says 500 twice", place=CUSTOMERS_CHAT)
    said = [each for each in await chat.delivered() if each.key == "ticket-said"]
    assert {each.to for each in said} <= {f"private:staff-{taker.id}"}
    [now] = [row for row in await chat.rows("tickets") if row["title"].startswith("our invoice")]
    assert now["assignee_id"] == taker.id


async def test_one_customer_with_much_goes_on_by_itself(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to it comes in chunks under one action; what the giver has with others stays; undone as a whole."""
    monkeypatch.setattr("domain.people.handover.MOST_AT_ONCE", 5)
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    mei = await chat.staff("Mei")
    acme, other = await chat.customer("Acme", owner=tom), await chat.customer("Globex", owner=tom)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        for number in range(9):
            about = other.id if number == 4 else acme.id
            when = (When(at=chat.now + timedelta(days=1 + number)),)
            entry = Entry(kind=None, subject=Subject(customer_id=about), note=f"step {number}", followups=when)
            assert actor is not None
            await log_entry(uow, actor, entry, now=chat.now)
            sale = Opportunity(customer_id=about, owner_id=tom.id, name=f"Sale {number}", created_at=chat.now)
            await uow.opportunities.add(sale)

    await perform(chat.house.database.unit_of_work, act, actor=tom.staff, now=chat.now, through="test")

    async def owned(table: str, by: Person) -> int:
        return sum(row["owner_id"] == by.id for row in await chat.rows(table))

    assert (await anna.says(f"/handover C{acme.id} to @Mei")).key == "handover-some"
    assert await owned("followups", tom) > 1
    said = await chat.tick()

    assert [await owned(table, mei) for table in ("customers", "followups", "opportunities")] == [1, 8, 8]
    assert [await owned(table, tom) for table in ("customers", "followups", "opportunities")] == [1, 1, 1]
    [done] = [each for each in said if each.key == "handover-finished"]
    assert "1 customer, 8 open follow-ups, 8 opportunities" in done.text
    assert [each.facts["followups"] for each in said if each.key == "records-received"] == [8]
    assert await chat.rows("jobs") == []
    assert (await anna.presses("Undo")).key == "undone"
    assert await owned("followups", tom) == await owned("opportunities", tom) == 9


async def test_records_are_named_with_whose_they_are_and_never_cut_off(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    mei = await chat.staff("Mei")
    acme, hers = await chat.customer("Acme", owner=tom), await chat.customer("Globex", owner=mei)
    lost = await chat.customer("Initech", owner=ana)

    async def owners() -> list[int]:
        return [row["owner_id"] for row in await chat.rows("customers")]

    refused = await ana.says(f"/handover C{acme.id} C{lost.id} @Tom to @Mei")
    assert refused.text == f"Nothing was handed over: C{lost.id} is not Tom’s."
    assert await owners() == [tom.id, mei.id, ana.id]
    assert (await ana.says(f"/handover C{acme.id} @Tom to @Tom")).key == "handover-to-oneself"
    assert (await ana.says(f"/handover C{acme.id} @Tom to @Nobody")).key == "staff-not-found"
    for words in (f"handover C{acme.id} C{hers.id} @Tom to @Mei", f"/handover c{acme.id} from tom to mei"):
        done = await ana.says(words)
        assert done.key == "handover-some", words
        assert "1 customer." in done.text, "what there is none of is not said"
        assert await owners() == [mei.id, mei.id, ana.id]
        await ana.presses("Undo")
    assert (await ana.says(f"交接 C{acme.id} @Tom 给 @Mei")).key == "handover-some"

    many = [(await chat.customer(f"Firm {number}", owner=tom)).id for number in range(31)]
    codes = " ".join(f"C{each}" for each in many)
    refused = await ana.says(f"/handover {codes} to @Mei")
    assert (refused.key, "31 records" in refused.text) == ("handover-too-many", True)
    assert (await owners())[3:] == [tom.id] * 31
    done = await ana.says(f"handover {codes.removesuffix(f' C{many[-1]}')} to @Mei")
    assert "30 customers" in done.text
    assert (await owners())[3:] == [mei.id] * 30 + [tom.id]


async def test_many_spaces_between_names_are_read_in_a_moment(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")
    began = process_time()
    assert (await anna.says(f"/handover @Anna{' ' * 3900}x")).key == "staff-not-found"
    assert process_time() - began < 0.6
