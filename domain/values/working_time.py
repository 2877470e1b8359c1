"""Working time by table: where a moment lies in the work of its year, found by bisection, so that a year costs as a week.

Moments are microseconds since 1970 in UTC here, so that an hour lost or won at night counts rightly and nothing is rounded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.values.zones import at_local, local

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1)
Span = tuple[time, time]


@dataclass(frozen=True)
class WorkOfYear:
    """The stretches of work of one year in one zone; ``done`` is how much is done when each ends."""

    begins: Sequence[int]
    ends: Sequence[int]
    done: Sequence[int]

    @property
    def total(self) -> int:
        return self.done[-1] if self.done else 0

    def done_by(self, moment: int) -> int:
        """How much of the year's work lies before the moment."""
        place = bisect_right(self.ends, moment)
        if place == len(self.ends):
            return self.total
        before = self.done[place - 1] if place else 0
        return before + max(0, moment - self.begins[place])

    def moment_of(self, done: int) -> int:
        """When that much, more than nothing and not more than ``total``, is done."""
        place = bisect_left(self.done, done)
        return self.ends[place] - (self.done[place] - done)


def work_of_year(year: int, zone: str, spans_on: Callable[[date], Sequence[Span]]) -> WorkOfYear:
    """``spans_on`` gives the stretches of a day on the wall clock, in order; none on a free day."""
    begins: list[int] = []
    ends: list[int] = []
    done: list[int] = []
    day, total = date(year, 1, 1), 0
    while day.year == year and day < date.max:
        for starts, stops in spans_on(day):
            begin, end = as_number(at_local(day, starts, zone)), as_number(at_local(day, stops, zone))
            if end > begin:
                total += end - begin
                begins.append(begin)
                ends.append(end)
                done.append(total)
        day += _ONE_DAY
    return WorkOfYear(begins, ends, done)


def as_number(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def as_moment(number: int) -> datetime:
    return _EPOCH + number * _MICROSECOND


def add_work(start: datetime, amount: timedelta, zone: str, work_of: Callable[[int], WorkOfYear]) -> datetime:
    """The moment by which ``amount`` of work has passed since ``start``, in UTC. Raises ValueError and OverflowError."""
    if amount < timedelta():
        raise ValueError("working time only runs forward")
    here = local(start, zone)
    if not amount:
        return here.astimezone(UTC)
    year, work = here.year, work_of(here.year)
    wanted = work.done_by(as_number(start)) + amount // _MICROSECOND
    while wanted > work.total:
        wanted -= work.total
        year += 1
        if year > date.max.year:
            raise OverflowError("no workday left in the calendar")
        work = work_of(year)
    return as_moment(work.moment_of(wanted))


def work_between(a: datetime, b: datetime, zone: str, work_of: Callable[[int], WorkOfYear]) -> timedelta:
    """How much work lies between two aware moments; negative when ``b`` is earlier."""
    first, last = local(a, zone).year, local(b, zone).year
    if b < a:
        return -work_between(b, a, zone, work_of)
    done = work_of(last).done_by(as_number(b)) - work_of(first).done_by(as_number(a))
    return (done + sum(work_of(year).total for year in range(first, last))) * _MICROSECOND
