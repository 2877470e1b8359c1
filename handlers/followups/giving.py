"""Follow-ups given to somebody: told at once, accepted or passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.followups.actions import accept_followup, reassign_followup
from domain.followups.queries import FollowupView
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import ask_words, colleague_buttons, drop_question, find_colleague, open_question
from handlers.dialogs.only_answers import answers
from handlers.followups.cards import facts_of, present_card
from handlers.followups.reminders import fresh_view, view_of
from handlers.followups.standing import refresh_cards
from handlers.notices import Batch, Decision, Skip, notice
from handlers.router import Answer, number, press, question

ASKED = "followup-pass"


@notice("followup-assigned")
async def followups_assigned(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Skipped when it is closed, accepted or somebody else's by now."""
    views = {view.id: view for view in await uow.followups.list_views([row.facts["followup"] for row in batch.rows])}
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view = views.get(row.facts["followup"])
        if view is None or not view.is_open:
            decisions[row.id] = Skip("gone" if view is None else f"{view.status.value}-meanwhile")
        elif view.owner_id != row.staff_id:
            decisions[row.id] = Skip("moved")
        elif view.accepted_at is not None:
            decisions[row.id] = Skip("accepted-meanwhile")
        else:
            decisions[row.id] = assigned_card(view, by=row.facts["by"])
    return decisions


@notice("followup-accepted")
@notice("followup-passed")
async def followups_accepted(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Who gave it hears that it is taken, or who has it now."""
    views = {view.id: view for view in await uow.followups.list_views([row.facts["followup"] for row in batch.rows])}
    return {
        row.id: Reply(
            row.key,
            {**facts_of(view), **row.facts},
            buttons=(Button("button-details", press=f"followup.show:{view.id}"),),
            card=f"followup:{view.id}",
        )
        for row in batch.rows
        if (view := views.get(row.facts["followup"])) is not None
    }


def assigned_card(view: FollowupView, *, by: str) -> Reply:
    """Accept and Pass on."""
    buttons = (
        Button("button-accept", press=f"followup.accept:{view.id}"),
        Button("button-pass-on", press=f"followup.pass:{view.id}"),
    )
    facts = {**facts_of(view), "by": by}
    return Reply("followup-assigned", facts, buttons=buttons, card=f"followup:{view.id}")


@press("followup.accept")
async def accept(ctx: ChatContext, argument: str) -> Reply:
    """Pressed again, or by somebody whose it is not, it shows how things stand."""
    view = await view_of(ctx, number(argument))
    if not view.is_open or view.accepted_at is not None or view.owner_id != ctx.actor.id:
        return present_card(view, reader=ctx.actor.id)
    await accept_followup(ctx.uow, ctx.actor, view.id, now=ctx.now)
    await refresh_cards(ctx, view.id)
    card = present_card(await fresh_view(ctx, view.id), reader=ctx.actor.id)
    return replace(card, key="followup-taken", buttons=(*card.buttons, undo_button()))


@press("followup.pass")
async def ask_whom(ctx: ChatContext, argument: str) -> Reply:
    """A button a colleague, or the name as the next words."""
    view = await view_of(ctx, number(argument))
    if not view.is_open:
        return present_card(view, reader=ctx.actor.id)
    await ask_words(ctx, ASKED, "who", followup=view.id)
    people = await colleague_buttons(ctx, f"followup.give:{view.id}")
    back = Button("button-back", press=f"followup.show:{view.id}")
    return Reply("followup-ask-whom", facts_of(view), buttons=(*people, back), card=f"followup:{view.id}")


@press("followup.give")
async def give_to(ctx: ChatContext, argument: str) -> Reply:
    followup_id, _, staff_id = argument.partition(".")
    view = await view_of(ctx, number(followup_id))
    await drop_question(ctx, ASKED)
    return await _give(ctx, view, await ctx.uow.staff.get(number(staff_id)))


@question(ASKED)
async def take_whom(ctx: ChatContext, text: str) -> Answer:
    """``@Tom`` or ``Tom``."""
    draft = await open_question(ctx, ASKED)
    if draft is None:
        return None
    person = await find_colleague(ctx, text)
    if person is None:
        if not await answers(ctx, draft, text, "colleague"):
            return None
        raise StaffNotFound(name=text.strip().lstrip("@"))
    await ctx.uow.drafts.remove(draft)
    return await _give(ctx, await view_of(ctx, draft.content["followup"]), person)


async def _give(ctx: ChatContext, view: FollowupView, person: Staff) -> Reply:
    """The answer is made without asking again: who gave it away may not see it any more."""
    if not view.is_open or not person.is_active or view.owner_id == person.id:
        return present_card(view, reader=ctx.actor.id)
    await reassign_followup(ctx.uow, ctx.actor, view.id, person, now=ctx.now)
    await refresh_cards(ctx, view.id)
    facts = {**facts_of(view), "owner": person.name}
    return Reply("followup-passed-on", facts, buttons=(undo_button(),), card=f"followup:{view.id}")
