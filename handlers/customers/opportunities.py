"""Possible sales in chat: the card with its stages."""

from __future__ import annotations

from collections.abc import Mapping

from domain.company.keeping import lost_reasons_of, stages_of
from domain.opportunities.actions import change_opportunity, move_opportunity, open_opportunity
from domain.opportunities.model import Opportunity
from handlers.chat import Button, Form, Reply
from handlers.context import ChatContext, undo_button
from handlers.customers.cards import opportunity_card
from handlers.customers.forms import opportunity_change, opportunity_form
from handlers.dialogs.asking import ask_words, open_question
from handlers.dialogs.forms import ask_form
from handlers.dialogs.guarded_fields import guarded, with_kept
from handlers.dialogs.locked_buttons import must_be_unlocked, with_locks
from handlers.dialogs.only_answers import answers
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, form, number, press, question

ASKED = "opportunity-asked"


async def opportunity_reply(
    ctx: ChatContext, opportunity_id: int, *, said: str = "opportunity-card", last: tuple[Button, ...] = ()
) -> Reply:
    """The card as it stands. Raises RecordNotFound."""
    return await _card(ctx, await _get(ctx, opportunity_id), said=said, last=last)


async def _get(ctx: ChatContext, opportunity_id: int) -> Opportunity:
    return await ctx.uow.opportunities.get_for(ctx.actor, opportunity_id)


async def _card(
    ctx: ChatContext, opportunity: Opportunity, *, said: str = "opportunity-card", last: tuple[Button, ...] = ()
) -> Reply:
    # Its owner may sell to a customer that belongs to somebody else: the name is all that is shown of it.
    found = await ctx.uow.customers.find_anybodys("customer", opportunity.customer_id)
    title = found.title if found else ""
    card = await opportunity_card(ctx.uow, opportunity, title, said=said, last=last, in_group=ctx.in_group)
    return with_locks(ctx, card, {"opportunity.stage": opportunity.stage})


@press("opportunity.stage")
async def set_stage(ctx: ChatContext, argument: str) -> Reply:
    opportunity_id, _, stage = argument.partition(".")
    opportunity = await _get(ctx, number(opportunity_id))
    if (stage not in stages_of(ctx.company).offered and stage != opportunity.stage) or stage == "lost":
        raise ButtonTooOld
    if opportunity.stage == stage:
        return await _card(ctx, opportunity)
    return await _move(ctx, opportunity.id, stage)


async def _move(ctx: ChatContext, opportunity_id: int, stage: str, reason: str | None = None) -> Reply:
    moved = await move_opportunity(ctx.uow, ctx.actor, opportunity_id, stage, now=ctx.now, reason=reason)
    said = f"opportunity-{stage}" if stage in {"won", "lost"} else "opportunity-moved"
    return await _card(ctx, moved, said=said, last=(undo_button(),))


@press("opportunity.lost")
async def ask_lost(ctx: ChatContext, argument: str) -> Reply:
    opportunity = await _get(ctx, number(argument))
    if opportunity.stage == "lost":
        return await _card(ctx, opportunity)
    must_be_unlocked(ctx, "opportunity.stage", opportunity.stage)
    reasons = tuple(
        Button(f"lost-{reason}", press=f"opportunity.lose:{opportunity.id}.{reason}")
        for reason in lost_reasons_of(ctx.company).offered
    )
    return Reply(
        "opportunity-ask-reason",
        {"opportunity": opportunity.id, "name": Secret("name", opportunity.name)},
        buttons=(*reasons, _back(opportunity)),
        card=f"opportunity:{opportunity.id}",
    )


def _back(opportunity: Opportunity) -> Button:
    return Button("button-back", press=f"record.show:opportunity.{opportunity.id}")


@press("opportunity.lose")
async def lose(ctx: ChatContext, argument: str) -> Reply:
    opportunity_id, _, reason = argument.partition(".")
    opportunity = await _get(ctx, number(opportunity_id))
    if opportunity.stage == "lost":
        return await _card(ctx, opportunity)
    if reason not in lost_reasons_of(ctx.company).offered:
        raise ButtonTooOld
    if reason != "other":
        return await _move(ctx, opportunity.id, "lost", reason)
    await ask_words(ctx, ASKED, "lost", opportunity=opportunity.id)
    return Reply(
        "opportunity-ask-lost",
        {"opportunity": opportunity.id, "name": Secret("name", opportunity.name)},
        buttons=(_back(opportunity),),
        card=f"opportunity:{opportunity.id}",
    )


@question(ASKED)
async def take_reason(ctx: ChatContext, text: str) -> Reply | None:
    draft = await open_question(ctx, ASKED)
    if draft is None or not await answers(ctx, draft, text, "words"):
        return None
    await ctx.uow.drafts.remove(draft)
    return await _move(ctx, draft.content["opportunity"], "lost", clean(text).strip() or "other")


@press("opportunity.new")
async def new(ctx: ChatContext, argument: str) -> Answer:
    customer = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    return await ask_form(ctx, opportunity_form(f"opportunity.open:{customer.id}", name=customer.title))


async def _check(ctx: ChatContext, values: Mapping[str, str]) -> None:
    opportunity_change(values, await ctx.reading())


@form("opportunity.open", check=_check)
async def take_new(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    wanted = opportunity_change(values, await ctx.reading())
    opened = await open_opportunity(ctx.uow, ctx.actor, number(argument), wanted, now=ctx.now)
    return await _card(ctx, opened, said="opportunity-opened", last=(undo_button(),))


@press("opportunity.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    opportunity = await _get(ctx, number(argument))
    return await ask_form(ctx, guarded(ctx, "opportunity", _edit_form(opportunity), owner=opportunity.owner_id))


def _edit_form(opportunity: Opportunity) -> Form:
    return opportunity_form(f"opportunity.change:{opportunity.id}", name=opportunity.name, opportunity=opportunity)


@form("opportunity.change", check=_check)
async def change(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    opportunity = await _get(ctx, number(argument))
    values = with_kept(ctx, "opportunity", _edit_form(opportunity), values, owner=opportunity.owner_id)
    wanted = opportunity_change(values, await ctx.reading())
    changed = await change_opportunity(ctx.uow, ctx.actor, number(argument), wanted)
    return await _card(ctx, changed, said="opportunity-changed", last=(undo_button(),))
