"""What is likely to be sold, and what was to be sold: tables and pictures of the forecast and of the quotas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from charts.model import MOST_ROWS, Unit
from domain.reports.model import Counted, Group
from domain.values.money import Money
from handlers.chat import Line, Phrase
from handlers.rendering.charts import bars, timeline
from handlers.reports.lines import MOST_LINES, Numbers, Word, month_word, sums_said

_LARGEST = 2**63 - 1
Drawn = tuple[str, Phrase, Mapping[str, Any]]


def main_currency(numbers: Numbers, section: str) -> str | None:
    """That in which most lines have an amount, the company's before others; a picture shows one."""
    codes = [code for line in numbers.of(section) for code in line.sums]
    own_first = sorted(set(codes), key=lambda code: (code != numbers.company.currency, code))
    return max(own_first, key=codes.count) if codes else None


def whole_units(minor: int, currency: str) -> float:
    return float(Money(minor, currency).value) if abs(minor) <= _LARGEST else float(minor) / 100


# ---------------------------------------------------------------- the forecast


def forecast_lines(numbers: Numbers) -> list[Line]:
    """By month, and by stage with how likely it is and what says so."""
    lines = [
        Line("forecast-line", {"name": numbers.name("deals", line.group), **_counted(line)})
        for line in numbers.of("deals")[:MOST_LINES]
    ]
    lines.append(Line("report-section", {"section": Phrase("section-stages")}))
    return lines + [_stage(numbers, line) for line in numbers.of("stages")[:MOST_LINES]]


def _counted(line: Counted) -> dict[str, Any]:
    return {
        "count": line.counts["all"],
        "sums": sums_said(line.sums) or None,
        "likely": sums_said(line.weighted) or None,
    }


def _stage(numbers: Numbers, line: Counted) -> Line:
    chance = line.chance
    assert chance is not None
    facts = {"share": chance.said, "whose": chance.whose, "won": chance.won, "cases": chance.cases}
    return Line("forecast-stage", {"name": numbers.name("stages", line.group), **_counted(line), **facts})


def forecast_drawn(numbers: Numbers) -> Drawn:
    """Each month as a column: what is likely of it, and the rest above."""
    lines = numbers.of("deals")
    labels = [month_word(str(line.group)) for line in lines]
    currency = None if numbers.in_group else main_currency(numbers, "deals")
    if currency is None:
        counts: list[float | None] = [float(line.counts["all"]) for line in lines]
        return "columns", Phrase("report-forecast"), timeline(labels, [(Phrase("number-deals"), counts)])
    likely: list[float | None] = [whole_units(line.weighted.get(currency, 0), currency) for line in lines]
    rest: list[float | None] = [
        whole_units(line.sums.get(currency, 0) - line.weighted.get(currency, 0), currency) for line in lines
    ]
    series = [(Phrase("chart-likely"), likely), (Phrase("chart-rest"), rest)]
    title = Phrase("chart-forecast", {"currency": currency})
    return "columns", title, timeline(labels, series, unit=Unit.MONEY)


# ---------------------------------------------------------------- quotas


@dataclass
class _Person:
    """By currency: what they were to sell, have sold, and are likely to sell of what is open."""

    quota: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    won: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    likely: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, section: str, line: Counted) -> None:
        sums = {"quotas": self.quota, "won": self.won, "open": self.likely}[section]
        for currency, minor in (line.weighted if section == "open" else line.sums).items():
            sums[currency] += minor

    def is_in(self, currency: str) -> bool:
        return any(currency in sums for sums in (self.quota, self.won, self.likely))


def _people(numbers: Numbers) -> Mapping[Group, _Person]:
    """Who has a quota first, by what was to be sold; then who has not, by name."""
    people: dict[Group, _Person] = defaultdict(_Person)
    for line in numbers.lines:
        people[line.group].add(line.section, line)
    return dict(sorted(people.items(), key=lambda each: (-max(each[1].quota.values(), default=0), _name(numbers, each[0]))))  # fmt: skip


def _name(numbers: Numbers, person: Group) -> str:
    return numbers.people.get(int(person), f"#{person}") if person is not None else "~"


def quota_lines(numbers: Numbers) -> list[Line]:
    """A line a person; for several all of them together, each currency for itself."""
    people = _people(numbers)
    lines = [_person_line(numbers.name("won", person), sums) for person, sums in list(people.items())[:MOST_LINES]]
    if len(people) > MOST_LINES:
        lines.append(Line("report-more", {"count": len(people) - MOST_LINES}))
    if len(people) > 1:
        together = _Person()
        for line in numbers.lines:
            together.add(line.section, line)
        lines.append(_person_line(Phrase("quota-together"), together))
    return lines


def _person_line(name: Word, sums: _Person) -> Line:
    attained = [
        Phrase("quota-attained", {"share": round(100 * sums.won[code] / minor), "currency": code if len(sums.quota) > 1 else None})
        for code, minor in sorted(sums.quota.items())
        if minor > 0
    ]  # fmt: skip
    facts = {
        "name": name,
        "quota": sums_said(sums.quota) or None,
        "won": sums_said({code: minor for code, minor in sums.won.items() if minor}) or None,
        "likely": sums_said({code: minor for code, minor in sums.likely.items() if minor}) or None,
        "attained": attained or None,
    }
    return Line("quota-line", facts)


def quota_drawn(numbers: Numbers) -> Drawn:
    """By person in the currency of most quotas; in a group how much of the quota is attained, without an amount."""
    currency = main_currency(numbers, "quotas") or main_currency(numbers, "won") or numbers.company.currency
    people = [(person, sums) for person, sums in _people(numbers).items() if sums.is_in(currency)][:MOST_ROWS]
    labels = [numbers.name("won", person) for person, _ in people]
    if numbers.in_group:
        shares: list[float | None] = [
            100 * sums.won[currency] / sums.quota[currency] if sums.quota.get(currency, 0) > 0 else None
            for _, sums in people
        ]
        return "bars", Phrase("report-quota"), bars(labels, [(Phrase("chart-attained"), shares)], unit=Unit.PERCENT)
    series: list[tuple[Word, list[float | None]]] = [
        (Phrase(f"chart-{name}"), [_shown(getattr(sums, name), currency, name) for _, sums in people])
        for name in ("quota", "won", "likely")
    ]
    return "bars", Phrase("chart-quotas", {"currency": currency}), bars(labels, series, unit=Unit.MONEY)


def _shown(sums: Mapping[str, int], currency: str, name: str) -> float | None:
    """No quota is no quota of 0."""
    return whole_units(sums.get(currency, 0), currency) if currency in sums or name != "quota" else None
