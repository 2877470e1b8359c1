"""An unfinished form or unsaved card. It survives a restart and moves to another channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(kw_only=True, eq=False)
class Draft:
    """``content`` holds only what JSON and the facts codec know. ``asking`` is the field of the open question, if any,
    in the conversation ``channel``/``place``: at most one a person and conversation (a unique index says so)."""

    id: int = field(init=False)
    staff_id: int | None
    identity_id: int | None = None
    kind: str  # log, list, lead, settings, …
    content: dict[str, Any]
    channel: str
    place: str
    asking: str | None = None
    created_at: datetime
    updated_at: datetime
