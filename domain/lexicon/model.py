"""What the company's people mean by their own words, learned from what they corrected on a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.people.model import Role, Staff

MOST = 1000  # phrases of one company
LONGEST = 60  # characters of a phrase


class Meaning(StrEnum):
    ACTIVITY = "activity"  # "pinged" is a message
    INTENT = "intent"  # "over the moon" is interest
    NO_INTENT = "no-intent"  # "demo account" asks for no demonstration
    NAME = "name"  # 老地方 is a customer or lead


@dataclass(kw_only=True, eq=False)
class LearnedPhrase:
    """``phrase`` is normalised for matching. ``value`` is the activity or the intent; a name has a record instead."""

    id: int = field(init=False)
    meaning: Meaning
    phrase: str
    value: str = ""
    lead_id: int | None = None
    customer_id: int | None = None
    by_id: int
    created_at: datetime

    @property
    def record(self) -> tuple[str, int] | None:
        """Whom a name means: ("customer", 7)."""
        if self.customer_id is not None:
            return "customer", self.customer_id
        return None if self.lead_id is None else ("lead", self.lead_id)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What a correction says, before it is known whether that is new."""

    meaning: Meaning
    phrase: str
    value: str = ""
    lead_id: int | None = None
    customer_id: int | None = None


def may_see_all(actor: Staff) -> bool:
    """Managers and admins tend the company's words; everybody else the ones they taught."""
    return actor.role in {Role.MANAGER, Role.ADMIN}
