"""The times at the messages of a copied chat, as the messengers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.understanding.model import Context

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}"
DATE = (
    r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}月\d{1,2}日"
    rf"|(?:{_WEEKDAY},?\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s\d{{4}})?"
    rf"|今天|昨天|前天|[Tt]oday|[Yy]esterday|(?:星期|周)[一二三四五六日天]|{_WEEKDAY})"
)
_HOUR = r"(?:凌晨|早上|上午|中午|下午|晚上)?\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?![\d:])"
#: A clock with or without its day; groups ``day`` and ``clock``.
STAMP = rf"(?:(?P<day>{DATE})(?:,?\s+|T|,)(?:at\s+|um\s+)?)?(?P<clock>{_HOUR})"
_PARTS = re.compile(r"(凌晨|早上|上午|中午|下午|晚上)?\s?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s?([ap])?", re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})")
_YEAR_FIRST = re.compile(r"(\d{4})\D\s?(\d{1,2})\D\s?(\d{1,2})")
_HAN_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
EARLIEST_YEAR = 2000
_ORDERS = ("DMY", "MDY", "YMD")


@dataclass(frozen=True)
class Stamp:
    """As it was written: ``day`` None where only the hour stands."""

    day: str | None
    clock: str


def stamp_of(found: re.Match[str], prefix: str = "") -> Stamp:
    return Stamp(found[f"{prefix}day"], found[f"{prefix}clock"])


def resolved(stamps: Sequence[Stamp | None], context: Context) -> list[datetime | None]:
    """Naive wall-clock times. What has no day is of the day before it in the chat; where none has one, the last message
    is the newest that can be, and hours that go back are an earlier day's."""
    now = context.local_now
    order = _order(stamps, context)
    days = [_day(stamp.day, now, order) if stamp is not None and stamp.day else None for stamp in stamps]
    clocks = [_clock(stamp.clock) if stamp is not None else None for stamp in stamps]
    if not any(days):
        return _backwards(clocks, now)
    first = next(day for day in days if day is not None)
    times: list[datetime | None] = []
    for day, clock in zip(days, clocks, strict=True):
        first = day or first
        times.append(datetime.combine(first, clock) if clock is not None else None)
    return times


def _backwards(clocks: Sequence[time | None], now: datetime) -> list[datetime | None]:
    times: list[datetime | None] = []
    later = now
    for clock in reversed(clocks):
        if clock is None:
            times.append(None)
            continue
        at = datetime.combine(later.date(), clock)
        later = at if at <= later else at - timedelta(days=1)
        times.append(later)
    return times[::-1]


def _clock(written: str) -> time | None:
    found = _PARTS.search(written)
    if found is None:
        return None
    part, hour, minute, second, half = found[1] or "", int(found[2]), int(found[3]), int(found[4] or 0), found[5]
    if (part in {"下午", "晚上"} or (part == "中午" and hour < 11) or (half or "").lower() == "p") and hour < 12:
        hour += 12
    elif (half or "").lower() == "a" and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _order(stamps: Sequence[Stamp | None], context: Context) -> str:
    """The order in which all numeric days exist and none is ahead; the reader's own where several are."""
    written = {stamp.day for stamp in stamps if stamp is not None and stamp.day and _NUMERIC.fullmatch(stamp.day)}
    own = context.date_order if context.date_order != "YMD" else "DMY"
    now = context.local_now
    for order in (own, *_ORDERS):
        days = [_numeric(day, order) for day in written]
        if all(day is not None and day <= now.date() + timedelta(days=1) for day in days):
            return order
    return own


def _day(written: str, now: datetime, order: str) -> date | None:
    numeric = _numeric(written, order)
    if numeric is not None:
        return numeric
    for read in (_relative, _with_month):
        day = read(written, now)
        if day is not None:
            return day
    return None


def _numeric(written: str, order: str) -> date | None:
    found = _YEAR_FIRST.match(written)
    if found is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _NUMERIC.fullmatch(written)
    if found is None:
        return None
    parts = dict(zip(order, (int(found[1]), int(found[2]), int(found[3])), strict=True))
    return _date(parts["Y"] + 2000 if parts["Y"] < 100 else parts["Y"], parts["M"], parts["D"])


def _relative(written: str, now: datetime) -> date | None:
    low = written.lower()
    ago = {"今天": 0, "today": 0, "昨天": 1, "yesterday": 1, "前天": 2}.get(low)
    if ago is None:
        weekday = _weekday(low)
        if weekday is None:
            return None
        ago = (now.weekday() - weekday) % 7
    return now.date() - timedelta(days=ago)


def _weekday(low: str) -> int | None:
    if low.startswith(("星期", "周")):
        return "一二三四五六日天".index(low[-1]) % 7 if low[-1] != "天" else 6
    return _WEEKDAYS.index(low[:3]) if re.fullmatch(r"[a-z]+", low) and low[:3] in _WEEKDAYS else None


def _with_month(written: str, now: datetime) -> date | None:
    """A day with its month; without a year the last such day."""
    found = _HAN_DAY.fullmatch(written)
    if found is not None:
        return _latest(int(found[1]), int(found[2]), now)
    words = re.findall(r"[a-z]+|\d+", written.lower())
    month = next((_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month is None or not numbers:
        return None
    return _date(numbers[1], month, numbers[0]) if len(numbers) > 1 else _latest(month, numbers[0], now)


def _latest(month: int, day: int, now: datetime) -> date | None:
    return next((one for one in _years(month, day, now) if one <= now.date() + timedelta(days=1)), None)


def _years(month: int, day: int, now: datetime) -> Iterator[date]:
    for year in range(now.year, now.year - 5, -1):
        found = _date(year, month, day)
        if found is not None:
            yield found


def _date(year: int, month: int, day: int) -> date | None:
    """None also for a year in which nobody chatted: the first and the last of a calendar overflow in some zone."""
    if year < EARLIEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
