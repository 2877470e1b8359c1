"""What screens read of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.points.model import EntryKind, PointEntry


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """``reason``, ``by`` and ``referred`` are for the staff; a decision that was undone has no reason any more. ``about`` is
    the kind of the line that a reversal takes back."""

    entry: PointEntry
    reason: str | None
    by: str | None
    referred: str | None
    about: EntryKind | None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """``lines`` newest first. ``soon`` points expire at ``soon_at``, the next of them that do."""

    balance: int
    soon: int
    soon_at: datetime | None
    lines: Sequence[StatementLine]
