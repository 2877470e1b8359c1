"""To many by hand: who would be asked, how many and why not the others, then Send."""

from __future__ import annotations

from domain.leads.model import GRADES
from domain.surveys.queries import Segment
from domain.surveys.segments import ask_segment, preview
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.router import LEADERS, ButtonTooOld, WrongUsage, press

EVERYBODY = "*"
_ALL = frozenset({"all", "*", "everybody", "全部", "所有"})
LONGEST_TAG = 30


def read_segment(typed: str) -> str | None:
    """``A``, ``#vip`` or ``*`` for all, as it is kept on buttons; None for anything else."""
    said = typed.strip()
    if said.casefold() in _ALL:
        return EVERYBODY
    if said.upper() in GRADES:
        return said.upper()
    is_tag = said.startswith(("#", "＃")) and 1 < len(said) <= LONGEST_TAG
    return f"#{said[1:].strip()}" if is_tag else None


def segment_of(code: str) -> Segment:
    """Raises ButtonTooOld."""
    if code == EVERYBODY:
        return Segment()
    if code in GRADES:
        return Segment(grade=code)
    if not code.startswith("#"):
        raise ButtonTooOld
    return Segment(tag=code[1:])


async def preview_segment(ctx: ChatContext, name: str, typed: str) -> Reply:
    code = read_segment(typed)
    if code is None or len(f"surveys.ask-all:{name}.{code}".encode()) > 64:
        raise WrongUsage("survey")
    return await _preview(ctx, name, code)


@press("surveys.segment")
async def pressed(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    name, _, code = argument.partition(".")
    return await _preview(ctx, name, code)


async def _preview(ctx: ChatContext, name: str, code: str) -> Reply:
    found = await preview(ctx.uow, ctx.actor, name, segment_of(code), now=ctx.now)
    left_out = [
        Line("survey-left-out", {"count": count, "why": Phrase(f"reason-{reason}")})
        for reason, count in sorted(found.left_out.items())
    ]
    facts = {
        "name": name,
        "whom": Phrase("survey-all-customers") if code == EVERYBODY else code,
        "free": found.free,
        "reached": found.reached,
        "open": found.is_open,
        "names": list(found.names) or None,
    }
    send = (Button("button-send", press=f"surveys.ask-all:{name}.{code}", is_main=True),) if found.free else ()
    back = Button("button-back", press=f"surveys.show:{name}")
    return Reply("survey-segment", facts, lines=tuple(left_out), buttons=(*send, back), private=True)


@press("surveys.ask-all")
async def ask_all(ctx: ChatContext, argument: str) -> Reply:
    """Judged once more for each of them; a second press finds that they were asked lately."""
    ctx.allow(*LEADERS)
    name, _, code = argument.partition(".")
    going = Reply("survey-sending", {"name": name}, buttons=(undo_button(),), private=True)
    asked = await ask_segment(ctx.uow, ctx.actor, name, segment_of(code), told=ctx.told(going), now=ctx.now)
    if asked is None:
        return going
    return Reply("survey-sent-many", {"name": name, "count": asked}, buttons=(undo_button(),), private=True)
