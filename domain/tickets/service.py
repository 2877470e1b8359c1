"""The service that a company promises: when it works, how soon it answers and solves, how much one agent can have."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from domain.company.keeping import calendar_of_company, profile_of, service_levels_of
from domain.company.model import Company
from domain.company.topics import COMPLAINT, PRIORITIES, Profile, ServiceLevels, WorkCalendar
from domain.tickets.model import Category, Priority
from domain.values.calendars import Calendar, Week
from domain.values.spans import read_span
from domain.values.weeks import write_week
from domain.values.working_time import as_number
from domain.values.zones import at_local, local


@dataclass(frozen=True)
class ServiceCalendar:
    """When the service works: ``week`` in ``zone``, on the working days of ``days``."""

    days: Calendar
    week: Week
    zone: str

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The moment by which so much working time has passed; aware, in UTC."""
        return self.days.add_working_time(start, amount, self.week, self.zone)

    def between(self, a: datetime, b: datetime) -> timedelta:
        return self.days.working_time_between(a, b, self.week, self.zone)

    def is_open(self, now: datetime) -> bool:
        here = local(now, self.zone)
        return any(begins <= here.time() < ends for begins, ends in self.days.spans_on(here.date(), self.week))

    def opens_at(self, now: datetime) -> datetime:
        """When work goes on: ``now`` while it is open."""
        if self.is_open(now):
            return now
        day = local(now, self.zone).date()
        while True:
            for begins, _ in self.days.spans_on(day, self.week):
                moment = at_local(day, begins, self.zone)
                if as_number(moment) > as_number(now):
                    return moment
            day = self.days.next_workday(day, self.week)

    @cached_property
    def a_day(self) -> timedelta:
        """How much work there is in the first worked day of the week: what "one day" means in a policy."""
        monday = date(2001, 1, 1)
        spans = next(spans for spans in self.week.days if spans)
        return sum((at_local(monday, b, "UTC") - at_local(monday, a, "UTC") for a, b in spans), timedelta())

    @cached_property
    def stamp(self) -> str:
        """Another one for every other calendar, the same in every process."""
        extra = [",".join(sorted(map(str, days))) for days in (self.days.extra_workdays, self.days.extra_holidays)]
        text = "|".join((self.days.country, *extra, write_week(self.week), self.zone))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How much working time may pass until the first answer, and until the solution."""

    answer: timedelta
    solve: timedelta


@dataclass(frozen=True)
class Service:
    """All of it, as the company set it."""

    calendar: ServiceCalendar
    levels: ServiceLevels

    def policy(self, priority: Priority, category: Category, grade: str | None) -> Policy:
        """Of a complaint the stricter of its own and that of its priority."""
        names = (priority.value, COMPLAINT)[: 1 + (category is Category.COMPLAINT)]
        levels = [self.levels.level(name) for name in names]
        return Policy(
            answer=min(self._span(level.span("answer", grade)) for level in levels),
            solve=min(self._span(level.span("solve", grade)) for level in levels),
        )

    def _span(self, text: str) -> timedelta:
        span = read_span(text, self.calendar.a_day)
        if span is None:
            raise ValueError(text)  # the levels were checked when they were made
        return span

    @property
    def accept(self) -> timedelta:
        return self._span(self.levels.accept)

    @property
    def close(self) -> timedelta:
        return self._span(self.levels.close)

    def capacity_of(self, staff_id: int) -> int:
        """How many tickets somebody has at once."""
        return self.levels.capacity_of.get(staff_id, self.levels.capacity)

    @cached_property
    def stamp(self) -> str:
        """Another one whenever deadlines must be counted anew, the same in every process."""
        promised = ";".join(
            f"{level.answer},{level.solve},{sorted((grade, one.answer, one.solve) for grade, one in level.grades.items())}"
            for level in map(self.levels.level, (*PRIORITIES, COMPLAINT))
        )
        return hashlib.sha256(f"{self.calendar.stamp}|{promised}".encode()).hexdigest()[:16]


def service_of(company: Company) -> Service:
    return service_from(profile_of(company), calendar_of_company(company), service_levels_of(company))


def service_from(profile: Profile, days: WorkCalendar, levels: ServiceLevels) -> Service:
    """The service of settings that are kept, or only thought of."""
    return Service(_calendar(profile.country, days.work, days.free, days.week, profile.timezone), levels)


@lru_cache(maxsize=32)
def _calendar(
    country: str, workdays: tuple[date, ...], holidays: tuple[date, ...], week: Week, zone: str
) -> ServiceCalendar:
    """Kept, so that its stamp is counted once."""
    days = Calendar(country=country, extra_workdays=frozenset(workdays), extra_holidays=frozenset(holidays))
    return ServiceCalendar(days, week, zone)
