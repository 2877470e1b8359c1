"""Somebody leaves: access ends at once, and what is theirs can be handed over next."""

from __future__ import annotations

from collections.abc import Mapping

from domain.people.actions import deactivate_staff
from domain.people.handover import Belongings, count_belongings, tell_of_leaver
from domain.ports import UnitOfWork
from domain.tickets.passing import release_tickets
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.notices import Batch, Decision, Skip, notice
from handlers.people.handovers import belongings_phrase
from handlers.people.person_card import looked_after, person_card
from handlers.router import press


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
        await tell_of_leaver(ctx.uow, ctx.actor, person, now=ctx.now)
    owned = await count_belongings(ctx.uow, person.id)
    buttons = []
    if owned.total:
        buttons.append(Button("button-hand-over", press=f"team.hand:{person.id}"))
    if was_active:
        buttons.append(undo_button())
    buttons.append(Button("button-back", press="team.list:"))
    facts = {"name": person.name, "owned": belongings_phrase(owned)}
    return Reply("team-left", facts, buttons=tuple(buttons), card=f"staff:{person.id}", private=True)


@notice("leaver-records")
async def on_the_list(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """As many as there still are; nothing is said when all was handed over meanwhile."""
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        person = await uow.staff.get(row.facts["staff"])
        owned = await count_belongings(uow, person.id)
        decisions[row.id] = _left_behind(person.id, person.name, owned) if owned.total else Skip("done-meanwhile")
    return decisions


def _left_behind(staff_id: int, name: str, owned: Belongings) -> Reply:
    hand = Button("button-hand-over", press=f"team.hand:{staff_id}")
    facts = {"name": name, "owned": belongings_phrase(owned)}
    return Reply("leaver-records", facts, buttons=(hand,), card=f"staff:{staff_id}")
