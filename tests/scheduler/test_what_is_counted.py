"""What takes long to count is counted when its conversation's turn has come: nobody else waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from domain.notifications.model import Planned
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Outgoing, Reply
from handlers.notices import NOTICES, Batch, Counted, Decision
from tests.scheduler.conftest import NOW, Office, Recorder


class Heard(Recorder):
    """Says when something was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.has_sent = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> str | None:
        message = await super().send(outgoing)
        self.has_sent.set()
        return message


async def plan(office: Office, **keys: Staff) -> None:
    async with office.database.unit_of_work() as uow:
        for key, person in keys.items():
            uow.plan(Planned(key=key, due_at=NOW, staff_id=person.id))
        await uow.commit()


async def test_others_hear_theirs_meanwhile_and_a_fault_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom, ana, bea = [await office.staff(name) for name in ("Tom", "Ana", "Bea")]
    is_counted = asyncio.Event()

    async def count(uow: UnitOfWork) -> Reply:
        await is_counted.wait()
        return Reply("entry-dismissed")

    async def fail(uow: UnitOfWork) -> Reply:
        raise ValueError

    async def slow(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
        return {row.id: Counted(count) for row in batch.rows}

    async def faulty(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
        return {row.id: Counted(fail) for row in batch.rows}

    monkeypatch.setitem(NOTICES, "slow", slow)
    monkeypatch.setitem(NOTICES, "faulty", faulty)
    await plan(office, slow=tom, faulty=bea, **{"entry-dismissed": ana})
    chat = Heard()
    delivery = office.delivery(chat)

    await delivery.deliver_due()
    async with asyncio.timeout(10):
        await chat.has_sent.wait()
    assert [said.place for said in chat.sent] == ["chat:Ana"]

    is_counted.set()
    await delivery.drain()
    assert [said.place for said in chat.sent] == ["chat:Ana", "chat:Tom"]
    assert await office.rows("slow") == [("sent", None)]
    assert await office.rows("faulty") == [("pending", "error")]
