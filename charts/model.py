"""What a chart shows, in finished words: values that travel to the process that draws them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

MOST_ROWS = 24  # more bars than this cannot be read on a phone
MOST_SERIES = 8  # so many colours are told apart by everybody


class Unit(StrEnum):
    """How a value is written: ``money`` is in whole units of the currency that the title names; ``percent`` in lines is of
    100, ``stars`` are from 1 to 5, and their axis says so."""

    COUNT = "count"
    DAYS = "days"
    HOURS = "hours"
    SECONDS = "seconds"
    PERCENT = "percent"
    SCORE = "score"
    STARS = "stars"
    MONEY = "money"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """``language`` is one of ours: it decides whether an axis counts in thousands or in 万. ``note`` stands small below
    the title; ``empty`` in place of the drawing when there is nothing to draw."""

    title: str
    note: str = ""
    empty: str = ""
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Series:
    """One value a label; None where nothing is known, which is not zero."""

    name: str
    values: tuple[float | None, ...]
    quiet: bool = False
    """Drawn in grey: what is neither good nor bad yet."""


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """Lying bars, a label each. ``stacked``: the series of one label lie behind each other, else below each other.
    ``marked`` is the place of the bar to look at: it is hatched and its label pointed at, whatever its colour."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.COUNT
    stacked: bool = False
    marked: int | None = None


@dataclass(frozen=True, kw_only=True)
class Columns(Chart):
    """Standing bars in the order of time; several series stand on each other."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, kw_only=True)
class Lines(Chart):
    """Series over time, each with a mark of its own. ``target`` is a value with its name to compare with."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit = Unit.COUNT
    target: Series | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a funnel; ``note`` is what share of the step before came so far."""

    label: str
    value: float
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Funnel(Chart):
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A box of the flow: ``count`` stands large in it, ``who`` and ``note`` below. ``mark`` is written on the bottleneck,
    which has a thick frame beside; empty for the others."""

    label: str
    count: str
    who: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Flow(Chart):
    """The company's own process from left to right; ``outcomes`` are where it ends."""

    stages: tuple[Stage, ...]
    outcomes: tuple[Stage, ...] = ()


class NotDrawn(Exception):
    """There is no picture this time: too many wait, it took too long, or it cannot be drawn. ``again``: it is worth asking
    once more in a moment, because the process may only have been beginning."""

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


class Draws(Protocol):
    """Who draws charts, as delivery sees it."""

    async def draw(self, chart: Chart) -> bytes:
        """The chart as PNG. Raises NotDrawn."""
