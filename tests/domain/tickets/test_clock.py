"""The clock of a ticket: working time alone, standing still while the customer is to answer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.company.keeping import unreadable_topics
from domain.company.model import Company
from domain.tickets.clock import (
    Moment,
    apply_policy,
    deadlines_of,
    moments_of,
    standing,
    start_clock,
    stop_clock,
)
from domain.tickets.model import Category, Priority, Ticket, TicketStatus
from domain.tickets.service import Service, service_of
from domain.values.spans import read_span

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)  # London, so that clocks read as they are written


def company(**levels: Any) -> Company:
    settings = {"service": levels} if levels else {}
    return Company(timezone="Europe/London", country="GB", work_start=time(9), work_end=time(17), settings=settings)


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    return FRIDAY + timedelta(days=day, hours=hour, minutes=minute)


def opened(service: Service, when: datetime, *, priority: Priority = Priority.NORMAL) -> Ticket:
    ticket = Ticket(title="x", priority=priority, opened_at=when)
    apply_policy(ticket, service.policy(priority, ticket.category, None), service.calendar, now=when)
    start_clock(ticket, service.calendar, now=when)
    return ticket


def test_one_working_hour_from_friday_half_past_four_is_monday_half_past_nine() -> None:
    ticket = opened(service_of(company()), at(16, 30))
    assert ticket.answer_due_at == at(9, 30, day=3)
    assert ticket.solve_due_at == at(16, 30, day=4)  # two days of eight hours


@pytest.mark.parametrize(
    ("priority", "answer", "solve"),
    [
        (Priority.URGENT, timedelta(minutes=15), timedelta(hours=4)),
        (Priority.HIGH, timedelta(minutes=30), timedelta(hours=8)),
        (Priority.NORMAL, timedelta(hours=1), timedelta(hours=16)),
        (Priority.LOW, timedelta(hours=4), timedelta(hours=40)),
    ],
)
def test_what_is_promised_by_default(priority: Priority, answer: timedelta, solve: timedelta) -> None:
    policy = service_of(company()).policy(priority, Category.FAULT, "A")
    assert (policy.answer, policy.solve) == (answer, solve)


def test_a_complaint_is_promised_the_stricter_of_both() -> None:
    service = service_of(company())
    normal = service.policy(Priority.NORMAL, Category.COMPLAINT, None)
    urgent = service.policy(Priority.URGENT, Category.COMPLAINT, None)
    assert (normal.answer, normal.solve) == (timedelta(minutes=30), timedelta(hours=6))
    assert (urgent.answer, urgent.solve) == (timedelta(minutes=15), timedelta(hours=4))


def test_a_grade_may_be_promised_more() -> None:
    normal = {"answer": "1h", "solve": "2d", "grades": {"A": {"answer": "20m"}}}
    service = service_of(company(normal=normal, capacity=8, capacity_of={"3": 2}))
    assert service.policy(Priority.NORMAL, Category.FAULT, "A").solve == timedelta(hours=16)
    assert service.policy(Priority.NORMAL, Category.FAULT, "A").answer == timedelta(minutes=20)
    assert service.policy(Priority.NORMAL, Category.FAULT, "B").answer == timedelta(hours=1)
    assert (service.accept, service.close) == (timedelta(minutes=10), timedelta(hours=24))
    assert [service.capacity_of(person) for person in (1, 3)] == [8, 2]
    assert service.stamp != service_of(company()).stamp


def test_what_nobody_could_have_set_is_not_believed() -> None:
    odd = company(high={"answer": "soon", "solve": "1d"})
    assert service_of(odd).policy(Priority.HIGH, Category.FAULT, None).answer == timedelta(minutes=30)
    assert unreadable_topics(odd) == ["service"]


def test_several_stretches_a_day_and_half_a_saturday() -> None:
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "9:00-12:00 13:00-17:00") | {"sat": "10-12"}
    company_ = Company(timezone="Europe/London", country="GB", settings={"calendar": hours})
    calendar = service_of(company_).calendar
    assert calendar.add(at(11, 30), timedelta(hours=1)) == at(13, 30)
    assert calendar.add(at(16), timedelta(hours=2)) == at(11, day=1)
    assert calendar.add(at(16), timedelta(hours=4)) == at(10, day=3)
    assert (calendar.is_open(at(12, 30)), calendar.opens_at(at(12, 30))) == (False, at(13))
    assert calendar.opens_at(at(18)) == at(10, day=1)
    assert calendar.opens_at(at(9, 5)) == at(9, 5)


def test_make_up_days_are_worked_and_holidays_are_not() -> None:
    plain, entered = company(), company()
    entered.extra_workdays, entered.extra_holidays = ["2026-11-21"], ["2026-11-23"]
    assert service_of(plain).calendar.add(at(16, 30), timedelta(hours=1)) == at(9, 30, day=3)
    assert service_of(entered).calendar.add(at(16, 30), timedelta(hours=9)) == at(9, 30, day=4)
    assert service_of(plain).calendar.stamp != service_of(entered).calendar.stamp
    assert service_of(company()).calendar.stamp == service_of(plain).calendar.stamp


def test_it_stands_still_while_the_customer_is_to_answer() -> None:
    calendar = service_of(company()).calendar
    ticket = opened(service_of(company()), at(9))
    stop_clock(ticket, calendar, now=at(11))
    ticket.status = TicketStatus.WAITING
    assert (ticket.solve_due_at, ticket.answer_due_at, moments_of(ticket, standing(ticket))) == (None, None, {})
    stop_clock(ticket, calendar, now=at(15))  # a second time changes nothing
    start_clock(ticket, calendar, now=at(10, day=3))
    assert ticket.solve_due_at == at(16, day=4)  # fourteen hours were left


def test_another_priority_counts_what_has_passed() -> None:
    service = service_of(company())
    ticket = opened(service, at(9))
    apply_policy(ticket, service.policy(Priority.URGENT, Category.FAULT, None), service.calendar, now=at(10))
    assert (ticket.answer_due_at, ticket.solve_due_at) == (at(10), at(13))  # fifteen minutes were over: due at once
    apply_policy(ticket, service.policy(Priority.LOW, Category.FAULT, None), service.calendar, now=at(11))
    assert (ticket.answer_due_at, ticket.solve_due_at) == (at(13), at(17, day=6))


def test_the_warning_comes_at_three_quarters() -> None:
    ticket = opened(service_of(company()), at(9))
    assert moments_of(ticket, standing(ticket)) == {
        Moment.ANSWER_WARN: at(9, 45),
        Moment.ANSWER_DUE: at(10),
        Moment.SOLVE_WARN: at(13, day=3),
        Moment.SOLVE_DUE: at(17, day=3),
    }
    ticket.first_answered_at = at(9, 10)
    assert set(moments_of(ticket, standing(ticket))) == {Moment.SOLVE_WARN, Moment.SOLVE_DUE}


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),  # noqa: DTZ001 - made aware below
    pauses=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=6),
)
def test_pauses_move_the_deadline_by_just_the_work_in_them(start: datetime, pauses: list[tuple[int, int]]) -> None:
    service = service_of(company())
    now = start.replace(tzinfo=UTC, second=0, microsecond=0)
    ticket, worked = opened(service, now), timedelta()
    for runs, stands in pauses:
        began, now = now, now + timedelta(minutes=runs)
        worked += service.calendar.between(began, now)
        stop_clock(ticket, service.calendar, now=now)
        now += timedelta(minutes=stands)
        start_clock(ticket, service.calendar, now=now)
    assert ticket.clock_from == now
    assert timedelta(seconds=ticket.solve_left) == timedelta(seconds=ticket.solve_seconds) - worked
    due_at = deadlines_of(ticket, service.calendar).solve_due_at
    assert due_at is not None
    if ticket.solve_left > 0:
        assert service.calendar.between(now, due_at) == timedelta(seconds=ticket.solve_left)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30m", 30), ("4h", 240), (" 2 D ", 960), ("2天", 960), ("0m", None), ("soon", None), ("-1h", None)],
)
def test_spans_as_people_write_them(text: str, minutes: int | None) -> None:
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert read_span(text, timedelta(hours=8)) == expected
