"""What report is wanted: its name, the time and the people, from words, and kept with its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.errors import CrmError, RecordNotFound
from domain.leads.errors import NoSuchColleague
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.reports.model import Asked, Report
from domain.values.zones import end_of_day, local, start_of_day
from handlers.asking import find_colleague
from handlers.chat import Phrase
from handlers.context import ChatContext
from handlers.report_periods import Period, month_of, months_from, read_period, week_of
from handlers.router import fold

NAMES: Mapping[str, Report] = {
    **{report.value: report for report in Report},
    "source": Report.SOURCES,
    "activities": Report.ACTIVITY,
    "loss": Report.LOSSES,
    "ticket": Report.TICKETS,
    "score": Report.SCORECARD,
    "aging": Report.AGEING,
    "process": Report.FLOW,
    "csat": Report.SATISFACTION,
    "漏斗": Report.FUNNEL,
    "销售漏斗": Report.FUNNEL,
    "来源": Report.SOURCES,
    "线索来源": Report.SOURCES,
    "周期": Report.CYCLE,
    "成交周期": Report.CYCLE,
    "活动": Report.ACTIVITY,
    "行为": Report.ACTIVITY,
    "及时率": Report.TIMELINESS,
    "及时": Report.TIMELINESS,
    "跟进及时率": Report.TIMELINESS,
    "预测": Report.FORECAST,
    "销售预测": Report.FORECAST,
    "丢单": Report.LOSSES,
    "输单": Report.LOSSES,
    "满意度": Report.SATISFACTION,
    "工单": Report.TICKETS,
    "需求": Report.NEEDS,
    "客户需求": Report.NEEDS,
    "例会": Report.MEETING,
    "周会": Report.MEETING,
    "记分卡": Report.SCORECARD,
    "计分卡": Report.SCORECARD,
    "流程": Report.FLOW,
    "停留": Report.AGEING,
    "阶段停留": Report.AGEING,
}
MOST_CUTS = 26
SCORED_WEEKS, NEEDED_MONTHS, EXPECTED_MONTHS = 8, 6, 5
ENDED_DAYS = 90


class NoSuchReport(CrmError):
    """The name is none that we know."""

    code = "no-such-report"


class NoSuchPeople(CrmError):
    """Neither a colleague nor a team is called so."""

    code = "no-such-people"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


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


def read_name(words: str) -> tuple[Report | None, str]:
    """The report that the words begin with, and the rest of them; the longest Chinese name wins."""
    text = fold(words).strip()
    first, _, rest = text.partition(" ")
    if first.casefold() in NAMES:
        return NAMES[first.casefold()], rest.strip()
    for name in sorted(NAMES, key=len, reverse=True):
        if not name.isascii() and text.startswith(name):
            return NAMES[name], text[len(name) :].strip()
    return None, text


async def read_wanted(ctx: ChatContext, words: str, *, report: Report | None = None) -> Wanted:
    """Raises NoSuchReport and NoSuchPeople."""
    rest = fold(words).strip()
    if report is None:
        report, rest = read_name(words)
    if report is None:
        raise NoSuchReport
    period, left = read_period(rest.casefold(), _today(ctx.actor, ctx.now))
    who = left.strip(" ,，、:：")
    wanted = Wanted(report=report, period=period or usual_period(report, _today(ctx.actor, ctx.now)))
    return await _of_people(ctx, wanted, who) if who else wanted


async def _of_people(ctx: ChatContext, wanted: Wanted, who: str) -> Wanted:
    person = await find_colleague(ctx, who)
    if person is not None:
        return replace(wanted, person=person.id)
    called = (
        who.lstrip("@").removeprefix("team ").removesuffix(" team").removeprefix("团队").removesuffix("团队").strip()
    )
    teams = {each.team.casefold(): each.team for each in await ctx.uow.staff.list_all() if each.team}
    if called.casefold() in teams:
        return replace(wanted, team=teams[called.casefold()])
    if who.startswith("@"):
        raise NoSuchColleague(typed=who[:60])
    raise NoSuchPeople(typed=who[:60])


def usual_period(report: Report, today: date) -> Period:
    """The time that is meant when none is named."""
    if report is Report.MEETING:
        return week_of(today)
    if report is Report.NEEDS:
        return Period(months_from(today, 1 - NEEDED_MONTHS), month_of(today).last)
    if report in {Report.SCORECARD, Report.SATISFACTION}:
        return Period(week_of(today).first - timedelta(weeks=SCORED_WEEKS - 1), week_of(today).last)
    if report is Report.FORECAST:
        return Period(today, months_from(today, EXPECTED_MONTHS + 1) - timedelta(days=1))
    if report in {Report.FLOW, Report.AGEING}:
        return Period(today - timedelta(days=ENDED_DAYS - 1), today)
    return month_of(today)


def _today(person: Staff, now: datetime) -> date:
    return local(now, person.timezone).date()


async def asked_of(uow: UnitOfWork, asker: Staff, wanted: Wanted, *, now: datetime) -> Asked:
    """The same with its moments on the asker's wall clock, and the people who are in the team now."""
    period, zone = wanted.period, asker.timezone
    owners: tuple[int, ...] | None = None
    if wanted.person is not None:
        owners = (wanted.person,)
    elif wanted.team is not None:
        owners = tuple(each.id for each in await uow.staff.list_all() if each.team == wanted.team)
    return Asked(
        report=wanted.report,
        first=period.first,
        last=period.last,
        since=start_of_day(period.first, zone),
        until=end_of_day(period.last, zone),
        now=now,
        cuts=tuple(start_of_day(day, zone) for day in cut_days(wanted)),
        owners=owners,
        today=_today(asker, now),
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


async def people_of(uow: UnitOfWork, wanted: Wanted) -> str | None:
    """Whom the report is about, as it is said; None for everybody."""
    if wanted.person is None:
        return wanted.team
    try:
        return (await uow.staff.get(wanted.person)).name
    except RecordNotFound:
        return None


def period_said(wanted: Wanted) -> Phrase:
    if wanted.report in {Report.FLOW, Report.AGEING, Report.FORECAST}:
        return Phrase("report-now")
    return Phrase("report-period", {"first": wanted.period.first, "last": wanted.period.last})
