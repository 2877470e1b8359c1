"""One person on two channels: what was begun on one goes on on the other, and reminders come where they last spoke."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import Press
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, code_in, phone


@pytest.fixture
async def tom(chat: Chat) -> Person:
    phone(chat)
    return await chat.staff("Tom")


@pytest.fixture
async def at_phone(chat: Chat, tom: Person) -> Caller:
    caller = Caller(chat, "9", "Tommy")
    [linked] = await caller.says(f"/join {code_in(await tom.says('/link'))}")
    assert linked.key == "channel-linked"
    [told] = await chat.delivered()  # at the desk, of the account that was just opened
    assert told.sent.channel == "local"
    return caller


async def test_a_card_begun_at_the_desk_is_saved_at_the_phone(chat: Chat, tom: Person, at_phone: Caller) -> None:
    await tom.says("called Acme, they want a quote, follow up Friday 10am")

    [waiting] = await at_phone.says("/resume")
    assert "called Acme" in waiting.text
    [card] = await at_phone.presses("Go on")
    [corrected] = [said for said in await at_phone.says("no, Thursday") if said.key == "entry-card"]
    assert "tomorrow" in corrected.text
    [saved] = await at_phone.presses("Save")

    assert (card.key, saved.key) == ("entry-card", "entry-saved")
    [activity] = await chat.rows("activities")
    assert activity["by_id"] == tom.id
    assert (await tom.forges("entry.save:1")).key == "entry-gone"  # the desk's card has had its day


async def test_an_open_question_comes_along(chat: Chat, tom: Person, at_phone: Caller) -> None:
    await tom.says("called Acme")
    await tom.presses("Amount")

    await at_phone.says("/resume")
    [asked] = await at_phone.presses("Go on")
    assert asked.key == "entry-ask-amount"
    answers = await at_phone.says("20k")

    assert any("£20,000" in said.text for said in answers)
    elsewhere = await tom.says("30k")  # the question is no longer open here
    assert "£20,000" not in elsewhere.text
    assert elsewhere.key != "entry-card" or "called Acme" not in elsewhere.text


async def test_a_form_asked_word_by_word_at_the_phone_is_opened_at_the_desk(
    chat: Chat, tom: Person, at_phone: Caller
) -> None:
    await at_phone.says("/lead")
    await at_phone.says("Acme Ltd")

    await tom.says("/resume")
    shown = await tom.presses("Go on")

    assert "Open form" in shown.buttons
    opens = next(row for row in shown.body.rows for button in row if button.label == "Open form")[0]
    await tom.does(Press(opens.press))
    form = tom.receipt.form
    assert form is not None
    assert {each.name: each.value for each in form.fields}["company"] == "Acme Ltd"


async def test_reminders_come_where_the_person_last_spoke(chat: Chat, tom: Person, at_phone: Caller) -> None:
    await tom.says("/lead Acme, Jane")
    chat.now += timedelta(minutes=1)
    await at_phone.says("/next Acme, call in 1 hour")

    [first] = await chat.tick(after=timedelta(hours=1))
    assert first.sent.channel == "phone"
    await tom.says("/next Acme, call again in 1 hour")
    [second] = await chat.tick(after=timedelta(hours=1))

    assert second.sent.channel == "local"


async def test_a_card_finished_on_one_channel_changes_on_the_other(chat: Chat, tom: Person, at_phone: Caller) -> None:
    await tom.says("/lead Acme, Jane")
    await tom.says("/next Acme, call tomorrow")
    await at_phone.says("F1")

    await at_phone.presses("Done")
    changed = await chat.delivered()

    assert "local" in {said.sent.channel for said in changed if said.key == "followup-card"}
