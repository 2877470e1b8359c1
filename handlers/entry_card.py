"""The unsaved card of one report: what was understood, each field to be corrected, and Save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.activities.actions import Entry
from domain.activities.model import ActivityKind
from domain.drafts.model import Draft
from domain.followups.actions import Subject, When
from domain.leads.actions import NewLead
from domain.values.money import Money
from handlers.chat import Button, Line, Phrase, Reply
from handlers.record_lines import note_shown
from handlers.secrets import Secret
from handlers.step_words import step_words
from handlers.understanding import Match, Moment, Recurrence, Understood

KINDS = tuple(kind.value for kind in ActivityKind if kind is not ActivityKind.CHECK_IN)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_CANDIDATES = 4
MOST_OF_A_NOTE = 1500  # characters on the card; all of it is saved
FIELDS = ("who", "kind", "when", "note", "amount")


@dataclass(kw_only=True)
class EntryCard:
    """A draft's content. Times are aware UTC. ``subject`` is [record, id, title]; ``kind`` None plans without logging."""

    text: str
    said_at: datetime
    kind: str | None = None
    note: str = ""
    subject: list[Any] | None = None
    candidates: list[list[Any]] = field(default_factory=list)
    contact: list[Any] | None = None
    company: str | None = None
    person: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    amount: Money | None = None
    step: str = ""  # what is to be done then, where the note does not say it
    due_at: datetime | None = None
    has_hour: bool = True
    is_deadline: bool = False
    recurrence: str | None = None
    occurred_at: datetime | None = None
    owner: list[Any] | None = None  # [id, name] of the colleague whose follow-up it will be
    intents: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    despite: bool = False  # a new lead although its company is known
    no_such_day: str | None = None  # "31 February", as it was typed

    @classmethod
    def of(cls, draft: Draft) -> EntryCard:
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in draft.content.items() if name in known})

    def content(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def is_new_lead(self) -> bool:
        return self.subject is None and bool(self.company or self.person)

    @property
    def names_nobody(self) -> bool:
        return self.subject is None and not self.candidates and not self.is_new_lead

    def set_moment(self, moment: Moment, zone: ZoneInfo) -> None:
        """Take a time as the new follow-up."""
        self.due_at = moment.at.replace(tzinfo=zone).astimezone(UTC)
        self.has_hour = moment.grain in {"minute", "daypart"}
        self.is_deadline = False
        self.recurrence = rrule(moment.recurrence) if moment.recurrence else None
        self.doubts = [doubt for doubt in self.doubts if doubt not in {"follow_up", "deadline"}]
        self.no_such_day = None

    def amend_moment(self, moment: Moment, zone: ZoneInfo) -> None:
        """Take a correction: "no, Thursday" moves the day and keeps the hour that was said before."""
        said = self.due_at.astimezone(zone) if self.due_at is not None and self.has_hour else None
        self.set_moment(moment, zone)
        if said is not None and moment.grain == "day" and moment.recurrence is None:
            kept = datetime.combine(moment.at.date(), said.time(), tzinfo=zone)
            self.due_at, self.has_hour = kept.astimezone(UTC), True

    def set_deadline(self, moment: Moment, work_start: time, zone: ZoneInfo) -> None:
        """A deadline alone becomes a follow-up due in the morning of that day."""
        morning = datetime.combine(moment.at.date(), work_start)
        self.due_at = morning.replace(tzinfo=zone).astimezone(UTC)
        self.has_hour, self.is_deadline = False, True

    def pick(self, record: str, record_id: int, title: str) -> None:
        self.subject = [record, record_id, title]
        self.contact = None
        self.candidates, self.company, self.person = [], None, None
        self.doubts = [doubt for doubt in self.doubts if doubt not in {"customer", "contact"}]

    def entry(self, *, country: str) -> Entry:
        """What Save writes."""
        new_lead = None
        if self.is_new_lead:
            new_lead = NewLead(
                company=self.company or "",
                person=self.person,
                phones=tuple(self.phones),
                emails=tuple(self.emails),
                country=country,
                despite=self.despite,
            )
        whens: tuple[When, ...] = ()
        if self.due_at is not None:
            whens = (
                When(
                    at=self.due_at,
                    has_hour=self.has_hour,
                    is_deadline=self.is_deadline,
                    recurrence=self.recurrence,
                    note=self.step or None,
                ),
            )
        return Entry(
            kind=ActivityKind(self.kind) if self.kind else None,
            subject=self._subject(),
            new_lead=new_lead,
            note=self.note,
            intents=tuple(self.intents),
            amount=self.amount,
            at=self.occurred_at or self.said_at,
            followups=whens,
        )

    def _subject(self) -> Subject:
        chosen = self.subject or (self.candidates[0] if self.candidates else None)
        contact_id = self.contact[0] if self.contact else None
        if chosen is None:
            return Subject(contact_id=contact_id)
        record, record_id, _ = chosen
        if record == "lead":
            return Subject(lead_id=record_id)
        return Subject(customer_id=record_id, contact_id=contact_id)


def card_from(understood: Understood, *, text: str, said_at: datetime, zone: ZoneInfo, work_start: time) -> EntryCard:
    """The card for one understood message."""
    card = EntryCard(
        text=text,
        said_at=said_at,
        kind=understood.activity if understood.activity in KINDS else None,
        note=understood.note,
        phones=[span.value for span in understood.phones],
        emails=[span.value for span in understood.emails],
        intents=list(understood.intents),
        doubts=list(understood.ambiguous),
        company=understood.unknown_company,
        person=understood.unknown_person,
    )
    _set_subject(card, understood)
    if understood.amount is not None:
        card.amount = Money.of(understood.amount.value, understood.amount.currency)
    if understood.occurred_on is not None:
        card.occurred_at = _noon(understood.occurred_on, zone)
    moment = understood.follow_up or understood.deadline
    if moment is not None:
        card.step = step_words(text, moment, card.note)
    if understood.follow_up is not None:
        doubts = list(card.doubts)
        card.set_moment(understood.follow_up, zone)
        card.doubts = doubts
    elif understood.deadline is not None:
        card.set_deadline(understood.deadline, work_start, zone)
    return card


def _set_subject(card: EntryCard, understood: Understood) -> None:
    found: list[Match] = list(understood.customers)
    if len(found) == 1:
        card.subject = [found[0].kind, int(found[0].id), found[0].name]
    elif found:
        card.candidates = [[match.kind, int(match.id), match.name] for match in found[:MOST_CANDIDATES]]
    if len(understood.contacts) == 1:
        card.contact = [int(understood.contacts[0].id), understood.contacts[0].name]
    if found:
        card.company = card.person = None


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone).astimezone(UTC)


def rrule(recurrence: Recurrence) -> str:
    """The recurrence as an iCalendar RRULE value."""
    parts = [f"FREQ={recurrence.freq.upper()}"]
    if recurrence.interval != 1:
        parts.append(f"INTERVAL={recurrence.interval}")
    if recurrence.weekday is not None:
        parts.append(f"BYDAY={WEEKDAYS[recurrence.weekday]}")
    if recurrence.day is not None:
        parts.append(f"BYMONTHDAY={recurrence.day}")
    return ";".join(parts)


# ---------------------------------------------------------------- what it looks like


def show_card(card: EntryCard, draft_id: int) -> Reply:
    """The card with Save first and Cancel beside it, a button for each doubt, and a button for each field."""
    buttons = [_save_button(card, draft_id), Button("button-cancel", press=f"entry.cancel:{draft_id}")]
    if card.subject is None:
        buttons += [
            Button(
                "button-candidate",
                press=f"entry.pick:{draft_id}.{record}.{record_id}",
                facts={"name": Secret("name", title)},
                starts_row=number == 0,
            )
            for number, (record, record_id, title) in enumerate(card.candidates)
        ]
    buttons += [
        Button(f"button-entry-{name}", press=f"entry.{name}:{draft_id}", starts_row=name == FIELDS[0])
        for name in FIELDS
    ]
    return Reply(
        "entry-card",
        {"subject": _title(card), "contact": _contact(card)},
        lines=_lines(card),
        buttons=tuple(buttons),
        card=f"draft:{draft_id}",
    )


def _save_button(card: EntryCard, draft_id: int) -> Button:
    press = f"entry.save:{draft_id}"
    if card.is_new_lead:
        return Button("button-save-new-lead", press=press, facts={"name": _new_name(card)}, is_main=True)
    if card.subject is None and card.candidates:
        return Button(
            "button-save-for", press=press, facts={"name": Secret("name", card.candidates[0][2])}, is_main=True
        )
    return Button("button-save", press=press, is_main=True)


def _new_name(card: EntryCard) -> Secret:
    """Masked in groups as well: the card may have come here by /resume."""
    return Secret("name", card.company or card.person or "")


def _title(card: EntryCard) -> Secret | Phrase:
    if card.subject is not None:
        return Secret("name", str(card.subject[2]))
    if card.is_new_lead:
        return Phrase("entry-new-lead", {"name": _new_name(card)})
    if card.candidates:
        return Phrase("entry-which", {"names": [Secret("name", str(title)) for _, _, title in card.candidates]})
    return Phrase("entry-nobody")


def _lines(card: EntryCard) -> tuple[Line, ...]:
    """What a group may not read of it is masked there: the card may know more than its speaker wrote."""
    lines = [_kind_line(card)]
    if card.phones or card.emails:
        reach = [*(Secret("phone", phone) for phone in card.phones), *(Secret("email", email) for email in card.emails)]
        lines.append(Line("entry-line-reach", {"reach": reach}))
    if card.note:
        lines.append(Line("entry-line-note", {"note": note_shown(card.note, most=MOST_OF_A_NOTE)}))
    if card.amount is not None:
        lines.append(amount_line(card))
    if card.no_such_day:
        lines.append(Line("impossible-date", {"typed": card.no_such_day}))
    lines.append(when_line(card))
    if card.owner is not None:
        lines.append(Line("entry-line-owner", {"name": card.owner[1]}))
    return tuple(lines)


def amount_line(card: EntryCard) -> Line:
    doubt = "yes" if "amount" in card.doubts else "no"
    return Line("entry-line-amount", {"amount": Secret("amount", card.amount), "doubt": doubt})


def _contact(card: EntryCard) -> Secret | None:
    name = card.contact[1] if card.contact else card.person
    return Secret("name", name) if name and (card.contact or card.company) else None


def _kind_line(card: EntryCard) -> Line:
    """What it was and on which day; a plan alone has not happened."""
    if card.kind is None:
        return Line("entry-line-kind", {"kind": Phrase("entry-plan-only"), "day": None})
    return Line("entry-line-kind", {"kind": Phrase(f"activity-{card.kind}"), "day": card.occurred_at or card.said_at})


def when_line(card: EntryCard) -> Line:
    """The line of the next step, with a question mark where the time was said in two ways."""
    if card.due_at is None:
        return Line("entry-line-no-next")
    doubt = "yes" if {"follow_up", "deadline"} & set(card.doubts) else "no"
    facts: Mapping[str, Any] = {
        "step": Secret("amount", card.step) if card.step else None,
        "when": card.due_at if card.has_hour else Phrase("day-of", {"at": card.due_at}),
        "doubt": doubt,
        "deadline": card.is_deadline,
        "repeats": Phrase("repeats", {"rule": (card.recurrence or "none").split(";")[0].removeprefix("FREQ=").lower()}),
    }
    return Line("entry-line-next", facts)
