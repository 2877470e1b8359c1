"""Good wishes on the day itself, once, to who wants them; and birthdays in My day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.customers.actions import ContactChange, change_contact, grade_customer
from domain.followups.actions import cancel_followup
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from scheduler.planners import CARE, JOBS, run_planner
from tests.conversations.conftest import Chat, Person
from tests.conversations.visitors import a_contact, connected


async def born(chat: Chat, name: str, birthday: str, customer_id: int, *, by: Person, locale: str = "en") -> Person:
    contact = await a_contact(chat, customer_id, name, by=by)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        await change_contact(uow, actor, contact.id, ContactChange(name=name, birthday=birthday))

    await perform(chat.house.database.unit_of_work, act, actor=by.staff, now=chat.now)
    person = chat.stranger(name)
    person.locale = locale
    return await connected(chat, person, contact, by=by)


def wishes(person: Person) -> list[str]:
    return [said.text for said in person.heard if said.key == "care-greeting"]


async def test_on_the_day_at_ten_once_and_only_who_wants_it(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    jane = await born(chat, "Jane", "1985-11-21", acme.id, by=tom)  # a Saturday
    zhang = await born(chat, "张伟", "lunar 10-13", acme.id, by=tom, locale="zh-CN")
    stopped = await born(chat, "Stop", "11-21", acme.id, by=tom)
    other = await born(chat, "Other", "11-22", acme.id, by=tom)
    await chat.tick()
    await ana.says("/settings")
    await ana.presses("Good wishes")
    words = await ana.forges("care.words:dragon-boat.zh-CN")
    assert "安康" in words.text
    assert "nobody is greeted" in (await ana.forges("care.words:dragon-boat.en")).text
    await ana.forges("care.on:birthday")
    assert await ana.fills("care.write:birthday", {"text_en": "All the best, {name}!", "text_zh_cn": ""}) is not None
    await ana.forges("care.on:birthday")

    saturday = datetime(2026, 11, 21, 9, 59, tzinfo=UTC)
    for hour in (10, 20, 30, 40):
        await chat.tick(to=saturday - timedelta(hours=hour // 2))
    assert wishes(jane) == []
    await stopped.says("stop")
    await chat.tick(to=saturday + timedelta(minutes=1))
    await chat.tick(after=timedelta(minutes=11))
    assert wishes(jane) == ["All the best, Jane!"]
    assert wishes(zhang) == ["张伟您好，祝您生日快乐，身体健康，万事顺意！Guanxi Tom 敬上"]
    assert wishes(stopped) == wishes(other) == []

    await ana.forges("care.off:birthday")
    await chat.tick(to=saturday + timedelta(days=1, minutes=1))
    assert wishes(other) == []
    [left_out] = [row for row in await chat.rows("notifications") if row["reason"] == "care-off"]
    assert left_out["contact_id"] == 4


async def test_who_was_down_all_day_wishes_nothing_the_next_and_my_day_tells_the_owner(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    jane = await born(chat, "Jane", "11-19", acme.id, by=tom)
    await ana.forges("care.on:birthday")
    chat.now = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    for planner in (CARE, JOBS, CARE, JOBS):
        await run_planner(chat.house.database.unit_of_work, planner, chat.now)
    planned = [row for row in await chat.rows("notifications") if row["key"] == "care-greeting"]
    assert [row["due_at"] for row in planned] == [datetime(2026, 11, 19, 10, tzinfo=UTC)]
    chat.now = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    day = await tom.says("/today")
    assert "Jane (Acme)" in day.text

    await chat.tick(to=datetime(2026, 11, 19, 21, 0, tzinfo=UTC))
    assert wishes(jane) == []
    assert [row["reason"] for row in await chat.rows("notifications") if row["key"] == "care-greeting"] == ["too-late"]


async def test_return_visits_are_follow_ups_of_the_owner_once_a_quiet_while(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.care.visits.VISITS_AT_ONCE", 1)
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    other = await chat.customer("Other", owner=tom)

    async def grade(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        for customer, word in ((acme, "A"), (other, "C")):
            await grade_customer(uow, actor, customer.id, word)

    await perform(chat.house.database.unit_of_work, grade, actor=tom.staff, now=chat.now)
    await chat.tick(after=timedelta(days=40))
    assert await chat.rows("followups") == []  # off until somebody sets a rhythm
    wrong = await ana.fills("care.rhythms:", {"grade_a": "2", "grade_b": ""})
    assert wrong is None
    assert ana.receipt.field_errors
    said = await ana.fills("care.rhythms:", {"grade_a": "30", "grade_b": ""})
    assert said is not None
    assert "grade A every 30 days" in said.text

    await chat.tick()
    await chat.tick(after=timedelta(hours=1))
    [visit] = await chat.rows("followups")
    assert (visit["customer_id"], visit["owner_id"], visit["note"]) == (
        acme.id,
        tom.id,
        "Return visit: how is everything going?",
    )
    await tom.forges(f"followup.done:{visit['id']}")
    await chat.tick(after=timedelta(days=29))
    assert len(await chat.rows("followups")) == 1
    await chat.tick(after=timedelta(days=2))
    assert len(await chat.rows("followups")) == 2

    async def cancel(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        await grade_customer(uow, actor, other.id, "A")
        await cancel_followup(uow, actor, 2, now=chat.now)

    await perform(chat.house.database.unit_of_work, cancel, actor=tom.staff, now=chat.now)
    await chat.tick(after=timedelta(hours=1))
    assert [row["customer_id"] for row in await chat.rows("followups")] == [acme.id, acme.id, other.id]
