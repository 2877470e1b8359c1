"""What the company enters itself: days that the calendar does not know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.company.model import Company
from domain.ports import UnitOfWork


async def enter_days(
    uow: UnitOfWork, *, work: Sequence[date] = (), free: Sequence[date] = (), forget: Sequence[date] = ()
) -> Company:
    """Days that are worked (make-up days) or free whatever the calendar says; ``forget`` leaves them to it again.

    A day is one or the other: what is entered last holds. The caller commits.
    """
    company = await uow.company.get()
    named = {day.isoformat() for day in (*work, *free, *forget)}
    company.extra_workdays = sorted({*company.extra_workdays} - named | {day.isoformat() for day in work})
    company.extra_holidays = sorted({*company.extra_holidays} - named | {day.isoformat() for day in free})
    uow.happened("calendar-entered")
    return company
