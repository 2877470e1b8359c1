"""What a second person must agree to, and what is kept about a person. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.approvals.model import Approval
from domain.jobs.model import Job
from domain.people.model import Staff


class ApprovalRepository(Protocol):
    async def add(self, approval: Approval) -> Approval: ...
    async def get_for(self, actor: Staff, approval_id: int) -> Approval:
        """Locked: of two who decide at once, the second sees what the first did. Raises ApprovalNotFound, also when the
        person's role may not decide it."""

    async def find(self, approval_id: int) -> Approval | None:
        """Locked."""

    async def find_open(self, kind: str, subject: str) -> Approval | None:
        """Locked; also one whose time has run out, until the planner has closed it."""

    async def find_declined(self, kind: str, subject: str, *, since: datetime) -> Approval | None:
        """The last that was declined after that moment."""

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Approval]: ...
    async def list_overdue(self, now: datetime, *, limit: int) -> Sequence[Approval]:
        """Open ones whose time has run out, locked, without those that somebody is just deciding."""


class Privacy(Protocol):
    """Taking people out of what is kept. Not journaled: there is nothing to put back."""

    async def go_on_erasing(self, job: Job, *, now: datetime) -> None:
        """The next part of it, in one transaction; the job goes with the last."""

    async def forget_strangers(self, before: datetime, *, limit: int, now: datetime) -> int:
        """Erase accounts of nobody's that said nothing since then, and what they wrote; gives how many."""

    async def forget_tickets(self, before: datetime, *, limit: int) -> int:
        """Clear what was said in tickets that were closed before then; gives how many."""
