"""Save on the card of a report: all of it under one action, or what stands in its way."""

from __future__ import annotations

from dataclasses import replace

from domain.activities.actions import Logged, log_entry
from domain.customers.model import ContactPoint
from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.leads.errors import DuplicateFound
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.records import Found
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, country_of, undo_button
from handlers.customer_cards import opportunity_facts
from handlers.entries import ask_when, keep_entry, load_entry
from handlers.entry_card import EntryCard
from handlers.entry_learning import learn_from
from handlers.entry_look import amount_line, when_lines
from handlers.followup_standing import refresh_cards
from handlers.record_lines import note_shown
from handlers.router import press
from handlers.secrets import Secret


@press("entry.save")
async def save(ctx: ChatContext, argument: str) -> Reply:
    """Write all of the card under one action."""
    draft, card = await load_entry(ctx, argument)
    entry = card.entry(country=country_of(ctx.actor, ctx.company))
    if entry.is_empty:  # a plan without a time: saving it would keep nothing
        return await ask_when(ctx, argument)
    if card.owner is not None:
        entry = replace(entry, owner=await _still_here(ctx, card.owner[0]))
    try:
        logged = await log_entry(ctx.uow, ctx.actor, entry, now=ctx.now)
    except DuplicateFound as duplicate:
        return await _offer_existing(ctx, draft, card, duplicate)
    await ctx.uow.drafts.remove(draft)
    learned, forget = await learn_from(ctx, card)
    title = logged.lead.title if logged.lead else (card.subject or (card.candidates or [[None, None, ""]])[0])[2]
    lines: list[Line] = []
    if logged.activity is not None:
        lines.append(
            Line(
                "entry-saved-activity",
                {"kind": Phrase(f"activity-{logged.activity.kind}"), "note": note_shown(entry.note)},
            )
        )
    if logged.points:
        lines.append(Line("entry-saved-reach", {"reach": [_reach(point) for point in logged.points]}))
    if entry.files:
        lines.append(Line("attachment-count", {"count": len(entry.files), "album": False}))
    if logged.opportunity is not None:
        lines.append(Line("entry-saved-opportunity", opportunity_facts(logged.opportunity, in_group=ctx.in_group)))
    elif entry.amount is not None:
        lines.append(amount_line(replace(card, doubts=[])))
    if logged.finished is not None:
        await refresh_cards(ctx, logged.finished.followup.id)
        lines.append(Line("entry-saved-finished"))
    if logged.followups:
        lines += when_lines(replace(card, doubts=[], more=[{**step, "is_doubtful": False} for step in card.more]))
    if entry.new_lead is not None and logged.lead is not None:
        lines.insert(0, Line("entry-saved-lead", {"code": f"L{logged.lead.id}", "name": Secret("name", title)}))
    return Reply(
        "entry-saved",
        {"subject": Secret("name", title) if title else Phrase("entry-nobody")},
        lines=(*lines, *learned),
        buttons=(undo_button(), *forget),
        card=_record_of(logged),
    )


def _reach(point: ContactPoint) -> Secret:
    shown = f"{point.value} ext {point.extension}" if point.extension else point.value
    return Secret("phone" if point.kind == "phone" else "email", shown)


async def _still_here(ctx: ChatContext, staff_id: int) -> Staff:
    """The colleague whose follow-up it will be. Raises StaffNotFound when they have left since the card was made."""
    person = await ctx.uow.staff.get(staff_id)
    if not person.is_active:
        raise StaffNotFound(name=person.name)
    return person


def _record_of(logged: Logged) -> str | None:
    """The lead or customer that it was about: words in reply to what was saved are a comment there."""
    subject = logged.subject
    if subject.lead_id is not None:
        return f"lead:{subject.lead_id}"
    return None if subject.customer_id is None else f"customer:{subject.customer_id}"


async def _offer_existing(ctx: ChatContext, draft: Draft, card: EntryCard, duplicate: DuplicateFound) -> Reply:
    """The new lead exists already: theirs becomes the subject at once, another's is only told to exist."""
    found = duplicate.found
    record, record_id = ("customer", found.customer_id or 0) if found.record == "contact" else (found.record, found.id)
    try:
        if record == "lead":
            await ctx.uow.leads.get_for(ctx.actor, record_id)
        else:
            await ctx.uow.customers.get_for(ctx.actor, record_id)
    except RecordNotFound:
        buttons = [Button("button-ask-share", press=f"share.ask:{record}.{record_id}")]
        if found.may_be_another:
            buttons.append(Button("button-save-anyway", press=f"entry.anyway:{draft.id}"))
        buttons.append(Button("button-back", press=f"entry.show:{draft.id}"))
        return Reply(duplicate.code, duplicate.facts, buttons=tuple(buttons), card=f"draft:{draft.id}")
    if found.is_near:
        return _ask_whether_same(draft, found, record=record, record_id=record_id)
    card.pick(record, record_id, found.title)
    card.read, card.cues = {}, {}  # found by us, so nothing was corrected
    return keep_entry(ctx, draft, card)


def _ask_whether_same(draft: Draft, found: Found, *, record: str, record_id: int) -> Reply:
    """One's own has nearly that name: only the person knows whether it is meant."""
    name = Secret("name", found.title)
    theirs = Button("entry-near-same", press=f"entry.pick:{draft.id}.{record}.{record_id}", facts={"name": name})
    anyway = Button("button-save-anyway", press=f"entry.anyway:{draft.id}")
    back = Button("button-back", press=f"entry.show:{draft.id}")
    facts = {"name": name, "matched": found.matched}
    return Reply("entry-near", facts, buttons=(theirs, anyway, back), card=f"draft:{draft.id}")


@press("entry.anyway")
async def save_anyway(ctx: ChatContext, argument: str) -> Reply:
    """The company is known under another owner; the person wants a lead of their own all the same."""
    draft, card = await load_entry(ctx, argument)
    card.despite = True
    draft.content = card.content()
    return await save(ctx, argument)
