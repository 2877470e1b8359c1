"""``/next``: what must happen next, in one line. With somebody and a time it acts at once, else the card asks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from domain.followups.actions import Subject, When, plan_followup
from domain.followups.errors import DateInThePast
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.values.zones import local
from handlers.chat import Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import keep_draft
from handlers.dialogs.said_times import ImpossibleDate, impossible_date
from handlers.entries.look import show_card
from handlers.entries.reading import card_from
from handlers.followups.cards import saved_card
from handlers.followups.reminders import fresh_view
from handlers.followups.when import when_from
from handlers.records.comments import named_in
from handlers.rendering.wording import clean
from handlers.router import Answer, WrongUsage, command, fold
from handlers.understanding import Context, Known, Match, Moment, Names, Understood, parse_past, parse_when, understand

LONGEST = 2000
_CODE = re.compile(r"#?([LCPO])([0-9]{1,15})(?![0-9A-Za-z])", re.IGNORECASE)
_AT = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠](?=\S)")  # no e-mail address
_WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
MOST_WORDS = 5  # of a name
_EDGES = " \t\n,;:.，；：。、-–—·"
_LINKS = re.compile(
    r"^(?:and|to|about|with|for|on|at|by|和|跟|给|对|要|再)(?=[\s,，]|[\u4e00-\u9fff])[\s,，]*", re.IGNORECASE
)


def _names_a_record(rest: str) -> bool:
    """Without a slash only ``next C7 …`` is the command: "next week we meet Acme" is news."""
    return _CODE.match(fold(rest[:24])) is not None


@command("next", "跟进", bare=_names_a_record, apart=" ")
async def next_step(ctx: ChatContext, rest: str) -> Answer:
    """``/next C7 friday 10am send the quote @Tom``, in any order but the number first."""
    text = clean(rest).strip()[:LONGEST]
    if not text:
        raise WrongUsage("next")
    owner, text = await _owner_in(ctx, text)
    record, text = await _record_in(ctx, text)
    reading = await ctx.reading()
    understood = understand(text, reading)
    if record is None and not understood.customers:
        understood = replace(understood, customers=named_first(text, reading.names))
    _refuse_no_day(text)
    _refuse_the_past(ctx, parse_when(text, reading) or _past_time(text, reading))
    subject = _subject_of(understood) if record is None else record[0]
    when = _when(ctx, understood)
    if subject is None or when is None:
        return await _ask(ctx, text, understood, record, owner)
    note = _note(text, understood)
    followup = await plan_followup(ctx.uow, ctx.actor, subject, when, note=note, now=ctx.now, owner=owner)
    key = "followup-planned" if owner is None or owner.id == ctx.actor.id else "followup-given"
    return saved_card(key, await fresh_view(ctx, followup.id), undo_button())


def _refuse_no_day(text: str) -> None:
    typed = impossible_date(text)
    if typed is not None:
        raise ImpossibleDate(typed=typed)


def _past_time(text: str, reading: Context) -> Moment | None:
    """ "yesterday 3pm call": a past time at either end was meant as the time of the plan, not "about yesterday's order"."""
    past = parse_past(text, reading)
    if past is None or (text[: past.start].strip(_EDGES) and text[past.end :].strip(_EDGES)):
        return None
    return past


def _refuse_the_past(ctx: ChatContext, named: Moment | None) -> None:
    """What happened on a past day is news elsewhere, but here a plan was meant. Raises DateInThePast."""
    here = local(ctx.event.at, ctx.actor.timezone).date()
    if named is not None and named.at.date() < here:
        raise DateInThePast(when=named.at.replace(tzinfo=ctx.zone))


async def _owner_in(ctx: ChatContext, text: str) -> tuple[Staff | None, str]:
    """The colleague named by ``@who``, and the text without it. Names may have spaces. Raises StaffNotFound."""
    at = _AT.search(text)
    if at is None:
        return None, text
    after = text[at.end() :]
    named = named_in(f"@{after}", await ctx.uow.staff.list_active())
    if not named:
        raise StaffNotFound(name=after.split()[0].strip(_EDGES))
    return named[0], f"{text[: at.start()]} {after[len(named[0].name) :]}".strip()


async def _record_in(ctx: ChatContext, text: str) -> tuple[tuple[Subject, str], str] | tuple[None, str]:
    """The record whose number the text begins with, with its title. Raises RecordNotFound."""
    found = _CODE.match(fold(text[:24]))
    if found is None or fold(text[:24])[: found.end()] != fold(text[: found.end()]):
        return None, text
    rest = text[found.end() :].strip(_EDGES)
    letter, record_id = found[1].upper(), int(found[2])
    if letter == "L":
        lead = await ctx.uow.leads.get_for(ctx.actor, record_id)
        return (Subject(lead_id=lead.id), lead.title), rest
    if letter == "C":
        customer = await ctx.uow.customers.get_for(ctx.actor, record_id)
        return (Subject(customer_id=customer.id), customer.title), rest
    if letter == "P":
        contact = await ctx.uow.customers.get_contact_for(ctx.actor, record_id)
        return (Subject(customer_id=contact.customer_id, contact_id=contact.id), contact.name), rest
    sale = await ctx.uow.opportunities.get_for(ctx.actor, record_id)
    return (Subject(customer_id=sale.customer_id, opportunity_id=sale.id), sale.name), rest


def named_first(text: str, names: Names) -> tuple[Match, ...]:
    """Whom the text begins with. In free text a small "beta" is rather a word; behind /next it is whom it is about.

    The most words that begin the name of a lead or customer count; where several are called so, all of them.
    """
    words = [(word.group().casefold(), word.end()) for word in _WORD.finditer(text[:200])][:MOST_WORDS]
    if not words:
        return ()
    begin = [known for known in names.known if known.kind != "contact" and _begins(known, [words[0][0]])]
    for count in range(len(words), 0, -1):
        said, end = [word for word, _ in words[:count]], words[count - 1][1]
        found = [known for known in begin if _begins(known, said)]
        if found:
            start = text.casefold().find(said[0])
            return tuple(Match(each.kind, each.id, each.name, each.parent, start, end) for each in found)
    return ()


def _begins(known: Known, said: list[str]) -> bool:
    name = known.name.casefold()
    return name.startswith(said[0]) and _WORD.findall(name)[: len(said)] == said


def _subject_of(understood: Understood) -> Subject | None:
    """The one lead or customer that is named beyond doubt."""
    if len(understood.customers) != 1 or "customer" in understood.ambiguous:
        return None
    [found] = understood.customers
    if not found.exact:
        return None
    if found.kind == "lead":
        return Subject(lead_id=int(found.id))
    contacts = [int(each.id) for each in understood.contacts if each.parent == found.id]
    return Subject(customer_id=int(found.id), contact_id=contacts[0] if len(contacts) == 1 else None)


def _when(ctx: ChatContext, understood: Understood) -> When | None:
    """The time that is named beyond doubt. A deadline alone is due in the morning of its day."""
    if {"follow_up", "deadline"} & set(understood.ambiguous):
        return None
    if understood.follow_up is not None:
        return None if understood.follow_up.doubtful else when_from(ctx, understood.follow_up)
    deadline = understood.deadline
    if deadline is None or deadline.doubtful:
        return None
    morning = datetime.combine(deadline.at.date(), ctx.actor.work_start, tzinfo=ctx.zone)
    return When(at=morning.astimezone(UTC), has_hour=False, is_deadline=True)


def _note(text: str, understood: Understood) -> str:
    """What is left to do, without the time and the company."""
    moment = understood.follow_up or understood.deadline
    spans = [(each.start, each.end) for each in understood.customers]
    if moment is not None:
        spans.append((moment.start, moment.end))
    left = len(text)
    for start, end in sorted(spans, reverse=True):
        if end <= left:  # those of the same name stand at one place, which is taken out once
            text, left = f"{text[:start].rstrip(_EDGES)} {text[end:].lstrip(_EDGES)}", start
    return _LINKS.sub("", text.strip(_EDGES)).strip(_EDGES)


async def _ask(
    ctx: ChatContext,
    text: str,
    understood: Understood,
    record: tuple[Subject, str] | None,
    owner: Staff | None,
) -> Reply:
    """The entry card, as a plan: what is missing or doubtful is a button on it."""
    actor = ctx.actor
    card = card_from(understood, text=text, said_at=ctx.event.at, zone=actor.zone, work_start=actor.work_start)
    card.kind, card.note, card.step = None, _note(text, understood) or card.note, ""
    if record is not None:
        subject, title = record
        kind = "lead" if subject.lead_id is not None else "customer"
        card.pick(kind, subject.lead_id or subject.customer_id or 0, title)
        card.contact = None if subject.contact_id is None else [subject.contact_id, title]
    if owner is not None and owner.id != actor.id:
        card.owner = [owner.id, owner.name]
    draft = await keep_draft(ctx, "entry", card.content())
    return replace(show_card(card, draft.id), fresh=True)
