"""What commands make of what stands behind them: a name alone, a plan that was done, a time that cannot be meant."""

from __future__ import annotations

import pytest

from handlers.chat import FormClosed, Text
from tests.conversations.conftest import Chat


async def test_log_tells_what_was_done(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    assert (await tom.says("/log")).key == "wrong-usage"
    assert "Visit · today" in (await tom.says("/log visit Acme, good talk")).text
    assert "Meeting · today" in (await tom.says("/log met Acme")).text
    assert "Call · today" in (await tom.says("/log phone Acme, good talk")).text
    assert "Message · today" in (await tom.says("/log message Acme about the price")).text
    assert "Plan only" in (await tom.says("/log call Acme tomorrow 3pm")).text
    assert (await tom.says("/log Acme")).key == "record-ask-log"
    said = await tom.says("they like the offer")

    assert said.text.startswith("Acme")
    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert activity["note"] == "they like the offer"


async def test_next_keeps_each_word_and_how_often(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("/lead Acme Labs, Jo Fox")

    which = await tom.says("/next Acme, send brochure, tomorrow 9am, every week")

    assert "send brochure" in which.text
    await tom.presses("Acme Labs")
    await tom.presses("Save")
    [followup] = await chat.rows("followups")
    assert followup["note"] == "send brochure"
    assert followup["recurrence"] is not None


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("called Acme yesterday, follow up last Friday 10am", "is already over"),
        ("昨天拜访了Acme，上周五再联系", "is already over"),
        ("follow up with Acme at 25:61 tomorrow", "25:61"),
    ],
)
async def test_a_next_step_that_cannot_be_is_asked_about(chat: Chat, words: str, doubt: str) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    assert doubt in (await tom.says(words)).text


async def test_where_words_may_open_a_form_it_opens_at_once(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert await tom.does(Text("/lead"), trigger="t1") == []
    empty = tom.receipt.form
    assert empty is not None
    assert await tom.does(FormClosed(empty.press)) == []
    assert await chat.rows("drafts") == []  # nothing was filled in

    assert await tom.does(Text("/lead Acme, Jane, 12345678"), trigger="t2") == []
    wrong = tom.receipt.form
    assert wrong is not None
    assert "phone" in tom.receipt.field_errors
    [waits] = await tom.does(FormClosed(wrong.press))  # what was typed is kept, also in /resume
    assert waits.key == "form-waits"
    saved = await tom.fills(wrong.press, {"company": "Acme", "person": "Jane", "phone": "020 7946 0123"})
    assert saved is not None
    assert saved.key == "lead-added"


async def test_why_tells_what_was_said_and_not_which_cards_changed(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await tom.says("/next Acme, send the quote, tomorrow 3pm")
    await tom.says("/undo")

    assert (await tom.says("/why")).key == "why-nothing"


async def test_what_is_no_news_becomes_no_card(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    for asked in ("怎么用", "What can you do?", "？？？"):
        assert (await tom.says(asked)).key == "help", asked
    assert (await tom.says("怎么用", place=chat.group("Sales"))).key == "help"
    for empty in ("。", "…!", "- - -"):
        assert (await tom.says(empty)).key == "nothing-said", empty
    assert "new lead" not in (await tom.says("Hello, we look at it")).text
    assert "new lead" in (await tom.says("Halo, called them about the offer")).text
