"""What is said when a long action has ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.jobs.model import Told
from domain.notifications.model import Planned, Urgency


def job_outcome(key: str, facts: Mapping[str, Any], told: Told, *, now: datetime) -> Planned:
    """Said at once in the place where the work was asked for, as the answer would have been."""
    return Planned(
        key=key,
        facts=facts,
        due_at=now,
        channel=told.channel,
        place=told.place,
        edit=told.edit,
        extra=told.extra,
        urgency=Urgency.URGENT,
        chosen=True,
    )
