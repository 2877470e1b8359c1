"""Saving at once: offered after twenty cards without a correction, once; what is in doubt still comes as a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.journal.model import ActionRecord
from handlers.entries.at_once import UNCORRECTED
from storage.journal import SqlJournal
from tests.conversations.conftest import Chat, Person, Said


async def _save(person: Person, text: str) -> list[Said]:
    before = len(person.heard)
    await person.says(text)
    await person.presses("Save")
    return [said for said in person.heard[before:] if said.key == "at-once-offer"]


async def _with_it_on(chat: Chat) -> Person:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await chat.customer("Beta Foods", owner=tom)
    await chat.customer("Beta Dental", owner=tom)
    await tom.says("/settings")
    await tom.presses("Save at once")
    return tom


async def test_the_offer_comes_once_after_twenty_cards(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("called Acme about the rollout")
    await tom.presses("What")
    await tom.presses("Visit")
    await tom.presses("Save")

    offers = [await _save(tom, f"called Acme about batch {number}") for number in range(UNCORRECTED)]
    assert [len(each) for each in offers] == [0] * (UNCORRECTED - 1) + [1]
    await tom.presses("No, show me the card")
    looked_back = _count_looking_back(monkeypatch)
    assert await _save(tom, "called Acme about the rest") == []
    assert not looked_back  # who was asked once costs no look at the journal
    assert (await tom.says("called Acme once more")).key == "entry-card"


def _count_looking_back(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the journal that are read from now on."""
    read: list[int] = []
    real = SqlJournal.actions_of

    async def counted(journal: SqlJournal, staff_id: int, *, limit: int) -> Sequence[ActionRecord]:
        read.append(limit)
        return await real(journal, staff_id, limit=limit)

    monkeypatch.setattr(SqlJournal, "actions_of", counted)
    return read


async def test_yes_saves_the_next_report_and_is_undone_like_any_setting(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    for number in range(UNCORRECTED):
        await _save(tom, f"called Acme about batch {number}")

    chosen = await tom.presses("Yes, save at once")
    assert (await tom.says("called Acme about the rollout")).key == "entry-saved"
    assert len(await chat.rows("activities")) == UNCORRECTED + 1

    [undo] = [button.press for row in chosen.body.rows for button in row if button.label == "Undo"]
    await tom.forges(undo, message=chosen.edits)
    assert (await tom.says("called Acme about the audit")).key == "entry-card"


async def test_it_is_switched_off_in_the_settings(chat: Chat) -> None:
    tom = await _with_it_on(chat)
    assert (await tom.says("called Acme about the rollout")).key == "entry-saved"

    await tom.says("/settings")
    await tom.presses("Show cards first")
    assert (await tom.says("called Acme about the audit")).key == "entry-card"


async def test_what_is_certain_is_saved_and_undone(chat: Chat) -> None:
    tom = await _with_it_on(chat)

    saved = await tom.says("called Acme, they want a quote, follow up Friday 10am")
    assert saved.key == "entry-saved" and "Undo" in saved.buttons
    assert len(await chat.rows("activities")) == len(await chat.rows("followups")) == 1

    await tom.presses("Undo")
    assert not await chat.rows("activities") and not await chat.rows("followups")


@pytest.mark.parametrize(
    "text",
    [
        "called Initech, they want a quote",
        "called Beta, they want a quote",
        "called Acmee, they want a quote",
        "called somebody, they want a quote",
        "called Acme, budget 20-30k",
        "called Acme, follow up 30 february",
        "follow up with Acme yesterday",
        "Acme likes blue",
        "Acme",
        "called Acme, Jane's number is 020 7946 0999",
        "did anybody call Acme?",
        "called Acme, follow up soon",
        "called Acme and Beta Foods, both want demos",
        "cancel the call with Acme",
        "Acme visit was cancelled",
        "called Acme, no, wait",
        "called Acme, scratch that",
        "didn't call Acme today",
        "should I call Acme tomorrow at 9",
        "did I email Acme",
        "maybe call Acme Friday",
        "perhaps visit Acme Monday 10am",
        "might visit Acme Friday",
        "would like to visit Acme Friday",
        "I want to meet Acme Friday",
        "call Acme or Beta Foods Friday",
        "call Acme Thursday or Friday",
        "call Acme Friday if Jane is back",
        "取消周五给Acme打电话",
        "刚给Acme打了电话，不对",
        "没给Acme打电话",
        "周五要不要给Acme打电话",
        "是否周五拜访Acme",
        "周五可能拜访Acme",
        "也许周五给Acme打电话",
        "想周五去拜访Acme吗",
    ],
)
async def test_what_is_in_doubt_comes_as_a_card(chat: Chat, text: str) -> None:
    tom = await _with_it_on(chat)

    await tom.says(text)

    assert not await chat.rows("activities") and not await chat.rows("followups")


async def test_the_streak_is_broken_by_an_undo(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    for number in range(UNCORRECTED - 1):
        await _save(tom, f"called Acme about batch {number}")
    await tom.presses("Undo")
    chat.now += timedelta(minutes=1)

    assert await _save(tom, "called Acme about the rest") == []
