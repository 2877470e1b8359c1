from __future__ import annotations

from datetime import time

import pytest

from domain.values.calendars import Week
from domain.values.weeks import read_week, write_week


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mon-Fri 9:00-12:00 13:00-18:00; Sat 10-14", "Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-14:00"),
        ("周一至周五 9:00-18:00", "Mon-Fri 09:00-18:00"),
        ("周一到周五 9:00-12:00、13:30-18:00；周六 10-14", "Mon-Fri 09:00-12:00 13:30-18:00; Sat 10:00-14:00"),
        ("Monday to Friday 9:00–17:00", "Mon-Fri 09:00-17:00"),
        ("1-5 9-17", "Mon-Fri 09:00-17:00"),
        ("Sat-Mon 9-10, 11-12", "Mon 09:00-10:00 11:00-12:00; Sat-Sun 09:00-10:00 11:00-12:00"),
        ("Mon-Sun 0-24", "Mon-Sun 00:00-23:59"),
        ("Mon-Fri 9-17; Wed 9-12", "Mon-Tue 09:00-17:00; Wed 09:00-12:00; Thu-Fri 09:00-17:00"),
    ],
)
def test_a_week_is_read_and_written(text: str, written: str) -> None:
    week = read_week(text)
    assert week is not None
    assert write_week(week) == written
    assert read_week(written) == week


@pytest.mark.parametrize("text", ["", "always", "Mon 9-8", "Mon 9-12 11-13", "Mon 25-26", "Mon", "9-17", "Frog 9-17"])
def test_what_is_no_week(text: str) -> None:
    assert read_week(text) is None


def test_a_make_up_day_is_worked_as_the_first_day_of_the_week() -> None:
    week = read_week("Tue 9-12; Wed 9-17")
    assert week is not None
    assert week.weekdays == {1, 2}
    assert week.spans_on(5) == ((time(9), time(12)),)


def test_a_week_without_work_is_none() -> None:
    with pytest.raises(ValueError, match="work"):
        Week(((),) * 7)
