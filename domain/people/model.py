"""Staff, and how people are known on the channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Role(StrEnum):
    REP = "rep"
    AGENT = "agent"
    MANAGER = "manager"
    ADMIN = "admin"


class Scope(StrEnum):
    """OWN is what is theirs, shared with them, or of whom they stand in for. TEAM adds the team's, that of the teams below
    it and nobody's; DESK adds every ticket, and the customers of their own and of the queue's."""

    OWN = "own"
    DESK = "desk"
    TEAM = "team"
    ALL = "all"


@dataclass(kw_only=True, eq=False)
class Staff:
    """Somebody of the company. Times of day are local to ``timezone`` (IANA).

    ``team`` is a path (``Sales/North``): see ``domain.people.teams``. ``sees`` is what an admin set, None as the role has it.
    """

    id: int = field(init=False)
    name: str
    role: Role
    team: str | None = None
    sees: Scope | None = None
    locale: str = "en"
    timezone: str = "UTC"
    work_start: time = time(9)
    work_end: time = time(18)
    lunch_start: time | None = time(12)
    lunch_end: time | None = time(13)
    workdays: str = "12345"  # ISO weekdays, Monday is 1
    quiet_start: time = time(21)
    quiet_end: time = time(8)
    preferences: dict[str, str] = field(default_factory=dict)  # notification kind -> now, digest or off
    absent_from: date | None = None  # none: away since before today, or not at all
    absent_until: date | None = None
    deputy_id: int | None = None
    is_active: bool = True
    created_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def leads_others(self) -> bool:
        return self.role in {Role.MANAGER, Role.ADMIN}


class Topic(StrEnum):
    """What a customer hears of us without having asked."""

    SURVEYS = "surveys"
    MARKETING = "marketing"
    GREETINGS = "greetings"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What somebody said about a topic: yes or no, in which ``words``, and when (aware UTC)."""

    identity_id: int
    topic: Topic
    given: bool
    words: str
    at: datetime


@dataclass(kw_only=True, eq=False)
class Identity:
    """A person of a channel: somebody of the staff, a customer's contact, or a stranger.

    ``private_place`` is the key of their private conversation, None until one is known.
    """

    id: int = field(init=False)
    channel: str
    user: str
    staff_id: int | None = None
    contact_id: int | None = None
    name: str = ""
    private_place: str | None = None
    locale: str | None = None
    last_spoke_at: datetime | None = None
    unreachable_since: datetime | None = None


@dataclass(kw_only=True, eq=False)
class Invitation:
    """A one-time code by which somebody joins, or links a further channel. ``role`` is None when it only links.

    With ``contact_id`` it is a customer's: whoever opens it is known as that contact from then on."""

    id: int = field(init=False)
    code: str
    staff_id: int | None = None
    role: Role | None = None
    contact_id: int | None = None
    created_by: int | None = None
    expires_at: datetime
    used_at: datetime | None = None
