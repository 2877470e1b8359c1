"""What a group may read of a report, small talk, and words in reply to what was saved."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Chat


async def test_a_report_in_a_group_shows_no_number_amount_or_customer(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.customer("Acme Logistics", owner=tom)
    group = chat.group("launch")

    card = await tom.says("called Acme Logistics, 020 7946 0123, they have 50k, follow up Friday", place=group)
    saved = await tom.presses("Save", place=group)

    for said in (card, saved):
        assert "Logistics" not in said.text
        assert "7946" not in said.text
        assert "50" not in said.text
    [activity] = await chat.rows("activities")
    assert "020 7946 0123" in activity["note"]


async def test_the_record_in_a_group_keeps_what_was_said_to_itself(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    group = chat.group("launch")
    await tom.says(f"/next C{acme.id} friday 10am send them 50k off")
    await tom.says("called Acme, the budget is 90k")
    await tom.presses("Save")

    shown = await tom.says(f"/customer C{acme.id}", place=group)

    assert "50k" not in shown.text
    assert "90k" not in shown.text


@pytest.mark.parametrize(
    ("text", "key"),
    [("Hello!", "start-hello"), ("谢谢", "thanks-answer"), ("hello from Acme, they want 5", "entry-card")],
)
async def test_a_greeting_is_no_news(chat: Chat, text: str, key: str) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says(text)).key == key


async def test_a_reply_to_what_was_saved_is_a_comment_on_its_record(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("called Acme, they want a quote")
    await tom.presses("Save")
    async with chat.house.database.read() as uow:
        rows = await uow.local_messages.list_of(f"private:{tom.user}", limit=10)

    said = await tom.says("@Ana please look at the price", reply_to=str(rows[-1]["id"]))

    assert said.key == "comment-added"
    assert f"C{acme.id}" in said.text
    await chat.delivered()
    assert ana.heard[-1].key == "comment-told"
