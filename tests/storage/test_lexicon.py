"""What is taught by several at once."""

from __future__ import annotations

import asyncio

import pytest

from domain.lexicon.actions import learn
from domain.lexicon.model import Lesson, Meaning
from domain.people.model import Staff
from storage.engine import Database
from tests.storage.company import NOW, Team

LONG_ENOUGH = 0.3  # seconds for an action that waits for nobody


@pytest.mark.parametrize("value", ["message", "call"])
async def test_what_two_teach_at_once_is_known_once(database: Database, team: Team, value: str) -> None:
    async def teach(person: Staff, means: str, taught: asyncio.Event, go_on: asyncio.Event) -> None:
        async with database.unit_of_work() as uow:
            lesson = Lesson(meaning=Meaning.ACTIVITY, phrase="looped in", value=means)
            await learn(uow, person, [lesson], now=NOW)
            uow.happened("entry-saved")
            taught.set()
            await go_on.wait()
            await uow.commit()

    first_taught, go_on, open_gate = asyncio.Event(), asyncio.Event(), asyncio.Event()
    open_gate.set()
    first = asyncio.create_task(teach(team.mei, "message", first_taught, go_on))
    await first_taught.wait()
    second = asyncio.create_task(teach(team.tom, value, asyncio.Event(), open_gate))
    await asyncio.wait([second], timeout=LONG_ENOUGH)
    go_on.set()
    await asyncio.gather(first, second)

    async with database.unit_of_work() as uow:
        [known] = await uow.lexicon.list_same(["looped in"])
    assert known.value == value
