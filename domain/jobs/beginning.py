"""How a long action goes on after its first transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.jobs.model import Job, Told
from domain.people.model import Staff
from domain.ports import UnitOfWork


async def begin_job(
    uow: UnitOfWork,
    kind: str,
    facts: dict[str, Any],
    *,
    now: datetime,
    by: Staff | None = None,
    told: Told | None = None,
) -> Job:
    """Let ``domain.jobs.work`` do the rest in chunks, under the action of this transaction, so that one undo takes all back.

    ``facts`` are what the chunks of its kind go by; ``told`` hears of the end. See docs/decisions/0015.
    """
    staff_id = None if by is None else by.id
    return await uow.jobs.add(
        Job(kind=kind, action_id=await uow.action_id(), staff_id=staff_id, facts=facts, told=told, created_at=now)
    )
