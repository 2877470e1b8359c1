"""Something that must be said to somebody, now or later. The outbox is a table of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from domain.facts import UnreadFacts


class Urgency(IntEnum):
    """Smaller goes first."""

    DIRECT = 0  # the answer to what somebody just said
    URGENT = 1
    NORMAL = 2
    DIGEST = 3
    BROADCAST = 4


class NotificationState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


UNANSWERED = "unanswered"
"""Why a row is put off of which nobody knows whether it arrived."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What an action or a planner wants said: a catalogue ``key`` with ``facts``, never finished text.

    Either ``staff_id`` or ``contact_id`` names a person (delivery finds the channel), or ``channel`` and ``place`` name a
    conversation. ``chosen``: a person named this moment, so quiet hours and days off do not move it.
    ``card`` is the record that the message shows (``followup:31``): where it stands is remembered. ``edit`` is the
    platform's id of a message to replace in place; only the newest queued edit of one message is sent.
    ``about`` is the record that ``/why`` finds this row by. ``left_out`` says why it is not to be said at all: such a row
    is kept for ``/why`` and for counting, and its dedupe key holds. ``extra`` is for the channel alone (a private answer's URL).
    """

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime
    staff_id: int | None = None
    contact_id: int | None = None
    channel: str | None = None
    place: str | None = None
    urgency: Urgency = Urgency.NORMAL
    chosen: bool = False
    dedupe_key: str | None = None
    card: str | None = None
    edit: str | None = None
    about: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    left_out: str | None = None


@dataclass(kw_only=True)
class Notification:
    """A row of the outbox as delivery and ``/why`` see it."""

    id: int
    key: str
    facts: dict[str, Any]
    due_at: datetime
    staff_id: int | None
    contact_id: int | None
    channel: str | None
    place: str | None
    urgency: Urgency
    chosen: bool
    dedupe_key: str | None
    card: str | None
    edit: str | None
    about: str | None
    extra: dict[str, Any]
    state: NotificationState
    attempts: int
    reason: str | None
    action_id: int | None
    created_at: datetime
    sent_at: datetime | None

    @property
    def is_readable(self) -> bool:
        """Whether its facts are there, and what it says of its channel and of what is masked."""
        return not (isinstance(self.facts, UnreadFacts) or isinstance(self.extra, UnreadFacts))

    @property
    def may_stand(self) -> bool:
        """Whether it may have been said before: its channel did not answer, or its process ended before it knew. Whoever
        put it off knowing that it was not said wrote why."""
        return self.attempts > 1 and self.reason in {None, UNANSWERED}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one attempt. ``attempt`` is the number that was claimed: a late worker overwrites nothing.

    ``card`` is where the card now stands, to be remembered.
    """

    notification_id: int
    attempt: int
    state: NotificationState
    at: datetime
    reason: str | None = None
    retry_at: datetime | None = None
    channel: str | None = None
    card: CardPlace | None = None


HOME = "home"  # in place of a message's id: the person's home page


@dataclass(frozen=True, kw_only=True)
class CardPlace:
    """Where a card stands: ``record`` is like ``draft:12`` or ``followup:31``; ``message`` is the platform's id."""

    channel: str
    place: str
    message: str
    record: str
