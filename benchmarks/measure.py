"""Paired measurements: ours and a stand-in in turn, in one run, so that a busy machine slows both alike."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], Awaitable[int]]  # does something and gives how many times


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. ``measured`` is a ratio unless ``unit`` says otherwise; ``stretch`` is a wish."""

    name: str
    measured: float
    limit: float
    at_least: bool = False
    unit: str = "×"
    stretch: float | None = None
    details: str = ""

    @property
    def holds(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one operation cost: CPU seconds of the process with all its threads, and seconds by the clock."""

    cpu: float
    wall: float

    @property
    def rate(self) -> float:
        """Operations a second."""
        return 1 / self.wall

    def __str__(self) -> str:
        return f"{self.cpu * 1000:.2f} ms CPU, {self.rate:,.0f}/s"


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Rounds of both, in the order in which they ran."""

    ours: Sequence[Cost]
    theirs: Sequence[Cost]

    @property
    def cpu_ratio(self) -> float:
        """The median of each round's ratio of CPU."""
        return _median_ratio(self.ours, self.theirs, lambda cost: cost.cpu)

    @property
    def wall_ratio(self) -> float:
        return _median_ratio(self.ours, self.theirs, lambda cost: cost.wall)

    @property
    def rate_ratio(self) -> float:
        return 1 / self.wall_ratio

    @property
    def said(self) -> str:
        return f"ours {median(self.ours)}; beside it {median(self.theirs)}; {len(self.ours)} rounds each"


async def in_turn(
    ours: Work, theirs: Work, *, rounds: int, settle: Callable[[], Awaitable[object]] | None = None
) -> Pairs:
    """Run both ``rounds`` times, A B A B, after one round of each that does not count; ``settle`` after each, unmeasured."""
    measured: tuple[list[Cost], list[Cost]] = ([], [])
    for number in range(rounds + 1):
        for work, costs in zip((ours, theirs), measured, strict=True):
            cost = await cost_of(work)
            if settle is not None:
                await settle()
            if number:
                costs.append(cost)
    return Pairs(ours=measured[0], theirs=measured[1])


async def cost_of(work: Work) -> Cost:
    """What one operation of ``work`` costs. Earlier garbage is collected first, so that nobody pays for another's."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    count = await work()
    return Cost(cpu=(time.process_time() - cpu) / count, wall=(time.perf_counter() - wall) / count)


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(cpu=statistics.median(cost.cpu for cost in costs), wall=statistics.median(cost.wall for cost in costs))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _median_ratio(ours: Sequence[Cost], theirs: Sequence[Cost], part: Callable[[Cost], float]) -> float:
    return statistics.median(part(one) / part(other) for one, other in zip(ours, theirs, strict=True))


def cost_of_command(command: Sequence[str], environment: dict[str, str] | None = None) -> Cost:
    """Run a program to its end and give what it cost, its children's included. Raises CalledProcessError."""
    before, wall = _children_cpu(), time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL)
    return Cost(cpu=_children_cpu() - before, wall=time.perf_counter() - wall)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def commands_in_turn(ours: Callable[[], Cost], theirs: Callable[[], Cost], *, rounds: int) -> Pairs:
    """The same for whole programs."""
    ours()
    theirs()
    measured: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        measured[0].append(ours())
        measured[1].append(theirs())
    return Pairs(ours=measured[0], theirs=measured[1])
