"""What a quarter's numbers say: where sales stand still, which sources pay, who has too much. Where too few say so, nothing is
found: see docs/users/reports.md."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.reports.model import Counted

LEAST_STUCK = 3  # fewer sales that stand still are no pattern
LEAST_LEADS = 10  # fewer leads of a source say nothing of it
LEAST_LOAD = 10  # who has fewer open leads has not too many
OVERLOAD = 1.5  # times what the others have in the middle
MOST_GIVEN = 10  # leads at once


@dataclass(frozen=True, kw_only=True)
class Stall:
    """The stage in which most sales have stood for two weeks or longer."""

    stage: str
    stuck: int
    all: int
    median: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Payment:
    """``best`` won most of its leads; ``worst`` brought many and none was won, which there need not be."""

    best: Counted
    worst: Counted | None


@dataclass(frozen=True, kw_only=True)
class Overload:
    """``giver`` has ``count`` open leads, the others ``typical`` in the middle; ``taker`` has least, and could have ``give`` more."""

    giver: int
    count: int
    typical: float
    taker: int
    give: int


def find_stall(stages: Sequence[Counted]) -> Stall | None:
    """Of open sales by stage, in the order of the stages; the later one where two have as many."""
    found = None
    for line in stages:
        if line.counts["stuck"] >= max(LEAST_STUCK, found.stuck if found else 0):
            found = Stall(stage=str(line.group), stuck=line.counts["stuck"], all=line.counts["all"], median=line.median)
    return found


def find_payment(sources: Sequence[Counted]) -> Payment | None:
    """Of the quarter's leads by source. None where no source has enough of them, or none was won."""
    enough = [line for line in sources if line.group is not None and line.counts["all"] >= LEAST_LEADS]
    best = max(enough, key=lambda line: (line.share("won") or 0, line.counts["all"], str(line.group)), default=None)
    if best is None or not best.counts["won"]:
        return None
    fruitless = [line for line in enough if not line.counts["won"]]
    worst = max(fruitless, key=lambda line: (line.counts["all"], str(line.group)), default=None)
    return Payment(best=best, worst=worst)


def find_overload(load: Mapping[int, int], teams: Mapping[int, str | None]) -> Overload | None:
    """``load`` are open leads by person; ``teams`` those who may give and take, and where they are. Of one team, where others
    are in it."""
    counts = {person: load.get(person, 0) for person in teams}
    giver = max(counts, key=lambda person: (counts[person], -person), default=None)
    if giver is None or counts[giver] < LEAST_LOAD:
        return None
    others = [person for person in counts if person != giver]
    near = [person for person in others if teams[person] == teams[giver]] or others
    if not near:
        return None
    typical = statistics.median(counts[person] for person in near)
    taker = min(near, key=lambda person: (counts[person], person))
    give = min(MOST_GIVEN, (counts[giver] - counts[taker]) // 2)
    if counts[giver] <= OVERLOAD * typical or give < 1:
        return None
    return Overload(giver=giver, count=counts[giver], typical=typical, taker=taker, give=give)
