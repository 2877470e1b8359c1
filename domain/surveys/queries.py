"""What screens show of surveys, and what the planner is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import sqrt

from domain.surveys.definition import SCORES, Kind

FEWEST = 5
"""Below so many answers nobody is compared with anybody."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody whom a rule or a segment names. ``happened_at`` is the moment that the rule counts from."""

    contact_id: int
    customer_id: int
    cause: str
    happened_at: datetime
    ticket_id: int | None = None
    about_id: int | None = None
    channel: str | None = None
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Whom to ask by hand: customers of a grade, with a tag, or all."""

    grade: str | None = None
    tag: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """One answer with the names that a list shows."""

    id: int
    survey: str
    edition: int
    kind: Kind
    customer_id: int | None
    customer: str | None
    contact: str | None
    lead_id: int | None
    owner_id: int | None
    about_id: int | None
    about: str | None
    ticket_id: int | None
    at: datetime
    answered_at: datetime | None
    score: int | None
    is_low: bool
    comment: str | None
    answers: Mapping[str, str]
    followup_id: int | None
    followup_is_open: bool

    @property
    def scale_top(self) -> int | None:
        return SCORES[self.kind][-1] if self.kind in SCORES else None


@dataclass(frozen=True, kw_only=True)
class Day:
    """The answers that came in on one day (UTC)."""

    day: date
    count: int
    total: int


@dataclass(frozen=True, kw_only=True)
class About:
    """The answers about one colleague's work."""

    staff_id: int
    name: str
    count: int
    total: int

    @property
    def mean(self) -> float:
        return self.total / self.count


@dataclass(frozen=True, kw_only=True)
class Tally:
    """``sent`` went out, ``answered`` came back; ``scores`` counts each score."""

    sent: int
    answered: int
    scores: Mapping[int, int] = field(default_factory=dict)
    days: Sequence[Day] = ()
    about: Sequence[About] = ()

    @property
    def scored(self) -> int:
        return sum(self.scores.values())

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.sent if self.sent else None

    @property
    def mean(self) -> float | None:
        return sum(score * count for score, count in self.scores.items()) / self.scored if self.scored else None

    def share(self, low: int, high: int) -> float | None:
        """Of the scores between these two, both included."""
        return self.count(low, high) / self.scored if self.scored else None

    def count(self, low: int, high: int) -> int:
        return sum(count for score, count in self.scores.items() if low <= score <= high)

    @property
    def ranking(self) -> Sequence[About]:
        """Colleagues with enough answers to be compared, the best first; one alone is compared with nobody."""
        enough = [each for each in self.about if each.count >= FEWEST]
        return sorted(enough, key=lambda each: (-each.mean, each.name)) if len(enough) > 1 else ()


def wilson(count: int, of: int, *, z: float = 1.96) -> tuple[float, float]:
    """The interval in which a share lies with 95 % confidence; for few answers honest where ± is not.

    Wilson, "Probable inference, the law of succession, and statistical inference", 1927. Of nothing it is 0 to 1.
    """
    if not of:
        return 0.0, 1.0
    share, squared = count / of, z * z / of
    middle = share + squared / 2
    half = z * sqrt((share * (1 - share) + squared / 4) / of)
    return max(0.0, (middle - half) / (1 + squared)), min(1.0, (middle + half) / (1 + squared))
