from __future__ import annotations

import pytest

from handlers.dialogs.said_times import impossible_date
from tests.conversations.conftest import Chat


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("follow up 31 February", "31 February"),
        ("the 31st of November at 3pm", "31st of November"),
        ("Feb 30", "Feb 30"),
        ("2月30日再联系", "2月30日"),
        ("13月1号", "13月1号"),
        ("by 2026-02-29", "2026-02-29"),
        ("29 February", None),
        ("12 March 10:30", None),
        ("may 12 people come", None),
        ("2026-11-30", None),
    ],
)
def test_days_that_no_calendar_has(text: str, typed: str | None) -> None:
    assert impossible_date(text) == typed


async def test_an_impossible_day_in_a_report_is_asked_about(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("called Acme, follow up 31 February")
    await tom.presses("When")
    answered = await tom.says("2 March 10am")

    assert "There is no 31 February" in card.text
    assert "nothing planned" in card.text
    assert "Tue 2 Mar 2027, 10:00" in answered.text
    assert "31 February" not in answered.text


@pytest.mark.parametrize(("words", "key"), [("yesterday", "date-in-the-past"), ("30 Feb", "impossible-date")])
async def test_a_reminder_cannot_be_moved_there(plain: Chat, words: str, key: str) -> None:
    tom = await plain.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")
    await tom.says("F1")
    await tom.presses("Reschedule")

    refused = await tom.says(words)
    moved = await tom.says("tomorrow 3pm")

    assert refused.key == key
    assert "15:00" in moved.text


async def test_the_saved_card_shows_the_amount(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want 20 seats for 50k")

    saved = await tom.presses("Save")

    assert "£50,000" in saved.text
