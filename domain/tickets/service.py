"""The service that a company promises: when it works, how soon it answers and solves, how much one agent can have."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from domain.company.model import Company
from domain.tickets.model import Category, Priority
from domain.values.calendars import Calendar, Week
from domain.values.weeks import read_week, write_week
from domain.values.working_time import as_number
from domain.values.zones import at_local, local

HOURS = "service-hours"
ANSWER, SOLVE = "answer", "solve"
COMPLAINT = Category.COMPLAINT.value
DEFAULTS: Mapping[str, str] = {
    "service-urgent-answer": "15m",
    "service-urgent-solve": "4h",
    "service-high-answer": "30m",
    "service-high-solve": "1d",
    "service-normal-answer": "1h",
    "service-normal-solve": "2d",
    "service-low-answer": "4h",
    "service-low-solve": "5d",
    "service-complaint-answer": "30m",
    "service-complaint-solve": "6h",
    "service-accept": "10m",
    "service-close": "3d",
    "service-capacity": "10",
}
"""The keys of ``Company.settings`` that say otherwise; a grade may stand between: ``service-urgent-A-answer``."""
_SPAN = re.compile(r"\s*(\d{1,4})\s*(m|min|h|d|分钟|小时|天)\s*", re.IGNORECASE)
_MINUTES = {"m": 1, "min": 1, "分钟": 1, "h": 60, "小时": 60}


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
    settings: Mapping[str, str]

    def policy(self, priority: Priority, category: Category, grade: str | None) -> Policy:
        """Of a complaint the stricter of its own and that of its priority."""
        spans = [self._of(name, grade) for name in (priority.value, COMPLAINT)[: 1 + (category == COMPLAINT)]]
        return Policy(answer=min(each.answer for each in spans), solve=min(each.solve for each in spans))

    def _of(self, name: str, grade: str | None) -> Policy:
        return Policy(answer=self._graded(name, grade, ANSWER), solve=self._graded(name, grade, SOLVE))

    def _graded(self, name: str, grade: str | None, what: str) -> timedelta:
        for key in ([f"service-{name}-{grade}-{what}"] if grade else []) + [f"service-{name}-{what}"]:
            span = self._span(key)
            if span is not None:
                return span
        raise KeyError(name)

    def _span(self, key: str) -> timedelta | None:
        for text in (self.settings.get(key), DEFAULTS.get(key)):
            span = read_span(text, self.calendar.a_day) if text else None
            if span is not None:
                return span
        return None

    @property
    def accept(self) -> timedelta:
        return self._span("service-accept") or timedelta(minutes=10)

    @property
    def close(self) -> timedelta:
        return self._span("service-close") or 3 * self.calendar.a_day

    @property
    def capacity(self) -> int:
        set_to = self.settings.get("service-capacity", "")
        return int(set_to if set_to.isdecimal() else DEFAULTS["service-capacity"])


def read_span(text: str, a_day: timedelta) -> timedelta | None:
    """``30m``, ``4h`` or ``2d`` (working days, ``a_day`` long) as working time; None for anything else, and for nothing."""
    found = _SPAN.fullmatch(text)
    if found is None or not int(found[1]):
        return None
    unit = found[2].lower()
    return int(found[1]) * (timedelta(minutes=_MINUTES[unit]) if unit in _MINUTES else a_day)


def service_of(company: Company) -> Service:
    """What is not set, or cannot be read, is as by default: the company's hours from Monday to Friday."""
    week = read_week(company.settings.get(HOURS, "")) or Week(
        (((company.work_start, company.work_end),),) * 5 + ((),) * 2
    )
    calendar = _calendar(
        company.country, tuple(company.extra_workdays), tuple(company.extra_holidays), week, company.timezone
    )
    return Service(calendar, dict(company.settings))


@lru_cache(maxsize=32)
def _calendar(
    country: str, workdays: tuple[str, ...], holidays: tuple[str, ...], week: Week, zone: str
) -> ServiceCalendar:
    """Kept, so that its stamp is counted once."""
    days = Calendar(
        country=country,
        extra_workdays=frozenset(map(date.fromisoformat, workdays)),
        extra_holidays=frozenset(map(date.fromisoformat, holidays)),
    )
    return ServiceCalendar(days, week, zone)
