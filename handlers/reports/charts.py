"""The picture of each report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from charts.model import MOST_ROWS, MOST_SERIES, Unit
from domain.activities.model import ActivityKind
from domain.company.keeping import stages_of
from domain.radar.rules import RULES
from domain.reports.model import Counted, Report
from domain.reports.wanted import cut_days
from handlers.chat import Line, Phrase, Picture
from handlers.rendering.charts import bars, chart, has_something, timeline
from handlers.reports.asking import period_said
from handlers.reports.lines import Numbers, Word, day_word, measure_name, meeting_counts
from handlers.reports.selling import Drawn, forecast_drawn, quota_drawn

DAY = 86400


def picture(numbers: Numbers, *, people: str | None, table: Sequence[Line]) -> Picture | None:
    """``table`` is the text of the report, which tells in words what the picture shows. None where nothing is to be seen."""
    shape, title, parts = _CHARTS[numbers.wanted.report](numbers)
    if not has_something(shape, parts):
        return None
    period = Phrase("chart-flow-now") if numbers.wanted.report is Report.FLOW else period_said(numbers.wanted)
    note = Phrase("report-note", {"period": period, "people": people})
    lines = [Phrase(line.key, line.facts) for line in table[:6]]
    told: object = lines
    if numbers.wanted.report is Report.REVIEW:  # whole sentences are no list
        told = Phrase("review-told", dict(zip(("stall", "source", "load"), lines, strict=True)))
    return chart(shape, title, alt=Phrase("chart-alt", {"title": title, "numbers": told}), note=note, **parts)


def _title(numbers: Numbers) -> Phrase:
    return Phrase(f"report-{numbers.wanted.report.value}")


def _values(lines: Sequence[Counted], measure: str) -> list[float | None]:
    return [float(line.counts.get(measure, 0)) for line in lines]


def _funnel(numbers: Numbers) -> Drawn:
    [line] = numbers.of("leads")
    steps: list[list[Any]] = []
    before = 0
    for measure, count in line.counts.items():
        share = Phrase("chart-share", {"share": round(100 * count / before)}) if before else ""
        steps.append([Phrase("number-leads" if measure == "all" else f"number-{measure}"), float(count), share])
        before = count
    return "funnel", _title(numbers), {"steps": steps}


def _bars_of(numbers: Numbers, section: str, measures: Sequence[str], *, quiet: int | None = None) -> Drawn:
    """Stacked; ``quiet`` is the place of the measure that is neither good nor bad yet."""
    lines = numbers.of(section)[:MOST_ROWS]
    labels = [numbers.name(section, line.group) for line in lines]
    series = [(measure_name(numbers, measure), _values(lines, measure)) for measure in measures]
    return "bars", _title(numbers), bars(labels, series, stacked=True, quiet=quiet)


def _sources(numbers: Numbers) -> Drawn:
    lines = numbers.of("leads")[:MOST_ROWS]
    labels = [numbers.name("leads", line.group) for line in lines]
    names = {"all": Phrase("number-leads"), "converted": Phrase("number-converted"), "won": Phrase("number-won")}
    return "bars", _title(numbers), bars(labels, [(name, _values(lines, measure)) for measure, name in names.items()])


def _cycle(numbers: Numbers) -> Drawn:
    known = [line for line in numbers.of("deals") if line.median is not None]
    lines = sorted(known, key=lambda line: line.median or timedelta(0))[:MOST_ROWS]  # the quickest first
    days = [round(line.median.total_seconds() / DAY, 1) for line in lines if line.median is not None]
    labels = [numbers.name("deals", line.group) for line in lines]
    return "bars", _title(numbers), bars(labels, [(Phrase("chart-median-days"), days)], unit=Unit.DAYS)


def _activity(numbers: Numbers) -> Drawn:
    """The kinds that were most; beyond the colours that are told apart they are one."""
    lines = numbers.of("activities")[:MOST_ROWS]
    kinds = sorted((kind.value for kind in ActivityKind), key=lambda kind: -sum(line.counts[kind] for line in lines))
    kinds = [kind for kind in kinds if any(line.counts[kind] for line in lines)]
    shown = kinds if len(kinds) <= MOST_SERIES else kinds[: MOST_SERIES - 1]
    series: list[tuple[Word, list[float | None]]] = [
        (Phrase(f"activity-{kind}"), _values(lines, kind)) for kind in shown
    ]
    rest = kinds[len(shown) :]
    if rest:
        series.append((Phrase("chart-others"), [float(sum(line.counts[kind] for kind in rest)) for line in lines]))
    labels = [numbers.name("activities", line.group) for line in lines]
    return "bars", _title(numbers), bars(labels, series, stacked=True)


def _timeliness(numbers: Numbers) -> Drawn:
    return _bars_of(numbers, "followups", ("on_time", "late", "open"), quiet=2)


def _losses(numbers: Numbers) -> Drawn:
    lines = numbers.of("deals")[:MOST_ROWS]
    labels = [numbers.name("deals", line.group) for line in lines]
    return "bars", _title(numbers), bars(labels, [(Phrase("number-deals"), _values(lines, "all"))])


def _tickets(numbers: Numbers) -> Drawn:
    """Answered in time, answered late, not answered."""
    lines = numbers.of("tickets")
    labels = [numbers.name("tickets", line.group) for line in lines]
    late: list[float | None] = [float(line.counts["answered"] - line.counts["in_time"]) for line in lines]
    waiting: list[float | None] = [float(line.counts["all"] - line.counts["answered"]) for line in lines]
    series = [
        (Phrase("number-in_time"), _values(lines, "in_time")),
        (Phrase("number-answered-late"), late),
        (Phrase("number-unanswered"), waiting),
    ]
    return "bars", _title(numbers), bars(labels, series, stacked=True, quiet=2)


def _needs(numbers: Numbers) -> Drawn:
    """Topics by month: those that were named most."""
    topics = sorted(
        (line for line in numbers.lines), key=lambda line: (-line.counts["all"], line.section, str(line.group))
    )[:MOST_SERIES]
    days = cut_days(numbers.wanted)
    labels = [Phrase(f"month-{day.month}") for day in days]
    series = [
        (
            Phrase("chart-topic", {"section": Phrase(f"section-{line.section}"), "topic": numbers.name(line.section, line.group)}),
            [float(line.counts[f"m{place}"]) for place in range(len(days))],
        )
        for line in topics
    ]  # fmt: skip
    return "columns", _title(numbers), timeline(labels, series)


def _meeting(numbers: Numbers) -> Drawn:
    counted = list(meeting_counts(numbers).items())[:8]
    labels: list[Word] = [
        numbers.people.get(person, f"#{person}") if person else Phrase("report-nobody") for person, _ in counted
    ]
    series = [
        (Phrase(f"number-{name}"), [float(counts[name]) for _, counts in counted])
        for name in ("done", "overdue", "stuck", "next")
    ]
    return "bars", _title(numbers), bars(labels, series)


def _scorecard(numbers: Numbers) -> Drawn:
    days = cut_days(numbers.wanted)

    def shares(section: str, part: str) -> list[float | None]:
        known = {line.group: line.share(part) for line in numbers.of(section)}
        return [known.get(place) for place in range(len(days))]

    series = [
        (Phrase("chart-followups-on-time"), shares("followups", "on_time")),
        (Phrase("number-in_time"), shares("tickets", "in_time")),
        (Phrase("number-returns"), shares("returns", "on_time")),
    ]
    return "lines", _title(numbers), timeline([day_word(day) for day in days], series, unit=Unit.PERCENT)


def _satisfaction(numbers: Numbers) -> Drawn:
    """The average by week or month; NPS, which has another scale, only where no stars were asked for."""
    days = cut_days(numbers.wanted)
    csat = {line.group: line.average for line in numbers.of("csat")}
    labels = [day_word(day) for day in days]
    if csat or not numbers.of("nps"):
        averages = [(Phrase("chart-average"), [csat.get(place) for place in range(len(days))])]
        return "lines", _title(numbers), timeline(labels, averages, unit=Unit.STARS)
    nps = {line.group: nps_of(line) for line in numbers.of("nps")}
    scores = [(Phrase("chart-nps"), [nps.get(place) for place in range(len(days))])]
    return "lines", _title(numbers), timeline(labels, scores, unit=Unit.SCORE)


def nps_of(line: Counted) -> float | None:
    whole = line.counts["all"]
    return 100 * (line.counts["promoters"] - line.counts["detractors"]) / whole if whole else None


def _churn(numbers: Numbers) -> Drawn:
    [line] = numbers.of("customers")
    labels = [measure_name(numbers, rule.name) for rule in RULES]
    counts: list[float | None] = [float(line.counts[rule.name]) for rule in RULES]
    return "bars", _title(numbers), bars(labels, [(Phrase("section-customers"), counts)])


def _service(numbers: Numbers) -> Drawn:
    """Week by week which share of what was promised was kept."""
    days = cut_days(numbers.wanted)
    found = {line.group: line for line in numbers.of("tickets")}

    def shares(part: str) -> list[float | None]:
        kept = [(line.counts[part], line.counts[f"not_{part}"]) if (line := found.get(place)) else (0, 0) for place in range(len(days))]  # fmt: skip
        return [100 * good / (good + bad) if good + bad else None for good, bad in kept]

    series = [(Phrase("chart-answered-in-time"), shares("in_time")), (Phrase("chart-solved-in-time"), shares("solved_in_time"))]  # fmt: skip
    return "lines", _title(numbers), timeline([day_word(day) for day in days], series, unit=Unit.PERCENT)


def _review(numbers: Numbers) -> Drawn:
    """Where deals stand still: of each stage those that move and those that do not."""
    lines = numbers.of("stages")
    labels = [numbers.name("stages", line.group) for line in lines]
    moving: list[float | None] = [float(line.counts["all"] - line.counts["stuck"]) for line in lines]
    series = [(Phrase("chart-moving"), moving), (Phrase("number-stuck"), _values(lines, "stuck"))]
    return "bars", Phrase("chart-review"), bars(labels, series, stacked=True)


def _ageing(numbers: Numbers) -> Drawn:
    return _bars_of(numbers, "stages", ("week", "month", "quarter", "longer"))


def bottleneck(numbers: Numbers) -> str | None:
    """The stage where deals wait longest: the largest median, where at least two stages have deals."""
    stages = [line for line in numbers.of("stages") if line.median is not None]
    if len(stages) < 2:
        return None
    worst = max(stages, key=lambda line: (line.median, line.counts["all"]))
    return str(worst.group)


def _flow(numbers: Numbers) -> Drawn:
    found = {str(line.group): line for line in numbers.of("stages")}
    worst = bottleneck(numbers)
    stages = []
    for stage in stages_of(numbers.company):
        line = found.get(stage.key)
        if line is None and not stage.offered:
            continue
        stages.append(
            {
                "label": Phrase(f"stage-{stage.key}"),
                "count": str(line.counts["all"]) if line else "0",
                "who": _responsible(numbers, stage.key),
                "note": Phrase("chart-median", {"span": line.median}) if line and line.median is not None else "",
                "mark": Phrase("chart-bottleneck") if stage.key == worst else "",
            }
        )
    ends = {str(line.group): line for line in numbers.of("ends")}
    outcomes = [
        {"label": Phrase(f"stage-{end}"), "count": str(ends[end].counts["all"] if end in ends else 0), "note": period_note(numbers)}
        for end in ("won", "lost")
    ]  # fmt: skip
    return "flow", _title(numbers), {"stages": stages, "outcomes": outcomes}


def period_note(numbers: Numbers) -> Phrase:
    period = numbers.wanted.period
    return Phrase("chart-last-days", {"count": (period.last - period.first).days + 1})


def _responsible(numbers: Numbers, stage: str) -> Word:
    """Who has most of the deals there, and how many others."""
    people = sorted(
        (line for line in numbers.of("who") if line.counts.get(stage)), key=lambda line: -line.counts[stage]
    )
    if not people:
        return ""
    names = [numbers.name("who", line.group) for line in people[:2]]
    return Phrase("chart-people", {"names": names, "more": max(0, len(people) - 2) or None})


_CHARTS = {
    Report.FUNNEL: _funnel,
    Report.SOURCES: _sources,
    Report.CYCLE: _cycle,
    Report.ACTIVITY: _activity,
    Report.TIMELINESS: _timeliness,
    Report.FORECAST: forecast_drawn,
    Report.QUOTA: quota_drawn,
    Report.SERVICE: _service,
    Report.REVIEW: _review,
    Report.LOSSES: _losses,
    Report.TICKETS: _tickets,
    Report.NEEDS: _needs,
    Report.MEETING: _meeting,
    Report.SATISFACTION: _satisfaction,
    Report.CHURN: _churn,
    Report.SCORECARD: _scorecard,
    Report.AGEING: _ageing,
    Report.FLOW: _flow,
}
