"""How many broadcasts are in hand: few on a slow channel, many on a quick one, claimed by the batch."""

from __future__ import annotations

from scheduler.tide import LEAST, MOST, Tide


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def sent(tide: Tide, clock: Clock, count: int, *, a_second: float) -> None:
    """One after the other at a rate, each followed by another, as on a channel that is kept busy."""
    for _ in range(count):
        clock.at += 1 / a_second
        tide.ended(was_sent=True)
        room = tide.room()
        if room:
            tide.claimed(room)


def test_on_a_channel_of_thirty_a_second_a_reminder_waits_behind_a_seconds_worth() -> None:
    clock = Clock()
    tide = Tide(lambda: None, now=clock)
    tide.claimed(tide.room())

    sent(tide, clock, 300, a_second=30)

    assert tide.room() <= 36  # when half have left, so that never more are in hand
    assert LEAST <= 36


def test_on_a_channel_without_limits_many_are_under_way() -> None:
    clock = Clock()
    tide = Tide(lambda: None, now=clock)
    tide.claimed(tide.room())

    sent(tide, clock, 5000, a_second=2000)
    for _ in range(MOST):
        tide.ended(was_sent=False)

    assert tide.room() >= MOST


def test_room_is_told_when_half_have_left_and_what_is_put_off_makes_it_no_wider() -> None:
    told: list[bool] = []
    tide = Tide(lambda: told.append(True), now=Clock())
    tide.claimed(LEAST)
    for _ in range(LEAST // 2):
        tide.ended(was_sent=False)
    assert (tide.room(), told) == (0, [])

    tide.ended(was_sent=False)

    assert told == [True]
    assert tide.room() == LEAST - LEAST // 2
