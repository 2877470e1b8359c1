from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.local.clock import ClockGoesForwardOnly, MovableClock, target

LONDON, SHANGHAI = ZoneInfo("Europe/London"), ZoneInfo("Asia/Shanghai")
THURSDAY = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)


def test_the_clock_goes_on_from_where_it_was_moved() -> None:
    real = [THURSDAY]
    clock = MovableClock(lambda: real[0])

    clock.move_to(THURSDAY + timedelta(days=1))
    real[0] += timedelta(minutes=5)

    assert clock.now() == THURSDAY + timedelta(days=1, minutes=5)
    assert clock.ahead == timedelta(days=1)


@pytest.mark.parametrize("step", [timedelta(seconds=-1), timedelta(days=400)])
def test_it_goes_neither_back_nor_out_of_sight(step: timedelta) -> None:
    clock = MovableClock(lambda: THURSDAY)

    with pytest.raises(ClockGoesForwardOnly):
        clock.move_to(THURSDAY + step)

    assert clock.now() == THURSDAY


@pytest.mark.parametrize(
    ("step", "zone", "expected"),
    [
        ("hour", LONDON, datetime(2025, 11, 20, 10, 30, tzinfo=UTC)),
        ("tomorrow", LONDON, datetime(2025, 11, 21, 9, tzinfo=UTC)),
        ("tomorrow", SHANGHAI, datetime(2025, 11, 21, 1, tzinfo=UTC)),
        ("friday", LONDON, datetime(2025, 11, 21, 10, tzinfo=UTC)),
        ("friday", SHANGHAI, datetime(2025, 11, 21, 2, tzinfo=UTC)),
    ],
)
def test_steps_are_meant_in_the_zone_of_the_person(step: str, zone: ZoneInfo, expected: datetime) -> None:
    assert target(step, now=THURSDAY, zone=zone) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2025, 11, 21, 9, 59, tzinfo=UTC), datetime(2025, 11, 21, 10, tzinfo=UTC)),
        (datetime(2025, 11, 21, 10, 0, tzinfo=UTC), datetime(2025, 11, 28, 10, tzinfo=UTC)),
        (datetime(2025, 11, 22, 8, 0, tzinfo=UTC), datetime(2025, 11, 28, 10, tzinfo=UTC)),
    ],
)
def test_friday_is_the_next_one_that_is_still_to_come(now: datetime, expected: datetime) -> None:
    assert target("friday", now=now, zone=LONDON) == expected


def test_tomorrow_over_the_change_to_summer_time_is_nine_o_clock_there() -> None:
    saturday = datetime(2025, 3, 29, 12, tzinfo=UTC)

    assert target("tomorrow", now=saturday, zone=LONDON) == datetime(2025, 3, 30, 8, tzinfo=UTC)


def test_a_picked_moment_is_a_wall_clock_time() -> None:
    assert target("at", now=THURSDAY, zone=SHANGHAI, wall="2025-12-01T14:00") == datetime(2025, 12, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize("wall", [None, "", "tomorrow", "2025-02-30T10:00"])
def test_what_is_no_moment_is_refused(wall: str | None) -> None:
    with pytest.raises(ValueError):
        target("at", now=THURSDAY, zone=LONDON, wall=wall)
