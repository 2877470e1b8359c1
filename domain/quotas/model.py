"""What somebody is to sell in a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.values.money import Money


@dataclass(kw_only=True, eq=False)
class Quota:
    """One a person and month; ``month`` is its first day. What is won in another currency does not count towards it."""

    id: int = field(init=False)
    staff_id: int
    month: date
    amount: Money
    created_at: datetime
