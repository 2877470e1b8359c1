"""What is said and logged around a reminder: with whom it was, and what becomes of the follow-up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.people.model import Role
from tests.conversations.conftest import Chat, Person


async def _reminded(chat: Chat, tom: Person) -> None:
    await chat.customer("Globex", owner=tom)
    await tom.says("/next C1 in 10 minutes call Hank")
    await chat.tick(after=timedelta(minutes=11))


@pytest.mark.parametrize(
    "news", ["initech called, want 5 seats", "Initech called, want 5 seats", "called initech, want 5"]
)
async def test_news_of_somebody_new_is_not_filed_under_who_was_just_done(chat: Chat, news: str) -> None:
    tom = await chat.staff("Tom")
    await _reminded(chat, tom)
    await tom.presses("Done")
    await tom.presses("None")

    card = await tom.says(news)

    assert "Globex" not in card.text
    assert card.buttons[0] == "Save + new lead Initech"


async def test_news_of_nobody_in_particular_happened_where_it_was_just_done(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await _reminded(chat, tom)
    await tom.presses("Done")

    card = await tom.says("he said the price is too high")

    assert card.text.startswith("Globex")


async def test_news_is_not_lost_where_what_was_just_done_went_to_somebody_else(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role=Role.MANAGER)
    await chat.staff("Mei")
    await _reminded(chat, tom)
    await tom.presses("Done")
    await ana.says("/handover @Tom to @Mei")

    card = await tom.says("he said the price is too high")

    assert card.key == "entry-card"
    assert "he said the price is too high" in card.text


async def test_a_call_logged_from_the_reminder_finishes_the_follow_up(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await _reminded(chat, tom)
    await tom.presses("Log a call")
    card = await tom.says("he wants 6 licences, call again Tuesday 3pm")

    saved = await tom.presses("Save")

    assert "finishes this follow-up" in card.text
    assert "Follow-up done" in saved.text
    old, new = await chat.rows("followups")
    assert (old["status"], new["status"]) == ("done", "open")
    assert new["note"].startswith("call again")

    await tom.says("/undo")

    assert [(row["id"], row["status"]) for row in await chat.rows("followups")] == [(old["id"], "open")]
    assert await chat.rows("activities") == []


async def test_a_call_is_kept_although_its_follow_up_was_done_meanwhile(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await _reminded(chat, tom)
    await tom.presses("Log a call")
    await tom.presses("Done")

    saved = await tom.presses("Save")

    assert saved.key == "entry-saved"
    assert "Follow-up done" not in saved.text
    assert [row["kind"] for row in await chat.rows("activities")] == ["call"]


async def test_a_lost_lead_rings_no_more_until_that_is_undone(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Initech, 020 7946 0999")
    await tom.says("/next L1 in 10 minutes call them")
    await tom.says("L1")
    await tom.presses("Lost")

    lost = await tom.presses("Price")
    rung = [said.key for said in await chat.tick(after=timedelta(minutes=5))]

    assert "Its open follow-up is cancelled." in lost.text
    assert [row["status"] for row in await chat.rows("followups")] == ["cancelled"]
    assert "followup-due" not in rung

    await tom.presses("Undo")
    rung = [said.key for said in await chat.tick(after=timedelta(minutes=6))]

    assert "followup-due" in rung


async def test_the_follow_ups_of_a_lead_go_with_it_to_the_customer(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Initech, 020 7946 0999")
    await tom.says("/next L1 in 10 minutes call them")
    await tom.says("L1")

    await tom.presses("To customer")
    rung = [said.key for said in await chat.tick(after=timedelta(minutes=11))]

    [followup] = await chat.rows("followups")
    assert (followup["lead_id"], followup["customer_id"], followup["status"]) == (None, 1, "open")
    assert "followup-due" in rung
