"""Days away: said in words or answered in /settings; before they begin nothing changes, then the deputy stands in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.people.away import days_away
from handlers.understanding import Context, Names
from tests.conversations.conftest import Chat

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # a Wednesday
CONTEXT = Context(NOW, ZoneInfo("Europe/London"), (time(9), time(18)), "GBP", "DMY", "GB", Names(()))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("until Friday", (11, 18), (11, 20)),
        ("到周五", (11, 18), (11, 20)),
        ("Thursday to Friday", (11, 19), (11, 20)),
        ("Friday to Tuesday", (11, 20), (11, 24)),
        ("from 25 to 27 November", (11, 25), (11, 27)),
        ("25 Nov - 2 Dec", (11, 25), (12, 2)),
        ("next week", (11, 23), (11, 29)),
        ("下周三到周五", (11, 25), (11, 27)),
        ("11月25日至27日", (11, 25), (11, 27)),
        ("tomorrow", (11, 19), (11, 19)),
        ("2026-11-25", (11, 25), (11, 25)),
        ("2026-11-25 to 2026-11-27", (11, 25), (11, 27)),
        ("2026-11-25 - 2026-11-27", (11, 25), (11, 27)),
        ("Nov 25-27", (11, 25), (11, 27)),
        ("25–27 Nov", (11, 25), (11, 27)),
        ("11月25-27日", (11, 25), (11, 27)),
        ("in December", (12, 1), (12, 31)),
        ("下个月", (12, 1), (12, 31)),
    ],
)
def test_days_as_people_name_them(words: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert days_away(words, CONTEXT) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    "words",
    [
        *("", "soon", "0 to 3 December", "25 to 3 December", "Acme to Beta", "to the moon", "Friday with Acme"),
        *("tomorrow afternoon", "tomorrow at 3pm", "this afternoon", "明天下午", "Nov 25-31"),
    ],
)
def test_what_names_no_days(words: str) -> None:
    assert days_away(words, CONTEXT) is None


async def test_an_absence_ahead_begins_on_its_day(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    acme = await chat.customer("Acme", owner=tom)
    first = (chat.now + timedelta(days=3)).date()

    said = await tom.says(f"I'm off {first:%d %B} to {first + timedelta(days=1):%d %B}")
    assert said.key == "settings-ask-deputy"
    await tom.presses("Mei")

    assert (await mei.says(f"C{acme.id}")).key == "record-not-found"
    await chat.tick(after=timedelta(days=3))
    assert (await mei.says(f"C{acme.id}")).key == "customer-card"
    await chat.tick(after=timedelta(days=2))
    assert (await mei.says(f"C{acme.id}")).key == "record-not-found"
    assert [(row["absent_from"], row["absent_until"]) for row in await chat.rows("staff")] == [(None, None)] * 2


async def test_undo_and_words_that_are_news(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    await tom.says("I'm out of office until Friday")
    assert [row["absent_until"] for row in await chat.rows("staff")] != [None]
    await tom.presses("Undo")
    assert [row["absent_until"] for row in await chat.rows("staff")] == [None]

    assert (await tom.says("Acme's buyer is on leave until Friday")).key != "settings-ask-deputy"
    assert (await tom.says("周五休息")).key != "settings-ask-deputy"
    assert (await tom.says("I'm away with Acme until Friday, they want a demo")).key != "settings-ask-deputy"
