"""Photos, files, voice notes and places that belong to what happened, and the bytes behind them.

Two things, because they live differently. An ``Attachment`` is somebody's decision that a file belongs to a record: it is
journaled, and undo takes it off. An ``AttachedFile`` is what a channel announced and what became of its bytes: it is known
before anybody decided anything, is fetched meanwhile, and outlives an undo, which may be undone itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LARGEST_MEGABYTES = 20  # what Telegram's Bot API gives out, too
LARGEST = LARGEST_MEGABYTES * 1024 * 1024  # bytes
MOST_AT_ONCE = 10  # files of one message or album


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    FILE = "file"
    LOCATION = "location"


class FileState(StrEnum):
    WAITING = "waiting"  # announced, its bytes are still with the channel
    KEPT = "kept"
    REFUSED = "refused"  # and why: see ``Refusal``
    REMOVED = "removed"  # nothing had referred to it for long


class Refusal(StrEnum):
    """Why a file was not kept, or not as what it claims."""

    TOO_LARGE = "too-large"
    EMPTY = "empty"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    OUT_OF_REACH = "out-of-reach"  # asked for a day in vain
    LYING = "lying"  # kept all the same, as a plain file: not what it claims to be


@dataclass(kw_only=True, eq=False)
class Attachment:
    """Belongs to an activity or to what was said about a ticket, else to a lead or a customer directly. A location has a
    place instead of a file.

    ``name`` is the file's as its sender had it: somebody of the staff (``by_id``), or a customer's account."""

    id: int = field(init=False)
    kind: AttachmentKind
    name: str | None = None
    file_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    activity_id: int | None = None
    lead_id: int | None = None
    customer_id: int | None = None
    ticket_message_id: int | None = None
    by_id: int | None = None
    identity_id: int | None = None
    created_at: datetime


@dataclass(kw_only=True, eq=False)
class AttachedFile:
    """``ref`` is how ``channel`` finds the bytes; ``claimed_type`` and ``claimed_size`` are what it said of them.

    ``due_at`` is when they are to be fetched next, by the real clock; storage begins with now.
    ``place`` and ``message`` tell where it was sent, ``album`` what it was sent together with. What is known once the
    bytes are kept: ``media_type`` by their own witness, ``size`` in bytes, ``sha256`` in hexadecimal digits, and
    ``stored``, their name in the file store."""

    id: int = field(init=False)
    channel: str
    ref: str
    kind: AttachmentKind
    name: str | None = None
    claimed_type: str | None = None
    claimed_size: int | None = None
    place: str
    message: str | None = None
    album: str | None = None
    staff_id: int | None = None
    identity_id: int | None = None
    state: FileState = FileState.WAITING
    reason: str | None = None
    media_type: str | None = None
    size: int | None = None
    sha256: str | None = None
    stored: str | None = None
    attempts: int = 0
    due_at: datetime | None = None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An attachment with its file, as people are shown it."""

    id: int
    kind: AttachmentKind
    name: str | None
    at: datetime
    by: str | None
    latitude: float | None
    longitude: float | None
    state: FileState | None
    reason: str | None
    media_type: str | None
    size: int | None
    stored: str | None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What became of one attempt. ``WAITING`` means again at ``retry_at``."""

    file_id: int
    attempt: int
    state: FileState
    reason: str | None = None
    retry_at: datetime | None = None
    media_type: str | None = None
    size: int | None = None
    sha256: str | None = None
    stored: str | None = None
