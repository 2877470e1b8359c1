"""What people feel: from a press to the edited card, with the program on one core and Telegram on another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from benchmarks.crowd import write
from benchmarks.desk import Desk, Rep, open_desk, sqlite_in
from benchmarks.measure import Row, percentile
from benchmarks.plan import Plan
from benchmarks.programs import environment, running
from domain.values.companies import company_key
from storage import tables
from storage.mapping import new_version
from tests.fakes.telegram import FakeTelegram, Message, User

REPS = 20
CORE = 0
LIMIT_MS = 150.0
SPANS = ("in-3-days", "tomorrow")  # in turn, so that each press changes what the card says


async def press_to_card(plan: Plan) -> list[Row]:
    customers = plan.pick(quick=1000, full=10_000)
    url = sqlite_in(plan.folder)
    async with open_desk(url, reps=REPS) as desk:
        await write(desk, tables.customers, _customers(desk, customers))
        reps = desk.reps
    async with FakeTelegram(has_schema=False) as telegram:
        settings = environment(url, telegram.base, GUANXI_TELEGRAM_TOKEN=telegram.token)
        async with running(settings, core=CORE):
            users = [telegram.user(rep.user, language_code="en") for rep in reps]
            cards = await asyncio.gather(*(_card(user, rep) for user, rep in zip(users, reps, strict=True)))
            took = await _press_all(telegram, users, cards, reps, rounds=plan.pick(quick=3, full=20))
    took_ms = [seconds * 1000 for seconds in took]
    return [
        Row(
            name=f"From a press to the edited card with {customers:,} customers, on one core: p95",
            measured=percentile(took_ms, 0.95),
            limit=LIMIT_MS,
            unit="ms",
            details=f"median {percentile(took_ms, 0.5):.0f} ms, p99 {percentile(took_ms, 0.99):.0f} ms, {len(took)} presses "
            f"of {REPS} people through a Bot API server on loopback, the answer by its HTTP included",
        )
    ]


def _customers(desk: Desk, count: int) -> list[dict[str, object]]:
    names = [f"Customer {number} Ltd" for number in range(count)]
    return [
        {
            "version": new_version(),
            "name": name,
            "name_key": company_key(name),
            "owner_id": desk.reps[number % REPS].staff.id,
            "tags": [],
            "custom": {},
            "created_at": datetime.now(UTC),
        }
        for number, name in enumerate(names)
    ]


async def _card(user: User, rep: Rep) -> Message:
    """The card of a new follow-up, on which the presses are made."""
    await user.says(f"/next L{rep.lead_id} tomorrow 10am send the quote")
    return await user.sees("send the quote", timeout=60)


async def _press_all(
    telegram: FakeTelegram, users: Sequence[User], cards: Sequence[Message], reps: Sequence[Rep], *, rounds: int
) -> list[float]:
    """Each person presses in turn; so many that nobody presses faster than Telegram lets a card be edited."""
    took = []
    for number in range(rounds):
        for user, card, rep in zip(users, cards, reps, strict=True):
            before = card.text
            began = time.perf_counter()
            await user.forges(card, f"followup.snooze:{rep.followup_id}.{SPANS[number % 2]}")
            await telegram.until(partial(_has_changed, card, before))
            took.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, 0.06 - took[-1]))
    return took[REPS:]


def _has_changed(card: Message, before: str) -> bool:
    return card.text != before
