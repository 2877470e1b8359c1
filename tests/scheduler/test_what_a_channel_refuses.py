"""A message that a channel will never take fails at once; one for another channel is rendered for that channel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import MessageRefused, RecipientUnreachable
from domain.notifications.model import Planned
from domain.people.model import Role
from domain.reports.schedules import Schedule, keep_schedule
from handlers.chat import Capabilities, Rendered, Reply
from handlers.rendering.texts import Reader, Texts
from scheduler.delivery import Delivery
from scheduler.planners import FOLLOWUPS, REPORTS, run_planner
from tests.scheduler.conftest import NOW, Office, Recorder


async def due_followup(office: Office, *channels: str) -> None:
    tom = await office.staff("Tom", channels=channels)
    await office.staff("Ana", role=Role.MANAGER)
    await office.followup(tom, NOW)
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)


async def test_a_refused_message_fails_at_once_with_its_reason(office: Office) -> None:
    await due_followup(office, "chat")
    chat = Recorder(faults=[MessageRefused("Bad Request: message text is empty")])

    await office.delivery(chat).deliver_all()

    assert await office.rows("followup-due") == [("failed", "refused")]
    assert await office.rows("staff-unreachable") == []  # Tom can be reached; the mistake is ours
    office.now += timedelta(days=1)
    await office.delivery(chat).deliver_all()
    assert chat.sent == []


async def test_what_one_channel_refuses_another_may_take(office: Office) -> None:
    await due_followup(office, "chat", "mail")
    chat, mail = Recorder(faults=[MessageRefused("too large")]), Recorder("mail")

    await office.delivery(chat, mail).deliver_all()

    assert len(mail.sent) == 1
    assert await office.rows("followup-due") == [("sent", None)]


@pytest.mark.parametrize("has_buttons", [True, False])
async def test_the_next_channel_gets_what_it_can_show(office: Office, *, has_buttons: bool) -> None:
    await due_followup(office, "chat", "mail")
    chat = Recorder(faults=[RecipientUnreachable("blocked")])
    mail = Recorder("mail", capabilities=Capabilities(buttons=has_buttons))

    await office.delivery(chat, mail).deliver_all()

    [said] = mail.sent
    assert ("1 Done" in said.body.text) is not has_buttons
    assert (said.place, said.edit, said.to_user) == ("mail:Tom", None, None)


class FaultyTexts(Texts):
    def render(self, reply: Reply, reader: Reader, **more: Any) -> Rendered:
        if reply.key == "faulty":
            raise ValueError(reply.key)
        return super().render(reply, reader, **more)


async def test_what_cannot_be_rendered_stops_nothing_else(office: Office) -> None:
    tom = await office.staff("Tom")
    async with office.database.unit_of_work() as uow:
        uow.plan(Planned(key="faulty", due_at=NOW, staff_id=tom.id, chosen=True))
        uow.plan(Planned(key="time-not-understood", due_at=NOW, staff_id=tom.id, chosen=True))
        await uow.commit()
    chat = Recorder()
    delivery = Delivery(
        office.database.unit_of_work,
        office.database.read,
        channels={"chat": chat},
        texts=FaultyTexts("Guanxi"),
        holder="here:1:a",
        now=lambda: NOW,
        real_now=lambda: NOW,
    )

    await delivery.deliver_all()

    assert len(chat.sent) == 1
    assert await office.rows("faulty") == [("pending", "ValueError")]
    assert await office.rows("time-not-understood") == [("sent", None)]


async def test_a_report_for_a_group_that_takes_nothing_waits_and_who_set_it_is_told_once(office: Office) -> None:
    ana = await office.staff("Ana", role=Role.MANAGER)
    kept = Schedule(
        report="funnel",
        period="",
        person=None,
        team=None,
        rule="FREQ=DAILY;BYHOUR=9;BYMINUTE=0",
        zone="UTC",
        staff_id=ana.id,
        channel="chat",
        place="chat:sales/7",
        begun=NOW.isoformat(),
    )
    async with office.database.unit_of_work() as uow:
        await keep_schedule(uow, kept)
        await uow.commit()
    chat = Recorder(faults=[RecipientUnreachable("bot was kicked")])
    for _ in range(3):
        office.now += timedelta(days=1)
        await run_planner(office.database.unit_of_work, REPORTS, office.now)
        await office.delivery(chat).deliver_all()

    assert await office.rows("report-due") == [("failed", "unreachable")]
    assert await office.rows("report-group-lost") == [("sent", None)]
    assert [said.place for said in chat.sent] == ["chat:Ana"]
