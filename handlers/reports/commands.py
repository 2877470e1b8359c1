"""Numbers on demand: ``/report funnel last month @tom`` is a picture, a short table, and every number opened by a tap."""

from __future__ import annotations

from typing import Any

from domain.errors import CrmError, RecordNotFound
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import LETTERS
from domain.reports.model import Cell, Counted, CountedRow, Report
from domain.reports.wanted import Wanted
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.reports.asking import period_said, read_name, read_wanted
from handlers.reports.cards import REPORT, SCHEDULES, Read, heading, mark, present, read
from handlers.reports.lines import Numbers, measure_name, section_word
from handlers.reports.schedules import is_schedule, schedule
from handlers.reports.sheets import workbook
from handlers.router import LEADERS, ButtonTooOld, command, number, press

PAGE = 8
MOST_IN_SHEET = 1000
MENU = tuple(report for report in Report if report not in {Report.FLOW, Report.AGEING})


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
        buttons = tuple(Button(f"report-{each.value}", press=f"report.new:{each.value}") for each in MENU)
        mine = Button("button-schedules", press=f"{SCHEDULES}:", starts_row=True)
        return Reply("report-menu", buttons=(*buttons, mine), private=True)
    if is_schedule(rest):
        return await schedule(ctx, rest)
    return await _new(ctx, await read_wanted(ctx, rest))


@command("flow", "流程", who=LEADERS)
async def flow(ctx: ChatContext, rest: str) -> Reply:
    """How a sale goes in this company: stages, who has them, how long; the bottleneck is marked."""
    return await _new(ctx, await read_wanted(ctx, rest, report=Report.FLOW))


@press("report.new")
async def chosen(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    if argument not in {each.value for each in Report}:
        raise ButtonTooOld
    return await _new(ctx, await read_wanted(ctx, argument))


async def _new(ctx: ChatContext, wanted: Wanted) -> Reply:
    draft = await keep_draft(ctx, REPORT, wanted.kept())
    await ctx.uow.flush()
    return present(await read(ctx.uow, ctx.actor, wanted, now=ctx.now), draft.id)


async def wanted_of(ctx: ChatContext, draft_id: int) -> Wanted:
    """What a report's buttons are about; in a group it may be a colleague's, and is counted for whoever presses."""
    ctx.allow(*LEADERS)
    owner = await ctx.uow.drafts.find_owner(draft_id)
    try:
        draft = await ctx.uow.drafts.get_for(owner, draft_id)
    except RecordNotFound:
        raise ButtonTooOld from None
    if owner is None or draft.kind != REPORT or (owner != ctx.actor.id and not ctx.in_group):
        raise ButtonTooOld
    draft.updated_at = ctx.now
    return Wanted.of(draft.content)


@press("report.sheet")
async def as_sheet(ctx: ChatContext, argument: str) -> Reply:
    """The report as a workbook: its table, and the rows behind it."""
    found = await read(ctx.uow, ctx.actor, await wanted_of(ctx, number(argument)), now=ctx.now)
    rows = await rows_behind(ctx.uow, ctx.actor, found)
    return Reply(
        "report-sheet",
        heading(found),
        document=workbook(found.numbers, rows, period=period_said(found.wanted), people=found.people),
        private=True,
        fresh=True,
    )


async def rows_behind(uow: UnitOfWork, asker: Staff, found: Read) -> list[CountedRow]:
    """What the first number of each line counts, as many as a sheet in a chat is good for."""
    rows: list[CountedRow] = []
    for cell, _ in cells_of(found.numbers):
        if cell.measure == "all" and len(rows) < MOST_IN_SHEET:
            rows += await uow.reports.list_rows(asker, found.asked, cell, limit=MOST_IN_SHEET - len(rows))
    return rows


# ---------------------------------------------------------------- the rows behind each number


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


@press("report.cells")
async def open_numbers(ctx: ChatContext, argument: str) -> Reply:
    """All numbers, each with a button to the rows that it counts."""
    draft_id, place = _pair(argument)
    found = await read(ctx.uow, ctx.actor, await wanted_of(ctx, draft_id), now=ctx.now)
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
            "name": numbers.name(cell.section, cell.group) if numbers.wanted.report is not Report.FUNNEL else None,
            "number": measure_name(numbers, cell.measure),
        },
    )


def _pair(argument: str) -> tuple[int, int]:
    draft_id, _, place = argument.partition(".")
    return number(draft_id), number(place)


@press("report.rows")
async def open_rows(ctx: ChatContext, argument: str) -> Reply:
    """The rows that one number counts, newest first, each with a button to its card."""
    draft_id, _, rest = argument.partition(".")
    wanted_mark, after = _pair(rest)
    found = await read(ctx.uow, ctx.actor, await wanted_of(ctx, number(draft_id)), now=ctx.now)
    cells = cells_of(found.numbers)
    place = next((place for place, (cell, _) in enumerate(cells) if mark(cell) == wanted_mark), None)
    if place is None:
        raise NothingCounted
    cell, line = cells[place]
    rows = await ctx.uow.reports.list_rows(ctx.actor, found.asked, cell, after=after or None, limit=asked_for())
    page = page_of(rows)
    more = more_button(page, f"report.rows:{draft_id}.{wanted_mark}.{page.shown[-1].id}") if page.shown else ()
    back = Button("button-back", press=f"report.cells:{draft_id}.{place - place % PAGE}")
    return Reply(
        "report-rows",
        {**heading(found), "name": cell_name(found.numbers, cell), "count": line.counts[cell.measure]},
        lines=tuple(row_line(row, in_group=ctx.in_group) for row in page.shown),
        buttons=(*more, back),
        private=True,
    )


def row_line(row: CountedRow, *, in_group: bool) -> Line:
    code = f"{LETTERS[row.record]}{row.record_id}"
    opens = Button("button-open", press=f"record.show:{row.record}.{row.record_id}", facts={"name": code})
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
