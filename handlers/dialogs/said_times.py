"""A time that a person was asked for, in words: what it means, or why it cannot be meant."""

from __future__ import annotations

import re
from datetime import date

from domain.errors import CrmError
from domain.followups.errors import DateInThePast
from domain.values.writing import folded
from domain.values.zones import local
from handlers.context import ChatContext
from handlers.understanding import Moment, parse_past, parse_when

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH_NAME = re.compile(r"(?<![a-z0-9])[a-z]{3,}")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMED = (
    re.compile(rf"(?<![0-9:.])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_NAME}(?![a-z])"),
    re.compile(rf"(?<![a-z]){_NAME}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:])"),
)
_CHINESE = re.compile(r"(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]")
_ISO = re.compile(r"(?<![0-9])(?P<year>[12][0-9]{3})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])")


_NUMERIC = re.compile(
    r"(?<![0-9/.-])(?P<one>[0-9]{1,2})(?P<sep>[/.-])(?P<two>[0-9]{1,2})(?P=sep)(?P<year>[12][0-9]{3})(?![0-9])"
)
_HOUR = re.compile(
    r"(?<![0-9:.])(?:(?:2[5-9]|[3-9][0-9]):[0-5][0-9]|24:(?:0[1-9]|[1-5][0-9])|(?:[01]?[0-9]|2[0-4]):[6-9][0-9])(?![0-9:%])"
    r"|(?<=at )(?:2[5-9]|[3-9][0-9]):[6-9][0-9](?![0-9:%])"
    r"|(?<=[午晚早日天号一二三四五六末])(?:2[5-9]|[3-9][0-9])点(?![0-9])"
)


class TimeNotUnderstood(CrmError):
    code = "time-not-understood"


class ImpossibleDate(CrmError):
    """A day that no calendar has, such as 31 February."""

    code = "impossible-date"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


def impossible_date(text: str) -> str | None:
    """The first day or hour named in the text that does not exist, as it was typed. 29 February is a day of some year."""
    low = folded(text)
    for match in _NUMERIC.finditer(low):
        year, one, two = int(match["year"]), int(match["one"]), int(match["two"])
        if not (_exists(year, one, two) or _exists(year, two, one)):
            return match.group()
    hour = _HOUR.search(low)
    if hour is not None:
        return hour.group()
    for match in _ISO.finditer(low):
        if not _exists(int(match["year"]), int(match["month"]), int(match["day"])):
            return match.group()
    for match in _CHINESE.finditer(low):
        if not _may_exist(int(match["month"]), int(match["day"])):
            return match.group()
    for pattern in _NAMED:
        for match in pattern.finditer(low):
            if int(match["day"]) > 0 and not _may_exist(_MONTHS.index(match["name"]) + 1, int(match["day"])):
                return _MONTH_NAME.sub(lambda name: name.group().capitalize(), match.group().strip())
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _may_exist(month: int, day: int) -> bool:
    return 1 <= month <= len(_LONGEST_MONTHS) and 1 <= day <= _LONGEST_MONTHS[month - 1]


async def moment_said(ctx: ChatContext, text: str) -> Moment:
    """What somebody answered to "when?". Raises ImpossibleDate, DateInThePast and TimeNotUnderstood."""
    typed = impossible_date(text)
    if typed is not None:
        raise ImpossibleDate(typed=typed)
    reading = await ctx.reading()
    moment = parse_when(text, reading)
    if moment is None:
        moment = parse_past(text, reading)
    if moment is None:
        raise TimeNotUnderstood
    if moment.at.date() < local(ctx.event.at, ctx.actor.timezone).date():
        raise DateInThePast(when=moment.at.replace(tzinfo=ctx.zone))
    return moment
