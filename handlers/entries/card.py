"""The unsaved card of one report: its fields, how they are corrected, and what Save writes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.activities.actions import Entry
from domain.activities.model import ActivityKind
from domain.customers.model import ContactPoint
from domain.drafts.model import Draft
from domain.followups.actions import Subject, When
from domain.leads.actions import NewLead, contact_points
from domain.values.money import Money
from handlers.dialogs.amount_fields import money_of
from handlers.entries.recurring import rrule
from handlers.entries.steps import Step, note_of_step, when_of_step
from handlers.understanding import Amount, Moment
from handlers.understanding.money import amounts_in
from handlers.understanding.normalise import normalise

KINDS = tuple(kind.value for kind in ActivityKind if kind is not ActivityKind.CHECK_IN)
READ = ("kind", "subject", "company", "due_at", "recurrence", "note", "amount", "intents")  # what can be corrected


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
    is_sure: bool = False  # nothing in the sentence was in doubt: see ``at_once``
    read: dict[str, Any] = field(default_factory=dict)  # fields as they were understood, to know what was corrected
    cues: dict[str, Any] = field(default_factory=dict)  # by which words; see ``entry_learning``
    gist: str = ""  # of a chat: who said what last, which a reminder says instead of all of it
    is_cut: bool = False  # the chat was longer than a note may be
    stranger: list[str] | None = None  # [name, who], whose messages it holds: what is forwarded next may go onto it
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
    def is_as_read(self) -> bool:
        """Was nothing corrected? False for a card that came from no words."""
        return bool(self.read) and all(getattr(self, name) == self.read.get(name) for name in READ)

    @property
    def is_chat(self) -> bool:
        return self.gist != ""

    @property
    def is_new_lead(self) -> bool:
        return self.subject is None and bool(self.company or self.person)

    @property
    def names_nobody(self) -> bool:
        return self.subject is None and not self.candidates and not self.is_new_lead

    @property
    def names_no_time(self) -> bool:
        return self.due_at is None and self.past_at is None and self.no_such_day is None

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

    def amend_amount(self, amount: Amount, said: str) -> None:
        """Also in the words that named another: 预算20万 with 25万 beside it would be doubted."""
        was = self.amount
        self.set_amount(amount)
        if was is None or self.amount is None:
            return
        for each in reversed(amounts_in(normalise(self.note), was.currency)):
            if money_of(each) == was:
                self.note = self.note[: each.start] + said + self.note[each.end :]

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

    def name_company(self, name: str) -> None:
        """A company that nobody knows yet."""
        self.subject, self.candidates, self.contact = None, [], None
        self.company = name.strip()[:200]
        self.doubts = [doubt for doubt in self.doubts if doubt != "customer"]

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
                    note=note_of_step(self.step, self.gist or self.note) or self.gist or None,
                ),
                *(when_of_step(step, otherwise=self.gist) for step in self.more),
            )
        return Entry(
            kind=ActivityKind(self.kind) if self.kind else None,
            subject=self._subject(),
            new_lead=new_lead,
            note=self.note,
            intents=tuple(self.intents),
            amount=self.amount,
            at=self.occurred_at or self.said_at,
            began_at=self.said_at,
            followups=whens,
            points=self._points(country),
            files=tuple(self.files),
            finishes=self.finishes,
            is_as_read=self.is_as_read,
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
