"""Functions that the catalogue's texts may call: NUMBER, DATETIME, DAY, DATE, CLOCK, AGO, PERIOD, CAPITAL. WORD is its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol

from babel import Locale
from fluent.runtime.types import FluentDate, FluentDateTime, FluentInt, FluentType, fluent_number


class Nothing(FluentType):
    """An absent fact: empty as text, ``none`` as a selector."""

    def format(self, locale: Locale) -> str:
        return ""

    def __eq__(self, other: object) -> bool:
        return other == "none" or isinstance(other, Nothing)

    def __hash__(self) -> int:
        return hash("none")


NOTHING = Nothing()


class PlainInt(FluentInt):
    """A number as it is, without grouping, because most of ours are ids; ``NUMBER($count)`` groups."""

    def format(self, locale: Locale) -> str:
        return str(int(self))


class Clock(Protocol):
    """How a language says times; ``handlers.rendering.formats`` has the real one."""

    def moment(self, at: date) -> str: ...
    def day(self, at: date) -> str: ...
    def plain_date(self, at: date) -> str: ...
    def clock(self, at: date) -> str: ...
    def ago(self, at: date) -> str: ...
    def period(self, first: date, last: date) -> str: ...


class Moment(FluentType):
    """A point in time in the reader's zone, or a whole day."""

    def __init__(self, at: date, says: Clock) -> None:
        self.at = at
        self.says = says

    def format(self, locale: Locale) -> str:
        return self.says.moment(self.at)


def number(value: Any, **options: Any) -> Any:
    """``NUMBER($count)``: with the language's grouping, and Fluent's own options."""
    return fluent_number(int(value) if isinstance(value, PlainInt) else value, **options)


def date_time(value: Any, **options: Any) -> Any:
    """``DATETIME($at, dateStyle: "long", timeStyle: "short")``: Fluent's own styles, in the reader's zone."""
    if not isinstance(value, Moment):
        return value
    if isinstance(value.at, datetime):
        return FluentDateTime.from_date_time(value.at, **options)
    return FluentDate.from_date(value.at, **options)


def capital(value: Any) -> Any:
    """``CAPITAL(DAY($at))``: for the beginning of a sentence."""
    text = value.says.moment(value.at) if isinstance(value, Moment) else value
    return text[:1].upper() + text[1:] if isinstance(text, str) else value


def period(first: Any, last: Any) -> Any:
    """``PERIOD($first, $last)``: from one day to another, both among it; a whole month by its name."""
    if isinstance(first, Moment) and isinstance(last, Moment):
        return first.says.period(first.at, last.at)
    return first


def _of_moment(say: Callable[[Moment], str]) -> Callable[[Any], Any]:
    return lambda value: say(value) if isinstance(value, Moment) else value


ALL: dict[str, Callable[..., Any]] = {
    "NUMBER": number,
    "DATETIME": date_time,
    "CAPITAL": capital,
    "PERIOD": period,
    "DAY": _of_moment(lambda moment: moment.says.day(moment.at)),
    "DATE": _of_moment(lambda moment: moment.says.plain_date(moment.at)),
    "CLOCK": _of_moment(lambda moment: moment.says.clock(moment.at)),
    "AGO": _of_moment(lambda moment: moment.says.ago(moment.at)),
}
