from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.calendars import OFFICE_HOURS, Calendar, WorkingHours

CHINA, BRITAIN, AMERICA = Calendar("CN"), Calendar("GB"), Calendar("US")
SIX_DAYS = WorkingHours(start=time(8), end=time(17), lunch=None, weekdays=frozenset(range(6)))
SHANGHAI, LONDON, NEW_YORK = "Asia/Shanghai", "Europe/London", "America/New_York"
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
CALENDARS = st.sampled_from([CHINA, BRITAIN, AMERICA, Calendar("XX")])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "day", "worked"),
    [
        (CHINA, date(2026, 11, 20), True),
        (CHINA, date(2026, 11, 21), False),  # Saturday
        (CHINA, date(2026, 1, 1), False),
        (CHINA, date(2026, 2, 17), False),  # Spring Festival
        (CHINA, date(2026, 2, 14), True),  # make-up Saturday
        (CHINA, date(2026, 9, 20), True),  # make-up Sunday
        (CHINA, date(2026, 10, 7), False),  # in lieu
        (CHINA, date(2026, 10, 10), True),
        (CHINA, date(2027, 10, 1), False),  # statutory, though the year's make-up days are unknown
        (CHINA, date(2027, 10, 10), False),
        (CHINA, date(2027, 3, 1), True),
        (CHINA, date(2060, 10, 1), False),
        (Calendar("cn"), date(2026, 2, 14), True),
        (BRITAIN, date(2026, 12, 25), False),
        (BRITAIN, date(2026, 12, 28), False),  # Boxing Day falls on a Saturday
        (BRITAIN, date(2026, 11, 26), True),
        (AMERICA, date(2026, 11, 26), False),  # Thanksgiving
        (AMERICA, date(2026, 7, 3), False),  # Independence Day, observed
        (Calendar("XX"), date(2026, 12, 25), True),
        (Calendar(""), date(2026, 12, 26), False),
        (CHINA, date.min, True),
        (CHINA, date.max, True),
    ],
)
def test_workdays(calendar: Calendar, day: date, worked: bool) -> None:
    assert calendar.is_workday(day, OFFICE_HOURS) is worked


def test_saturday_is_worked_where_the_hours_say_so() -> None:
    assert CHINA.is_workday(date(2026, 11, 21), SIX_DAYS)
    assert not CHINA.is_workday(date(2026, 11, 22), SIX_DAYS)
    assert not CHINA.is_workday(date(2026, 10, 3), SIX_DAYS)


def test_entered_days_win() -> None:
    calendar = Calendar("CN", frozenset({date(2027, 2, 13), date(2026, 10, 1)}), frozenset({date(2026, 2, 14)}))

    assert calendar.is_workday(date(2027, 2, 13), OFFICE_HOURS)
    assert calendar.is_workday(date(2026, 10, 1), OFFICE_HOURS)
    assert not calendar.is_workday(date(2026, 2, 14), OFFICE_HOURS)


@pytest.mark.parametrize(
    ("calendar", "year", "known"),
    [
        (CHINA, 2025, True),
        (CHINA, 2003, False),
        (CHINA, 2200, False),
        (Calendar("CN", extra_workdays=frozenset({date(2200, 2, 13)})), 2200, True),
        (BRITAIN, 2060, True),
        (Calendar("XX"), 2026, False),
    ],
)
def test_known_years(calendar: Calendar, year: int, known: bool) -> None:
    assert calendar.knows(year) is known


@given(CALENDARS, st.dates())
def test_no_day_raises(calendar: Calendar, day: date) -> None:
    assert calendar.is_workday(day, OFFICE_HOURS) in (True, False)
    assert calendar.knows(day.year) in (True, False)


@pytest.mark.parametrize(
    ("calendar", "day", "n", "expected"),
    [
        (CHINA, date(2026, 11, 20), 1, date(2026, 11, 23)),
        (CHINA, date(2026, 2, 13), 1, date(2026, 2, 14)),
        (CHINA, date(2026, 2, 14), 1, date(2026, 2, 24)),
        (CHINA, date(2026, 9, 30), 3, date(2026, 10, 10)),
        (CHINA, date(2026, 10, 10), -3, date(2026, 9, 30)),
        (CHINA, date(2026, 11, 21), 0, date(2026, 11, 21)),
        (AMERICA, date(2026, 11, 25), 1, date(2026, 11, 27)),
    ],
)
def test_adding_workdays(calendar: Calendar, day: date, n: int, expected: date) -> None:
    assert calendar.add_workdays(day, n) == expected
    if n == 1:
        assert calendar.next_workday(day) == expected


@given(CALENDARS, DAYS, DAYS)
def test_counting_workdays_undoes_adding_them(calendar: Calendar, a: date, b: date) -> None:
    between = calendar.workdays_between(a, b)

    assert calendar.workdays_between(b, a) == -between
    if b > a and calendar.is_workday(b):
        assert calendar.add_workdays(a, between) == b


@pytest.mark.parametrize(
    ("calendar", "start", "hours_of_work", "zone", "expected"),
    [
        (CHINA, "2026-11-20T10:00+08:00", 1, SHANGHAI, "2026-11-20T11:00+08:00"),
        (CHINA, "2026-11-20T11:30+08:00", 1, SHANGHAI, "2026-11-20T13:30+08:00"),  # over lunch
        (CHINA, "2026-11-20T12:30+08:00", 1, SHANGHAI, "2026-11-20T14:00+08:00"),  # during lunch
        (CHINA, "2026-11-20T17:00+08:00", 1, SHANGHAI, "2026-11-20T18:00+08:00"),  # to the very end
        (CHINA, "2026-11-20T17:00+08:00", 2, SHANGHAI, "2026-11-23T10:00+08:00"),  # over the weekend
        (CHINA, "2026-11-20T23:00+08:00", 1, SHANGHAI, "2026-11-23T10:00+08:00"),
        (CHINA, "2026-11-20T03:00+08:00", 1, SHANGHAI, "2026-11-20T10:00+08:00"),
        (CHINA, "2026-02-13T17:00+08:00", 2, SHANGHAI, "2026-02-14T10:00+08:00"),  # a make-up Saturday
        (CHINA, "2026-02-14T17:00+08:00", 2, SHANGHAI, "2026-02-24T10:00+08:00"),  # Spring Festival
        (CHINA, "2026-11-16T09:00+08:00", 40, SHANGHAI, "2026-11-20T18:00+08:00"),  # a week
        (CHINA, "2026-11-21T09:00+08:00", 0, SHANGHAI, "2026-11-21T09:00+08:00"),
        (BRITAIN, "2026-03-27T17:00+00:00", 2, LONDON, "2026-03-30T10:00+01:00"),  # the clocks change between
        (BRITAIN, "2026-10-23T17:00+01:00", 2, LONDON, "2026-10-26T10:00+00:00"),
        (AMERICA, "2026-11-25T17:00-05:00", 2, NEW_YORK, "2026-11-27T10:00-05:00"),
        (CHINA, "2026-11-19T22:00+00:00", 1, SHANGHAI, "2026-11-20T10:00+08:00"),  # UTC is still on the day before
    ],
)
def test_working_time(calendar: Calendar, start: str, hours_of_work: int, zone: str, expected: str) -> None:
    amount = timedelta(hours=hours_of_work)
    due = calendar.add_working_time(at(start), amount, OFFICE_HOURS, zone)

    assert due == at(expected)
    assert due.tzinfo is UTC
    assert calendar.working_time_between(at(start), due, OFFICE_HOURS, zone) == amount
    assert calendar.working_time_between(due, at(start), OFFICE_HOURS, zone) == -amount


def test_a_night_shift_over_the_change_counts_real_hours() -> None:
    nights = WorkingHours(start=time(0), end=time(8), lunch=None, weekdays=frozenset(range(7)))
    calendar = Calendar("XX")
    midnight = at("2026-03-29T00:00+00:00")

    assert calendar.working_time_between(midnight, midnight + timedelta(hours=20), nights, LONDON) == timedelta(hours=7)
    assert calendar.add_working_time(midnight, timedelta(hours=7), nights, LONDON) == at("2026-03-29T08:00+01:00")


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    CALENDARS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=15)), st.sampled_from([SHANGHAI, LONDON, NEW_YORK])
)
def test_working_time_reads_back(calendar: Calendar, start: datetime, amount: timedelta, zone: str) -> None:
    due = calendar.add_working_time(start, amount, OFFICE_HOURS, zone)

    assert due >= start
    assert calendar.working_time_between(start, due, OFFICE_HOURS, zone) == amount


def test_only_aware_moments_and_forward() -> None:
    with pytest.raises(ValueError):
        CHINA.add_working_time(datetime(2026, 11, 20), timedelta(hours=1), OFFICE_HOURS, SHANGHAI)  # noqa: DTZ001
    with pytest.raises(ValueError):
        CHINA.add_working_time(at("2026-11-20T00:00+00:00"), -timedelta(hours=1), OFFICE_HOURS, SHANGHAI)


@pytest.mark.parametrize(
    ("start", "end", "lunch", "weekdays"),
    [
        (time(18), time(9), None, {0}),
        (time(9), time(9), None, {0}),
        (time(9), time(18), (time(8), time(10)), {0}),
        (time(9), time(18), (time(13), time(12)), {0}),
        (time(9), time(18), None, set()),
        (time(9), time(18), None, {7}),
    ],
)
def test_impossible_hours(start: time, end: time, lunch: tuple[time, time] | None, weekdays: set[int]) -> None:
    with pytest.raises(ValueError):
        WorkingHours(start=start, end=end, lunch=lunch, weekdays=frozenset(weekdays))
