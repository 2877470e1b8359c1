""" "Log a call" on the card of a follow-up."""

from __future__ import annotations

from dataclasses import replace

from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.followups.queries import FollowupView
from handlers.chat import Line, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import ask_words, keep_draft, open_question
from handlers.dialogs.only_answers import answers
from handlers.entries.card import EntryCard
from handlers.entries.look import show_card
from handlers.entries.reading import card_from
from handlers.entries.reporting import KIND
from handlers.followups.reminders import view_of
from handlers.router import Answer, number, press, question
from handlers.understanding import understand

ASKED = "followup-log"


@press("followup.log")
async def log_call(ctx: ChatContext, argument: str) -> Reply:
    """An entry card below the reminder: a call with them. It can be saved as it is; the next words fill it."""
    view = await view_of(ctx, number(argument))
    card = EntryCard(text="", said_at=ctx.event.at, kind="call")
    _about(card, view)
    draft = await _keep(ctx, card)
    await ask_words(ctx, ASKED, "words", followup=view.id, draft=draft.id)
    shown = show_card(card, draft.id)
    return replace(shown, lines=(*shown.lines, Line("followup-log-hint")), fresh=True)


@question(ASKED)
async def take_words(ctx: ChatContext, text: str) -> Answer:
    """What was said on the phone, onto the card that waits for it; when that is gone, onto a new one."""
    asked = await open_question(ctx, ASKED)
    if asked is None:
        return None
    view = await view_of(ctx, asked.content["followup"])
    about = (view.record, view.record_id) if view.record is not None and view.record_id is not None else None
    is_answer = await answers(ctx, asked, text, "words", about=about)
    await ctx.uow.drafts.remove(asked)
    if not is_answer:
        return None
    draft = await _waiting(ctx, asked.content["draft"])
    if draft is None:
        return None  # the card was saved or dropped meanwhile: these words are news of their own
    card = await _card_of(ctx, text, view)
    draft.content, draft.updated_at = card.content(), ctx.now
    return show_card(card, draft.id)


async def _waiting(ctx: ChatContext, draft_id: int) -> Draft | None:
    """The card, as long as it is neither saved nor dropped."""
    try:
        draft = await ctx.uow.drafts.get_for(ctx.actor.id, draft_id)
    except RecordNotFound:
        return None
    return draft if draft.kind == KIND else None


async def _card_of(ctx: ChatContext, text: str, view: FollowupView) -> EntryCard:
    """The words, understood as news of the people of the follow-up; a call where they do not say what it was."""
    actor = ctx.actor
    understood = understand(text, await ctx.reading())
    card = card_from(understood, text=text, said_at=ctx.event.at, zone=actor.zone, work_start=actor.work_start)
    card.kind = card.kind if card.kind not in {None, "note"} else "call"
    _about(card, view)
    return card


def _about(card: EntryCard, view: FollowupView) -> None:
    card.finishes = view.id if view.is_open else None
    if view.record is not None and view.record_id is not None:
        card.pick(view.record, view.record_id, view.title or view.contact_name or "")


async def _keep(ctx: ChatContext, card: EntryCard) -> Draft:
    return await keep_draft(ctx, KIND, card.content())
