"""Who hears a notification, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.notifications.hearing import hearing
from domain.notifications.kinds import KIND_OF, KINDS, WISHES, Wish, wish
from domain.notifications.model import Notification, NotificationState, Urgency
from domain.people.model import Role, Staff

NIGHT = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)


def person(staff_id: int = 1, **changed: Any) -> Staff:
    facts = {
        "name": f"Staff {staff_id}",
        "role": Role.REP,
        "timezone": "Europe/London",
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    made = Staff(**{**facts, **changed})
    made.id = staff_id
    return made


def row(key: str = "followup-due", **changed: Any) -> Notification:
    facts: dict[str, Any] = {
        "id": 1,
        "key": key,
        "facts": {},
        "due_at": NIGHT,
        "staff_id": 1,
        "contact_id": None,
        "channel": None,
        "place": None,
        "urgency": Urgency.NORMAL,
        "chosen": False,
        "dedupe_key": None,
        "card": None,
        "edit": None,
        "about": None,
        "extra": {},
        "state": NotificationState.PENDING,
        "attempts": 1,
        "reason": None,
        "action_id": None,
        "created_at": NIGHT,
        "sent_at": None,
    }
    return Notification(**{**facts, **changed})


@pytest.mark.parametrize(
    ("changed", "later"),
    [
        ({}, MORNING),
        ({"chosen": True}, None),
        ({"urgency": Urgency.URGENT}, None),
        ({"urgency": Urgency.DIRECT}, None),
        ({"edit": "17"}, None),
        ({"urgency": Urgency.DIGEST}, MORNING),
    ],
)
def test_quiet_hours_delay_only_what_the_system_chose(changed: dict[str, Any], later: datetime | None) -> None:
    heard = hearing(row(**changed), person(), deputies={}, company=None, now=NIGHT)

    assert heard.later == later
    assert heard.reason == ("quiet-hours" if later else None)


@pytest.mark.parametrize(("wanted", "reason"), [("off", "opted-out"), ("digest", "digest"), ("now", None), ("?", None)])
def test_what_its_reader_wants(wanted: str, reason: str | None) -> None:
    tom = person(preferences={"reminders": wanted})

    assert hearing(row(chosen=True), tom, deputies={}, company=None, now=NOON).reason == reason


def test_an_edit_is_said_whatever_its_reader_wants() -> None:
    tom = person(preferences={"reminders": "off"})

    assert hearing(row(edit="17"), tom, deputies={}, company=None, now=NOON).reason is None


def test_what_is_of_no_kind_is_always_said() -> None:
    tom = person(preferences=dict.fromkeys(KINDS, "off"))

    assert hearing(row("staff-unreachable"), tom, deputies={}, company=None, now=NOON).reason is None


@pytest.mark.parametrize(
    ("key", "deputy", "hears"),
    [
        ("followup-due", {}, 2),
        ("lead-assigned", {}, 2),
        ("comment-told", {}, 1),
        ("my-day", {}, 1),
        ("followup-due", {"is_active": False}, 1),
        ("followup-due", {"absent_until": date(2026, 11, 30)}, 1),
    ],
)
def test_a_deputy_hears_what_must_be_done(key: str, deputy: dict[str, Any], hears: int) -> None:
    tom = person(absent_until=date(2026, 11, 20), deputy_id=2)
    mei = person(2, **deputy)

    heard = hearing(row(key, chosen=True), tom, deputies={2: mei}, company=None, now=NOON)

    assert heard.hearer.id == hears
    assert (heard.instead_of is tom) is (hears == 2)


def test_nobody_stands_in_after_the_last_day() -> None:
    tom = person(absent_until=date(2026, 11, 17), deputy_id=2)

    assert hearing(row(chosen=True), tom, deputies={2: person(2)}, company=None, now=NOON).hearer is tom


def test_the_deputys_own_night_counts() -> None:
    tom = person(absent_until=date(2026, 11, 20), deputy_id=2)
    mei = person(2, timezone="Asia/Shanghai")

    heard = hearing(row(), tom, deputies={2: mei}, company=None, now=datetime(2026, 11, 18, 14, 0, tzinfo=UTC))

    assert heard.later == datetime(2026, 11, 19, 0, 0, tzinfo=UTC)


def test_every_key_is_of_one_kind_and_every_kind_can_be_switched() -> None:
    assert sum(len(keys) for keys in KINDS.values()) == len(KIND_OF)
    assert all(Wish.NOW in wishes and Wish.OFF in wishes for wishes in WISHES.values())
    assert wish(person(preferences={"day": "digest"}), "day") is Wish.NOW


def test_who_asks_somebody_to_stand_in_is_not_told_of_it_in_their_place() -> None:
    tom = person(absent_until=date(2026, 11, 20), deputy_id=2)
    mei = person(2)
    asked = row("deputy-asked", about="staff:2", urgency=Urgency.URGENT)
    assert hearing(asked, tom, deputies={2: mei}, company=None, now=NOON).hearer is tom
