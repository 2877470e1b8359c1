"""Who gets a broadcast, when, and who is passed over and why; a chunk of contacts at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.broadcasts.model import FIRST_HOUR, LAST_HOUR, Broadcast, Segment
from domain.care.budget import Kind, standings, verdict
from domain.company.model import Company
from domain.notifications.model import Planned, Urgency
from domain.ports import UnitOfWork
from domain.values.phone_zones import zone_of_phone
from domain.values.zones import at_local, local

CHUNK = 1000  # contacts in one transaction, some 60 ms of it
_SPOKEN = ("en", "zh")


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A contact of the segment. ``locales`` are what is known of their language, the best first; ``phone`` is one of
    theirs. ``has_chat``: somewhere they can be written to in private."""

    contact_id: int
    name: str
    locales: tuple[str | None, ...]
    phone: str | None
    has_chat: bool

    def locale(self, company: Company) -> str:
        spoken = (each for each in self.locales if each and each.lower().startswith(_SPOKEN))
        return next(spoken, company.locale)

    def timezone(self, company: Company) -> str:
        return (zone_of_phone(self.phone) if self.phone else None) or company.timezone


@dataclass(frozen=True, kw_only=True)
class Judged:
    """``reason`` None: they get it, at ``due_at``."""

    recipient: Recipient
    locale: str
    timezone: str
    due_at: datetime
    reason: str | None


async def judge_chunk(
    uow: UnitOfWork, company: Company, segment: Segment, broadcast: Broadcast, *, after: int, now: datetime
) -> tuple[Sequence[Judged], int | None]:
    """The next contacts of the segment with a chat, judged; and after which id to go on, None at the end.

    Six statements for any number of contacts.
    """
    found = await uow.broadcasts.list_recipients(segment, language_default=company.locale, after=after, limit=CHUNK)
    reachable = [each for each in found if each.has_chat]
    known = await standings(uow, [each.contact_id for each in reachable], at=now)
    judged = []
    for each in reachable:
        zone = each.timezone(company)
        at = due_for(broadcast, zone, now=now)
        said = verdict(known[each.contact_id], Kind.NEWS, at=at)
        judged.append(Judged(recipient=each, locale=each.locale(company), timezone=zone, due_at=at, reason=said.reason))
    return judged, found[-1].contact_id if len(found) == CHUNK else None


def due_for(broadcast: Broadcast, zone: str, *, now: datetime) -> datetime:
    """When a reader of that zone gets it: at the hour that was chosen, else now; never at night, and not in the past."""
    if broadcast.day is not None:
        at = at_local(broadcast.day, broadcast.hour or FIRST_HOUR, zone)
        return at if at > now else by_day(now, zone)
    return by_day(now, zone)


def by_day(at: datetime, zone: str) -> datetime:
    """The moment itself when it is day there, else the next morning's first hour."""
    here = local(at, zone)
    if FIRST_HOUR <= here.time() < LAST_HOUR:
        return at
    morning = here.date() if here.time() < FIRST_HOUR else here.date() + timedelta(days=1)
    return at_local(morning, FIRST_HOUR, zone)


def is_by_day(hour: time) -> bool:
    return FIRST_HOUR <= hour < LAST_HOUR


def planned_for(broadcast: Broadcast, judged: Judged) -> Planned:
    """Its row of the outbox; one that is passed over is born settled, so that ``/why`` and the report know."""
    return Planned(
        key="broadcast",
        facts={"broadcast": broadcast.id},
        due_at=judged.due_at,
        contact_id=judged.recipient.contact_id,
        urgency=Urgency.BROADCAST,
        dedupe_key=f"broadcast:{broadcast.id}:{judged.recipient.contact_id}",
        about=about(broadcast.id),
        extra={"locale": judged.locale, "timezone": judged.timezone},
        left_out=judged.reason,
    )


def about(broadcast_id: int) -> str:
    return f"broadcast:{broadcast_id}"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many of the segment's people with a chat get it, and how many do not, by reason."""

    allowed: int
    total: int
    reasons: Mapping[str, int]

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Counted:
        reasons = Counter(each.reason for each in judged if each.reason is not None)
        return cls(allowed=len(judged) - reasons.total(), total=len(judged), reasons=dict(reasons))

    def kept(self) -> dict[str, int]:
        """As plain JSON, for a job to go on with."""
        return {"allowed": self.allowed, "total": self.total, **{f"why:{name}": n for name, n in self.reasons.items()}}

    @classmethod
    def from_kept(cls, kept: Mapping[str, int]) -> Counted:
        reasons = {name.removeprefix("why:"): n for name, n in kept.items() if name.startswith("why:")}
        return cls(allowed=kept.get("allowed", 0), total=kept.get("total", 0), reasons=reasons)

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            allowed=self.allowed + other.allowed,
            total=self.total + other.total,
            reasons=dict(Counter(self.reasons) + Counter(other.reasons)),
        )
