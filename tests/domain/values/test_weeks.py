from __future__ import annotations

from datetime import time

import pytest

from domain.values.calendars import Week
from domain.values.weeks import read_spans, write_spans, write_week


def week(*days: str) -> Week:
    """Monday first; an empty text is a free day."""
    return Week(tuple(read_spans(day) or () for day in days))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("9:00-12:00 13:00-18:00", "09:00-12:00 13:00-18:00"),
        ("9:00-12:00、13:30-18:00", "09:00-12:00 13:30-18:00"),
        ("9:00–12:00 and 13 到 18", "09:00-12:00 13:00-18:00"),
        ("9-10, 11-12", "09:00-10:00 11:00-12:00"),
        ("0-24", "00:00-23:59"),
    ],
)
def test_the_hours_of_a_day_are_read_and_written(text: str, written: str) -> None:
    spans = read_spans(text)
    assert spans is not None
    assert write_spans(spans) == written
    assert read_spans(written) == spans


@pytest.mark.parametrize("text", ["", "always", "25-26", "9", "9:00", "9:70-10", "9-17 frog"])
def test_what_are_no_hours(text: str) -> None:
    assert read_spans(text) is None


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (["9-18"] * 5 + ["10-14", ""], "Mon-Fri 09:00-18:00; Sat 10:00-14:00"),
        (["9-17", "9-17", "9-12", "9-17", "9-17", "", ""], "Mon-Tue 09:00-17:00; Wed 09:00-12:00; Thu-Fri 09:00-17:00"),
        (["9-10", "", "", "", "", "9-10", "9-10"], "Mon 09:00-10:00; Sat-Sun 09:00-10:00"),
        (["0-24"] * 7, "Mon-Sun 00:00-23:59"),
    ],
)
def test_days_in_a_row_with_the_same_hours_stand_together(days: list[str], written: str) -> None:
    assert write_week(week(*days)) == written


def test_a_make_up_day_is_worked_as_the_first_day_of_the_week() -> None:
    some = week("", "9-12", "9-17", "", "", "", "")
    assert some.weekdays == {1, 2}
    assert some.spans_on(5) == ((time(9), time(12)),)


def test_a_week_without_work_is_none() -> None:
    with pytest.raises(ValueError, match="work"):
        Week(((),) * 7)
