"""Turns, by a clock that only moves when somebody sleeps."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.telegram.pacing import Pacer, Rates
from domain.errors import ChannelBusy

MEI, TOM, GROUP = 11, 12, -100123


@dataclass
class Clock:
    now: float = 1000.0
    naps: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pacer(clock: Clock, **rates: float) -> Pacer:
    return Pacer(Rates(**{"per_second": 1e15, **rates}), now=clock.read, sleep=clock.sleep)


async def takes_turn(paced: Pacer, chat: int) -> None:
    async with paced.turn(chat):
        pass


async def test_a_short_burst_then_one_a_second(clock: Clock) -> None:
    paced = pacer(clock)
    for _ in range(6):
        await takes_turn(paced, MEI)

    assert [nap for nap in clock.naps if nap > 1e-3] == pytest.approx([1, 1, 1], abs=1e-3)


async def test_a_rest_gives_the_burst_back(clock: Clock) -> None:
    paced = pacer(clock)
    for _ in range(3):
        await takes_turn(paced, MEI)
    clock.now += 3
    for _ in range(3):
        await takes_turn(paced, MEI)

    assert sum(clock.naps) == pytest.approx(0, abs=1e-3)


async def test_chats_do_not_wait_for_one_another(clock: Clock) -> None:
    paced = pacer(clock)
    for _ in range(4):
        await takes_turn(paced, MEI)
    now = clock.now
    await takes_turn(paced, TOM)

    assert clock.now == pytest.approx(now, abs=1e-3)


async def test_twenty_a_minute_in_a_group(clock: Clock) -> None:
    paced = pacer(clock, patience_seconds=100)
    turns = []
    for _ in range(41):
        await takes_turn(paced, GROUP)
        turns.append(clock.now)

    assert all(later - earlier >= 60 - 1e-6 for earlier, later in zip(turns, turns[20:], strict=False))


async def test_thirty_a_second_over_all(clock: Clock) -> None:
    paced = pacer(clock, per_second=30)
    started = clock.now
    for chat in range(91):
        await takes_turn(paced, chat + 1)

    assert clock.now - started == pytest.approx(3, abs=0.05)


@dataclass
class Standing:
    """A clock that others sleep by, and that may jump over when they wanted to wake: then all of them wake together."""

    now: float = 1000.0
    asleep: list[tuple[float, asyncio.Event]] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        wakes = asyncio.Event()
        self.asleep.append((self.now + seconds, wakes))
        await wakes.wait()

    async def comes(self, moment: float) -> None:
        self.now = max(self.now, moment)
        for entry in [entry for entry in self.asleep if entry[0] <= self.now]:
            self.asleep.remove(entry)
            entry[1].set()
        for _ in range(5):
            await asyncio.sleep(0)


async def test_after_the_process_stood_still_those_who_slept_leave_no_faster_than_allowed() -> None:
    clock, left = Standing(), []
    paced = Pacer(Rates(per_second=30), now=clock.read, sleep=clock.sleep)

    async def leaves(chat: int) -> None:
        await takes_turn(paced, chat)
        left.append(clock.now)

    async with asyncio.TaskGroup() as people:
        for chat in range(91):
            people.create_task(leaves(chat + 1))
        await clock.comes(clock.now)
        await clock.comes(clock.now + 60)  # all their turns passed meanwhile
        began = clock.now
        while clock.asleep:
            await clock.comes(min(at for at, _ in clock.asleep))

    late = [at for at in left if at >= began]
    assert len(late) == 90
    # A few may leave at once; behind them goes what goes in life.
    at_once = sum(at == began for at in late)
    assert at_once <= 7
    assert all(later - earlier > 0.99 for earlier, later in zip(late[7:], late[37:], strict=False))
    assert late[-1] - began == pytest.approx((90 - at_once) / 30, abs=0.1)


async def test_what_is_held_up_on_the_way_does_not_arrive_faster_than_allowed() -> None:
    """However long the network held calls up: with those that leave then, they are what a second may bring."""
    clock, under_way, most = Standing(), 0, 0
    paced = Pacer(Rates(per_second=30, patience_seconds=5), now=clock.read, sleep=clock.sleep)
    goes_on = asyncio.Event()

    async def calls(chat: int) -> None:
        nonlocal under_way, most
        async with paced.turn(chat):
            under_way += 1
            most = max(most, under_way)
            await goes_on.wait()
            under_way -= 1

    async with asyncio.TaskGroup() as people:
        for chat in range(91):
            people.create_task(calls(chat + 1))
        await clock.comes(clock.now)
        while clock.asleep:
            await clock.comes(min(at for at, _ in clock.asleep))
        held_up = under_way
        goes_on.set()
        for _ in range(1000):
            await asyncio.sleep(0)
            while clock.asleep:
                await clock.comes(min(at for at, _ in clock.asleep))

    assert (held_up, most, under_way) == (21, 21, 0)


async def test_nobody_waits_for_ever_behind_calls_that_are_not_answered(clock: Clock) -> None:
    paced = pacer(clock, per_second=1, patience_seconds=0.01)
    async with paced.turn(MEI):
        with pytest.raises(ChannelBusy):
            await takes_turn(paced, TOM)
    clock.now += 10
    await takes_turn(paced, TOM)


async def test_who_would_wait_too_long_is_told_and_takes_no_turn(clock: Clock) -> None:
    paced = pacer(clock, patience_seconds=1)
    for _ in range(4):
        await takes_turn(paced, MEI)
    paced.told_to_wait(MEI, 30)

    for _ in range(10):
        with pytest.raises(ChannelBusy) as busy:
            await takes_turn(paced, MEI)
        assert busy.value.retry_after == pytest.approx(30, abs=1e-3)
    clock.now += 30
    await takes_turn(paced, MEI)


async def test_retry_after_silences_one_chat_or_all(clock: Clock) -> None:
    paced = pacer(clock)
    paced.told_to_wait(MEI, 20)
    await takes_turn(paced, TOM)

    paced.told_to_wait(TOM, 30)
    with pytest.raises(ChannelBusy):
        await takes_turn(paced, 13)

    clock.now += 30
    await takes_turn(paced, 13)
    await takes_turn(paced, MEI)
