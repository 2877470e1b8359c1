"""What is planned for a day that somebody asks about: "what do I have on Friday?", 周五有什么安排."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.followups.queries import FollowupView
from domain.values.zones import end_of_day, local, start_of_day
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import asked_for, more_button, page_of
from handlers.followups.cards import facts_of
from handlers.followups.myday import NAME, present_day
from handlers.router import ButtonTooOld, press
from handlers.understanding import Moment, parse_when

_ASKS = (
    re.compile(
        r"(?:and )?(?:what(?:'s| is| are)(?: (?:on|planned|due|scheduled|happening|coming up|my (?:plans?|schedule|agenda|day)))*"
        r"|what (?:do|have|must|should) i (?:have|got|do|need)(?: to do| on| planned| due| scheduled)*"
        r"|(?:do i have|have i got|is there)? ?anything(?: on| planned| due| scheduled| to do)*"
        r"|(?:show(?: me)? )?my (?:day|plans?|schedule|agenda|follow-?ups?|tasks|calendar))"
        r" (?:(?:on|for|in|due|planned|like) )*(?P<when>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:我|看看|看一下)?(?P<when>.{1,8}?)(?:我)?的?(?:都|还)?(?:有(?:没有)?|要做|要干|安排了|得做)?(?:什么|哪些|啥)"
        r"(?:安排|事情?|跟进|计划|日程|要做的|待办|要做|工作)?(?:吗|呢|么|要做)?"
    ),
    re.compile(
        r"(?:我|看看|看一下)?(?P<when>.{1,8}?)(?:我)?的?(?:有(?:没有)?)?(?:安排|日程|待办|计划)(?:吗|呢|么|有哪些)?"
    ),
)


async def asked_about_day(ctx: ChatContext, words: str) -> Reply | None:
    """None for what asks about no day. ``words`` is folded, without the mark at its end."""
    for asks in _ASKS:
        found = asks.fullmatch(words)
        if found is None:
            continue
        moment = parse_when(found["when"], await ctx.reading())
        if moment is not None and _is_all(found["when"], moment):
            first, last = _days(moment)
            return await planned_on(ctx, first, last)
    return None


def _is_all(words: str, moment: Moment) -> bool:
    left = f"{words[: moment.start]} {words[moment.end :]}".strip(" .的")
    return left.casefold() in {"", "on", "the", "for", "this"}


def _days(moment: Moment) -> tuple[date, date]:
    first = moment.at.date()
    return first, first + timedelta(days=6 - first.weekday() if moment.grain == "week" else 0)


async def planned_on(ctx: ChatContext, first: date, last: date, *, start: int = 0) -> Reply:
    """The speaker's own open follow-ups of these days; today has a page of its own."""
    if first == last == local(ctx.event.at, ctx.timezone).date():
        return await present_day(ctx)
    followups = await ctx.uow.followups.list_open(
        owner_id=ctx.actor.id,
        due_from=start_of_day(first, ctx.timezone),
        due_before=end_of_day(last, ctx.timezone),
        limit=start + asked_for(),
    )
    page = page_of(followups[start:])
    views = await ctx.uow.followups.list_views([followup.id for followup in page.shown]) if page.shown else ()
    return Reply(
        "planned-on" if followups else "planned-on-nothing",
        {
            "first": start_of_day(first, ctx.timezone),
            "last": start_of_day(last, ctx.timezone) if last > first else None,
        },
        lines=tuple(map(_line, views)),
        buttons=more_button(page, f"planned.on:{first:%Y%m%d}.{last:%Y%m%d}.{start + len(page.shown)}"),
        private=True,
    )


def _line(view: FollowupView) -> Line:
    name = (view.title or view.contact_name or view.note)[:NAME] or f"F{view.id}"
    opens = Button("button-open-of", press=f"today.open:followup.{view.id}", facts={"name": name})
    return Line("my-day-followup", {**facts_of(view), "owner": None}, buttons=(opens,))


@press("planned.on")
async def turn_page(ctx: ChatContext, argument: str) -> Reply:
    parts = re.fullmatch(r"(\d{8})\.(\d{8})\.(\d{1,4})", argument, re.ASCII)
    if parts is None:
        raise ButtonTooOld
    try:
        first, last = (date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}") for day in parts.groups()[:2])
    except ValueError:
        raise ButtonTooOld from None
    return await planned_on(ctx, first, last, start=int(parts[3]))
