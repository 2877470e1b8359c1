"""Numbers on demand: ``/report funnel last month @tom`` is a picture, a short table, and every number opened by a tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.errors import CrmError, NotAllowed, RecordNotFound
from domain.people.model import Staff
from domain.reports.model import Cell, CountedRow, Report
from domain.reports.wanted import Wanted
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.reports.asking import names_time_or_person, people_named, read_name, read_wanted
from handlers.reports.cards import (
    REPORT,
    SCHEDULES,
    Read,
    code_of,
    heading,
    present,
    read,
    titled,
)
from handlers.reports.lines import Numbers, cells_of, mark, measure_name, section_word
from handlers.reports.schedules import is_schedule, schedule
from handlers.reports.sheets import workbook
from handlers.router import LEADERS, ButtonTooOld, ahead, command, number, press

PAGE = 8
MENU = tuple(Report)


class NothingCounted(CrmError):
    """The number counts nothing any more."""

    code = "report-nothing-counted"


def _is_report(rest: str) -> bool:
    """Without a slash: the name of a report follows."""
    return not rest or read_name(rest)[0] is not None


@command("report", "报表", "报告", who=LEADERS, bare=_is_report)
async def report(ctx: ChatContext, rest: str) -> Reply:
    """Without a name the reports to choose from."""
    if not rest.strip():
        return _menu()
    if is_schedule(rest):
        return await schedule(ctx, rest)
    return await new_card(ctx, await read_wanted(ctx, rest))


@press("report.menu")
async def menu(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    return replace(_menu(), fresh=True)


def _menu() -> Reply:
    buttons = tuple(Button(f"report-{each.value}", press=f"report.new:{each.value}") for each in MENU)
    mine = Button("button-schedules", press=f"{SCHEDULES}:", starts_row=True)
    return Reply("report-menu", buttons=(*buttons, mine), private=True)


@ahead("/report")
async def report_ahead(ctx: ChatContext, rest: str) -> None:
    if ctx.actor.leads_others and rest.strip() and not is_schedule(rest):
        await counted(ctx, await read_wanted(ctx, rest))


@command("flow", "流程", who=LEADERS)
async def flow(ctx: ChatContext, rest: str) -> Reply:
    """How a sale goes in this company: stages, who has them, how long; the bottleneck is marked."""
    return await new_card(ctx, await read_wanted(ctx, rest, report=Report.FLOW))


@command("scorecard", "记分卡", who=LEADERS, bare=names_time_or_person)
async def scorecard(ctx: ChatContext, rest: str) -> Reply:
    """What was promised, and what became of it."""
    return await new_card(ctx, await read_wanted(ctx, rest, report=Report.SCORECARD))


@ahead("/scorecard")
async def scorecard_ahead(ctx: ChatContext, rest: str) -> None:
    if ctx.actor.leads_others:
        await counted(ctx, await read_wanted(ctx, rest, report=Report.SCORECARD))


@command("forecast", "销售预测", who=LEADERS, bare=names_time_or_person)
async def forecast(ctx: ChatContext, rest: str) -> Reply:
    """What is likely to be sold, and when."""
    return await new_card(ctx, await read_wanted(ctx, rest, report=Report.FORECAST))


@ahead("/forecast")
async def forecast_ahead(ctx: ChatContext, rest: str) -> None:
    if ctx.actor.leads_others:
        await counted(ctx, await read_wanted(ctx, rest, report=Report.FORECAST))


@ahead("/flow")
async def flow_ahead(ctx: ChatContext, rest: str) -> None:
    if ctx.actor.leads_others:
        await counted(ctx, await read_wanted(ctx, rest, report=Report.FLOW))


@press("report.new")
async def chosen(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    if argument not in {each.value for each in Report}:
        raise ButtonTooOld
    return await new_card(ctx, await read_wanted(ctx, argument))


@ahead("report.new")
async def chosen_ahead(ctx: ChatContext, argument: str) -> None:
    if ctx.actor.leads_others:
        await counted(ctx, await read_wanted(ctx, argument))


async def new_card(ctx: ChatContext, wanted: Wanted) -> Reply:
    draft = await keep_draft(ctx, REPORT, wanted.kept())
    await ctx.uow.flush()
    return present(await counted(ctx, wanted), draft.id, may_set=ctx.actor.leads_others)


async def counted(ctx: ChatContext, wanted: Wanted) -> Read:
    """Read ahead where that can be, because it may take longer than a writer is held."""
    return await ctx.once(wanted, lambda: read(ctx.uow, ctx.actor, wanted, now=ctx.now))


async def wanted_of(ctx: ChatContext, draft_id: int) -> Wanted:
    """What a report's buttons are about; in a group it may be a colleague's, and is counted for whoever presses."""
    owner = await ctx.uow.drafts.find_owner(draft_id)
    if owner != ctx.actor.id:
        ctx.allow(*LEADERS)
    try:
        draft = await ctx.uow.drafts.get_for(owner, draft_id)
    except RecordNotFound:
        raise ButtonTooOld from None
    if owner is None or draft.kind != REPORT or (owner != ctx.actor.id and not ctx.in_group):
        raise ButtonTooOld
    wanted = Wanted.of(draft.content)
    if not may_read(ctx.actor, wanted):
        raise NotAllowed
    return wanted


def may_read(actor: Staff, wanted: Wanted) -> bool:
    """Leaders all reports, everybody their own quota."""
    return actor.leads_others or (wanted.report is Report.QUOTA and wanted.person == actor.id)


@press("report.sheet")
async def as_sheet(ctx: ChatContext, argument: str) -> Reply:
    """The report as a workbook: its table, and the rows behind it."""
    wanted = await wanted_of(ctx, number(argument))
    people = await people_named(ctx.uow, person=wanted.person, team=wanted.team)
    document = workbook(wanted, ctx.actor, now=ctx.now)
    return Reply("report-sheet", titled(wanted, people), document=document, private=True, fresh=True)


# ---------------------------------------------------------------- the rows behind each number


@press("report.cells")
async def open_numbers(ctx: ChatContext, argument: str) -> Reply:
    """All numbers, each with a button to the rows that it counts."""
    draft_id, place = _pair(argument)
    found = await counted(ctx, await wanted_of(ctx, draft_id))
    cells = cells_of(found.numbers)
    shown = cells[place : place + PAGE]
    lines = tuple(
        Line(
            "report-cell",
            {"name": cell_name(found.numbers, cell), "count": line.counts[cell.measure]},
            buttons=(Button("button-rows", press=f"report.rows:{draft_id}.{mark(cell)}.0"),),
        )
        for cell, line in shown
    )
    left = len(cells) - place - len(shown)
    more = (
        (Button("button-n-more", f"report.cells:{draft_id}.{place + PAGE}", {"count": left, "open": False}),)
        if left > 0
        else ()
    )
    first = (Button("button-first-page", press=f"report.cells:{draft_id}.0"),) if place else ()
    key = "report-numbers" if cells else "report-no-numbers"
    return Reply(key, heading(found), lines=lines, buttons=(*first, *more), private=True, fresh=not place)


def cell_name(numbers: Numbers, cell: Cell) -> Phrase:
    sections = {line.section for line in numbers.lines}
    return Phrase(
        "report-cell-name",
        {
            "section": section_word(cell.section) if len(sections) > 1 else None,
            "name": numbers.name(cell.section, cell.group) if numbers.is_grouped(cell.section) else None,
            "number": measure_name(numbers, cell.measure),
        },
    )


def _pair(argument: str) -> tuple[int, int]:
    draft_id, _, place = argument.partition(".")
    return number(draft_id), number(place)


@ahead("report.cells")
async def cells_ahead(ctx: ChatContext, argument: str) -> None:
    await counted(ctx, await wanted_of(ctx, _pair(argument)[0]))


@press("report.rows")
async def open_rows(ctx: ChatContext, argument: str) -> Reply:
    """The rows that one number counts, newest first, each with a button to its card."""
    draft_id, found, place, rows = await _rows(ctx, argument)
    cell, line = cells_of(found.numbers)[place]
    page = page_of(rows)
    more = more_button(page, f"report.rows:{draft_id}.{mark(cell)}.{page.shown[-1].id}") if page.shown else ()
    back = Button("button-back", press=f"report.cells:{draft_id}.{place - place % PAGE}")
    return Reply(
        "report-rows",
        {**heading(found), "name": cell_name(found.numbers, cell), "count": line.counts[cell.measure]},
        lines=tuple(row_line(row) for row in page.shown),
        buttons=(*more, back),
        private=True,
    )


@ahead("report.rows")
async def rows_ahead(ctx: ChatContext, argument: str) -> None:
    await _rows(ctx, argument)


async def _rows(ctx: ChatContext, argument: str) -> tuple[int, Read, int, Sequence[CountedRow]]:
    """The report's draft, its numbers, which of them it is, and the rows. Raises NothingCounted."""
    draft, _, rest = argument.partition(".")
    draft_id, (wanted_mark, after) = number(draft), _pair(rest)
    found = await counted(ctx, await wanted_of(ctx, draft_id))
    cells = cells_of(found.numbers)
    place = next((place for place, (cell, _) in enumerate(cells) if mark(cell) == wanted_mark), None)
    if place is None:
        raise NothingCounted
    cell = cells[place][0]
    rows = await ctx.once(
        (found.wanted, cell, after),
        lambda: ctx.uow.reports.list_rows(ctx.actor, found.asked, cell, after=after or None, limit=asked_for()),
    )
    return draft_id, found, place, rows


def row_line(row: CountedRow) -> Line:
    code = code_of(row)
    opens = Button("button-open", press=f"record.show:{row.record}.{row.record_id}", facts={"name": code or ""})
    facts: dict[str, Any] = {
        "code": code,
        "name": Secret("name", row.title) if row.title else None,
        "at": row.at,
        "owner": row.owner_name,
        "note": note_shown(row.note, most=80) if row.note else None,
        "amount": Secret("amount", row.amount) if row.amount is not None else None,
    }
    return Line("report-row", facts, buttons=(opens,) if row.record in _OPENED else ())


_OPENED = frozenset({"lead", "customer", "opportunity", "followup", "ticket"})
