"""What a report is asked, and the numbers it gives. What each number means: docs/users/reports.md, and
``storage.report_numbers`` beside it, which counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.company.chances import LEAST
from domain.company.named import Stages
from domain.reports.chances import Chance
from domain.values.money import Money

STUCK_AFTER = timedelta(days=14)  # a deal that long in one stage is stuck
ON_TIME_WITHIN = timedelta(hours=1)  # of a follow-up with an hour
SAME_DAY_WITHIN = timedelta(hours=24)  # of one with a day alone, which begins with its owner's work
SILENT_AFTER = timedelta(days=90)  # a customer with whom nothing happened for so long
NEXT_WITHIN = timedelta(days=7)


class Report(StrEnum):
    FUNNEL = "funnel"
    SOURCES = "sources"
    CYCLE = "cycle"
    ACTIVITY = "activity"
    TIMELINESS = "timeliness"
    FORECAST = "forecast"
    LOSSES = "losses"
    SATISFACTION = "satisfaction"
    TICKETS = "tickets"
    NEEDS = "needs"
    MEETING = "meeting"
    SCORECARD = "scorecard"
    FLOW = "flow"
    AGEING = "ageing"
    CHURN = "churn"
    SERVICE = "service"
    QUOTA = "quota"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A report over some time, about some people.

    ``first`` and ``last`` are days on the asker's wall clock, ``since`` and ``until`` the same as moments (aware UTC,
    ``until`` is no part of it). ``cuts`` are the moments at which its weeks or months begin, ``since`` first. ``owners``
    are the ids of those who are counted; None is everybody whose records the asker sees. ``now`` decides what is open,
    late or stuck. ``stages`` are the keys of all that opportunities go through, and end with; ``chances`` is per cent by
    open stage, ``least`` how many cases say more than that.
    """

    report: Report
    first: date
    last: date
    since: datetime
    until: datetime
    now: datetime
    cuts: tuple[datetime, ...] = ()
    owners: tuple[int, ...] | None = None
    today: date = date.min
    stages: tuple[str, ...] = Stages.first().keys
    chances: Mapping[str, int] = field(default_factory=dict)
    least: int = LEAST


Group = str | int | None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One line of a report. ``group`` is a person's id, a code, somebody's word, or a week's place in ``Asked.cuts``;
    None where there is only one line, or where the rows name none. ``counts`` are by the name of the number; ``sums``
    are of amounts in minor units by currency, because currencies have no sum together; they may be larger than a Money holds.
    ``weighted`` is the same as ``sums``, each amount times how likely it is won. ``median`` is a span, ``total`` the sum of all
    scores. ``chance`` is how likely what is in this stage is won."""

    section: str
    group: Group = None
    counts: Mapping[str, int]
    sums: Mapping[str, int] = field(default_factory=dict)
    median: timedelta | None = None
    total: int | None = None
    weighted: Mapping[str, int] = field(default_factory=dict)
    chance: Chance | None = None

    @property
    def average(self) -> float | None:
        whole = self.counts.get("all", 0)
        return self.total / whole if whole and self.total is not None else None

    def share(self, part: str, of: str = "all") -> float | None:
        """A number's part of another in per cent; None of nothing."""
        whole = self.counts.get(of, 0)
        return 100 * self.counts.get(part, 0) / whole if whole else None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One number of a report: which line, and which number of it."""

    section: str
    group: Group
    measure: str


@dataclass(frozen=True, kw_only=True)
class CountedRow:
    """A row that a number counts. ``record`` and ``record_id`` are the card that it opens, which is the lead's or
    customer's for an activity; ``id`` is its own, by which the next page begins."""

    id: int
    record: str
    record_id: int
    title: str
    at: datetime | None = None
    owner_name: str | None = None
    note: str | None = None
    amount: Money | None = None
