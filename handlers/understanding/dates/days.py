"""Arithmetic on days: the next such weekday, the same day some months on, the first and last day of a stretch."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday strictly after ``day``."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, clamped to its last day. Raises ValueError outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_working_days(day: date, count: int) -> date:
    """``count`` days on, Saturdays and Sundays not counted."""
    weeks, rest = divmod(count, 5)
    day += timedelta(weeks=weeks)
    while rest or day.weekday() > 4:
        day += DAY
        rest -= rest > 0 and day.weekday() < 5
    return day


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def next_date(today: date, month: int, day: int) -> date:
    """The next such date from ``today`` on, leap days in the next leap year; raises ValueError when there is none."""
    for year in range(today.year, min(today.year + 9, 9999)):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError((month, day))


def next_day_of_month(today: date, day: int, weekday: int | None = None) -> date:
    """The next such day of a month from ``today`` on, on that weekday if one is given; raises ValueError when there is none."""
    first = today.replace(day=1)
    for ahead in range(30):
        month = add_months(first, ahead)
        if day > monthrange(month.year, month.month)[1]:
            continue
        found = month.replace(day=day)
        if found >= today and (weekday is None or found.weekday() == weekday):
            return found
    raise ValueError(day)


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """The nth such weekday of a month, -1 for the last; raises ValueError when the month has no such."""
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if found.month != month:
        raise ValueError((year, month, weekday, nth))
    return found


def nth_week(year: int, month: int, nth: int) -> date:
    """The first day in the month of its nth week, -1 for the last; a week is of the month that has four of its working days."""
    first, last = date(year, month, 1), month_end(year, month)
    if nth < 0:
        monday = monday_of(last)
        return monday if last.weekday() >= _MOST_OF_A_WEEK else monday - timedelta(weeks=1)
    monday = monday_of(first)
    monday += timedelta(weeks=nth - 1 + (first.weekday() > _WORKING_DAYS - 1 - _MOST_OF_A_WEEK))
    return max(first, monday)


_WORKING_DAYS = 5
_MOST_OF_A_WEEK = 3  # days before its fourth working day


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
