"""What somebody wrote to us in private whom nobody knows yet: it waits until one of the staff decides what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.inquiries.errors import InquiryClosed

LONGEST_WORDS = 4000  # characters kept of one inquiry


class InquiryState(StrEnum):
    WAITING = "waiting"
    BOUND = "bound"  # the account is a contact's
    LEAD = "lead"
    TICKET = "ticket"
    CLOSED = "closed"  # nothing for us


@dataclass(kw_only=True, eq=False)
class Inquiry:
    """Of one account at most one waits. ``words`` are all messages until then, a line each; ``name`` is what the platform
    calls the person. ``contact_id`` and ``lead_id`` say what became of it."""

    id: int = field(init=False)
    identity_id: int
    name: str
    words: str
    state: InquiryState = InquiryState.WAITING
    first_at: datetime
    last_at: datetime
    closed_by: int | None = None
    closed_at: datetime | None = None
    contact_id: int | None = None
    lead_id: int | None = None

    @property
    def is_waiting(self) -> bool:
        return self.state is InquiryState.WAITING

    def add(self, words: str, *, now: datetime) -> None:
        """Another message; what is beyond ``LONGEST_WORDS`` is not kept."""
        self.words = "\n".join(part for part in (self.words, words) if part)[:LONGEST_WORDS]
        self.last_at = now

    def settle(self, state: InquiryState, *, by: int | None, now: datetime) -> None:
        """Say what became of it. Raises InquiryClosed."""
        if not self.is_waiting:
            raise InquiryClosed
        self.state, self.closed_by, self.closed_at = state, by, now
