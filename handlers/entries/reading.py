"""The card for a message that was understood."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.values.companies import short_company
from handlers.entries.card import KINDS, EntryCard
from handlers.entries.new_names import named_with_contact
from handlers.entries.step_words import step_words
from handlers.entries.steps import further_steps
from handlers.understanding import Match, Understood
from handlers.understanding.headings import Heading

MOST_CANDIDATES = 4


def card_from(understood: Understood, *, text: str, said_at: datetime, zone: ZoneInfo, work_start: time) -> EntryCard:
    """The card for one understood message."""
    card = EntryCard(
        text=text,
        said_at=said_at,
        kind=understood.activity if understood.activity in KINDS else None,
        note=understood.note,
        phones=list(understood.numbers),
        odd_phones=list(understood.odd_numbers),
        emails=[span.value for span in understood.emails],
        intents=list(understood.intents),
        doubts=list(understood.ambiguous),
        company=understood.unknown_company or named_with_contact(text),
        person=understood.unknown_person,
    )
    _set_subject(card, understood)
    card.set_amount(understood.amount)
    if understood.occurred_on is not None:
        card.occurred_at = _noon(understood.occurred_on, zone)
    moment = understood.follow_up or understood.deadline
    if moment is not None:
        card.more = further_steps(understood.further, text, zone=zone, work_start=work_start)
        card.step = step_words(text, moment, "" if card.more else card.note)
        if card.kind is None and card.more and card.step and all(step["words"] for step in card.more):
            card.note = ""  # a plan of several steps says all of it in them
    if understood.follow_up is not None:
        doubts = list(card.doubts)
        card.set_moment(understood.follow_up, zone)
        card.doubts = doubts
    elif understood.deadline is not None:
        card.set_deadline(understood.deadline, work_start, zone)
    return card


def put_under(card: EntryCard, heading: Heading, zone: ZoneInfo) -> None:
    """A part that tells no activity of its own, or only what is to be done, was what the heading says of all."""
    if heading.activity in KINDS and card.kind in {None, "note"}:
        card.kind = heading.activity
        if card.read:
            card.read["kind"] = card.kind  # read so, not corrected
    if heading.occurred_on is not None and card.occurred_at is None:
        card.occurred_at = _noon(heading.occurred_on, zone)


def _set_subject(card: EntryCard, understood: Understood) -> None:
    found: list[Match] = list(understood.customers)
    if len(found) == 1:
        card.subject = _shown(found[0])
    elif found:
        card.candidates = [_shown(match) for match in found[:MOST_CANDIDATES]]
    if len(understood.contacts) == 1:
        card.contact = [int(understood.contacts[0].id), understood.contacts[0].name]
    if found:
        card.company = card.person = None


def _shown(match: Match) -> list[Any]:
    """A lead is called by its short name, as on every card; a customer has one of its own, and is known by that."""
    return [match.kind, int(match.id), short_company(match.name) if match.kind == "lead" else match.name]


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone).astimezone(UTC)
