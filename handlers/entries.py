"""A rep reports in a sentence: the card, its corrections, Save."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.activities.actions import Logged, log_entry
from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.leads.errors import DuplicateFound
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.values.money import Money
from handlers.asking import LONGEST_VALUE, keep_draft, open_question
from handlers.below import go_on_below
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, country_of, undo_button
from handlers.entry_card import KINDS, EntryCard, amount_line, card_from, show_card, when_line
from handlers.record_lines import note_shown
from handlers.router import ButtonTooOld, before_free_text, command, free_text, number, press, question
from handlers.said_times import TimeNotUnderstood, impossible_date, moment_said
from handlers.secrets import Secret
from handlers.understanding import Amendment, Amount, Match, Moment, find_amendment, parse_when, understand
from handlers.wording import clean

KIND = "entry"
AMENDABLE = timedelta(minutes=30)


class EntryGone(CrmError):
    """The card was saved, dismissed or belongs to somebody else."""

    code = "entry-gone"
    ends_card = True


class AmountNotUnderstood(CrmError):
    code = "amount-not-understood"


@free_text
async def report(ctx: ChatContext, text: str, *, about: tuple[str, int, str] | None = None) -> Reply | None:
    """Show what was understood of a sentence, ready to be saved.

    ``about`` is the subject where it is known beforehand: ("lead" or "customer", id, title).
    """
    if ctx.staff is None:
        return None
    text = clean(text)
    if not text.strip():
        return Reply("nothing-said")
    reading = await ctx.reading()
    understood = understand(text, reading)
    actor = ctx.actor
    card = card_from(understood, text=text, said_at=ctx.event.at, zone=actor.zone, work_start=actor.work_start)
    card.no_such_day = impossible_date(text)
    if card.no_such_day is not None:  # what was read of it instead would be a guess
        card.due_at, card.recurrence = None, None
    if about is None and card.names_nobody and card.kind is not None:
        about = await _just_done(ctx)
    if about is not None:
        card.pick(*about)
    draft = await keep_draft(ctx, KIND, card.content())
    return show_card(card, draft.id)


async def _just_done(ctx: ChatContext) -> tuple[str, int, str] | None:
    """With whom the speaker was when they pressed Done a moment ago: what they say next happened there."""
    from handlers.records import about as about_record

    for action in await ctx.uow.journal.actions_of(ctx.actor.id, limit=2):  # the next step may have been pressed since
        if action.name != "followup-done" or action.undone_by is not None or ctx.now - action.at > AMENDABLE:
            continue
        for change in await ctx.uow.journal.changes_of(action.id):
            if change.table == "followups":
                return await about_record(ctx, ctx.actor, "followup", change.row_id)
    return None


@command("log", "记录", bare=lambda rest: len(rest.split()) > 1, apart=" :")
async def log(ctx: ChatContext, rest: str) -> Reply | None:
    return await report(ctx, rest)


@before_free_text
async def amend(ctx: ChatContext, text: str) -> Reply | None:
    """ "no, Thursday", 改到周四: a correction of the card that waits, not a report of its own."""
    if ctx.staff is None or len(text) > 200:
        return None
    since = ctx.now - AMENDABLE
    place = ctx.event.conversation.key
    draft = await ctx.uow.drafts.find_latest(ctx.staff.id, ctx.event.channel, place, since=since, kind=KIND)
    if draft is None or await _replies_to_another_card(ctx):
        return None
    amendment = find_amendment(text, await ctx.reading())
    if amendment is None:
        return None
    card = EntryCard.of(draft)
    _apply(ctx, card, amendment)
    await go_on_below(ctx, draft.id, Reply("entry-below"))
    return _keep(ctx, draft, card)


async def _replies_to_another_card(ctx: ChatContext) -> bool:
    """Words in reply to a record's card are a comment there, whatever card waits."""
    event = ctx.event
    if event.reply_to is None:
        return False
    card = await ctx.uow.cards.find(event.channel, event.conversation.key, event.reply_to)
    return card is not None and not card.record.startswith("draft:")


def _apply(ctx: ChatContext, card: EntryCard, amendment: Amendment) -> None:
    value = amendment.value
    if isinstance(value, Moment):
        if amendment.field == "deadline":
            card.set_deadline(value, ctx.actor.work_start, ctx.actor.zone)
        else:
            card.amend_moment(value, ctx.actor.zone)
    elif isinstance(value, Amount):
        card.amount = Money.of(value.value, value.currency)
    elif isinstance(value, Match):
        card.pick(value.kind, int(value.id), value.name)
    elif amendment.field == "activity":
        card.kind = value if value in KINDS else card.kind
    else:
        _name_company(card, value)


def _name_company(card: EntryCard, name: str) -> None:
    card.subject, card.candidates, card.contact = None, [], None
    card.company = name.strip()[:200]
    card.doubts = [doubt for doubt in card.doubts if doubt != "customer"]


def _keep(ctx: ChatContext, draft: Draft, card: EntryCard) -> Reply:
    draft.content, draft.asking, draft.updated_at = card.content(), None, ctx.now
    return show_card(card, draft.id)


async def _load(ctx: ChatContext, argument: str) -> tuple[Draft, EntryCard]:
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(argument))
    except RecordNotFound:
        raise EntryGone from None
    if draft.kind != KIND:
        raise EntryGone
    return draft, EntryCard.of(draft)


@press("entry.save")
async def save(ctx: ChatContext, argument: str) -> Reply:
    """Write all of the card under one action."""
    draft, card = await _load(ctx, argument)
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
    title = logged.lead.title if logged.lead else (card.subject or (card.candidates or [[None, None, ""]])[0])[2]
    lines: list[Line] = []
    if logged.activity is not None:
        lines.append(
            Line(
                "entry-saved-activity",
                {"kind": Phrase(f"activity-{logged.activity.kind}"), "note": note_shown(entry.note)},
            )
        )
    if entry.amount is not None and logged.activity is not None:
        lines.append(amount_line(replace(card, doubts=[])))
    if logged.followups:
        lines.append(when_line(replace(card, doubts=[])))
    if entry.new_lead is not None and logged.lead is not None:
        lines.insert(0, Line("entry-saved-lead", {"code": f"L{logged.lead.id}", "name": Secret("name", title)}))
    return Reply(
        "entry-saved",
        {"subject": Secret("name", title) if title else Phrase("entry-nobody")},
        lines=tuple(lines),
        buttons=(undo_button(),),
        card=_record_of(logged),
    )


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
        if found.matched == "company":
            buttons.append(Button("button-save-anyway", press=f"entry.anyway:{draft.id}"))
        buttons.append(Button("button-back", press=f"entry.show:{draft.id}"))
        return Reply(duplicate.code, duplicate.facts, buttons=tuple(buttons), card=f"draft:{draft.id}")
    card.pick(record, record_id, found.title)
    return _keep(ctx, draft, card)


@press("entry.anyway")
async def save_anyway(ctx: ChatContext, argument: str) -> Reply:
    """The company is known under another owner; the person wants a lead of their own all the same."""
    draft, card = await _load(ctx, argument)
    card.despite = True
    draft.content = card.content()
    return await save(ctx, argument)


@press("entry.cancel")
async def cancel(ctx: ChatContext, argument: str) -> Reply:
    draft, _ = await _load(ctx, argument)
    await ctx.uow.drafts.remove(draft)
    return Reply("entry-dismissed")


@press("entry.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    draft, card = await _load(ctx, argument)
    return _keep(ctx, draft, card)


@press("entry.pick")
async def pick(ctx: ChatContext, argument: str) -> Reply:
    """One of several candidates."""
    draft_id, record, record_id = _three(argument)
    draft, card = await _load(ctx, draft_id)
    if record == "lead":
        title = (await ctx.uow.leads.get_for(ctx.actor, number(record_id))).title
    elif record == "customer":
        title = (await ctx.uow.customers.get_for(ctx.actor, number(record_id))).title
    else:
        raise ButtonTooOld
    card.pick(record, number(record_id), title)
    return _keep(ctx, draft, card)


def _three(argument: str) -> tuple[str, str, str]:
    parts = argument.split(".")
    if len(parts) != 3:
        raise ButtonTooOld
    return parts[0], parts[1], parts[2]


@press("entry.kind")
async def choose_kind(ctx: ChatContext, argument: str) -> Reply:
    draft, _ = await _load(ctx, argument)
    kinds = tuple(Button(f"activity-{kind}", press=f"entry.setkind:{draft.id}.{kind}") for kind in KINDS)
    plan = Button("entry-plan-only", press=f"entry.setkind:{draft.id}.none")
    back = Button("button-back", press=f"entry.show:{draft.id}")
    return Reply("entry-ask-kind", buttons=(*kinds, plan, back), card=f"draft:{draft.id}")


@press("entry.setkind")
async def set_kind(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, kind = argument.partition(".")
    draft, card = await _load(ctx, draft_id)
    if kind not in {*KINDS, "none"}:
        raise ButtonTooOld
    card.kind = None if kind == "none" else kind
    return _keep(ctx, draft, card)


async def _ask(ctx: ChatContext, argument: str, asked: str, buttons: tuple[Button, ...] = ()) -> Reply:
    draft, _ = await _load(ctx, argument)
    draft.asking, draft.updated_at = asked, ctx.now
    await ctx.uow.drafts.move(draft, channel=ctx.event.channel, place=ctx.event.conversation.key)
    back = Button("button-back", press=f"entry.show:{draft.id}")
    return Reply(f"entry-ask-{asked}", buttons=(*buttons, back), card=f"draft:{draft.id}")


@press("entry.when")
async def ask_when(ctx: ChatContext, argument: str) -> Reply:
    choices = tuple(
        Button(f"when-{choice}", press=f"entry.setwhen:{number(argument)}.{choice}")
        for choice in ("tomorrow", "in-3-days", "monday", "none")
    )
    return await _ask(ctx, argument, "when", choices)


@press("entry.setwhen")
async def set_when(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, choice = argument.partition(".")
    draft, card = await _load(ctx, draft_id)
    if choice == "none":
        card.due_at, card.recurrence = None, None
        card.doubts = [doubt for doubt in card.doubts if doubt not in {"follow_up", "deadline"}]
    else:
        moment = parse_when(CHOICES.get(choice, ""), await ctx.reading())
        if moment is None:
            raise ButtonTooOld
        card.set_moment(moment, ctx.actor.zone)
    return _keep(ctx, draft, card)


CHOICES = {"tomorrow": "tomorrow", "in-3-days": "in 3 days", "monday": "monday"}


@press("entry.who")
async def ask_who(ctx: ChatContext, argument: str) -> Reply:
    return await _ask(ctx, argument, "who")


@press("entry.note")
async def ask_note(ctx: ChatContext, argument: str) -> Reply:
    return await _ask(ctx, argument, "note")


@press("entry.amount")
async def ask_amount(ctx: ChatContext, argument: str) -> Reply:
    return await _ask(ctx, argument, "amount")


@question(KIND)
async def answer(ctx: ChatContext, text: str) -> Reply | None:
    """The words that answer the card's open question."""
    draft = await open_question(ctx, KIND)
    if draft is None:
        return None
    card = EntryCard.of(draft)
    try:
        await _take(ctx, card, draft.asking or "", clean(text))
    except (TimeNotUnderstood, AmountNotUnderstood):
        if len(text) <= LONGEST_VALUE:
            raise
        draft.asking = None  # the person went on to something else; the card still waits
        return None
    await go_on_below(ctx, draft.id, Reply("entry-below"))
    return _keep(ctx, draft, card)


async def _take(ctx: ChatContext, card: EntryCard, asked: str, text: str) -> None:
    reading = await ctx.reading()
    if asked == "note":
        card.note = text.strip()
    elif asked == "when":
        card.set_moment(await moment_said(ctx, text), ctx.actor.zone)
    elif asked == "amount":
        amount = understand(text, reading).amount
        if amount is None:
            raise AmountNotUnderstood
        card.amount = Money.of(amount.value, amount.currency)
    else:
        found = understand(text, reading).customers
        if len(found) == 1:
            card.pick(found[0].kind, int(found[0].id), found[0].name)
        else:
            _name_company(card, text)
