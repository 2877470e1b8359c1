"""What a change of the settings would do, found by looking at what there is. Each look is bounded, so that it stays quick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.company.figures import Effect, QuietLead
from domain.company.model import Company
from domain.company.named import NamedList
from domain.company.topics import CompanySettings, Locks, Masks, ReminderLadder
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.leading import leaders_of
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.rules.ladder import rungs_for
from domain.tickets.clock import deadlines_of, promised, standing
from domain.tickets.model import Ticket
from domain.tickets.service import Service, service_from
from domain.values.calendars import Calendar
from domain.values.zones import at_local, local

MOST = 1000
A_MONTH = timedelta(days=30)
A_LADDER = timedelta(days=2)  # for each working day of the ladder, so long may a lead have stood before the month


async def effects_of(
    uow: UnitOfWork, before: CompanySettings, after: CompanySettings, *, now: datetime
) -> Sequence[Effect]:
    """A line for each thing that would change; none where only words do. ``now`` is aware UTC."""
    effects: list[Effect] = []
    services = (_service(before), _service(after))
    if services[0].stamp != services[1].stamp:
        effects += await _on_deadlines(uow, services[1], now=now)
    if before.service != after.service:
        effects += await _on_desks(uow, before, after)
    if before.ladder != after.ladder:
        effects += await _on_reminders(uow, before.ladder, after.ladder, now=now)
    if before.forecast != after.forecast:
        effects += await _on_forecast(uow, before, after)
    for name in ("stages", "sources", "lost_reasons"):
        effects += await _on_list(uow, name, getattr(before, name), getattr(after, name))
    if before.company.currency != after.company.currency:
        effects.append(Effect("effect-amounts-stay", {"currency": before.company.currency}))
    for topic in ("masks", "locks"):
        effects += await _on_roles(uow, topic, getattr(before, topic), getattr(after, topic))
    if before.retention != after.retention:
        effects.append(Effect("effect-retention", {}))
    if before.points != after.points:
        effects.append(Effect("effect-points", {"on": after.points.is_on}))
    return effects


def _service(settings: CompanySettings) -> Service:
    return service_from(settings.company, settings.calendar, settings.service)


# ---------------------------------------------------------------- tickets


async def _on_deadlines(uow: UnitOfWork, service: Service, *, now: datetime) -> Sequence[Effect]:
    """How many open tickets get other deadlines, and how many of them would be late at once."""
    tickets = await uow.tickets.list_running(limit=MOST)
    grades = await uow.tickets.grades_of({ticket.customer_id for ticket in tickets if ticket.customer_id})
    new = {ticket: _counted(ticket, service, grades.get(ticket.customer_id or 0)) for ticket in tickets}
    moved = [
        ticket for ticket, at in new.items() if at != (standing(ticket).answer_due_at, standing(ticket).solve_due_at)
    ]
    late = sum(
        _is_late(new[ticket], now) and not _is_late((ticket.answer_due_at, ticket.solve_due_at), now)
        for ticket in moved
    )
    return [Effect("effect-deadlines", {"count": len(moved), "late": late, "more": len(tickets) == MOST})]


def _counted(ticket: Ticket, service: Service, grade: str | None) -> tuple[datetime | None, datetime | None]:
    policy = service.policy(ticket.priority, ticket.category, grade)
    deadlines = deadlines_of(ticket, service.calendar, promised(ticket, policy))
    return deadlines.answer_due_at, deadlines.solve_due_at


def _is_late(deadlines: tuple[datetime | None, datetime | None], now: datetime) -> bool:
    return any(at is not None and at <= now for at in deadlines)


async def _on_desks(uow: UnitOfWork, before: CompanySettings, after: CompanySettings) -> Sequence[Effect]:
    effects: list[Effect] = []
    old, new = _service(before), _service(after)
    if (before.service.capacity, before.service.capacity_of) != (after.service.capacity, after.service.capacity_of):
        people = await uow.staff.list_active()
        loads = await uow.tickets.list_loads([person.id for person in people])
        over = [
            load for load in loads if new.capacity_of(load.staff_id) < load.active <= old.capacity_of(load.staff_id)
        ]
        effects.append(Effect("effect-over-capacity", {"count": len(over)}))
    if before.service.accept != after.service.accept:
        effects.append(Effect("effect-from-now-on", {"what": "accept"}))
    if before.service.close != after.service.close:
        effects.append(Effect("effect-from-now-on", {"what": "close"}))
    return effects


# ---------------------------------------------------------------- the ladder


async def _on_reminders(
    uow: UnitOfWork, before: ReminderLadder, after: ReminderLadder, *, now: datetime
) -> Sequence[Effect]:
    """How often the last month would have reminded, and how many are reminded as soon as it is saved."""
    longest = max(
        rung.after for ladder in (before, after) for grade in ("A", "B", "C", None) for rung in rungs_for(ladder, grade)
    )
    leads = await uow.company.list_quiet_leads(since=now - A_MONTH - longest * A_LADDER, limit=5 * MOST)
    looked = _LastMonth(await uow.company.get(), await uow.staff.list_active(), now)
    was, would = (sum(looked.reminders(lead, ladder) for lead in leads) for ladder in (before, after))
    at_once = sum(
        looked.reached(lead, after) > max(lead.rung, looked.reached(lead, before)) for lead in leads if lead.is_open
    )
    facts = {"before": was, "after": would, "now": at_once, "more": len(leads) == 5 * MOST}
    return [Effect("effect-reminders", facts)]


class _LastMonth:
    """Counts for many leads; what a day and an owner have in common is thought about once."""

    def __init__(self, company: Company, people: Sequence[Staff], now: datetime) -> None:
        self._people = {person.id: person for person in people}
        self._first = next(iter(leaders_of(None, people)), None)
        self._company, self._now = company, now
        self._calendars: dict[int, Calendar] = {}
        self._reached: dict[tuple[int, date, int], datetime] = {}

    def reminders(self, lead: QuietLead, ladder: ReminderLadder) -> int:
        """Steps that it reached in the last thirty days before anybody did something."""
        until = min(lead.touched_at or self._now, self._now)
        return sum(self._now - A_MONTH < at <= until for at in self._moments(lead, ladder))

    def reached(self, lead: QuietLead, ladder: ReminderLadder) -> int:
        """The highest step by now; none for what somebody has touched."""
        return 0 if lead.touched_at is not None else sum(at <= self._now for at in self._moments(lead, ladder))

    def _moments(self, lead: QuietLead, ladder: ReminderLadder) -> Sequence[datetime]:
        keeper = self._people.get(lead.owner_id or 0, self._first)
        if keeper is None:
            return ()
        day = local(lead.created_at, keeper.timezone).date()
        return [self._at(keeper, day, rung.after) for rung in rungs_for(ladder, lead.grade)]

    def _at(self, keeper: Staff, day: date, after: int) -> datetime:
        key = (keeper.id, day, after)
        if key not in self._reached:
            calendar = self._calendars.setdefault(keeper.id, calendar_of(keeper, self._company))
            reached_on = calendar.add_workdays(day, after, hours_of(keeper))
            self._reached[key] = at_local(reached_on, keeper.work_start, keeper.timezone)
        return self._reached[key]


# ---------------------------------------------------------------- the forecast


async def _on_forecast(uow: UnitOfWork, before: CompanySettings, after: CompanySettings) -> Sequence[Effect]:
    """How many open sales stand in a stage that counts otherwise, where too few ended to say better."""
    old, new = ([each.key for each in settings.stages] for settings in (before, after))
    moved = [stage for stage in new if before.forecast.chance(stage, old) != after.forecast.chance(stage, new)]
    if not moved:
        return ()
    counts = await uow.company.count_chosen("stages", moved, limit=5 * MOST)
    return [Effect("effect-forecast", {"count": sum(counts.values()), "least": after.forecast.least})]


# ---------------------------------------------------------------- roles


async def _on_roles(uow: UnitOfWork, topic: str, before: Masks | Locks, after: Masks | Locks) -> Sequence[Effect]:
    """How many people it concerns."""
    roles = {role for role in Role if before.fields(role) != after.fields(role)}
    if not roles:
        return ()
    people = [person for person in await uow.staff.list_active() if person.role in roles]
    return [Effect(f"effect-{topic}", {"count": len(people)})]


# ---------------------------------------------------------------- lists


async def _on_list(uow: UnitOfWork, name: str, before: NamedList, after: NamedList) -> Sequence[Effect]:
    """Where what is no longer offered was chosen."""
    gone = [key for key in before.offered if key not in after.offered]
    if not gone:
        return ()
    counts = await uow.company.count_chosen(name, gone, limit=5 * MOST)
    return [Effect(f"effect-{name.replace('_', '-')}-kept", {"key": key, "count": counts.get(key, 0)}) for key in gone]
