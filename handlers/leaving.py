"""Somebody leaves: access ends at once, and what is theirs can be handed over next."""

from __future__ import annotations

from domain.people.actions import deactivate_staff
from domain.people.handover import count_belongings
from domain.tickets.actions import release_tickets
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.handovers import belongings_phrase
from handlers.router import press
from handlers.team import looked_after, person_card


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
    facts = {"name": person.name, "owned": belongings_phrase(owned)}
    return Reply("team-ask-leave", facts, buttons=buttons, card=f"staff:{person.id}", private=True)


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
    facts = {"name": person.name, "owned": belongings_phrase(owned)}
    return Reply("team-left", facts, buttons=tuple(buttons), card=f"staff:{person.id}", private=True)
