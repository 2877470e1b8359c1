"""A lead's card in chat, and its buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.company.keeping import lost_reasons_of
from domain.leads.actions import (
    accept_lead,
    advance_lead,
    assign_lead,
    change_lead,
    lose_lead,
    reopen_lead,
)
from domain.leads.converting import convert_lead, customer_like
from domain.leads.errors import NoSuchColleague
from domain.leads.model import Lead, LeadStatus
from domain.people.model import Staff
from handlers.chat import Button, Form, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.customers.buttons import customer_reply
from handlers.customers.renamed import near_lines
from handlers.dialogs.asking import ask_words, colleague_buttons, drop_question, open_question, take_colleague
from handlers.dialogs.field_checks import check_record_fields
from handlers.dialogs.forms import ask_form
from handlers.dialogs.guarded_fields import guarded, with_kept
from handlers.dialogs.locked_buttons import must_be_unlocked, with_locks
from handlers.dialogs.only_answers import answers
from handlers.dialogs.point_fields import errors_at_fields
from handlers.followups.standing import refresh_cards
from handlers.leads.cards import ask_reason, lead_card
from handlers.leads.forms import change_of, edit_form
from handlers.rendering.own_words import source_name, source_words
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, form, number, press, question

ASKED = "lead-asked"  # a draft: a question about a lead
MOST_REFRESHED = 5  # follow-ups whose cards are edited when their lead is given up


async def lead_reply(
    ctx: ChatContext,
    lead: Lead,
    *,
    said: str = "lead-card",
    undo: bool = False,
    first: tuple[Button, ...] = (),
    lines: tuple[Line, ...] = (),
    facts: dict[str, Any] | None = None,
) -> Reply:
    """The lead's card, with Undo of what was just done when ``undo``."""
    last = (undo_button(),) if undo else ()
    card = await lead_card(
        ctx.uow,
        lead,
        said=said,
        first=first,
        last=last,
        lines=lines,
        facts=facts,
        in_group=ctx.in_group,
        is_new=said == "lead-added",
    )
    return with_locks(ctx, card, {"lead.owner": lead.owner_id})


async def _get(ctx: ChatContext, argument: str) -> Lead:
    return await ctx.uow.leads.get_for(ctx.actor, number(argument))


def _two(argument: str) -> tuple[str, str]:
    first, dot, second = argument.partition(".")
    if not dot:
        raise ButtonTooOld
    return first, second


def _named(lead: Lead) -> dict[str, Any]:
    return {"lead": lead.id, "name": Secret("name", lead.title)}


@press("lead.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, ASKED)
    return await lead_reply(ctx, await _get(ctx, argument))


@press("lead.status")
async def set_status(ctx: ChatContext, argument: str) -> Reply:
    lead_id, status = _two(argument)
    if status not in {LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED}:
        raise ButtonTooOld
    lead = await _get(ctx, lead_id)
    if not lead.is_open or lead.status == status:
        return await lead_reply(ctx, lead)
    lead = await advance_lead(ctx.uow, ctx.actor, lead.id, LeadStatus(status))
    return await lead_reply(ctx, lead, said="lead-moved", undo=True)


@press("lead.convert")
async def convert(ctx: ChatContext, argument: str) -> Reply:
    lead = await _get(ctx, argument)
    if not lead.is_open:
        return await lead_reply(ctx, lead)
    known = await customer_like(ctx.uow, ctx.actor, lead)
    if known is None:
        return await _convert(ctx, lead, into=None)
    facts = {"name": Secret("name", known.title), "code": f"C{known.id}"}
    buttons = (
        Button("button-convert-into", press=f"lead.into:{lead.id}.{known.id}", facts=facts),
        Button("button-convert-new", press=f"lead.into:{lead.id}.0"),
        Button("button-back", press=f"lead.show:{lead.id}"),
    )
    return Reply("lead-ask-convert", facts, buttons=buttons, card=f"lead:{lead.id}")


@press("lead.into")
async def convert_into(ctx: ChatContext, argument: str) -> Reply:
    """Into customer 7, or with 0 into a new one although the company is known."""
    lead_id, customer_id = _two(argument)
    lead = await _get(ctx, lead_id)
    return await _convert(ctx, lead, into=number(customer_id) or None) if lead.is_open else await lead_reply(ctx, lead)


async def _convert(ctx: ChatContext, lead: Lead, *, into: int | None) -> Reply:
    converted = await convert_lead(ctx.uow, ctx.actor, lead.id, now=ctx.now, into=into)
    return await customer_reply(
        ctx, converted.customer.id, said="lead-converted", last=(undo_button(),), facts={"lead": lead.id}
    )


@press("lead.lost")
async def ask_lost(ctx: ChatContext, argument: str) -> Reply:
    lead = await _get(ctx, argument)
    return ask_reason(lead, _reasons(ctx)) if lead.is_open else await lead_reply(ctx, lead)


def _reasons(ctx: ChatContext) -> Sequence[str]:
    return lost_reasons_of(ctx.company).offered


@press("lead.lose")
async def lose(ctx: ChatContext, argument: str) -> Reply:
    """A reason's button; "other" asks for words."""
    lead_id, reason = _two(argument)
    lead = await _get(ctx, lead_id)
    if not lead.is_open:
        return await lead_reply(ctx, lead)
    if reason not in _reasons(ctx):
        raise ButtonTooOld
    if reason == "other":
        await ask_words(ctx, ASKED, "lost", lead=lead.id)
        back = Button("button-back", press=f"lead.show:{lead.id}")
        return Reply("lead-ask-lost", _named(lead), buttons=(back,), card=f"lead:{lead.id}")
    return await _lose(ctx, lead.id, reason)


async def _lose(ctx: ChatContext, lead_id: int, reason: str) -> Reply:
    lost = await lose_lead(ctx.uow, ctx.actor, lead_id, reason=reason, now=ctx.now)
    await ctx.uow.flush()
    for followup in lost.cancelled[:MOST_REFRESHED]:
        await refresh_cards(ctx, followup.id)
    lines = (Line("lead-lost-followups", {"count": len(lost.cancelled)}),) if lost.cancelled else ()
    return await lead_reply(ctx, lost.lead, said="lead-lost", undo=True, lines=lines)


@press("lead.reopen")
async def reopen(ctx: ChatContext, argument: str) -> Reply:
    lead = await _get(ctx, argument)
    if lead.status is not LeadStatus.LOST:
        return await lead_reply(ctx, lead)
    return await lead_reply(ctx, await reopen_lead(ctx.uow, ctx.actor, lead.id), said="lead-reopened", undo=True)


@press("lead.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    lead = await _get(ctx, argument)
    return await ask_form(ctx, guarded(ctx, "lead", _edit_form(ctx, lead), owner=lead.owner_id))


def _edit_form(ctx: ChatContext, lead: Lead) -> Form:
    source = source_name(ctx.company, lead.source, ctx.locale)
    return edit_form(lead, source=source, sources=source_words(ctx.company))


@form("lead.change", check=check_record_fields)
async def change(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    lead = await _get(ctx, argument)
    values = with_kept(ctx, "lead", _edit_form(ctx, lead), values, owner=lead.owner_id)
    wanted, before = change_of(values, lead, await ctx.reading()), lead.company
    with errors_at_fields(name="company"):
        await change_lead(ctx.uow, ctx.actor, lead.id, wanted)
    near = await near_lines(ctx, lead.company, own=f"L{lead.id}", before=before)
    reply = await lead_reply(ctx, lead, said="lead-changed", undo=True)
    return replace(reply, lines=(*near, *reply.lines))


# ---------------------------------------------------------------- whose it is


@press("lead.assign")
async def ask_owner(ctx: ChatContext, argument: str) -> Reply:
    lead = await _get(ctx, argument)
    must_be_unlocked(ctx, "lead.owner", lead.owner_id)
    await ask_words(ctx, ASKED, "owner", lead=lead.id)
    people = await colleague_buttons(ctx, f"lead.give:{lead.id}")
    back = Button("button-back", press=f"lead.show:{lead.id}")
    return Reply(
        "ask-owner",
        {"code": f"L{lead.id}", "name": Secret("name", lead.title)},
        buttons=(*people, back),
        card=f"lead:{lead.id}",
    )


@press("lead.give")
async def give(ctx: ChatContext, argument: str) -> Reply:
    lead_id, staff_id = _two(argument)
    await drop_question(ctx, ASKED)
    return await _give(ctx, number(lead_id), await ctx.uow.staff.get(number(staff_id)))


async def _give(ctx: ChatContext, lead_id: int, owner: Staff) -> Reply:
    if not owner.is_active:
        raise NoSuchColleague(typed=owner.name)
    lead = await assign_lead(ctx.uow, ctx.actor, lead_id, owner, now=ctx.now)
    return Reply(
        "lead-given",
        {**_named(lead), "owner": owner.name},
        buttons=(undo_button(),),
        card=f"lead:{lead.id}",
    )


@press("lead.accept")
async def accept(ctx: ChatContext, argument: str) -> Reply:
    before = (await _get(ctx, argument)).status
    lead = await accept_lead(ctx.uow, ctx.actor, number(argument))
    return await lead_reply(ctx, lead, said="lead-accepted", undo=lead.status is not before)


@question(ASKED)
async def answer(ctx: ChatContext, text: str) -> Reply | None:
    """The words behind "other reason" and "assign to"."""
    draft = await open_question(ctx, ASKED)
    if draft is None:
        return None
    lead_id = draft.content["lead"]
    if draft.asking == "lost":
        if not await answers(ctx, draft, text, "words", about=("lead", lead_id)):
            return None
        await ctx.uow.drafts.remove(draft)
        return await _lose(ctx, lead_id, clean(text).strip() or "other")
    owner = await take_colleague(ctx, draft, text)
    return None if owner is None else await _give(ctx, lead_id, owner)
