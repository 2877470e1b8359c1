from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.zones import at_local, country_of_zone, end_of_day, local, start_of_day

ZONES = [
    "Asia/Shanghai",
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
]
DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 31))


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        (date(2026, 11, 27), time(10), "Asia/Shanghai", "2026-11-27T02:00"),
        (date(2026, 7, 1), time(9, 30), "Europe/London", "2026-07-01T08:30"),
        (date(2026, 12, 1), time(9, 30), "Europe/London", "2026-12-01T09:30"),
        (date(2026, 3, 29), time(1, 30), "Europe/London", "2026-03-29T01:30"),  # skipped: becomes 02:30
        (date(2026, 3, 8), time(2, 30), "America/New_York", "2026-03-08T07:30"),  # skipped: becomes 03:30
        (date(2026, 10, 25), time(1, 30), "Europe/London", "2026-10-25T00:30"),  # twice: the first
        (date(2026, 11, 1), time(1, 30, fold=1), "America/New_York", "2026-11-01T05:30"),  # twice: the first
        (date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", "2026-04-04T14:45"),  # half an hour twice
    ],
)
def test_wall_clock_times(day: date, at: time, zone: str, utc: str) -> None:
    assert at_local(day, at, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_skipped_time_moves_forward() -> None:
    moment = at_local(date(2026, 3, 8), time(2, 30), "America/New_York")

    assert local(moment, "America/New_York").time() == time(3, 30)


@given(DAYS, st.times(), st.sampled_from(ZONES))
def test_a_wall_clock_time_reads_back_unless_skipped(day: date, at: time, zone: str) -> None:
    moment = at_local(day, at, zone)
    wall = local(moment, zone)

    assert moment.tzinfo is UTC
    assert timedelta(0) <= wall.replace(tzinfo=None) - datetime.combine(day, at) <= timedelta(hours=1)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError):
        local(datetime(2026, 11, 21), "UTC")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 11, 21), "Asia/Shanghai", 24),
        (date(2026, 3, 29), "Europe/London", 23),
        (date(2026, 10, 25), "Europe/London", 25),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),  # began at 01:00
        (date(2026, 11, 1), "America/Havana", 25),
        (date(2011, 12, 30), "Pacific/Apia", 0),  # was left out
    ],
)
def test_the_length_of_a_day(day: date, zone: str, hours: int) -> None:
    assert end_of_day(day, zone) - start_of_day(day, zone) == timedelta(hours=hours)


@given(DAYS, st.sampled_from(ZONES))
def test_a_day_begins_on_its_date_and_ends_on_the_next(day: date, zone: str) -> None:
    assert local(start_of_day(day, zone), zone).date() == day
    assert local(start_of_day(day, zone) - timedelta(microseconds=1), zone).date() == day - timedelta(days=1)
    assert end_of_day(day, zone) == start_of_day(day + timedelta(days=1), zone)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Asia/Shanghai", "CN"),
        ("Asia/Urumqi", "CN"),
        ("Asia/Chongqing", "CN"),
        ("PRC", "CN"),
        ("Asia/Hong_Kong", "HK"),
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Singapore", "SG"),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("Nowhere/Atlantis", None),
        ("", None),
    ],
)
def test_countries(zone: str, country: str | None) -> None:
    assert country_of_zone(zone) == country


@given(st.text())
def test_any_text_has_a_country_or_none(zone: str) -> None:
    country = country_of_zone(zone)

    assert country is None or len(country) == 2
