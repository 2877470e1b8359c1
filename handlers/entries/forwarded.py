"""A message that was forwarded to us becomes the card of an activity; those forwarded together become one."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.drafts.model import Draft
from handlers.chat import Forwarded
from handlers.context import ChatContext, Outcome, country_of
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.below import in_place
from handlers.entries.card import EntryCard
from handlers.entries.chat_transcripts import card_of_chat, our_names
from handlers.entries.hearing import hear_report
from handlers.entries.look import MOST_OF_A_CHAT, show_card
from handlers.entries.reporting import KIND, keep_entry
from handlers.leads.pasted import lines_of, looks_like_list
from handlers.rendering.wording import clean, one_line
from handlers.router import Answer, content
from handlers.understanding import Context
from handlers.understanding.normalise import fold
from handlers.understanding.transcripts import read_transcript

TOGETHER = timedelta(minutes=1)  # messages forwarded within it are one chat
HEADER = 100  # characters, in which who and when stand above a message
MOST_TOGETHER = 10  # cards of strangers whose messages come by turns


@content(Forwarded)
async def forwarded(ctx: ChatContext, message: Forwarded) -> Answer:
    """A customer's message is what happened; a colleague's words, a list or a chat count as if the person had told them."""
    if ctx.in_group:
        return None
    if ctx.staff is None:
        return await ctx.hear(message.text)
    reading, is_colleague = await ctx.reading(), await _is_colleague(ctx, message)
    waiting = await _waiting(ctx, message, is_colleague=is_colleague)
    is_told = not message.author or (waiting is None and is_colleague)
    if is_told or await _is_more(ctx, message.text, reading):
        return await hear_report(ctx, message.text)
    return await _on_card(ctx, message, waiting, reading) or await hear_report(ctx, message.text)


async def _is_colleague(ctx: ChatContext, message: Forwarded) -> bool:
    """By who it is on the platform; where that is hidden by the whole name, as many a customer shares a first name."""
    active = await ctx.uow.staff.list_active()
    if message.author_id is not None:
        author = await ctx.uow.identities.find(ctx.event.channel, message.author_id)
        return author is not None and author.staff_id in {person.id for person in active}
    return bool(message.author) and _plain(message.author) in {_plain(name) for name in await our_names(ctx)}


async def _is_more(ctx: ChatContext, text: str, reading: Context) -> bool:
    """Is it a chat or a list of its own?"""
    if read_transcript(text, reading, ours=await our_names(ctx)) is not None:
        return True
    return looks_like_list(lines_of(text), country=country_of(ctx.actor, ctx.company))


async def _waiting(ctx: ChatContext, message: Forwarded, *, is_colleague: bool) -> Draft | None:
    """The card of what was forwarded a moment ago, by the same stranger or with one: untouched since, and with room."""
    here = (ctx.event.channel, ctx.event.conversation.key)
    for draft in await ctx.uow.drafts.list_of(ctx.actor.id, limit=MOST_TOGETHER, kinds=[KIND]):
        card = EntryCard.of(draft)
        stranger, has_room = card.stranger, len(card.text) + len(message.text) + HEADER <= MOST_OF_A_CHAT
        is_open = has_room and draft.asking is None and draft.updated_at >= ctx.now - TOGETHER
        if (
            stranger is not None
            and is_open
            and (draft.channel, draft.place) == here
            and (is_colleague or stranger == _stranger(message))
        ):
            return draft
    return None


async def _on_card(ctx: ChatContext, message: Forwarded, waiting: Draft | None, reading: Context) -> Answer:
    """None where the author's name looks like no name."""
    before = EntryCard.of(waiting) if waiting is not None else None
    stranger = _stranger(message) if before is None else before.stranger
    text = _as_pasted(message, reading.zone)
    if before is not None:
        text = f"{before.text}\n\n{text}"
    transcript = read_transcript(text, reading)
    if transcript is None or stranger is None:
        return None
    theirs = _plain(stranger[0])
    card = await card_of_chat(ctx, transcript, reading, text=text, ours=lambda speaker: _plain(speaker) != theirs)
    card.stranger = stranger
    if waiting is None or before is None:
        draft = await keep_draft(ctx, KIND, card.content())
        return show_card(card, draft.id)
    card.files, card.is_album = before.files, before.is_album
    shown = keep_entry(ctx, waiting, card, is_touched=False)
    return Outcome() if await in_place(ctx, waiting.id, shown) else shown


def _stranger(message: Forwarded) -> list[str]:
    """What they are called in the chat, and who they are."""
    name = _shown(message)
    return [name, message.author_id or name]


def _shown(message: Forwarded) -> str:
    return re.sub(r"[:\[\]<>,，：]+", " ", one_line(clean(message.author))).strip()[:40].strip()


def _plain(name: str) -> str:
    return fold(name).strip(" ,").casefold()


def _as_pasted(message: Forwarded, zone: ZoneInfo) -> str:
    """As a copy of such a message would look."""
    said = "\n".join(clean(line) for line in message.text.splitlines()).strip()
    return f"{_shown(message)}, [{message.at.astimezone(zone):%Y-%m-%d %H:%M}]\n{said}"
