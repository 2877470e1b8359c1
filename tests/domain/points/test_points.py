"""Points without a database: what a line does to an account, what the rules give, and what the check finds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.company.topics import Points
from domain.points.checking import faults
from domain.points.errors import NotEnoughPoints
from domain.points.model import Cause, EntryKind, Ground, PointAccount, PointEntry
from domain.points.rules import expiry, let_through, worth

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
RULES = Points(since=date(2026, 11, 1), won={"CNY": 100, "JPY": 1000}, referral=50, survey=5)


def cause(source: str, *, at: datetime = NOW, of: int | None = None, turn: int = 1) -> Cause:
    return Cause(kind=EntryKind.WON if of is None else EntryKind.REVERSED, source=source, turn=turn, at=at, of=of)


def sale(basis: str, *, at: datetime = NOW) -> Ground:
    return Ground(source="opportunity:1", kind=EntryKind.WON, customer_id=7, basis=basis, at=at)


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("basis", "points"),
    [
        ("5000000 CNY", 500),
        ("9999 CNY", 0),
        ("10000 CNY", 1),
        ("5000000 EUR", 0),
        ("5000 JPY", 5),
        ("", 0),
        ("-5000000 CNY", 0),
    ],
)
def test_a_sale_is_worth_whole_points_of_currencies_that_have_a_rate(basis: str, points: int) -> None:
    assert worth(RULES, sale(basis), timezone="Asia/Shanghai") == points


def test_it_counts_from_a_day_of_the_company_on() -> None:
    last_of_october_in_shanghai = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)
    for at, points in ((last_of_october_in_shanghai, 0), (last_of_october_in_shanghai + timedelta(minutes=1), 100)):
        assert worth(RULES, sale("1000000 CNY", at=at), timezone="Asia/Shanghai") == points
    assert worth(Points(), sale("1000000 CNY"), timezone="UTC") == 0


def test_months_end_with_the_day_of_the_company() -> None:
    assert expiry(datetime(2027, 8, 31, 2, tzinfo=UTC), months=6, timezone="Asia/Shanghai") == datetime(
        2028, 2, 29, 16, tzinfo=UTC
    )
    assert expiry(NOW, months=0, timezone="UTC") is None
    assert expiry(datetime(2026, 12, 5, tzinfo=UTC), months=12, timezone="UTC") == datetime(2027, 12, 6, tzinfo=UTC)


def test_caps() -> None:
    assert [let_through(5, had=had, most=10) for had in (0, 5, 8, 12)] == [5, 5, 2, 0]
    assert let_through(5, had=1000, most=0) == 5


def test_rates_are_read_from_a_form_and_from_a_file() -> None:
    assert Points.model_validate({"won": "cny 100，USD 15"}).won == {"CNY": 100, "USD": 15}
    assert Points.model_validate({"won": "", "since": ""}) == Points()
    for wrong in ("100", "CNY 0", "XXX 5", "CNY lots"):
        with pytest.raises(ValidationError):
            Points.model_validate({"won": wrong})


# ---------------------------------------------------------------- an account


def test_what_expires_first_is_used_first_and_only_the_rest_expires() -> None:
    account = PointAccount(customer_id=7)
    entries = [
        account.enter(cause("a"), 100, expires_at=NOW + timedelta(days=30)),
        account.enter(cause("b"), 40),
        account.enter(cause("c"), 50, expires_at=NOW + timedelta(days=10)),
        account.enter(cause("d"), -70),
    ]
    assert [(lot.number, lot.left) for lot in account.lots] == [(1, 80), (2, 40)]
    assert account.let_expire(now=NOW + timedelta(days=29)) == []
    entries += account.let_expire(now=NOW + timedelta(days=30))
    assert (entries[-1].points, entries[-1].of, account.balance, account.expires_at) == (-80, 1, 40, None)
    with pytest.raises(NotEnoughPoints):
        account.enter(cause("e"), -41)
    assert (account.balance, account.entries) == (40, 5)
    assert faults(account, entries) == []


def test_a_reversal_takes_its_own_first() -> None:
    account = PointAccount(customer_id=7)
    account.enter(cause("a"), 100, expires_at=NOW + timedelta(days=10))
    account.enter(cause("b"), 100, expires_at=NOW + timedelta(days=30))
    account.enter(cause("b", of=2, turn=2), -100)
    assert [(lot.number, lot.left) for lot in account.lots] == [(1, 100)]


Step = tuple[int, int, int]


@given(st.lists(st.tuples(st.integers(-120, 120), st.integers(0, 40), st.integers(0, 9)), max_size=40))
def test_whatever_comes_the_lines_come_to_the_account(steps: list[Step]) -> None:
    account, entries, now, sources = PointAccount(customer_id=7), list[PointEntry](), NOW, count()
    for points, days, lifetime in steps:
        now += timedelta(days=days)
        entries += account.let_expire(now=now)
        of = next((lot.number for lot in account.lots), None) if points % 2 else None
        ends = now + timedelta(days=lifetime * 10) if lifetime else None
        try:
            entries.append(account.enter(cause(f"s:{next(sources)}", at=now, of=of), points, expires_at=ends))
        except NotEnoughPoints:
            assert account.balance + points < 0
        assert account.balance == sum(entry.points for entry in entries) == sum(lot.left for lot in account.lots)
        assert account.balance >= 0
    assert faults(account, entries) == []


def _ledger() -> tuple[PointAccount, list[PointEntry]]:
    account = PointAccount(customer_id=7)
    entries = [
        account.enter(cause("a"), 100, expires_at=NOW + timedelta(days=1)),
        account.enter(cause("b"), -30),
        *account.let_expire(now=NOW + timedelta(days=1)),
        account.enter(cause("a", turn=3), 10),
    ]
    return account, entries


def test_the_check_finds_what_was_tampered_with() -> None:
    def said(entry: int, **values: object) -> list[str]:
        account, entries = _ledger()
        for name, value in values.items():
            setattr(entries[entry], name, value)
        return faults(account, entries)

    account, entries = _ledger()
    assert faults(account, entries) == []
    assert faults(account, [*entries[:1], *entries[2:]]) == ["gap", "kept"]
    assert faults(account, entries[:-1]) == ["kept"]
    assert "sum" in said(0, points=90)
    assert "negative" in said(1, points=-300)
    assert "expiry" in said(2, at=NOW)
    assert said(2, of=2) == ["expiry"]
    assert said(3, turn=1) == ["turn"]
    account.balance = 11
    assert faults(account, entries) == ["kept"]
