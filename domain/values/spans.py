"""Spans of working time as people write them: ``30m``, ``4h``, ``2d`` (working days), ``30分钟``."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

_SPAN = re.compile(
    r"\s*(\d{1,4})\s*(m|mins?|minutes?|h|hours?|d|days?|分钟|分|小时|个小时|天|个?工作日)\s*", re.IGNORECASE
)
_LETTERS = {"分": "m", "小": "h", "个": "h", "天": "d", "工": "d"}
_MINUTES = {"m": 1, "h": 60}


def tidy_span(text: str) -> str | None:
    """The span in short (``30m``); None for anything else, and for nothing."""
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None or not int(found[1]):
        return None
    unit = found[2].lower()
    letter = "d" if unit.endswith("工作日") else _LETTERS.get(unit[0], unit[0])
    return f"{int(found[1])}{letter}"


def read_span(text: str, a_day: timedelta) -> timedelta | None:
    """As working time, a working day being ``a_day`` long; None for what is no span."""
    plain = tidy_span(text)
    if plain is None:
        return None
    count, letter = int(plain[:-1]), plain[-1]
    return count * (timedelta(minutes=_MINUTES[letter]) if letter in _MINUTES else a_day)
