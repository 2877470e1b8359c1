"""What a leader hears of the team: what changed since the last digest they read, and what waits for their hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.people.model import Staff
from domain.values.money import Money


class Section(StrEnum):
    """In the order in which they are shown: what gets worse by the hour first, good news last."""

    LOW = "low"  # low scores that customers gave
    DANGER = "danger"  # tickets whose service level is about to break, or broke
    OVERDUE = "overdue"  # follow-ups, by person
    UNASSIGNED = "unassigned"  # open leads that nobody owns
    SLIPPED = "slipped"  # open opportunities whose expected day has gone by
    RISK = "risk"  # leads that came to the end of the ladder untouched
    WON = "won"


@dataclass(frozen=True, kw_only=True)
class Digest:
    """One digest of one leader: what happened after ``since``. It was due, or asked for, at ``at``.

    It tells of things as they are when it is looked at; what counts as new does not move under its reader's buttons.
    """

    id: int = 0
    staff_id: int
    weekly: bool = False
    asked: bool = False
    since: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Item:
    """A record in a section. ``at`` is when it was due, closed, added or came to risk; ``on`` where only a day counts."""

    record: str
    id: int
    title: str
    owner_id: int | None
    owner_name: str | None
    at: datetime | None = None
    on: date | None = None
    amount: Money | None = None
    survey: str | None = None  # what they were asked, for a low score


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section: how many there are, whose, and the first few. ``is_open``: there are more than were counted."""

    count: int
    by_owner: Mapping[int | None, int] = field(default_factory=dict)
    items: Sequence[Item] = ()
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class TeamNews:
    """A digest with what stands in it as of ``until``, its sections in order and none of them empty.

    ``logged`` is how much each of the team reported since, ``new_leads`` how many leads came: good to know, nothing to do.
    """

    digest: Digest
    leader: Staff
    team: Sequence[Staff]
    until: datetime
    parts: Mapping[Section, Part]
    logged: Mapping[int, int] = field(default_factory=dict)
    new_leads: int = 0

    @property
    def is_quiet(self) -> bool:
        return not self.parts

    def name_of(self, staff_id: int | None) -> str | None:
        return next((person.name for person in self.team if person.id == staff_id), None)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the sections are asked for: whose records, and between which moments.

    ``since`` to ``until`` is what counts as new. ``today`` begins the reader's day, and ``first`` to ``last`` are the
    days that went by since: the first one counts, the last is today and does not.
    """

    owners: tuple[int, ...]
    since: datetime
    until: datetime
    today: datetime
    first: date
    last: date
