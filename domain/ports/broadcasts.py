"""News and invitations for many. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from domain.broadcasts.model import Answer, Broadcast, BroadcastAnswer, Segment
from domain.people.model import Staff

if TYPE_CHECKING:
    from domain.broadcasts.planning import Recipient


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """What the variables of a text are filled with."""

    contact_id: int
    name: str
    company: str
    owner: str | None


class BroadcastRepository(Protocol):
    async def add(self, broadcast: Broadcast) -> Broadcast: ...
    async def get(self, broadcast_id: int) -> Broadcast:
        """Locked: of two who press at once, the second sees what the first did. Raises BroadcastNotFound."""

    async def get_for(self, actor: Staff, broadcast_id: int) -> Broadcast:
        """The same for one that ``actor`` may see. Raises BroadcastNotFound."""

    async def list_by_ids(self, ids: Collection[int]) -> Sequence[Broadcast]: ...
    async def list_latest(self, actor: Staff, *, limit: int) -> Sequence[Broadcast]: ...
    async def list_recipients(
        self, segment: Segment, *, language_default: str, after: int, limit: int
    ) -> Sequence[Recipient]:
        """Contacts of the segment who are still at their customer, by id; without a chat, too."""

    async def list_addressees(self, contact_ids: Sequence[int]) -> Mapping[int, Addressee]:
        """By the contact's id, of those who are still at their customer; one statement."""

    async def count_ends(self, about: str) -> Mapping[tuple[str, str | None], int]:
        """How its rows of the outbox stand: (state, reason) -> how many."""

    async def count_stopped_since(self, about: str, since: datetime) -> int:
        """How many of those who got it said no to news since then."""

    async def count_answers(self, broadcast_id: int) -> Mapping[Answer, int]: ...
    async def list_answered(self, broadcast_id: int, answer: Answer, *, limit: int) -> Sequence[Addressee]:
        """Who answered so, the latest first."""

    async def find_answer(self, broadcast_id: int, contact_id: int) -> BroadcastAnswer | None:
        """Locked, and so is the contact: of two accounts of one person the second waits."""

    async def add_answer(self, answer: BroadcastAnswer) -> BroadcastAnswer: ...
    async def release_paused(self, about: str, due_at: datetime, *, after: int, limit: int) -> int | None:
        """Rows that were put off until ``PAUSED_UNTIL`` are due at that moment, ``limit`` of those behind the id ``after``.

        Gives the id after which to go on, None when that was the end."""

    async def withdraw_pending(self, about: str, reason: str, *, after: int, limit: int) -> int | None:
        """Rows that wait stay unsaid for this reason; what is under way delivery settles. Gives what ``release_paused`` does."""

    async def clear_unsaid(self, about: str, reason: str, *, after: int, limit: int) -> int | None:
        """Rows that nobody got give their keys back and count no more; those that wait stay unsaid for this reason. What is
        under way, or may have arrived before a process died, stays as it is. Gives what ``release_paused`` does."""
