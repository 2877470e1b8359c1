"""One message about several customers, as a day's report is: one list card, with Save all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.activities.actions import log_entry
from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.followups.actions import is_past
from domain.leads.errors import DuplicateFound
from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext, country_of, undo_button
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.below import go_on_below
from handlers.entries.amending import AMENDABLE
from handlers.entries.amending_lists import (
    LIST,
    SAVED_LIST,
    Cards,
    amend_saved_list,
    cards_of,
    content_of,
    correct_waiting,
    keep_saved_list,
)
from handlers.entries.card import EntryCard
from handlers.entries.look import kind_of, show_card, title_of
from handlers.entries.reading import put_under
from handlers.entries.reporting import KIND as ENTRY
from handlers.entries.reporting import read_entry, replies_to_another_card
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, number, press
from handlers.understanding.headings import heading_of
from handlers.understanding.reports import parts_of

KIND = LIST
LONGEST_NOTE = 100
LONGEST_CORRECTION = 100


class EntriesGone(CrmError):
    """The list was saved, dropped or belongs to somebody else."""

    code = "list-gone"
    ends_card = True


async def several(ctx: ChatContext, text: str) -> Answer:
    """None for a message about one customer, which is most of them."""
    if ctx.staff is None or await replies_to_another_card(ctx):
        return None
    text, reading = "\n".join(clean(line) for line in text.splitlines()).strip(), await ctx.reading()
    parts = parts_of(text, reading)
    if not parts:
        return None
    heading = heading_of(text, reading)
    cards = [await read_entry(ctx, part) for part in parts]
    for card in cards:
        card.message = None  # an edit of the whole message is no edit of one of its parts
        if heading is not None:
            put_under(card, heading, ctx.actor.zone)
    cards[0].files, cards[0].is_album = ctx.take_files(), ctx.is_of_album
    numbered = dict(enumerate(cards, start=1))
    draft = await keep_draft(ctx, KIND, content_of(numbered))
    return _list(draft, numbered)


async def amend_list(ctx: ChatContext, text: str) -> Reply | None:
    """ "No, Beta Thursday": of the list that waits, or of what was saved from it, where that is what was last written here."""
    if ctx.staff is None or len(text) > LONGEST_CORRECTION or await replies_to_another_card(ctx):
        return None
    event, since = ctx.event, ctx.now - AMENDABLE
    draft = await ctx.uow.drafts.find_latest(ctx.staff.id, event.channel, event.conversation.key, since=since)
    if draft is None:
        return None
    if draft.kind == SAVED_LIST:
        return await amend_saved_list(ctx, draft, text)
    if draft.kind != KIND or await correct_waiting(ctx, draft, text) is None:
        return None
    await go_on_below(ctx, draft.id, Reply("entry-below"))
    return _list(draft, cards_of(draft))


def _list(draft: Draft, cards: Cards) -> Reply:
    """A line for each, which opens a card of its own; Save all first."""
    save = Button("button-save-all-of", press=f"entries.save:{draft.id}", facts={"count": len(cards)}, is_main=True)
    drop = Button("button-cancel", press=f"entries.cancel:{draft.id}")
    lines = tuple(_line(draft.id, at, card) for at, card in cards.items())
    return Reply("entries-card", {"count": len(cards)}, lines=lines, buttons=(save, drop), card=f"draft:{draft.id}")


def _line(draft_id: int, at: int, card: EntryCard) -> Line:
    name = card.subject[2] if card.subject else card.company or card.person or (card.candidates or [[0, 0, "?"]])[0][2]
    opens = Button("button-open-of", press=f"entries.open:{draft_id}.{at}", facts={"name": Secret("name", str(name))})
    facts: dict[str, Any] = {
        "subject": title_of(card),
        "kind": kind_of(card),
        "note": note_shown(card.note, most=LONGEST_NOTE) if card.note else None,
        "when": None
        if card.due_at is None
        else card.due_at
        if card.has_hour
        else Phrase("day-of", {"at": card.due_at}),
        "doubt": "yes" if card.doubts or card.no_such_day or card.past_at else "no",
    }
    return Line("entries-line", facts, buttons=(opens,))


async def _load(ctx: ChatContext, argument: str) -> tuple[Draft, Cards]:
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, number(argument))
    except RecordNotFound:
        raise EntriesGone from None
    if draft.kind != KIND:
        raise EntriesGone
    return draft, cards_of(draft)


async def _keep(ctx: ChatContext, draft: Draft, cards: Cards) -> None:
    if cards:
        draft.content, draft.updated_at = content_of(cards), ctx.now
    else:
        await ctx.uow.drafts.remove(draft)


@press("entries.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    return _list(*await _load(ctx, argument))


@press("entries.cancel")
async def cancel(ctx: ChatContext, argument: str) -> Reply:
    draft, _ = await _load(ctx, argument)
    await ctx.uow.drafts.remove(draft)
    return Reply("entry-dismissed")


@press("entries.open")
async def open_one(ctx: ChatContext, argument: str) -> Reply:
    """One of them as a card of its own, to be corrected; the list goes on without it."""
    draft_id, _, at = argument.partition(".")
    draft, cards = await _load(ctx, draft_id)
    card = cards.pop(number(at), None)
    if card is None:
        raise ButtonTooOld
    await _keep(ctx, draft, cards)
    own = await keep_draft(ctx, ENTRY, card.content())
    return replace(show_card(card, own.id), fresh=bool(cards))


@press("entries.save")
async def save_all(ctx: ChatContext, argument: str) -> Reply:
    """Write all under one action. What is known under another's name, handed away or past by now stays on the list."""
    draft, cards = await _load(ctx, argument)
    country = country_of(ctx.actor, ctx.company)
    left: Cards = {}
    saved: list[Line] = []
    for at, card in cards.items():
        entry = card.entry(country=country)
        if entry.is_empty or any(is_past(when, now=ctx.now) for when in entry.followups):
            left[at] = card
            continue
        try:
            await log_entry(ctx.uow, ctx.actor, entry, now=ctx.now)
        except (DuplicateFound, RecordNotFound):  # said before anything of it is written
            left[at] = card
            continue
        saved.append(Line("entries-saved-line", {"subject": title_of(card), "kind": kind_of(card)}))
    written = {at: card for at, card in cards.items() if at not in left}
    if written:
        await keep_saved_list(ctx, written, after=None if left else draft)
    if left or not written:
        await _keep(ctx, draft, left)
    undo = (undo_button(),) if saved else ()
    again = (Button("button-go-on", press=f"entries.show:{draft.id}"),) if left else ()
    return Reply(
        "entries-saved",
        {"count": len(saved), "left": len(left)},
        lines=tuple(saved),
        buttons=(*again, *undo),
        card=f"draft:{draft.id}" if left else None,
    )
