"""What customers' people hear of us without having asked. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from domain.people.model import Topic

if TYPE_CHECKING:
    from domain.broadcasts.planning import Recipient
    from domain.care.budget import SaidTo
    from domain.care.occasions import Cared
    from domain.care.visits import DueVisit


@dataclass(frozen=True, kw_only=True)
class BirthdayOf:
    """Somebody whose birthday it may be. ``kept`` is how it is written down."""

    contact_id: int
    name: str
    customer_id: int
    customer: str
    owner_id: int
    kept: str


class Outreach(Protocol):
    """Each method is one statement for any number of contacts."""

    async def said_to(self, contact_ids: Sequence[int], *, since: datetime) -> Mapping[int, Sequence[SaidTo]]:
        """What uses the budget of these contacts: sent since then, or still to be sent."""

    async def wishes_of(self, contact_ids: Sequence[int]) -> Mapping[int, Mapping[Topic, bool]]:
        """What each of them last said about a topic, whichever of their chat accounts they said it from."""

    async def mark(self, key: str, *, at: datetime) -> bool:
        """Note that something was begun; False when it was noted before, by whichever process."""

    async def list_marked(self, keys: Collection[str]) -> Collection[str]:
        """Those of the keys that were noted."""

    async def forget_marks(self, before: datetime) -> None:
        """Those of days long ago; the others stand."""

    async def list_cared_for(
        self, *, after: int, endings: Sequence[str] | None, limit: int
    ) -> Sequence[tuple[Cared, Recipient]]:
        """Contacts behind that id who are still at their customer, by id; ``endings``: only those whose birthday ends so, or
        whose customer has a day of its own."""

    async def list_due_visits(
        self, quiet_since: Mapping[str, datetime], *, after: int, limit: int
    ) -> Sequence[DueVisit]:
        """By grade: customers with whom nothing happened since then, and for whom nothing is planned, by id. Their owners
        work here."""

    async def list_birthdays(self, owner_ids: Sequence[int], endings: Sequence[str]) -> Sequence[BirthdayOf]:
        """Contacts of these owners' customers whose birthday ends so."""

    async def complaining(self, contact_ids: Sequence[int]) -> Collection[int]:
        """Those whose company waits for the solution of a complaint."""
