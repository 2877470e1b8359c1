"""Money as people write it in each language. Nothing is rounded away: what 万 or 亿 cannot say exactly stays whole."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_name, get_currency_symbol

from domain.values.money import Money
from handlers.rendering.reader import Reader

_SHORT_SIGNS = {"CNY": "¥", "JPY": "¥", **dict.fromkeys(("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"), "$")}
_LARGE_UNITS = ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万"))


@lru_cache(4096)
def show_money(money: Money, reader: Reader, language: str) -> str:
    """``£50,000`` or ``CN¥8,500.50`` in English, ``50万``, ``1.2亿``, ``8500元``, ``5万美元`` in Chinese."""
    if language.startswith("zh"):
        return _chinese(money)
    whole = money.value == money.value.to_integral_value()
    locale = _babel_locale(reader.locale, language)
    pattern = "¤#,##0" if whole else None
    shown = format_currency(money.value, money.currency, pattern, locale, currency_digits=not whole)
    if money.currency == reader.currency and money.currency in _SHORT_SIGNS:
        shown = shown.replace(get_currency_symbol(money.currency, locale), _SHORT_SIGNS[money.currency])
    return str(shown)


@lru_cache(64)
def _babel_locale(locale: str, language: str) -> Locale:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.replace("-", "_"))


def _chinese(money: Money) -> str:
    number, unit = _chinese_number(abs(money.value))
    sign = "-" if money.minor < 0 else ""
    if money.currency != "CNY":
        return f"{sign}{number}{unit}{get_currency_name(money.currency, locale='zh')}"
    return f"{sign}{number}{unit or '元'}"


def _chinese_number(value: Decimal) -> tuple[str, str]:
    """The digits, and 万 or 亿 where two decimals of it are exact."""
    for size, unit in _LARGE_UNITS:
        count = value / size
        if count >= 1 and count == round(count, 2):
            return f"{count.normalize():f}", unit
    whole = value == value.to_integral_value()
    digits = f"{value.to_integral_value()}" if whole else f"{value}"
    return (digits, "") if value < 10_000 else (f"{Decimal(digits):,}", "")
