"""A message that was forwarded to us becomes the card of an activity; those forwarded together become one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.drafts.model import Draft
from handlers.asking import keep_draft
from handlers.below import in_place
from handlers.chat import Forwarded
from handlers.chat_transcripts import card_of_chat, our_names
from handlers.context import ChatContext, Outcome, country_of
from handlers.entries import KIND, keep_entry
from handlers.entry_card import EntryCard
from handlers.entry_look import show_card
from handlers.pasted import lines_of, looks_like_list
from handlers.router import Answer, content
from handlers.understanding import Context
from handlers.understanding.transcripts import is_ours, read_transcript
from handlers.wording import clean, one_line

TOGETHER = timedelta(minutes=1)  # messages forwarded within it are one chat


@content(Forwarded)
async def forwarded(ctx: ChatContext, message: Forwarded) -> Answer:
    """A customer's message is what happened; a colleague's words, a list or a chat count as if the person had said them."""
    if ctx.in_group:
        return None
    if ctx.staff is None or not message.author:
        return await ctx.hear(message.text)
    reading, ours = await ctx.reading(), await our_names(ctx)
    waiting = await _waiting(ctx, reading, ours)
    lines = lines_of(message.text)
    is_more = read_transcript(message.text, reading, ours=ours) is not None or looks_like_list(
        lines, country=country_of(ctx.actor, ctx.company)
    )
    if is_more or (waiting is None and is_ours(message.author, ours)):
        return await ctx.hear(message.text)
    text = _as_pasted(message, reading.zone)
    if waiting is not None:
        text = f"{EntryCard.of(waiting).text}\n\n{text}"
    transcript = read_transcript(text, reading, ours=ours)
    if transcript is None:  # a name that looks like no name
        return await ctx.hear(message.text)
    card = await card_of_chat(ctx, transcript, reading, text=text, ours=ours)
    if waiting is None:
        draft = await keep_draft(ctx, KIND, card.content())
        return show_card(card, draft.id)
    shown = keep_entry(ctx, waiting, card)
    return Outcome() if await in_place(ctx, waiting.id, shown) else shown


async def _waiting(ctx: ChatContext, reading: Context, ours: Sequence[str]) -> Draft | None:
    """The card of what was forwarded a moment ago: messages forwarded together come one by one."""
    draft = await ctx.uow.drafts.find_latest(
        ctx.actor.id, ctx.event.channel, ctx.event.conversation.key, since=ctx.now - TOGETHER, kind=KIND
    )
    if draft is None or read_transcript(EntryCard.of(draft).text, reading, ours=ours) is None:
        return None
    return draft


def _as_pasted(message: Forwarded, zone: ZoneInfo) -> str:
    """As a copy of such a message would look."""
    author = re.sub(r"[:\[\]<>,，：]+", " ", one_line(clean(message.author))).strip()[:40]
    said = "\n".join(clean(line) for line in message.text.splitlines()).strip()
    return f"{author}, [{message.at.astimezone(zone):%Y-%m-%d %H:%M}]\n{said}"
