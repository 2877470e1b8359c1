"""How long a lead may stay untouched, and who is told: the ladder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from domain.company.topics import ReminderLadder
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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a lead stands: the number (from 1) of the highest rung reached, 0 for none, and when the next one comes."""

    reached: int
    reached_at: datetime | None
    next_at: datetime | None


def rungs_for(ladder: ReminderLadder, grade: str | None) -> tuple[Rung, ...]:
    """The steps of a lead of that grade, by what the company set."""
    set_to = ladder.rungs(grade)
    return (
        Rung(set_to.owner, (OWNER,)),
        Rung(set_to.manager, (OWNER, MANAGER)),
        Rung(set_to.at_risk, (OWNER, MANAGER), at_risk=True),
    )


@lru_cache(maxsize=32)
def ladder_stamp(ladder: ReminderLadder) -> str | None:
    """Another one for every other ladder, the same in every process; None for the one that ships with us."""
    if ladder == ReminderLadder():
        return None
    return hashlib.sha256(ladder.model_dump_json().encode()).hexdigest()[:16]


def standing(
    rungs: Sequence[Rung], *, since: datetime, owner: Staff, calendar: Calendar, hours: WorkingHours, now: datetime
) -> Standing:
    """How far up the ladder a lead is that nobody touched ``since`` then.

    A rung is reached when work starts on the day that many working days of the owner later. All times aware UTC.
    """
    first_day = local(since, owner.timezone).date()
    reached, reached_at = 0, None
    for number, rung in enumerate(rungs, start=1):
        at = at_local(calendar.add_workdays(first_day, rung.after, hours), owner.work_start, owner.timezone)
        if at > now:
            return Standing(reached=reached, reached_at=reached_at, next_at=at)
        reached, reached_at = number, at
    return Standing(reached=reached, reached_at=reached_at, next_at=None)
