"""One receiver a bot, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.engine import Database
from tests.storage.company import Clock

LEASE = timedelta(seconds=15)
US, THEM = "here:1:a", "there:2:b"


async def take(database: Database, holder: str, bot: str = "700") -> str:
    async with database.unit_of_work() as uow:
        held_by = await uow.receivers.take("telegram", bot, holder=holder, lease=LEASE)
        await uow.commit()
    return held_by


async def release(database: Database, holder: str) -> None:
    async with database.unit_of_work() as uow:
        await uow.receivers.release("telegram", "700", holder=holder)
        await uow.commit()


async def test_the_first_holds_it_until_its_lease_ends(database: Database, clock: Clock) -> None:
    assert await take(database, US) == US
    assert await take(database, THEM) == US
    clock.passes(LEASE - timedelta(seconds=1))
    assert await take(database, THEM) == US
    clock.passes(timedelta(seconds=1))
    assert await take(database, THEM) == THEM
    assert await take(database, US) == THEM


async def test_a_renewed_lease_lasts(database: Database, clock: Clock) -> None:
    await take(database, US)
    clock.passes(timedelta(seconds=10))
    assert await take(database, US) == US
    clock.passes(timedelta(seconds=10))
    assert await take(database, THEM) == US


async def test_only_its_holder_gives_it_up(database: Database) -> None:
    await take(database, US)
    await release(database, THEM)
    assert await take(database, THEM) == US
    await release(database, US)
    assert await take(database, THEM) == THEM


async def test_each_bot_has_its_own(database: Database) -> None:
    assert await take(database, US) == US
    assert await take(database, THEM, "800") == THEM


async def test_of_many_that_ask_at_once_one_gets_it(database: Database) -> None:
    holders = await asyncio.gather(*(take(database, f"here:{number}:x") for number in range(8)))
    assert len(set(holders)) == 1
