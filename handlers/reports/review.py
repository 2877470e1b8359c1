"""The quarterly review: three findings at most, each with the rows behind it and one change that can be applied."""

from __future__ import annotations

from dataclasses import replace

import locales
from domain.company.keeping import sources_of
from domain.errors import CrmError
from domain.reports.model import Cell, Report
from domain.reviews.actions import follow_up_stuck, give_untouched
from handlers.chat import Reply
from handlers.company.settings import offer
from handlers.context import ChatContext, undo_button
from handlers.rendering.catalogue import catalogue
from handlers.reports.asking import names_time_or_person, read_wanted
from handlers.reports.cards import Read
from handlers.reports.commands import counted, new_card, open_rows, rows_ahead, wanted_of
from handlers.reports.lines import cells_of
from handlers.reports.review_lines import overload_of
from handlers.router import LEADERS, ButtonTooOld, ahead, command, number, press

MOST_LOOKED_AT = 200  # sales that stand still, the newest first


class ReviewChanged(CrmError):
    """It is another by now whose leads are too many, or who could take them; or the source is not offered any more."""

    code = "review-changed"


@command("review", "复盘", who=LEADERS, bare=names_time_or_person)
async def review(ctx: ChatContext, rest: str) -> Reply:
    return await new_card(ctx, await read_wanted(ctx, rest, report=Report.REVIEW))


@ahead("/review")
async def review_ahead(ctx: ChatContext, rest: str) -> None:
    if ctx.actor.leads_others:
        await counted(ctx, await read_wanted(ctx, rest, report=Report.REVIEW))


# ---------------------------------------------------------------- what is done about them


async def _found(ctx: ChatContext, draft: str) -> tuple[int, Read]:
    ctx.allow(*LEADERS)
    wanted = await wanted_of(ctx, number(draft))
    if wanted.report is not Report.REVIEW:
        raise ButtonTooOld
    return number(draft), await counted(ctx, wanted)


@press("review.rows")
async def rows(ctx: ChatContext, argument: str) -> Reply:
    """Below the review, whose buttons are still to be pressed."""
    return replace(await open_rows(ctx, argument), fresh=True)


@press("review.plan")
async def plan(ctx: ChatContext, argument: str) -> Reply:
    """A follow-up for each sale that stands still in the stage and has none."""
    draft, _, stage = argument.partition(".")
    _, found = await _found(ctx, draft)
    cell = Cell(section="stages", group=stage, measure="stuck")
    if cell not in [each for each, _ in cells_of(found.numbers)]:
        raise ButtonTooOld
    rows = await ctx.uow.reports.list_rows(ctx.actor, found.asked, cell, limit=MOST_LOOKED_AT)
    note = catalogue(locales.language_of(ctx.locale)).text("review-note")
    planned = await follow_up_stuck(ctx.uow, ctx.actor, [row.id for row in rows], note=note, now=ctx.now)
    facts = {"count": planned, "stage": found.numbers.name("stages", stage)}
    return Reply("review-planned", facts, buttons=(undo_button(),) if planned else (), private=True, fresh=True)


@press("review.source")
async def stop_offering(ctx: ChatContext, argument: str) -> Reply:
    """The change of the company's settings, looked at before it is kept, below the review. Raises ReviewChanged."""
    ctx.allow(*LEADERS)
    if argument not in sources_of(ctx.company).offered:
        raise ReviewChanged
    return replace(await offer(ctx, f"sources.{argument}"), fresh=True)


@press("review.give")
async def give(ctx: ChatContext, argument: str) -> Reply:
    """Leads of who has too many go to who has fewest, by the handover that everybody knows. Raises ReviewChanged."""
    draft, giver, taker = ([*argument.split("."), "", ""])[:3]
    _, found = await _found(ctx, draft)
    overload = overload_of(found.numbers)
    if overload is None or (overload.giver, overload.taker) != (number(giver), number(taker)):
        raise ReviewChanged
    given = await give_untouched(
        ctx.uow, ctx.actor, giver_id=overload.giver, taker_id=overload.taker, count=overload.give, now=ctx.now
    )
    facts = {
        "name": found.numbers.people[overload.giver],
        "to": found.numbers.people[overload.taker],
        "count": given.leads,
    }
    return Reply("review-given", facts, buttons=(undo_button(),) if given.total else (), private=True, fresh=True)


ahead("review.rows")(rows_ahead)


@ahead("review.plan", "review.give")
async def found_ahead(ctx: ChatContext, argument: str) -> None:
    await _found(ctx, argument.partition(".")[0])
