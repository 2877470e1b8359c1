"""What report is wanted: its name, the time and the people, from words, and kept with its card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from domain.errors import CrmError, RecordNotFound
from domain.leads.errors import NoSuchColleague
from domain.people.team_tree import known_teams
from domain.people.teams import find_team
from domain.ports import UnitOfWork
from domain.reports.model import Report
from domain.reports.periods import read_period
from domain.reports.wanted import Wanted, today_of, usual_period
from handlers.chat import Phrase
from handlers.context import ChatContext
from handlers.dialogs.asking import find_colleague
from handlers.router import fold

_AT = re.compile(r"(?<!\S)@\S{1,40}")
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
    "服务时限": Report.SERVICE,
    "时限": Report.SERVICE,
    "业绩目标": Report.QUOTA,
    "指标": Report.QUOTA,
    "复盘": Report.REVIEW,
    "流失": Report.CHURN,
    "阶段停留": Report.AGEING,
}


class NoSuchReport(CrmError):
    """The name is none that we know."""

    code = "no-such-report"


class NoSuchPeople(CrmError):
    """Neither a colleague nor a team is called so."""

    code = "no-such-people"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


class NoSuchPeriod(CrmError):
    """There are digits in what was left, and nobody is called so: it was meant as a time."""

    code = "no-such-period"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed)


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


def names_time_or_person(rest: str) -> bool:
    """Without a slash: nothing, or a time and somebody by @name, and nothing else: 记分卡 本季度 @小李."""
    left = _AT.sub(" ", fold(rest)).strip().casefold()
    return not read_period(left, date(2000, 1, 1))[1].strip()


async def read_wanted(ctx: ChatContext, words: str, *, report: Report | None = None) -> Wanted:
    """Raises NoSuchReport, NoSuchPeriod and NoSuchPeople."""
    rest = fold(words).strip()
    if report is None:
        report, rest = read_name(words)
    if report is None:
        raise NoSuchReport
    period, left = read_period(rest.casefold(), today_of(ctx.actor, ctx.now))
    who = left.strip(" ,，、:：")
    wanted = Wanted(report=report, period=period or usual_period(report, today_of(ctx.actor, ctx.now)))
    try:
        return await _of_people(ctx, wanted, who) if who else wanted
    except NoSuchPeople:
        if any(character.isdecimal() for character in who):
            raise NoSuchPeriod(typed=rest.strip()[:60]) from None
        raise


async def _of_people(ctx: ChatContext, wanted: Wanted, who: str) -> Wanted:
    person = await find_colleague(ctx, who)
    if person is not None:
        return replace(wanted, person=person.id)
    called = (
        who.lstrip("@").removeprefix("team ").removesuffix(" team").removeprefix("团队").removesuffix("团队").strip()
    )
    team = find_team(called, await known_teams(ctx.uow))
    if team is not None:
        return replace(wanted, team=team)
    if who.startswith("@"):
        raise NoSuchColleague(typed=who[:60])
    raise NoSuchPeople(typed=who[:60])


async def people_named(uow: UnitOfWork, *, person: int | None, team: str | None) -> str | None:
    """Whom a report is about, as it is said; None for everybody."""
    if person is None:
        return team
    try:
        return (await uow.staff.get(person)).name
    except RecordNotFound:
        return None


def period_said(wanted: Wanted) -> Phrase:
    if wanted.report is Report.FORECAST:
        return Phrase("report-until", {"last": wanted.period.last})
    if wanted.report in {Report.FLOW, Report.AGEING, Report.CHURN}:
        return Phrase("report-now")
    return Phrase("report-period", {"first": wanted.period.first, "last": wanted.period.last})
