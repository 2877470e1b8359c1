"""What must happen next, and what a day holds. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.followups.model import Followup
from domain.followups.queries import FollowupView
from domain.notifications.agenda import (
    IdleRecord,
    LadderLead,
    LadderMark,
    LoggedCount,
    WaitingLead,
)
from domain.people.model import Staff


class FollowupRepository(Protocol):
    async def add(self, followup: Followup) -> Followup: ...
    async def get_for(self, actor: Staff, followup_id: int) -> Followup: ...
    async def find(self, followup_id: int) -> Followup | None:
        """Locked, whoever asks: for what stands on it."""

    async def list_open(
        self,
        *,
        owner_id: int | None = None,
        lead_id: int | None = None,
        customer_id: int | None = None,
        due_before: datetime | None = None,
        due_from: datetime | None = None,
        limit: int,
    ) -> Sequence[Followup]:
        """By ``due_at``, earliest first."""

    async def list_of(
        self, *, lead_id: int | None = None, customer_id: int | None = None, limit: int
    ) -> Sequence[Followup]:
        """Open and closed ones of a record, by ``due_at``."""

    async def list_views(self, ids: Sequence[int]) -> Sequence[FollowupView]:
        """With titles, owner and phone, in two statements at most, whoever owns them; by ``due_at``."""

    async def plan_due(self, *, until: datetime, now: datetime, limit: int) -> int:
        """Put reminders of open follow-ups with an hour, due by ``until`` and not planned for that moment yet, into the
        outbox; gives how many. In one statement, and twice is once."""


class Agenda(Protocol):
    """What My day, the digest and the ladder read: each question for many people at once, bounded for each of them."""

    async def list_due(self, owner_ids: Sequence[int], *, before: datetime, per_owner: int) -> Sequence[FollowupView]:
        """Open follow-ups due before then, earliest first."""

    async def list_untouched(self, owner_ids: Sequence[int], *, per_owner: int) -> Sequence[WaitingLead]:
        """Open leads without any activity, oldest first."""

    async def list_leads(self, ids: Sequence[int]) -> Sequence[WaitingLead]:
        """Those among them that are open and untouched still."""

    async def list_idle(self, owner_ids: Sequence[int], *, since: datetime, per_owner: int) -> Sequence[IdleRecord]:
        """Open opportunities, and A and B customers, with nothing planned and nothing done since then."""

    async def count_logged(
        self, staff_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[LoggedCount]: ...

    async def list_for_ladder(self, now: datetime, *, stamp: str | None, limit: int) -> Sequence[LadderLead]:
        """Open leads that are new to the ladder, whose time to be looked at has come, or that were looked at by another
        ladder than that of ``stamp``."""

    async def mark_ladder(self, marks: Sequence[LadderMark]) -> None:
        """Remember what was said of leads and when to look again; no change of theirs, so not journaled."""
