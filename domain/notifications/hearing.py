"""Who hears a planned notification, and when: deputies, wishes, quiet hours and free days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.company.model import Company
from domain.notifications.kinds import FOR_DEPUTIES, KIND_OF, Wish, wish_for
from domain.notifications.model import Notification, Urgency
from domain.notifications.quiet import calendar_of, is_absent, may_be_said_at
from domain.people.model import Staff
from domain.values.zones import local

IN_DIGEST = "digest"


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """``hearer`` is told, perhaps in place of ``instead_of``. ``reason`` with ``later`` None: it is not said at all."""

    hearer: Staff
    instead_of: Staff | None = None
    later: datetime | None = None
    reason: str | None = None


def hearing(
    row: Notification, person: Staff, *, deputies: Mapping[int, Staff], company: Company | None, now: datetime
) -> Hearing:
    """How a row for somebody of the staff is to be said at ``now``. ``deputies`` by their own id.

    Direct answers and edits of cards that stand already make no noise and are never held back. What a person caused this
    moment (urgent) is told at once; quiet hours and free days delay only what the system chose.
    """
    if row.urgency is Urgency.DIRECT or row.edit is not None:
        return Hearing(hearer=person)
    wanted = wish_for(person, row.key)
    if wanted is not Wish.NOW:
        return Hearing(hearer=person, reason=IN_DIGEST if wanted is Wish.DIGEST else "opted-out")
    hearer = _deputy(row, person, deputies, now) or person
    instead_of = person if hearer is not person else None
    if row.chosen or row.urgency is Urgency.URGENT:
        return Hearing(hearer=hearer, instead_of=instead_of)
    at = may_be_said_at(hearer, calendar_of(hearer, company), now)
    if at > now:
        return Hearing(hearer=hearer, instead_of=instead_of, later=at, reason="quiet-hours")
    return Hearing(hearer=hearer, instead_of=instead_of)


def _deputy(row: Notification, person: Staff, deputies: Mapping[int, Staff], now: datetime) -> Staff | None:
    """Who stands in while the person is away; nobody when the deputy is away, too, or is whom it is about."""
    if person.deputy_id is None or KIND_OF.get(row.key) not in FOR_DEPUTIES:
        return None
    if not is_absent(person, local(now, person.timezone).date()):
        return None
    deputy = deputies.get(person.deputy_id)
    if deputy is None or not deputy.is_active or is_absent(deputy, local(now, deputy.timezone).date()):
        return None
    return None if row.about == f"staff:{deputy.id}" else deputy
