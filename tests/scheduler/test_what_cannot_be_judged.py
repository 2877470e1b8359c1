"""The database fails between the claim of rows and the look at them: they are said later, and nothing else waits for ever."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest

from domain.ports import UnitOfWork
from scheduler import delivery as module
from scheduler.planners import FOLLOWUPS, run_planner
from tests.scheduler.conftest import NOW, Office, Recorder


async def test_rows_that_could_not_be_looked_at_take_up_no_room(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_IN_FLIGHT", 3)
    for name in ("Tom", "Mei", "Zoe"):
        await office.followup(await office.staff(name), NOW)
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)
    faults = [ConnectionError("the line is down")] * 2

    def read() -> AbstractAsyncContextManager[UnitOfWork]:
        if faults:
            raise faults.pop()
        return office.database.read()

    channel = Recorder("chat")
    delivery = office.delivery(channel, reading=read)
    for _ in range(3):
        await delivery.deliver_all()
        office.now += timedelta(seconds=30)

    assert faults == []
    assert len(channel.sent) == 3
    assert await office.rows("followup-due") == [("sent", None)] * 3


async def test_what_may_have_been_said_stays_known_whatever_puts_it_off_then(office: Office) -> None:
    """The channel does not answer, then the database does not: the third time the channel must look before it says it."""
    await office.followup(await office.staff("Tom"), NOW)
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)
    away = NOW + timedelta(seconds=2)

    def read() -> AbstractAsyncContextManager[UnitOfWork]:
        if office.now == away:
            raise ConnectionError("the line is down")
        return office.database.read()

    channel = Recorder(faults=[TimeoutError()])
    delivery = office.delivery(channel, reading=read)
    for office.now in (NOW, away, away + timedelta(seconds=10)):
        await delivery.deliver_all()

    assert [said.may_stand for said in channel.sent] == [True]
