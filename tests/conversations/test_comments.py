"""Words in reply to a card: comments, and what happened at a follow-up that was just done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.local.people import private_place
from tests.conversations.conftest import Chat, Person


async def newest_message(person: Person) -> str:
    async with person.chat.house.database.read() as uow:
        rows = await uow.local_messages.list_of(private_place(person.user), limit=50)
    return str([row for row in rows if row["sender"] is None][-1]["id"])


async def test_a_reply_to_a_card_is_a_comment_and_the_named_are_told(chat: Chat) -> None:
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await tom.says("/lead Acme, Jane, jane@acme.com")

    said = await tom.says("@Mei they asked for your price list", reply_to=await newest_message(tom))

    assert said.key == "comment-added"
    assert "Told: Mei" in said.text
    [note] = await chat.rows("activities")
    assert (note["kind"], note["lead_id"]) == ("note", 1)
    [told] = await chat.delivered()
    assert told in mei.heard
    assert "they asked for your price list" in told.text
    assert (await mei.presses("Open L1")).key == "lead-card"

    answer = await mei.says("will send it", reply_to=await newest_message(mei))

    assert answer.key == "comment-added"
    assert len(await chat.rows("activities")) == 2

    await tom.presses("Undo")
    assert [row["note"] for row in await chat.rows("activities")] == ["will send it"]


async def test_a_word_that_begins_like_a_name_names_nobody(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.staff("Mei")
    await tom.says("/lead Acme, Jane, jane@acme.com")

    said = await tom.says("@Meission control", reply_to=await newest_message(tom))

    assert said.key == "comment-added"
    assert await chat.delivered() == []


async def test_words_after_done_are_what_happened(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("called Acme, follow up Friday 10am")
    await tom.presses("Save")
    await chat.tick(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
    card = (await tom.presses("Done")).edits
    assert card is not None

    said = await tom.says("called, they want a quote, send it tomorrow 9am", reply_to=card)

    assert said.key == "entry-card"
    assert "Acme" in said.text
    await tom.presses("Save")
    assert [row["lead_id"] for row in await chat.rows("activities")] == [1, 1]
    assert len(await chat.rows("followups")) == 2

    chat.now += timedelta(minutes=40)
    assert (await tom.says("one more thing", reply_to=card)).key == "comment-added"


async def test_a_reply_to_what_is_gone_is_refused(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    card = await newest_message(tom)
    await tom.says("/undo")

    assert (await tom.says("hello?", reply_to=card)).key == "record-not-found"


async def test_log_on_a_card_takes_the_next_words(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane, jane@acme.com")
    assert (await tom.presses("Log")).key == "record-ask-log"

    said = await tom.says("called, they want a quote")

    assert said.key == "entry-card"
    assert "Acme" in said.text
