"""The process is killed at random points under a stream of messages: nothing unanswered, nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from storage.engine import Database, open_database
from tests.campaign import IS_LONG
from tests.crash.lives import KILLED, last_words, life
from tests.crash.victim import PLATFORM
from tests.databases import PostgresServer, sqlite_url
from tests.forking import Forked

REPS = 4
ROUNDS = 60 if IS_LONG else 12  # things each rep says and saves
KILLS = 60 if IS_LONG else 5
PATIENCE_SECONDS = 60  # in which nothing at all happens


async def prepare(url: str, folder: Path) -> None:
    """A few reps on the platform, and what they are going to say."""
    database = open_database(url)

    async def act(uow: UnitOfWork, actor: Staff | None) -> list[Staff]:
        reps = []
        for number in range(REPS):
            new = NewStaff(name=f"rep{number}", role=Role.REP, locale="en", timezone="UTC")
            rep = await add_staff(uow, None, new, now=datetime.now(UTC))
            await uow.flush()
            await link_identity(uow, rep, PLATFORM, f"u{number}", private_place=f"chat-u{number}")
            reps.append(rep)
        return reps

    reps = await perform(database.unit_of_work, act, now=datetime.now(UTC))
    await database.dispose()
    with (folder / "events.jsonl").open("w", encoding="utf-8") as out:
        for number, rep in enumerate(reps):
            for turn in range(ROUNDS):
                said = f"called Firm{number}x{turn}, follow up in 5 minutes"
                for kind in ("say", "save"):
                    event = {
                        "id": f"{kind}-{number}-{turn}",
                        "kind": kind,
                        "text": said,
                        "user": f"u{number}",
                        "staff": rep.id,
                    }
                    out.write(json.dumps(event) + "\n")


def acknowledged(folder: Path) -> int:
    path = folder / "acked.log"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def said(folder: Path) -> int:
    path = folder / "sent.log"
    return path.stat().st_size if path.exists() else 0


def has_reminded(folder: Path) -> bool:
    path = folder / "sent.log"
    return path.exists() and "⏰" in path.read_text(encoding="utf-8", errors="ignore")


async def kill_again_and_again(url: str, folder: Path, seed: int) -> None:
    """Kill at a random moment after some progress, at last amid the reminders, then let the last process finish."""
    chance = random.Random(seed)
    total = REPS * ROUNDS * 2
    for _ in range(KILLS - 1):
        async with life("victim", url, folder) as process:
            goal = min(total, acknowledged(folder) + chance.randint(1, max(2, total // (KILLS + 1))))
            await gets_on(process, folder, until=lambda goal=goal: acknowledged(folder) >= goal)
            await asyncio.sleep(chance.uniform(0, 0.02))
        assert process.returncode in {KILLED, 0 if IS_LONG else KILLED}, last_words(folder)
    async with life("victim", url, folder) as process:
        await gets_on(process, folder, until=lambda: has_reminded(folder))
    assert process.returncode in {KILLED, 0}, last_words(folder)
    async with life("victim", url, folder) as process:
        await gets_on(process, folder)
    assert process.returncode == 0, last_words(folder)


async def gets_on(process: Forked, folder: Path, *, until: Callable[[], bool] = lambda: False) -> None:
    """Until it came so far or the process has ended, however slow the machine, as long as anything moves."""
    seen, deadline = (-1, -1), 0.0
    while process.returncode is None and not until():
        if (moved := (acknowledged(folder), said(folder))) != seen:
            seen, deadline = moved, time.monotonic() + PATIENCE_SECONDS
        assert time.monotonic() < deadline, f"stands still at {seen}"
        await asyncio.sleep(0.002)


async def check(url: str, folder: Path) -> None:
    database = open_database(url)
    firms = [f"Firm{number}x{turn}" for number in range(REPS) for turn in range(ROUNDS)]
    assert await column(database, "SELECT company FROM leads") == Counter(firms)
    assert sum((await column(database, "SELECT lead_id FROM activities")).values()) == len(firms)
    assert max((await column(database, "SELECT lead_id FROM activities")).values()) == 1
    assert max((await column(database, "SELECT lead_id FROM followups")).values()) == 1
    assert sum((await column(database, "SELECT lead_id FROM followups")).values()) == len(firms)
    assert await column(database, "SELECT CAST(content AS TEXT) FROM drafts WHERE kind <> 'entry-saved'") == Counter()
    assert await column(database, "SELECT state FROM notifications WHERE state IN ('pending', 'failed')") == Counter()
    await database.dispose()
    lines = [json.loads(line) for line in (folder / "sent.log").read_text(encoding="utf-8").splitlines()]
    for number in range(REPS):
        to_rep = [line["text"] for line in lines if line["place"] == f"chat-u{number}"]
        for turn in range(ROUNDS):
            about = [words for words in to_rep if f"Firm{number}x{turn}" in words.replace("\n", " ")]
            assert len(about) >= 2, f"card and saved: {number} {turn} {about}"
            assert any("⏰" in words for words in to_rep if f"Firm{number}x{turn}" in words), (
                f"reminder {number} {turn}"
            )


async def column(database: Database, statement: str) -> Counter[object]:
    async with database.connection() as connection:
        return Counter((await connection.execute(text(statement))).scalars())


@pytest.mark.parametrize("seed", [1])
async def test_killed_on_sqlite(tmp_path: Path, seed: int) -> None:
    url = sqlite_url(tmp_path)
    await prepare(url, tmp_path)
    await kill_again_and_again(url, tmp_path, seed)
    await check(url, tmp_path)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [2])
async def test_killed_on_postgres(postgres_server: PostgresServer, tmp_path: Path, seed: int) -> None:
    url = postgres_server.fresh_database()
    await prepare(url, tmp_path)
    await kill_again_and_again(url, tmp_path, seed)
    await check(url, tmp_path)
