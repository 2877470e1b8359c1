"""On Telegram a customer's message in their group becomes a ticket by a reaction, or by /ticket in reply to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram.recent import Recent
from domain.people.model import Role
from tests.bot.telegram.stage import Stage, on_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


async def said(stage: Stage) -> list[tuple[int, str, str]]:
    return [(row["ticket_id"], row["lane"].value, row["text"]) for row in await stage.rows("ticket_messages")]


async def test_a_customers_message_is_opened_by_a_colleague_once(stage: Stage) -> None:
    server = stage.server
    ann, sam = await stage.staff("Ann", 21, role=Role.ADMIN), await stage.staff("Sam", 22, role=Role.AGENT)
    jane = server.user(31, first_name="Jane", language_code="en")
    room = server.group(-100778, "Acme", [ann, sam, jane])
    room.makes_administrator()
    await ann.says("/lead Acme, Jane Miller")
    await stage.settles()
    await ann.presses(await ann.sees("", button="To customer"), "To customer")
    await stage.settles()
    await ann.says("/bind C1", to=room)
    jam = await jane.says("The printer is jammed", to=room)
    smoke = await jane.says("The oven smokes", to=room)
    ours = await sam.says("I am on my way", to=room)
    await stage.settles()

    await jane.reacts(jam, "✍")
    await sam.reacts(jam, "👍")
    await sam.reacts(ours, "✍")
    await stage.settles()
    assert await stage.rows("tickets") == []
    for person in (sam, ann):
        await person.reacts(jam, "✍")
        await stage.settles()
    assert await said(stage) == [(1, "from_customer", "The printer is jammed")]
    assert "T1" in ann.chat.last.text

    await sam.says("/ticket", to=room, reply_to=smoke)
    await stage.settles()
    assert await said(stage) == [
        (1, "from_customer", "The printer is jammed"),
        (2, "from_customer", "The oven smokes"),
    ]
    assert {(row["customer_id"], row["place"]) for row in await stage.rows("tickets")} == {(1, str(room.id))}
    assert "T2" in sam.chat.last.text
    cards = [(m.text.partition("\n")[0], m.reply_to) for m in room.messages if "T1" in m.text or "T2" in m.text]
    assert cards == [("T1 The printer is jammed", jam), ("T2 The oven smokes", smoke)]  # the customer's, and no more
    assert [call.description for call in server.refusals] == []


async def test_what_was_said_before_a_restart_is_no_longer_known(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recent, "of", lambda self, chat, message: None)
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    jane = stage.server.user(31, first_name="Jane")
    room = stage.server.group(-100778, "Acme", [ann, jane])
    room.makes_administrator()
    await ann.says("/lead Acme, Jane Miller")
    await stage.settles()
    await ann.presses(await ann.sees("", button="To customer"), "To customer")
    await ann.says("/bind C1", to=room)
    jam = await jane.says("The printer is jammed", to=room)
    await stage.settles()
    await ann.reacts(jam, "✍")
    await stage.settles()

    assert "Reply to it with /ticket" in ann.chat.last.text
    assert await stage.rows("tickets") == []
