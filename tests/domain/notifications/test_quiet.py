"""When the system may say something that it chose itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.company.model import Company
from domain.notifications.quiet import calendar_of, hours_of, is_absent, is_quiet, may_be_said_at, works_on
from domain.people.model import Role, Staff
from domain.values.zones import local

LONDON, SHANGHAI = "Europe/London", "Asia/Shanghai"


def person(**changed: Any) -> Staff:
    facts = {"name": "Tom", "role": Role.REP, "timezone": LONDON, "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return Staff(**{**facts, **changed})


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ((2026, 11, 18, 12), (2026, 11, 18, 12)),
        ((2026, 11, 18, 8), (2026, 11, 18, 8)),
        ((2026, 11, 18, 7, 59), (2026, 11, 18, 8)),
        ((2026, 11, 18, 20, 59), (2026, 11, 18, 20, 59)),
        ((2026, 11, 18, 21), (2026, 11, 19, 8)),
        ((2026, 11, 18, 23, 59), (2026, 11, 19, 8)),
        ((2026, 11, 20, 21), (2026, 11, 23, 8)),  # Friday night: Monday morning
        ((2026, 11, 21, 12), (2026, 11, 23, 8)),  # Saturday
        ((2026, 12, 24, 22), (2026, 12, 29, 8)),  # over Christmas
        ((2026, 3, 28, 23), (2026, 3, 30, 8)),  # over the change of the clocks
        ((2028, 2, 28, 22), (2028, 2, 29, 8)),
    ],
)
def test_nights_and_free_days_delay_it(wanted: tuple[int, ...], said: tuple[int, ...]) -> None:
    tom = person()

    assert may_be_said_at(tom, calendar_of(tom, None), at(LONDON, *wanted)) == at(LONDON, *said)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ((2026, 2, 28, 12), (2026, 2, 28, 12)),  # a Saturday that makes up for the Spring Festival
        ((2026, 2, 27, 22), (2026, 2, 28, 8)),
        ((2026, 10, 1, 12), (2026, 10, 8, 8)),  # National Day's week
        ((2027, 11, 6, 12), (2027, 11, 8, 8)),  # make-up days not known yet: weekends and statutory days hold
    ],
)
def test_the_chinese_calendar_counts(wanted: tuple[int, ...], said: tuple[int, ...]) -> None:
    mei = person(timezone=SHANGHAI)

    found = may_be_said_at(mei, calendar_of(mei, None), at(SHANGHAI, *wanted))

    assert found == at(SHANGHAI, *said)


def test_days_that_the_company_entered_win() -> None:
    company = Company(extra_workdays=["2026-11-21"], extra_holidays=["2026-11-23"])
    tom = person()
    calendar = calendar_of(tom, company)

    assert may_be_said_at(tom, calendar, at(LONDON, 2026, 11, 21, 12)) == at(LONDON, 2026, 11, 21, 12)
    assert may_be_said_at(tom, calendar, at(LONDON, 2026, 11, 22, 12)) == at(LONDON, 2026, 11, 24, 8)


def test_quiet_at_noon_ends_in_the_afternoon() -> None:
    tom = person(quiet_start=time(12), quiet_end=time(14))

    assert may_be_said_at(tom, calendar_of(tom, None), at(LONDON, 2026, 11, 18, 13)) == at(LONDON, 2026, 11, 18, 14)
    assert may_be_said_at(tom, calendar_of(tom, None), at(LONDON, 2026, 11, 18, 3)) == at(LONDON, 2026, 11, 18, 3)


def test_without_quiet_hours_free_days_end_when_work_starts() -> None:
    tom = person(quiet_start=time(0), quiet_end=time(0))

    assert not is_quiet(tom, time(3))
    assert may_be_said_at(tom, calendar_of(tom, None), at(LONDON, 2026, 11, 21, 3)) == at(LONDON, 2026, 11, 23, 9)


def test_working_days_are_ones_own() -> None:
    tom = person(workdays="67")

    assert works_on(tom, calendar_of(tom, None), date(2026, 11, 21))
    assert not works_on(tom, calendar_of(tom, None), date(2026, 11, 20))


def test_the_last_day_away_is_a_day_away() -> None:
    tom = person(absent_until=date(2026, 11, 20))

    assert is_absent(tom, date(2026, 11, 20))
    assert not is_absent(tom, date(2026, 11, 21))
    assert not works_on(tom, calendar_of(tom, None), date(2026, 11, 20))


def test_a_lunch_outside_the_hours_is_no_lunch() -> None:
    assert hours_of(person(work_start=time(14), work_end=time(22))).lunch is None


MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@given(wanted=MOMENTS, start=CLOCKS, end=CLOCKS, zone=st.sampled_from([LONDON, SHANGHAI, "America/New_York"]))
def test_it_is_never_earlier_never_quiet_and_settled(wanted: datetime, start: time, end: time, zone: str) -> None:
    tom = person(quiet_start=start, quiet_end=end, timezone=zone)
    calendar = calendar_of(tom, None)

    said = may_be_said_at(tom, calendar, wanted)

    assert said >= wanted
    assert not is_quiet(tom, local(said, zone).time())
    assert calendar.is_workday(local(said, zone).date(), hours_of(tom))
    assert may_be_said_at(tom, calendar, said) == said
