"""Working days and working hours of a country, with statutory holidays and the make-up workdays of China (调休)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from domain.values.zones import at_local, local

_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


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


OFFICE_HOURS = WorkingHours(
    start=time(9), end=time(18), lunch=(time(12), time(13)), weekdays=frozenset({0, 1, 2, 3, 4})
)


@dataclass(frozen=True)
class Calendar:
    """The working days of ``country`` (ISO 3166), with what the company entered itself, which always wins."""

    country: str
    extra_workdays: frozenset[date] = frozenset()
    extra_holidays: frozenset[date] = frozenset()

    def is_workday(self, day: date, hours: WorkingHours = OFFICE_HOURS) -> bool:
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

    def next_workday(self, day: date, hours: WorkingHours = OFFICE_HOURS) -> date:
        """The first workday after ``day``."""
        return self.add_workdays(day, 1, hours)

    def add_workdays(self, day: date, n: int, hours: WorkingHours = OFFICE_HOURS) -> date:
        """The ``n``-th workday after ``day``, before it if negative, ``day`` itself for 0."""
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day, hours)
        return day

    def workdays_between(self, a: date, b: date, hours: WorkingHours = OFFICE_HOURS) -> int:
        """How many workdays come after ``a`` up to and with ``b``; negative when ``b`` is earlier."""
        if b < a:
            return -self.workdays_between(b, a, hours)
        days = (a + timedelta(days=n) for n in range(1, (b - a).days + 1))
        return sum(self.is_workday(day, hours) for day in days)

    def add_working_time(self, start: datetime, amount: timedelta, hours: WorkingHours, zone: str) -> datetime:
        """The moment by which ``amount`` of work has passed since ``start``; both aware, the answer in UTC.

        Nights, lunch and free days do not count. ``amount`` of nothing gives ``start``. Raises ValueError for a
        negative amount or a naive ``start``.
        """
        if amount < _NOTHING:
            raise ValueError("working time only runs forward")
        left = amount
        moment = local(start, zone).astimezone(UTC)
        if not left:
            return moment
        for begins, ends in self._spans_from(local(start, zone).date(), hours, zone):
            worked = ends - max(begins, moment)
            if worked >= left:
                return max(begins, moment) + left
            left -= max(worked, _NOTHING)
        raise OverflowError("no workday left in the calendar")

    def working_time_between(self, a: datetime, b: datetime, hours: WorkingHours, zone: str) -> timedelta:
        """How much work lies between two aware moments; negative when ``b`` is earlier."""
        if b < a:
            return -self.working_time_between(b, a, hours, zone)
        total = _NOTHING
        for begins, ends in self._spans_from(local(a, zone).date(), hours, zone):
            if begins >= b:
                break
            total += max(_NOTHING, min(ends, b) - max(begins, a))
        return total

    def _spans_from(self, day: date, hours: WorkingHours, zone: str) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of work from ``day`` on, in UTC, so that an hour lost or won at night counts rightly."""
        while day < date.max:
            if self.is_workday(day, hours):
                for begins, ends in hours.spans:
                    yield at_local(day, begins, zone), at_local(day, ends, zone)
            day += _ONE_DAY


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
