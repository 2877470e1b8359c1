"""Any record by its number: typed, pressed, or reported on."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.customers.comments import subject_of
from domain.errors import RecordNotFound
from domain.people.model import Staff
from domain.records import LETTERS, RECORDS
from handlers.chat import Button, PlaceKind, Reply
from handlers.context import ChatContext
from handlers.customers.buttons import contact_reply, customer_reply
from handlers.customers.opportunities import opportunity_reply
from handlers.dialogs.asking import ask_words, drop_question, open_question
from handlers.dialogs.locked_buttons import with_locks
from handlers.dialogs.only_answers import answers
from handlers.entries.reporting import report
from handlers.followups.cards import present_card
from handlers.followups.reminders import view_of
from handlers.leads.cards import lead_card
from handlers.rendering.secrets import Secret
from handlers.router import Answer, ButtonTooOld, fold, number, press, question
from handlers.tickets.buttons import show_ticket

TAKES_NUMBERS: set[str] = set()  # questions that a record's number answers
LOG = "record-log"  # a draft: the next words are what happened with a record
_CODE = re.compile(r"[#/、]?\s*([LCPFOT])\s?-?([0-9]{1,15})", re.IGNORECASE)


def read_code(text: str) -> tuple[str, int] | None:
    """("lead", 12) for ``L12``, ``#l12``, ``/L12``, ``Ｌ１２``; None when the text is more or other than a number."""
    found = _CODE.fullmatch(fold(text[:40]).strip()) if len(text) <= 40 else None
    return (RECORDS[found[1].upper()], int(found[2])) if found else None


def code_of(record: str, record_id: int) -> str:
    return f"{LETTERS.get(record, '')}{record_id}"


def pressed_record(argument: str) -> tuple[str, int]:
    """``lead.12`` of a button. Raises ButtonTooOld for anything else."""
    record, _, record_id = argument.partition(".")
    if record not in LETTERS:
        raise ButtonTooOld
    return record, number(record_id)


async def show_record(ctx: ChatContext, record: str, record_id: int) -> Reply:
    """The card as it stands now. Raises RecordNotFound, also for what is not the speaker's."""
    if record == "lead":
        lead = await ctx.uow.leads.get_for(ctx.actor, record_id)
        return with_locks(ctx, await lead_card(ctx.uow, lead, in_group=ctx.in_group), {"lead.owner": lead.owner_id})
    if record == "customer":
        return await customer_reply(ctx, record_id)
    if record == "contact":
        return await contact_reply(ctx, record_id)
    if record == "opportunity":
        return await opportunity_reply(ctx, record_id)
    if record == "followup":
        return present_card(await view_of(ctx, record_id), reader=ctx.actor.id)
    if record == "ticket":
        return await show_ticket(ctx, record_id)
    raise RecordNotFound(record=code_of(record, record_id))


async def typed_code(ctx: ChatContext, text: str) -> Reply | None:
    """A message that is nothing but a record's number shows its card, also while something else is asked."""
    code = read_code(text) if ctx.staff is not None else None
    if code is None or await _is_asked_for(ctx):
        return None
    return await show_record(ctx, *code)


async def _is_asked_for(ctx: ChatContext) -> bool:
    event = ctx.event
    asked = await ctx.uow.drafts.find_question(ctx.actor.id, event.channel, event.conversation.key)
    return asked is not None and asked.kind in TAKES_NUMBERS


@press("record.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, LOG)
    return await show_record(ctx, *pressed_record(argument))


@press("record.private")
async def show_me(ctx: ChatContext, argument: str) -> Reply:
    """What a group, or somebody of the speaker's role, sees masked, for the speaker alone."""
    alone = replace(ctx, event=replace(ctx.event, conversation=replace(ctx.event.conversation, kind=PlaceKind.PRIVATE)))
    record, record_id = pressed_record(argument)
    shown = await show_record(alone, record, record_id)
    # Who looked at what is masked is kept, though nothing changed.
    ctx.uow.happened("record-shown", **{record: record_id})
    await ctx.uow.action_id()
    return replace(shown, private=True, fresh=True, unmasked=True)


@press("record.log")
async def ask_report(ctx: ChatContext, argument: str) -> Reply:
    """What happened? The next words are understood with this record as their subject."""
    record, record_id = pressed_record(argument)
    title = await title_for(ctx, record, record_id)
    await ask_words(ctx, LOG, "words", record=record, id=record_id)
    back = Button("button-back", press=f"record.show:{record}.{record_id}")
    return Reply(
        "record-ask-log",
        {"code": code_of(record, record_id), "name": Secret("name", title)},
        buttons=(back,),
        card=f"{record}:{record_id}",
    )


async def title_for(ctx: ChatContext, record: str, record_id: int) -> str:
    """What people call the record. Raises RecordNotFound."""
    return (await title_and_owner(ctx, record, record_id))[0]


async def title_and_owner(ctx: ChatContext, record: str, record_id: int) -> tuple[str, int | None]:
    """What people call the record, and for whom nothing of it is masked. Raises RecordNotFound."""
    uow, actor = ctx.uow, ctx.actor
    if record == "lead":
        lead = await uow.leads.get_for(actor, record_id)
        return lead.title, lead.owner_id
    if record == "customer":
        customer = await uow.customers.get_for(actor, record_id)
        return customer.title, customer.owner_id
    if record == "contact":
        contact = await uow.customers.get_contact_for(actor, record_id)
        return contact.name, (await uow.customers.get_for(actor, contact.customer_id)).owner_id
    if record == "opportunity":
        opportunity = await uow.opportunities.get_for(actor, record_id)
        return opportunity.name, opportunity.owner_id
    if record == "followup":
        return (await view_of(ctx, record_id)).title or code_of(record, record_id), None
    if record == "ticket":
        return (await uow.tickets.get_for(actor, record_id)).title, None
    raise RecordNotFound(record=code_of(record, record_id))


@question(LOG)
async def take_report(ctx: ChatContext, text: str) -> Answer:
    draft = await open_question(ctx, LOG)
    if draft is None:
        return None
    whose = await about(ctx, ctx.actor, draft.content["record"], draft.content["id"])
    if not await answers(ctx, draft, text, "words", about=whose[:2] if whose else None):
        return None
    await ctx.uow.drafts.remove(draft)
    return await report_on(ctx, text, draft.content["record"], draft.content["id"])


async def report_on(ctx: ChatContext, text: str, record: str, record_id: int) -> Answer:
    """An entry card whose subject is already known. Raises RecordNotFound."""
    return await report(ctx, text, about=await about(ctx, ctx.actor, record, record_id))


async def about(ctx: ChatContext, actor: Staff, record: str, record_id: int) -> tuple[str, int, str] | None:
    """The lead or customer that a record belongs to, as (kind, id, title); None for a follow-up about neither."""
    subject = await subject_of(ctx.uow, actor, record, record_id)
    if subject.lead_id is not None:
        return "lead", subject.lead_id, await title_for(ctx, "lead", subject.lead_id)
    if subject.customer_id is not None:
        return "customer", subject.customer_id, await title_for(ctx, "customer", subject.customer_id)
    return None
