"""What My day, the team's digest and the ladder are made of: small values, read for many readers at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.activities.model import ActivityKind
from domain.followups.queries import FollowupView
from domain.people.model import Role, Staff
from domain.people.teams import is_within
from domain.values.zones import local

WITHOUT_NEXT_STEP_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class WaitingLead:
    """An open lead that nobody did anything with yet."""

    id: int
    title: str
    owner_id: int | None
    owner_name: str | None
    grade: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class IdleRecord:
    """An opportunity or an A or B customer with nothing planned; ``since`` is when something last happened."""

    record: str
    id: int
    title: str
    owner_id: int
    since: datetime


@dataclass(frozen=True, kw_only=True)
class LoggedCount:
    """How much somebody logged of one kind."""

    staff_id: int
    staff_name: str
    kind: ActivityKind
    count: int


@dataclass(frozen=True, kw_only=True)
class LadderLead:
    """An open lead that the ladder looks at. ``rung`` is the highest that was said, 0 for none; ``is_first``: it was
    never looked at before."""

    id: int
    grade: str | None
    owner_id: int | None
    created_at: datetime
    is_touched: bool
    rung: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class LadderMark:
    """What the ladder remembers of a lead: the rung said, when to look again (None: never), and by which ladder
    (``ladder_stamp``). ``at_risk_at``: it came to the end of the ladder just now."""

    lead_id: int
    rung: int
    look_at: datetime | None
    stamp: str | None
    at_risk_at: datetime | None = None


class Due(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


def due_state(view: FollowupView, *, now: datetime, zone: str) -> Due:
    """How a follow-up stands in the reader's zone: what has no hour is overdue only when its day is over."""
    today, day = local(now, zone).date(), local(view.due_at, zone).date()
    if day < today or (view.has_hour and view.due_at < now):
        return Due.OVERDUE
    return Due.TODAY if day == today else Due.LATER


def team_of(leader: Staff, everybody: list[Staff]) -> list[Staff]:
    """Whom a manager's digest is about: the team with those below it, or everybody for an admin and a manager of no team in particular."""
    if leader.role is Role.ADMIN or leader.team is None:
        return [person for person in everybody if person.is_active]
    return [person for person in everybody if person.is_active and is_within(person.team, leader.team)]
