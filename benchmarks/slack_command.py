"""A Slack command to its acknowledgement, over the fake's Socket Mode: sixteen at once, and beside a long import."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.measure import Row, cost_of, in_turn, median, percentile
from benchmarks.naive import Naive, naive_stack
from benchmarks.plan import Plan
from bot.collecting import spare_what_stays
from tests.bot.slack.stage import Stage, on_stage
from tests.fakes.slack import FakeSlack, Person, Rules

AT_ONCE = 16
TIMES = 5  # as many pairs a round of the plan: one is over soon
FIRST_USER = 1001
PATIENCE_SECONDS = 60
FIRST_ID = 1_000_000  # of what is imported; the import numbers it anew


async def sixteen_commands(plan: Plan) -> list[Row]:
    """Ours acknowledges after the commit; bolt at once, with nothing done, so that sixteen naive commits are added to it,
    at once as well. One after the other they suit SQLite better: the details tell how long it takes then.
    """
    users = range(FIRST_USER, FIRST_USER + AT_ONCE)
    async with (
        on_stage(plan.folder) as stage,
        _bolt() as (bolt, callers),
        naive_stack(plan.folder, users) as naive,
    ):
        people = [await stage.staff(f"Rep{number}") for number in range(AT_ONCE)]
        numbers = itertools.count()
        spare_what_stays()

        async def ours() -> int:
            await _commands(stage.server, people, numbers)
            return 1

        async def theirs() -> int:
            await _commands(bolt, callers, numbers)
            await asyncio.gather(*(_commit(naive, user) for user in users))
            return 1

        async def in_a_row() -> int:
            await _commands(bolt, callers, numbers)
            for user in users:
                await _commit(naive, user)
            return 1

        pairs = await in_turn(ours, theirs, rounds=plan.rounds * TIMES, settle=stage.settles)
        one_by_one = median([await cost_of(in_a_row) for _ in range(plan.rounds * TIMES)])
    return [
        Row(
            name=f"A Slack command to its acknowledgement, {AT_ONCE} at once: beside bolt’s and {AT_ONCE} naive commits",
            measured=pairs.wall_ratio,
            limit=1.3,
            details=f"{median(pairs.ours).wall * 1000:.0f} ms until all are acknowledged, beside "
            f"{median(pairs.theirs).wall * 1000:.0f} ms ({one_by_one.wall * 1000:.0f} ms where the naive commits come one after "
            f"the other); {len(pairs.ours)} rounds each",
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
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await server.until_connected()
        yield server, [server.person(f"Rep{number}") for number in range(AT_ONCE)]
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _commands(server: FakeSlack, people: Sequence[Person], numbers: Iterator[int]) -> None:
    typed = [server.command("/crm", _lead(next(numbers)), user=person) for person in people]
    await asyncio.gather(*(each.answered() for each in typed))


def _lead(number: int) -> str:
    return f"lead Company{number} Ltd, Jane Miller"


async def _commit(naive: Naive, user: int) -> None:
    await naive.write(user, "Company Ltd, Jane Miller")


async def commands_beside_an_import(plan: Plan) -> list[Row]:
    """Sixteen people who write, and write again when they are acknowledged, in the first minutes of a long import."""
    return [await _beside_an_import(plan, seconds=plan.pick(quick=30, full=240))]


async def commands_to_the_end_of_an_import(plan: Plan) -> list[Row]:
    """The same until the last row is there: with sixteen who never pause, a quarter of an hour and more."""
    return [await _beside_an_import(plan, seconds=None)]


async def _beside_an_import(plan: Plan, *, seconds: float | None) -> Row:
    """``seconds``: the import is given up after so many; None lets it end."""
    rows = plan.pick(quick=3000, full=100_000)
    took: list[float] = []
    reached = 0

    def told(done: int, of: int) -> None:
        nonlocal reached
        reached = done

    async with on_stage(plan.folder) as stage:
        people = [await stage.staff(f"Rep{number}") for number in range(AT_ONCE)]
        numbers = itertools.count()
        await _commands(stage.server, people, numbers)
        await stage.settles()
        file = plan.folder / "rows.jsonl"
        await _write_rows(stage, file, rows)
        spare_what_stays()
        began = time.perf_counter()
        importing = asyncio.create_task(stage.house.import_file(file, told=told))
        over = asyncio.Event()
        importing.add_done_callback(lambda task: over.set())
        if seconds is not None:
            asyncio.get_running_loop().call_later(seconds, over.set)
        async with asyncio.TaskGroup() as writing:
            for person in people:
                writing.create_task(_write_until(over, stage.server, person, numbers, took))
        passed = time.perf_counter() - began
        importing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await importing  # raises what made it end, if it failed
        await stage.settles()
    in_ms = [each * 1000 for each in took]
    return Row(
        name=f"A Slack command to its acknowledgement while {rows:,} rows are imported, {AT_ONCE} at once: p99",
        measured=percentile(in_ms, 0.99),
        limit=1500,
        unit="ms",
        details=f"median {percentile(in_ms, 0.5):.0f} ms, longest {max(in_ms):.0f} ms, {len(took):,} commands in "
        f"{passed:.0f} s; {reached:,} lines were in by then",
    )


async def _write_until(
    over: asyncio.Event, server: FakeSlack, person: Person, numbers: Iterator[int], took: list[float]
) -> None:
    while not over.is_set():
        began = time.perf_counter()
        command = server.command("/crm", _lead(next(numbers)), user=person)
        await server.until(lambda command=command: command.delivery.is_over, timeout=PATIENCE_SECONDS)  # type: ignore[misc]
        took.append(time.perf_counter() - began)


async def _write_rows(stage: Stage, file: Path, count: int) -> None:
    """Leads, as an export writes them, with the people they belong to."""
    exported = [json.loads(line) async for line in stage.house.export_lines()]
    people = [line for line in exported if line["type"] == "staff"]
    lead = next(line for line in exported if line["type"] == "lead")
    owners = [person["id"] for person in people]
    with file.open("w", encoding="utf-8") as lines:
        for line in people:
            lines.write(json.dumps(line) + "\n")
        for number in range(count):
            company = f"Imported {number} Ltd"
            one = {
                "id": FIRST_ID + number,
                "company": company,
                "company_key": None,
                "owner_id": owners[number % len(owners)],
            }
            lines.write(json.dumps(lead | one) + "\n")
