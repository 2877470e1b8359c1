"""Over HTTP, on a Bot API server: each bot is a program of its own on one core, the server and the people on another.

Each person writes, waits for the answer and writes again, as people do.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.crowd import plan_followups
from benchmarks.desk import Rep, open_desk
from benchmarks.measure import Row, in_turn, median
from benchmarks.naive import LISTED
from benchmarks.plan import Plan
from benchmarks.programs import ROOT, STARTS_WITHIN_SECONDS, program
from benchmarks.telegram_bot import database_in
from tests.fakes.telegram import FakeTelegram, Rules, User

PEOPLE = 8
CORE = 0
ANSWERED_WITHIN_SECONDS = 60
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Asked:
    """What each person writes, and words that only the right answer has."""

    name: str
    texts: Sequence[str]
    expected: str
    times: int


@dataclass(frozen=True)
class Talk:
    """A bot behind a server of its own, and the people who write to it."""

    server: FakeTelegram
    users: Sequence[User]

    async def ask(self, asked: Asked) -> int:
        """The people side by side, each of them so often; gives how many texts were answered."""
        async with asyncio.TaskGroup() as group:
            for user, text in zip(self.users, asked.texts, strict=False):
                group.create_task(self._says(user, text, asked))
        return len(asked.texts) * asked.times

    async def _says(self, user: User, text: str, asked: Asked) -> None:
        for _ in range(asked.times):
            before = len(self.server.calls)
            await user.says(text)
            is_answered = partial(self._is_answered, user, asked.expected, before)
            await self.server.until(is_answered, timeout=ANSWERED_WITHIN_SECONDS)

    def _is_answered(self, user: User, expected: str, before: int) -> bool:
        return any(
            call.result is not None
            and call.values.get("chat_id") == user.id
            and expected in str(call.values.get("text"))
            for call in self.server.calls[before:]
        )


async def texts_over_http(plan: Plan) -> list[Row]:
    """A text that writes, by one person and by several; and the day of somebody with twenty follow-ups."""
    times = plan.pick(quick=16, full=64)
    async with _both(plan.folder / "writing", people=PEOPLE) as (ours, naive, reps):
        texts = [f"/next L{rep.lead_id} tomorrow 10am send the quote" for rep in reps]
        asked = Asked("a text that writes", texts, "send the quote", times // 4)
        several = await _beside(plan, ours, naive, asked)
        one = await _beside(plan, ours, naive, Asked("a text that writes", texts[:1], "send the quote", times))
    async with _both(plan.folder / "reading", people=1, followups=LISTED) as (ours, naive, _):
        asked = Asked(f"/today with {LISTED} follow-ups", ["/today"], f"Today: {LISTED}", times)
        reading = await _beside(plan, ours, naive, asked)
    return [one, several, reading]


async def _beside(plan: Plan, ours: Talk, naive: Talk, asked: Asked) -> Row:
    pairs = await in_turn(lambda: ours.ask(asked), lambda: naive.ask(asked), rounds=plan.rounds)
    people = len(asked.texts)
    return Row(
        name=f"Telegram over HTTP, {asked.name}, {people} {'person' if people == 1 else 'people'}: "
        "rate beside a naive aiogram bot",
        measured=pairs.rate_ratio,
        limit=0.6,
        at_least=True,
        details=f"{median(pairs.ours).rate:,.0f}/s beside {median(pairs.theirs).rate:,.0f}/s, until the answer is there; "
        f"{plan.rounds} rounds of {people * asked.times} texts each",
    )


@asynccontextmanager
async def _both(folder: Path, *, people: int, followups: int = 0) -> AsyncIterator[tuple[Talk, Talk, Sequence[Rep]]]:
    """Ours and the naive bot, both receiving; everybody has so many things to do today."""
    await asyncio.to_thread(folder.mkdir)
    async with open_desk(database_in(folder), reps=people) as desk:
        reps = desk.reps
        await plan_followups(desk, [rep.staff.id for rep in reps], followups * people, due_at=_late_today())
    more = ("--people", str(people), "--tasks", str(followups))
    async with _served("ours", folder) as ours, _served("naive", folder, *more) as naive:
        yield _talk(ours, reps), _talk(naive, reps), reps


def _late_today() -> datetime:
    """So late that no reminder comes meanwhile."""
    return datetime.now(LONDON).replace(hour=23, minute=58).astimezone(UTC)


def _talk(server: FakeTelegram, reps: Sequence[Rep]) -> Talk:
    return Talk(server, [server.user(rep.user, language_code="en") for rep in reps])


@asynccontextmanager
async def _served(bot: str, folder: Path, *more: str) -> AsyncIterator[FakeTelegram]:
    """A server, and a bot that polls it for as long as the block lasts."""
    async with FakeTelegram(rules=Rules(rates_enforced=False), has_schema=False) as server:
        arguments = ["-m", "benchmarks.telegram_bot", bot, str(folder), server.base, server.token, *more]
        async with program(arguments, {**os.environ, "PYTHONPATH": str(ROOT)}, core=CORE):
            await server.until(lambda: server.is_polled, timeout=STARTS_WITHIN_SECONDS)
            yield server
