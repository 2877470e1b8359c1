"""A week of working hours as people write it: ``Mon-Fri 9:00-12:00 13:00-18:00; Sat 10-14``, ``周一至周五 9:00-18:00``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import time

from domain.values.calendars import Week
from domain.values.working_time import Span

_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = "一二三四五六日"
_DAY = r"(?:(?:周|星期|礼拜)[一二三四五六日天]|[a-z]{3,9}|[1-7])"
_PART = re.compile(rf"(?P<first>{_DAY})(?:\s*(?:-|~|to|到|至)\s*(?P<last>{_DAY}))?\s*:?\s+(?P<hours>.+)")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|~|到|至)\s*(\d{1,2})(?::(\d{2}))?")
_BETWEEN = re.compile(r"[\s,、，和]+|and")


def read_week(text: str) -> Week | None:
    """The week that was meant, or None. A day that is not named is free; one named twice has what was said last."""
    days: list[tuple[Span, ...]] = [()] * 7
    for part in re.split(r"[;；\n]", _plain(text)):
        if not part.strip():
            continue
        found = _PART.fullmatch(part.strip())
        spans = found and read_spans(found["hours"])
        first = found and _weekday(found["first"])
        last = first if not found or found["last"] is None else _weekday(found["last"])
        if spans is None or first is None or last is None:
            return None
        for step in range((last - first) % 7 + 1):
            days[(first + step) % 7] = spans
    try:
        return Week(tuple(days))
    except ValueError:
        return None


def write_week(week: Week) -> str:
    """As ``read_week`` takes it, in short: days in a row with the same hours stand together."""
    parts: list[str] = []
    first = 0
    for weekday in range(1, 8):
        if weekday == 7 or week.days[weekday] != week.days[first]:
            if week.days[first]:
                days = _ENGLISH[first].title() + (f"-{_ENGLISH[weekday - 1].title()}" if weekday - 1 > first else "")
                parts.append(f"{days} {write_spans(week.days[first])}")
            first = weekday
    return "; ".join(parts)


def write_spans(spans: Sequence[Span]) -> str:
    return " ".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in spans)


def _plain(text: str) -> str:
    return re.sub("[–—－]", "-", unicodedata.normalize("NFKC", text)).lower()


def _weekday(word: str) -> int | None:
    if word.isdigit():
        return int(word) - 1
    if word[-1] in _CHINESE + "天":
        return 6 if word[-1] == "天" else _CHINESE.index(word[-1])
    return _ENGLISH.index(word[:3]) if word[:3] in _ENGLISH else None


def read_spans(text: str) -> tuple[Span, ...] | None:
    """The stretches of one day (``9:00-12:00 13:00-18:00``), as they were written; None for anything else, and for none.

    Work until midnight ends a minute before it: no hours go over midnight.
    """
    spans = []
    text = _plain(text)
    for piece in filter(None, _BETWEEN.split(re.sub(r"\s*(-|~|到|至)\s*", r"\1", text))):
        found = _SPAN.fullmatch(piece)
        begins, ends = (_time(found[1], found[2]), _time(found[3], found[4])) if found else (None, None)
        if begins is None or ends is None:
            return None
        spans.append((begins, ends))
    return tuple(spans) or None


def _time(hour: str, minute: str | None) -> time | None:
    if (int(hour), int(minute or 0)) == (24, 0):
        return time(23, 59)
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None
