"""Follow-ups that come again, on the owner's wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.followups.recurrence import BadRecurrence, Rule, next_after, pinned

LONDON, SHANGHAI, NEW_YORK = "Europe/London", "Asia/Shanghai", "America/New_York"


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("rule", "due", "following"),
    [
        ("FREQ=DAILY", (2026, 11, 20, 10), (2026, 11, 21, 10)),
        ("FREQ=DAILY;INTERVAL=3", (2026, 11, 20, 10), (2026, 11, 23, 10)),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", (2026, 11, 20, 10), (2026, 11, 23, 10)),
        ("FREQ=WEEKLY", (2026, 11, 20, 10), (2026, 11, 27, 10)),
        ("FREQ=WEEKLY;INTERVAL=2", (2026, 11, 20, 10), (2026, 12, 4, 10)),
        ("FREQ=WEEKLY;BYDAY=MO,TH", (2026, 11, 19, 10), (2026, 11, 23, 10)),
        ("FREQ=WEEKLY;BYDAY=MO,TH", (2026, 11, 23, 10), (2026, 11, 26, 10)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", (2026, 11, 19, 10), (2026, 11, 30, 10)),
        ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30", (2026, 11, 24, 15), (2026, 11, 30, 9, 30)),
        ("FREQ=MONTHLY", (2026, 11, 20, 10), (2026, 12, 20, 10)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", (2026, 1, 31, 10), (2026, 2, 28, 10)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", (2026, 2, 28, 10), (2026, 3, 31, 10)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", (2028, 1, 31, 10), (2028, 2, 29, 10)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", (2026, 4, 30, 10), (2026, 5, 31, 10)),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", (2026, 11, 1, 10), (2027, 2, 1, 10)),
        ("FREQ=MONTHLY;BYDAY=1MO", (2026, 12, 7, 10), (2027, 1, 4, 10)),
        ("FREQ=MONTHLY;BYDAY=-1FR", (2026, 11, 27, 10), (2026, 12, 25, 10)),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=4TU", (2026, 11, 24, 10), (2027, 2, 23, 10)),
        ("FREQ=YEARLY", (2026, 11, 20, 10), (2027, 11, 20, 10)),
        ("FREQ=YEARLY;BYMONTHDAY=29", (2028, 2, 29, 10), (2029, 2, 28, 10)),
        ("FREQ=YEARLY;BYMONTHDAY=29", (2031, 2, 28, 10), (2032, 2, 29, 10)),
    ],
)
def test_the_next_one(rule: str, due: tuple[int, ...], following: tuple[int, ...]) -> None:
    due_at = at(LONDON, *due)

    assert next_after(rule, due_at, LONDON, after=due_at) == at(LONDON, *following)


@pytest.mark.parametrize(
    ("zone", "due", "following", "utc_hours"),
    [
        (LONDON, (2026, 3, 27, 10), (2026, 4, 3, 10), (10, 9)),  # the clocks go forward between
        (LONDON, (2026, 10, 23, 10), (2026, 10, 30, 10), (9, 10)),  # and back
        (NEW_YORK, (2026, 3, 6, 9), (2026, 3, 13, 9), (14, 13)),
        (SHANGHAI, (2026, 3, 27, 10), (2026, 4, 3, 10), (2, 2)),
    ],
)
def test_the_hour_on_the_wall_stays(
    zone: str, due: tuple[int, ...], following: tuple[int, ...], utc_hours: tuple[int, int]
) -> None:
    due_at = at(zone, *due)
    found = next_after("FREQ=WEEKLY", due_at, zone, after=due_at)

    assert found == at(zone, *following)
    assert (due_at.hour, found.hour) == utc_hours


def test_an_hour_that_the_clocks_skip_is_an_hour_later() -> None:
    due_at = at(LONDON, 2026, 3, 28, 1, 30)

    assert next_after("FREQ=DAILY", due_at, LONDON, after=due_at) == at(LONDON, 2026, 3, 29, 2, 30)


def test_what_was_missed_is_not_made_up_for() -> None:
    due_at, now = at(LONDON, 2026, 11, 2, 10), at(LONDON, 2026, 11, 18, 9)

    assert next_after("FREQ=DAILY", due_at, LONDON, after=now) == at(LONDON, 2026, 11, 18, 10)
    assert next_after("FREQ=WEEKLY", due_at, LONDON, after=now) == at(LONDON, 2026, 11, 23, 10)


def test_done_early_is_still_the_next_one() -> None:
    due_at = at(LONDON, 2026, 11, 20, 10)

    assert next_after("FREQ=WEEKLY", due_at, LONDON, after=at(LONDON, 2026, 11, 18, 9)) == at(LONDON, 2026, 11, 27, 10)


def test_the_end_of_the_calendar_ends_it() -> None:
    due_at = datetime(9999, 12, 31, 10, tzinfo=UTC)

    assert next_after("FREQ=YEARLY", due_at, "UTC", after=due_at) is None


@pytest.mark.parametrize(
    ("rule", "has_hour", "kept"),
    [
        ("FREQ=WEEKLY", True, "FREQ=WEEKLY;BYDAY=FR;BYHOUR=10;BYMINUTE=0"),
        ("FREQ=WEEKLY", False, "FREQ=WEEKLY;BYDAY=FR"),
        ("FREQ=WEEKLY;BYDAY=MO", True, "FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0"),
        ("FREQ=MONTHLY", False, "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("FREQ=YEARLY;INTERVAL=2", False, "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=20"),
        ("freq=daily", True, "FREQ=DAILY;BYHOUR=10;BYMINUTE=0"),
    ],
)
def test_the_rule_is_kept_with_all_that_a_move_would_change(rule: str, has_hour: bool, kept: str) -> None:
    assert pinned(rule, at(SHANGHAI, 2026, 11, 20, 10), SHANGHAI, has_hour=has_hour) == kept


def test_a_moved_occurrence_moves_no_other() -> None:
    rule = pinned("FREQ=WEEKLY", at(LONDON, 2026, 11, 20, 10), LONDON, has_hour=True)
    moved_to = at(LONDON, 2026, 11, 23, 16)

    assert next_after(rule, moved_to, LONDON, after=moved_to) == at(LONDON, 2026, 11, 27, 10)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "weekly",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=x",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=1MO,1TU",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;BYHOUR=24",
    ],
)
def test_other_rules_are_refused(rule: str) -> None:
    with pytest.raises(BadRecurrence):
        Rule.parse(rule)


RULES = st.builds(
    Rule,
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 12),
    weekdays=st.just(()),
    month_day=st.just(None),
)
MOMENTS = st.integers(0, 60 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(rule=RULES, due_at=MOMENTS, after=MOMENTS, zone=st.sampled_from([LONDON, SHANGHAI, NEW_YORK]))
def test_the_next_one_is_later_and_in_step(rule: Rule, due_at: datetime, after: datetime, zone: str) -> None:
    after = min(after, due_at.replace(year=due_at.year + 1, day=min(due_at.day, 28)))
    found = next_after(str(rule), due_at, zone, after=after)

    assert found is not None
    assert found > max(due_at, after)
    assert Rule.parse(str(rule)) == rule
