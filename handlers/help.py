"""What one can say here, by role: a few lines with examples, and buttons to try."""

from __future__ import annotations

from domain.people.model import Role
from handlers.chat import Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.hello import RUNNABLE, run_buttons
from handlers.router import EVERYBODY, ROUTES, SLASHES, Command, UnknownCommand, command, fold, is_for, nearest
from handlers.visitors.strangers import introduce

EVERY_STAFF = ("help-say", "help-lead", "help-next", "help-find", "help-today", "help-undo")
FOR_TICKETS = ("help-queue", "help-answer", "help-note")
LINES = {
    Role.REP: EVERY_STAFF,
    Role.AGENT: (*FOR_TICKETS, *EVERY_STAFF),
    Role.MANAGER: (*EVERY_STAFF, "help-queue", "help-digest", "help-report", "help-team"),
    Role.ADMIN: (*EVERY_STAFF, "help-queue", "help-digest", "help-report", "help-team"),
}
TRY = {
    Role.REP: ("today", "resume", "settings"),
    Role.AGENT: ("queue", "today", "resume", "settings"),
    Role.MANAGER: ("digest", "today", "team", "settings"),
    Role.ADMIN: ("team", "digest", "today", "settings"),
}


def _typed(rest: str) -> str:
    words = fold(rest).strip(SLASHES + " ").split()
    return words[0][:40] if words else ""


def _named(rest: str) -> Command | None:
    typed = _typed(rest)
    return ROUTES.commands.get(typed.lower()) or ROUTES.keywords.get(typed)


def _is_asking(rest: str) -> bool:
    """Without a slash: "help", or "help lead", but not "help me with Acme"."""
    return not rest or (len(rest.split()) == 1 and _named(rest) is not None)


@command("help", "帮助", who=EVERYBODY, bare=_is_asking)
async def help_(ctx: ChatContext, rest: str) -> Reply:
    """With a command's name its usage, else what the speaker can say."""
    if rest:
        return _usage(rest, ctx)
    if ctx.staff is None:
        return await introduce(ctx)
    role = ctx.staff.role
    lines = tuple(Line(key) for key in (*LINES[role], "help-more"))
    return Reply("help", {"name": ctx.staff.name}, lines=lines, buttons=run_buttons(*TRY[role]), private=True)


def _usage(rest: str, ctx: ChatContext) -> Reply:
    chosen = _named(rest)
    if chosen is None or not is_for(chosen, ctx.role):
        typed = _typed(rest)
        raise UnknownCommand(typed=typed, nearest=nearest(typed, ROUTES, ctx.role))
    facts = {
        "command": chosen.name,
        "keywords": list(chosen.keywords),
        "does": Phrase(f"menu-{chosen.name}"),
        "usage": Phrase(f"usage-{chosen.name}"),
    }
    return Reply("help-command", facts, buttons=run_buttons(chosen.name) if _acts_alone(chosen) else (), private=True)


def _acts_alone(chosen: Command) -> bool:
    return chosen.name in RUNNABLE and chosen.name != "help"
