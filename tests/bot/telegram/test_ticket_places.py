"""On Telegram a ticket's place is the chain of replies to its head."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.people.model import Role
from tests.bot.places import asked, went_on
from tests.bot.telegram.stage import Stage, on_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


async def test_replies_to_the_head_and_to_what_is_below_it_are_notes(stage: Stage) -> None:
    server, database = stage.server, stage.house.database
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    room = server.group(-100777, "support", [ann])
    await ann.says("/triage", to=room)
    await stage.settles()
    async with database.unit_of_work() as uow:
        [actor] = await uow.staff.list_active()
    before = len(room.chat.messages)

    await asked(database, "The printer is jammed", now=stage.now)
    await went_on(database, actor, "still jammed", now=stage.now)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=5))
    head, words = room.chat.messages[before:]
    await ann.says("he always says that", to=room, reply_to=head)
    await ann.says("ask Tom", to=room, reply_to=words)
    await stage.settles()

    assert "T1 The printer is jammed" in head.text
    assert "still jammed" in words.text
    assert words.reply_to is head
    said = [(row["lane"].value, row["text"]) for row in await stage.rows("ticket_messages")]
    assert said[2:] == [("internal", "he always says that"), ("internal", "ask Tom")]
    assert [(call.method, call.description) for call in server.refusals] == []


async def test_a_group_that_threw_the_bot_out_is_told_once(stage: Stage) -> None:
    ann = await stage.staff("Ann", 21, role=Role.ADMIN)
    room = stage.server.group(-100777, "support", [ann])
    await ann.says("/triage", to=room)
    await stage.settles()
    await room.kicks_bot(by=ann)
    await asked(stage.house.database, "The printer is jammed", now=stage.now)
    await stage.settles()
    await stage.comes(stage.now + timedelta(seconds=5))

    assert len([m for m in ann.chat.messages if "can’t write to the ticket group" in m.text]) == 1
    assert not [m for m in room.chat.messages if "jammed" in m.text]
