"""Calls wait for their turn, and for as long as Slack says."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.slack.pacing import Pacer, Rates
from domain.errors import ChannelBusy


@dataclass
class Clock:
    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pacer(clock: Clock, **rates: object) -> Pacer:
    return Pacer(Rates(**rates), now=lambda: clock.now, sleep=clock.sleep)  # type: ignore[arg-type]


async def test_a_channel_takes_a_burst_and_then_one_a_second(clock: Clock) -> None:
    paced = pacer(clock)
    for _ in range(5):
        await paced.turn("chat.postMessage", "C01")
    await paced.turn("chat.postMessage", "C02")

    assert clock.slept == [1.0, 1.0]


async def test_a_method_keeps_to_its_tier(clock: Clock) -> None:
    paced = pacer(clock, per_minute={"chat.update": 3}, patience_seconds=100.0)
    for _ in range(4):
        await paced.turn("chat.update")

    assert clock.slept == [60.0]


async def test_who_would_wait_too_long_is_told_so(clock: Clock) -> None:
    paced = pacer(clock, per_minute={"chat.update": 1})
    await paced.turn("chat.update")
    with pytest.raises(ChannelBusy) as busy:
        await paced.turn("chat.update")
    assert busy.value.retry_after == 60.0
    clock.now += 60
    await paced.turn("chat.update")
    assert clock.slept == []


async def test_retry_after_is_obeyed_by_those_it_concerns(clock: Clock) -> None:
    paced = pacer(clock)
    paced.told_to_wait("chat.postMessage", 30, "C01")
    await paced.turn("chat.postMessage", "C02")
    await paced.turn("chat.update")
    with pytest.raises(ChannelBusy):
        await paced.turn("chat.postMessage", "C01")

    paced.told_to_wait("chat.postMessage", 20, "C03")  # a second channel: the workspace is meant
    with pytest.raises(ChannelBusy) as busy:
        await paced.turn("chat.postMessage", "C02")
    assert busy.value.retry_after == 20
