"""What follows from a message that went out: when it cannot be done, the messages beside it are not said again."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.notifications.model import Notification, NotificationState
from domain.ports import UnitOfWork
from scheduler.planners import FOLLOWUPS, run_planner
from scheduler.settling import AFTERWARDS
from tests.scheduler.conftest import NOW, Office, Recorder


async def test_one_consequence_that_fails_costs_that_one_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [await office.staff(name) for name in ("Tom", "Mei", "Zoe")]
    for person in people:
        await office.followup(person, NOW)
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)
    done: list[int | None] = []

    async def consequence(uow: UnitOfWork, row: Notification, state: NotificationState, at: datetime) -> None:
        if row.staff_id == people[1].id:
            raise RuntimeError("it broke")
        done.append(row.staff_id)

    monkeypatch.setitem(AFTERWARDS, "followup-due", consequence)  # type: ignore[arg-type]
    delivery = office.delivery(Recorder("chat"))
    await delivery.deliver_all()

    assert await office.rows("followup-due") == [("sent", None)] * 3
    assert set(done) == {people[0].id, people[2].id}
