"""Tomorrow, +3 days, Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from domain.followups.choices import day_of_choice, same_hour_on
from domain.people.model import Role, Staff
from domain.values.calendars import Calendar

GREAT_BRITAIN, CHINA = Calendar(country="GB"), Calendar(country="CN")


@pytest.mark.parametrize(
    ("choice", "today", "day"),
    [
        ("tomorrow", date(2026, 11, 18), date(2026, 11, 19)),
        ("tomorrow", date(2026, 11, 20), date(2026, 11, 21)),  # a Saturday: that is what was pressed
        ("tomorrow", date(2028, 2, 28), date(2028, 2, 29)),
        ("in-3-days", date(2026, 11, 17), date(2026, 11, 20)),
        ("in-3-days", date(2026, 11, 18), date(2026, 11, 23)),  # a Saturday becomes Monday
        ("in-3-days", date(2026, 12, 22), date(2026, 12, 29)),  # Christmas, the weekend, Boxing Day's substitute
        ("monday", date(2026, 11, 20), date(2026, 11, 23)),
        ("monday", date(2026, 11, 23), date(2026, 11, 30)),
        ("monday", date(2026, 11, 22), date(2026, 11, 23)),
    ],
)
def test_the_day_behind_a_button(choice: str, today: date, day: date) -> None:
    assert day_of_choice(choice, today, is_workday=GREAT_BRITAIN.is_workday) == day


def test_a_make_up_day_is_worked() -> None:
    assert day_of_choice("in-3-days", date(2026, 2, 25), is_workday=CHINA.is_workday) == date(2026, 2, 28)


def test_an_unknown_choice_is_an_error() -> None:
    with pytest.raises(KeyError):
        day_of_choice("someday", date(2026, 11, 18), is_workday=lambda day: True)


@pytest.mark.parametrize(
    ("has_hour", "hour"),
    [(True, 9), (False, 8)],  # 10:00 and 9:00 in London's summer
)
def test_the_hour_is_kept_over_the_change_of_the_clocks(has_hour: bool, hour: int) -> None:
    tom = Staff(
        name="Tom",
        role=Role.REP,
        timezone="Europe/London",
        work_start=time(9),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )

    moved = same_hour_on(date(2026, 3, 30), tom, datetime(2026, 3, 27, 10, 0, tzinfo=UTC), has_hour=has_hour)

    assert moved == datetime(2026, 3, 30, hour, 0, tzinfo=UTC)
