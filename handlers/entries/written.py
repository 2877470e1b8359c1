"""Writing down what a card says: all of it under one action, and the answer that says what was kept."""

from __future__ import annotations

from dataclasses import replace

from domain.activities.actions import Logged, log_entry
from domain.customers.model import ContactPoint
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from handlers.chat import Line, Phrase, Reply
from handlers.context import ChatContext, country_of, undo_button
from handlers.customers.cards import opportunity_facts
from handlers.entries.card import EntryCard
from handlers.entries.learning import learn_from
from handlers.entries.look import amount_line, when_lines
from handlers.followups.standing import refresh_cards
from handlers.records.lines import note_shown
from handlers.rendering.secrets import SAID, Secret


async def write_card(ctx: ChatContext, card: EntryCard, *, is_correction: bool = False) -> Reply:
    """Raises DuplicateFound for a new lead that exists, StaffNotFound, RecordNotFound, DateInThePast.

    How long a correction took says nothing of how long the entry did."""
    entry = card.entry(country=country_of(ctx.actor, ctx.company))
    if is_correction:
        entry = replace(entry, began_at=None)
    if card.owner is not None:
        entry = replace(entry, owner=await _still_here(ctx, card.owner[0]))
    logged = await log_entry(ctx.uow, ctx.actor, entry, now=ctx.now)
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
        {"subject": Secret("name", title) if title else Phrase("entry-nobody"), "as_read": entry.is_as_read},
        lines=(*lines, *learned),
        buttons=(undo_button(), *forget),
        card=_record_of(logged),
    )


def _reach(point: ContactPoint) -> Secret:
    shown = f"{point.value} ext {point.extension}" if point.extension else point.value
    return Secret("phone" if point.kind == "phone" else "email", shown, SAID)


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
