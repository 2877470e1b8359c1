"""Everything that goes wrong, in random mixtures: nothing is lost, and nothing is said twice."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.slack.stage import Stage, on_stage, served
from tests.campaign import IS_LONG, SEED
from tests.fakes.slack import Delivery, Person

STEPS = 25
NUMBERED = re.compile(r"Company(\d+)")


def faults_of(stage: Stage, chance: random.Random) -> list[Callable[[], object]]:
    """One thing that may go wrong each; all of them end by themselves."""
    server = stage.server
    method = chance.choice(["chat.postMessage", "chat.update", "users.info", "*"])
    return [
        lambda: server.limit_next("chat.postMessage", chance.randint(1, 20)),
        lambda: server.fail_next(method, "internal_error", status=500, times=chance.randint(1, 3)),
        lambda: server.fail_next(method, "fatal_error"),
        lambda: server.cut_next(method, times=chance.randint(1, 2)),
        lambda: server.cut_next("chat.postMessage", after_doing=True),
        lambda: server.nonsense_next(method),
        lambda: server.nonsense_next(method, status=200),
        lambda: server.deliver_twice(is_on=chance.random() < 0.5),
        lambda: server.advance(chance.randint(1, 90)),
    ]


async def a_day_of_faults(stage: Stage, seed: int, *, over_http: bool) -> None:
    chance = random.Random(seed)
    people = [await stage.staff(name) for name in ("Tom", "Mei", "Ana")]
    said: dict[str, list[int]] = {person.id: [] for person in people}
    numbers = itertools.count()
    for _ in range(STEPS):
        for fault in chance.sample(faults_of(stage, chance), k=chance.randint(0, 3)):
            fault()
        if not over_http and chance.random() < 0.3:
            await chance.choice([stage.server.warns, stage.server.refreshes, stage.server.cuts])()
            await stage.server.until_connected()
        with contextlib.ExitStack() as trouble:
            if chance.random() < 0.15:
                trouble.enter_context(stage.server.reordering(chance.randrange(1000)))
            for person in chance.sample(people, k=chance.randint(1, 2)):
                number = next(numbers)
                said[person.id].append(number)
                stage.server.says(person, f"/lead Company{number} Ltd, Jane Miller")
        # Without its socket the house could not come back while this lasts, so there the fake's own outages are enough.
        if over_http and chance.random() < 0.1:
            with stage.server.outage(is_cut=chance.random() < 0.5):
                await taken(stage)
                stage.server.advance(60)
        elif chance.random() < 0.5:
            await taken(stage)
    for _ in range(60):
        await taken(stage)
        stage.server.advance(301)
        await taken(stage)
        await stage.settles()
        if all(row["state"] == "sent" for row in await stage.rows("notifications")):
            break

    companies = [int(NUMBERED.match(row["company"])[1]) for row in await stage.rows("leads")]  # type: ignore[index]
    assert sorted(companies) == list(range(next(numbers)))
    for person in people:
        assert sorted(answers(stage, person)) == said[person.id]
    assert not stage.house.dispatcher.counters.incidents


async def taken(stage: Stage) -> None:
    """Slack repeats at once what was lost, then after a minute, then after five: what was cut twice waits for the clock,
    which is not moved while anything is on its way, because that would be one more failure."""
    for pause in (61, 301, 0):
        await stage.server.until(lambda: all(waits(stage, one) for one in stage.server.pending))
        if not stage.server.pending:
            return
        stage.server.advance(pause)
    await stage.server.until_taken()


def waits(stage: Stage, delivery: Delivery) -> bool:
    return delivery.comes_again_at is not None and delivery.comes_again_at > stage.server.now()


def answers(stage: Stage, person: Person) -> list[int]:
    """The numbers of what was answered, in the order in which it stands there."""
    shown = [NUMBERED.search(message.plain) for message in stage.server.messages_in(stage.server.dm(person))]
    return [int(found[1]) for found in shown if found is not None]


SEEDS = [1, 2, 3, *(range(SEED, SEED + 40) if IS_LONG else ())]


@pytest.mark.parametrize("seed", SEEDS)
async def test_faults_over_sockets(tmp_path: Path, seed: int) -> None:
    async with on_stage(tmp_path) as stage:
        await a_day_of_faults(stage, seed, over_http=False)


@pytest.mark.parametrize("seed", [seed + 3 for seed in SEEDS[::3]])
async def test_faults_over_http(tmp_path: Path, seed: int) -> None:
    async with on_stage(tmp_path, over_http=True) as stage, served(stage):
        await a_day_of_faults(stage, seed, over_http=True)


async def test_within_the_limits_slack_never_says_too_many_requests(tmp_path: Path) -> None:
    async with on_stage(tmp_path, rates=True) as stage:
        tom, mei = await stage.staff("Tom"), await stage.staff("Mei")
        for number in range(7):
            for person in (tom, mei):
                stage.server.says(person, f"/lead {person.name}{number} Ltd, Jane Miller")
        await stage.server.until_taken(timeout=30)
        await stage.settles()
        assert len(stage.server.messages_in(stage.server.dm(tom))) == 7
        assert len(stage.server.messages_in(stage.server.dm(mei))) == 7
        assert not [call for call in stage.server.calls if call.error == "ratelimited"]
