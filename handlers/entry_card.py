"""The unsaved card of one report: what was understood, each field to be corrected, and Save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.activities.actions import Entry
from domain.activities.model import ActivityKind
from domain.customers.model import ContactPoint
from domain.drafts.model import Draft
from domain.followups.actions import Subject, When
from domain.leads.actions import NewLead, contact_points
from domain.values.companies import short_company
from domain.values.money import Money
from handlers.amount_fields import money_of
from handlers.chat import Button, Line, Phrase, Reply
from handlers.entry_steps import Step, further_steps, line_of_step, note_of_step, when_of_step
from handlers.followup_cards import repeats
from handlers.new_names import named_with_contact
from handlers.record_lines import note_shown, place_facts
from handlers.secrets import Secret
from handlers.step_words import step_words
from handlers.understanding import Amount, Match, Moment, Recurrence, Understood

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
    odd_phones: list[str] = field(default_factory=list)  # as typed: no numbering plan has them, the note keeps them
    emails: list[str] = field(default_factory=list)
    amount: Money | None = None
    amount_to: Money | None = None  # of a range; the lower end is what is kept
    step: str = ""  # what is to be done then, where the note does not say it
    due_at: datetime | None = None
    has_hour: bool = True
    is_deadline: bool = False
    recurrence: str | None = None
    more: list[Step] = field(default_factory=list)  # further next steps
    occurred_at: datetime | None = None
    owner: list[Any] | None = None  # [id, name] of the colleague whose follow-up it will be
    intents: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    despite: bool = False  # a new lead although its company is known
    no_such_day: str | None = None  # "31 February", as it was typed
    past_at: datetime | None = None  # a plan was made for a time that is over
    finishes: int | None = None  # the follow-up whose reminder it answers: done when this is saved
    files: list[int] = field(default_factory=list)  # ids of files that came with it
    is_album: bool = False  # more of them may come, each as an event of its own
    place: list[float] | None = None  # [latitude, longitude]
    message: str | None = None  # the platform's id of the sentence itself: when it is edited, the card follows

    @classmethod
    def of(cls, draft: Draft) -> EntryCard:
        return cls.from_content(draft.content)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> EntryCard:
        """What ``content()`` gave, perhaps by an older version."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in content.items() if name in known})

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
        self.no_such_day, self.past_at = None, None

    def plan_nothing(self) -> None:
        """Take the next step off, and all that there are beside it."""
        self.due_at, self.recurrence, self.step, self.more = None, None, "", []
        self.doubts = [doubt for doubt in self.doubts if doubt not in {"follow_up", "deadline"}]

    def amend_moment(self, moment: Moment, zone: ZoneInfo) -> None:
        """Take a correction: "no, Thursday" moves the day and keeps the hour that was said before, "make it 3pm" keeps the day."""
        before = self.due_at.astimezone(zone) if self.due_at is not None else None
        had_hour, again = self.has_hour, self.recurrence
        self.set_moment(moment, zone)
        if before is None or moment.recurrence is not None:
            return
        if not moment.has_date:
            kept = datetime.combine(before.date(), moment.at.time(), tzinfo=zone)
            self.due_at, self.recurrence = kept.astimezone(UTC), again
        elif had_hour and moment.grain == "day":
            kept = datetime.combine(moment.at.date(), before.time(), tzinfo=zone)
            self.due_at, self.has_hour = kept.astimezone(UTC), True

    def set_amount(self, amount: Amount | None) -> None:
        """Take what was understood; of a range both ends are shown and the lower one is kept."""
        self.amount, self.amount_to = money_of(amount) or self.amount, None
        if amount is not None and amount.max is not None:
            self.amount_to = money_of(replace(amount, value=amount.max))

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
                    note=note_of_step(self.step, self.note),
                ),
                *map(when_of_step, self.more),
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
            points=self._points(country),
            files=tuple(self.files),
            finishes=self.finishes,
            place=(self.place[0], self.place[1]) if self.place else None,
        )

    def _points(self, country: str) -> tuple[ContactPoint, ...]:
        if self.is_new_lead or self.names_nobody:
            return ()
        return tuple(contact_points(self.phones, self.emails, country=country))

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


def rrule(recurrence: Recurrence) -> str:
    """The recurrence as an iCalendar RRULE value."""
    parts = [f"FREQ={recurrence.freq.upper()}"]
    if recurrence.interval != 1:
        parts.append(f"INTERVAL={recurrence.interval}")
    if recurrence.working_days:
        parts.append(f"BYDAY={','.join(WEEKDAYS[:5])}")
    elif recurrence.weekday is not None:
        parts.append(f"BYDAY={recurrence.nth or ''}{WEEKDAYS[recurrence.weekday]}")
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
        {"subject": title_of(card), "contact": _contact(card)},
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


def title_of(card: EntryCard) -> Secret | Phrase:
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
    if card.odd_phones:
        lines.append(Line("entry-line-odd-phone", {"phones": [Secret("phone", phone) for phone in card.odd_phones]}))
    if card.note:
        lines.append(Line("entry-line-note", {"note": note_shown(card.note, most=MOST_OF_A_NOTE)}))
    if card.place is not None:
        lines.append(Line("attachment-place", place_facts(*card.place)))
    if card.files:
        lines.append(Line("attachment-count", {"count": len(card.files), "album": card.is_album}))
    if card.amount is not None:
        lines.append(amount_line(card))
    if card.no_such_day:
        lines.append(Line("impossible-date", {"typed": card.no_such_day}))
    if card.past_at is not None:
        lines.append(Line("date-in-the-past", {"when": card.past_at}))
    lines += when_lines(card)
    if card.finishes is not None:
        lines.append(Line("entry-line-finishes"))
    if card.owner is not None:
        lines.append(Line("entry-line-owner", {"name": card.owner[1]}))
    return tuple(lines)


def amount_line(card: EntryCard) -> Line:
    if card.amount_to is not None:
        facts = {"amount": Secret("amount", card.amount), "most": Secret("amount", card.amount_to)}
        return Line("entry-line-amount-range", facts)
    doubt = "yes" if "amount" in card.doubts else "no"
    return Line("entry-line-amount", {"amount": Secret("amount", card.amount), "doubt": doubt})


def _contact(card: EntryCard) -> Secret | None:
    name = card.contact[1] if card.contact else card.person
    return Secret("name", name) if name and (card.contact or card.company) else None


def _kind_line(card: EntryCard) -> Line:
    """What it was and on which day; a plan alone has not happened."""
    day = None if card.kind is None else card.occurred_at or card.said_at
    return Line("entry-line-kind", {"kind": kind_of(card), "day": day})


def kind_of(card: EntryCard) -> Phrase:
    return Phrase("entry-plan-only" if card.kind is None else f"activity-{card.kind}")


def when_lines(card: EntryCard) -> list[Line]:
    """A line for each next step."""
    return [when_line(card), *map(line_of_step, card.more)]


def when_line(card: EntryCard) -> Line:
    """The line of the next step, with a question mark where the time was said in two ways."""
    if card.due_at is None:
        return Line("entry-line-no-next")
    doubt = "yes" if ("deadline" if card.is_deadline else "follow_up") in card.doubts else "no"
    facts: Mapping[str, Any] = {
        "step": Secret("amount", card.step) if card.step else None,
        "when": card.due_at if card.has_hour else Phrase("day-of", {"at": card.due_at}),
        "doubt": doubt,
        "deadline": card.is_deadline,
        "repeats": repeats(card.recurrence),
    }
    return Line("entry-line-next", facts)
