"""A section of a report: which rows of one table are counted, in which lines and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, literal, true

from domain.reports.model import Asked
from storage.visibility import Reach

Condition = ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class Section:
    """``within`` are the rows of the time that was asked, ``measures`` which of them each number counts (all: each).
    ``sums`` adds up amounts, of the rows that this measure counts; ``median`` is the span from
    one moment to another, None to now. ``score`` is added up for averages. ``weighted``: of sales, each amount counts as far as
    it is likely to be won; their lines are told how likely where ``chances`` is set."""

    name: str
    record: str
    table: Table
    owner: ColumnElement[Any]
    visible: Callable[[Reach], Condition]
    within: Callable[[Asked], Condition]
    measures: Callable[[Asked], Mapping[str, Condition]]
    group: Callable[[Asked], ColumnElement[Any]] | None = None
    sums: str | None = None
    median: tuple[ColumnElement[Any], ColumnElement[Any] | None] | None = None
    at: ColumnElement[Any] | None = None
    score: ColumnElement[Any] | None = None
    weighted: bool = False
    chances: bool = False


def in_time(moment: ColumnElement[Any]) -> Callable[[Asked], Condition]:
    return lambda asked: and_(moment >= asked.since, moment < asked.until)


def each_row(asked: Asked) -> Mapping[str, Condition]:
    return {"all": true()}


def by(column: ColumnElement[Any]) -> Callable[[Asked], ColumnElement[Any]]:
    return lambda asked: column


def by_cut(moment: ColumnElement[Any]) -> Callable[[Asked], ColumnElement[Any]]:
    """Which of ``Asked.cuts`` the moment lies behind: 0 for the first week or month."""

    def place(asked: Asked) -> ColumnElement[Any]:
        later = [(moment < cut, literal(number)) for number, cut in enumerate(asked.cuts[1:])]
        return case(*later, else_=literal(len(asked.cuts) - 1)) if later else literal(0)

    return place


def each_cut(moment: ColumnElement[Any], of: Condition) -> Callable[[Asked], Mapping[str, Condition]]:
    """``all``, and by month: ``m0`` is the first."""
    place = by_cut(moment)
    return lambda asked: {
        "all": of,
        **{f"m{number}": and_(of, place(asked) == number) for number in range(len(asked.cuts))},
    }
