"""Another time for a reminder, in words. It is Wednesday 18 November 2026."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.conftest import Chat, Person


async def reminded(chat: Chat, *, locale: str = "en", timezone: str = "Europe/London") -> Person:
    person = await chat.staff("Mei", locale=locale, timezone=timezone)
    await person.says("/lead Acme Ltd, Jane Miller, 07911 223344")
    await person.says("/next L1 in 5 minutes call back")
    await chat.tick(after=timedelta(minutes=6))
    return person


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("snooze to Monday", "Mon 23 Nov"),
        ("push it to next Tuesday 10am", "Tue 24 Nov, 10:00"),
        ("remind me again in 2 hours", "today 11:06"),
    ],
)
async def test_the_reminder_that_came_last_moves(chat: Chat, words: str, when: str) -> None:
    mei = await reminded(chat)

    moved = await mei.says(words)

    assert (moved.key, when in moved.text) == ("followup-moved", True)
    await mei.presses("Undo")


@pytest.mark.parametrize("words", ["改到下周三下午", "下周三下午再提醒我"])
async def test_in_chinese(chat: Chat, words: str) -> None:
    mei = await reminded(chat, locale="zh-CN", timezone="Asia/Shanghai")

    assert "11月25日 周三 14:00" in (await mei.says(words)).text


async def test_a_reply_moves_the_one_it_replies_to(chat: Chat) -> None:
    mei = await reminded(chat)
    cards = [row for row in await chat.rows("cards") if row["record"].startswith("followup:")]
    await chat.tick(after=timedelta(hours=5))

    moved = await mei.says("move it to Friday", reply_to=str(cards[-1]["message"]))

    assert moved.key == "followup-moved"


@pytest.mark.parametrize(
    "words", ["call Jane on Monday", "moved the demo to Monday, she was glad", "sent it on Monday"]
)
async def test_what_says_more_is_news(chat: Chat, words: str) -> None:
    mei = await reminded(chat)

    assert (await mei.says(words)).key == "entry-card"


async def test_without_a_reminder_it_is_news(chat: Chat) -> None:
    mei = await chat.staff("Mei")

    assert (await mei.says("snooze to Monday")).key == "entry-card"
