"""Words said in reply to a card: a comment on its record, or what happened at a follow-up that was just done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.attachments.actions import attach_files
from domain.customers.comments import comment_on
from domain.followups.model import FollowupStatus
from domain.people.model import Staff
from domain.records import LETTERS
from domain.tickets.noting import note_ticket
from handlers.chat import Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.followups.done_words import finish_on, says_done
from handlers.followups.later_words import move_on, time_wished
from handlers.records.by_number import code_of, report_on, title_for
from handlers.rendering.wording import clean
from handlers.router import Answer

REPORTED_WITHIN = timedelta(minutes=30)
_NAMED = re.compile(r"[@＠](\S[^@＠]*)")
_AT_WORD = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠]([^\s@＠,.;:!?，。；：！？、]{1,40})")
_MOST_NAMED = 10


async def reply_to_card(ctx: ChatContext, text: str) -> Answer:
    """A reply to a record's card. None for a reply to anything else."""
    event = ctx.event
    if ctx.staff is None or event.reply_to is None:
        return None
    finished = await finish_on(ctx, event.reply_to) if says_done(text) else None
    if finished is not None:
        return finished
    wished = await time_wished(ctx, text)
    moved = await move_on(ctx, event.reply_to, wished) if wished is not None else None
    if moved is not None:
        return moved
    card = await ctx.uow.cards.find(event.channel, event.conversation.key, event.reply_to)
    if card is None:
        return None
    record, _, number = card.record.partition(":")
    if record not in LETTERS or not number.isdecimal() or not text.strip():
        return None
    if record == "ticket":
        return await _note(ctx, text, int(number))
    if record == "followup" and not _NAMED.search(text) and await _was_just_done(ctx, int(number)):
        return await report_on(ctx, text, record, int(number))
    return await _comment(ctx, text, record, int(number))


async def _note(ctx: ChatContext, text: str, ticket_id: int) -> Reply:
    """Words below a ticket's card are for colleagues: what goes out is said to go out."""
    message = await note_ticket(ctx.uow, ctx.actor, ticket_id, clean(text), now=ctx.now)
    await attach_files(ctx.uow, ctx.actor, ctx.take_files(), ticket_message_id=message.id, now=ctx.now)
    return Reply("ticket-noted", {"ticket": ticket_id}, buttons=(undo_button(),), private=True)


async def _was_just_done(ctx: ChatContext, followup_id: int) -> bool:
    followup = await ctx.uow.followups.get_for(ctx.actor, followup_id)
    return (
        followup.status is FollowupStatus.DONE
        and followup.closed_at is not None
        and ctx.now - followup.closed_at <= REPORTED_WITHIN
    )


async def _comment(ctx: ChatContext, text: str, record: str, record_id: int) -> Reply:
    words = clean(text).strip()
    people = await ctx.uow.staff.list_active()
    told = [person for person in named_in(words, people) if person.id != ctx.actor.id]
    strangers = names_of_nobody(words, people)
    note = await comment_on(ctx.uow, ctx.actor, (record, record_id), words, told=told, now=ctx.now)
    await attach_files(ctx.uow, ctx.actor, ctx.take_files(), activity_id=note.id, now=ctx.now)
    title = await title_for(ctx, record, record_id)
    return Reply(
        "comment-added",
        {
            "code": code_of(record, record_id),
            "name": title if not ctx.in_group else None,
            "told": [person.name for person in told],
        },
        lines=(Line("comment-names-nobody", {"names": strangers}),) if strangers else (),
        buttons=(undo_button(),),
        card=f"{record}:{record_id}",
    )


def named_in(text: str, people: Sequence[Staff]) -> list[Staff]:
    """Who is meant by ``@Name`` in a text; the longest name that fits wins, case ignored."""
    found: dict[int, Staff] = {}
    by_length = sorted(people, key=lambda person: -len(person.name))
    for match in list(_NAMED.finditer(text))[:_MOST_NAMED]:
        after = match[1].casefold()
        person = next((each for each in by_length if _begins_with(after, each.name.casefold())), None)
        if person is not None:
            found[person.id] = person
    return list(found.values())


def names_of_nobody(text: str, people: Sequence[Staff]) -> list[str]:
    """``@Names`` that no colleague has; an e-mail address names nobody."""
    named = list(_AT_WORD.finditer(text))[:_MOST_NAMED]
    unknown = [
        match[1]
        for match in named
        if not any(_begins_with(text[match.start(1) :].casefold(), p) for p in _names(people))
    ]
    return list(dict.fromkeys(f"@{name}" for name in unknown))


def _names(people: Sequence[Staff]) -> list[str]:
    return [person.name.casefold() for person in people]


def _begins_with(text: str, name: str) -> bool:
    """``@tomorrow`` does not name Tom, ``@王伟看一下`` names 王伟."""
    if not text.startswith(name):
        return False
    following = text[len(name) : len(name) + 1]
    return not (following.isascii() and following.isalnum())
