"""The home page, where a channel has one: My day, and in its place whatever its buttons lead to."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import Button, HomeOpened, Reply
from handlers.context import ChatContext
from handlers.hello import run_buttons
from handlers.help import TRY
from handlers.myday import present_day
from handlers.router import content, press
from handlers.strangers import introduce


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
    return replace(reply, buttons=(*reply.buttons, *_ways_on(ctx, reply)), home=True)


def _ways_on(ctx: ChatContext, reply: Reply) -> tuple[Button, ...]:
    if ctx.staff is None:
        return ()
    if reply.key == "my-day":
        return run_buttons(*(command for command in TRY[ctx.staff.role] if command != "today"))
    return (Button("run-today", press="home.show", starts_row=True),)
