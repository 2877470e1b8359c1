"""Words that do what a button or a command does: done, my overdue, who is Acme's contact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conversations.conftest import Chat, Person

FRIDAY_10 = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


async def reminded(chat: Chat, *, notes: tuple[str, ...] = ("send the quote",)) -> Person:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    for note in notes:
        await tom.says(f"/next C{acme.id} friday 10am {note}")
    await chat.tick(FRIDAY_10)
    return tom


async def reminder(chat: Chat) -> str:
    return str([row for row in await chat.rows("cards") if row["record"].startswith("followup:")][-1]["message"])


@pytest.mark.parametrize("words", ["done", "Done!", "完成", "搞定了"])
async def test_done_in_reply_to_a_reminder(chat: Chat, words: str) -> None:
    tom = await reminded(chat)

    said = await tom.says(words, reply_to=await reminder(chat))

    assert said.key == "followup-finished"
    assert [row["status"] for row in await chat.rows("followups")] == ["done"]
    assert await chat.rows("activities") == []


async def test_done_just_after_a_reminder(chat: Chat) -> None:
    tom = await reminded(chat)
    chat.now += timedelta(minutes=20)

    assert (await tom.says("done")).key == "followup-finished"


async def test_done_long_after_shows_what_is_to_be_done(chat: Chat) -> None:
    tom = await reminded(chat)
    chat.now += timedelta(hours=3)

    assert (await tom.says("done")).key == "my-day"
    assert [row["status"] for row in await chat.rows("followups")] == ["open"]


async def test_done_about_several_asks_which(chat: Chat) -> None:
    tom = await reminded(chat, notes=("send the quote", "ask for the order"))

    said = await tom.says("done", reply_to=await reminder(chat))

    assert said.key == "followups-due"
    assert [row["status"] for row in await chat.rows("followups")] == ["open", "open"]
    assert "Done ②" in said.buttons


@pytest.mark.parametrize("words", ["my overdue", "overdue", "我的逾期", "What's overdue?"])
async def test_what_is_overdue(chat: Chat, words: str) -> None:
    tom = await reminded(chat)
    chat.now += timedelta(days=1)

    said = await tom.says(words)

    assert said.key == "my-day-overdue"
    assert "send the quote" in said.text


async def test_nothing_is_overdue(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert "Nothing is overdue" in (await tom.says("my overdue")).text


@pytest.mark.parametrize(
    "words",
    [
        "who is Acme's contact?",
        "what’s acme's phone number",
        "who is the contact at Acme?",
        "how is the Acme deal",
        "how's acme doing?",
        "acme的联系人是谁？",
        "Acme那个单子怎么样了",
    ],
)
async def test_a_question_about_somebody_known_shows_the_card(chat: Chat, words: str) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Ltd", owner=tom)

    assert (await tom.says(words)).key == "customer-card"


async def test_a_question_in_pinyin(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN")
    await mei.says("/lead 上海华新科技有限公司, 王伟")

    assert (await mei.says("how is the Huaxin deal")).key == "lead-card"


@pytest.mark.parametrize("words", ["how is the Zebra deal?", "who knows", "Zebra怎么样了"])
async def test_a_question_about_nobody_known_is_news(chat: Chat, words: str) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says(words)).key == "entry-card"


async def test_a_question_shows_nothing_of_others(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei", team="North")
    await chat.customer("Acme Ltd", owner=mei)

    assert (await tom.says("who is Acme's contact?")).key == "entry-card"
