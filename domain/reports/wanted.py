"""A report that somebody wants: which, over what time, about whom. It is kept with its card, and in a schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.company.keeping import forecast_of, stages_of
from domain.people.model import Staff
from domain.people.teams import is_within
from domain.ports import UnitOfWork
from domain.reports.model import Asked, Report
from domain.reports.periods import Period, month_of, months_from, quarter_of, week_of
from domain.values.zones import end_of_day, local, start_of_day

MOST_CUTS = 26
SCORED_WEEKS, NEEDED_MONTHS, EXPECTED_MONTHS = 8, 6, 5
ENDED_DAYS = 90
BEGUN = timedelta(days=14)  # so long into a quarter it is the one before that is looked back at


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """``person`` or ``team``, or neither for everybody whose records the asker sees."""

    report: Report
    period: Period
    person: int | None = None
    team: str | None = None

    def kept(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "report": self.report.value,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "person": self.person,
            "team": self.team,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Wanted:
        return cls(
            report=Report(kept["report"]),
            period=Period(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])),
            person=kept["person"],
            team=kept["team"],
        )


def usual_period(report: Report, today: date) -> Period:
    """The time that is meant when none is named."""
    if report is Report.MEETING:
        return week_of(today)
    if report is Report.NEEDS:
        return Period(months_from(today, 1 - NEEDED_MONTHS), month_of(today).last)
    if report in {Report.SCORECARD, Report.SATISFACTION, Report.SERVICE}:
        return Period(week_of(today).first - timedelta(weeks=SCORED_WEEKS - 1), week_of(today).last)
    if report is Report.FORECAST:
        return Period(today, months_from(today, EXPECTED_MONTHS + 1) - timedelta(days=1))
    if report is Report.REVIEW:
        return quarter_of(today - BEGUN)
    if report in {Report.FLOW, Report.AGEING, Report.CHURN}:
        return Period(today - timedelta(days=ENDED_DAYS - 1), today)
    return month_of(today)


def today_of(person: Staff, now: datetime) -> date:
    return local(now, person.timezone).date()


async def asked_of(uow: UnitOfWork, asker: Staff, wanted: Wanted, *, now: datetime) -> Asked:
    """The same with its moments on the asker's wall clock, and the people who are now in the team or one below it."""
    period, zone = wanted.period, asker.timezone
    owners: tuple[int, ...] | None = None
    if wanted.person is not None:
        owners = (wanted.person,)
    elif wanted.team is not None:
        owners = tuple(each.id for each in await uow.staff.list_all() if is_within(each.team, wanted.team))
    company = await uow.company.get()
    stages, forecast = stages_of(company), forecast_of(company)
    ahead = [each.key for each in stages]
    return Asked(
        report=wanted.report,
        first=period.first,
        last=period.last,
        since=start_of_day(period.first, zone),
        until=end_of_day(period.last, zone),
        now=now,
        cuts=tuple(start_of_day(day, zone) for day in cut_days(wanted)),
        owners=owners,
        today=today_of(asker, now),
        stages=stages.keys,
        chances={stage: forecast.chance(stage, ahead) for stage in ahead},
        least=forecast.least,
    )


def cut_days(wanted: Wanted) -> list[date]:
    """Where the weeks of the scorecard and the months of the needs begin, either of the satisfaction; the first is the period's own beginning, the
    last ``MOST_CUTS`` are told apart."""
    period = wanted.period
    days = [period.first]
    is_long = wanted.report is Report.SATISFACTION and period.last - period.first >= timedelta(weeks=MOST_CUTS)
    while True:
        if wanted.report is Report.NEEDS or is_long:
            following = months_from(days[-1], 1)
        else:
            following = week_of(days[-1]).last + timedelta(days=1)
        if following > period.last:
            return [period.first, *days[1:][-(MOST_CUTS - 1) :]]
        days.append(following)
