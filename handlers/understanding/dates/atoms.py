"""The smallest pieces of a time expression, the same kinds for English and Chinese, before they are joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handlers.understanding.dates.days import add_months, add_working_days
from handlers.understanding.model import Grain, Recurrence

Slot = Literal[
    "date",
    "weekday",
    "dom",
    "period",
    "offset",
    "shift",
    "clock",
    "number",
    "part",
    "week_of",
    "ahead",
    "recurrence",
    "zone",
    "nothing",
]


@dataclass(frozen=True)
class Shift:
    """A stretch of time: whole days, working days and months beside exact time."""

    days: float = 0
    months: int = 0
    exact: timedelta = timedelta()
    working_days: int = 0

    @property
    def is_exact(self) -> bool:
        return bool(self.exact) or self.days != int(self.days)

    def from_day(self, day: date) -> date:
        moved = add_months(day, self.months) if self.months else day
        if self.working_days:
            moved = add_working_days(moved, self.working_days)
        return moved + timedelta(days=int(self.days))


@dataclass(frozen=True)
class Atom:
    """One piece. Which of the fields are set depends on ``slot``; ``relation`` is this, next, last … as written."""

    slot: Slot
    start: int = 0
    end: int = 0
    day: date | None = None
    grain: Grain = "day"
    weekday: int = 0
    relation: str = ""
    weeks: int = 0
    number: int = 0
    ordinal: bool = False
    unit: str = ""
    last: date | None = None
    hour: int = 0
    minute: int = 0
    meridiem: Literal["am", "pm", ""] = ""
    certain: bool = False
    part: str = ""
    shift: Shift | None = None
    vague: bool = False
    doubt: bool = False
    past: bool = False
    yearless: bool = False
    feast: str = ""
    limit: Literal["before", "after", ""] = ""
    recurrence: Recurrence | None = None
    tags: tuple[str, ...] = ()
