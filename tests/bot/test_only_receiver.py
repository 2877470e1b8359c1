"""One receiver a bot: taken over from the dead at once, from the silent when their lease ends, never fought for."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.holders import is_dead
from bot.only_receiver import SAFETY_SECONDS, OnlyReceiver, Rhythm
from bot.platforms import receive_all
from storage.engine import Database, open_database
from tests.databases import sqlite_url
from tests.storage.company import Clock

QUICK = Rhythm(renew=0.01, look=0.01)
LIVING = f"desk:{os.getpid()}"
GONE = 2**22 + 1  # beyond the greatest process id that Linux gives out


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path, clock: Clock) -> AsyncIterator[Database]:
    database = open_database(sqlite_url(tmp_path), clock=clock)
    yield database
    await database.dispose()


class Receiving:
    """Stands where a channel's receiving stands."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.ended = asyncio.Event()
        self.finish = asyncio.Event()
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1
        self.began.set()
        self.ended.clear()
        try:
            await self.finish.wait()
        finally:
            self.began.clear()
            self.ended.set()


class Platform:
    """As much of a platform as receiving needs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.receiving = Receiving()

    async def receive(self) -> None:
        await self.receiving()

    async def stop(self) -> None:
        self.receiving.finish.set()


Receiver = Callable[[str], OnlyReceiver]


@pytest.fixture
def receiver(database: Database, clock: Clock) -> Receiver:
    def of(holder: str) -> OnlyReceiver:
        return OnlyReceiver(
            database.unit_of_work,
            channel="telegram",
            bot="700",
            holder=holder,
            rhythm=QUICK,
            clock=lambda: clock.now.timestamp(),  # noqa: PLW0108 - the clock moves
        )

    return of


async def test_a_second_process_waits_and_takes_over_when_the_first_ends(receiver: Receiver) -> None:
    first, second, stop = Receiving(), Receiving(), asyncio.Event()
    ours, theirs = receiver("desk:1:a"), receiver("lab:2:b")
    running = asyncio.create_task(ours.run(first, stop=stop))
    await first.began.wait()
    with capture_logs() as logs:
        waiting = asyncio.create_task(theirs.run(second, stop=stop))
        while not theirs.is_waiting:  # noqa: ASYNC110 - it has no event of its own
            await asyncio.sleep(0)
        assert second.times == 0

        first.finish.set()
        await running
        await asyncio.wait_for(second.began.wait(), 5)

    assert not theirs.is_waiting
    second.finish.set()
    await waiting
    assert [entry["event"] for entry in logs] == ["receiver-waits", "receiver-taken-over"]
    assert logs[0]["receiver"] == "desk:1"


async def test_it_learns_what_was_left_behind_before_it_receives(database: Database) -> None:
    receiving, stop, told = Receiving(), asyncio.Event(), []

    async def begins() -> None:
        told.append(receiving.times)

    ours = OnlyReceiver(
        database.unit_of_work, channel="telegram", bot="700", holder="desk:1:a", begins=begins, rhythm=QUICK
    )
    running = asyncio.create_task(ours.run(receiving, stop=stop))
    await receiving.began.wait()
    receiving.finish.set()
    await running

    assert told == [0]


async def test_who_looks_longer_than_the_lease_lasts_does_not_receive_beside_another(
    database: Database, clock: Clock
) -> None:
    receiving, stop, looks = Receiving(), asyncio.Event(), 0

    async def begins() -> None:
        nonlocal looks
        looks += 1
        clock.passes(timedelta(seconds=15))
        await _hold(database, "lab:2:b")
        stop.set()

    ours = OnlyReceiver(
        database.unit_of_work,
        channel="telegram",
        bot="700",
        holder="desk:1:a",
        begins=begins,
        rhythm=QUICK,
        clock=lambda: clock.now.timestamp(),  # noqa: PLW0108 - the clock moves
    )
    await asyncio.wait_for(ours.run(receiving, stop=stop), 5)

    assert (looks, receiving.times, ours.is_waiting) == (1, 0, True)


async def test_who_looks_for_nearly_as_long_receives_under_a_new_lease(database: Database, clock: Clock) -> None:
    receiving, stop = Receiving(), asyncio.Event()

    async def begins() -> None:
        clock.passes(timedelta(seconds=11))

    ours = OnlyReceiver(
        database.unit_of_work,
        channel="telegram",
        bot="700",
        holder="desk:1:a",
        begins=begins,
        rhythm=Rhythm(renew=60, look=60),
        clock=lambda: clock.now.timestamp(),  # noqa: PLW0108 - the clock moves
    )
    running = asyncio.create_task(ours.run(receiving, stop=stop))
    await receiving.began.wait()
    clock.passes(timedelta(seconds=5))  # the first lease has ended, the next renewal is to come

    assert await _hold(database, "lab:2:b") == "desk:1:a"
    receiving.finish.set()
    await running


async def test_the_lease_of_a_dead_process_of_this_host_is_taken_at_once(
    database: Database, receiver: Receiver
) -> None:
    await _hold(database, f"desk:{GONE}:a")
    receiving, stop = Receiving(), asyncio.Event()
    running = asyncio.create_task(receiver(f"{LIVING}:b").run(receiving, stop=stop))

    await asyncio.wait_for(receiving.began.wait(), 5)

    receiving.finish.set()
    await running


async def test_the_lease_of_another_host_runs_out_by_time(database: Database, receiver: Receiver, clock: Clock) -> None:
    await _hold(database, f"lab:{GONE}:a")
    receiving, stop, ours = Receiving(), asyncio.Event(), receiver(f"{LIVING}:b")
    running = asyncio.create_task(ours.run(receiving, stop=stop))
    while not ours.is_waiting:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert receiving.times == 0

    clock.passes(timedelta(seconds=15))
    await asyncio.wait_for(receiving.began.wait(), 5)

    receiving.finish.set()
    await running


async def test_who_slept_too_long_stops_receiving(database: Database, receiver: Receiver, clock: Clock) -> None:
    receiving, stop = Receiving(), asyncio.Event()
    ours = receiver("desk:1:a")
    running = asyncio.create_task(ours.run(receiving, stop=stop))
    await receiving.began.wait()
    async with database.unit_of_work() as uow:  # as if we had slept, and another had come
        await uow.receivers.release("telegram", "700", holder="desk:1:a")
        await uow.receivers.take("telegram", "700", holder="lab:2:b", lease=timedelta(seconds=15))
        await uow.commit()

    await asyncio.wait_for(receiving.ended.wait(), 5)
    assert not running.done()

    clock.passes(timedelta(seconds=15))
    await asyncio.wait_for(receiving.began.wait(), 5)
    assert receiving.times == 2
    receiving.finish.set()
    await running


async def test_while_the_database_is_silent_the_lease_lasts_to_its_end(
    database: Database, receiver: Receiver, clock: Clock
) -> None:
    receiving, stop = Receiving(), asyncio.Event()
    ours = receiver("desk:1:a")
    running = asyncio.create_task(ours.run(receiving, stop=stop))
    await receiving.began.wait()
    asks = 0

    def broken() -> None:
        nonlocal asks
        asks += 1
        raise ConnectionError("gone")

    ours._open_unit = broken  # type: ignore[assignment]
    while asks < 3:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    assert receiving.began.is_set()

    clock.passes(timedelta(seconds=13))
    await asyncio.wait_for(receiving.ended.wait(), 5)
    stop.set()
    await running


async def test_a_database_that_hangs_does_not_keep_us_receiving_past_our_lease(
    database: Database, clock: Clock
) -> None:
    receiving, stop = Receiving(), asyncio.Event()
    ours = OnlyReceiver(
        database.unit_of_work,
        channel="telegram",
        bot="700",
        holder="desk:1:a",
        rhythm=QUICK,
        lease=timedelta(seconds=SAFETY_SECONDS + 0.2),
    )
    running = asyncio.create_task(ours.run(receiving, stop=stop))
    await receiving.began.wait()

    @asynccontextmanager
    async def hanging() -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield

    ours._open_unit = hanging
    await asyncio.wait_for(receiving.ended.wait(), 5)

    ours._open_unit = database.unit_of_work
    stop.set()
    await running


def test_a_process_of_another_container_is_not_taken_for_dead() -> None:
    own = f"desk@7:{os.getpid()}:a"
    assert is_dead(f"desk@7:{GONE}:b", own)
    assert is_dead(f"desk@7:{os.getpid()}:b", own)
    assert not is_dead(f"desk@8:{GONE}:b", own)
    assert not is_dead(f"desk@8:{os.getpid()}:b", own)
    assert not is_dead(own, own)


def test_a_holder_names_the_processes_it_lives_among(database: Database) -> None:
    host, pid, _ = database.holder.rsplit(":", 2)
    name, _, processes = host.rpartition("@")
    assert (name, int(pid)) == (socket.gethostname(), os.getpid())
    assert processes
    assert not set(processes) & set(":[]")


async def test_a_stop_ends_the_waiting(database: Database, receiver: Receiver) -> None:
    await _hold(database, f"lab:{GONE}:a")
    receiving, stop = Receiving(), asyncio.Event()
    running = asyncio.create_task(receiver(f"{LIVING}:b").run(receiving, stop=stop))
    stop.set()
    await asyncio.wait_for(running, 5)
    assert receiving.times == 0


async def test_several_platforms_wait_each_for_their_own(receiver: Receiver) -> None:
    first, second, free, stops = Platform("telegram"), Platform("telegram"), Platform("slack"), asyncio.Event()
    ours, theirs = receiver("desk:1:a"), receiver("lab:2:b")
    running = asyncio.create_task(ours.run(first.receive, stop=asyncio.Event()))
    await first.receiving.began.wait()
    waiting = asyncio.create_task(
        receive_all([second, free], stops, finish_seconds=5, alone={"telegram": theirs})  # type: ignore[list-item]
    )
    await asyncio.wait_for(free.receiving.began.wait(), 5)
    while not theirs.is_waiting:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert second.receiving.times == 0

    await first.stop()
    await running
    await asyncio.wait_for(second.receiving.began.wait(), 5)

    stops.set()
    await asyncio.wait_for(waiting, 5)
    assert (second.receiving.times, free.receiving.times) == (1, 1)


async def test_a_fault_of_the_receiving_is_told_and_the_lease_given_up(database: Database, receiver: Receiver) -> None:
    async def breaks() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await receiver("desk:1:a").run(breaks, stop=asyncio.Event())
    assert await _hold(database, "lab:2:b") == "lab:2:b"


async def _hold(database: Database, holder: str) -> str:
    async with database.unit_of_work() as uow:
        held_by = await uow.receivers.take("telegram", "700", holder=holder, lease=timedelta(seconds=15))
        await uow.commit()
    return held_by
