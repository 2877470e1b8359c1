"""Follow-ups that come again: a small subset of iCalendar's RRULE, counted on the owner's wall clock.

Known are FREQ, INTERVAL, BYDAY (weekdays; by the month one with its number: 1MO, -1FR), BYMONTHDAY (also -1), BYHOUR and
BYMINUTE. Unlike RFC 5545, a day that a month lacks becomes its last day: "every 31st" and "every 29 February" are meant
to happen each time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.values.zones import at_local, local

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_STEPS = 5000


class BadRecurrence(ValueError):
    """Not a rule of our subset."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``weekdays``: 0 is Monday; ``nth`` of them in a month, -1 for the last. ``month_day``: 1 to 31, or -1 for the last.
    ``at``: the hour it was planned for."""

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None
    at: time | None = None

    @classmethod
    def parse(cls, text: str) -> Rule:
        """Raises BadRecurrence."""
        try:
            return _rule(dict(part.split("=", 1) for part in text.upper().split(";") if part))
        except (ValueError, KeyError) as error:
            raise BadRecurrence(text) from error

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{self.nth or ''}{WEEKDAYS[day]}" for day in self.weekdays))
        if self.month_day is not None:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.at is not None:
            parts += [f"BYHOUR={self.at.hour}", f"BYMINUTE={self.at.minute}"]
        return ";".join(parts)


def _rule(parts: dict[str, str]) -> Rule:
    unknown = parts.keys() - {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE"}
    if unknown or parts["FREQ"] not in FREQUENCIES:
        raise ValueError("not of our subset")
    interval = int(parts.get("INTERVAL", "1"))
    nth, days = _week_days(parts["BYDAY"], parts["FREQ"]) if "BYDAY" in parts else (None, ())
    month_day = int(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else None
    if interval < 1 or (month_day is not None and month_day != -1 and not 1 <= month_day <= 31):
        raise ValueError("out of range")
    at = time(int(parts["BYHOUR"]), int(parts.get("BYMINUTE", "0"))) if "BYHOUR" in parts else None
    return Rule(frequency=parts["FREQ"], interval=interval, weekdays=days, nth=nth, month_day=month_day, at=at)


_NUMBERED = re.compile(r"(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)")


def _week_days(written: str, frequency: str) -> tuple[int | None, tuple[int, ...]]:
    """The number, by the month only, and the weekdays."""
    numbered = _NUMBERED.fullmatch(written)
    if numbered is not None:
        if frequency != "MONTHLY":
            raise ValueError("a numbered weekday is one of a month")
        return int(numbered[1]), (WEEKDAYS.index(numbered[2]),)
    return None, tuple(sorted({WEEKDAYS.index(name) for name in written.split(",")}))


def pinned(recurrence: str, first_at: datetime, zone: str, *, has_hour: bool) -> str:
    """The rule with weekday, day of the month and hour written out, so that moving one occurrence moves no other.

    ``first_at`` is aware; ``zone`` the owner's. Raises BadRecurrence.
    """
    rule, first = Rule.parse(recurrence), local(first_at, zone)
    weekdays = rule.weekdays or ((first.weekday(),) if rule.frequency == "WEEKLY" else ())
    month_day = rule.month_day
    if month_day is None and rule.nth is None and rule.frequency in {"MONTHLY", "YEARLY"}:
        month_day = first.day
    at = rule.at or (time(first.hour, first.minute) if has_hour else None)
    return str(replace(rule, weekdays=weekdays, month_day=month_day, at=at))


def next_after(recurrence: str, due_at: datetime, zone: str, *, after: datetime) -> datetime | None:
    """When it comes again: the first occurrence later than both ``due_at`` and ``after``; aware, in UTC.

    What was missed meanwhile is not made up for. None only where the calendar ends. Raises BadRecurrence.
    """
    rule, due = Rule.parse(recurrence), local(due_at, zone)
    hour = rule.at or time(due.hour, due.minute, due.second)
    for steps, day in enumerate(_days(rule, due.date())):
        if steps > MOST_STEPS:
            break
        moment = at_local(day, hour, zone)
        if moment > due_at and moment > after:
            return moment
    return None


def _days(rule: Rule, first: date) -> Iterator[date]:
    """The days of the rule in order, from the period that ``first`` lies in."""
    try:
        if rule.frequency == "DAILY":
            yield from _daily(rule, first)
        elif rule.frequency == "WEEKLY":
            yield from _weekly(rule, first)
        else:
            yield from _by_month(rule, first)
    except (OverflowError, ValueError):  # beyond the year 9999
        return


def _daily(rule: Rule, day: date) -> Iterator[date]:
    while True:
        if not rule.weekdays or day.weekday() in rule.weekdays:
            yield day
        day += timedelta(days=rule.interval)


def _weekly(rule: Rule, first: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    while True:
        for weekday in rule.weekdays or (first.weekday(),):
            yield monday + timedelta(days=weekday)
        monday += timedelta(weeks=rule.interval)


def _by_month(rule: Rule, first: date) -> Iterator[date]:
    months = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
    wanted = rule.month_day or first.day
    count = first.year * 12 + first.month - 1
    while True:
        year, month = divmod(count, 12)
        last = monthrange(year, month + 1)[1]
        if rule.nth is not None:
            yield _nth_weekday(date(year, month + 1, 1), last, rule)
        else:
            yield date(year, month + 1, last if wanted == -1 else min(wanted, last))
        count += months


def _nth_weekday(first: date, last: int, rule: Rule) -> date:
    """The numbered weekday of the month that ``first`` begins; every month has four of each."""
    [weekday] = rule.weekdays
    days = range(1 + (weekday - first.weekday()) % 7, last + 1, 7)
    nth = rule.nth or 1
    return first.replace(day=days[nth - 1 if nth > 0 else nth])
