"""A rep reports in a sentence: the card, its corrections, Save."""

from __future__ import annotations

from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.notifications.preferences import saves_at_once
from handlers.chat import Button, Reply
from handlers.context import ChatContext
from handlers.dialogs.amount_fields import read_amount
from handlers.dialogs.asking import draft_of, keep_draft, open_question
from handlers.dialogs.below import go_on_below
from handlers.dialogs.only_answers import Asked, answers
from handlers.dialogs.said_times import moment_said
from handlers.entries.amending import AMENDABLE, SAVED, amend_saved, apply, keep_saved
from handlers.entries.at_once import is_beyond_doubt
from handlers.entries.card import KINDS, EntryCard
from handlers.entries.lately import offer_last_customer
from handlers.entries.learning import remember_reading
from handlers.entries.look import show_card
from handlers.entries.new_names import named_in_small
from handlers.entries.reading import card_from
from handlers.entries.said_words import says_cancel, says_nothing_next, says_save
from handlers.entries.tenses import kind_without_tense
from handlers.entries.times import doubt_times
from handlers.entries.who_has import pick_by_phone
from handlers.entries.written import write_card
from handlers.rendering.wording import clean, says_anything
from handlers.router import ButtonTooOld, WrongUsage, command, free_text, number, press, question
from handlers.understanding import find_amendment, parse_when, understand

KIND = "entry"


class EntryGone(CrmError):
    """The card was saved, dismissed or belongs to somebody else."""

    code = "entry-gone"
    ends_card = True


class AmountNotUnderstood(CrmError):
    code = "amount-not-understood"


@free_text
async def report(
    ctx: ChatContext,
    text: str,
    *,
    about: tuple[str, int, str] | None = None,
    note: str | None = None,
    has_happened: bool = False,
) -> Reply | None:
    """Show what was understood of a sentence, ready to be saved.

    ``about`` is the subject where it is known beforehand: ("lead" or "customer", id, title). ``note`` is kept where the
    words are others' and were picked, not told: a message, if they do not say that it was a call or a visit.
    ``has_happened``: "visit Acme, good talk" is told, not planned, as long as no time to come is named.
    """
    if ctx.staff is None:
        return None
    text = clean(text)
    if not says_anything(text):
        return Reply("nothing-said")
    card = await read_entry(ctx, text, about=about, note=note, has_happened=has_happened)
    card.files, card.is_album = ctx.take_files(), ctx.is_of_album
    is_said = not (note or ctx.is_forwarded)
    if card.is_sure and saves_at_once(ctx.actor) and is_said and not card.is_album:
        reply = await write_card(ctx, card)
        await keep_saved(ctx, card)
        return reply
    draft = await keep_draft(ctx, KIND, card.content())
    return show_card(card, draft.id)


async def read_entry(
    ctx: ChatContext,
    text: str,
    *,
    about: tuple[str, int, str] | None = None,
    note: str | None = None,
    has_happened: bool = False,
) -> EntryCard:
    """The card of a sentence that says something; see ``report``."""
    reading = await ctx.reading()
    understood = understand(text, reading)
    actor = ctx.actor
    card = card_from(understood, text=text, said_at=ctx.event.at, zone=actor.zone, work_start=actor.work_start)
    await doubt_times(ctx, card, text, reading)
    if has_happened and card.kind is None and card.names_no_time:
        card.kind = kind_without_tense(text, reading)
    if note is not None:
        card.note, card.kind = note, "message" if card.kind in {None, "note"} else card.kind
    elif about is None and card.names_nobody and card.kind is not None:
        about = await _just_done(ctx)
        card.company = named_in_small(text) if about is not None else None
        about = about if card.names_nobody else None
    if about is not None:
        card.pick(*about)
    await pick_by_phone(ctx, card)
    await offer_last_customer(ctx, card)
    remember_reading(card, text, understood)
    card.is_sure = is_beyond_doubt(card, understood, now=ctx.now)
    card.message = ctx.event.message
    return card


async def _just_done(ctx: ChatContext) -> tuple[str, int, str] | None:
    """With whom the speaker was when they pressed Done a moment ago: what they say next happened there."""
    from handlers.records.by_number import about as about_record

    for action in await ctx.uow.journal.actions_of(ctx.actor.id, limit=2):  # the next step may have been pressed since
        if action.name != "followup-done" or action.undone_by is not None or ctx.now - action.at > AMENDABLE:
            continue
        for change in await ctx.uow.journal.changes_of(action.id):
            if change.table == "followups":
                try:
                    return await about_record(ctx, ctx.actor, "followup", change.row_id)
                except RecordNotFound:  # somebody else has it by now; what is said is news all the same
                    return None
    return None


@command("log", "记录", bare=lambda rest: len(rest.split()) > 1, apart=" :")
async def log(ctx: ChatContext, rest: str) -> Reply | None:
    """What stands behind it has happened; a name alone is asked what."""
    from handlers.records.by_number import ask_report

    rest = clean(rest).strip()
    if not rest:
        raise WrongUsage("log")
    named = await _named_alone(ctx, rest)
    return await ask_report(ctx, named) if named is not None else await report(ctx, rest, has_happened=True)


async def _named_alone(ctx: ChatContext, text: str) -> str | None:
    """``customer.7`` where nothing but one name is said."""
    understood = understand(text, await ctx.reading())
    named = [
        each
        for each in (*understood.customers, *understood.contacts)
        if each.exact and (each.start, each.end) == (0, len(text))
    ]
    return f"{named[0].kind}.{named[0].id}" if len(named) == 1 else None


async def amend(ctx: ChatContext, text: str) -> Reply | None:
    """ "no, Thursday", 改到周四: a correction of the card that waits or was just saved, not a report of its own."""
    if ctx.staff is None or len(text) > 200 or says_nothing_next(text):
        return None
    since = ctx.now - AMENDABLE
    place = ctx.event.conversation.key
    draft = await ctx.uow.drafts.find_latest(ctx.staff.id, ctx.event.channel, place, since=since)
    if draft is None or await replies_to_another_card(ctx):
        return None
    if draft.kind == SAVED:
        return await amend_saved(ctx, draft, text)
    if draft.kind != KIND:
        draft = await ctx.uow.drafts.find_latest(ctx.staff.id, ctx.event.channel, place, since=since, kind=KIND)
        if draft is None:
            return None
    amendment = find_amendment(text, await ctx.reading())
    if amendment is None:
        return None
    card = EntryCard.of(draft)
    apply(ctx, card, amendment)
    await go_on_below(ctx, draft.id, Reply("entry-below"))
    return keep_entry(ctx, draft, card)


async def replies_to_another_card(ctx: ChatContext) -> bool:
    """Words in reply to a record's card are a comment there, whatever card waits."""
    event = ctx.event
    if event.reply_to is None:
        return False
    card = await ctx.uow.cards.find(event.channel, event.conversation.key, event.reply_to)
    return card is not None and not card.record.startswith("draft:")


def keep_entry(ctx: ChatContext, draft: Draft, card: EntryCard, *, is_touched: bool = True) -> Reply:
    """``is_touched`` False: nothing of it was the person's own doing, so that more that is forwarded may go onto it."""
    if is_touched:
        card.stranger = None
    draft.content, draft.asking, draft.updated_at = card.content(), None, ctx.now
    return show_card(card, draft.id)


async def load_entry(ctx: ChatContext, argument: str) -> tuple[Draft, EntryCard]:
    draft = await draft_of(ctx, number(argument), kind=KIND, gone=EntryGone)
    return draft, EntryCard.of(draft)


@press("entry.cancel")
async def cancel(ctx: ChatContext, argument: str) -> Reply:
    draft, _ = await load_entry(ctx, argument)
    await ctx.uow.drafts.remove(draft)
    return Reply("entry-dismissed")


@press("entry.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    draft, card = await load_entry(ctx, argument)
    return keep_entry(ctx, draft, card)


@press("entry.pick")
async def pick(ctx: ChatContext, argument: str) -> Reply:
    """One of several candidates."""
    draft_id, record, record_id = _three(argument)
    draft, card = await load_entry(ctx, draft_id)
    if record == "lead":
        title = (await ctx.uow.leads.get_for(ctx.actor, number(record_id))).title
    elif record == "customer":
        title = (await ctx.uow.customers.get_for(ctx.actor, number(record_id))).title
    else:
        raise ButtonTooOld
    card.pick(record, number(record_id), title)
    return keep_entry(ctx, draft, card)


@press("entry.nobody")
async def name_nobody(ctx: ChatContext, argument: str) -> Reply:
    """It is not about the one who was offered."""
    draft, card = await load_entry(ctx, argument)
    card.candidates = []
    return keep_entry(ctx, draft, card)


def _three(argument: str) -> tuple[str, str, str]:
    parts = argument.split(".")
    if len(parts) != 3:
        raise ButtonTooOld
    return parts[0], parts[1], parts[2]


@press("entry.kind")
async def choose_kind(ctx: ChatContext, argument: str) -> Reply:
    draft, _ = await load_entry(ctx, argument)
    kinds = tuple(Button(f"activity-{kind}", press=f"entry.setkind:{draft.id}.{kind}") for kind in KINDS)
    plan = Button("entry-plan-only", press=f"entry.setkind:{draft.id}.none")
    back = Button("button-back", press=f"entry.show:{draft.id}")
    return Reply("entry-ask-kind", buttons=(*kinds, plan, back), card=f"draft:{draft.id}")


@press("entry.setkind")
async def set_kind(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, kind = argument.partition(".")
    draft, card = await load_entry(ctx, draft_id)
    if kind not in {*KINDS, "none"}:
        raise ButtonTooOld
    card.kind = None if kind == "none" else kind
    return keep_entry(ctx, draft, card)


async def _ask(ctx: ChatContext, argument: str, asked: str, buttons: tuple[Button, ...] = ()) -> Reply:
    draft, _ = await load_entry(ctx, argument)
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
    draft, card = await load_entry(ctx, draft_id)
    if choice == "none":
        card.plan_nothing()
    else:
        moment = parse_when(CHOICES.get(choice, ""), await ctx.reading())
        if moment is None:
            raise ButtonTooOld
        card.set_moment(moment, ctx.actor.zone)
    return keep_entry(ctx, draft, card)


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


VALUES: dict[str, Asked] = {"when": "time", "amount": "amount", "who": "name"}


@question(KIND)
async def answer(ctx: ChatContext, text: str) -> Reply | None:
    """The words that answer the card's open question."""
    draft = await open_question(ctx, KIND)
    if draft is None:
        return None
    if says_save(text) or says_cancel(text):
        draft.asking = None  # a word to the card, not what was asked for
        return None
    card = EntryCard.of(draft)
    about = (card.subject[0], card.subject[1]) if card.subject else None
    if not await answers(ctx, draft, text, VALUES.get(draft.asking or "", "words"), about=about):
        return None
    await _take(ctx, card, draft.asking or "", clean(text))
    await go_on_below(ctx, draft.id, Reply("entry-below"))
    return keep_entry(ctx, draft, card)


async def _take(ctx: ChatContext, card: EntryCard, asked: str, text: str) -> None:
    reading = await ctx.reading()
    if asked == "note":
        card.note, card.gist, card.is_cut = text.strip(), "", False
    elif asked == "when":
        card.set_moment(await moment_said(ctx, text), ctx.actor.zone)
    elif asked == "amount":
        amount = read_amount(text, reading)
        if amount is None:
            raise AmountNotUnderstood
        card.amount, card.amount_to = amount, None
    else:
        found = understand(text, reading).customers
        if len(found) == 1:
            card.pick(found[0].kind, int(found[0].id), found[0].name)
        else:
            card.name_company(text)
