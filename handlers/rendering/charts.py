"""A chart among a reply's facts, and as its reader sees it: words in their language, no picture yet.

What is drawn is decided when the numbers are read; the words are found when it is sent, and the bytes are made by the
process that ``charts`` starts. A chart's facts are plain, so that an outbox row can keep them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from charts.model import MOST_ROWS, Bars, Chart, Columns, Flow, Funnel, Lines, Series, Stage, Step, Unit
from handlers.chat import Phrase, Picture

if TYPE_CHECKING:
    from handlers.rendering.formats import View

CHART = "chart"
Word = Phrase | str
Values = Sequence[float | None]


def chart(shape: str, title: Word, *, alt: Word, note: Word = "", **parts: Any) -> Picture:
    """A picture of numbers. ``alt`` says in words what is to be seen; ``shape`` and ``parts`` as the functions below make
    them."""
    return Picture(CHART, {"shape": shape, "title": title, "alt": alt, "note": note, **parts})


def bars(
    labels: Sequence[Word], series: Sequence[tuple[Word, Values]], *, unit: Unit = Unit.COUNT, stacked: bool = False,
    marked: int | None = None, quiet: int | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """``quiet``: the place of the series that is drawn in grey, being neither good nor bad yet."""
    return {"quiet": quiet, "labels": list(labels)[:MOST_ROWS], "series": _kept(series), "unit": unit.value, "stacked": stacked, "marked": marked}  # fmt: skip


def timeline(
    labels: Sequence[Word], series: Sequence[tuple[Word, Values]], *, unit: Unit = Unit.COUNT,
    target: tuple[Word, Values] | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """For ``columns`` and ``lines``."""
    return {"labels": list(labels), "series": _kept(series), "unit": unit.value, "target": _kept([target])[0] if target else None}  # fmt: skip


def _kept(series: Sequence[tuple[Word, Values]]) -> list[list[Any]]:
    return [[name, list(values)] for name, values in series]


def has_something(shape: str, parts: Mapping[str, Any]) -> bool:
    """Whether there is anything to see in what would be drawn. A share of 0% is seen, a bar of 0 is not."""
    if shape == "funnel":
        return any(value for _, value, _ in parts["steps"])
    if shape == "flow":
        return bool(parts["stages"])  # how a sale goes is worth seeing before the first one
    values = [value for _, values in parts["series"] for value in values]
    return any(value is not None for value in values) if shape == "lines" else any(values)


def is_chart(wanted: object) -> bool:
    return isinstance(wanted, Picture) and wanted.kind == CHART


def chart_of(wanted: Picture, view: View) -> Chart:
    """The chart in the words of one reader. Raises LookupError for a shape that nobody draws."""
    facts = wanted.facts
    head = {
        "title": _said(facts["title"], view),
        "note": _said(facts["note"], view),
        "empty": view.say("chart-empty", {}),
        "language": view.texts.language,
    }
    return _SHAPES[facts["shape"]](facts, head, view)


def _said(word: Any, view: View) -> str:
    """In the font of the pictures a curved apostrophe is as wide as a Chinese character."""
    said = view.say(word.key, word.facts) if isinstance(word, Phrase) else view.plain(word) if word else ""
    return said.replace("’", "'")


def _series(kept: Sequence[Any], view: View) -> tuple[Series, ...]:
    return tuple(Series(name=_said(name, view), values=tuple(values)) for name, values in kept)


def _labels(facts: Mapping[str, Any], view: View) -> tuple[str, ...]:
    return tuple(_said(label, view) for label in facts["labels"])


def _bars(facts: Mapping[str, Any], head: Mapping[str, str], view: View) -> Bars:
    return Bars(
        labels=_labels(facts, view)[:MOST_ROWS],
        series=tuple(
            Series(name=each.name, values=each.values[:MOST_ROWS], quiet=place == facts.get("quiet"))
            for place, each in enumerate(_series(facts["series"], view))
        ),
        unit=Unit(facts["unit"]),
        stacked=facts["stacked"],
        marked=facts["marked"],
        **head,
    )


def _columns(facts: Mapping[str, Any], head: Mapping[str, str], view: View) -> Columns:
    return Columns(labels=_labels(facts, view), series=_series(facts["series"], view), unit=Unit(facts["unit"]), **head)


def _lines(facts: Mapping[str, Any], head: Mapping[str, str], view: View) -> Lines:
    target = _series([facts["target"]], view)[0] if facts.get("target") else None
    return Lines(
        labels=_labels(facts, view),
        series=_series(facts["series"], view),
        unit=Unit(facts["unit"]),
        target=target,
        **head,
    )


def _funnel(facts: Mapping[str, Any], head: Mapping[str, str], view: View) -> Funnel:
    steps = tuple(
        Step(label=_said(label, view), value=value, note=_said(note, view)) for label, value, note in facts["steps"]
    )
    return Funnel(steps=steps, **head)


def _flow(facts: Mapping[str, Any], head: Mapping[str, str], view: View) -> Flow:
    def boxes(kept: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
        return tuple(Stage(**{name: _said(word, view) for name, word in box.items()}) for box in kept)

    return Flow(stages=boxes(facts["stages"]), outcomes=boxes(facts["outcomes"]), **head)


_SHAPES = {"bars": _bars, "columns": _columns, "lines": _lines, "funnel": _funnel, "flow": _flow}
