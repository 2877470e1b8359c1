"""Work too long for one transaction: done in chunks, resumed by whichever process comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

HANDOVER, UNDO, LIST = "handover", "undo", "list"
SURVEY = "survey"  # everybody of a segment is asked
ERASE = "erase"  # a person is taken out, part by part
BROADCAST = "broadcast"  # rows for many readers are planned, counted, released or withdrawn
MERGE = "merge"  # what was said in one ticket goes to another
RELEASE = "release"  # tickets of somebody who left find somebody else
KNOWN = "known"  # what an account asked before it was bound to a contact becomes the contact's
CARE = "care"  # good wishes of one day are planned
POINTS = "points"  # what came about since points count is put on the list of what is looked at
IMPORT = "import"  # stands by while an import writes, and takes it back if nobody goes on with it


@dataclass(frozen=True, kw_only=True)
class Told:
    """Where the outcome is said: a conversation, the message there that it replaces, and what the channel needs."""

    channel: str
    place: str
    edit: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Job:
    """One long action under way. ``facts`` say what is left to do and count what was done.

    The row goes with the chunk that finishes the work, so that a job which is there is not finished. ``attempts``
    counts chunks that failed one after the other. When its next chunk is due storage knows, by the real clock: a moment
    that somebody only tries out must not take a running import for dead.
    """

    id: int = 0
    kind: str
    action_id: int
    staff_id: int | None
    facts: dict[str, Any]
    told: Told | None
    attempts: int = 0
    created_at: datetime
