"""``SIGKILL`` in the ten seconds of an answer: it is sent once or recalled, never both, and the agent hears which."""

from __future__ import annotations

import asyncio
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.passing import take_ticket
from handlers.dispatch import perform
from storage.engine import open_database
from tests.crash.lives import KILLED, last_words, life
from tests.crash.recaller import PLATFORM
from tests.databases import PostgresServer, sqlite_url
from tests.forking import Forked

TURNS = 9
KILLS = 2
PATIENCE_SECONDS = 60


async def prepare(url: str) -> None:
    database = open_database(url)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        now = datetime.now(UTC)
        sam = await add_staff(uow, None, NewStaff(name="Sam", role=Role.AGENT, locale="en", timezone="UTC"), now=now)
        await uow.flush()
        await link_identity(uow, sam, PLATFORM, "sam", private_place="chat-sam")
        ticket = await open_ticket(uow, NewTicket(text="It is late", channel=PLATFORM, place="chat-jane"), now=now)
        await uow.flush()
        if ticket.assignee_id is None or not ticket.is_accepted:
            await take_ticket(uow, sam, ticket.id, now=now)

    await perform(database.unit_of_work, act, now=datetime.now(UTC))
    await database.dispose()


async def kill_again_and_again(url: str, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    for kill in range(1, KILLS + 1):
        async with life("recaller", url, folder, str(TURNS)) as process:
            await _gets_on(process, folder, turns=kill * TURNS // (KILLS + 1))
            await asyncio.sleep(chance.uniform(0, 0.03))
        assert process.returncode == KILLED, last_words(folder)
    async with life("recaller", url, folder, str(TURNS)) as process:
        await _gets_on(process, folder)
    assert process.returncode == 0, last_words(folder)


async def _gets_on(process: Forked, folder: Path, *, turns: int | None = None) -> None:
    """Until so many turns are done, or the process has ended."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.returncode is None and (turns is None or _lines(folder / "turns.log") < turns):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.002)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


async def check(url: str, folder: Path) -> None:
    database = open_database(url)
    async with database.connection() as connection:
        rows = await connection.execute(
            text("SELECT text, recalled_at FROM ticket_messages WHERE lane = 'to_customer'")
        )
        recalled = {row.text: row.recalled_at is not None for row in rows}
        told = (await connection.execute(text("SELECT key, CAST(facts AS TEXT) FROM notifications"))).all()
    await database.dispose()
    lines = [json.loads(line) for line in (folder / "sent.log").read_text(encoding="utf-8").splitlines()]
    assert len(recalled) == TURNS
    for words, is_recalled in recalled.items():
        to_customer = [line for line in lines if line["place"] == "chat-jane" and words in line["text"]]
        assert len(to_customer) == (0 if is_recalled else 1), (words, is_recalled, to_customer)
    answers = [key for key, _ in told if key in {"ticket-answer-recalled", "answer-gone"}]
    assert answers.count("ticket-answer-recalled") == sum(recalled.values())
    assert len(answers) == TURNS


@pytest.mark.parametrize("seed", [3])
async def test_killed_in_a_recall_on_sqlite(tmp_path: Path, seed: int) -> None:
    url = sqlite_url(tmp_path)
    await prepare(url)
    await kill_again_and_again(url, tmp_path, seed)
    await check(url, tmp_path)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [4])
async def test_killed_in_a_recall_on_postgres(postgres_server: PostgresServer, tmp_path: Path, seed: int) -> None:
    url = postgres_server.fresh_database()
    await prepare(url)
    await kill_again_and_again(url, tmp_path, seed)
    await check(url, tmp_path)
