"""A recurrence that was said, as calendars write it."""

from __future__ import annotations

from handlers.understanding import Recurrence

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rrule(recurrence: Recurrence) -> str:
    """The recurrence as an iCalendar RRULE value."""
    parts = [f"FREQ={recurrence.freq.upper()}"]
    if recurrence.interval != 1:
        parts.append(f"INTERVAL={recurrence.interval}")
    if recurrence.working_days:
        parts.append(f"BYDAY={','.join(WEEKDAYS[:5])}")
    elif recurrence.weekday is not None:
        parts.append(f"BYDAY={recurrence.nth or ''}{WEEKDAYS[recurrence.weekday]}")
    if recurrence.day is not None:
        parts.append(f"BYMONTHDAY={recurrence.day}")
    return ";".join(parts)
