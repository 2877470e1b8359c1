"""What ``/health`` and ``/metrics`` show of the running program: numbers and names of channels, never customers' words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from types import MappingProxyType
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.platforms import Alone, Platform
from bot.wiring import House
from domain.jobs.work import STUCK_AFTER
from handlers.counters import SECONDS

DATABASE_SECONDS = 2.0
STUCK_SECONDS = 300.0  # due for so long, with nothing settled meanwhile: delivery does not work
MOST_KINDS = 100  # distinct kinds of unknown content that are told apart
OUTCOMES = {"sent": "sent", "skipped": "skipped", "failed": "failed", "pending": "retried"}


@dataclass(frozen=True, kw_only=True)
class _Backlog:
    """What waits in the database: notifications that are due, the seconds the oldest of them has been, long actions
    whose next step failed again and again, files still to be fetched."""

    due: int
    oldest: float
    failing: int
    files: int


async def health(
    house: House, platforms: Sequence[Platform], alone: Mapping[str, Alone] = MappingProxyType({})
) -> Mapping[str, Any]:
    """Is everything at work? ``ok`` is False when the database does not answer or the outbox is stuck.

    A platform that cannot be reached is shown, and is no fault of ours: what must be said waits in the outbox.
    """
    database, backlog = await _database(house)
    is_stuck = backlog is not None and _is_stuck(house, backlog.oldest)
    return {
        "ok": database["ok"] and not is_stuck,
        "database": database,
        "outbox": {
            "due": backlog.due if backlog else None,
            "oldest_seconds": round(backlog.oldest, 1) if backlog else None,
            "stuck": is_stuck,
        },
        "jobs": {"failing": backlog.failing if backlog else None},
        "files": {"waiting": backlog.files if backlog else None},
        "channels": _channels(house, platforms, alone),
    }


async def _database(house: House) -> tuple[dict[str, Any], _Backlog | None]:
    began = perf_counter()
    facts: dict[str, Any] = {"ok": True, "dialect": house.database.dialect}
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            backlog = await _backlog(house)
    except Exception as error:  # noqa: BLE001 - whatever the driver raises, the answer is that it does not answer
        return facts | {"ok": False, "error": type(error).__name__}, None
    facts["milliseconds"] = round((perf_counter() - began) * 1000, 1)
    return facts, backlog


async def _backlog(house: House) -> _Backlog:
    async with house.database.read() as uow:
        due, oldest = await uow.notifications.depth(house.now())
        return _Backlog(
            due=due,
            oldest=oldest,
            failing=await uow.jobs.count_failing(attempts=STUCK_AFTER),
            files=await uow.attachments.count_waiting(),
        )


def _is_stuck(house: House, oldest: float) -> bool:
    """Old rows alone are a backlog, as after a long stop; it is stuck when none of them went away either."""
    idle = perf_counter() - house.delivery.counters.last_at
    return oldest > STUCK_SECONDS and idle > STUCK_SECONDS


def _channels(house: House, platforms: Sequence[Platform], alone: Mapping[str, Alone]) -> dict[str, Any]:
    last = house.dispatcher.last_event_at
    channels: dict[str, Any] = {}
    if house.settings.local_page:
        channels["local"] = {"up": True, "last_update_at": _written(last.get("local"))}
    for platform in platforms:
        channels[platform.name] = {"last_update_at": _written(last.get(platform.name)), **platform.health()}
        if platform.name in alone and alone[platform.name].is_waiting:
            is_down = channels[platform.name].get("token_refused", False)
            channels[platform.name] |= {"up": not is_down, "waits_for_another_receiver": True}
    return channels


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


async def metrics(house: House) -> bytes:
    """Prometheus' text format. The outbox is asked at each scrape; all else was counted as it happened."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            backlog: _Backlog | None = await _backlog(house)
    except Exception:  # noqa: BLE001 - the other numbers are still worth showing
        backlog = None
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Counted(house, backlog))
    return generate_latest(registry)


class _Counted(Collector):
    """The counters of dispatch and delivery in Prometheus' terms."""

    def __init__(self, house: House, backlog: _Backlog | None) -> None:
        self._house = house
        self._backlog = backlog

    def collect(self) -> Iterator[Metric]:
        yield from self._dispatch()
        yield self._unknown()
        yield self._notifications()
        backlog = self._backlog
        yield GaugeMetricFamily("guanxi_database_up", "Whether the database answers", 0 if backlog is None else 1)
        if backlog is not None:
            yield GaugeMetricFamily("guanxi_outbox_due", "Notifications that are due and unsent", backlog.due)
            yield GaugeMetricFamily(
                "guanxi_outbox_oldest_seconds", "How long the oldest of them has been due", backlog.oldest
            )
            yield GaugeMetricFamily(
                "guanxi_jobs_failing", "Long actions whose next step failed again and again", backlog.failing
            )
            yield GaugeMetricFamily("guanxi_files_waiting", "Files that are still to be fetched", backlog.files)

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
