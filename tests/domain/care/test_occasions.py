"""Whose day it is, and which words are fit for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.care.greetings import AT, days_on_earth
from domain.care.occasions import Care, Cared, UnfitWish, checked_wish, endings_on, falls_on, is_greeted_in
from domain.company.model import Company
from domain.values.zones import at_local


@pytest.mark.parametrize(
    ("kept", "day", "is_theirs"),
    [
        ("1985-03-12", date(2026, 3, 12), True),
        ("03-12", date(2026, 3, 12), True),
        ("03-12", date(2026, 3, 13), False),
        ("1992-02-29", date(2026, 2, 28), True),
        ("1992-02-29", date(2028, 2, 28), False),
        ("1992-02-29", date(2028, 2, 29), True),
        ("lunar 08-15", date(2026, 9, 25), True),
        ("lunar 1985-12-30", date(2026, 2, 16), True),  # the month had 29 days
        ("soon", date(2026, 3, 12), False),
        (None, date(2026, 3, 12), False),
    ],
)
def test_a_day_is_kept_by_its_own_calendar(kept: str | None, day: date, is_theirs: bool) -> None:
    assert falls_on(kept, day) is is_theirs
    if is_theirs and kept is not None:
        assert kept[-5:] in endings_on(day)  # or it would not be looked up


def care(*occasions: str, **settings: str) -> Care:
    return Care.of(Company(settings={**{f"care-on-{each}": "on" for each in occasions}, **settings}))


def person(**known: str) -> Cared:
    return Cared(
        contact_id=1,
        birthday=known.get("birthday"),
        anniversary=known.get("anniversary"),
        tags=("VIP",),
        grade=known.get("grade", "B"),
    )


@pytest.mark.parametrize(
    ("care", "day", "occasion"),
    [
        (care("birthday", "new-year"), date(2026, 1, 1), "birthday"),
        (care("new-year"), date(2026, 1, 1), "new-year"),
        (care("birthday"), date(2026, 1, 2), None),
        (care("anniversary"), date(2026, 5, 20), "anniversary"),
        (care("spring-festival"), date(2026, 2, 17), "spring-festival"),
        (care("dragon-boat"), date(2026, 6, 19), "dragon-boat"),
        (care("mid-autumn"), date(2026, 9, 25), "mid-autumn"),
        (care(), date(2026, 1, 1), None),
        (care("birthday", **{"care-tags": "vip"}), date(2026, 1, 1), "birthday"),
        (care("birthday", **{"care-tags": "other"}), date(2026, 1, 1), None),
        (care("birthday", **{"care-grades": "A"}), date(2026, 1, 1), None),
    ],
)
def test_ones_own_day_goes_before_everybodys(care: Care, day: date, occasion: str | None) -> None:
    assert care.occasion_of(person(birthday="01-01", anniversary="2019-05-20"), day) == occasion


def test_who_is_greeted_in_which_language() -> None:
    own = Company(settings={"care-text-christmas-zh-CN": "圣诞安好"})

    assert is_greeted_in(Company(), "spring-festival", "en")
    assert not is_greeted_in(Company(), "dragon-boat", "en")
    assert not is_greeted_in(Company(), "christmas", "zh-CN")
    assert is_greeted_in(own, "christmas", "zh-CN")


@pytest.mark.parametrize(
    ("occasion", "words", "why"),
    [
        ("dragon-boat", "{name}，端午快乐", "happy"),
        ("birthday", "端午节快乐！", "happy"),
        ("new-year", "清明安康", "mourning"),
        ("new-year", "亲，新年好", "familiar"),
        ("dragon-boat", "端午安康", None),
        ("birthday", "亲爱的{姓名}，生日快乐", None),
        ("birthday", "祝您和亲人平安", None),
    ],
)
def test_words_that_hurt_are_refused(occasion: str, words: str, why: str | None) -> None:
    if why is None:
        assert checked_wish(occasion, words) == words
        return
    with pytest.raises(UnfitWish) as refused:
        checked_wish(occasion, words)
    assert refused.value.facts["why"] == why


def test_a_day_is_planned_before_it_begins_anywhere() -> None:
    assert days_on_earth(datetime(2026, 3, 11, 8, 30, tzinfo=UTC)) == (date(2026, 3, 11), date(2026, 3, 12))


def test_ten_is_ten_also_after_a_night_on_which_the_clocks_change() -> None:
    assert at_local(date(2026, 3, 29), AT, "Europe/London") == datetime(2026, 3, 29, 9, tzinfo=UTC)
    assert at_local(date(2026, 10, 25), AT, "Europe/London") == datetime(2026, 10, 25, 10, tzinfo=UTC)
