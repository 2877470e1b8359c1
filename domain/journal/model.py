"""The record of every change to every business row: audit log, history, and what undo works from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.errors import CrmError

UNDO_WITHIN = timedelta(minutes=10)
"""For so long what somebody did has its Undo; older actions are put back from their history."""
FINAL: Mapping[str, str] = {
    "erasure-began": "erased",
    "person-erased": "erased",
    "strangers-forgotten": "erased",
    "customers-exported": "handed-out",
}
"""Actions that nothing takes back, and why: what was erased is gone, and who has the workbook keeps it."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Through what something happened: a channel's delivery, or ``operator``/``scheduler`` with a command's name."""

    channel: str
    delivery: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionRecord:
    id: int
    name: str
    staff_id: int | None
    at: datetime
    source: str
    undone_by: int | None
    undoes: int | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_under_way: bool = False  # a job is still putting back what it undoes


@dataclass(frozen=True, kw_only=True)
class ChangeRecord:
    """One row changed by one action. ``before`` is None for a new row, ``after`` None for a deleted one."""

    action_id: int
    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """An action that took records away and was not put back. ``records`` are its first ones: table, id, and what it was called."""

    action: ActionRecord
    records: Sequence[tuple[str, int, str]]


class UndoRefused(CrmError):
    """Somebody changed it since (``who``, ``at``), or it was undone already."""

    code = "undo-refused"

    def __init__(self, *, who: str | None, at: datetime | None, what: str | None) -> None:
        super().__init__(who=who, at=at, what=what)


class NothingToUndo(CrmError):
    code = "nothing-to-undo"
