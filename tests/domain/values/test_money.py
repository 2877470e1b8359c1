from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values.money import MixedCurrencies, Money

CURRENCIES = st.sampled_from(["CNY", "USD", "JPY", "KWD", "CLF"])
MINOR = st.integers(-(2**63) + 1, 2**63 - 1)


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [
        ("12.50", "CNY", 1250),
        (200000, "CNY", 20000000),
        (Decimal("0.1"), "USD", 10),
        ("1500", "JPY", 1500),
        ("1500.5", "JPY", 1501),
        ("1.2345", "KWD", 1235),
        ("1.2345", "CLF", 12345),
        ("-3.005", "EUR", -301),
        ("0.005", "EUR", 1),
        ("1e3", "EUR", 100000),
        ("7", "cny", 700),
        ("１２", "CNY", 1200),
        ("92233720368547758.07", "CNY", 2**63 - 1),
    ],
)
def test_whole_units_become_minor_units(value: Decimal | int | str, currency: str, minor: int) -> None:
    assert Money.of(value, currency) == Money(minor, currency.upper())


@pytest.mark.parametrize("value", ["", "many", "1,5", "NaN", "Infinity", "-inf", "1e400", "92233720368547758.08"])
def test_what_is_no_amount_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        Money.of(value, "CNY")


@pytest.mark.parametrize("currency", ["", "RMB¥", "US", "usdd", "元", "US1"])
def test_what_is_no_code_is_refused(currency: str) -> None:
    with pytest.raises(ValueError):
        Money.of(1, currency)
    with pytest.raises(ValueError):
        Money(1, currency)


@pytest.mark.parametrize(
    ("money", "text"), [(Money(1250, "CNY"), "12.50"), (Money(1500, "JPY"), "1500"), (Money(-5, "KWD"), "-0.005")]
)
def test_the_value_has_the_decimals_of_its_currency(money: Money, text: str) -> None:
    assert str(money.value) == text


@given(MINOR, CURRENCIES)
def test_the_value_gives_the_money_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)

    assert Money.of(money.value, currency) == money
    assert Money.of(str(money.value), currency) == money


def test_amounts_of_one_currency_add_up() -> None:
    assert Money.of("0.10", "USD") + Money.of("0.20", "USD") == Money.of("0.30", "USD")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(MixedCurrencies):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(TypeError):
        Money(1, "CNY") + 1  # type: ignore[operator]


def test_a_sum_too_large_for_the_database_is_refused() -> None:
    with pytest.raises(ValueError):
        Money(2**63 - 1, "CNY") + Money(1, "CNY")


@given(st.text(), st.text())
def test_any_text_is_money_or_a_value_error(value: str, currency: str) -> None:
    try:
        assert isinstance(Money.of(value, currency).minor, int)
    except ValueError as refusal:
        assert str(refusal)
