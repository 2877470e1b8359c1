"""The short hello, and buttons that run a command."""

from __future__ import annotations

from dataclasses import replace

from domain.people.model import Role
from handlers.chat import Button, Reply
from handlers.context import ChatContext, Outcome
from handlers.router import ROUTES, Answer, ButtonTooOld, press, run_command

# What each role needs most: commands that act without further words.
MOST_USEFUL = {
    Role.REP: ("today", "settings", "help"),
    Role.AGENT: ("queue", "today", "help"),
    Role.MANAGER: ("digest", "today", "help"),
    Role.ADMIN: ("team", "digest", "help"),
}
RUNNABLE = frozenset({"queue", "today", "settings", "help", "digest", "team", "resume", "link"})


def run_button(command: str) -> Button:
    return Button(f"run-{command}", press=f"run:{command}")


def run_buttons(*commands: str) -> tuple[Button, ...]:
    """Buttons for those of the commands that exist."""
    return tuple(run_button(command) for command in commands if command in ROUTES.commands)


def hello(ctx: ChatContext) -> Reply:
    actor = ctx.actor
    return Reply("start-hello", {"name": actor.name}, buttons=run_buttons(*MOST_USEFUL[actor.role]))


@press("run")
async def run(ctx: ChatContext, argument: str) -> Answer:
    """As if the command had been typed: what it says is a new message, the hello stays."""
    chosen = ROUTES.commands.get(argument) if argument in RUNNABLE else None
    if chosen is None:
        raise ButtonTooOld
    answer = await run_command(ctx, chosen, "")
    if isinstance(answer, Outcome):
        return replace(answer, replies=tuple(replace(reply, fresh=True) for reply in answer.replies))
    return replace(answer, fresh=True) if answer is not None else None
