"""Trouble of every kind, in a random mixture with a seed, while people go on talking to a real ``guanxi run``."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bot.settings import Settings
from bot.wiring import open_house
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from storage.engine import open_database
from tests.bot.programs import Program, free_port, started
from tests.fakes.telegram import FakeTelegram, User

FIRM = re.compile(r"Firm\d+q\d+")
SENDS = ("sendMessage", "sendMessage", "*")
ANSWERED_WITHIN_SECONDS = 600
"""In the long run 150 faults cost eight chats up to 15 seconds each, beside a minute of outage."""
MOST_WAITING = 3  # faults planned ahead: with more of them nearly every call would fail


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much of everything. ``outages`` are their lengths in real seconds, each cut or 502 by chance."""

    seed: int
    people: int = 3
    messages: int = 8
    faults: int = 10
    kills: int = 1
    outages: tuple[float, ...] = (0.5,)
    by_webhook: bool = False


@dataclass
class Campaign:
    plan: Plan
    server: FakeTelegram
    folder: Path
    url: str = ""
    """Of a database with all tables; else a new SQLite file."""
    people: list[User] = field(default_factory=list)
    lost_answers: int = 0
    kills: int = 0
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.plan.seed)
        self.port = free_port()
        self.url = self.url or f"sqlite+aiosqlite:///{self.folder / 'guanxi.db'}"

    # ------------------------------------------------------------ the people and what they say

    async def hire(self) -> None:
        settings = Settings.model_construct(database_url=self.url, timezone="UTC")
        async with open_house(settings) as house:
            for number in range(self.plan.people):
                await perform(house.database.unit_of_work, self._hire(number), now=datetime.now(UTC))

    def _hire(self, number: int) -> Callable[[UnitOfWork, Staff | None], object]:
        user = self.server.user(100 + number, first_name=f"Person {number}", language_code="en")
        user.chat.refuses = None  # they met before
        self.people.append(user)

        async def act(uow: UnitOfWork, actor: Staff | None) -> None:
            staff = await add_staff(uow, None, NewStaff(name=f"Person {number}", role=Role.REP), now=datetime.now(UTC))
            await uow.flush()
            await link_identity(uow, staff, "telegram", str(user.id), private_place=str(user.id))

        return act

    async def talk(self) -> None:
        """Everybody reports in their own order, all at once, and things are delivered again now and then."""
        said = [(person, number) for number in range(self.plan.messages) for person in self.people]
        for person, number in said:
            await person.says(f"/lead Firm{person.id}q{number}, Ann")
            if self.chance.random() < 0.2:
                self.server.repeat(self.chance.choice(self.server.updates))
                self.done["repeated"] += 1
            await asyncio.sleep(self.chance.random() * 0.02)

    def wanted(self, person: User) -> list[str]:
        return [f"Firm{person.id}q{number}" for number in range(self.plan.messages)]

    def answered(self, person: User) -> list[str]:
        """The firms that the bot's messages name, in the order in which they were sent."""
        return [found[0] for message in person.chat.messages if (found := FIRM.search(message.text))]

    # ------------------------------------------------------------ the trouble

    async def trouble(self) -> None:
        for _ in range(self.plan.faults):
            with suppress(AssertionError):  # at the end nobody is left to meet them
                await self.server.until(lambda: self.server.faults_waiting < MOST_WAITING, timeout=10)
            self.chance.choice((self._refuse, self._cut, self._lose_answer, self._nonsense, self._fail_polls))()
            await asyncio.sleep(self.chance.random() * 0.15)
        for seconds in self.plan.outages:
            with self.server.outage(is_cut=self.chance.random() < 0.5):
                self.done["outage"] += 1
                await asyncio.sleep(seconds)
            await asyncio.sleep(self.chance.random() * 0.5)

    def _refuse(self) -> None:
        status, words = self.chance.choice(((500, "Internal Server Error"), (502, "Bad Gateway"), (429, "")))
        parameters = {"retry_after": 1} if status == 429 else None
        words = words or "Too Many Requests: retry after 1"
        self.server.fail_next(self.chance.choice(SENDS), status, words, parameters)
        self.done[str(status)] += 1

    def _cut(self) -> None:
        self.server.cut_next(self.chance.choice(SENDS))
        self.done["cut"] += 1

    def _lose_answer(self) -> None:
        self.server.cut_next("sendMessage", after_doing=True)
        self.lost_answers += 1
        self.done["lost answer"] += 1

    def _nonsense(self) -> None:
        self.server.nonsense_next(self.chance.choice(SENDS), status=self.chance.choice((200, 502)))
        self.done["nonsense"] += 1

    def _fail_polls(self) -> None:
        if self.server.is_to_fail("getUpdates"):
            return  # the pauses between polls grow with each failure in a row, to half a minute
        way = self.chance.randrange(3)
        if way == 0:
            self.server.cut_next("getUpdates", after_doing=self.chance.random() < 0.5)
        elif way == 1:
            words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            self.server.fail_next("getUpdates", 409, words)
        else:
            self.server.nonsense_next("getUpdates")
        self.done["poll"] += 1

    # ------------------------------------------------------------ the program

    @asynccontextmanager
    async def program(self) -> AsyncIterator[Program]:
        webhook = {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{self.port}/telegram"} if self.plan.by_webhook else {}
        async with started(
            "run",
            cwd=self.folder,
            port=self.port,
            DATABASE_URL=self.url,
            TELEGRAM_TOKEN=self.server.token,
            TELEGRAM_API_BASE=self.server.base,
            HTTP_PORT=str(self.port),
            TIMEZONE="UTC",
            LOG_LEVEL="ERROR",
            **webhook,
        ) as run:
            await run.until_healthy()
            yield run

    async def run(self) -> None:
        """Raises AssertionError when something was lost, doubled, or came in another order."""
        await self.hire()
        live: asyncio.Future[object] | None = None
        for _ in range(self.plan.kills):
            async with self.program() as program:
                live = live or asyncio.gather(self.talk(), self.trouble())
                await self.server.until(self._some_were_answered, timeout=ANSWERED_WITHIN_SECONDS)
                program.process.kill()
                self.kills += 1
                await program.process.wait()
        async with self.program() as program:
            await (live or asyncio.gather(self.talk(), self.trouble()))
            await self.server.until(self._all_were_answered, timeout=ANSWERED_WITHIN_SECONDS)
            await self.server.until_confirmed(timeout=ANSWERED_WITHIN_SECONDS)
            ended = await program.stops()
        assert ended.code == 0, ended.err
        await self.judge()

    def _some_were_answered(self) -> bool:
        share = (self.kills + 1) / (self.plan.kills + 1) * 0.7
        return sum(len(self.answered(person)) for person in self.people) > share * self.plan.people * self.plan.messages

    def _all_were_answered(self) -> bool:
        return all(set(self.wanted(person)) <= set(self.answered(person)) for person in self.people)

    # ------------------------------------------------------------ the verdict

    async def judge(self) -> None:
        told = f"seed {self.plan.seed}, {dict(self.done)}"
        database = open_database(self.url)
        async with database.connection() as connection:
            kept = (await connection.scalars(text("SELECT company FROM leads"))).all()
            waiting = text("SELECT key, state, reason FROM notifications WHERE state <> 'sent'")
            unsent = (await connection.execute(waiting)).all()
        await database.dispose()
        wanted = [firm for person in self.people for firm in self.wanted(person)]
        assert Counter(kept) == Counter(wanted), f"something was lost or done twice: {told}"
        assert unsent == [], told
        twice = 0
        for person in self.people:
            answered = self.answered(person)
            once = list(dict.fromkeys(answered))
            assert once == self.wanted(person), f"another order for {person.id}: {told}"
            twice += len(answered) - len(once)
        # Where the answer to a send was lost, or the process with it, nobody can know that it had arrived.
        assert twice <= self.lost_answers + self.kills * self.plan.people * 3, f"{twice} said twice: {told}"
        assert not [call for call in self.server.refusals if call.method.startswith("send") and call.status != 429]
