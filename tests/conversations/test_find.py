"""Looking things up: a name in any spelling, a number, pages, and what is said about it."""

from __future__ import annotations

import pytest

from domain.activities.model import Activity, ActivityKind
from domain.journal.model import Source
from handlers.dialogs.lists import asked_for
from tests.conversations.conftest import Chat


@pytest.mark.parametrize(
    "typed", ["/find acme", "find Acme", "查 acme", "/find 8750", "、find jane", "/find 020 7183 8750"]
)
async def test_any_spelling_finds_it(chat: Chat, typed: str) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme Ltd, Jane Miller, 020 7183 8750")

    said = await tom.says(typed)

    assert said.key == "find-found"
    assert "L1 Acme · Jane Miller · Tom" in said.text
    assert (await tom.presses("Open L1")).key == "lead-card"


@pytest.mark.parametrize("typed", ["/find 华新", "查 huaxin", "/find hx", "查华新"])
async def test_chinese_names_by_characters_pinyin_and_initials(chat: Chat, typed: str) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await mei.says("/lead 上海华新科技有限公司, 王伟")

    said = await mei.says(typed)

    assert said.key == "find-found"
    assert "华新" in said.text


async def test_nothing_found_offers_a_new_lead(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await mei.says("/lead Northwind Trading, Eva")

    said = await tom.says("/find Nordwind")

    assert said.key == "find-nothing"
    assert "Eva" not in said.text

    assert (await tom.presses("Save “Nordwind”")).key == "lead-added"


async def test_what_a_colleague_has_is_met_when_it_is_saved(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await mei.says("/lead Nordwind GmbH, Eva")
    await tom.says("/find Nordwind")

    said = await tom.presses("Save “Nordwind”")

    assert said.key == "duplicate-found"
    assert "Eva" not in said.text


async def test_behind_many_notes_that_only_look_alike_one_may_look_on(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    notes = ["met Wang", *["wants to change the order"] * 5 * asked_for()]
    async with chat.house.database.unit_of_work() as uow:
        uow.acts(tom.staff, at=chat.now, source=Source(channel="local", delivery="notes"))
        for note in notes:
            kept = Activity(kind=ActivityKind.NOTE, by_id=tom.staff.id, note=note, at=chat.now, created_at=chat.now)
            await uow.activities.add(kept)
        await uow.commit()

    said = await tom.says("/find wang")

    assert said.key == "find-not-yet"
    assert "met Wang" in (await tom.presses("Look further back")).text


async def test_pages_say_how_many_are_left(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("\n".join(f"Acme {number}, Jane, j{number}@acme{number}.com" for number in range(1, 21)))
    await tom.presses("Save all")

    first = await tom.says("/find acme")

    assert "12 more" in first.buttons
    assert "L20 Acme 20" in first.text
    second = await tom.presses("12 more")
    assert second.edits is not None
    assert "4 more" in second.buttons
    third = await tom.presses("4 more")
    assert "L1 Acme 1 " in third.text
    assert third.buttons[-1] == "From the start"


async def test_talk_is_no_search(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says("find out what Acme wants by Friday")).key == "entry-card"


async def test_a_card_that_waits_is_still_amended_after_a_search(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.says("/find Acme")

    said = await tom.says("no, Monday")

    assert said.key == "entry-card"
    assert "Mon" in said.text
    assert len([row for row in await chat.rows("drafts") if row["kind"] == "entry"]) == 1


@pytest.mark.parametrize("typed", ["/find", "/find   "])
async def test_nothing_to_look_for(chat: Chat, typed: str) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says(typed)).key == "wrong-usage"


@pytest.mark.parametrize(
    "typed", ["/find " + "x" * 100_000, '/find " OR 1=1 --', "/find *", "/find ' AND", "/find \x00"]
)
async def test_odd_searches_are_harmless(chat: Chat, typed: str) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says(typed)).key in {"find-nothing", "wrong-usage"}


# ---------------------------------------------------------------- why


async def test_why_a_reminder_was_said_and_why_not(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")

    ahead = await tom.says("/why F1")

    assert ahead.key == "why-about"
    assert "Tom gets a reminder" in ahead.text

    from datetime import UTC, datetime

    await chat.tick(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))

    said = await tom.says("为什么 f1")
    assert "Reminder to Tom" in said.text
    assert "sent" in said.text
    assert "Reminder" in (await tom.says("/why")).text


async def test_why_of_somebody_elses_is_not_there(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")

    assert (await mei.says("/why F1")).key == "record-not-found"
    assert (await mei.says("/why L1")).key == "record-not-found"
    assert (await mei.says("/why")).key == "why-nothing"
    assert (await mei.says("/why whatever")).key == "wrong-usage"


async def test_a_record_found_by_name_and_by_what_was_said_has_one_button(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Save")

    said = await tom.says("/find acme")

    assert "they want a quote" in said.text
    assert said.buttons == ["Open L1"]
