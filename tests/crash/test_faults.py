"""The process dies at each commit in turn, just before it or just after it; the platform then repeats what it never heard "done" for."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import bot.wiring
from bot.settings import Settings
from bot.wiring import House, open_house
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.chat import Capabilities, ChatEvent, Content, Conversation, Outgoing, Press, Sender, Text
from handlers.dispatch import perform
from scheduler.planners import FOLLOWUPS, run_planners
from storage.engine import Database, open_database
from tests.databases import PostgresServer, sqlite_url

START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
SAID: list[tuple[str, Content]] = [
    ("d1", Text("called Acme, they want a quote, follow up in 5 minutes")),
    ("d2", Press("entry.save", "1")),
    ("d3", Text("/lead Globex, Hank Scott")),
]


class Died(BaseException):
    """The end of the process, as far as the test is concerned."""


class Fate:
    """Dies at the ``at``-th commit, ``before`` it took effect or after. Nothing is committed once dead."""

    def __init__(self, at: int, *, before: bool) -> None:
        self._at = at
        self._before = before
        self._commits = 0
        self.has_struck = False

    async def commit(self, really: Any) -> None:
        self._commits += 1
        if self.has_struck:
            raise Died
        if self._commits == self._at:
            self.has_struck = True
            if not self._before:
                await really()
            raise Died
        await really()


class MortalDatabase:
    """The database with ``fate`` in every commit."""

    def __init__(self, database: Database, fate: Fate) -> None:
        self._database = database
        self._fate = fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Any]:
        async with self._database.unit_of_work() as uow:
            really = uow.commit
            uow.commit = lambda: self._fate.commit(really)  # type: ignore[method-assign]
            yield uow


class Platform:
    name = "platform"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.said: list[str] = []
        self.done: set[str] = set()

    async def send(self, outgoing: Outgoing) -> str:
        self.said.append(f"{outgoing.body.title} {outgoing.body.text}")
        return str(len(self.said))

    async def close(self) -> None: ...


async def live(url: str, platform: Platform, fate: Fate, monkeypatch: pytest.MonkeyPatch) -> None:
    """One life of the process: what was not acknowledged is said again, then the clock passes the reminder."""
    now = [START]
    settings = Settings.model_construct(
        database_url=url, auto_migrate=False, company="Guanxi", timezone="UTC", currency="USD", country="US"
    )

    def opened(*args: Any, **kwargs: Any) -> Any:
        return MortalDatabase(open_database(*args, **kwargs), fate)

    with monkeypatch.context() as patch:
        patch.setattr(bot.wiring, "open_database", opened)
        async with open_house(settings, now=lambda: now[0]) as house:
            house.channels[platform.name] = platform
            try:
                await say_all(house, platform, fate)
                now[0] += timedelta(minutes=6)
                await run_planners(house.database.unit_of_work, [FOLLOWUPS], now[0])
                await house.delivery.deliver_all()
            finally:
                await rest_in_peace(house)
            if fate.has_struck:
                raise Died


async def say_all(house: House, platform: Platform, fate: Fate) -> None:
    await release_all(house)
    for delivery, content in SAID:
        if delivery not in platform.done:
            await house.dispatcher.dispatch(event(delivery, await on_the_card(house, content)))
            platform.done.add(delivery)
        await house.delivery.drain()
        if fate.has_struck:
            raise Died


async def rest_in_peace(house: House) -> None:
    """No task of a dead process goes on; a real death needs no such care."""
    for _ in range(10):
        with contextlib.suppress(Died):
            await house.delivery.drain()
            return


WAITING = "drafts WHERE kind <> 'entry-saved'"  # what was saved stays at hand for a correction


async def on_the_card(house: House, content: Content) -> Content:
    """A press names the draft of the card it stands on."""
    if not isinstance(content, Press):
        return content
    async with house.database.read() as uow:
        tom = await uow.staff.find_by_name("Tom")
        assert tom is not None
        drafts = await uow.drafts.list_of(tom.id, limit=1)
    return Press(f"{content.payload}:{drafts[0].id if drafts else 0}", content.message)


async def release_all(house: House) -> None:
    """A new process takes the dead one's leases over; here both are one process, so by hand."""
    async with house.database.unit_of_work() as uow:
        holders = await uow.notifications.holders()
        if holders:
            await uow.notifications.release(holders)
            await uow.commit()
    await house.delivery.deliver_all()


def event(delivery: str, content: Content) -> ChatEvent:
    return ChatEvent(
        channel="platform",
        delivery_id=delivery,
        conversation=Conversation(channel="platform", key="chat-1"),
        sender=Sender(user="u1", name="Tom"),
        at=START,
        content=content,
    )


async def hire_tom(url: str) -> None:
    database = open_database(url)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        tom = await add_staff(uow, None, NewStaff(name="Tom", role=Role.REP, timezone="UTC"), now=START)
        await uow.flush()
        await link_identity(uow, tom, "platform", "u1", private_place="chat-1")

    await perform(database.unit_of_work, act, now=START)
    await database.dispose()


async def count(url: str, table: str) -> int:
    database = open_database(url)
    async with database.connection() as connection:
        found = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
    await database.dispose()
    return int(found)


async def die_everywhere(fresh: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """Die at every commit there is, before and after; gives how many deaths that were."""
    deaths = 0
    for at in itertools.count(1):
        struck = False
        for before in (True, False):
            url, platform, fate = fresh(), Platform(), Fate(at, before=before)
            await hire_tom(url)
            try:
                await live(url, platform, fate, monkeypatch)
            except Died:
                struck = True
                deaths += 1
                await live(url, platform, Fate(0, before=True), monkeypatch)
            where = f"commit {at}, {'before' if before else 'after'}"
            for table, rows in (("leads", 2), ("activities", 1), ("followups", 1), (WAITING, 0)):
                assert await count(url, table) == rows, f"{table}: {where}"
            waiting = await count(url, "notifications WHERE state NOT IN ('sent', 'skipped')")
            assert waiting == 0, where
            assert any("Next:" in words and "Saved" not in words for words in platform.said), where
            assert any("Saved" in words for words in platform.said), where
            assert any("Globex" in words for words in platform.said), where
            assert any("⏰" in words for words in platform.said), where
        if not struck:
            return deaths
    raise AssertionError("unreachable")


async def test_dying_at_every_commit_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = itertools.count()
    deaths = await die_everywhere(lambda: sqlite_url(tmp_path, f"{next(names)}.db"), monkeypatch)
    assert deaths >= 12


@pytest.mark.postgres
async def test_dying_at_every_commit_on_postgres(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths = await die_everywhere(postgres_server.fresh_database, monkeypatch)
    assert deaths >= 12
