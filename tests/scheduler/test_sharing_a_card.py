"""Reminders that share a card share its fate, and nothing is said twice or lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from domain.errors import ChannelBusy, RecipientUnreachable
from domain.journal.model import Source
from domain.notifications.model import Planned
from domain.people.model import Role
from scheduler.planners import FOLLOWUPS, run_planner
from storage.engine import open_database
from tests.scheduler.conftest import NOW, Office, Recorder


async def several(office: Office, *minutes: int) -> None:
    tom = await office.staff("Tom")
    for minute in minutes:
        await office.followup(tom, NOW + timedelta(minutes=minute), note=f"task {minute}")
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW + timedelta(minutes=max(minutes)))


async def test_those_of_five_minutes_ride_along_and_are_settled_as_said(office: Office) -> None:
    await several(office, 0, 2, 5, 6)
    chat = Recorder()
    delivery = office.delivery(chat)

    await delivery.deliver_all()
    assert len(chat.sent) == 1
    assert [row.startswith("sent") for row, _ in await office.rows("followup-due")] == [True, True, True, False]
    office.now += timedelta(minutes=6)
    await delivery.deliver_all()

    assert len(chat.sent) == 2
    assert await office.rows("followup-due") == [
        ("sent", None),
        ("sent", "on-one-card"),
        ("sent", "on-one-card"),
        ("sent", None),
    ]


async def test_a_busy_channel_keeps_them_together(office: Office) -> None:
    await several(office, 0, 2)
    chat = Recorder(faults=[ChannelBusy(30)])
    delivery = office.delivery(chat)

    await delivery.deliver_due()
    await delivery.drain()
    assert [state for state, _ in await office.rows("followup-due")] == ["pending", "pending"]
    office.now += timedelta(seconds=31)
    await delivery.deliver_all()

    assert len(chat.sent) == 1
    assert [state for state, _ in await office.rows("followup-due")] == ["sent", "sent"]


async def test_a_fault_on_the_way_loses_none(office: Office) -> None:
    await several(office, 0, 2, 4)
    chat = Recorder(faults=[OSError("reset")])
    delivery = office.delivery(chat)

    await delivery.deliver_due()
    await delivery.drain()
    office.now += timedelta(minutes=1)
    await delivery.deliver_all()

    assert len(chat.sent) == 1
    assert [state for state, _ in await office.rows("followup-due")] == ["sent"] * 3


async def test_who_cannot_be_reached_is_said_of_all_and_the_manager_told_once(office: Office) -> None:
    await several(office, 0, 2)
    ana = await office.staff("Ana", role=Role.MANAGER)
    chat = Recorder(faults=[RecipientUnreachable("blocked")])

    await office.delivery(chat).deliver_all()

    assert await office.rows("followup-due") == [("failed", "unreachable")] * 2
    assert [sent.place for sent in chat.sent] == [f"chat:{ana.name}"]


async def test_the_next_linked_channel_is_tried(office: Office) -> None:
    tom = await office.staff("Tom", channels=("chat", "mail"))
    await office.followup(tom, NOW)
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)
    chat, mail = Recorder(faults=[RecipientUnreachable("blocked")]), Recorder(name="mail")

    await office.delivery(chat, mail).deliver_all()

    assert (len(chat.sent), len(mail.sent)) == (0, 1)
    assert await office.rows("followup-due") == [("sent", None)]


async def test_a_card_that_several_share_is_remembered_for_each(office: Office) -> None:
    await several(office, 0, 2)

    await office.delivery(Recorder()).deliver_all()

    async with office.database.read() as uow:
        first = await uow.cards.places_of("followup:1")
        second = await uow.cards.places_of("followup:2")
        assert [card.message for card in first] == [card.message for card in second] == ["chat-1"]
        assert await uow.cards.find("chat", "chat:Tom", "chat-1") is None
        found = await uow.cards.list_at("chat", "chat:Tom", "chat-1")
    assert [card.record for card in found] == ["followup:1", "followup:2"]


async def test_two_people_have_two_cards(office: Office) -> None:
    for name in ("Tom", "Mei"):
        person = await office.staff(name)
        await office.followup(person, NOW)
        await office.followup(person, NOW + timedelta(minutes=3))
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)
    chat = Recorder()

    await office.delivery(chat).deliver_all()

    assert sorted(sent.place for sent in chat.sent) == ["chat:Mei", "chat:Tom"]


async def test_more_than_ten_make_two_cards(office: Office) -> None:
    await several(office, *[0] * 14)
    chat = Recorder()

    await office.delivery(chat).deliver_all()

    assert len(chat.sent) == 2
    assert [state for state, _ in await office.rows("followup-due")] == ["sent"] * 14


async def test_two_deliveries_on_one_database_send_once(office: Office, database_url: str) -> None:
    people = [await office.staff(f"Rep {number}") for number in range(20)]
    for person in people:
        await office.followup(person, NOW)
        await office.followup(person, NOW + timedelta(minutes=2))
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW + timedelta(minutes=2))
    office.now = NOW + timedelta(minutes=2)
    other = Office(open_database(database_url), now=office.now)
    here, there = Recorder(), Recorder()
    try:
        await asyncio.gather(
            office.delivery(here, holder="here:1:a").deliver_all(),
            other.delivery(there, holder="there:1:b").deliver_all(),
        )
    finally:
        await other.database.dispose()

    assert [state for state, _ in await office.rows("followup-due")] == ["sent"] * 40
    said = [
        button.press.partition(":")[2]
        for sent in (*here.sent, *there.sent)
        for row in sent.body.rows
        for button in row
        if button.press.startswith(("followup.done:", "followup.tick:"))
    ]
    assert sorted(said, key=int) == [str(number) for number in range(1, 41)]


async def test_what_was_planned_for_the_night_waits(office: Office) -> None:
    tom = await office.staff("Tom")
    async with office.database.unit_of_work() as uow:
        uow.plan(Planned(key="lead-untouched", facts={"lead": 1, "rung": 1}, due_at=NOW, staff_id=tom.id))
        uow.plan(Planned(key="deputy-asked", facts={"name": "Mei", "until": NOW.date()}, due_at=NOW, staff_id=tom.id))
        await uow.commit()
    office.now = NOW.replace(hour=22)
    chat = Recorder()

    await office.delivery(chat).deliver_all()
    assert chat.sent == []
    assert [reason for _, reason in await office.rows("deputy-asked")] == ["quiet-hours"]
    office.now = (NOW + timedelta(days=1)).replace(hour=8)
    await office.delivery(chat).deliver_all()

    assert len(chat.sent) == 1
    assert await office.rows("lead-untouched") == [("skipped", "touched-meanwhile")]


async def test_a_row_that_never_goes_through_is_given_up_after_a_day_and_the_manager_told(office: Office) -> None:
    tom = await office.staff("Tom")
    ana = await office.staff("Ana", role=Role.MANAGER)
    async with office.database.unit_of_work() as uow:
        uow.acts(None, at=NOW, source=Source(channel="test"))
        uow.plan(
            Planned(
                key="deputy-asked", facts={"name": "Mei", "until": NOW.date()}, due_at=NOW, staff_id=tom.id, chosen=True
            )
        )
        await uow.commit()
    chat = Recorder(faults=[OSError("reset")] * 60)
    delivery = office.delivery(chat)

    hours = 0.0
    while chat.faults and hours < 72:
        await delivery.deliver_due()
        await delivery.drain()
        office.now += timedelta(minutes=30)
        hours += 0.5
    await delivery.deliver_all()

    assert 24 <= hours <= 36
    assert await office.rows("deputy-asked") == [("failed", "OSError")]
    assert [sent.place for sent in chat.sent] == [f"chat:{ana.name}"]
