"""What happens to tickets when time passes: warned, breached, passed on, closed, recounted; once, whoever looks."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from domain.company.actions import enter_days
from domain.company.changing import change_topic
from domain.company.topics import GradeLevel, Level, ServiceLevels
from domain.customers.model import Customer
from domain.tickets.answering import answer_ticket
from domain.tickets.closing import reopen_ticket, resolve_ticket
from domain.tickets.model import Priority, TicketStatus
from domain.tickets.passing import take_ticket
from domain.tickets.planning import look_at_tickets, recount_tickets
from domain.tickets.sorting import set_priority
from domain.tickets.waiting import wait_for_customer
from scheduler.planners import QUEUE, RECOUNT, TICKETS, run_planner
from storage.dialects import is_sqlite
from storage.engine import Database
from tests.storage.desk import AT, Desk


async def looks(desk: Desk, now: datetime) -> int:
    return await run_planner(desk.database.unit_of_work, TICKETS, now, read=desk.database.read)


def keys(planned: list[tuple[str, int | None]], *but: str) -> list[tuple[str, int | None]]:
    return [one for one in planned if one[0] not in {"ticket-assigned", *but}]


async def test_warned_at_three_quarters_and_the_manager_hears_of_the_breach(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    await looks(desk, AT + timedelta(minutes=44))
    assert keys(await desk.planned()) == []
    for _ in range(2):
        await looks(desk, AT + timedelta(minutes=45))
    assert keys(await desk.planned()) == [("ticket-answer-warn", desk.sam.id)]
    for minutes in (60, 61):
        await looks(desk, AT + timedelta(minutes=minutes))
    breached = keys(await desk.planned(), "ticket-answer-warn")
    assert breached == [("ticket-answer-due", desk.sam.id), ("ticket-answer-due", desk.team.zoe.id)]
    await desk.does(answer_ticket, desk.sam, ticket.id, "Hello")
    await looks(desk, AT + timedelta(hours=2))
    assert keys(await desk.planned(), "ticket-answer-warn") == breached


async def test_two_machines_at_once_say_it_once(desk: Desk) -> None:
    for _ in range(5):
        await desk.taken_by(desk.sam)
    late = AT + timedelta(hours=1)
    await asyncio.gather(*(looks(desk, late) for _ in range(4)))
    assert len(keys(await desk.planned())) == 10  # who has it and the manager, of each


async def test_nothing_waits_for_the_planner_when_all_was_looked_at(desk: Desk) -> None:
    await desk.taken_by(desk.sam)
    await looks(desk, AT)
    async with desk.database.read() as uow:
        assert not await uow.tickets.is_any_to_look(AT + timedelta(minutes=44))
        assert await uow.tickets.is_any_to_look(AT + timedelta(minutes=45))
    await desk.does(set_priority, desk.sam, 1, Priority.URGENT)
    async with desk.database.read() as uow:
        assert await uow.tickets.is_any_to_look(AT)


async def test_what_is_not_accepted_passes_on_and_then_waits(desk: Desk) -> None:
    ticket = await desk.opens()
    for minutes, holder in ((9, desk.sam.id), (10, desk.ida.id), (19, desk.ida.id), (20, None), (60, None)):
        await looks(desk, AT + timedelta(minutes=minutes))
        await run_planner(desk.database.unit_of_work, QUEUE, AT + timedelta(minutes=minutes))
        async with desk.at() as uow:
            view = (await uow.tickets.list_views([ticket.id]))[0]
        assert (minutes, view.assignee_id) == (minutes, holder)
    waits = [who for key, who in await desk.planned() if key == "ticket-waits"]
    assert sorted(filter(None, waits)) == sorted({desk.team.ana.id, desk.team.zoe.id, desk.team.ada.id})


async def test_solved_closes_by_itself_after_three_working_days(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    await desk.does(resolve_ticket, desk.sam, ticket.id, solution="Sent")
    wednesday = datetime(2026, 11, 25, 10, tzinfo=UTC)
    for now, status in ((wednesday - timedelta(minutes=1), "resolved"), (wednesday, "closed")):
        await looks(desk, now)
        async with desk.at() as uow:
            assert (await uow.tickets.list_views([ticket.id]))[0].status == status


async def test_another_calendar_recounts_what_runs_and_nothing_else(desk: Desk) -> None:
    running, waiting, over = [await desk.taken_by(desk.sam) for _ in range(3)]
    await desk.does(wait_for_customer, desk.sam, waiting.id)
    await desk.does(resolve_ticket, desk.sam, over.id, solution="")
    await looks(desk, AT)
    async with desk.at() as uow:
        before = {view.id: view.solve_due_at for view in await uow.tickets.list_views([running.id, over.id])}
        assert await recount_tickets(uow, AT, limit=9) == 0
    async with desk.at(AT, desk.team.ada) as uow:
        await enter_days(uow, free=[date(2026, 11, 23)])
    await run_planner(desk.database.unit_of_work, RECOUNT, AT)
    async with desk.at() as uow:
        after = {view.id: view.solve_due_at for view in await uow.tickets.list_views([running.id, waiting.id, over.id])}
        assert await recount_tickets(uow, AT, limit=9) == 0
    earlier = before[running.id]
    assert earlier is not None
    assert after == {running.id: earlier + timedelta(days=1), waiting.id: None, over.id: before[over.id]}


async def test_an_undo_brings_back_deadlines_that_the_planner_counts_anew(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    await desk.does(set_priority, desk.sam, ticket.id, Priority.LOW)
    async with desk.at(AT, desk.team.ada) as uow:
        await enter_days(uow, free=[date(2026, 11, 23)])
    await run_planner(desk.database.unit_of_work, RECOUNT, AT)
    async with desk.at(AT, desk.sam) as uow:
        action = (await uow.journal.actions_of(desk.sam.id, limit=1))[0]
        await uow.journal.undo(action.id, actor=desk.sam, now=AT)
    async with desk.at() as uow:
        await look_at_tickets(uow, AT, limit=9)
    async with desk.at() as uow:
        view = (await uow.tickets.list_views([ticket.id]))[0]
    assert view.solve_due_at == datetime(2026, 11, 25, 10, tzinfo=UTC)  # two days, without Monday


async def test_old_breaches_that_came_with_an_import_are_not_told(desk: Desk) -> None:
    await desk.taken_by(desk.sam)
    await looks(desk, AT + timedelta(days=30))
    assert keys(await desk.planned()) == []


async def test_the_planner_and_the_queue_are_found_by_their_indexes(desk: Desk, database: Database) -> None:
    async with desk.at() as uow:
        if not is_sqlite(uow.session):
            # The tables are empty, where all ways cost the same.
            for way in ("seqscan", "bitmapscan", "sort"):
                await uow.session.execute(text(f"SET LOCAL enable_{way} = off"))
        explain = "EXPLAIN QUERY PLAN " if is_sqlite(uow.session) else "EXPLAIN "
        for question, index in (
            (
                "SELECT id FROM tickets WHERE looked_version IS NULL OR looked_version <> version ORDER BY id LIMIT 9",
                "unlooked",
            ),
            ("SELECT id FROM tickets WHERE look_at <= '2026-11-20' ORDER BY look_at LIMIT 9", "look_at"),
            ("SELECT id FROM tickets WHERE queued_at IS NOT NULL ORDER BY at_head DESC, queued_at LIMIT 9", "queue"),
            (
                "SELECT id FROM tickets WHERE clock_from IS NOT NULL AND counted_by > 'x' ORDER BY counted_by LIMIT 9",
                "counted_by",
            ),
            ("SELECT count(*) FROM tickets WHERE assignee_id = 1 AND status NOT IN ('resolved', 'closed')", "held"),
        ):
            plan = "\n".join(str(tuple(row)) for row in await uow.session.execute(text(explain + question)))
            assert f"ix_tickets_{index}" in plan, plan


async def test_a_reopened_ticket_is_warned_about_again(desk: Desk) -> None:
    ticket = await desk.taken_by(desk.sam)
    friday = datetime(2026, 11, 24, 10, tzinfo=UTC)
    await looks(desk, friday)
    await desk.does(resolve_ticket, desk.sam, ticket.id, solution="", now=friday)
    again = await desk.does(reopen_ticket, desk.sam, ticket.id, now=friday)
    assert again.status is TicketStatus.REOPENED
    await desk.does(take_ticket, desk.sam, ticket.id, now=friday)
    await looks(desk, again.solve_due_at)
    breaches = [who for key, who in await desk.planned() if key == "ticket-solve-due"]
    assert sorted(filter(None, breaches)) == sorted([desk.sam.id, desk.team.zoe.id] * 2)


async def test_a_customers_grade_and_a_persons_capacity_count_from_the_moment_they_are_set(desk: Desk) -> None:
    async with desk.at(AT, desk.team.ada) as uow:
        customer = await uow.customers.add(
            Customer(name="ACME", name_key="acme", owner_id=desk.team.tom.id, grade="A", created_at=AT)
        )
    running = await desk.taken_by(desk.sam, customer_id=customer.id)
    await looks(desk, AT)
    levels = ServiceLevels().model_copy(
        update={
            "normal": Level(answer="1h", solve="2d", grades={"A": GradeLevel(answer="20m")}),
            "capacity_of": {desk.sam.id: 1, desk.ida.id: 1},
        }
    )
    async with desk.at(AT, desk.team.zoe) as uow:
        await change_topic(uow, desk.team.zoe, service=levels, now=AT)
    await run_planner(desk.database.unit_of_work, RECOUNT, AT)
    second, third = await desk.opens(customer_id=customer.id), await desk.opens()
    async with desk.at() as uow:
        views = {view.id: view for view in await uow.tickets.list_views([running.id, second.id, third.id])}
    assert [views[one.id].answer_due_at for one in (running, second)] == [AT + timedelta(minutes=20)] * 2
    assert (views[second.id].assignee_id, views[third.id].assignee_id) == (desk.ida.id, None)
    assert views[third.id].answer_due_at == AT + timedelta(hours=1)
