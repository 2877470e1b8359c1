"""A message picked from its menu becomes the card of an activity, for the rep alone."""

from __future__ import annotations

from handlers.chat import MessagePicked, Quote
from tests.conversations.conftest import Chat

LINK = "https://example.slack.com/archives/C1/p1"
ASKS = Quote("Acme would like a quote for 20 seats by Friday 10am", "Jane Miller")


async def test_it_is_read_like_a_report_and_keeps_the_words(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)

    [card] = await tom.does(MessagePicked("log", ASKS, link=LINK))

    assert card.text.startswith("Acme\nMessage")
    assert "Jane Miller: Acme would like a quote" in card.text
    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert (activity["kind"], activity["customer_id"]) == ("message", acme.id)
    assert activity["note"] == f"Jane Miller: {ASKS.text}\n{LINK}"
    assert len(await chat.rows("followups")) == 1


async def test_the_thread_comes_along(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    thread = (
        Quote("any news from Acme?", "Mei"),
        Quote("they sign next week, 50k"),
        Quote("great\x00 \u202ework", "Mei"),
    )

    [card] = await tom.does(MessagePicked("log", thread[1], thread=thread))

    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert activity["note"] == "Mei: any news from Acme?\nthey sign next week, 50k\nMei: great work"
    assert activity["amount_minor"] == 5_000_000
    assert "Acme" in card.text


async def test_what_the_words_say_it_was_counts(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)

    await tom.does(MessagePicked("log", Quote("called Acme, all fine", "Tom")))
    await tom.presses("Save")

    assert [row["kind"] for row in await chat.rows("activities")] == ["call"]


async def test_an_endless_thread_is_cut(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    thread = tuple(Quote("Acme " + "好" * 100, "Mei") for _ in range(200))

    [card] = await tom.does(MessagePicked("log", thread[0], thread=thread, link=LINK))

    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert len(activity["note"]) <= 4000 + len(LINK) + 1
    assert activity["note"].endswith(f"…\n{LINK}")
    assert card.key


async def test_an_empty_message_says_so(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    [said] = await tom.does(MessagePicked("log", Quote("  \u200b ", "Mei")))

    assert said.key == "nothing-said"


async def test_strangers_and_unknown_actions(chat: Chat) -> None:
    eve = chat.stranger("Eve")
    tom = await chat.staff("Tom")

    [welcome] = await eve.does(MessagePicked("log", ASKS))
    [refused] = await tom.does(MessagePicked("fly", ASKS))

    assert welcome.key == "welcome"
    assert refused.key == "button-too-old"
    assert await chat.rows("drafts") == []
