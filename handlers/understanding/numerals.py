"""Numbers of money as people say them: 1,250.50, "four and a half", 八万五, and the zeros of k and 万."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from handlers.understanding.lexicon import sections

_SMALL = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_SMALL |= {
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
}
_SMALL |= {"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@cache
def zeros() -> dict[str, int]:
    """From k, 万 … to the zeros that it stands for."""
    return {word: int(zeros) for zeros, *some in lines_of("magnitude") for word in some}


def lines_of(section: str) -> list[list[str]]:
    return [line.split() for line in sections("money")[section]]


def scale_of(unit: str) -> int:
    scale = 1
    for character in unit:
        scale *= _HAN_UNITS[character]
    return scale


def hanzi_amount(text: str) -> int:
    """The value of a Chinese numeral with 万 and 亿, a trailing digit counting the next lower unit: 八万五 is 85 000."""
    total = section = 0
    digit: int | None = None
    last = 1
    for character in text:
        if character == "半":
            digit, last = 5, 1
            section = section or 0
            continue
        if character in HAN_DIGITS:
            digit = HAN_DIGITS[character]
            if digit == 0:
                last = 1
                digit = None
            continue
        unit = _HAN_UNITS[character]
        if unit >= 10_000:
            section += digit or 0
            total = (total + section) * unit if unit > 10_000 else total + (section or 1) * unit
            section = 0
        else:
            section += unit * (1 if digit is None else digit)
        digit, last = None, unit
    if digit is not None:
        section += digit * (last // 10 if last >= 100 else 1)
    return total + section


def tail_value(tail: str, magnitude: str) -> Decimal:
    """The 5 of 8万5: a digit counts thousands after 万, digits in full count as they stand."""
    unit = _HAN_UNITS.get(tail[-1], 0)
    digits = tail[:-1] if unit else tail
    number = Decimal(digits) if digits.isdigit() and digits.isascii() else Decimal(HAN_DIGITS[digits])
    if unit:
        return number * unit
    if len(str(int(number))) == 4:
        return number
    return number * Decimal(10) ** (zeros()[magnitude] - len(digits))


_AND_A_HALF = " and a half"  # thousand, million


def number_value(text: str, *, comma_decimals: bool = False) -> Decimal:
    text = text.strip()
    if text[0].isdigit():
        if text.count(".") > 1 or (comma_decimals and re.fullmatch(r"\d{1,3}\.\d{3}(?:,\d\d)?", text)):
            return Decimal(text.replace(".", "").replace(",", "."))
        return Decimal(text.replace(",", "").replace("'", ""))
    words = " ".join(text.replace("-", " ").split())
    if words.endswith(_AND_A_HALF):
        return number_value(words.removesuffix(_AND_A_HALF)) + Decimal("0.5")
    if words in {"half a", "half"}:
        return Decimal("0.5")
    if "quarter" in words:
        return Decimal("0.25")
    total = current = 0
    for word in words.split():
        if word == "hundred":
            current = (current or 1) * 100
        elif word != "and":
            current += _SMALL[word]
    total += current
    if not total:
        raise ValueError(text)
    return Decimal(total)
