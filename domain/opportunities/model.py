"""A possible sale, moving through stages to won or lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.opportunities.errors import UnknownStage
from domain.values.money import Money

FIRST_STAGE = "qualified"
CLOSED = frozenset({"won", "lost"})


@dataclass(kw_only=True, eq=False)
class Opportunity:
    id: int = field(init=False)
    customer_id: int
    owner_id: int | None
    name: str
    stage: str = FIRST_STAGE  # a key of ``domain.company.named.Stages``
    amount: Money | None = None
    expected_on: date | None = None
    lost_reason: str | None = None
    closed_at: datetime | None = None
    created_at: datetime
    stage_since: datetime | None = None
    """When it came into the stage that it is in; None: it has not moved since it was created."""
    ended_in: str | None = None
    """The stage that it stood in before it was won or lost; None: it is open, or nobody knows."""

    @property
    def is_open(self) -> bool:
        return self.stage not in CLOSED

    def goes_along(self, *, giver_id: int | None, taker_id: int) -> None:
        """Its customer goes from one to the other, and what is open of the giver's with it. See ``Followup.goes_along``."""
        self.owner_id = taker_id if self.is_open and self.owner_id == giver_id else self.owner_id

    def move(self, stage: str, *, offered: Collection[str], reason: str | None, now: datetime) -> None:
        """To any stage of those that the company offers, also back. Raises UnknownStage."""
        if stage not in offered and stage != self.stage:
            raise UnknownStage
        was_open, was = self.is_open, self.stage
        self.stage_since = now if stage != self.stage else self.stage_since
        self.stage = stage
        self.lost_reason = reason if stage == "lost" else None
        if self.is_open:
            self.closed_at = self.ended_in = None
            return
        if was_open:
            self.ended_in = was
        if was_open or self.closed_at is None:
            self.closed_at = now
