from __future__ import annotations

from datetime import UTC, datetime

from storage.engine import Database

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


async def accept(database: Database, delivery: str) -> bool:
    async with database.unit_of_work() as uow:
        accepted = await uow.inbox.accept("local", delivery, at=NOW)
        await uow.commit()
    return accepted


async def test_a_delivery_is_accepted_once(database: Database) -> None:
    assert await accept(database, "7") is True
    assert await accept(database, "7") is False
    assert await accept(database, "8") is True


async def test_a_delivery_that_was_rolled_back_comes_again(database: Database) -> None:
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("local", "9", at=NOW) is True
    assert await accept(database, "9") is True
