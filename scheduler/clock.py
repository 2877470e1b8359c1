"""The clock only wakes: interval jobs from memory, the tables are the truth."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.ports import OpenUnitOfWork
from scheduler.planners import Planner, run_planner

log = structlog.get_logger()


class Clock:
    """Runs planners and housekeeping at their intervals. A run that was missed is caught up once, never in parallel."""

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        planners: Sequence[Planner],
        *,
        now: Callable[[], datetime],
        planned: Callable[[], None],
        read: OpenUnitOfWork | None = None,
    ) -> None:
        # Without a grace time of None APScheduler drops every job that is a second late.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        logging.getLogger("apscheduler.executors.default").addFilter(_is_no_stop)
        self._open_unit = open_unit
        self._read = read
        self._now = now
        self._planned = planned
        for planner in planners:
            self._scheduler.add_job(self._plan, IntervalTrigger(seconds=planner.every.total_seconds()), [planner])

    def every(self, interval: timedelta, job: Callable[[], Awaitable[None]], *, name: str) -> None:
        """Add a housekeeping job; what it raises is logged."""

        async def run() -> None:
            try:
                await job()
            except Exception:
                log.exception("job-failed", job=name)

        self._scheduler.add_job(run, IntervalTrigger(seconds=interval.total_seconds()), name=name)

    async def _plan(self, planner: Planner) -> None:
        try:
            if await run_planner(self._open_unit, planner, self._now(), read=self._read):
                self._planned()
        except Exception:
            log.exception("planner-failed", planner=planner.name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _is_no_stop(record: logging.LogRecord) -> bool:
    """APScheduler logs a job that the stop cut off as an error, with a traceback, under whatever we have to say."""
    return not (record.exc_info and record.exc_info[0] is asyncio.CancelledError)
