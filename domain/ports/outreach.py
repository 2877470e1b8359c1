"""What customers' people hear of us without having asked. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from domain.people.model import Topic

if TYPE_CHECKING:
    from domain.care.budget import SaidTo


class Outreach(Protocol):
    """Each method is one statement for any number of contacts."""

    async def said_to(self, contact_ids: Sequence[int], *, since: datetime) -> Mapping[int, Sequence[SaidTo]]:
        """What uses the budget of these contacts: sent since then, or still to be sent."""

    async def wishes_of(self, contact_ids: Sequence[int]) -> Mapping[int, Mapping[Topic, bool]]:
        """What each of them last said about a topic, whichever of their chat accounts they said it from."""

    async def complaining(self, contact_ids: Sequence[int]) -> Collection[int]:
        """Those whose company waits for the solution of a complaint."""
