"""Birthdays by the solar or the Chinese lunar calendar, with or without the year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.values.writing import folded

_LUNAR_WORD = re.compile(r"农历|阴历|旧历|lunar")
_SOLAR_WORD = re.compile(r"公历|阳历|新历|solar|生日|birthday|:")
_WITH_YEAR = re.compile(r"(\d{4})[-/.年 ]\s*(\d{1,2})[-/.月 ]\s*(\d{1,2})[日号]?")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})[-/.月 ]\s*(\d{1,2})[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?")
# A leap month has the birthday of its ordinary month, which every year has.
_CHINESE = re.compile(
    r"(?:([\d〇零一二三四五六七八九]{4})年)?\s*[闰]?(正|腊|冬|十[一二]?|[一二三四五六七八九]|\d{1,2})月\s*"
    r"(初[一二三四五六七八九十]|廿[一二三四五六七八九]?|卅|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})[日号]?"
)
_LUNAR_STYLE = re.compile(r"[正腊冬闰]|初|廿|卅|除夕")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_MONTH_NAMES = {"正": 1, "冬": 11, "腊": 12}
# Not calendar.month_name, which follows the machine's locale.
_ENGLISH_MONTHS = tuple("january february march april may june july august september october november december".split())


@dataclass(frozen=True)
class Birthday:
    """``month`` and ``day`` of the solar or lunar year; ``str`` gives the text that ``parse_birthday`` reads.

    Raises ValueError for a day that no year has.
    """

    month: int
    day: int
    year: int | None = None
    lunar: bool = False

    def __post_init__(self) -> None:
        if self.year is not None and not 1850 <= self.year <= 2150:
            raise ValueError("no such year of birth")
        if self.lunar:
            if not (1 <= self.month <= 12 and 1 <= self.day <= 30):
                raise ValueError("no such lunar day")
        else:
            date(self.year or 2000, self.month, self.day)

    def __str__(self) -> str:
        year = f"{self.year:04}-" if self.year else ""
        return f"{'lunar ' if self.lunar else ''}{year}{self.month:02}-{self.day:02}"


def parse_birthday(text: str) -> Birthday | None:
    """``1985-03-12``, ``03-12``, 3月12日, ``12 March 1985``, 农历八月十五, ``lunar 8-15``; None for anything else.

    Lunar is what says so, and what is written as only lunar days are (正月初三, 腊月廿三).
    """
    if len(text) > 100:
        return None
    plain = folded(text)
    lunar = bool(_LUNAR_WORD.search(plain))
    plain = re.sub(r"[()]", " ", _SOLAR_WORD.sub(" ", _LUNAR_WORD.sub(" ", plain))).strip()
    found = _numbers(plain) or _english(plain) or _chinese(plain)
    if found is None:
        return None
    year, month, day = found
    try:
        return Birthday(month, day, year, lunar or bool(_LUNAR_STYLE.search(plain)))
    except ValueError:
        return None


def next_on(birthday: Birthday, after: date) -> date:
    """The first day after ``after`` on which it is celebrated; ask with yesterday to include today.

    February 29 is celebrated on the 28th in common years, the 30th of a short lunar month on its 29th.
    Raises OverflowError past the year 9999.
    """
    for year in range(after.year - 1, after.year + 3):
        for day in _celebrated(birthday, year):
            if day > after:
                return day
    raise OverflowError("no such birthday before the year 10000")


def _celebrated(birthday: Birthday, year: int) -> Iterator[date]:
    if not date.min.year <= year < date.max.year:
        return
    if birthday.lunar:
        yield _lunar_day(year, birthday.month, birthday.day)
    else:
        yield date(year, birthday.month, min(birthday.day, calendar.monthrange(year, birthday.month)[1]))


def _lunar_day(year: int, month: int, day: int) -> date:
    from lunar_python import Lunar, LunarMonth

    length = LunarMonth.fromYm(year, month).getDayCount()
    first = Lunar.fromYmd(year, month, 1).getSolar()
    return date(first.getYear(), first.getMonth(), first.getDay()) + timedelta(days=min(day, length) - 1)


def _numbers(text: str) -> tuple[int | None, int, int] | None:
    match = _WITH_YEAR.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return int(match[1]), int(match[2]), int(match[3])
    match = _WITHOUT_YEAR.fullmatch(text)
    return (None, int(match[1]), int(match[2])) if match else None


def _english(text: str) -> tuple[int | None, int, int] | None:
    match = _DAY_MONTH.fullmatch(text)
    if match:
        day, name, year = match[1], match[2], match[3]
    else:
        match = _MONTH_DAY.fullmatch(text)
        if match is None:
            return None
        name, day, year = match[1], match[2], match[3]
    months = [n for n, month in enumerate(_ENGLISH_MONTHS, 1) if len(name) > 2 and month.startswith(name)]
    return (int(year) if year else None, months[0], int(day)) if len(months) == 1 else None


def _chinese(text: str) -> tuple[int | None, int, int] | None:
    if text == "除夕":
        return None, 12, 30
    match = _CHINESE.fullmatch(text)
    if match is None:
        return None
    year = int("".join(str(_DIGITS.get(c, c)) for c in match[1])) if match[1] else None
    return year, _MONTH_NAMES.get(match[2]) or _chinese_number(match[2]), _chinese_number(match[3])


def _chinese_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    text = text.removeprefix("初")
    tens = {"廿": 20, "卅": 30}.get(text[:1])
    if tens:
        return tens + (_DIGITS[text[1]] if text[1:] else 0)
    if "十" in text:
        before, after = text.split("十")
        return 10 * (_DIGITS[before] if before else 1) + (_DIGITS[after] if after else 0)
    return _DIGITS[text]
