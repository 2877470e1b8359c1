"""Answers kept ready: listed, kept and forgotten by /canned, and put into a reply by ``#name`` or a button."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.tickets.canned import NAME, NoSuchAnswer, fill, forget_canned, keep_canned, list_canned
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import drop_question
from handlers.router import SUPPORT, WrongUsage, command, fold, number, press
from handlers.tickets.cards import asking_card

_NAMED = re.compile(r"#([\w-]{1,30})")
_KEPT = re.compile(r"#?(?P<name>[\w-]{1,30})\s*[:=]\s*(?P<text>.*)", re.DOTALL)
MOST = 20


@command("canned", "话术", who=SUPPORT)
async def canned(ctx: ChatContext, rest: str) -> Reply:
    """Alone the list; ``/canned greeting: Hello {name}!`` keeps one, its name alone shows it."""
    kept = await list_canned(ctx.uow)
    if not rest:
        lines = tuple(Line("canned-line", {"name": name, "text": text}) for name, text in list(kept.items())[:MOST])
        return Reply("canned-list", {"count": len(kept), "left": max(0, len(kept) - MOST)}, lines=lines, private=True)
    found = _KEPT.fullmatch(_narrow(rest))
    if found is None or not found["text"]:
        return _one(rest, kept)
    name, text = found["name"].casefold(), rest[found.start("text") :].strip()
    await keep_canned(ctx.uow, name, text)
    return Reply("canned-kept", {"name": name}, buttons=(undo_button(),), private=True)


def _one(rest: str, kept: Mapping[str, str]) -> Reply:
    name = fold(rest).strip("#:= ").casefold()
    if not NAME.fullmatch(name):
        raise WrongUsage("canned")
    if name not in kept:
        raise NoSuchAnswer(name=name)
    forget = Button("button-forget", press=f"canned.forget:{name}")
    return Reply("canned-line", {"name": name, "text": kept[name]}, buttons=(forget,), private=True)


@press("canned.forget")
async def forget(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*SUPPORT)
    await forget_canned(ctx.uow, argument)
    return Reply("canned-forgotten", {"name": argument}, buttons=(undo_button(),))


def _narrow(text: str) -> str:
    """With half-width signs, as long as it was."""
    return text.replace("：", ":").replace("＝", "=").replace("＃", "#")


def is_canned(text: str) -> bool:
    """``#greeting`` alone stands for the text that is kept under it."""
    return _NAMED.fullmatch(fold(text).strip()) is not None


async def filled(ctx: ChatContext, ticket_id: int, text: str) -> str:
    """The text behind ``#greeting``, for this ticket. Raises NoSuchAnswer."""
    found = _NAMED.fullmatch(fold(text).strip())
    name = found[1].casefold() if found else ""
    kept = await list_canned(ctx.uow)
    if name not in kept:
        raise NoSuchAnswer(name=name)
    view = (await ctx.uow.tickets.list_views([ticket_id]))[0]
    values = {
        "name": view.asker or "",
        "customer": view.customer_title or "",
        "ticket": f"T{view.id}",
        "agent": ctx.actor.name,
    }
    return fill(kept[name], values)


async def canned_buttons(ctx: ChatContext, ticket_id: int) -> tuple[Button, ...]:
    names = [name for name in await list_canned(ctx.uow) if NAME.fullmatch(name) and len(name.encode()) <= NAME_BYTES]
    return tuple(
        Button("button-person", press=f"ticket.use:{ticket_id}.{name}", facts={"name": f"#{name}"})
        for name in names[:MOST]
    )


NAME_BYTES = 34  # what a press has room for behind its verb and a number


@press("ticket.canned")
async def choose_canned(ctx: ChatContext, argument: str) -> Reply:
    """Which one? It becomes a draft with Send, as any words."""
    await ctx.uow.tickets.get_for(ctx.actor, number(argument))
    back = Button("button-back", press=f"ticket.reply:{argument}", starts_row=True)
    buttons = await canned_buttons(ctx, number(argument))
    return Reply("canned-choose", {"count": len(buttons)}, buttons=(*buttons, back), card=asking_card(number(argument)))


@press("ticket.use")
async def use_canned(ctx: ChatContext, argument: str) -> Reply:
    from handlers.tickets.answers import ASKED, draft_answer

    ticket_id, _, name = argument.partition(".")
    await drop_question(ctx, ASKED)
    return await draft_answer(ctx, number(ticket_id), f"#{name}")
