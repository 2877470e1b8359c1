"""What screens show of a follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.followups.model import FollowupStatus


@dataclass(frozen=True, kw_only=True)
class FollowupView:
    """A follow-up with the names a card shows. ``record`` is lead, customer or None; ``phone`` is E.164, the first known
    of the contact, the customer or the lead; ``record_owner_id`` whose record it is."""

    id: int
    owner_id: int
    owner_name: str
    note: str
    due_at: datetime
    has_hour: bool
    is_deadline: bool
    chosen: bool
    recurrence: str | None
    status: FollowupStatus
    closed_at: datetime | None
    accepted_at: datetime | None
    record: str | None
    record_id: int | None
    title: str | None
    contact_name: str | None
    phone: str | None
    record_owner_id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.status is FollowupStatus.OPEN
