"""Tickets in the database: who sees them, who gets them, what their actions do, once and twice and out of order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import CrmError, NotAllowed, RecordNotFound
from domain.journal.model import UndoRefused
from domain.people.actions import deactivate_staff
from domain.people.binding import bind
from domain.people.model import Identity, Staff
from domain.tickets.answering import answer_ticket, recall_answer
from domain.tickets.assigning import drain_queue
from domain.tickets.closing import close_ticket, reopen_for_customer, reopen_ticket, resolve_ticket
from domain.tickets.errors import (
    AnswerGone,
    NobodyToAnswer,
    NotForTickets,
    TicketDone,
    TicketsOfTwoCustomers,
    TicketStillOpen,
    TicketTaken,
)
from domain.tickets.hearing import customer_said
from domain.tickets.merging import merge_tickets
from domain.tickets.model import Category, Lane, Priority, Speaker, Ticket, TicketStatus, Why
from domain.tickets.noting import note_ticket
from domain.tickets.passing import pass_on, release_tickets, take_ticket, transfer_ticket
from domain.tickets.sorting import asker_is_known, set_category, set_priority
from domain.tickets.telling import answer_key, tell_customer
from domain.tickets.waiting import go_on_with_ticket, hold_ticket, wait_for_customer
from storage.engine import Database
from tests.storage.company import a_contact
from tests.storage.desk import ASKED, AT, Desk
from tests.storage.jobs import finish_jobs, next_chunk

# ---------------------------------------------------------------- who gets it


async def test_it_goes_round_in_turn_and_says_why(desk: Desk) -> None:
    first, second, third = [await desk.opens(now=AT + timedelta(minutes=n)) for n in range(3)]
    assert [ticket.assignee_id for ticket in (first, second, third)] == [desk.sam.id, desk.ida.id, desk.sam.id]
    assert (first.assigned_why, first.accept_by) == (Why.TURN, AT + timedelta(minutes=10))
    assert first.title == "The invoice is wrong"
    assert (first.status, first.speaker, first.accepted_at) == (TicketStatus.NEW, Speaker.NOBODY, None)
    assert await desk.planned() == [
        ("ticket-assigned", desk.sam.id),
        ("ticket-assigned", desk.ida.id),
        ("ticket-assigned", desk.sam.id),
    ]


async def test_the_owner_of_the_customer_comes_first_if_they_work_on_tickets(desk: Desk) -> None:
    idas, meis = await desk.team.customer(desk.ida), await desk.team.customer(desk.team.mei, name="Beta")
    assert (await desk.opens(customer_id=idas.id)).assigned_why is Why.OWNER
    assert (await desk.opens(customer_id=meis.id)).assignee_id == desk.sam.id


async def test_who_is_full_or_away_or_off_duty_gets_nothing(desk: Desk) -> None:
    async with desk.at() as uow:
        (await uow.company.get()).settings["service"] = {"capacity": 1}
        (await uow.staff.get(desk.ida.id)).absent_until = AT.date()
    first, second = await desk.opens(), await desk.opens()
    night = await desk.opens(now=AT + timedelta(hours=12))
    assert [ticket.assignee_id for ticket in (first, second, night)] == [desk.sam.id, None, None]
    assert second.queued_at == AT
    async with desk.at() as uow:
        assert [view.id for view in await uow.tickets.list_queue(desk.sam, limit=9)] == [second.id, night.id]
        assert await drain_queue(uow, AT) == 0
    await desk.does(resolve_ticket, desk.sam, first.id, solution="Sent a new one")
    async with desk.at() as uow:
        assert await drain_queue(uow, AT) == 1
        drained = await uow.tickets.get_for(desk.sam, second.id)
        assert (drained.assignee_id, drained.assigned_why, drained.queued_at) == (desk.sam.id, Why.QUEUE, None)


async def test_what_everybody_lets_pass_waits_and_the_leaders_are_told(desk: Desk) -> None:
    ticket = await desk.opens()
    await desk.does(pass_on, desk.sam, ticket.id)
    await desk.does(pass_on, desk.ida, ticket.id)
    async with desk.at() as uow:
        view = (await uow.tickets.list_views([ticket.id]))[0]
        assert await drain_queue(uow, AT) == 0
    assert (view.assignee_id, view.queued_at) == (None, AT)
    assert {who for key, who in await desk.planned() if key == "ticket-waits"} == {
        desk.team.ana.id,
        desk.team.zoe.id,
        desk.team.ada.id,
    }
    taken = await desk.does(take_ticket, desk.sam, ticket.id)
    assert (taken.assigned_why, taken.passed_by, taken.status) == (Why.TOOK, [], TicketStatus.OPEN)


async def test_of_two_who_take_at_once_one_wins_and_the_other_is_told_who(desk: Desk) -> None:
    ticket = await desk.opens(now=AT + timedelta(hours=12))

    async def take(who: Staff) -> str:
        try:
            await desk.does(take_ticket, who, ticket.id)
        except TicketTaken as taken:
            return f"with {taken.facts['who']}"
        return who.name

    outcomes = sorted(await asyncio.gather(take(desk.sam), take(desk.ida)))
    assert outcomes in (["Ida", "with Ida"], ["Sam", "with Sam"])


async def test_taking_twice_changes_nothing(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    async with desk.at() as uow:
        version = (await uow.tickets.get_for(desk.sam, ticket.id)).version  # type: ignore[attr-defined]
    await desk.does(take_ticket, desk.sam, ticket.id, now=AT + timedelta(minutes=1))
    async with desk.at() as uow:
        assert (await uow.tickets.get_for(desk.sam, ticket.id)).version == version  # type: ignore[attr-defined]


async def test_a_transfer_is_told_with_its_note_and_waits_to_be_accepted(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    given = await desk.does(transfer_ticket, desk.sam, ticket.id, desk.ida, note="You know them")
    assert (given.assignee_id, given.assigned_why, given.accepted_at) == (desk.ida.id, Why.GIVEN, None)
    async with desk.at() as uow:
        newest = (await uow.tickets.list_messages(ticket.id, limit=1))[0]
    assert (newest.lane, newest.text, newest.by) == (Lane.INTERNAL, "You know them", "Sam")
    for wrong in (desk.ida, desk.team.mei):
        with pytest.raises(NotForTickets):
            await desk.does(transfer_ticket, desk.ida, ticket.id, wrong)


async def test_who_leaves_leaves_nothing_behind(desk: Desk) -> None:
    mine = [await desk.taken_by(desk.sam) for _ in range(2)]
    async with desk.at(who=desk.team.ada) as uow:
        sam = await uow.staff.get(desk.sam.id)
        sam.is_active = False
        await uow.flush()
        assert await release_tickets(uow, sam, now=AT) == 2
        views = await uow.tickets.list_views([ticket.id for ticket in mine])
        assert [view.assignee_id for view in views] == [desk.ida.id, desk.ida.id]


# ---------------------------------------------------------------- by a wrong person, twice, out of order

ACTS: dict[str, tuple[Callable[..., Awaitable[Any]], tuple[Any, ...], dict[str, Any]]] = {
    "take": (take_ticket, (), {}),
    "pass": (pass_on, (), {}),
    "answer": (answer_ticket, ("Hello",), {}),
    "wait": (wait_for_customer, (), {}),
    "hold": (hold_ticket, (), {}),
    "go on": (go_on_with_ticket, (), {}),
    "resolve": (resolve_ticket, (), {"solution": "Done"}),
    "priority": (set_priority, (Priority.HIGH,), {}),
    "category": (set_category, (Category.FAULT,), {}),
}


@pytest.mark.parametrize("name", ACTS)
async def test_every_change_by_a_wrong_person_and_when_it_is_over(desk: Desk, name: str) -> None:
    act, args, more = ACTS[name]
    customer = await desk.team.customer(desk.team.mei)
    ticket = await desk.taken_by(desk.sam, customer_id=customer.id)
    refused: list[tuple[Staff, type[CrmError]]] = [
        (desk.ida, TicketTaken),
        (desk.team.mei, NotAllowed),
        (desk.team.tom, RecordNotFound),
    ]
    for who, error in refused:
        with pytest.raises(error):
            await desk.does(act, who, ticket.id, *args, **more)
    async with desk.at() as uow:
        before = (await uow.tickets.list_views([ticket.id]))[0]
    assert (before.status, before.assignee_id, before.priority) == (TicketStatus.OPEN, desk.sam.id, Priority.NORMAL)
    await desk.does(resolve_ticket, desk.sam, ticket.id, solution="Done")
    with pytest.raises(TicketDone):
        await desk.does(act, desk.sam, ticket.id, *args, **more)


@pytest.mark.parametrize("name", ["wait", "hold", "go on", "priority", "category"])
async def test_a_double_tap_changes_nothing(desk: Desk, name: str) -> None:
    act, args, more = ACTS[name]
    ticket = await desk.taken_by(desk.sam)
    await desk.does(act, desk.sam, ticket.id, *args, **more)
    async with desk.at() as uow:
        once = (await uow.tickets.list_views([ticket.id]))[0]
    await desk.does(act, desk.sam, ticket.id, *args, now=AT + timedelta(hours=1), **more)
    async with desk.at() as uow:
        assert (await uow.tickets.list_views([ticket.id]))[0] == once


# ---------------------------------------------------------------- what is said


async def test_an_answer_goes_after_ten_seconds_and_can_be_recalled_until_it_is_tried(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    message = await desk.does(answer_ticket, desk.sam, ticket.id, "A new invoice is on its way")
    async with desk.at() as uow:
        assert (
            await uow.notifications.claim_due(
                AT + timedelta(seconds=9), limit=9, lease=timedelta(seconds=9), holder="h"
            )
            != ()
        )
        row = next(
            row
            for row in await uow.notifications.list_about(f"ticket:{ticket.id}", limit=20)
            if row.key == "ticket-answer"
        )
        assert (row.due_at, row.place, row.facts) == (
            AT + timedelta(seconds=10),
            ASKED.place,
            {"ticket": ticket.id, "message": message.id},
        )
        assert row.attempts == 0
        assert (await uow.tickets.list_views([ticket.id]))[0].first_answered_at == AT
    with pytest.raises(NotAllowed):
        await desk.does(recall_answer, desk.ida, message.id)
    for _ in range(2):
        await desk.does(recall_answer, desk.sam, message.id)
    async with desk.at() as uow:
        assert await uow.tickets.find_answer(message.id) is None
        assert (await uow.tickets.list_views([ticket.id]))[0].first_answered_at is None
        assert (await uow.tickets.list_messages(ticket.id, limit=1))[0].state == "recalled"


async def test_what_was_tried_is_neither_recalled_nor_undone(desk: Desk, database: Database) -> None:
    ticket = await desk.taken_by(desk.sam)
    message = await desk.does(answer_ticket, desk.sam, ticket.id, "Hello")
    later = AT + timedelta(seconds=10)
    async with desk.at(later) as uow:
        assert "ticket-answer" in {
            row.key for row in await uow.notifications.claim_due(later, limit=9, lease=timedelta(seconds=9), holder="h")
        }
    with pytest.raises(AnswerGone):
        await desk.does(recall_answer, desk.sam, message.id)
    async with desk.at(later, desk.sam) as uow:
        action = (await uow.journal.actions_of(desk.sam.id, limit=1))[0]
        with pytest.raises(UndoRefused):
            await uow.journal.undo(action.id, actor=desk.sam, now=later)


async def test_an_answer_that_waits_can_be_undone(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    message = await desk.does(answer_ticket, desk.sam, ticket.id, "Hello")
    async with desk.at(AT, desk.sam) as uow:
        action = (await uow.journal.actions_of(desk.sam.id, limit=1))[0]
        await uow.journal.undo(action.id, actor=desk.sam, now=AT)
    async with desk.at() as uow:
        assert await uow.tickets.find_answer(message.id) is None
        assert not await uow.notifications.withdraw(answer_key(message.id))


async def test_without_a_chat_nothing_can_be_answered(desk: Desk) -> None:
    customer = await desk.team.customer(desk.team.mei)
    ticket = await desk.taken_by(desk.sam, channel=None, place=None, customer_id=customer.id)
    with pytest.raises(NobodyToAnswer) as refusal:
        await desk.does(answer_ticket, desk.sam, ticket.id, "Hello")
    assert refusal.value.facts == {"ticket": ticket.id, "customer": customer.id}


async def test_only_the_lane_to_the_customer_goes_to_the_customer(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    note = await desk.does(note_ticket, desk.ida, ticket.id, "They never pay")
    async with desk.at() as uow:
        assert await uow.tickets.find_answer(note.id) is None
        with pytest.raises(ValueError, match="lane"):
            tell_customer(uow, ticket, note)


# ---------------------------------------------------------------- its life


async def test_waiting_resolved_reopened_closed(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    await desk.does(wait_for_customer, desk.sam, ticket.id)
    async with desk.at() as uow:
        mine = await uow.tickets.get_for(desk.sam, ticket.id)
        await customer_said(uow, mine, "It is number 12", identity=None, now=AT + timedelta(hours=2))
        assert (mine.status, mine.solve_left) == (TicketStatus.OPEN, mine.solve_seconds)
    await desk.does(resolve_ticket, desk.sam, ticket.id, solution="Sent")
    async with desk.at() as uow:
        mine = await uow.tickets.get_for(desk.sam, ticket.id)
        assert (mine.close_at, mine.clock_from) == (datetime(2026, 11, 25, 10, tzinfo=UTC), None)
        await customer_said(uow, mine, "Still wrong!", identity=None, now=AT + timedelta(hours=3))
        assert (mine.status, mine.assignee_id, mine.assigned_why) == (TicketStatus.REOPENED, desk.sam.id, Why.AGAIN)
        with pytest.raises(TicketStillOpen):
            await reopen_for_customer(uow, mine, now=AT)
        await close_ticket(uow, mine, now=AT + timedelta(hours=4))
        await close_ticket(uow, mine, now=AT + timedelta(hours=5))
        assert (mine.closed_at, mine.speaker) == (AT + timedelta(hours=4), Speaker.BOT)
        with pytest.raises(TicketDone):
            await customer_said(uow, mine, "Hello?", identity=None, now=AT)


async def test_a_reopened_one_without_its_agent_goes_to_the_head_of_the_queue(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    await desk.does(resolve_ticket, desk.sam, ticket.id, solution="")
    night = AT + timedelta(hours=12)
    older = await desk.opens(now=night)
    again = await desk.does(reopen_ticket, desk.ida, ticket.id, now=night + timedelta(minutes=1))
    assert (again.assignee_id, again.status) == (None, TicketStatus.REOPENED)
    async with desk.at() as uow:
        assert [view.id for view in await uow.tickets.list_queue(desk.ida, limit=9)] == [ticket.id, older.id]


async def test_a_complaint_reaches_the_manager_at_once(desk: Desk) -> None:
    ticket = await desk.opens(category=Category.COMPLAINT)
    assert ticket.answer_due_at == AT + timedelta(minutes=30)
    assert ("ticket-complaint", desk.team.zoe.id) in await desk.planned()


async def test_merging_keeps_one_and_never_mixes_two_customers(desk: Desk) -> None:
    acme, beta = await desk.team.customer(), await desk.team.customer(name="Beta")
    kept, merged, other = [await desk.taken_by(desk.sam, customer_id=each.id) for each in (acme, acme, beta)]
    with pytest.raises(TicketsOfTwoCustomers):
        await desk.does(merge_tickets, desk.sam, kept.id, other.id)
    for _ in range(2):
        await desk.does(merge_tickets, desk.sam, kept.id, merged.id)
    async with desk.at() as uow:
        views = {view.id: view for view in await uow.tickets.list_views([kept.id, merged.id])}
        assert (views[merged.id].status, views[merged.id].merged_into_id) == (TicketStatus.CLOSED, kept.id)
        assert len(await uow.tickets.list_messages(kept.id, limit=9)) == 2
        action = (await uow.journal.actions_of(desk.sam.id, limit=1))[0]
        await uow.journal.undo(action.id, actor=desk.sam, now=AT)
    async with desk.at() as uow:
        assert (await uow.tickets.list_views([merged.id]))[0].status is TicketStatus.OPEN
        assert len(await uow.tickets.list_messages(merged.id, limit=9)) == 1


async def test_a_long_merge_goes_on_in_chunks_and_is_one_action(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.tickets.merging.MOST_AT_ONCE", 4)
    acme = await desk.team.customer()
    last, kept, merged = [await desk.taken_by(desk.sam, customer_id=acme.id) for _ in range(3)]
    for number in range(10):
        await desk.does(note_ticket, desk.sam, merged.id, f"note {number}")

    async def said_in(ticket: Ticket) -> int:
        async with desk.at() as uow:
            return len(await uow.tickets.list_said(ticket.id, limit=99))

    await desk.does(merge_tickets, desk.sam, kept.id, merged.id)
    assert (await said_in(kept), await said_in(merged)) == (1 + 4, 7)
    assert await next_chunk(desk.database, now=AT)
    await desk.does(merge_tickets, desk.sam, last.id, kept.id)  # what has not gone yet goes on to where the rest is
    await finish_jobs(desk.database, now=AT)
    assert [await said_in(each) for each in (last, kept, merged)] == [1 + 1 + 11, 0, 0]
    async with desk.at() as uow:
        actions = await uow.journal.actions_of(desk.sam.id, limit=2)
    for action in actions:
        async with desk.at() as uow:
            await uow.journal.undo(action.id, actor=desk.sam, now=AT)
        await finish_jobs(desk.database, now=AT)
    assert [await said_in(each) for each in (last, kept, merged)] == [1, 1, 11]


async def test_who_had_very_much_leaves_nothing_behind_either(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.tickets.passing.RELEASED_AT_ONCE", 2)
    tickets = [await desk.taken_by(desk.sam) for _ in range(5)]
    async with desk.at(who=desk.team.ada) as uow:
        left = await deactivate_staff(uow, desk.team.ada, desk.sam.id)
        assert await release_tickets(uow, left, now=AT) == 2
    assert await finish_jobs(desk.database, now=AT) == 2
    async with desk.at() as uow:
        assert {view.assignee_id for view in await uow.tickets.list_views([each.id for each in tickets])} == {
            desk.ida.id
        }
        action = (await uow.journal.actions_of(desk.team.ada.id, limit=1))[0]
        await uow.journal.undo(action.id, actor=desk.team.ada, now=AT)
    async with desk.at() as uow:
        assert len(await uow.tickets.list_active_of(desk.sam.id, limit=9)) == 5


# ---------------------------------------------------------------- who sees it


async def test_who_sees_which_ticket_and_which_customer(desk: Desk) -> None:
    team = desk.team
    acme, beta = await team.customer(team.mei), await team.customer(team.tom, name="Beta")
    ticket = await desk.taken_by(desk.sam, customer_id=acme.id)
    async with desk.at() as uow:
        for person in (desk.sam, desk.ida, team.mei, team.ana, team.zoe, team.ada):
            assert (await uow.tickets.get_for(person, ticket.id)).id == ticket.id
        with pytest.raises(RecordNotFound):
            await uow.tickets.get_for(team.tom, ticket.id)
        assert (await uow.customers.get_for(desk.sam, acme.id)).id == acme.id
        for person, customer in ((desk.sam, beta), (desk.ida, acme)):
            with pytest.raises(RecordNotFound):
                await uow.customers.get_for(person, customer.id)


async def test_its_customer_sees_it_from_any_account_and_nobody_else_does(desk: Desk) -> None:
    acme = await desk.team.customer()
    async with desk.at() as uow:
        contact = await uow.customers.add_contact(a_contact(acme))
        first, second, stranger = [
            await uow.identities.add(Identity(channel="local", user=name, contact_id=of, private_place=f"p:{name}"))
            for name, of in (("a", contact.id), ("b", contact.id), ("c", None))
        ]
    ticket = await desk.opens(identity=first, contact_id=contact.id, customer_id=acme.id, place="p:a")
    await desk.opens(
        identity=first, contact_id=contact.id, customer_id=acme.id, place="a group", now=AT + timedelta(hours=1)
    )
    async with desk.at() as uow:
        for identity in (first, second):
            assert (await uow.tickets.get_asked_by(identity, ticket.id)).id == ticket.id
            found = await uow.tickets.find_last_open(identity)
            assert found is not None and found.id == ticket.id
        with pytest.raises(RecordNotFound):
            await uow.tickets.get_asked_by(stranger, ticket.id)
        assert await uow.tickets.find_last_open(stranger) is None


async def test_a_strangers_tickets_become_the_contacts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = await desk.team.customer(grade="A")
    async with desk.at() as uow:
        contact = await uow.customers.add_contact(a_contact(acme))
        stranger = await uow.identities.add(Identity(channel="local", user="c", private_place="p:c"))
    ticket = await desk.opens(identity=stranger)
    async with desk.at() as uow:
        for expected in (1, 0):
            bound = await asker_is_known(uow, stranger, customer_id=acme.id, contact_id=contact.id, now=AT)
            assert bound == expected
            await uow.flush()
        assert (await uow.tickets.list_views([ticket.id]))[0].customer_id == acme.id
    tickets = [await desk.opens(identity=stranger) for _ in range(5)]
    monkeypatch.setattr("domain.tickets.sorting.LINKED_AT_ONCE", 2)
    async with desk.at() as uow:
        bound = await uow.identities.get(stranger.id)
        bound.contact_id = contact.id
        assert await asker_is_known(uow, bound, customer_id=acme.id, contact_id=contact.id, now=AT) == 2
    await finish_jobs(desk.database, now=AT)
    async with desk.at() as uow:
        views = await uow.tickets.list_views([each.id for each in tickets])
    assert {view.customer_id for view in views} == {acme.id}


async def test_binding_a_stranger_of_many_tickets_begins_one_job(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action has one job: undo looks for it, and stops it."""
    monkeypatch.setattr("domain.tickets.sorting.LINKED_AT_ONCE", 2)
    acme = await desk.team.customer()
    async with desk.at() as uow:
        contact = await uow.customers.add_contact(a_contact(acme))
        stranger = await uow.identities.add(Identity(channel="local", user="c", private_place="p:c"))
    for _ in range(5):
        await desk.opens(identity=stranger)
    async with desk.at() as uow:
        found = await uow.identities.get(stranger.id)
        await bind(uow, found, contact, by=None, now=AT)
        assert await uow.jobs.find_of(await uow.action_id()) is not None
