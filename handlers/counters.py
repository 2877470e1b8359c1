"""What happened since the process started, as plain numbers; whoever publishes them reads them (``bot.health``)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the buckets in which durations are counted; a last one takes what is longer."""


@dataclass
class Durations:
    """A histogram: how many durations fell into each bucket of ``SECONDS``, and their sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(SECONDS, seconds)] += 1
        self.total += seconds


@dataclass
class EventCounters:
    """What dispatch did. Keys are channels and codes, never what somebody wrote."""

    events: Counter[str] = field(default_factory=Counter)
    incidents: int = 0
    seconds: Durations = field(default_factory=Durations)


@dataclass
class DeliveryCounters:
    """What became of notifications: ``outcomes[channel, state]``; ``pending`` are those that are tried again later.

    ``last_at`` is when something was last settled, by ``perf_counter``; at first, when the process started.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    last_at: float = field(default_factory=perf_counter)

    def count(self, channel: str | None, state: str) -> None:
        """``channel`` is None when no channel of the person could be found."""
        self.outcomes[channel or "none", state] += 1
        self.last_at = perf_counter()
