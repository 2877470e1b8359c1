"""The days behind the buttons Tomorrow, +3 days and Monday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from domain.people.model import Staff
from domain.values.zones import at_local, local

CHOICES = ("tomorrow", "in-3-days", "monday")


def day_of_choice(choice: str, today: date, *, is_workday: Callable[[date], bool]) -> date:
    """Tomorrow and Monday are the days that they name, also free ones: the person named them.

    Three days are counted by the calendar; when they end on a free day, it is the next working day. Raises KeyError.
    """
    day = {
        "tomorrow": today + timedelta(days=1),
        "in-3-days": today + timedelta(days=3),
        "monday": today + timedelta(days=7 - today.weekday()),
    }[choice]
    while choice == "in-3-days" and not is_workday(day):
        day += timedelta(days=1)
    return day


def same_hour_on(day: date, person: Staff, due_at: datetime, *, has_hour: bool) -> datetime:
    """The hour of ``due_at`` on another day of the person, the start of work where no hour was named; aware, in UTC."""
    here = local(due_at, person.timezone)
    return at_local(day, time(here.hour, here.minute) if has_hour else person.work_start, person.timezone)
