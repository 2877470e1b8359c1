"""Working days and working hours of a country, with statutory holidays and the make-up workdays of China (调休)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import Protocol

from domain.values.working_time import Span, WorkOfYear, add_work, work_between, work_of_year

_ONE_DAY = timedelta(days=1)


class Hours(Protocol):
    """When work is done in a week: one person's hours, or those of a service."""

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that are worked, 0 is Monday."""

    def spans_on(self, weekday: int) -> Sequence[Span]:
        """The stretches of a day that is worked, also of a make-up day on a weekday that otherwise is free."""

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class WorkingHours:
    """One day's hours on the wall clock, and the weekdays they hold on (0 is Monday). No hours over midnight."""

    start: time
    end: time
    lunch: tuple[time, time] | None
    weekdays: frozenset[int]

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("work ends after it starts, on the same day")
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays are some of 0 (Monday) to 6")
        if self.lunch and not self.start <= self.lunch[0] <= self.lunch[1] <= self.end:
            raise ValueError("lunch lies within the hours")

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        """The stretches of work in one day, in order."""
        if self.lunch is None:
            return ((self.start, self.end),)
        return ((self.start, self.lunch[0]), (self.lunch[1], self.end))

    def spans_on(self, weekday: int) -> Sequence[Span]:
        return self.spans


@dataclass(frozen=True)
class Week:
    """Hours that differ by weekday, several stretches a day: seven days from Monday, each in order."""

    days: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        if len(self.days) != 7 or not any(self.days):
            raise ValueError("a week has seven days, and work on one of them")
        for spans in self.days:
            moments = [moment for span in spans for moment in span]
            if moments != sorted(set(moments)):
                raise ValueError("the stretches of a day follow each other")

    @property
    def weekdays(self) -> frozenset[int]:
        return frozenset(weekday for weekday, spans in enumerate(self.days) if spans)

    def spans_on(self, weekday: int) -> Sequence[Span]:
        """A make-up day on a free weekday is worked as the first worked day of the week."""
        return self.days[weekday] or next(spans for spans in self.days if spans)


OFFICE_HOURS = WorkingHours(
    start=time(9), end=time(18), lunch=(time(12), time(13)), weekdays=frozenset({0, 1, 2, 3, 4})
)


def read_days(entered: Iterable[str]) -> frozenset[date]:
    """Days that the company entered, kept as ISO dates. What is none counts as not entered: one slip would stop everybody's
    calendar."""
    days = set()
    for text in entered:
        with suppress(ValueError, TypeError):
            days.add(date.fromisoformat(text))
    return frozenset(days)


@dataclass(frozen=True)
class Calendar:
    """The working days of ``country`` (ISO 3166), with what the company entered itself, which always wins."""

    country: str
    extra_workdays: frozenset[date] = frozenset()
    extra_holidays: frozenset[date] = frozenset()

    def is_workday(self, day: date, hours: Hours = OFFICE_HOURS) -> bool:
        """Is it worked? Entered days first, then make-up days and statutory holidays, then the weekdays of ``hours``.

        Never raises: in a year without published make-up days, weekends and statutory days hold.
        """
        if day in self.extra_holidays:
            return False
        if day in self.extra_workdays or day in _make_up_days(self.country, day.year):
            return True
        return day.weekday() in hours.weekdays and day not in _holidays(self.country, day.year)

    def knows(self, year: int) -> bool:
        """Are the year's days known? In China only once the make-up days are published, or days were entered."""
        if self.country.upper() == "CN":
            return year in _published_years() or any(day.year == year for day in self.extra_workdays)
        return _is_covered(self.country.upper(), year)

    def next_workday(self, day: date, hours: Hours = OFFICE_HOURS) -> date:
        """The first workday after ``day``."""
        return self.add_workdays(day, 1, hours)

    def add_workdays(self, day: date, n: int, hours: Hours = OFFICE_HOURS) -> date:
        """The ``n``-th workday after ``day``, before it if negative, ``day`` itself for 0."""
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day, hours)
        return day

    def workdays_between(self, a: date, b: date, hours: Hours = OFFICE_HOURS) -> int:
        """How many workdays come after ``a`` up to and with ``b``; negative when ``b`` is earlier."""
        if b < a:
            return -self.workdays_between(b, a, hours)
        days = (a + timedelta(days=n) for n in range(1, (b - a).days + 1))
        return sum(self.is_workday(day, hours) for day in days)

    def add_working_time(self, start: datetime, amount: timedelta, hours: Hours, zone: str) -> datetime:
        """The moment by which ``amount`` of work has passed since ``start``; both aware, the answer in UTC.

        Nights, lunch and free days do not count. ``amount`` of nothing gives ``start``. Raises ValueError for a
        negative amount or a naive ``start``, OverflowError when the calendar ends before.
        """
        return add_work(start, amount, zone, partial(_work_of_year, self, hours, zone))

    def working_time_between(self, a: datetime, b: datetime, hours: Hours, zone: str) -> timedelta:
        """How much work lies between two aware moments; negative when ``b`` is earlier."""
        return work_between(a, b, zone, partial(_work_of_year, self, hours, zone))

    def spans_on(self, day: date, hours: Hours) -> Sequence[Span]:
        """The day's stretches of work on the wall clock, none on a free day."""
        return hours.spans_on(day.weekday()) if self.is_workday(day, hours) else ()


@lru_cache(maxsize=256)
def _work_of_year(calendar: Calendar, hours: Hours, zone: str, year: int) -> WorkOfYear:
    return work_of_year(year, zone, lambda day: calendar.spans_on(day, hours))


def _make_up_days(country: str, year: int) -> frozenset[date]:
    return _chinese_days(year)[1] if country.upper() == "CN" and year in _published_years() else frozenset()


def _holidays(country: str, year: int) -> frozenset[date]:
    if country.upper() == "CN" and year in _published_years():
        return _chinese_days(year)[0]
    return _statutory_days(country.upper(), year)


@lru_cache(maxsize=1)
def _published_years() -> frozenset[int]:
    from chinese_calendar import constants

    return frozenset(day.year for day in constants.holidays)


@lru_cache(maxsize=64)
def _chinese_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    from chinese_calendar import constants

    free = frozenset(day for day in constants.holidays if day.year == year)
    return free, frozenset(day for day in constants.workdays if day.year == year)


@lru_cache(maxsize=512)
def _statutory_days(country: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=512)
def _is_covered(country: str, year: int) -> bool:
    import holidays

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return False
    return known.start_year <= year <= known.end_year
