"""What must be done about tickets when time passes: warnings, breaches, offers that nobody accepts, closing by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import Counted, Looked, UnitOfWork
from domain.tickets.clock import Deadlines, Moment, deadlines_of, moments_of, promised, standing
from domain.tickets.closing import close_ticket
from domain.tickets.model import Ticket
from domain.tickets.passing import let_pass
from domain.tickets.service import Service, service_of
from domain.tickets.telling import tell_deadline

OLD_NEWS = timedelta(days=7)  # a breach found later than this came with an import, or after a long stop
MOST_ACTS = 20  # offers that pass on and tickets that close, each with some statements, in one transaction
_WARNINGS = {Moment.ANSWER_WARN: Moment.ANSWER_DUE, Moment.SOLVE_WARN: Moment.SOLVE_DUE}


async def look_at_tickets(uow: UnitOfWork, now: datetime, *, limit: int) -> int:
    """Look at tickets that changed or whose time has come; gives how many, at most ``limit``.

    Each warning and breach is said once in a ticket's life, whoever looks how often.
    """
    looked_at = await uow.tickets.list_to_look(now, limit=limit)
    if not looked_at:
        return 0
    service = service_of(await uow.company.get())
    grades = await uow.tickets.grades_of({ticket.customer_id for ticket, _ in looked_at if ticket.customer_id})
    people = {person.id: person for person in await uow.staff.list_active()}
    counted: list[Counted] = []
    looked: list[Looked] = []
    acts = 0
    for ticket, version in looked_at:
        now_counted = _count(ticket, service, grades)
        deadlines = standing(ticket) if ticket.clock_from is None else now_counted.deadlines
        if deadlines != standing(ticket):  # an undo brought back those of another calendar, or it waited meanwhile
            counted.append(now_counted)
        moments = moments_of(ticket, deadlines)
        due = {moment for moment, at in moments.items() if at <= now}
        if due & {Moment.PASS_ON, Moment.CLOSE}:
            acts += 1
            if acts <= MOST_ACTS:
                await _act(uow, ticket, now=now)
            continue
        _tell(uow, ticket, deadlines, due, people, now=now)
        again = min((at for at in moments.values() if at > now), default=None)
        looked.append(Looked(ticket.id, version, again, service.stamp))
    await uow.tickets.write_deadlines(counted)
    await uow.tickets.mark_looked(looked)
    return limit if acts > MOST_ACTS else len(looked_at)


async def _act(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """It is looked at again afterwards, because it has changed."""
    if ticket.is_active:
        await let_pass(uow, ticket, now=now)
        uow.happened("ticket-passed-on", ticket=ticket.id)
    else:
        await close_ticket(uow, ticket, now=now)


def _tell(
    uow: UnitOfWork,
    ticket: Ticket,
    deadlines: Deadlines,
    due: set[Moment],
    people: Mapping[int, Staff],
    *,
    now: datetime,
) -> None:
    """Of a warning and its breach, missed together, the breach alone is said."""
    holder = people.get(ticket.assignee_id or 0)
    deadline_of = {Moment.ANSWER_DUE: deadlines.answer_due_at, Moment.SOLVE_DUE: deadlines.solve_due_at}
    for warning, breach in _WARNINGS.items():
        moment = breach if breach in due else warning if warning in due else None
        at = deadline_of[breach]
        if moment is not None and at is not None and now - at < OLD_NEWS:
            knows = ticket.accepted_at is not None and ticket.accepted_at > at  # who took it late saw that on its card
            hear = _who_hears(moment, holder, list(people.values()))
            hear = [person for person in hear if person is not holder or not knows]
            tell_deadline(uow, moment, ticket, hear, at=at, now=now)


def _who_hears(moment: Moment, holder: Staff | None, people: Sequence[Staff]) -> list[Staff]:
    """Who has it is warned, their leaders hear of a breach, too; of what nobody has they hear both."""
    mine = [holder] if holder is not None else []
    return mine if moment in _WARNINGS and mine else [*mine, *leaders_of(holder, people)]


async def recount_tickets(uow: UnitOfWork, now: datetime, *, limit: int) -> int:
    """The calendar or a level was changed: count the deadlines of open tickets anew; gives how many, at most ``limit``."""
    service = service_of(await uow.company.get())
    tickets = await uow.tickets.list_by_other_service(service.stamp, limit=limit)
    grades = await uow.tickets.grades_of({ticket.customer_id for ticket in tickets if ticket.customer_id})
    await uow.tickets.write_deadlines([_count(ticket, service, grades) for ticket in tickets])
    return len(tickets)


def _count(ticket: Ticket, service: Service, grades: Mapping[int, str]) -> Counted:
    """What is promised now, and until when. The ticket stays as it is: this is nobody's change."""
    policy = service.policy(ticket.priority, ticket.category, grades.get(ticket.customer_id or 0))
    promise = promised(ticket, policy)
    return Counted(ticket.id, promise, deadlines_of(ticket, service.calendar, promise), service.stamp)
