"""A Slack command to its acknowledgement, over the fake's Socket Mode."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.measure import Row, in_turn, median
from benchmarks.naive import Naive, naive_stack
from benchmarks.plan import Plan
from tests.bot.slack.stage import Stage, on_stage
from tests.fakes.slack import FakeSlack, Person, Rules

AT_ONCE = 16
FIRST_USER = 1001


async def sixteen_commands(plan: Plan) -> list[Row]:
    """Ours acknowledges after the commit; bolt at once, with nothing done, so that sixteen naive commits are added to it."""
    users = range(FIRST_USER, FIRST_USER + AT_ONCE)
    times = plan.pick(quick=3, full=10)
    async with (
        on_stage(plan.folder) as stage,
        _bolt() as (bolt, callers),
        naive_stack(plan.folder, users) as naive,
    ):
        people = [await stage.staff(f"Rep{number}") for number in range(AT_ONCE)]
        numbers = itertools.count()

        async def ours() -> int:
            for _ in range(times):
                await _commands(stage.server, people, "lead", numbers)
            await stage.settles()
            return times

        async def theirs() -> int:
            for _ in range(times):
                await _commands(bolt, callers, "lead", numbers)
                await _commits(naive, users)
            return times

        await _warm(stage, people, bolt, callers, numbers)
        pairs = await in_turn(ours, theirs, rounds=plan.rounds)
    walls = [mine.wall / other.wall for mine, other in zip(pairs.ours, pairs.theirs, strict=True)]
    return [
        Row(
            name=f"A Slack command to its acknowledgement, {AT_ONCE} at once: beside bolt’s and {AT_ONCE} naive commits",
            measured=sorted(walls)[len(walls) // 2],
            limit=1.3,
            details=f"{median(pairs.ours).wall * 1000:.0f} ms and {median(pairs.theirs).wall * 1000:.0f} ms for all, the answers sent too",
        )
    ]


@asynccontextmanager
async def _bolt() -> AsyncIterator[tuple[FakeSlack, list[Person]]]:
    """bolt with one listener that acknowledges and does nothing."""
    async with FakeSlack(rules=Rules(rates_enforced=False)) as server:
        app = AsyncApp(client=AsyncWebClient(token=server.bot_token, base_url=server.api_base), signing_secret="unused")

        @app.command("/crm")
        async def acknowledge(ack: object) -> None:
            await ack()  # type: ignore[operator]

        handler = AsyncSocketModeHandler(app, server.app_token, web_client=AsyncWebClient(base_url=server.api_base))
        await handler.connect_async()
        await server.until_connected()
        yield server, [server.person(f"Rep{number}") for number in range(AT_ONCE)]
        await handler.close_async()


async def _commands(server: FakeSlack, people: list[Person], name: str, numbers: itertools.count[int]) -> None:
    typed = [
        server.command("/crm", f"{name} Company{next(numbers)} Ltd, Jane Miller", user=person) for person in people
    ]
    await asyncio.gather(*(each.answered() for each in typed))


async def _commits(naive: Naive, users: range) -> None:
    await asyncio.gather(*(naive._write(user, "Company Ltd, Jane Miller") for user in users))


async def _warm(
    stage: Stage, people: list[Person], bolt: FakeSlack, callers: list[Person], numbers: itertools.count[int]
) -> None:
    await _commands(stage.server, people, "lead", numbers)
    await stage.settles()
    await _commands(bolt, callers, "lead", numbers)
