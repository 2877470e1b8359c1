"""Somebody leaves, or records go to somebody else: one action, one Undo, and the new owner is told once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.people.actions import deactivate_staff
from domain.people.errors import StaffNotFound
from domain.people.handover import Belongings, count_belongings, hand_over
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.actions import release_tickets
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext, undo_button
from handlers.notices import Batch, Decision, notice
from handlers.router import LEADERS, WrongUsage, command, number, press
from handlers.team import looked_after, person_card

MOST_CHOICES = 20
# "@Tom to @Mei", "@小王 给 @小美", "Tom, Mei", "Tom → Mei".
FROM_TO = re.compile(
    r"@?(.+?)\s*(?:[,，]|→|->|\s(?:to|给|交给|转给)\s|(?<=\S)\s+(?=@)|给|交给)\s*@?(.+)", re.IGNORECASE
)


def _is_handover(rest: str) -> bool:
    """Without a slash both have to be named with @."""
    return rest.startswith("@") and rest.count("@") == 2 and len(rest) <= 80


@command("handover", "交接", who=LEADERS, bare=_is_handover)
async def handover(ctx: ChatContext, rest: str) -> Reply:
    """``@Tom to @Mei``: what is Tom's becomes Mei's; with one name alone it is asked who takes over."""
    if not rest:
        raise WrongUsage("handover")
    one = await ctx.uow.staff.find_by_name(_name(rest))
    if one is not None:
        return await ask_whom(ctx, str(one.id))
    found = FROM_TO.fullmatch(rest.strip())
    if found is None:
        raise StaffNotFound(name=_name(rest))
    giver, taker = [await _named(ctx, name) for name in found.groups()]
    return await hand(ctx, f"{giver.id}.{taker.id}")


def _name(typed: str) -> str:
    return " ".join(typed.split()).lstrip("@")[:60]


async def _named(ctx: ChatContext, typed: str) -> Staff:
    person = await ctx.uow.staff.find_by_name(_name(typed))
    if person is None:
        raise StaffNotFound(name=_name(typed))
    return person


# ---------------------------------------------------------------- leaving


def _counts(owned: Belongings) -> dict[str, object]:
    return {
        "leads": owned.leads,
        "customers": owned.customers,
        "followups": owned.followups,
        "opportunities": owned.opportunities,
        "more": owned.more,
    }


@press("team.leave")
async def ask_leave(ctx: ChatContext, argument: str) -> Reply:
    """Asked once, with what is at stake."""
    person = await looked_after(ctx, argument)
    if not person.is_active:
        return await person_card(ctx, person)
    owned = await count_belongings(ctx.uow, person.id)
    buttons = (
        Button("button-yes-deactivate", press=f"team.left:{person.id}", facts={"name": person.name}),
        Button("button-back", press=f"team.show:{person.id}"),
    )
    facts = {"name": person.name, "owned": _belongings(owned)}
    return Reply("team-ask-leave", facts, buttons=buttons, card=f"staff:{person.id}", private=True)


def _belongings(owned: Belongings) -> Phrase:
    return Phrase("belongings" if owned.total else "belongings-none", _counts(owned) if owned.total else {})


@press("team.left")
async def leave(ctx: ChatContext, argument: str) -> Reply:
    person = await looked_after(ctx, argument)
    was_active = person.is_active
    await deactivate_staff(ctx.uow, ctx.actor, person.id)
    if was_active:
        await release_tickets(ctx.uow, person, now=ctx.now)
    owned = await count_belongings(ctx.uow, person.id)
    buttons = []
    if owned.total:
        buttons.append(Button("button-hand-over", press=f"team.hand:{person.id}"))
    if was_active:
        buttons.append(undo_button())
    buttons.append(Button("button-back", press="team.list:"))
    facts = {"name": person.name, "owned": _belongings(owned)}
    return Reply("team-left", facts, buttons=tuple(buttons), card=f"staff:{person.id}", private=True)


async def _giver(ctx: ChatContext, argument: str) -> Staff:
    """Leaders may also give what is their own."""
    ctx.allow(*LEADERS)
    own = number(argument) == ctx.actor.id
    return ctx.actor if own else await looked_after(ctx, argument)


@press("team.hand")
async def ask_whom(ctx: ChatContext, argument: str) -> Reply:
    """To whom: those of the same team first."""
    person = await _giver(ctx, argument)
    owned = await count_belongings(ctx.uow, person.id)
    others = [each for each in await ctx.uow.staff.list_active() if each.id != person.id]
    others.sort(key=lambda each: each.team != person.team)
    choices = tuple(
        Button("button-person", press=f"team.handto:{person.id}.{each.id}", facts={"name": each.name})
        for each in others[:MOST_CHOICES]
    )
    back = Button("button-back", press="team.list:")
    facts = {"name": person.name, "owned": _belongings(owned)}
    return Reply("team-ask-whom", facts, buttons=(*choices, back), card=f"staff:{person.id}", private=True)


@press("team.handto")
async def hand(ctx: ChatContext, argument: str) -> Reply:
    """One action with one Undo. What is too much for one transaction follows by itself, and the card says its end."""
    from_id, _, to_id = argument.partition(".")
    person, taker = await _giver(ctx, from_id), await ctx.uow.staff.get(number(to_id))
    under_way = Reply("team-handing-over", {"name": person.name, "to": taker.name}, private=True)
    given = await hand_over(ctx.uow, ctx.actor, person.id, taker.id, told=ctx.told(under_way), now=ctx.now)
    undo = undo_button() if given.total else None
    if given.more:
        return replace(under_way, buttons=_after_handover(undo), card=f"staff:{person.id}")
    facts = {"name": person.name, "to": taker.name, "owned": _belongings(given), "stopped": False}
    return _handed_over(facts, undo, staff_id=person.id)


def _handed_over(facts: dict[str, Any], undo: Button | None, *, staff_id: int) -> Reply:
    buttons = _after_handover(undo)
    return Reply("team-handed-over", facts, buttons=buttons, card=f"staff:{staff_id}", private=True)


def _after_handover(undo: Button | None) -> tuple[Button, ...]:
    back = Button("button-back", press="team.list:")
    return (undo, back) if undo else (back,)


@notice("handover-finished")
async def handover_finished(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The answer to a handover that took longer."""
    return {row.id: _finished(row.facts) for row in batch.rows}


def _finished(facts: Mapping[str, Any]) -> Reply:
    given = Belongings(**{name: facts[name] for name in ("leads", "customers", "followups", "opportunities")})
    said = {"name": facts["name"], "to": facts["to"], "owned": _belongings(given), "stopped": facts["stopped"]}
    return _handed_over(said, Button("button-undo", press=f"undo:{facts['action']}"), staff_id=facts["staff"])
