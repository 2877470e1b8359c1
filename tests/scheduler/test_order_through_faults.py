"""What is said in one conversation keeps its order through busy channels and lost connections."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from domain.errors import ChannelBusy, RecipientUnreachable
from domain.notifications.model import Notification, Planned, Urgency
from domain.people.model import Staff
from handlers.chat import Outgoing, Reply
from handlers.replies import pack
from scheduler.delivery import Delivery
from tests.scheduler.conftest import Office, Recorder

GROUP = "group:sales"


async def answer(office: Office, delivery: Delivery, *numbers: int, who: Staff | None = None, **fields: object) -> None:
    """Direct answers as dispatch makes them, handed over after their commit."""
    for number in numbers:
        delivery.answer(await committed(office, number, who=who, **fields))


async def committed(
    office: Office, number: int, *, who: Staff | None = None, key: str = "entry-dismissed", **fields: object
) -> Sequence[Notification]:
    """An answer in the outbox, leased to the process that is to say it."""
    async with office.database.unit_of_work() as uow:
        reply = Reply(key)
        facts = {"due_at": office.now, "channel": "chat", "place": "chat:Tom", "urgency": Urgency.DIRECT}
        facts |= {"staff_id": who.id if who else None, "chosen": True, "about": f"test:{number}"} | fields
        uow.answer(Planned(key=reply.key, facts=pack(reply), **facts))  # type: ignore[arg-type]
        await uow.commit()
    return uow.answers


async def said(office: Office) -> list[str]:
    """What was sent, in order."""
    return [str(each.row.about) for each in office.settled if each.outcome == "sent"]


async def passes(office: Office, delivery: Delivery, seconds: float) -> None:
    await delivery.drain()
    office.now += timedelta(seconds=seconds)
    await delivery.deliver_all()


@pytest.mark.parametrize("fault", [ConnectionError("cut"), TimeoutError(), ChannelBusy(1.5)])
async def test_nobody_overtakes_who_waits(office: Office, fault: Exception) -> None:
    chat = Recorder(faults=[fault])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1, 2)
    await delivery.drain()
    await answer(office, delivery, 3)  # while the others wait
    await delivery.drain()
    assert chat.sent == []

    office.now += timedelta(seconds=5)
    await answer(office, delivery, 4)  # their time has come, but nobody claimed them yet
    await delivery.deliver_all()
    await passes(office, delivery, 5)

    assert await said(office) == ["test:1", "test:2", "test:3", "test:4"]


async def test_nobody_overtakes_what_an_earlier_process_left(office: Office) -> None:
    chat = Recorder(faults=[ConnectionError("cut")] * 3)
    before = office.delivery(chat)
    for number in (1, 2):
        await answer(office, before, number)
        await before.drain()
    chat.faults.clear()

    after, stop = office.delivery(chat, holder="here:2:b"), asyncio.Event()
    await after.remember_lines()  # as the program does before it hears anybody
    running = asyncio.create_task(after.run(stop=stop, idle=0.01))
    await answer(office, after, 3)
    await after.drain()
    assert chat.sent == []
    stop.set()
    after.wakened.set()
    await running
    await passes(office, after, 60)

    assert await said(office) == ["test:1", "test:2", "test:3"]


async def test_nobody_overtakes_what_a_process_that_died_had_in_hand(office: Office) -> None:
    chat = Recorder()
    await committed(office, 1)  # its process dies before it says it

    after = office.delivery(chat, holder="there:2:b")
    await after.remember_lines()
    await answer(office, after, 2)
    await after.drain()
    assert chat.sent == []

    async with office.database.unit_of_work() as uow:
        await uow.notifications.release([office.database.holder])  # its lease ran out
        await uow.commit()
    await passes(office, after, 16)
    await passes(office, after, 60)

    assert await said(office) == ["test:1", "test:2"]


async def test_other_conversations_do_not_wait(office: Office) -> None:
    chat = Recorder(faults=[ConnectionError("cut")])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1)
    await delivery.drain()
    await answer(office, delivery, 2, place="chat:Mei")
    await delivery.drain()

    assert await said(office) == ["test:2"]


async def test_after_an_outage_nobody_waits_long(office: Office) -> None:
    chat = Recorder(faults=[ConnectionError("cut")] * 40)
    delivery = office.delivery(chat)
    await answer(office, delivery, 1, 2)
    for _ in range(45):
        await passes(office, delivery, 60)

    assert await said(office) == ["test:1", "test:2"]


async def test_who_waited_for_what_never_came_back_goes_on(office: Office) -> None:
    chat = Recorder(faults=[ConnectionError("cut")])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1)
    await delivery.drain()
    async with office.database.unit_of_work() as uow:  # withdrawn meanwhile
        await uow.session.execute(_delete_all())
        await uow.commit()
    office.now += timedelta(minutes=1)
    await answer(office, delivery, 2)  # held up, until the outbox was asked who else is to come
    await delivery.deliver_all()
    await passes(office, delivery, 0)

    assert await said(office) == ["test:2"]


@dataclass
class Slow(Recorder):
    """A channel that takes its time."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, outgoing: Outgoing) -> str | None:
        self.begun.set()
        await self.go_on.wait()
        return await super().send(outgoing)


@pytest.mark.parametrize("works", [True, False])
async def test_a_call_that_outlasts_its_lease_says_nothing_twice(office: Office, *, works: bool) -> None:
    chat = Slow(faults=[] if works else [ConnectionError("cut")])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1)
    await chat.begun.wait()
    async with office.database.unit_of_work() as uow:  # as time does it
        await uow.notifications.release(await uow.notifications.holders())
        await uow.commit()
    assert await delivery.deliver_due() == 1

    chat.go_on.set()
    await passes(office, delivery, 60)
    await passes(office, delivery, 60)

    assert len(chat.sent) == 1
    assert await office.rows("entry-dismissed") == [("sent", None)]


async def test_who_asked_in_a_group_that_is_closed_is_told_in_private(office: Office) -> None:
    tom = await office.staff("Tom")
    await office.staff("Ana")
    chat = Recorder(faults=[RecipientUnreachable("topic-closed")])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1, who=tom, place=GROUP, extra={"masked": True, "reply_to": "7"})
    await delivery.drain()
    await delivery.deliver_all()

    [private] = chat.sent
    assert (private.place, private.reply_to, private.extra.get("masked")) == ("chat:Tom", None, None)
    assert await office.rows("staff-unreachable") == []


async def test_an_edit_in_a_group_that_is_gone_is_not_said_anew(office: Office) -> None:
    tom = await office.staff("Tom")
    chat = Recorder(faults=[RecipientUnreachable("kicked")])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1, who=tom, place=GROUP, edit="9", extra={"masked": True})
    await delivery.drain()
    await delivery.deliver_all()

    assert chat.sent == []


def _delete_all() -> object:
    from sqlalchemy import delete

    from storage.tables import notifications

    return delete(notifications)


async def test_nobody_overtakes_who_comes_back_late(office: Office) -> None:
    """Behind thousands that are due as well their turn may come minutes after their time."""
    chat = Recorder(faults=[ChannelBusy(1.5)])
    delivery = office.delivery(chat)
    await answer(office, delivery, 1, 2)
    await delivery.drain()

    office.now += timedelta(seconds=90)
    await answer(office, delivery, 3)
    await delivery.deliver_all()

    assert await said(office) == ["test:1", "test:2", "test:3"]


async def test_answers_of_several_kinds_come_back_in_their_order(office: Office) -> None:
    chat = Recorder(faults=[ChannelBusy(1.5)])
    delivery = office.delivery(chat)
    for number, key in enumerate(("entry-dismissed", "nothing-said", "entry-dismissed"), start=1):
        delivery.answer(await committed(office, number, key=key))
    await delivery.drain()
    assert chat.sent == []

    await passes(office, delivery, 5)

    assert await said(office) == ["test:1", "test:2", "test:3"]
