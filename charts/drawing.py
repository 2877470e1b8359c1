"""Draws a chart as PNG. Runs in the worker process alone, because importing matplotlib takes longer than a chat waits.

Colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which people who cannot tell red from green tell
apart; whatever is to be noticed is also hatched, framed or written, so that no colour means anything by itself.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from charts.model import MOST_ROWS, Bars, Chart, Columns, Flow, Funnel, Lines, Series, Stage, Step, Unit
from charts.numbers import short

OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
_GREY = OKABE_ITO[-1]
_DARK = frozenset({"#0072B2", "#009E73", "#D55E00"})  # on these white is read, on the others black
INK, QUIET, GRID = "#222222", "#666666", "#DDDDDD"
WIDTH, DPI = 8.0, 130  # 1040 pixels: sharp on a phone, and some 40 KB
ROW, HEAD = 0.36, 1.5  # inches: a bar with its gap, and what stands above and below the bars
LABEL = 22  # columns of a label before it is cut; a Chinese character takes two
MARKERS = "osD^vPX*"
# Lines whose ends are known: half of what can be is drawn at half the height, whatever was reached.
_SCALES: dict[Unit, tuple[tuple[float, float], tuple[float, ...]]] = {
    Unit.PERCENT: ((-4, 108), (0, 25, 50, 75, 100)),
    Unit.STARS: ((0.8, 5.3), (1, 2, 3, 4, 5)),
}
FONT = "NotoSansCJKsc-Regular.otf"


def set_up() -> None:
    """Make our font the first. Once a process; what it lacks is taken from the font that matplotlib ships."""
    with resources.as_file(resources.files("charts") / "fonts" / FONT) as path:
        font_manager.fontManager.addfont(str(path))
        name = font_manager.FontProperties(fname=str(path)).get_name()
    mpl.rcParams.update(
        {
            "font.family": [name, "DejaVu Sans"],
            "font.size": 11,
            "axes.edgecolor": GRID,
            "axes.labelcolor": QUIET,
            "axes.unicode_minus": False,
            "text.color": INK,
            "xtick.color": QUIET,
            "ytick.color": INK,
            "hatch.linewidth": 0.8,
            "text.parse_math": False,  # a $ in a name is a $
        }
    )


def draw(chart: Chart) -> bytes:
    """The chart as PNG, at most 1040 × 1560 pixels. ``set_up`` comes first."""
    figure = Figure(figsize=(WIDTH, _height(chart)), dpi=DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(_heading(chart), loc="left", fontsize=14, pad=14, color=INK)
    if chart.note:
        axes.text(0, 1.01, chart.note, transform=axes.transAxes, fontsize=9.5, color=QUIET, va="bottom")
    if _is_empty(chart):
        _say_empty(axes, chart)
    else:
        _SHAPES[type(chart)](axes, chart)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return drawn.getvalue()


def _heading(chart: Chart) -> str:
    return chart.title + ("\n" if chart.note else "")


def _height(chart: Chart) -> float:
    if _is_empty(chart):
        return 2.6
    if isinstance(chart, Bars):
        each = 1 if chart.stacked else len(chart.series)
        return (
            HEAD + ROW * max(3, min(len(chart.labels), MOST_ROWS) * (0.4 + 0.6 * each)) + 0.3 * (len(chart.series) > 1)
        )
    if isinstance(chart, Funnel):
        return HEAD + 0.62 * len(chart.steps)
    return 4.4


def _is_empty(chart: Chart) -> bool:
    if isinstance(chart, Funnel):
        return not any(step.value for step in chart.steps)
    if isinstance(chart, Lines):
        return all(value is None for series in chart.series for value in series.values)
    if isinstance(chart, Bars | Columns):
        return not any(value for series in chart.series for value in series.values)
    return isinstance(chart, Flow) and not chart.stages


def _say_empty(axes: Axes, chart: Chart) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.45, chart.empty, transform=axes.transAxes, ha="center", va="center", color=QUIET, fontsize=12)


# ---------------------------------------------------------------- bars, columns, lines


def _bars(axes: Axes, chart: Bars) -> None:
    labels = chart.labels[:MOST_ROWS]
    begins = [0.0] * len(labels)
    # A bar that stands alone would fill the picture.
    thick = (0.72 if chart.stacked else 0.8 / max(1, len(chart.series))) * min(1, (len(labels) + 1) / 3)
    largest = _largest(chart.series, stacked=chart.stacked)
    for number, series in enumerate(chart.series):
        values = [value or 0.0 for value in series.values[: len(labels)]]
        colour = _GREY if series.quiet else OKABE_ITO[number % len(OKABE_ITO)]
        shift = 0.0 if chart.stacked else (number - (len(chart.series) - 1) / 2) * thick
        places = [place + shift for place in range(len(labels))]
        bars = axes.barh(places, values, thick, left=begins if chart.stacked else None, color=colour, label=series.name)
        for place, (bar, value) in enumerate(zip(bars, values, strict=True)):
            bar.set_edgecolor("white")
            if place == chart.marked:
                bar.set_hatch("///")
            words = short(value, unit=chart.unit, language=chart.language)
            if chart.stacked:
                _inside(axes, begins[place] + value / 2, places[place], words, room=value / largest, on=colour)
            elif series.values[place] is not None:
                axes.annotate(
                    words, (value, places[place]), (4 if value >= 0 else -4, 0), textcoords="offset points",
                    va="center", ha="left" if value >= 0 else "right", fontsize=10,
                )  # fmt: skip
        begins = [begin + value for begin, value in zip(begins, values, strict=True)]
    if chart.stacked and len(chart.series) > 1:
        for place, total in enumerate(begins):
            words = short(total, unit=chart.unit, language=chart.language)
            axes.annotate(words, (total, place), (5, 0), textcoords="offset points", va="center", fontsize=10)
    axes.set_yticks(range(len(labels)), [_pointed(label, place == chart.marked) for place, label in enumerate(labels)])
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlim(*axis_ends(chart.series, stacked=chart.stacked))
    _plain_frame(axes, along="x", unit=chart.unit, language=chart.language)
    _legend(axes, chart.series)


def _inside(axes: Axes, x: float, y: float, words: str, *, room: float, on: str) -> None:
    """A value in its part of a bar, where the part is wide enough for it."""
    if room > 0.02 + 0.014 * len(words):
        axes.text(x, y, words, ha="center", va="center", fontsize=9.5, color="white" if on in _DARK else INK)


def _pointed(label: str, is_marked: bool) -> str:
    return ("▶ " if is_marked else "") + in_two_lines(label)


def _columns(axes: Axes, chart: Columns) -> None:
    below = [0.0] * len(chart.labels)
    largest = _largest(chart.series, stacked=True)
    for number, series in enumerate(chart.series):
        values = [value or 0.0 for value in series.values]
        colour = OKABE_ITO[number % len(OKABE_ITO)]
        axes.bar(range(len(values)), values, 0.7, bottom=below, color=colour, edgecolor="white", label=series.name)
        for place, value in enumerate(values):
            if len(chart.series) > 1 and value > largest / 14:
                words = short(value, unit=chart.unit, language=chart.language)
                middle = below[place] + value / 2
                axes.text(place, middle, words, ha="center", va="center", fontsize=9.5, color="white" if colour in _DARK else INK)  # fmt: skip
        below = [begin + value for begin, value in zip(below, values, strict=True)]
    for place, total in enumerate(below):
        words = short(total, unit=chart.unit, language=chart.language)
        axes.annotate(words, (place, max(total, 0)), (0, 3), textcoords="offset points", ha="center", fontsize=10)
    axes.set_ylim(*axis_ends(chart.series, stacked=True))
    _times(axes, chart.labels)
    _plain_frame(axes, along="y", unit=chart.unit, language=chart.language)
    _legend(axes, chart.series)


def _lines(axes: Axes, chart: Lines) -> None:
    for number, series in enumerate(chart.series):
        colour = OKABE_ITO[number % len(OKABE_ITO)]
        values = [float("nan") if value is None else value for value in series.values]
        axes.plot(range(len(values)), values, color=colour, marker=MARKERS[number % 8], linewidth=2, label=series.name)
        known = [(place, value) for place, value in enumerate(series.values) if value is not None]
        for place, value in known[-1:]:
            words = short(value, unit=chart.unit, language=chart.language)
            axes.annotate(words, (place, value), (6, 6), textcoords="offset points", fontsize=10, color=colour)
    shown = chart.series
    if chart.target is not None:
        values = [value if value is not None else float("nan") for value in chart.target.values]
        axes.plot(range(len(values)), values, color=QUIET, linestyle="--", linewidth=1.2, label=chart.target.name)
        shown = (*shown, chart.target)
    axes.margins(x=0.06, y=0.18)
    _times(axes, chart.labels)
    _plain_frame(axes, along="y", unit=chart.unit, language=chart.language)
    if chart.unit in _SCALES:
        ends, ticks = _SCALES[chart.unit]
        axes.set_ylim(*ends)
        axes.set_yticks(ticks)
    _legend(axes, shown)


def _times(axes: Axes, labels: Sequence[str]) -> None:
    """At most a dozen labels along the time, so that none touches the next."""
    step = max(1, -(-len(labels) // 12))
    places = range(0, len(labels), step)
    axes.set_xticks(list(places), [shortened(labels[place], 12) for place in places], fontsize=10)


def _largest(series: Sequence[Series], *, stacked: bool) -> float:
    rows = list(zip(*(each.values for each in series), strict=True))
    sums = [sum(abs(value or 0) for value in row) if stacked else max(abs(value or 0) for value in row) for row in rows]
    return max(sums, default=1.0) or 1.0


def axis_ends(series: Sequence[Series], *, stacked: bool) -> tuple[float, float]:
    """From where to where an axis goes, with room for what is written beside the longest bar. Matplotlib's own margins
    leave none where the last part of a stack is 0."""
    rows = [[value or 0.0 for value in row] for row in zip(*(each.values for each in series), strict=True)]
    reached = [0.0, *(sum(row) for row in rows)] if stacked else [0.0, *(value for row in rows for value in row)]
    low, high = min(reached), max(reached)
    room = 0.12 * ((high - low) or 1.0)
    return low - room * (low < 0), high + room * (high > 0 or low == 0)


def _plain_frame(axes: Axes, *, along: str, unit: Unit, language: str) -> None:
    for side in ("top", "right", "left" if along == "x" else "bottom"):
        axes.spines[side].set_visible(along == "y" and side == "bottom")
    axis = axes.xaxis if along == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=5, integer=unit == "count"))
    axis.set_major_formatter(FuncFormatter(lambda value, _: short(value, unit=unit, language=language)))
    axis.set_tick_params(labelsize=9, labelcolor=QUIET, length=0)
    (axes.yaxis if along == "x" else axes.xaxis).set_tick_params(length=0)
    axes.grid(axis="x" if along == "x" else "y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)


def _legend(axes: Axes, series: Sequence[Series]) -> None:
    if len(series) > 1:
        handles, columns = axes.get_legend_handles_labels()[0], min(4, len(series))
        # The legend is filled column by column, and is read line by line.
        handles = [handles[place] for column in range(columns) for place in range(column, len(handles), columns)]
        axes.legend(
            handles=handles, loc="upper left", bbox_to_anchor=(0, -0.09 if len(axes.get_yticklabels()) > 3 else -0.2),
            ncols=columns, frameon=False, fontsize=10, borderaxespad=0, handlelength=1.2, columnspacing=1.4,
        )  # fmt: skip


# ---------------------------------------------------------------- funnel and flow


def _funnel(axes: Axes, chart: Funnel) -> None:
    largest = max(step.value for step in chart.steps) or 1.0
    for place, step in enumerate(chart.steps):
        _funnel_step(axes, place, step, largest=largest, language=chart.language)
    axes.set_yticks(range(len(chart.steps)), [shortened(step.label) for step in chart.steps], fontsize=11.5)
    axes.invert_yaxis()
    axes.set_xlim(-0.62, 0.62)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _funnel_step(axes: Axes, place: int, step: Step, *, largest: float, language: str) -> None:
    width = step.value / largest
    axes.barh(place, width, 0.74, left=-width / 2, color=OKABE_ITO[0], edgecolor="white")
    words = short(step.value, language=language)
    is_wide = width > 0.1
    axes.text(
        0 if is_wide else width / 2 + 0.015, place, words, ha="center" if is_wide else "left", va="center",
        fontsize=13, color="white" if is_wide else INK,
    )  # fmt: skip
    if step.note:
        axes.text(0.61, place, step.note, ha="right", va="center", fontsize=10, color=QUIET)


def _flow(axes: Axes, chart: Flow) -> None:
    axes.set_axis_off()
    boxes = len(chart.stages)
    wide = 1 / boxes
    for place, stage in enumerate(chart.stages):
        _box(axes, place * wide + 0.008, 0.42, wide - 0.034, 0.5, stage, colour=OKABE_ITO[0])
        if place + 1 < boxes:
            begin = (place + 1) * wide - 0.025
            axes.add_patch(_arrow((begin, 0.67), (begin + 0.03, 0.67)))
    ends = len(chart.outcomes)
    for place, stage in enumerate(chart.outcomes):
        width = 0.28
        _box(axes, 0.5 - ends * (width + 0.03) / 2 + place * (width + 0.03), 0.02, width, 0.26, stage, colour=QUIET)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)


def _arrow(begin: tuple[float, float], end: tuple[float, float]) -> FancyArrowPatch:
    return FancyArrowPatch(begin, end, arrowstyle="-|>", mutation_scale=14, color=QUIET, shrinkA=0, shrinkB=0)


def _box(axes: Axes, x: float, y: float, width: float, height: float, stage: Stage, *, colour: str) -> None:
    is_marked = bool(stage.mark)
    frame = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0,rounding_size=0.015", facecolor="#FFF6DC" if is_marked else "white",
        edgecolor=OKABE_ITO[5] if is_marked else colour, linewidth=3 if is_marked else 1.2,
    )  # fmt: skip
    axes.add_patch(frame)
    middle, columns = x + width / 2, int(width * 74)
    lines = (
        (0.86, shortened(stage.label, columns), 11.5, INK),
        (0.58, stage.count, 19, INK),
        (0.32, shortened(stage.note, columns + 2), 9.5, INK),
        (0.13, shortened(stage.who, columns + 3), 9, QUIET),
    )
    for at, words, size, ink in lines:
        axes.text(middle, y + height * at, words, ha="center", va="center", fontsize=size, color=ink)
    if is_marked:
        axes.text(middle, y - 0.05, f"▲ {stage.mark}", ha="center", va="center", fontsize=10, color=INK)


def in_two_lines(words: str, columns: int = LABEL) -> str:
    """A long label broken at the last blank that fits, or in the middle of Chinese; the second line is cut."""
    first = shortened(words, columns)
    if first == words:
        return words
    kept = first.removesuffix("…")
    blank = kept.rfind(" ")
    at = blank if blank > 0 and kept.isascii() else len(kept)
    return f"{words[:at].rstrip()}\n{shortened(words[at:].lstrip(), columns)}"


def shortened(words: str, columns: int = LABEL) -> str:
    """Cut so that it fits; a character beyond Latin counts as two columns."""
    taken = 0
    for place, character in enumerate(words):
        taken += 2 if ord(character) > 0x2E7F else 1
        if taken > columns:
            return words[: max(1, place - 1)].rstrip() + "…"
    return words


_SHAPES: dict[type[Chart], Callable[[Axes, Any], None]] = {
    Bars: _bars,
    Columns: _columns,
    Lines: _lines,
    Funnel: _funnel,
    Flow: _flow,
}
