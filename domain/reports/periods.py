"""The time that a report is asked for, in words: "last month", 上周, "last 30 days", Q3, 2026-10, "1 Oct to 15 Oct"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 3700  # days: ten years
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True)
class Period:
    """Whole days, both of them included."""

    first: date
    last: date


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def months_from(day: date, months: int) -> date:
    """The first of the month so many months later, or earlier."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def _quarter(year: int, quarter: int) -> Period:
    first = date(year, 3 * quarter - 2, 1)
    return Period(first, months_from(first, 3) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    return _quarter_near(day, 0)


def _quarter_near(day: date, step: int) -> Period:
    first = months_from(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3 * step)
    return _quarter(first.year, (first.month - 1) // 3 + 1)


def _unit(unit: str, step: int, today: date) -> Period:
    if unit in {"day", "天", "日"}:
        day = today + timedelta(days=step)
        return Period(day, day)
    if unit in {"week", "周", "星期"}:
        return week_of(today + timedelta(weeks=step))
    if unit in {"month", "月", "个月"}:
        return month_of(months_from(today, step))
    if unit in {"quarter", "季度", "季", "个季度"}:
        return _quarter_near(today, step)
    return Period(date(today.year + step, 1, 1), date(today.year + step, 12, 31))


def _days_back(count: int, unit: str, today: date) -> Period:
    """The last so many days, weeks or months, today included."""
    count = max(1, count)
    if unit in {"month", "月", "个月"}:
        first = months_from(today, -count)
        first = first.replace(day=min(today.day, monthrange(first.year, first.month)[1])) + timedelta(days=1)
    else:
        first = today - timedelta(days=count * (7 if unit in {"week", "周", "星期"} else 1) - 1)
    return Period(max(first, today - timedelta(days=LONGEST)), today)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS.get(text, 0)


def _named_month(month: int, today: date) -> Period:
    """The last one of that name, this month included."""
    return month_of(date(today.year if month <= today.month else today.year - 1, month, 1))


def _numeric(text: str) -> date | None:
    parts = [int(part) for part in re.split(r"[-/.年月日]", text) if part]
    try:
        day = date(parts[0], parts[1], parts[2])
    except (ValueError, IndexError):
        return None
    return day if 1970 <= day.year <= 9000 else None


_UNITS = "days?|weeks?|months?|quarters?|years?"
_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
Read = Callable[[re.Match[str], date], Period | None]
_NEAR = {"this": 0, "last": -1, "previous": -1, "next": 1, "本": 0, "这": 0, "这个": 0, "上": -1, "上个": -1, "下": 1, "下个": 1}  # fmt: skip


def _from_to(found: re.Match[str], today: date) -> Period | None:
    first, last = _numeric(found[1]), _numeric(found[2])
    if first is None or last is None:
        return None
    first, last = min(first, last), max(first, last)
    return Period(max(first, last - timedelta(days=LONGEST)), last)


def _one_day(found: re.Match[str], today: date) -> Period | None:
    day = _numeric(found[1])
    return None if day is None else Period(day, day)


def _year_month(found: re.Match[str], today: date) -> Period | None:
    year, month = int(found[1]), int(found[2])
    return month_of(date(year, month, 1)) if 1 <= month <= 12 and 1970 <= year <= 9000 else None


def _year(found: re.Match[str], today: date) -> Period | None:
    return Period(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))


_GRAMMAR: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?:from\s+|从)?({_DAY})\s*(?:to|until|-|–|~|到|至)\s*({_DAY})", _from_to),
        (rf"({_DAY})", _one_day),
        (r"(20\d\d)\s*(?:-|/|年)\s*(\d{1,2})(?:月)?(?!\d)", _year_month),
        (rf"(?:the\s+)?(?:last|past)\s+(\d{{1,4}})\s+({_UNITS})\b", lambda f, t: _days_back(int(f[1]), f[2].rstrip("s"), t)),
        (r"(?:最近|近|过去)\s*(\d{1,4}|[一二两三四五六七八九十])\s*(天|日|周|星期|个月|月)", lambda f, t: _days_back(_number(f[1]), f[2], t)),
        (r"\b(this|last|previous|next)\s+(day|week|month|quarter|year)\b", lambda f, t: _unit(f[2], _NEAR[f[1]], t)),
        (r"(本|这个|这|上个|上|下个|下)(周|星期|月|季度|季)", lambda f, t: _unit(f[2], _NEAR[f[1]], t)),
        (r"\btoday\b|今天|今日", lambda f, t: Period(t, t)),
        (r"\byesterday\b|昨天|昨日", lambda f, t: _unit("day", -1, t)),
        (r"今年", lambda f, t: _unit("year", 0, t)),
        (r"去年", lambda f, t: _unit("year", -1, t)),
        (r"(?:(20\d\d)\s*)?\bq([1-4])\b(?:\s*(20\d\d))?", lambda f, t: _quarter(int(f[1] or f[3] or t.year), int(f[2]))),
        (r"(?:(20\d\d)年)?第?([一二三四1-4])季度", lambda f, t: _quarter(int(f[1] or t.year), _number(f[2]))),
        (rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\s+(20\d\d)\b", lambda f, t: month_of(date(int(f[2]), _MONTHS.index(f[1]) + 1, 1))),
        (rf"\b({'|'.join(_MONTHS)})(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\b", lambda f, t: _named_month(_MONTHS.index(f[1]) + 1, t)),
        (r"(1[0-2]|[1-9])月份?", lambda f, t: _named_month(int(f[1]), t)),
        (r"\b(20\d\d)年?(?!\d)", _year),
        (r"全部|\ball time\b", lambda f, t: Period(t - timedelta(days=LONGEST), t)),
    )
)  # fmt: skip


def read_period(text: str, today: date) -> tuple[Period | None, str]:
    """The first time that is named, and the words without it. ``text`` is in small letters and half width."""
    for pattern, read in _GRAMMAR:
        found = pattern.search(text)
        period = read(found, today) if found else None
        if found is not None and period is not None:
            return period, f"{text[: found.start()]} {text[found.end() :]}".strip()
    return None, text
