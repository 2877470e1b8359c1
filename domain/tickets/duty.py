"""Who gets a ticket: the owner of the customer, else whose turn it is, of those who work now and have room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from domain.apart import Apart
from domain.company.model import Company
from domain.notifications.quiet import calendar_of, hours_of, works_on
from domain.people.model import Role, Staff
from domain.tickets.model import WORKERS, Why
from domain.tickets.queries import Load
from domain.tickets.service import service_of
from domain.values.zones import local

_NEVER = datetime.min.replace(tzinfo=UTC)


def is_on_duty(person: Staff, company: Company, now: datetime) -> bool:
    """Does the person work at this moment, by their own hours and calendar, and is not away?"""
    here = local(now, person.timezone)
    if not person.is_active or not works_on(person, calendar_of(person, company), here.date()):
        return False
    return any(begins <= here.time() < ends for begins, ends in hours_of(person).spans)


def works_on_tickets(people: Sequence[Staff]) -> list[Staff]:
    """The agents; in a company without any, whoever leads does it."""
    active = [person for person in people if person.is_active]
    agents = [person for person in active if person.role is Role.AGENT]
    return agents or [person for person in active if person.role in WORKERS]


@dataclass(frozen=True, kw_only=True)
class Choice:
    person: Staff
    why: Why


class Desk:
    """Who is there now and how much each has. ``owners`` are those of the customers, by customer."""

    def __init__(
        self,
        people: Sequence[Staff],
        loads: Sequence[Load],
        owners: Mapping[int, int],
        company: Company,
        now: datetime,
        apart: Apart,
    ) -> None:
        self.people = people
        self.service = service_of(company)
        self._owners, self._now = owners, now
        self._loads = {load.staff_id: load for load in loads}
        looked = apart.each(
            [person for person in people if person.role in WORKERS],
            lambda person: is_on_duty(person, company, now),
            item=lambda person: f"duty:staff:{person.id}",
            now=now,
        )
        self._here = {person.id: person for person, is_here in looked if is_here}

    def _free(self) -> dict[int, Staff]:
        room = self.service.capacity_of
        return {each: one for each, one in self._here.items() if self._loads[each].active < room(each)}

    @property
    def has_room(self) -> bool:
        return bool(self._free())

    def choose(
        self,
        customer_id: int | None,
        *,
        last_id: int | None = None,
        waited: bool = False,
        without: Collection[int] = (),
    ) -> Choice | None:
        """Who gets a ticket now; None when nobody works who has room.

        Who had it last comes first, then the owner of its customer, then whoever was not given one for longest.
        ``without`` are those who let it pass.
        """
        free = {person_id: person for person_id, person in self._free().items() if person_id not in without}
        owner_id = self._owners.get(customer_id or 0)
        for favoured, why in ((last_id, Why.AGAIN), (owner_id, Why.OWNER)):
            if favoured in free:
                return self._chosen(free[favoured], why)
        in_turn = [person for person in works_on_tickets(self.people) if person.id in free]
        if not in_turn:
            return None
        first = min(in_turn, key=lambda person: (self._loads[person.id].last_assigned_at or _NEVER, person.id))
        return self._chosen(first, Why.QUEUE if waited else Why.TURN)

    def _chosen(self, person: Staff, why: Why) -> Choice:
        load = self._loads[person.id]
        self._loads[person.id] = replace(load, active=load.active + 1, last_assigned_at=self._now)
        return Choice(person=person, why=why)
