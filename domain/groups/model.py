"""A group of a customer's, bound by one of the staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class BoundGroup:
    """``channel`` and ``place`` are the group's address (of the whole group, not of a topic); ``title`` is its name there."""

    id: int = field(init=False)
    channel: str
    place: str
    title: str | None = None
    customer_id: int
    bound_by: int | None
    bound_at: datetime


def is_within(place: str, group: str) -> bool:
    """Is this the group, or a thread of it?"""
    return place == group or place.startswith(f"{group}/")
