"""Working hours as people write them: ``9:00-12:00 13:00-18:00``; a whole week as one line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import time

from domain.values.calendars import Week
from domain.values.working_time import Span

_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|~|到|至)\s*(\d{1,2})(?::(\d{2}))?")
_BETWEEN = re.compile(r"[\s,、，和]+|and")


def write_week(week: Week) -> str:
    """In short, as ``Mon-Fri 09:00-18:00``: days in a row with the same hours stand together."""
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
