"""Housekeeping of drafts."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.ports import UnitOfWork

KEPT = timedelta(days=14)  # since somebody last worked on it
BATCH = 1000


async def forget_old_drafts(uow: UnitOfWork, now: datetime) -> int:
    """Remove a batch of what waited too long; gives how many, so that a planner asks again until 0."""
    return await uow.drafts.remove_older(now - KEPT, limit=BATCH)
