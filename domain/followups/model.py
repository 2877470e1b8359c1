"""What must happen next: who, with whom, when, why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.followups.errors import FollowupAlreadyClosed


class FollowupStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(kw_only=True, eq=False)
class Followup:
    """``has_hour`` is False when only a day was named: then it shows in My day and rings no bell.

    ``recurrence`` is an iCalendar RRULE value (``FREQ=WEEKLY;BYDAY=MO``) or None.
    ``chosen`` tells that a person named the time, so that quiet hours do not move it.
    """

    id: int = field(init=False)
    owner_id: int
    created_by: int
    customer_id: int | None = None
    lead_id: int | None = None
    contact_id: int | None = None
    opportunity_id: int | None = None
    note: str = ""
    due_at: datetime
    has_hour: bool = True
    is_deadline: bool = False
    chosen: bool = True
    recurrence: str | None = None
    status: FollowupStatus = FollowupStatus.OPEN
    closed_at: datetime | None = None
    accepted_at: datetime | None = None
    created_at: datetime

    def _must_be_open(self) -> None:
        if self.status is not FollowupStatus.OPEN:
            raise FollowupAlreadyClosed(followup=self.id, status=self.status.value, closed_at=self.closed_at)

    def finish(self, *, now: datetime) -> None:
        self._must_be_open()
        self.status, self.closed_at = FollowupStatus.DONE, now

    def cancel(self, *, now: datetime) -> None:
        self._must_be_open()
        self.status, self.closed_at = FollowupStatus.CANCELLED, now

    def falls_away(self, *, now: datetime) -> bool:
        """Its record is given up: True when it was open, and is cancelled now. Any other is written as it is, so that no
        undo opens it again behind that."""
        if self.status is FollowupStatus.OPEN:
            self.cancel(now=now)
            return True
        self.owner_id = int(self.owner_id)
        return False

    def move(self, *, due_at: datetime, has_hour: bool, chosen: bool = True) -> None:
        self._must_be_open()
        self.due_at, self.has_hour, self.chosen = due_at, has_hour, chosen

    def goes_along(self, *, giver_id: int | None, taker_id: int) -> None:
        """Its record goes from one to the other, and what is open of the giver's with it.

        The owner of any other is written as it is: an undo must not open it again behind the giver's back.
        """
        if self.status is FollowupStatus.OPEN and self.owner_id == giver_id != taker_id:
            self.hand_to(taker_id)
        else:
            self.owner_id = int(self.owner_id)

    def hand_to(self, owner_id: int) -> None:
        self._must_be_open()
        self.owner_id, self.accepted_at = owner_id, None
