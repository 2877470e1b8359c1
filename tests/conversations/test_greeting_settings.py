"""Leaders put the greeting of customers into their own words; placeholders are checked, both languages are shown first."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, phone


@pytest.fixture
async def ana(chat: Chat) -> Person:
    return await chat.staff("Ana", role="manager")


WORDS = {"text_en": "Welcome {name} to {company}!", "text_zh_cn": "欢迎{name}来到{company}！"}


async def test_own_words_are_previewed_in_both_languages_and_kept(chat: Chat, ana: Person) -> None:
    phone(chat)
    await ana.says("/settings")
    await ana.presses("Company settings")
    settings = await ana.presses("Greeting of customers")

    shown = await ana.fills("greeting.words:private", WORDS)
    other = await ana.presses("看中文")
    before = await Caller(chat, "7", "Eve").says("/start")
    saved = await ana.presses("保存")
    after = await Caller(chat, "8", "Li", locale="zh").says("/start")

    assert settings.key == "greeting-settings"
    assert shown is not None
    assert "Welcome Jane to Guanxi!" in shown.text
    assert "欢迎张伟来到Guanxi！" in other.text
    assert "Hello Eve!" in before[0].text
    assert saved.key == "greeting-settings"
    assert "欢迎Li来到Guanxi！" in after[0].text
    assert "180" in after[0].text  # what no words of theirs can leave out
    await ana.presses("Undo")
    assert "Hello Max!" in (await Caller(chat, "9", "Max").says("/start"))[0].text


@pytest.mark.parametrize("wrong", ["Hello {nmae}", "Hello {name", "Hello {0}", "x" * 1001, "{name.__class__}"])
async def test_what_is_wrong_is_said_at_its_field(chat: Chat, ana: Person, wrong: str) -> None:
    said = await ana.fills("greeting.words:private", {**WORDS, "text_en": wrong})

    assert said is None
    assert list(ana.receipt.field_errors) == ["text_en"]
    assert [row for row in await chat.rows("drafts") if row["kind"] == "greeting"] == []


async def test_how_long_things_are_kept_is_set_and_said(chat: Chat, ana: Person) -> None:
    phone(chat)
    await ana.fills("greeting.retention:", {"days": "30", "years": "1"})
    assert await ana.fills("greeting.retention:", {"days": "0", "years": "x"}) is None

    assert set(ana.receipt.field_errors) == {"days", "years"}
    assert (
        "30 days while we don’t know you, requests for a year"
        in (await Caller(chat, "7", "Eve").says("/start"))[0].text
    )


async def test_only_leaders_change_it(chat: Chat, ana: Person) -> None:
    tom = await chat.staff("Tom")
    await ana.fills("greeting.words:private", WORDS)

    assert "Company settings" not in (await tom.says("/settings")).buttons
    for payload in ("greeting.show:", "greeting.edit:private", "greeting.preview:en", "greeting.save:1"):
        assert (await tom.forges(payload)).key == "not-allowed"
    assert (await tom.fills("greeting.words:private", WORDS)).key == "not-allowed"  # type: ignore[union-attr]
    assert (await chat.stranger("Eve").forges("greeting.save:1")).key == "for-staff-only"
    other = await chat.staff("Max", role="manager", team="North")
    assert (await other.forges("greeting.save:1")).key == "greeting-gone"
