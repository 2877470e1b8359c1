"""A sentence edited on the platform: the card that waits follows it, once; what is saved stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat import Attachment, Edited, Text
from tests.conversations.conftest import Chat, Person


async def says(person: Person, text: str) -> str:
    """Say it; gives the platform's id of the message."""
    await person.does(Text(text))
    waiting = [row for row in await person.chat.rows("drafts") if row["kind"] == "entry"]
    return str(waiting[-1]["content"]["message"])


async def test_the_waiting_card_follows_the_edit_in_place(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    message = await says(tom, "called Acme, they want a quote, follow up Friday 10am")
    card = tom.heard[-1]

    await tom.does(Edited(message, "called Acme, they want a demo, follow up Thursday 11am"))
    [after] = await chat.delivered()

    assert "demo" in after.text
    assert "tomorrow 11:00" in after.text
    assert after.sent.row.edit is not None
    assert after.sent.row.card == card.sent.row.card
    assert len(await chat.rows("drafts")) == 1

    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert "demo" in activity["note"]


async def test_the_files_of_the_card_stay_with_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.does(Attachment("voice", chat.house.page_files.put(b"OggS"), size=4))
    message = await says(tom, "called Acme, follow up Friday 10am")

    await tom.does(Edited(message, "called Acme, follow up Friday 11am"))
    await tom.presses("Save")

    [activity] = await chat.rows("activities")
    assert [row["activity_id"] for row in await chat.rows("attachments")] == [activity["id"]]


@pytest.mark.parametrize("text", [None, "   ", "/today", "/nosuchthing x"])
async def test_what_reports_nothing_any_more_leaves_the_card(chat: Chat, text: str | None) -> None:
    tom = await chat.staff("Tom")
    message = await says(tom, "called Acme, follow up Friday 10am")

    assert await tom.does(Edited(message, text)) == []
    assert await chat.planned() == []


async def test_the_same_words_again_change_nothing(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    message = await says(tom, "called Acme, see https://acme.example, follow up Friday 10am")

    await tom.does(Edited(message, "called Acme, see https://acme.example, follow up Friday 10am"))

    assert await chat.planned() == []


async def test_the_words_of_a_log_command_may_be_edited(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    message = await says(tom, "/log called Acme about the quote")

    await tom.does(Edited(message, "/log called Acme about the invoice"))
    [after] = await chat.delivered()

    assert "invoice" in after.text


async def test_what_is_saved_is_history(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    message = await says(tom, "called Acme, follow up Friday 10am")
    await tom.presses("Save")

    assert await tom.does(Edited(message, "called Acme, follow up Monday 10am")) == []
    assert await chat.planned() == []


async def test_nobody_elses_card_follows(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    message = await says(tom, "called Acme, follow up Friday 10am")

    assert await mei.does(Edited(message, "called Acme, follow up Monday 10am")) == []
    assert await chat.stranger("Eve").does(Edited(message, "called Acme, follow up Monday 10am")) == []
    assert await chat.planned() == []


async def test_times_still_count_from_when_it_was_first_said(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    message = await says(tom, "called Acme about the quote")
    said_at = chat.now
    chat.now += timedelta(minutes=5)

    await tom.does(Edited(message, "called Acme about the invoice"))
    await chat.delivered()
    await tom.presses("Save")

    [activity] = await chat.rows("activities")
    assert activity["at"] == said_at


async def test_an_edited_chat_is_read_as_a_chat_again(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme Foods", owner=tom)
    pasted = "[17/11/2026, 15:15] Jane (Acme Foods): can you send the quote by Friday?\n[17/11/2026, 15:20] Tom: sure"
    message = await says(tom, pasted)

    await tom.does(Edited(message, pasted.replace("15:20] Tom: sure", "16:40] Tom: will do, on Thursday at 10")))
    [after] = await chat.delivered()

    [draft] = await chat.rows("drafts")
    assert draft["content"]["gist"] == "Tom: will do, on Thursday at 10"
    assert draft["content"]["subject"] == ["customer", acme.id, "Acme Foods"]
    assert "Thursday at 10" in after.text
