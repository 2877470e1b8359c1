"""How long a lead may stay untouched, and who is told: the ladder, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.people.model import Staff
from domain.values.calendars import Calendar, WorkingHours
from domain.values.zones import at_local, local

OWNER, MANAGER = "owner", "manager"


@dataclass(frozen=True)
class Rung:
    """``after`` working days of the owner without any activity, those in ``tells`` hear of it."""

    after: int
    tells: tuple[str, ...]
    at_risk: bool = False


LADDER: dict[str | None, tuple[Rung, ...]] = {
    "A": (Rung(1, (OWNER,)), Rung(3, (OWNER, MANAGER)), Rung(5, (OWNER, MANAGER), at_risk=True)),
    None: (Rung(3, (OWNER,)), Rung(5, (OWNER, MANAGER)), Rung(7, (OWNER, MANAGER), at_risk=True)),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a lead stands: the number (from 1) of the highest rung reached, 0 for none, and when the next one comes."""

    reached: int
    reached_at: datetime | None
    next_at: datetime | None


def rungs_for(grade: str | None) -> tuple[Rung, ...]:
    return LADDER.get(grade, LADDER[None])


def standing(
    *, grade: str | None, since: datetime, owner: Staff, calendar: Calendar, hours: WorkingHours, now: datetime
) -> Standing:
    """How far up the ladder a lead is that nobody touched ``since`` then.

    A rung is reached when work starts on the day that many working days of the owner later. All times aware UTC.
    """
    first_day = local(since, owner.timezone).date()
    reached, reached_at = 0, None
    for number, rung in enumerate(rungs_for(grade), start=1):
        at = at_local(calendar.add_workdays(first_day, rung.after, hours), owner.work_start, owner.timezone)
        if at > now:
            return Standing(reached=reached, reached_at=reached_at, next_at=at)
        reached, reached_at = number, at
    return Standing(reached=reached, reached_at=reached_at, next_at=None)
