"""A chat copied from a messenger as the card of one activity: with whom, what was promised, all of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC

from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft
from handlers.entries.card import EntryCard
from handlers.entries.look import MOST_OF_A_CHAT, show_card
from handlers.entries.reading import card_from
from handlers.entries.reporting import KIND
from handlers.entries.step_words import step_words
from handlers.entries.steps import MOST, Step
from handlers.entries.who_has import pick_by_phone
from handlers.rendering.wording import clean, one_line, shortened
from handlers.router import Answer
from handlers.understanding import Context, Understood, understand
from handlers.understanding.normalise import fold
from handlers.understanding.promises import Promise, find_promises
from handlers.understanding.transcripts import Transcript, is_ours, read_transcript

LONGEST_GIST = 200  # characters that a reminder says of a chat
_PHONE = re.compile(r"\+?[\d\s().-]{7,20}")
_COMPANY_BEHIND = re.compile(r"(?:[-–—@|/·•]|[(（\[【])\s*(?P<company>[^()（）\[\]【】@|]{2,40}?)\s*[)）\]】]?$")
_ASKED = re.compile(
    r"^(?:(?:hi|hello|hey|ok|sure|yes|great|(?:can|could|would|will)\s+(?:you|we)|please|pls|好的?|嗯|可以|没问题|收到|请|麻烦|能不能|能否|方便)[\s,，.。!！]*)+",
    re.IGNORECASE,
)
_ASKED_BEHIND = re.compile(r"(?:可以吗|行吗|好吗|方便吗|[吗么呢吧])?[\s?？!！。.~]*$")


async def pasted_chat(ctx: ChatContext, text: str) -> Answer:
    """None for anything that is no chat between people."""
    card = await read_chat(ctx, text) if ctx.staff is not None else None
    if card is None:
        return None
    draft = await keep_draft(ctx, KIND, card.content())
    return show_card(card, draft.id)


async def read_chat(ctx: ChatContext, text: str) -> EntryCard | None:
    """The card of a chat between people; None for anything else."""
    text = "\n".join(clean(line) for line in text.splitlines()).strip()
    if "\n" not in text and "]" not in text:
        return None
    reading, ours = await ctx.reading(), await our_names(ctx)
    transcript = read_transcript(text, reading, ours=ours)
    if transcript is None:
        return None
    return await card_of_chat(ctx, transcript, reading, text=text, ours=lambda name: is_ours(name, ours))


async def our_names(ctx: ChatContext) -> list[str]:
    return [*(person.name for person in await ctx.uow.staff.list_active()), ctx.identity.name]


# ---------------------------------------------------------------- the card of it


async def card_of_chat(
    ctx: ChatContext, transcript: Transcript, reading: Context, *, text: str, ours: Callable[[str], bool]
) -> EntryCard:
    """The card of an activity at the time of the last message; ``ours`` tells who is of ours. ``text`` is kept as its note, the
    newest part of a very long one."""
    zone, theirs = ctx.actor.zone, [name for name in transcript.speakers if not ours(name)]
    card = card_from(
        _understood(transcript, theirs, reading, note=_newest(text)),
        text=text,
        said_at=ctx.event.at,
        zone=zone,
        work_start=ctx.actor.work_start,
    )
    card.is_cut, card.gist = len(text) > MOST_OF_A_CHAT, _gist(transcript)
    last = transcript.said[-1].at
    if last is not None:
        card.occurred_at = min(last.replace(tzinfo=zone).astimezone(UTC), ctx.event.at)
    _set_promises(ctx, card, transcript, reading, ours)
    if card.names_nobody or card.person is not None:
        await pick_by_phone(ctx, card)
    card.message = ctx.event.message
    return card


def _newest(text: str) -> str:
    """As much of the end as a note holds, from the beginning of a line where there is one."""
    if len(text) <= MOST_OF_A_CHAT:
        return text
    kept = text[2 - MOST_OF_A_CHAT :]
    whole_lines = kept.partition("\n")[2]
    return f"…\n{whole_lines if len(whole_lines) > MOST_OF_A_CHAT // 2 else kept}"


def _gist(transcript: Transcript) -> str:
    """Who said what last."""
    last = next(one for one in reversed(transcript.said) if one.text)
    return shortened(f"{last.speaker}: {one_line(last.text)}", LONGEST_GIST)


def _understood(transcript: Transcript, theirs: Sequence[str], reading: Context, *, note: str) -> Understood:
    """What they said gives phones, amounts and intents; who they are is told by their names first, then by the words."""
    words = "\n".join(one.text for one in transcript.said if one.speaker in theirs)
    said = understand(words or "\n".join(one.text for one in transcript.said), reading)
    whom = _whom(transcript, theirs, reading)
    stranger = next((name for name in theirs if not _PHONE.fullmatch(fold(name))), None)
    company = _COMPANY_BEHIND.search(stranger) if stranger else None
    phones = [found for name in theirs if _PHONE.fullmatch(fold(name)) for found in understand(name, reading).numbers]
    person = stranger[: company.start()].strip(" -–—@|/·•([（【") if stranger and company else stranger
    return Understood(
        activity=transcript.kind,
        customers=whom.customers,
        contacts=whom.contacts,
        numbers=tuple(dict.fromkeys((*said.numbers, *phones))),
        odd_numbers=said.odd_numbers,
        emails=said.emails,
        amount=said.amount,
        intents=said.intents,
        ambiguous=(*whom.ambiguous, *(("amount",) if "amount" in said.ambiguous else ())),
        note=note,
        unknown_company=whom.unknown_company or (company["company"].strip() if company else None),
        unknown_person=person or None,
    )


def _whom(transcript: Transcript, theirs: Sequence[str], reading: Context) -> Understood:
    names = "\n".join(theirs)
    by_name = understand(names, reading)
    if len(by_name.customers) == 1:
        return _only(by_name)
    above = f"{transcript.heading}\n{names}"
    with_heading = understand(above, reading)
    if len(with_heading.customers) == 1:
        return _only(with_heading)
    by_words = understand("\n".join((above, *(one.text for one in transcript.said))), reading)
    ours = {match.id for match in by_name.customers}
    if by_name.customers:
        fitting = tuple(match for match in by_words.customers if match.id in ours)
        return _only(replace(by_words, customers=fitting)) if len(fitting) == 1 else by_name
    return _only(by_words) if len(by_words.customers) == 1 else replace(by_words, unknown_company=None)


def _only(found: Understood) -> Understood:
    """One customer, with those of its people who are meant; there is nothing to ask."""
    whose = found.customers[0].id
    contacts = tuple(match for match in found.contacts if match.parent == whose)
    return replace(found, contacts=contacts, ambiguous=("contact",) if len(contacts) > 1 else ())


def _set_promises(
    ctx: ChatContext, card: EntryCard, transcript: Transcript, reading: Context, ours: Callable[[str], bool]
) -> None:
    zone = ctx.actor.zone
    found = find_promises(transcript, reading, ours=ours)
    if not found.ahead:
        if found.lapsed is not None:
            card.past_at = found.lapsed.moment.at.replace(tzinfo=zone).astimezone(UTC)
        return
    first, *others = found.ahead
    if first.moment.limit == "before":
        card.set_deadline(first.moment, ctx.actor.work_start, zone)
    else:
        doubts = [*card.doubts, *(["follow_up"] if first.moment.doubtful else [])]
        card.set_moment(first.moment, zone)
        card.doubts = doubts
    card.step = _words(first)
    taken = {first.moment.at}
    for promise in others:
        if promise.moment.at not in taken and len(card.more) < MOST:
            taken.add(promise.moment.at)
            card.more.append(_step(ctx, promise))


def _step(ctx: ChatContext, promise: Promise) -> Step:
    later = EntryCard(text="", said_at=ctx.event.at)
    if promise.moment.limit == "before":
        later.set_deadline(promise.moment, ctx.actor.work_start, ctx.actor.zone)
    else:
        later.set_moment(promise.moment, ctx.actor.zone)
    assert later.due_at is not None
    return Step(
        words=_words(promise),
        due_at=later.due_at,
        has_hour=later.has_hour,
        is_deadline=later.is_deadline,
        is_doubtful=promise.moment.doubtful,
    )


def _words(promise: Promise) -> str:
    """What is to be done then; what they promised says who."""
    words = step_words(promise.said.text, promise.moment, "")
    words = _ASKED_BEHIND.sub("", _ASKED.sub("", words)).strip()
    if words and not promise.is_ours and not promise.is_asked:
        return f"{promise.said.speaker}: {words}"
    return words
