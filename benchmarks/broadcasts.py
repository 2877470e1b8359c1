"""News for many: what planning costs beside one bulk insert, how fast it goes out, and that a reminder overtakes it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert, select, update

from benchmarks.crowd import plan_followups, write
from benchmarks.desk import FIRST_USER, Desk, open_desk, sqlite_in
from benchmarks.measure import Cost, Pairs, Row, cost_of
from benchmarks.plan import Plan
from benchmarks.programs import ROOT, program
from benchmarks.telegram_bot import BARE_WORKERS, database_in
from domain.broadcasts.actions import Composed, compose, send_now
from domain.people.actions import NewStaff, add_staff
from domain.people.model import Role, Staff, Topic
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from scheduler.planners import FOLLOWUPS, JOBS, run_planner
from storage import tables
from storage.mapping import new_version
from tests.fakes.telegram import FakeTelegram, Rules
from tests.fakes.telegram.server import Call

TEXT = "Dear {name}, the new catalogue is here: twelve machines, and spare parts from stock. What may we send to {company}?"
FIRST_READER = FIRST_USER + 100_000
PER_CUSTOMER = 50
CORE = 0
ALLOWED = 30.0  # a second, by Telegram's own word
ARRIVES_WITHIN_SECONDS = 240
REMINDED_AFTER = timedelta(seconds=5)
UNDER_WAY = 60  # of the broadcast, when the reminder is planned


async def planning(plan: Plan) -> list[Row]:
    """A broadcast to many planned, beside its rows written once more into an outbox of their own."""
    count = plan.pick(quick=10_000, full=100_000)
    rates: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(plan.pick(quick=1, full=3)):
        async with open_desk(sqlite_in(plan.folder)) as desk, open_desk(sqlite_in(plan.folder)) as other:
            await gather_readers(desk, count)
            await begin(desk)
            rates[0].append(await cost_of(partial(_plan, desk, count)))
            rows = await _planned_rows(desk)
            assert len(rows) == count, f"{len(rows)} of {count} were planned"
            rates[1].append(await cost_of(partial(_insert, other, rows)))
    pairs = Pairs(ours=rates[0], theirs=rates[1])
    return [
        Row(
            name=f"Planning a broadcast to {count:,}: time beside one bulk insert of as many rows",
            measured=pairs.wall_ratio,
            limit=2.0,
            details=f"{pairs.said}; both in transactions of a thousand rows",
        )
    ]


async def _plan(desk: Desk, count: int) -> int:
    await run_planner(desk.house.database.unit_of_work, JOBS, datetime.now(UTC))
    return count


async def _planned_rows(desk: Desk) -> list[dict[str, object]]:
    rows = tables.notifications
    async with desk.house.database.connection() as connection:
        found = await connection.execute(select(rows).where(rows.c.key == "broadcast"))
        return [{name: value for name, value in row.items() if name != "id"} for row in found.mappings()]


async def _insert(desk: Desk, rows: Sequence[dict[str, object]]) -> int:
    """What any program would do at least: the same rows, as quickly as SQLAlchemy writes them."""
    for start in range(0, len(rows), 1000):
        async with desk.house.database.unit_of_work() as uow:
            connection = await uow.session.connection()
            await connection.execute(insert(tables.notifications), list(rows[start : start + 1000]))
            await uow.commit()
    return len(rows)


async def gather_readers(desk: Desk, count: int) -> None:
    """Contacts with a chat on Telegram who asked for news, fifty a customer; it is noon where they are."""
    now, owner = datetime.now(UTC), desk.reps[0].staff.id
    zone = f"Etc/GMT{now.hour - 12:+d}"
    customers = [
        {
            "id": 1 + number,
            "version": new_version(),
            "name": f"Company {number}",
            "name_key": f"company{number}",
            "owner_id": owner,
            "tags": [],
            "custom": {},
            "created_at": now,
        }
        for number in range(-(-count // PER_CUSTOMER))
    ]
    contacts = [
        {
            "id": 1 + number,
            "version": new_version(),
            "customer_id": 1 + number // PER_CUSTOMER,
            "name": f"Reader {number}",
            "tags": [],
            "custom": {},
            "created_at": now,
        }
        for number in range(count)
    ]
    accounts = [
        {
            "id": 10 + number,
            "version": new_version(),
            "channel": "telegram",
            "user": str(FIRST_READER + number),
            "name": "",
            "private_place": str(FIRST_READER + number),
            "contact_id": 1 + number,
        }
        for number in range(count)
    ]
    wishes = [
        {"identity_id": 10 + number, "topic": Topic.MARKETING, "given": True, "words": "✓", "at": now}
        for number in range(count)
    ]
    for table, rows in (
        (tables.customers, customers),
        (tables.contacts, contacts),
        (tables.identities, accounts),
        (tables.consents, wishes),
    ):
        await write(desk, table, rows)
    async with desk.house.database.unit_of_work() as uow:
        await uow.session.execute(update(tables.company).values(timezone=zone))
        await uow.commit()


async def begin(desk: Desk) -> None:
    """A broadcast that was approved, with nothing planned yet."""
    now = datetime.now(UTC)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        ana = await add_staff(uow, None, NewStaff(name="Ana", role=Role.ADMIN, locale="en"), now=now)
        await uow.flush()
        broadcast = await compose(uow, ana, Composed(texts={"en": TEXT}), now=now)
        await send_now(uow, ana, broadcast, now=now)

    await perform(desk.house.database.unit_of_work, act, now=now)


# ---------------------------------------------------------------- on its way


async def delivery(plan: Plan) -> list[Row]:
    """To a server without limits beside the bare client, and with Telegram's limits while a reminder comes due."""
    return [await _without_limits(plan), *await _with_limits(plan)]


async def _without_limits(plan: Plan) -> Row:
    count, rounds = plan.pick(quick=1500, full=3000), plan.pick(quick=2, full=5)
    ratios, said = [], ""
    for number in range(rounds):
        folder = plan.folder / f"unlimited{number}"
        await asyncio.to_thread(folder.mkdir)
        async with open_desk(database_in(folder)) as desk:
            await gather_readers(desk, count)
            await begin(desk)
            await _plan(desk, count)
        ours = await _sent("ours", folder, count, Rules(rates_enforced=False))
        bare = await _sent("bare", folder, count, Rules(rates_enforced=False))
        ratios.append(ours.rate / bare.rate)
        said = f"{ours.rate:,.0f}/s beside {bare.rate:,.0f}/s of aiogram's client with {BARE_WORKERS} calls at once"
    return Row(
        name=f"A broadcast of {count:,} to a Telegram without limits: rate beside the bare client",
        measured=sorted(ratios)[len(ratios) // 2],
        limit=0.5,
        at_least=True,
        details=f"{said}; over HTTP, each a program on one core; median of {rounds} rounds",
    )


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What arrived at the server, in order."""

    calls: Sequence[Call]
    refused: int

    @property
    def rate(self) -> float:
        return (len(self.calls) - 1) / (self.calls[-1].at - self.calls[0].at)


async def _sent(bot: str, folder: Path, count: int, rules: Rules, *more: str) -> Sending:
    async with _served(bot, folder, count, rules, *more) as server:
        await server.until(lambda: len(_to_readers(server)) >= count, timeout=ARRIVES_WITHIN_SECONDS)
        refused = sum(call.status == 429 for call in server.calls)
        return Sending(calls=_to_readers(server), refused=refused)


def _to_readers(server: FakeTelegram) -> list[Call]:
    return [
        call
        for call in server.calls
        if call.method == "sendMessage" and call.result is not None and int(call.values["chat_id"]) >= FIRST_READER
    ]


@asynccontextmanager
async def _served(bot: str, folder: Path, count: int, rules: Rules, *more: str) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(rules=rules, has_schema=False) as server:
        for user in (FIRST_USER, *range(FIRST_READER, FIRST_READER + count)):
            server.user(user).chat.refuses = None  # they wrote to the bot before
        arguments = ["-m", "benchmarks.telegram_bot", bot, str(folder), server.base, server.token, *more]
        arguments += ["--people", str(count)]
        async with program(arguments, {**os.environ, "PYTHONPATH": str(ROOT)}, core=CORE):
            yield server


async def _with_limits(plan: Plan) -> list[Row]:
    count = plan.pick(quick=450, full=1200)
    folder = plan.folder / "limited"
    await asyncio.to_thread(folder.mkdir)
    async with open_desk(database_in(folder)) as desk:
        await gather_readers(desk, count)
        await begin(desk)
        await _plan(desk, count)
        rep = desk.reps[0].staff.id
        async with _served("ours", folder, count, Rules(), "--paced") as server:
            await server.until(lambda: len(_to_readers(server)) >= UNDER_WAY, timeout=ARRIVES_WITHIN_SECONDS)
            due_at = datetime.now(UTC) + REMINDED_AFTER
            await plan_followups(desk, [rep], 1, due_at=due_at)
            await run_planner(desk.house.database.unit_of_work, FOLLOWUPS, datetime.now(UTC))
            await server.until(lambda: len(_to_readers(server)) >= count, timeout=ARRIVES_WITHIN_SECONDS)
            sending = Sending(calls=_to_readers(server), refused=sum(call.status == 429 for call in server.calls))
            reminded = [call.at for call in server.calls if call.values.get("chat_id") == FIRST_USER and call.result]
    late = min(reminded) - due_at.timestamp()
    behind = sum(call.at > min(reminded) for call in sending.calls)
    return [
        Row(
            name=f"A broadcast of {count:,} with Telegram's limits: share of the allowed rate",
            measured=sending.rate / ALLOWED,
            limit=0.95,
            at_least=True,
            details=f"{sending.rate:.1f} of {ALLOWED:.0f} a second; {sending.refused} times 429",
        ),
        Row(
            name="The same: refusals for speaking too fast",
            measured=sending.refused,
            limit=0,
            unit="",
            details="answers 429 of a server that counts as Telegram does",
        ),
        Row(
            name="A reminder that comes due meanwhile: how late it is",
            measured=late,
            limit=2.0,
            unit="s",
            details=f"{behind} of the broadcast came after it",
        ),
    ]
