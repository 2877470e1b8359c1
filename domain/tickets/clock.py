"""The clock of a ticket counts working time alone, and stands still while the customer is to answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.tickets.model import RUNNING, Ticket, TicketStatus
from domain.tickets.service import Policy, Service, ServiceCalendar

WARN_BEFORE = 4  # a quarter of the time is left


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """Aware UTC; None where the clock stands still."""

    answer_warn_at: datetime | None = None
    answer_due_at: datetime | None = None
    solve_warn_at: datetime | None = None
    solve_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Seconds of work: promised in all, and left when the clock was last started."""

    answer_seconds: int
    solve_seconds: int
    answer_left: int
    solve_left: int


class Moment(StrEnum):
    """What the planner does at a moment of a ticket."""

    ANSWER_WARN = "answer-warn"
    ANSWER_DUE = "answer-due"
    SOLVE_WARN = "solve-warn"
    SOLVE_DUE = "solve-due"
    PASS_ON = "pass-on"  # noqa: S105 - no secret
    CLOSE = "close"


def start_clock(ticket: Ticket, calendar: ServiceCalendar, *, now: datetime) -> None:
    """Go on from what is left."""
    ticket.clock_from = now
    write_deadlines(ticket, deadlines_of(ticket, calendar))


def stop_clock(ticket: Ticket, calendar: ServiceCalendar, *, now: datetime) -> None:
    """Keep what is left; there is no deadline until it goes on."""
    use_up(ticket, calendar, now=now)
    ticket.clock_from = None
    write_deadlines(ticket, Deadlines())


def end_clock(ticket: Ticket, calendar: ServiceCalendar, *, now: datetime) -> None:
    """It is over. The deadlines stay: whether they were kept is told by them later."""
    use_up(ticket, calendar, now=now)
    ticket.clock_from = None


def use_up(ticket: Ticket, calendar: ServiceCalendar, *, now: datetime) -> None:
    """Take what has passed since ``clock_from`` off what is left, and count on from ``now``. Less than nothing may be left."""
    if ticket.clock_from is None:
        return
    passed = int(calendar.between(ticket.clock_from, now).total_seconds())
    ticket.answer_left, ticket.solve_left = ticket.answer_left - passed, ticket.solve_left - passed
    ticket.clock_from = now


def apply_policy(ticket: Ticket, policy: Policy, calendar: ServiceCalendar, *, now: datetime) -> None:
    """Promise this from now on; what has passed already counts."""
    use_up(ticket, calendar, now=now)
    promise = promised(ticket, policy)
    ticket.answer_seconds, ticket.solve_seconds = promise.answer_seconds, promise.solve_seconds
    ticket.answer_left, ticket.solve_left = promise.answer_left, promise.solve_left
    if ticket.clock_from is not None:
        write_deadlines(ticket, deadlines_of(ticket, calendar))


def promise_of(ticket: Ticket) -> Promise:
    """The one that stands on it."""
    return Promise(
        answer_seconds=ticket.answer_seconds,
        solve_seconds=ticket.solve_seconds,
        answer_left=ticket.answer_left,
        solve_left=ticket.solve_left,
    )


def promised(ticket: Ticket, policy: Policy) -> Promise:
    """What the policy promises in place of what stands on the ticket; what was used up stays used up."""
    standing = promise_of(ticket)
    solve = int(policy.solve.total_seconds())
    new = replace(standing, solve_seconds=solve, solve_left=standing.solve_left + solve - standing.solve_seconds)
    answer = int(policy.answer.total_seconds())
    return replace(new, answer_seconds=answer, answer_left=standing.answer_left + answer - standing.answer_seconds)


def begin_again(ticket: Ticket, calendar: ServiceCalendar, *, now: datetime) -> None:
    """Reopened: the whole time for a solution counts anew."""
    ticket.solve_left = ticket.solve_seconds
    start_clock(ticket, calendar, now=now)


def deadlines_of(ticket: Ticket, calendar: ServiceCalendar, promise: Promise | None = None) -> Deadlines:
    """By what stands on the ticket, or by another promise."""
    if ticket.clock_from is None:
        return Deadlines()
    promise = promise or promise_of(ticket)
    solve_warn_at, solve_due_at = _pair(promise.solve_left, promise.solve_seconds, ticket.clock_from, calendar)
    solve = Deadlines(solve_warn_at=solve_warn_at, solve_due_at=solve_due_at)
    if ticket.first_answered_at is not None:  # it was kept or not by then, and is no further question
        return replace(solve, answer_warn_at=ticket.answer_warn_at, answer_due_at=ticket.answer_due_at)
    answer_warn_at, answer_due_at = _pair(promise.answer_left, promise.answer_seconds, ticket.clock_from, calendar)
    return replace(solve, answer_warn_at=answer_warn_at, answer_due_at=answer_due_at)


def _pair(left: int, whole: int, since: datetime, calendar: ServiceCalendar) -> tuple[datetime, datetime]:
    """The warning and the deadline. What was used up before is due at once."""
    due_at = calendar.add(since, timedelta(seconds=max(0, left)))
    return calendar.add(since, timedelta(seconds=max(0, left - whole // WARN_BEFORE))), due_at


def write_deadlines(ticket: Ticket, deadlines: Deadlines) -> None:
    if ticket.first_answered_at is None:
        ticket.answer_warn_at, ticket.answer_due_at = deadlines.answer_warn_at, deadlines.answer_due_at
    ticket.solve_warn_at, ticket.solve_due_at = deadlines.solve_warn_at, deadlines.solve_due_at


def close_after(service: Service, resolved_at: datetime) -> datetime:
    return service.calendar.add(resolved_at, service.close)


def standing(ticket: Ticket) -> Deadlines:
    """The deadlines that are written on it."""
    return Deadlines(
        answer_warn_at=ticket.answer_warn_at,
        answer_due_at=ticket.answer_due_at,
        solve_warn_at=ticket.solve_warn_at,
        solve_due_at=ticket.solve_due_at,
    )


def moments_of(ticket: Ticket, deadlines: Deadlines) -> dict[Moment, datetime]:
    """What the planner must do with a ticket, and when, as it stands."""
    moments: dict[Moment, datetime | None] = {}
    if ticket.status in RUNNING and ticket.clock_from is not None:
        if ticket.first_answered_at is None:
            moments |= {Moment.ANSWER_WARN: deadlines.answer_warn_at, Moment.ANSWER_DUE: deadlines.answer_due_at}
        moments |= {Moment.SOLVE_WARN: deadlines.solve_warn_at, Moment.SOLVE_DUE: deadlines.solve_due_at}
    if ticket.is_active and ticket.assignee_id is not None and ticket.accepted_at is None:
        moments[Moment.PASS_ON] = ticket.accept_by
    if ticket.status is TicketStatus.RESOLVED:
        moments[Moment.CLOSE] = ticket.close_at
    return {moment: at for moment, at in moments.items() if at is not None}
