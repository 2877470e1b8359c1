"""When My day is planned, and how follow-ups stand in a reader's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.followups.model import FollowupStatus
from domain.followups.queries import FollowupView
from domain.notifications.agenda import Due, due_state, team_of
from domain.notifications.days import day_moment, last_moment, planned_day, previous_moment
from domain.people.model import Role, Staff

AHEAD = timedelta(minutes=6)
LONDON = "Europe/London"


def person(**changed: Any) -> Staff:
    facts = {"name": "Tom", "role": Role.REP, "timezone": LONDON, "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    staff_id = changed.pop("id", 1)
    made = Staff(**{**facts, **changed})
    made.id = staff_id
    return made


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("changed", "moment"),
    [
        ({}, utc(2026, 11, 18, 8, 30)),
        ({"timezone": "Asia/Shanghai"}, utc(2026, 11, 18, 0, 30)),
        ({"work_start": time(14), "work_end": time(22)}, utc(2026, 11, 18, 13, 30)),
        ({"work_start": time(0, 10)}, utc(2026, 11, 18, 0, 0)),
        ({"preferences": {"day-at": "07:15"}}, utc(2026, 11, 18, 7, 15)),
    ],
)
def test_the_hour_of_my_day(changed: dict[str, Any], moment: datetime) -> None:
    assert day_moment(person(**changed), date(2026, 11, 18)) == moment


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 27), utc(2026, 3, 27, 8, 30)),
        (date(2026, 3, 30), utc(2026, 3, 30, 7, 30)),
        (date(2026, 10, 23), utc(2026, 10, 23, 7, 30)),
        (date(2026, 10, 26), utc(2026, 10, 26, 8, 30)),
    ],
)
def test_the_hour_on_the_wall_stays_when_the_clocks_change(day: date, moment: datetime) -> None:
    assert day_moment(person(), day) == moment


@pytest.mark.parametrize(
    ("now", "is_planned"),
    [
        (utc(2026, 11, 18, 8, 23), False),
        (utc(2026, 11, 18, 8, 24), True),
        (utc(2026, 11, 18, 8, 30), True),
        (utc(2026, 11, 18, 17, 59), True),
        (utc(2026, 11, 18, 18, 0), False),
        (utc(2026, 11, 21, 8, 30), False),  # Saturday
        (utc(2026, 12, 25, 8, 30), False),
    ],
)
def test_when_it_is_planned(now: datetime, is_planned: bool) -> None:
    planned = planned_day(person(), None, now, ahead=AHEAD)

    assert (planned is not None) is is_planned
    if planned is not None:
        assert planned.dedupe_key == f"myday:1:{now.date().isoformat()}"
        assert planned.due_at == utc(2026, 11, 18, 8, 30)


def test_in_the_small_hours_the_day_ahead_is_planned() -> None:
    planned = planned_day(person(work_start=time(0, 10)), None, utc(2026, 11, 17, 23, 55), ahead=AHEAD)

    assert planned is not None
    assert planned.facts["day"] == date(2026, 11, 18)


@pytest.mark.parametrize(
    "changed",
    [
        {"preferences": {"day": "off"}},
        {"absent_until": date(2026, 11, 18)},
        {"created_at": utc(2026, 11, 18, 8, 45)},
        {"workdays": "1245"},
    ],
)
def test_for_whom_it_is_not_planned(changed: dict[str, Any]) -> None:
    assert planned_day(person(**changed), None, utc(2026, 11, 18, 9, 0), ahead=AHEAD) is None


def test_it_can_still_be_said_when_somebody_asks_for_it_in_the_evening() -> None:
    tom = person(preferences={"day-at": "19:00"})

    assert last_moment(tom, date(2026, 11, 18)) == utc(2026, 11, 18, 19, 30)


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (utc(2026, 11, 18, 8, 30), utc(2026, 11, 17, 8, 30)),
        (utc(2026, 11, 18, 15, 0), utc(2026, 11, 17, 8, 30)),
        (utc(2026, 11, 23, 8, 30), utc(2026, 11, 20, 8, 30)),
        (utc(2026, 3, 30, 7, 30), utc(2026, 3, 27, 8, 30)),
        (utc(2026, 12, 29, 8, 30), utc(2026, 12, 24, 8, 30)),
    ],
)
def test_a_digest_counts_from_the_working_day_before(now: datetime, since: datetime) -> None:
    assert previous_moment(person(), None, now) == since


def view(due_at: datetime, *, has_hour: bool) -> FollowupView:
    return FollowupView(
        id=1,
        owner_id=1,
        owner_name="Tom",
        note="",
        due_at=due_at,
        has_hour=has_hour,
        is_deadline=False,
        chosen=True,
        recurrence=None,
        status=FollowupStatus.OPEN,
        closed_at=None,
        accepted_at=None,
        record=None,
        record_id=None,
        title=None,
        contact_name=None,
        phone=None,
    )


@pytest.mark.parametrize(
    ("due_at", "has_hour", "zone", "state"),
    [
        (utc(2026, 11, 18, 8, 0), True, LONDON, Due.OVERDUE),
        (utc(2026, 11, 18, 10, 0), True, LONDON, Due.TODAY),
        (utc(2026, 11, 18, 8, 0), False, LONDON, Due.TODAY),
        (utc(2026, 11, 17, 23, 0), False, LONDON, Due.OVERDUE),
        (utc(2026, 11, 19, 0, 0), True, LONDON, Due.LATER),
        (utc(2026, 11, 17, 23, 0), False, "Asia/Shanghai", Due.TODAY),  # seven in the morning there
        (utc(2026, 11, 18, 15, 59), True, "Asia/Shanghai", Due.TODAY),
        (utc(2026, 11, 18, 16, 0), True, "Asia/Shanghai", Due.LATER),
        (utc(2026, 11, 18, 3, 0), False, "America/New_York", Due.OVERDUE),
    ],
)
def test_today_is_the_readers(due_at: datetime, has_hour: bool, zone: str, state: Due) -> None:
    assert due_state(view(due_at, has_hour=has_hour), now=utc(2026, 11, 18, 9, 0), zone=zone) is state


def test_a_leap_day_is_a_day() -> None:
    now = utc(2028, 2, 29, 9, 0)

    assert due_state(view(utc(2028, 2, 29, 18, 0), has_hour=False), now=now, zone=LONDON) is Due.TODAY
    assert due_state(view(utc(2028, 2, 28, 18, 0), has_hour=False), now=now, zone=LONDON) is Due.OVERDUE
    assert due_state(view(utc(2028, 3, 1, 0, 0), has_hour=False), now=now, zone=LONDON) is Due.LATER


def test_whose_digest_is_about_whom() -> None:
    sales = person(id=1, team="Sales")
    north = person(id=2, team="North")
    gone = person(id=3, team="Sales", is_active=False)
    everybody = [sales, north, gone]

    assert team_of(person(role=Role.MANAGER, team="Sales"), everybody) == [sales]
    assert team_of(person(role=Role.MANAGER, team=None), everybody) == [sales, north]
    assert team_of(person(role=Role.ADMIN, team="Sales"), everybody) == [sales, north]
