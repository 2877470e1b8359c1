"""Records that go from one person to another. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.handovers.model import Handover


class HandoverRepository(Protocol):
    async def add(self, handover: Handover) -> Handover: ...
    async def find(self, handover_id: int) -> Handover | None:
        """Locked; whoever asks: the caller judges."""

    async def find_of_action(self, action_id: int) -> Handover | None: ...
    async def list_overdue(self, now: datetime, *, limit: int) -> Sequence[Handover]:
        """Neither accepted nor left in time, not undone, and not returned yet; locked."""

    async def list_customers(
        self, action_id: int, owner_id: int, *, limit: int, after: int = 0
    ) -> Sequence[tuple[int, str]]:
        """Customers that this action moved and that are still theirs, by id, with their titles."""
