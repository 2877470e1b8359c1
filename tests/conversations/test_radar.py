from __future__ import annotations

from datetime import timedelta

import pytest

from domain.customers.actions import grade_customer
from handlers.dispatch import perform
from storage import radar
from tests.conversations.conftest import Chat


async def test_a_silent_customer_is_said_once_and_what_is_done_about_it_is_kept(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme, globex = await chat.customer("Acme", owner=tom), await chat.customer("Globex", owner=tom)
    await perform(
        chat.house.database.unit_of_work,
        lambda uow, actor: grade_customer(uow, tom.staff, acme.id, "A"),
        actor=tom.staff,
        now=chat.now,
        through="test",
    )  # type: ignore[arg-type, return-value]

    def cards(said: list) -> list:  # type: ignore[type-arg]
        return [each for each in said if each.key == "radar"]

    assert cards(await chat.tick(after=timedelta(days=20))) == []
    [card] = cards(await chat.tick(after=timedelta(days=13)))  # a key customer after a month, by day
    assert "Acme may be slipping away" in card.text
    assert "A key customer, silent for 30 days. Nothing was ever logged." in card.text
    assert cards(await chat.tick(after=timedelta(hours=1))) == []

    called = await tom.presses("📞 Call today")
    assert called.key == "radar-called"
    [followup] = await chat.rows("followups")
    assert (followup["customer_id"], followup["due_at"] - chat.now) == (acme.id, timedelta(minutes=30))
    again = await tom.forges(f"radar.call:{acme.id}")
    assert (again.key, "Undo" in again.buttons) == ("radar-planned", False)
    assert len(await chat.rows("followups")) == 1
    await tom.says("/undo")

    await chat.tick(after=timedelta(days=59))
    later = cards([each for each in chat.said if each.sent.body is not None])
    assert any("Globex" in each.text and "Silent for 90 days" in each.text for each in later)
    asked = await tom.presses("Ignore")
    assert "Seasonal" in asked.buttons
    assert (await tom.presses("Seasonal")).key == "radar-ignored"
    [note] = await chat.rows("activities")
    assert note["note"] == "At risk, set aside: seasonal business"
    assert (await tom.forges(f"radar.because:{globex.id}.nonsense")).key == "button-too-old"
    asks = await tom.forges(f"radar.visit:{globex.id}")
    assert "Globex" in asks.text

    mei = await chat.staff("Mei", team="South")
    assert (await mei.forges(f"radar.call:{acme.id}")).key == "record-not-found"
    boss = await chat.staff("Zoe", role="admin", team=None)
    churn = await boss.says("/report churn")
    assert "A key customer, silent for 30 days: 1" in churn.text
    assert "Silent for 90 days: 2" in churn.text  # a note is no contact


async def test_a_person_is_told_of_three_customers_a_day(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    for number in range(7):
        await chat.customer(f"Customer {number}", owner=tom)
    for _ in range(2):
        said = [each for each in await chat.tick(after=timedelta(days=91)) if each.key == "radar"]
        said += [each for each in await chat.tick(after=timedelta(minutes=5)) if each.key == "radar"]
        assert len(said) == 3


async def test_who_has_many_silent_customers_does_not_stand_before_the_others(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(radar, "_AT_ONCE", 4)
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    for number in range(6):
        await chat.customer(f"Customer {number}", owner=tom)
    hooli = await chat.customer("Hooli", owner=mei)

    said = [each for each in await chat.tick(after=timedelta(days=93)) if each.key == "radar"]  # a Friday

    assert sum("Hooli" in each.text for each in said) == 1
    assert (chat.now.weekday(), len(said)) == (4, 4)
    chat.now = chat.now.replace(hour=20)
    await mei.forges(f"radar.call:{hooli.id}")
    [followup] = await chat.rows("followups")
    assert (followup["due_at"] - chat.now) > timedelta(days=2)  # on Monday, not on Saturday
