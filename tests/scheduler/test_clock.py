from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest
from apscheduler.events import EVENT_JOB_SUBMITTED

from scheduler.clock import Clock
from tests.scheduler.conftest import NOW


def no_database() -> Any:
    raise AssertionError("no planner runs")


async def test_a_job_that_the_stop_cuts_off_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock(no_database, [], now=lambda: NOW, planned=lambda: None)
    began, ended = asyncio.Event(), asyncio.Event()

    async def hangs() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    clock.every(timedelta(milliseconds=1), hangs, name="hangs")
    clock.start()
    await began.wait()
    clock.stop()
    await ended.wait()
    await asyncio.sleep(0)  # APScheduler's own step behind the job

    assert errors(caplog) == []


async def test_nor_is_one_that_had_not_begun(caplog: pytest.LogCaptureFixture) -> None:
    clock, cut = Clock(no_database, [], now=lambda: NOW, planned=lambda: None), asyncio.Event()

    async def never() -> None:
        raise AssertionError("it was cut off before")

    def cut_off(event: object) -> None:
        for task in asyncio.all_tasks() - before:
            task.cancel()
            task.add_done_callback(lambda task: cut.set())

    clock.every(timedelta(milliseconds=1), never, name="never")
    clock._scheduler.add_listener(cut_off, EVENT_JOB_SUBMITTED)
    before = asyncio.all_tasks()
    clock.start()
    await cut.wait()
    clock.stop()
    await asyncio.sleep(0)

    assert errors(caplog) == []


async def test_a_job_that_fails_is_one(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("apscheduler.executors.default").error("failed", exc_info=ValueError())

    assert errors(caplog) == ["failed"]


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelname == "ERROR"]
