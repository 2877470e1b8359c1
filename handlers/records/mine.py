"""What somebody owns, in words: "my customers", "my leads", "my deals", 我的客户. Newest first, each with a button that opens it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext
from handlers.customers.cards import opportunity_line
from handlers.dialogs.lists import Page, asked_for, more_button, page_of
from handlers.records.find import found_line
from handlers.router import ButtonTooOld, number, press

_ASKED: Mapping[str, re.Pattern[str]] = {
    record: re.compile(
        rf"(?:(?:show|list|open|see)(?: me)?(?: all)? |what are |who are )?(?:all )?my (?:open )?(?:{en})|{zh}",
        re.IGNORECASE,
    )
    for record, en, zh in (
        (
            "customer",
            "customers|clients|accounts",
            "(?:看看?|列出|查看?)?(?:所有)?我的?(?:有哪些|所有)?客户(?:列表|有哪些)?",
        ),
        ("lead", "leads|prospects", "(?:看看?|列出|查看?)?(?:所有)?我的?(?:有哪些|所有)?线索(?:列表|有哪些)?"),
        (
            "opportunity",
            "deals|opportunities|pipeline|sales",
            "(?:看看?|列出|查看?)?(?:所有)?我的?(?:有哪些|所有)?(?:商机|单子)(?:列表|有哪些)?",
        ),
    )
}


def asked_for_mine(words: str) -> str | None:
    """Which records somebody asks to see all of theirs; None where the words ask nothing of the kind."""
    return next((record for record, pattern in _ASKED.items() if pattern.fullmatch(words)), None)


async def mine(ctx: ChatContext, record: str, *, before: int | None = None) -> Reply:
    """One page of the speaker's own: ``lead`` and ``opportunity`` the open ones, ``customer`` all. ``before`` is an id."""
    lines, page = await _page(ctx, record, before)
    if not lines:
        return Reply(f"mine-no-{record}")
    more = more_button(page, f"mine.page:{record}.{page.shown[-1]}")
    first = (Button("button-first-page", press=f"mine.page:{record}.0"),) if before else ()
    return Reply(f"mine-{record}", lines=lines, buttons=(*first, *more))


async def _page(ctx: ChatContext, record: str, before: int | None) -> tuple[tuple[Line, ...], Page[int]]:
    if record == "opportunity":
        open_ones = await ctx.uow.opportunities.list_open(ctx.actor.id, limit=asked_for(), before=before)
        shown = page_of(open_ones).shown
        titles = await ctx.uow.search.titles_of(ctx.actor, {("customer", each.customer_id) for each in shown})
        lines = tuple(
            opportunity_line(each, whose=titles.get(("customer", each.customer_id)), in_group=ctx.in_group)
            for each in shown
        )
        return lines, page_of([each.id for each in open_ones])
    owned = await ctx.uow.search.list_owned(ctx.actor, record, limit=asked_for(), before=before)
    lines = tuple(found_line(each, in_group=ctx.in_group, says_owner=False) for each in page_of(owned).shown)
    return lines, page_of([each.id for each in owned])


@press("mine.page")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    record, _, before = argument.partition(".")
    if record not in _ASKED:
        raise ButtonTooOld
    return await mine(ctx, record, before=number(before) or None)
