"""``SIGKILL`` while a broadcast is planned, sent, held back and resumed: everybody gets it, and on a platform that can look
what it said nobody twice."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.broadcasts.actions import Composed, compose, pause, resume, send_now
from domain.customers.actions import ContactChange, add_contact
from domain.customers.model import Customer
from domain.people.actions import NewStaff, add_staff
from domain.people.consent import say_about
from domain.people.model import Identity, Role, Staff, Topic
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from storage.engine import open_database
from tests.crash.caster import NOON
from tests.crash.lives import KILLED, last_words, life
from tests.crash.recaller import PLATFORM
from tests.databases import PostgresServer, sqlite_url

READERS = 120
PATIENCE_SECONDS = 60


async def acting(url: str, act: Callable[[UnitOfWork, Staff], Awaitable[object]]) -> None:
    """As Ana, while no program runs."""
    database = open_database(url)

    async def run(uow: UnitOfWork, actor: Staff | None) -> None:
        ana = next((each for each in await uow.staff.list_active() if each.name == "Ana"), None)
        if ana is None:
            new = NewStaff(name="Ana", role=Role.ADMIN, locale="en", timezone="UTC")
            ana = await add_staff(uow, None, new, now=NOON)
            await uow.flush()
        await act(uow, ana)

    await perform(database.unit_of_work, run, now=NOON)
    await database.dispose()


async def prepare(uow: UnitOfWork, ana: Staff) -> None:
    """Many who asked for news, and a broadcast that goes to all of them."""
    customer = await uow.customers.add(Customer(name="Acme", name_key="acme", owner_id=ana.id, created_at=NOON))
    for number in range(READERS):
        contact = await add_contact(uow, ana, customer.id, ContactChange(name=f"Reader {number}"), now=NOON)
        account = await uow.identities.add(
            Identity(
                channel=PLATFORM,
                user=f"r{number}",
                name=f"Reader {number}",
                contact_id=contact.id,
                private_place=f"chat-{number}",
            )
        )
        await say_about(uow, account, [Topic.MARKETING], given=True, words="yes", now=datetime(2029, 1, 1, tzinfo=UTC))
    broadcast = await compose(uow, ana, Composed(texts={"en": "News for {name}."}), now=NOON)
    await send_now(uow, ana, broadcast, now=NOON)


async def hold(uow: UnitOfWork, ana: Staff) -> None:
    await pause(uow, ana, 1)


async def let_go(uow: UnitOfWork, ana: Staff) -> None:
    await resume(uow, ana, 1, now=NOON)


def said(folder: Path) -> list[str]:
    path = folder / "sent.log"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["place"] for line in lines]


async def killed(url: str, folder: Path, *, when: Callable[[], bool], pause_seconds: float) -> None:
    """One life of the program, ended a moment after ``when``."""
    (folder / "began").unlink(missing_ok=True)
    deadline = time.monotonic() + PATIENCE_SECONDS
    async with life("caster", url, folder) as process:
        while process.returncode is None and not when():
            assert time.monotonic() < deadline
            await asyncio.sleep(0.002)
        await asyncio.sleep(pause_seconds)
    assert process.returncode == KILLED, last_words(folder)


async def ends_well(url: str, folder: Path) -> None:
    async with life("caster", url, folder) as process, asyncio.timeout(PATIENCE_SECONDS):
        await process.wait()
    assert process.returncode == 0, last_words(folder)


async def kill_again_and_again(url: str, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    await acting(url, prepare)
    began = (folder / "began").exists
    await killed(url, folder, when=began, pause_seconds=chance.uniform(0, 0.08))  # in the planning
    some = chance.randint(5, READERS // 3)
    await killed(url, folder, when=lambda: len(said(folder)) >= some, pause_seconds=chance.uniform(0, 0.02))
    await acting(url, hold)
    before = len(said(folder))
    await ends_well(url, folder)
    assert before < READERS
    # What was under way when the process died may have been about to be said; nothing else goes out now.
    assert len(said(folder)) == before
    await acting(url, let_go)
    more = before + chance.randint(3, 20)
    await killed(url, folder, when=lambda: len(said(folder)) >= more, pause_seconds=chance.uniform(0, 0.02))
    await ends_well(url, folder)


async def check(url: str, folder: Path) -> None:
    assert Counter(said(folder)) == Counter(f"chat-{number}" for number in range(READERS))
    database = open_database(url)
    async with database.connection() as connection:
        rows = await connection.execute(text("SELECT state FROM notifications WHERE key = 'broadcast'"))
        states = Counter(rows.scalars())
    await database.dispose()
    assert states == {"sent": READERS}


@pytest.mark.parametrize("seed", [5])
async def test_killed_in_a_broadcast_on_sqlite(tmp_path: Path, seed: int) -> None:
    url = sqlite_url(tmp_path)
    await kill_again_and_again(url, tmp_path, seed)
    await check(url, tmp_path)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [6])
async def test_killed_in_a_broadcast_on_postgres(postgres_server: PostgresServer, tmp_path: Path, seed: int) -> None:
    url = postgres_server.fresh_database()
    await kill_again_and_again(url, tmp_path, seed)
    await check(url, tmp_path)
