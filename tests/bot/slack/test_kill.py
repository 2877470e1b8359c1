"""A real ``guanxi run`` is killed again and again while people write to it: nothing is lost, and nothing is said twice.

Unlike elsewhere not even what was on its way at that moment: the next process looks into the channel before it says it again.
``GUANXI_CAMPAIGN=1`` makes it long; a seed repeats a run.
"""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.wiring import open_house
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from storage.engine import open_database
from tests.bot.programs import Program, free_port, started
from tests.campaign import IS_LONG, SEED
from tests.fakes.slack import FakeSlack, Person, Rules
from tests.storage.conftest import BACKENDS

FIRM = re.compile(r"Firm\d+q\d+")
PATIENCE_SECONDS = 240


@dataclass
class Killing:
    """``url``: of a database with all tables; else a new SQLite file."""

    server: FakeSlack
    folder: Path
    seed: int
    kills: int = 1
    messages: int = 3
    faults: int = 0
    url: str = ""
    people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.port = free_port()
        self.url = self.url or f"sqlite+aiosqlite:///{self.folder / 'guanxi.db'}"

    async def run(self) -> None:
        await self.hire("Tom", "Mei", "Ana")
        per_life, rest = divmod(self.messages, self.kills + 1)
        said = 0
        for life in range(self.kills + 1):
            async with self.program() as program:
                for _ in range(per_life + (rest if life == self.kills else 0)):
                    self.everybody_says(said)
                    self.something_breaks()
                    said += 1
                if life < self.kills:
                    await self.dies(program)
                else:
                    await self.server.until(self.all_were_answered, timeout=PATIENCE_SECONDS)
                    assert (await program.stops()).code == 0
        await self.judge()

    async def hire(self, *names: str) -> None:
        settings = Settings.model_construct(database_url=self.url, timezone="UTC")
        async with open_house(settings) as house:
            for name in names:
                person = self.server.person(name)
                self.people.append(person)

                async def act(uow: UnitOfWork, actor: Staff | None, person: Person = person, name: str = name) -> None:
                    staff = await add_staff(uow, None, NewStaff(name=name, role=Role.REP), now=datetime.now(UTC))
                    await uow.flush()
                    await link_identity(uow, staff, "slack", person.id, private_place=self.server.dm(person).id)

                await perform(house.database.unit_of_work, act, now=datetime.now(UTC))

    @asynccontextmanager
    async def program(self) -> AsyncIterator[Program]:
        async with started(
            "run",
            cwd=self.folder,
            port=self.port,
            DATABASE_URL=self.url,
            SLACK_BOT_TOKEN=self.server.bot_token,
            SLACK_APP_TOKEN=self.server.app_token,
            SLACK_API_BASE=self.server.api_base,
            HTTP_PORT=str(self.port),
            TIMEZONE="UTC",
            LOG_LEVEL="ERROR",
        ) as run:
            await self.server.until_connected(timeout=PATIENCE_SECONDS)
            yield run

    async def dies(self, program: Program) -> None:
        """Amid the answers: when so many more were posted, some of them not yet known to be."""
        posted = len(self.server.calls_of("chat.postMessage")) + self.chance.randint(1, len(self.people))
        await self.server.until(lambda: len(self.server.calls_of("chat.postMessage")) >= posted, PATIENCE_SECONDS)
        program.process.kill()
        await program.process.wait()
        await self.server.until(lambda: not self.server.sockets.open)

    def everybody_says(self, number: int) -> None:
        for person in self.people:
            self.server.says(person, f"/lead Firm{self.people.index(person)}q{number} Ltd, Ann")

    def something_breaks(self) -> None:
        if self.chance.random() * self.messages < self.faults:
            method = self.chance.choice(("chat.postMessage", "*"))
            self.chance.choice(
                (
                    lambda: self.server.cut_next("chat.postMessage", after_doing=True),
                    lambda: self.server.cut_next(method),
                    lambda: self.server.limit_next("chat.postMessage", 1),
                    lambda: self.server.nonsense_next(method),
                    lambda: self.server.fail_next(method, "internal_error", status=500),
                )
            )()

    def answers(self, person: Person) -> list[str]:
        shown = [FIRM.search(message.plain) for message in self.server.messages_in(self.server.dm(person))]
        return [found[0] for found in shown if found is not None]

    def wanted(self, person: Person) -> list[str]:
        return [f"Firm{self.people.index(person)}q{number}" for number in range(self.messages)]

    def all_were_answered(self) -> bool:
        return all(set(self.wanted(person)) <= set(self.answers(person)) for person in self.people)

    async def judge(self) -> None:
        database = open_database(self.url)
        async with database.connection() as connection:
            kept = (await connection.scalars(text("SELECT company FROM leads ORDER BY company"))).all()
            unsent = (await connection.execute(text("SELECT key FROM notifications WHERE state <> 'sent'"))).all()
        await database.dispose()
        assert kept == sorted(f"{firm} Ltd" for person in self.people for firm in self.wanted(person))
        assert unsent == []
        for person in self.people:
            assert sorted(self.answers(person)) == sorted(self.wanted(person)), f"seed {self.seed}"
        assert not self.server.refusals


async def test_killed_amid_the_answers(tmp_path: Path) -> None:
    async with FakeSlack(rules=Rules(rates_enforced=False)) as server:
        await Killing(server, tmp_path, seed=1).run()


if IS_LONG:

    @pytest.mark.parametrize("database", BACKENDS)
    @pytest.mark.parametrize("round_", range(8))
    async def test_killed_often_and_in_trouble(
        tmp_path: Path, database: str, round_: int, request: pytest.FixtureRequest
    ) -> None:
        seed = SEED + round_
        url = request.getfixturevalue("postgres_server").fresh_database() if database == "postgres" else ""
        async with FakeSlack(rules=Rules(rates_enforced=False)) as server:
            await Killing(server, tmp_path, seed, kills=4, messages=20, faults=12, url=url).run()
