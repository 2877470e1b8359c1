"""The home page, where a channel has one: My day, and in its place whatever its buttons lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.notifications.homes import LOOKED_AT, MOST_HOMES, MY_DAY, home_shown
from domain.people.model import Role
from domain.ports import UnitOfWork
from handlers.chat import Button, HomeOpened, Reply
from handlers.context import ChatContext
from handlers.followups.myday import days_of, present_day
from handlers.hello import run_buttons
from handlers.help import TRY
from handlers.notices import Batch, Decision, Skip, notice
from handlers.router import content, press
from handlers.visitors.strangers import introduce


@content(HomeOpened)
async def open_home(ctx: ChatContext, opened: HomeOpened) -> Reply:
    return await _page(ctx)


@press("home.show")
async def show_home(ctx: ChatContext, argument: str) -> Reply:
    return await _page(ctx)


async def _page(ctx: ChatContext) -> Reply:
    """My day as it is now; who is not on the staff sees how one joins."""
    return on_home(ctx, await present_day(ctx) if ctx.staff is not None else await introduce(ctx))


def on_home(ctx: ChatContext, reply: Reply) -> Reply:
    """The reply as the page shows it: My day with what its reader needs most, anything else with the way back to it.

    A page holds no files, so a reply with one stays a message in the private chat.
    """
    if reply.home:
        return reply
    if reply.picture is not None or reply.document is not None:
        return replace(reply, fresh=True)
    return _page_of(reply, ctx.role)


def _page_of(reply: Reply, role: Role | None) -> Reply:
    return replace(reply, buttons=(*reply.buttons, *_ways_on(reply, role)), home=True)


async def note_home(ctx: ChatContext, reply: Reply) -> None:
    """What the page shows from now on, so that My day follows what changes."""
    place = ctx.event.conversation
    if ctx.staff is not None:
        is_my_day = reply.key == "my-day"
        await home_shown(ctx.uow, ctx.staff, channel=place.channel, place=place.key, is_my_day=is_my_day, now=ctx.now)


@notice("home-changed")
async def homes_changed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """My day of everybody whose page shows it still."""
    pages = await uow.cards.list_homes(MY_DAY, since=batch.now - LOOKED_AT, limit=MOST_HOMES)
    showing = {(page.channel, page.place, page.record) for page, _ in pages}
    wanted = {row.staff_id for row in batch.rows if (row.channel, row.place, f"{MY_DAY}:{row.staff_id}") in showing}
    readers = [person for person in batch.staff.values() if person.id in wanted and person.is_active]
    days = await days_of(uow, readers, now=batch.now)
    return {
        row.id: _page_of(days[row.staff_id], batch.staff[row.staff_id].role) if row.staff_id in days else Skip("moved")
        for row in batch.rows
        if row.staff_id is not None
    }


def _ways_on(reply: Reply, role: Role | None) -> tuple[Button, ...]:
    if role is None:
        return ()
    if reply.key == "my-day":
        return run_buttons(*(command for command in TRY[role] if command != "today"))
    return (Button("run-today", press="home.show", starts_row=True),)
