"""An open question takes the value it asked for; a sentence of its own stays one, and the question waits."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat

NEWS = "called Globex, they want a demo Tuesday 3pm"


async def test_a_new_sentence_is_no_answer_to_when(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Globex", owner=tom)
    await tom.says("called Priya")
    await tom.presses("When")

    card = await tom.says(NEWS)
    await tom.presses("Save")

    assert card.key == "entry-card"
    assert "Globex" in card.text
    [followup] = await chat.rows("followups")
    assert followup["customer_id"] == 1
    waiting = await tom.says("/resume")
    assert "called Priya" in waiting.text
    assert "One thing" in waiting.text


async def test_saving_a_plan_without_a_day_asks_when_and_hears_news(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await chat.customer("Globex", owner=tom)
    await tom.says(f"/next C{acme.id} call them")
    asked = await tom.presses("Save")

    card = await tom.says(NEWS)

    assert asked.key == "entry-ask-when"
    assert (card.key, "Globex" in card.text) == ("entry-card", True)


async def test_words_that_are_nearly_nothing_but_a_time_answer(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want a quote")
    await tom.presses("When")

    card = await tom.says("Tuesday 3pm would be best, please")

    assert "Tue 24 Nov, 15:00" in card.text


async def test_being_away_hears_news(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    globex = await chat.customer("Globex", owner=tom)
    await tom.says(f"C{globex.id}")
    await tom.says("/settings")
    await tom.presses("I’ll be away")

    card = await tom.says("called Hank, wants a meeting tomorrow 3pm")

    assert card.key == "entry-card"
    assert (await chat.rows("staff"))[0]["absent_until"] is None


@pytest.mark.parametrize("field", ["Note", "Amount", "Who"])
async def test_every_question_of_a_card_hears_news(chat: Chat, field: str) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Globex", owner=tom)
    await tom.says("called Acme, they want a quote")
    await tom.presses(field)

    card = await tom.says(NEWS)

    assert (card.key, "Globex" in card.text) == ("entry-card", True)
    assert len([row for row in await chat.rows("drafts") if row["kind"] == "entry"]) == 2


async def test_a_report_about_another_is_not_filed_under_the_record_that_was_asked_about(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await chat.customer("Globex", owner=tom)
    await tom.says(f"C{acme.id}")
    await tom.presses("Log")

    other = await tom.says(NEWS)
    await tom.says(f"C{acme.id}")
    await tom.presses("Log")
    own = await tom.says("he wants to buy from Globex instead")

    assert "Globex" in other.text.splitlines()[0]
    assert "Acme" in own.text.splitlines()[0]


async def test_a_code_shows_its_card_while_something_is_asked(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("/lead Globex, 020 7946 0999")
    await tom.says(f"/next C{acme.id} friday 10am call")
    await tom.says("called Initech, they want a quote")
    await tom.presses("When")

    shown = [(await tom.says(code)).key for code in ("C1", "L1", "F1")]
    answered = await tom.says("Tuesday 3pm")

    assert shown == ["customer-card", "lead-card", "followup-open"]
    assert "Tue 24 Nov, 15:00" in answered.text

    await tom.says("C1")
    await tom.presses("Log")
    assert (await tom.says("L1")).key == "lead-card"
    assert [row["kind"] for row in await chat.rows("activities")] == []
