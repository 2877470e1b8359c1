"""Forgetting what was said long ago, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from domain.notifications.model import NotificationState, Outcome
from storage import tables
from storage.engine import Database
from tests.storage.company import NOW, Team, planned

MONTH = timedelta(days=30)


async def settle(database: Database, state: NotificationState, *, days_ago: int, count: int = 1) -> list[int]:
    """Plan rows with facts and settle them as of then; gives their ids."""
    async with database.unit_of_work() as uow:
        for _ in range(count):
            uow.plan(planned(facts={"name": "王芳"}, extra={"reply_to": "7"}, channel="local", place="x"))
        await uow.commit()
    async with database.unit_of_work() as uow:
        rows = await uow.notifications.claim_due(NOW, limit=count, lease=MONTH, holder="a:1:x")
        at = NOW - timedelta(days=days_ago)
        await uow.notifications.settle(
            [Outcome(notification_id=row.id, attempt=row.attempts, state=state, at=at) for row in rows]
        )
        await uow.commit()
    return [row.id for row in rows]


async def listed(database: Database, *, after: int = 0, limit: int = 100) -> list[int]:
    async with database.read() as uow:
        return list(await uow.notifications.list_settled(NOW - MONTH, after=after, limit=limit))


async def test_only_what_is_long_settled_is_listed_and_emptied(database: Database, team: Team) -> None:
    old = [
        *await settle(database, NotificationState.SENT, days_ago=31),
        *await settle(database, NotificationState.SKIPPED, days_ago=40),
        *await settle(database, NotificationState.FAILED, days_ago=31),
    ]
    await settle(database, NotificationState.SENT, days_ago=29)

    assert await listed(database) == old
    async with database.unit_of_work() as uow:
        await uow.notifications.empty(old)
        await uow.commit()

    assert await listed(database) == []
    table = tables.notifications
    async with database.connection() as connection:
        rows = (await connection.execute(select(table.c.facts, table.c.extra, table.c.key).order_by(table.c.id))).all()
    assert [(row.facts, row.extra) for row in rows] == [({}, {})] * 3 + [({"name": "王芳"}, {"reply_to": "7"})]
    assert {row.key for row in rows} == {"hello"}


async def test_they_are_listed_in_pages(database: Database, team: Team) -> None:
    ids = await settle(database, NotificationState.SENT, days_ago=31, count=5)

    assert await listed(database, limit=2) == ids[:2]
    assert await listed(database, after=ids[1], limit=2) == ids[2:4]
    assert await listed(database, after=ids[4]) == []


async def test_what_still_waits_is_never_emptied(database: Database, team: Team) -> None:
    async with database.unit_of_work() as uow:
        uow.plan(planned(facts={"name": "王芳"}, channel="local", place="x"))
        await uow.commit()
    async with database.unit_of_work() as uow:
        await uow.notifications.empty([1])
        await uow.commit()

    async with database.unit_of_work() as uow:
        [row] = await uow.notifications.claim_due(NOW, limit=1, lease=MONTH, holder="a:1:x")
    assert row.facts == {"name": "王芳"}
