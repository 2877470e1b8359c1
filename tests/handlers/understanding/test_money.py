"""Amounts of money, and numbers that are none."""

from decimal import Decimal

import pytest

from handlers.understanding.model import Amount
from handlers.understanding.money import find_amounts
from handlers.understanding.numerals import hanzi_amount


def find_amount(text: str, currency: str) -> Amount | None:
    return find_amounts(text, currency)[0]


@pytest.mark.parametrize(
    ("text", "value", "highest", "currency"),
    [
        ("预算20万左右", 200_000, None, "CNY"),
        ("最多8万5", 85_000, None, "CNY"),
        ("大概一百二十万", 1_200_000, None, "CNY"),
        ("两三百万", 2_000_000, 3_000_000, "CNY"),
        ("20-30万", 200_000, 300_000, "CNY"),
        ("3.5万/年", 35_000, None, "CNY"),
        ("三千五百元", 3_500, None, "CNY"),
        ("15w", 150_000, None, "CNY"),
        ("1.2亿", 120_000_000, None, "CNY"),
        ("2万美金", 20_000, None, "USD"),
        ("~50k", 50_000, None, "CNY"),
        ("250-300k", 250_000, 300_000, "CNY"),
        ("about 1.2m", 1_200_000, None, "CNY"),
        ("£45k", 45_000, None, "GBP"),
        ("s$12,800", 12_800, None, "SGD"),
        ("sgd 90k", 90_000, None, "SGD"),
        ("75,000 dollars", 75_000, None, "USD"),
        ("half a million", 500_000, None, "CNY"),
        ("twenty five grand", 25_000, None, "CNY"),
        ("9,900 a year", 9_900, None, "CNY"),
        ("12k not 15k", 12_000, None, "CNY"),
        ("不是20万是25万", 250_000, None, "CNY"),
        ("单价300元,总价15万", 150_000, None, "CNY"),
        ("20 seats at $50 per seat, total $1,000", 1_000, None, "USD"),
        ("八千六他嫌贵", 8_600, None, "CNY"),
        ("报价三千零五十", 3_050, None, "CNY"),
        ("单价一百二,总共六千八百", 6_800, None, "CNY"),
        ("设备款28万周五付", 280_000, None, "CNY"),
    ],
)
def test_amounts(text: str, value: int, highest: int | None, currency: str) -> None:
    found = find_amount(text, "CNY")

    assert found is not None
    assert (found.value, found.max, found.currency) == (Decimal(value), highest and Decimal(highest), currency)


@pytest.mark.parametrize(
    "text",
    [
        "invoice 4471",
        "20 seats",
        "100台",
        "一万台",
        "三千五百套",
        "隔壁家报价才一万二",
        "同行卖八千六",
        "50,000 users",
        "10%",
        "降5个点",
        "3 years",
        "version 12",
        "2026",
        "订单号 88213",
    ],
)
def test_no_money(text: str) -> None:
    assert find_amounts(text, "USD")[0] is None


def test_a_guess_is_vague() -> None:
    assert find_amounts("十来万", "CNY")[0].vague  # type: ignore[union-attr]
    assert not find_amounts("十万", "CNY")[0].vague  # type: ignore[union-attr]


def test_a_last_digit_counts_the_next_lower_unit() -> None:
    assert [hanzi_amount(text) for text in ("八万五", "一千二", "十五万八千", "三百零五", "一亿两千万")] == [
        85_000,
        1_200,
        158_000,
        305,
        120_000_000,
    ]
