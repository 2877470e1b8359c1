"""How likely an open sale is won: by what happened to others that came as far, else as the company set it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

HISTORY = timedelta(days=365)
Ended = Mapping[tuple[int | None, str, bool], int]
"""How many sales ended: by their owner, the stage that they ended in, and whether they were won."""


@dataclass(frozen=True, kw_only=True)
class Chance:
    """``won`` of ``cases`` that came to the stage or beyond it. ``whose`` is ``own``, ``company``, or ``set`` where there are
    too few; then ``percent`` counts, and the cases are the company's."""

    whose: str
    won: int
    cases: int
    percent: int

    @property
    def part(self) -> Fraction:
        return Fraction(self.percent, 100) if self.whose == "set" else Fraction(self.won, self.cases)

    @property
    def said(self) -> int:
        """Per cent, rounded."""
        return round(100 * self.part)


@dataclass(frozen=True, kw_only=True)
class Chances:
    """``stages`` are the keys of the open ones in their order, ``percents`` what is set of each; ``least`` cases are enough."""

    stages: Sequence[str]
    percents: Mapping[str, int]
    least: int
    _cases: Mapping[tuple[int | None, str], tuple[int, int]] = field(default_factory=dict)
    _all: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, ended: Ended, *, stages: Sequence[str], percents: Mapping[str, int], least: int) -> Chances:
        """What was won passed every stage; what was lost came as far as the stage that it ended in."""
        people: dict[tuple[int | None, str], list[int]] = defaultdict(lambda: [0, 0])
        everybody: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for (owner, ended_in, is_won), count in ended.items():
            reached = stages if is_won else stages[: stages.index(ended_in) + 1] if ended_in in stages else ()
            for stage in reached:
                for tally in (people[owner, stage], everybody[stage]):
                    tally[0] += count if is_won else 0
                    tally[1] += count
        return cls(
            stages=stages,
            percents=percents,
            least=least,
            _cases={key: (won, cases) for key, (won, cases) in people.items()},
            _all={key: (won, cases) for key, (won, cases) in everybody.items()},
        )

    def chance(self, owner: int | None, stage: str) -> Chance:
        """Of the owner's sales in this stage; None: of anybody's."""
        percent = self.percents.get(stage, 50)
        won, cases = self._cases.get((owner, stage), (0, 0)) if owner is not None else (0, 0)
        if cases >= self.least:
            return Chance(whose="own", won=won, cases=cases, percent=percent)
        won, cases = self._all.get(stage, (0, 0))
        return Chance(whose="company" if cases >= self.least else "set", won=won, cases=cases, percent=percent)
