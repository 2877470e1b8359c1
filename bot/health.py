"""What ``/health`` and ``/metrics`` show of the running program: numbers and names of channels, never customers' words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.platforms import Platform
from bot.wiring import House
from handlers.counters import SECONDS

DATABASE_SECONDS = 2.0
STUCK_SECONDS = 300.0  # due for so long, with nothing settled meanwhile: delivery does not work
MOST_KINDS = 100  # distinct kinds of unknown content that are told apart
OUTCOMES = {"sent": "sent", "skipped": "skipped", "failed": "failed", "pending": "retried"}


async def health(house: House, platforms: Sequence[Platform]) -> Mapping[str, Any]:
    """Is everything at work? ``ok`` is False when the database does not answer or the outbox is stuck.

    A platform that cannot be reached is shown, and is no fault of ours: what must be said waits in the outbox.
    """
    database, outbox = await _database(house)
    return {
        "ok": database["ok"] and not outbox["stuck"],
        "database": database,
        "outbox": outbox,
        "channels": _channels(house, platforms),
    }


async def _database(house: House) -> tuple[dict[str, Any], dict[str, Any]]:
    began = perf_counter()
    facts: dict[str, Any] = {"ok": True, "dialect": house.database.dialect}
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            due, oldest = await _depth(house)
    except Exception as error:  # noqa: BLE001 - whatever the driver raises, the answer is that it does not answer
        unknown = {"due": None, "oldest_seconds": None, "stuck": False}
        return facts | {"ok": False, "error": type(error).__name__}, unknown
    facts["milliseconds"] = round((perf_counter() - began) * 1000, 1)
    return facts, {"due": due, "oldest_seconds": round(oldest, 1), "stuck": _is_stuck(house, oldest)}


async def _depth(house: House) -> tuple[int, float]:
    async with house.database.read() as uow:
        return await uow.notifications.depth(house.now())


def _is_stuck(house: House, oldest: float) -> bool:
    """Old rows alone are a backlog, as after a long stop; it is stuck when none of them went away either."""
    idle = perf_counter() - house.delivery.counters.last_at
    return oldest > STUCK_SECONDS and idle > STUCK_SECONDS


def _channels(house: House, platforms: Sequence[Platform]) -> dict[str, Any]:
    last = house.dispatcher.last_event_at
    channels: dict[str, Any] = {}
    if house.settings.local_page:
        channels["local"] = {"up": True, "last_update_at": _written(last.get("local"))}
    for platform in platforms:
        channels[platform.name] = {"last_update_at": _written(last.get(platform.name)), **platform.health()}
    return channels


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


async def metrics(house: House) -> bytes:
    """Prometheus' text format. The outbox is asked at each scrape; all else was counted as it happened."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            depth: tuple[int, float] | None = await _depth(house)
    except Exception:  # noqa: BLE001 - the other numbers are still worth showing
        depth = None
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Counted(house, depth))
    return generate_latest(registry)


class _Counted(Collector):
    """The counters of dispatch and delivery in Prometheus' terms."""

    def __init__(self, house: House, depth: tuple[int, float] | None) -> None:
        self._house = house
        self._depth = depth

    def collect(self) -> Iterator[Metric]:
        yield from self._dispatch()
        yield self._unknown()
        yield self._notifications()
        yield GaugeMetricFamily("guanxi_database_up", "Whether the database answers", 0 if self._depth is None else 1)
        if self._depth is not None:
            due, oldest = self._depth
            yield GaugeMetricFamily("guanxi_outbox_due", "Notifications that are due and unsent", due)
            yield GaugeMetricFamily("guanxi_outbox_oldest_seconds", "How long the oldest of them has been due", oldest)

    def _dispatch(self) -> Iterator[Metric]:
        counters = self._house.dispatcher.counters
        events = CounterMetricFamily("guanxi_events", "Chat events received", labels=["channel"])
        for channel, count in counters.events.items():
            events.add_metric([channel], count)
        yield events
        yield CounterMetricFamily("guanxi_incidents", "Events that met a bug", counters.incidents)
        seconds = HistogramMetricFamily("guanxi_dispatch_seconds", "From receiving an event to its commit")
        seconds.add_metric([], _buckets(counters.seconds.counts), counters.seconds.total)
        yield seconds

    def _unknown(self) -> Metric:
        """Kinds come from the platform's own field names. A flood of invented ones must not swell the metrics."""
        unknown = CounterMetricFamily("guanxi_unknown_content", "Content nobody handles", labels=["channel", "kind"])
        counted = list(self._house.dispatcher.unknown.items())
        for (channel, kind), count in counted[:MOST_KINDS]:
            unknown.add_metric([channel, kind], count)
        if rest := counted[MOST_KINDS:]:
            unknown.add_metric(["any", "other"], sum(count for _, count in rest))
        return unknown

    def _notifications(self) -> Metric:
        said = CounterMetricFamily(
            "guanxi_notifications", "What became of notifications", labels=["channel", "outcome"]
        )
        for (channel, state), count in self._house.delivery.counters.outcomes.items():
            said.add_metric([channel, OUTCOMES.get(state, state)], count)
        return said


def _buckets(counts: list[int]) -> list[tuple[str, float]]:
    """Prometheus' buckets hold all that is not longer than their end."""
    ends = [*(str(end) for end in SECONDS), "+Inf"]
    so_far, buckets = 0, []
    for end, count in zip(ends, counts, strict=True):
        so_far += count
        buckets.append((end, float(so_far)))
    return buckets
