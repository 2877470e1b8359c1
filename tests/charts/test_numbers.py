from __future__ import annotations

import pytest

from charts.model import Unit
from charts.numbers import short


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (0, Unit.COUNT, "0", "0"),
        (4321, Unit.COUNT, "4,321", "4,321"),
        (12_345, Unit.COUNT, "12.3K", "1.2万"),
        (-0.04, Unit.COUNT, "0", "0"),
        (8500, Unit.MONEY, "8.5K", "8,500"),
        (50_000, Unit.MONEY, "50K", "5万"),
        (120_000_000, Unit.MONEY, "120M", "1.2亿"),
        (-3_500_000, Unit.MONEY, "-3.5M", "-350万"),
        (9e18, Unit.MONEY, "9,000,000,000B", "90,000,000,000亿"),
        (12.5, Unit.DAYS, "12.5 d", "12.5天"),
        (85, Unit.PERCENT, "85%", "85%"),
    ],
)
def test_values_are_short_and_in_the_readers_own_steps(value: float, unit: Unit, english: str, chinese: str) -> None:
    assert short(value, unit=unit, language="en") == english
    assert short(value, unit=unit, language="zh-CN") == chinese
