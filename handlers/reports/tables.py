"""The short table of each report: its numbers in a few lines of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.reports.model import Report
from handlers.chat import Line
from handlers.reports.lines import (
    MOST_LINES,
    Numbers,
    churn_lines,
    flow_lines,
    meeting_lines,
    plain_line,
    satisfaction_lines,
    scorecard_lines,
    section_word,
    service_lines,
    steps_lines,
)
from handlers.reports.selling import forecast_lines, quota_lines

_OF_ITS_OWN: Mapping[Report, Callable[[Numbers], list[Line]]] = {
    Report.FUNNEL: lambda numbers: steps_lines(numbers.of("leads")[0]),
    Report.MEETING: meeting_lines,
    Report.SCORECARD: scorecard_lines,
    Report.FLOW: flow_lines,
    Report.CHURN: churn_lines,
    Report.SATISFACTION: satisfaction_lines,
    Report.FORECAST: forecast_lines,
    Report.QUOTA: quota_lines,
    Report.SERVICE: service_lines,
}
_BESIDE = {Report.FORECAST: "ended"}  # what ended says how likely the others are; by itself it is no forecast


def table(numbers: Numbers) -> list[Line]:
    """The report in a few lines of text."""
    report = numbers.wanted.report
    if not any(_counts(report, line.section) and line.counts.get("all") for line in numbers.lines):
        return [Line("report-nothing")]
    if report in _OF_ITS_OWN:
        return _OF_ITS_OWN[report](numbers)
    sections = list(dict.fromkeys(line.section for line in numbers.lines))
    lines: list[Line] = []
    for section in sections:
        found = numbers.of(section)
        if len(sections) > 1:
            lines.append(Line("report-section", {"section": section_word(section)}))
        lines += [plain_line(numbers, section, line) for line in found[:MOST_LINES]]
        if len(found) > MOST_LINES:
            lines.append(Line("report-more", {"count": len(found) - MOST_LINES}))
    return lines


def _counts(report: Report, section: str) -> bool:
    return _BESIDE.get(report) != section and (section != "customers" or report is Report.CHURN)
