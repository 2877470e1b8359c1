"""Facts as their reader sees them: dates, spans, money, lists, secrets. Chosen by type, worded by the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from fluent.runtime.types import FluentType, fluent_number

from domain.values.money import Money
from handlers.chat import Phrase
from handlers.rendering.amounts import show_money
from handlers.rendering.catalogue import Catalogue, catalogue
from handlers.rendering.functions import NOTHING, Moment, PlainInt
from handlers.rendering.own_words import OwnWords
from handlers.rendering.reader import Reader
from handlers.rendering.secrets import Secret, mask, show
from handlers.rendering.wording import clean

log = structlog.get_logger()
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_LONG_AGO = timedelta(days=60)


@dataclass(frozen=True)
class View:
    """How one reader sees facts at one moment. Without ``now`` no day is called today and every date has its year."""

    texts: Catalogue
    reader: Reader
    zone: ZoneInfo
    now: datetime | None
    masked: bool
    common: Mapping[str, str]
    own: OwnWords

    def say(self, key: str, facts: Mapping[str, Any], *, part: str | None = None) -> str:
        """The text of ``key`` with plain Python ``facts``; what an attribute of the message says with ``part``."""
        if key in self.own and part is None:
            own = self.own[key].get(self.texts.language)
            if own is not None:
                return clean(own)
        shown: dict[str, Any] = dict(self.common)
        for name, value in facts.items():
            shown[name] = self.fact(value)
        return self.texts.text(key, shown, part=part)

    def fact(self, value: Any) -> Any:
        """One fact as Fluent takes it. A type that nobody taught us shows nothing and is logged by its name."""
        for kind in type(value).__mro__:
            convert = _CONVERT.get(kind)
            if convert is not None:
                return convert(value, self)
        log.error("fact-unknown", kind=type(value).__name__)
        return NOTHING

    def plain(self, value: Any) -> str:
        """One fact as text."""
        shown = self.fact(value)
        return shown.format(self.texts.locale) if isinstance(shown, FluentType) else str(shown)

    # ------------------------------------------------------------ times

    def moment(self, at: date) -> str:
        if not isinstance(at, datetime):
            return self.day(at)
        key = "moment-near" if self._days_away(at) in _NEAR else "moment"
        return self.texts.text(key, {"date": self.day(at), "time": self.clock(at)})

    def day(self, at: date) -> str:
        away = self._days_away(at)
        if away in _NEAR:
            return self.texts.text(f"day-{_NEAR[away]}")
        this_year = self._today is not None and at.year == self._today.year
        return _calendar_day(self.texts, at.year, at.month, at.day, with_year=not this_year)

    def plain_date(self, at: date) -> str:
        """Without its weekday, and always with its year: as a report names its days."""
        parts = {"day": str(at.day), "month": self.texts.text(f"month-{at.month}"), "year": str(at.year)}
        return self.texts.text("date-alone", parts)

    def period(self, first: date, last: date) -> str:
        """``Nov 2026``, ``16–22 Nov 2026``, ``28 Sep – 22 Nov 2026``: what both ends share is said once."""
        if first == last:
            return self.plain_date(first)
        if first.year != last.year:
            key = "period-of-years"
        elif first.month != last.month:
            key = "period-of-year" if _is_whole(first, last, months=12) else "period-of-months"
        else:
            key = "period-of-month" if _is_whole(first, last, months=1) else "period-of-days"
        return self.texts.text(key, {**self._date_parts("first", first), **self._date_parts("last", last)})

    def _date_parts(self, name: str, day: date) -> dict[str, str]:
        month = self.texts.text(f"month-{day.month}")
        return {f"{name}-day": str(day.day), f"{name}-month": month, f"{name}-year": str(day.year)}

    def clock(self, at: date) -> str:
        return f"{at:%H:%M}" if isinstance(at, datetime) else ""

    def ago(self, at: date) -> str:
        if self.now is None:
            return self.day(at)
        if not isinstance(at, datetime):
            days = self._days_away(at) or 0
            return self.day(at) if abs(days) <= 1 or abs(days) > _LONG_AGO.days else self._away(timedelta(days=days))
        span = at - self.now
        return self.day(at) if abs(span) > _LONG_AGO else self._away(span)

    def _away(self, span: timedelta) -> str:
        if abs(span) < timedelta(minutes=1):
            return self.texts.text("just-now")
        key = "span-ago" if span < timedelta(0) else "span-ahead"
        return self.texts.text(key, {"span": show_span(self.texts, span, parts=1)})

    def _days_away(self, at: date) -> int | None:
        if self._today is None:
            return None
        day = at.date() if isinstance(at, datetime) else at
        return (day - self._today).days

    @cached_property
    def _today(self) -> date | None:
        return None if self.now is None else self.now.astimezone(self.zone).date()


def view(
    reader: Reader,
    language: str,
    *,
    now: datetime | None,
    masked: bool = False,
    common: Mapping[str, str],
    own: OwnWords = MappingProxyType({}),
) -> View:
    """``language`` is one of ``locales.LANGUAGES``; ``common`` are facts that every text may use, ``own`` the company's
    words in place of the catalogue's."""
    return View(catalogue(language), reader, _zone(reader.timezone), now, masked, common, own)


@lru_cache(256)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return ZoneInfo("UTC")


def _is_whole(first: date, last: date, *, months: int) -> bool:
    return first.day == 1 and last.month - first.month == months - 1 and (last + timedelta(days=1)).day == 1


@lru_cache(2048)
def _calendar_day(texts: Catalogue, year: int, month: int, day: int, *, with_year: bool) -> str:
    parts = {
        "weekday": texts.text(f"weekday-{date(year, month, day).isoweekday()}"),
        "day": str(day),
        "month": texts.text(f"month-{month}"),
        "year": str(year),
    }
    return texts.text("date-other-year" if with_year else "date-this-year", parts)


def show_span(texts: Catalogue, span: timedelta, *, parts: int = 2) -> str:
    """``2 h``, ``1 h 30 min``, ``3 days``: its one or two largest units; from three days on only days."""
    seconds = round(abs(span).total_seconds())
    if seconds < 60:
        return texts.text("span-seconds", {"count": PlainInt(seconds)})
    days, rest = divmod(round(seconds / 60), 24 * 60)
    if parts > 1 and days >= 3 and rest >= 12 * 60:  # what is said to have been ``ago`` counts whole days
        days += 1
    hours, minutes = divmod(rest, 60)
    units = (("span-days", days), ("span-hours", hours if days < 3 else 0), ("span-minutes", 0 if days else minutes))
    shown = [texts.text(key, {"count": PlainInt(count)}) for key, count in units if count]
    if len(shown) == 1 or parts == 1:
        return shown[0]
    return texts.text("span-pair", {"large": shown[0], "small": shown[1]})


# ---------------------------------------------------------------- facts by type


def _text(value: str, view: View) -> Any:
    return clean(value) or NOTHING


def _instant(value: datetime, view: View) -> Moment:
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return Moment(value.astimezone(view.zone), view)


def _listed(values: Any, view: View) -> Any:
    shown = [text for text in map(view.plain, values) if text]
    return view.texts.text("list-separator").join(shown) or NOTHING


def _secret(secret: Secret, view: View) -> Any:
    text = view.plain(secret.value)
    if not text:
        return NOTHING
    is_hidden = view.masked or secret.hidden_from(view.reader)
    return mask(secret.kind, text) if is_hidden else show(secret.kind, text)


def _phrase(phrase: Phrase, view: View) -> Any:
    return view.say(phrase.key, phrase.facts) or NOTHING


_CONVERT: dict[type, Callable[[Any, View], Any]] = {
    str: _text,
    bool: lambda value, view: "yes" if value else "no",
    int: lambda value, view: PlainInt(value),
    float: lambda value, view: fluent_number(value),
    Decimal: lambda value, view: fluent_number(value),
    type(None): lambda value, view: NOTHING,
    datetime: _instant,
    date: Moment,
    time: lambda value, view: f"{value:%H:%M}",
    timedelta: lambda value, view: show_span(view.texts, value),
    Money: lambda value, view: show_money(value, view.reader, view.texts.language),
    Enum: lambda value, view: view.fact(value.value),
    Secret: _secret,
    Phrase: _phrase,
    tuple: _listed,
    list: _listed,
}
