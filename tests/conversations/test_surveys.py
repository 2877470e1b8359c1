"""Customers are asked, answer with a tap and a few words; a low score becomes somebody's task, and is told on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.conftest import START, Chat, Person
from tests.conversations.visitors import a_contact, connected


@pytest.fixture
async def tom(chat: Chat) -> Person:
    return await chat.staff("Tom")


@pytest.fixture
async def ana(chat: Chat) -> Person:
    return await chat.staff("Ana", role="manager")


@pytest.fixture
async def jane(chat: Chat, tom: Person) -> Person:
    """Of Acme, C1, and known in chat."""
    acme = await chat.customer("Acme", owner=tom)
    contact = await a_contact(chat, acme.id, "Jane Miller", by=tom)
    return await connected(chat, chat.stranger("Jane"), contact, by=tom)


async def test_a_low_score_becomes_a_task_and_in_the_end_the_customer_hears_what_changed(
    chat: Chat, tom: Person, ana: Person, jane: Person
) -> None:
    sent = await ana.says("/survey send csat C1")
    await chat.tick()
    question = jane.heard[-1]
    scored = await jane.presses("2")
    kept = await jane.says("Nobody called me back")
    changed = await chat.tick()

    [answer] = await chat.rows("survey_answers")
    [followup] = await chat.rows("followups")
    assert (sent.key, question.key, scored.key) == ("survey-sent", "survey-visit", "survey-scored")
    assert question.buttons == ["1 very dissatisfied", "2", "3", "4", "5 very satisfied"]
    assert "What went wrong?" in scored.text
    assert kept.buttons == ["This is a new request"]
    assert (answer["score"], answer["is_low"], answer["comment"]) == (2, True, "Nobody called me back")
    assert answer["sent_at"] is not None
    assert (followup["owner_id"], followup["is_deadline"]) == (tom.id, True)
    assert followup["note"] == "CSAT 2/5 “Nobody called me back”"
    assert followup["due_at"] - START < timedelta(days=2)
    assert {"survey-low", "survey-low-told", "survey-card"} == {
        said.key for said in (*tom.heard, *ana.heard, *changed)
    } & {
        *("survey-low", "survey-low-told", "survey-card"),
    }
    assert "“Nobody called me back”" in tom.heard[-1].text
    assert "Tom takes care of it" in ana.heard[-1].text

    await tom.says(f"F{followup['id']}")
    await tom.presses("Done")
    [offer] = [said for said in await chat.tick(after=timedelta(minutes=1)) if said.key == "survey-offer"]
    before = len(jane.heard)
    await tom.presses("Write to them")
    draft = await tom.says("You now have a number of your own: 020 1234")
    await chat.tick()
    assert len(jane.heard) == before
    await tom.presses("Send")
    await chat.tick()
    assert (offer.sent.place, draft.key) == (tom.heard[-1].sent.place, "survey-tell-draft")
    assert "You now have a number of your own" in draft.text
    assert jane.heard[-1].text.endswith("You now have a number of your own: 020 1234\n– Tom, Guanxi")
    assert [said.key for said in await chat.tick(after=timedelta(hours=1))] == []
