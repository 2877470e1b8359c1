"""/settings: what is saved applies at once, and is undone with a tap."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tests.conversations.conftest import Chat

FORM = {
    "language": "en",
    "timezone": "Shanghai",
    "work_start": "8:30",
    "work_end": "17:30",
    "quiet_start": "22:00",
    "quiet_end": "7",
    "day_at": "",
}


async def staff_row(chat: Chat) -> dict[str, Any]:
    return dict((await chat.rows("staff"))[0])


async def test_the_card_shows_how_things_are(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("/settings")

    for shown in ("English", "London", "09:00–18:00", "Mon, Tue, Wed, Thu, Fri", "21:00–08:00", "08:30"):
        assert shown in card.text


async def test_the_answer_comes_in_the_new_language(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/settings")

    card = await tom.presses("中文")

    assert "设置" in card.text
    assert (await staff_row(chat))["locale"] == "zh-CN"
    back = await tom.presses("撤销")
    assert (await staff_row(chat))["locale"] == "en"
    assert back.key


async def test_the_form_writes_all(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.fills("settings.change", FORM)

    assert card is not None
    assert "Undo" in card.buttons
    row = await staff_row(chat)
    assert (row["timezone"], row["work_start"], row["quiet_end"]) == ("Asia/Shanghai", time(8, 30), time(7))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("timezone", "Atlantis"), ("work_start", "soon"), ("work_end", "8:00"), ("quiet_end", "25:00"), ("day_at", "x")],
)
async def test_what_cannot_be_read_is_named_at_its_field(chat: Chat, field: str, typed: str) -> None:
    tom = await chat.staff("Tom")

    assert await tom.fills("settings.change", {**FORM, field: typed}) is None

    assert set(tom.receipt.field_errors) == {field}
    assert (await staff_row(chat))["timezone"] == "Europe/London"


async def test_the_hour_of_my_day_can_be_ones_own(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.fills("settings.change", {**FORM, "timezone": "London", "day_at": "7:15"})
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"/next C{acme.id} tomorrow send the quote")

    said = await chat.tick(datetime(2026, 11, 19, 7, 15, tzinfo=UTC))

    assert [each.key for each in said] == ["my-day"]


async def test_working_days_are_toggled_but_one_stays(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/settings")
    await tom.presses("Working days")

    card = await tom.presses("Sat")
    assert (await staff_row(chat))["workdays"] == "123456"
    assert "✓ Sat" in card.buttons
    for day in "12345":
        await tom.forges(f"settings.day:{day}")
    refused = await tom.forges("settings.day:6")
    assert refused.key == "no-workdays"
    assert (await staff_row(chat))["workdays"] == "6"


async def test_a_kind_switched_off_is_not_said(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("/settings")
    await tom.presses("What I hear")
    card = await tom.presses("Off")
    assert "Reminders: Off" in card.text
    await tom.says(f"/next C{acme.id} friday 10am send the quote")

    said = await chat.tick(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))

    assert [each for each in said if each.key == "followup-due"] == []
    [row] = [row for row in await chat.rows("notifications") if row["key"] == "followup-due"]
    assert (row["state"], row["reason"]) == ("skipped", "opted-out")


async def test_being_away_names_a_deputy_who_is_told(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    mei = await chat.staff("Mei")
    await tom.says("/settings")
    await tom.presses("I’ll be away")
    await tom.says("friday")

    card = await tom.presses("Mei")

    assert (card.key, card.buttons) == ("settings-deputy-chosen", ["Undo", "Back"])
    assert "Away until" in card.text
    assert "Mei stands in" in card.text
    await chat.delivered()
    assert mei.heard[-1].key == "deputy-asked"
    row = await staff_row(chat)
    assert (row["absent_until"], row["deputy_id"]) == (date(2026, 11, 20), mei.id)
    await tom.presses("Back")
    await tom.presses("I’m back")
    assert (await staff_row(chat))["absent_until"] is None


async def test_nobody_is_away_until_yesterday(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/settings")
    await tom.presses("I’ll be away")

    assert (await tom.says("2026-11-10")).key == "date-in-the-past"
    assert (await staff_row(chat))["absent_until"] is None


async def test_nobody_stands_in_for_themselves(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.forges(f"settings.deputy:me.{tom.id}")).key == "own-deputy"


async def test_an_absence_ends_by_itself(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/settings")
    await tom.presses("I’ll be away")
    await tom.says("friday")

    await chat.tick(datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
    assert (await staff_row(chat))["absent_until"] == date(2026, 11, 20)
    await chat.tick(datetime(2026, 11, 20, 23, 59, tzinfo=UTC) + timedelta(minutes=1))
    assert (await staff_row(chat))["absent_until"] is None


async def test_requests_to_share_can_be_switched_off(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei", team="North")
    acme = await chat.customer("Acme", owner=mei)
    await mei.forges("settings.wish:sharing.off")

    await tom.forges(f"share.ask:customer.{acme.id}")
    await chat.delivered()

    assert "share-asked" not in [said.key for said in mei.heard]
    [row] = [row for row in await chat.rows("notifications") if row["key"] == "share-asked"]
    assert (row["state"], row["reason"]) == ("skipped", "opted-out")
