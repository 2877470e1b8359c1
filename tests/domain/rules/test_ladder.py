"""The ladder for untouched leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.company.topics import ReminderLadder
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.model import Role, Staff
from domain.rules.ladder import MANAGER, OWNER, rungs_for, standing

WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


def owner(timezone: str = "Europe/London") -> Staff:
    return Staff(name="Tom", role=Role.REP, timezone=timezone, created_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("grade", "now", "reached", "next_at"),
    [
        (None, WEDNESDAY, 0, datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ("C", WEDNESDAY, 0, datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (None, datetime(2026, 11, 23, 8, 59, tzinfo=UTC), 0, datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (None, datetime(2026, 11, 23, 9, 0, tzinfo=UTC), 1, datetime(2026, 11, 25, 9, tzinfo=UTC)),
        (None, datetime(2026, 11, 25, 9, 0, tzinfo=UTC), 2, datetime(2026, 11, 27, 9, tzinfo=UTC)),
        (None, datetime(2026, 11, 27, 9, 0, tzinfo=UTC), 3, None),
        ("A", WEDNESDAY, 0, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        ("A", datetime(2026, 11, 19, 9, 0, tzinfo=UTC), 1, datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ("A", datetime(2026, 11, 25, 9, 0, tzinfo=UTC), 3, None),
    ],
)
def test_how_far_up(grade: str | None, now: datetime, reached: int, next_at: datetime | None) -> None:
    tom = owner()

    stands = standing(
        rungs_for(ReminderLadder(), grade),
        since=WEDNESDAY,
        owner=tom,
        calendar=calendar_of(tom, None),
        hours=hours_of(tom),
        now=now,
    )

    assert (stands.reached, stands.next_at) == (reached, next_at)


def test_the_owners_working_days_count() -> None:
    mei = owner("Asia/Shanghai")
    before_the_festival = datetime(2026, 2, 13, 2, 0, tzinfo=UTC)  # then free until the 23rd, and two Saturdays worked

    stands = standing(
        rungs_for(ReminderLadder(), None),
        since=before_the_festival,
        owner=mei,
        calendar=calendar_of(mei, None),
        hours=hours_of(mei),
        now=before_the_festival,
    )

    assert stands.next_at == datetime(2026, 2, 25, 1, 0, tzinfo=UTC)


def test_the_table_says_who_hears_of_it() -> None:
    ladder = ReminderLadder()
    for rungs in (rungs_for(ladder, grade) for grade in ("A", None)):
        assert [rung.after for rung in rungs] == sorted({rung.after for rung in rungs})
        assert [rung.tells for rung in rungs] == [(OWNER,), (OWNER, MANAGER), (OWNER, MANAGER)]
        assert [rung.at_risk for rung in rungs] == [False, False, True]
    assert rungs_for(ladder, "B") == rungs_for(ladder, None)
