"""What something earns by the company's rules, until when, and how much of it a day lets through."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.company.topics import Points
from domain.points.model import MOST_POINTS, EntryKind, Ground
from domain.values.money import Money
from domain.values.zones import end_of_day, local

BEFORE_EXPIRY = timedelta(days=60)
"""So long ahead a statement says what is about to expire."""


def worth(rules: Points, ground: Ground, *, timezone: str) -> int:
    """The points of it, signed: as decided, or by the rules, which give 0 for what came about before they counted."""
    if ground.points is not None:
        return ground.points
    if rules.since is None or local(ground.at, timezone).date() < rules.since:
        return 0
    return rules.survey if ground.kind is EntryKind.SURVEY else _of_sale(rules.won, ground.basis)


def _of_sale(rates: Mapping[str, int], basis: str) -> int:
    """One point for each full so many of a currency; others earn nothing, because nobody said what they are worth."""
    minor, _, currency = basis.partition(" ")
    rate = rates.get(currency)
    if rate is None:
        return 0
    return max(0, min(int(minor) // (rate * Money.of(1, currency).minor), MOST_POINTS))


def expiry(at: datetime, *, months: int, timezone: str) -> datetime | None:
    """The end of the day so many months on, in the company's zone; None where points do not expire."""
    if not months:
        return None
    return end_of_day(_months_on(local(at, timezone).date(), months), timezone)


def _months_on(day: date, months: int) -> date:
    """The same day of the month, or its last: six months after 31 August it is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def let_through(wanted: int, *, had: int, most: int) -> int:
    """What a cap leaves of it; ``most`` 0 is no cap."""
    return wanted if not most else min(wanted, max(0, most - had))
