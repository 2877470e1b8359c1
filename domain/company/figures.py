"""What a change of the settings is about, counted in the company's own records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class QuietLead:
    """A lead as the ladder saw it: until when nobody had done anything with it (None: still), open ones and converted."""

    grade: str | None
    owner_id: int | None
    created_at: datetime
    touched_at: datetime | None
    rung: int
    is_open: bool


@dataclass(frozen=True)
class Effect:
    """One line of a preview: ``key`` of the catalogue, and its facts."""

    key: str
    facts: Mapping[str, object]
