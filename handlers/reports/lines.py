"""How the numbers of a report are called: its lines, its short table, and the words that tell what a picture shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from domain.activities.model import ActivityKind
from domain.company.keeping import lost_reasons_of, stages_of
from domain.company.model import Company
from domain.radar.rules import RULES
from domain.reports.model import Cell, Counted, Group, Report
from domain.reports.wanted import Wanted, cut_days
from domain.values.money import Money
from handlers.chat import Line, Phrase
from handlers.rendering.own_words import source_word
from handlers.rendering.secrets import Secret

Word = Phrase | str
MOST_LINES = 12  # of the short table; the rest is behind Details
_LARGEST = 2**63 - 1
_GROUPED_BY: Mapping[tuple[Report, str], str] = {
    (Report.SOURCES, "leads"): "source",
    (Report.CYCLE, "deals"): "person",
    (Report.ACTIVITY, "activities"): "person",
    (Report.TIMELINESS, "followups"): "person",
    (Report.FORECAST, "deals"): "month",
    (Report.FORECAST, "stages"): "stage",
    **{(Report.QUOTA, section): "person" for section in ("quotas", "won", "open")},
    (Report.REVIEW, "stages"): "stage",
    (Report.REVIEW, "leads"): "source",
    (Report.REVIEW, "load"): "person",
    (Report.REVIEW, "overdue"): "person",
    (Report.SERVICE, "tickets"): "cut",
    (Report.LOSSES, "deals"): "reason",
    (Report.TICKETS, "tickets"): "category",
    (Report.NEEDS, "tickets"): "category",
    (Report.NEEDS, "losses"): "reason",
    (Report.NEEDS, "words"): "survey",
    **{(Report.MEETING, section): "person" for section in ("done", "kept", "overdue", "stuck", "next")},
    (Report.FLOW, "stages"): "stage",
    (Report.FLOW, "who"): "person",
    (Report.FLOW, "ends"): "stage",
    (Report.AGEING, "stages"): "stage",
    **{(Report.SATISFACTION, section): "cut" for section in ("csat", "nps")},
    **{
        (Report.SCORECARD, section): "cut"
        for section in ("followups", "tickets", "complaints", "deals", "returns", "leads", "csat", "entries")
    },
}


@dataclass(frozen=True)
class Numbers:
    """A report that was counted. ``people`` are the names of those who have a line."""

    wanted: Wanted
    lines: Sequence[Counted]
    people: Mapping[int, str]
    company: Company
    in_group: bool = False
    """A picture cannot be masked as words are: amounts and what somebody typed are left out."""
    takers: Mapping[int, str | None] = field(default_factory=dict)
    """Who sells and could have leads of others, and their teams; of the review alone."""

    def of(self, section: str) -> list[Counted]:
        """The lines of a section in the order in which they are read."""
        kind = _GROUPED_BY.get((self.wanted.report, section))
        return sorted(
            (line for line in self.lines if line.section == section), key=lambda line: _order(kind, line, self.stages)
        )

    @property
    def stages(self) -> tuple[str, ...]:
        return stages_of(self.company).keys

    def is_grouped(self, section: str) -> bool:
        return (self.wanted.report, section) in _GROUPED_BY

    def name(self, section: str, group: Group) -> Word:
        return group_name(self, _GROUPED_BY.get((self.wanted.report, section)), group)


def _order(kind: str | None, line: Counted, stages: Sequence[str]) -> tuple[Any, ...]:
    if kind == "stage":
        return (stages.index(str(line.group)) if line.group in stages else len(stages), str(line.group))
    if kind == "cut":
        return (line.group,)
    if kind == "month":
        return ({"late": "", "none": "~"}.get(str(line.group), str(line.group)),)
    return (-line.counts.get("all", 0), str(line.group))


def group_name(numbers: Numbers, kind: str | None, group: Group) -> Word:
    if kind == "person":
        return numbers.people.get(int(group), f"#{group}") if group is not None else Phrase("report-nobody")
    if kind == "source":
        return source_word(numbers.company, str(group)) or "" if group else Phrase("report-no-source")
    if kind == "reason":
        return reason_word(numbers, str(group)) if group else Phrase("report-no-reason")
    if kind == "category":
        return Phrase("report-capital", {"name": Phrase(f"ticket-category-{group}")})
    if kind == "stage":
        return Phrase(f"stage-{group}") if group in numbers.stages else str(group)
    if kind == "cut":
        return Phrase("report-from", {"day": cut_days(numbers.wanted)[int(group or 0)]})
    if kind == "month":
        return month_word(str(group))
    return Phrase(f"report-{numbers.wanted.report.value}")


def reason_word(numbers: Numbers, reason: str) -> Word:
    if reason in lost_reasons_of(numbers.company).keys:
        return Phrase(f"lost-{reason}")
    return Phrase("report-own-words") if numbers.in_group else reason


def month_word(month: str) -> Word:
    if month in {"late", "none"}:
        return Phrase("report-expected-late" if month == "late" else "report-expected-none")
    return Phrase("report-month", {"month": Phrase(f"month-{int(month[4:])}"), "year": month[:4]})


def measure_name(numbers: Numbers, measure: str) -> Phrase:
    """What one number is called: Won, On time, Calls, March."""
    wanted = numbers.wanted
    if wanted.report is Report.FUNNEL and measure == "all":
        return Phrase("number-leads")
    if measure in {kind.value for kind in ActivityKind}:
        return Phrase(f"activity-{measure}")
    rule = next((rule for rule in RULES if rule.name == measure), None)
    if rule is not None:
        return Phrase(f"radar-{measure}", {"days": rule.after.days})
    if wanted.report is Report.FLOW and measure in numbers.stages:
        return Phrase(f"stage-{measure}")
    if measure.startswith("to-"):
        return Phrase("number-came-to", {"stage": Phrase(f"stage-{measure[3:]}")})
    if measure[:1] == "m" and measure[1:].isdigit():
        day = cut_days(wanted)[int(measure[1:])]
        return Phrase("report-month", {"month": Phrase(f"month-{day.month}"), "year": str(day.year)})
    return Phrase(f"number-{measure}")


def sums_said(sums: Mapping[str, int]) -> list[Any]:
    """One amount for each currency, hidden in groups; what is more than an amount can be is said so."""
    return [
        Secret("amount", Money(minor, currency) if abs(minor) <= _LARGEST else Phrase("report-too-much", {"currency": currency}))
        for currency, minor in sorted(sums.items())
    ]  # fmt: skip


def cells_of(numbers: Numbers) -> list[tuple[Cell, Counted]]:
    """Every number of the report that counts something, in the order in which it is read."""
    sections = list(dict.fromkeys(line.section for line in numbers.lines))
    return [
        (Cell(section=section, group=line.group, measure=measure), line)
        for section in sections
        for line in numbers.of(section)
        for measure, count in line.counts.items()
        if count
    ]


def mark(cell: Cell) -> int:
    """A number's own on a button: its place on the list is another as soon as somebody else has something."""
    return crc32(f"{cell.section}|{cell.group}|{cell.measure}".encode())


def section_word(section: str) -> Phrase:
    return Phrase(f"section-{section}")


# ---------------------------------------------------------------- the short tables


def steps_lines(line: Counted) -> list[Line]:
    lines: list[Line] = []
    before = 0
    for measure, count in line.counts.items():
        share = round(100 * count / before) if before else None
        facts = {"number": Phrase("number-leads" if measure == "all" else f"number-{measure}"), "count": count}
        lines.append(Line("report-step", {**facts, "share": share}))
        before = count
    return lines


def plain_line(numbers: Numbers, section: str, line: Counted) -> Line:
    return Line(
        "report-line",
        {
            "name": numbers.name(section, line.group),
            "count": line.counts["all"],
            "numbers": number_words(numbers, line) or None,
            "sums": sums_said(line.sums) or None,
            "median": line.median,
        },
    )


def number_words(numbers: Numbers, line: Counted) -> list[Phrase]:
    """The numbers beside the whole that are not nothing: Calls 12, Visits 3."""
    return [
        Phrase("report-number", {"number": measure_name(numbers, measure), "count": count})
        for measure, count in line.counts.items()
        if count and measure != "all" and not (measure == "stuck" and numbers.wanted.report is Report.AGEING)
    ]


def meeting_lines(numbers: Numbers) -> list[Line]:
    """A line a person: done, stuck, next."""
    counted = meeting_counts(numbers)
    return [
        Line(
            "report-meeting-line",
            {"name": numbers.people.get(person, f"#{person}") if person else Phrase("report-nobody"), **counts},
        )
        for person, counts in list(counted.items())[: 2 * MOST_LINES]
    ]


def meeting_counts(numbers: Numbers) -> Mapping[int | None, Mapping[str, int]]:
    sections = ("done", "kept", "overdue", "stuck", "next")
    people = {line.group for line in numbers.lines if line.section in sections}
    counts = {(line.section, line.group): line.counts["all"] for line in numbers.lines}
    ordered = sorted(people, key=lambda group: numbers.people.get(int(group), "") if group is not None else "~")
    return {
        (int(group) if group is not None else None): {section: counts.get((section, group), 0) for section in sections}
        for group in ordered
    }


def churn_lines(numbers: Numbers) -> list[Line]:
    """By rule; a customer may be flagged by several. Below it what the rules would have said of those who lost and bought."""
    [line] = numbers.of("customers")
    lines = [
        Line("report-churn-line", {"rule": measure_name(numbers, rule.name), "count": line.counts[rule.name]})
        for rule in RULES
    ]
    if line.counts["lost"] or line.counts["bought"]:
        lines.append(
            Line(
                "report-churn-tried",
                {name.replace("_", "-"): line.counts[name] for name in ("lost", "lost_flagged", "bought_flagged")},
            )
        )
    return lines


def flow_lines(numbers: Numbers) -> list[Line]:
    lines = [
        Line(
            "report-stage",
            {"name": numbers.name("stages", line.group), "count": line.counts["all"], "median": line.median,
             "stuck": line.counts["stuck"] or None},
        )
        for line in numbers.of("stages")
    ]  # fmt: skip
    return lines + [plain_line(numbers, "ends", line) for line in numbers.of("ends")]


def satisfaction_lines(numbers: Numbers) -> list[Line]:
    """All answers of the time together; NPS is the share of promoters less that of detractors."""
    lines = []
    csat, nps, [asked] = numbers.of("csat"), numbers.of("nps"), numbers.of("asked")
    if csat:
        facts = {"average": average_of(csat), "count": summed(csat, "all"), "low": summed(csat, "low")}
        lines.append(Line("satisfaction-csat", facts))
    if nps:
        score = round(100 * (summed(nps, "promoters") - summed(nps, "detractors")) / summed(nps, "all"))
        facts = {"score": f"{score:+}", "count": summed(nps, "all"), "detractors": summed(nps, "detractors")}
        lines.append(Line("satisfaction-nps", facts))
    replied = {"asked": asked.counts["all"], "replied": asked.counts["replied"]}
    return [*lines, Line("satisfaction-asked", {**replied, "share": round(asked.share("replied") or 0)})]


def summed(lines: Sequence[Counted], measure: str) -> int:
    return sum(line.counts[measure] for line in lines)


def average_of(lines: Sequence[Counted]) -> str | None:
    """To one decimal; None of nothing."""
    whole = summed(lines, "all")
    return f"{sum(line.total or 0 for line in lines) / whole:.1f}" if whole else None


_SHARES = (
    ("followups", "on_time", "on-time"),
    ("returns", "on_time", "returns"),
    ("tickets", "in_time", "in-time"),
    ("tickets", "solved", "solved"),
    ("leads", "duplicate", "duplicates"),
)


def scorecard_lines(numbers: Numbers) -> list[Line]:
    """What was promised, the first half of the time against the second."""
    days = cut_days(numbers.wanted)
    half = max(1, len(days) // 2)
    lines = []
    if len(days) > 1:
        period, middle = numbers.wanted.period, days[half]
        halves = {"first": period.first, "until": middle - timedelta(days=1), "from": middle, "last": period.last}
        lines.append(Line("scorecard-halves", halves))
    for section, part, key in _SHARES:
        earlier, later = _halves(numbers.of(section), half)
        lines.append(Line(f"scorecard-{key}", {"before": _share(earlier, part), "after": _share(later, part)}))
    earlier, later = _halves(numbers.of("csat"), half)
    lines.append(Line("scorecard-csat", {"before": average_of(earlier), "after": average_of(later)}))
    for customers in numbers.of("customers"):
        share = customers.share
        before, after = share("silent_before", "known_before"), share("silent", "known")
        facts = {"before": _round(before), "after": _round(after), "count": customers.counts["silent"]}
        lines.append(Line("scorecard-silent", facts))
    for section in ("complaints", "deals", "entries"):
        medians = [line.median for line in numbers.of(section) if line.median is not None]
        ends = {"first": medians[0] if medians else None, "last": medians[-1] if medians else None}
        lines.append(Line(f"scorecard-{section}", {"count": summed(numbers.of(section), "all"), **ends}))
    return lines


def service_lines(numbers: Numbers) -> list[Line]:
    """What was promised and kept over the whole time; what is not due yet is left out."""
    lines = numbers.of("tickets")
    found = []
    for part in ("in_time", "solved_in_time"):
        kept, broken = summed(lines, part), summed(lines, f"not_{part}")
        share = round(100 * kept / (kept + broken)) if kept + broken else None
        found.append(Line(f"service-{part.replace('_', '-')}", {"share": share, "count": kept, "all": kept + broken}))
    return found


def _halves(lines: Sequence[Counted], half: int) -> tuple[list[Counted], list[Counted]]:
    earlier = [line for line in lines if int(line.group or 0) < half]
    return earlier, [line for line in lines if int(line.group or 0) >= half]


def _share(lines: Sequence[Counted], part: str) -> int | None:
    whole = summed(lines, "all")
    return _round(100 * summed(lines, part) / whole) if whole else None


def _round(share: float | None) -> int | None:
    return None if share is None else round(share)


def day_word(day: date) -> Phrase:
    return Phrase("report-day", {"month": Phrase(f"month-{day.month}"), "day": day.day})
