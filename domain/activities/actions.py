"""Writing down what happened, with what must happen next: one action behind Save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.activities.model import Activity, ActivityKind
from domain.followups.actions import Subject, When, plan_followup
from domain.followups.model import Followup
from domain.leads.actions import NewLead, add_lead
from domain.leads.model import Lead, LeadStatus
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.money import Money


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a rep reports. ``kind`` None logs nothing but the follow-ups; ``new_lead`` is made first and is the subject."""

    kind: ActivityKind | None
    subject: Subject = field(default_factory=Subject)
    new_lead: NewLead | None = None
    note: str = ""
    intents: tuple[str, ...] = ()
    amount: Money | None = None
    at: datetime | None = None
    followups: tuple[When, ...] = ()
    owner: Staff | None = None  # of the follow-ups, when not the speaker

    @property
    def is_empty(self) -> bool:
        """Would saving it write nothing?"""
        return self.kind is None and self.new_lead is None and not self.followups


@dataclass(frozen=True, kw_only=True)
class Logged:
    activity: Activity | None
    followups: Sequence[Followup]
    lead: Lead | None
    subject: Subject


async def log_entry(uow: UnitOfWork, actor: Staff, entry: Entry, *, now: datetime) -> Logged:
    """Save an activity, its follow-ups and, if named, a new lead, under one action.

    Raises DuplicateFound for a new lead that exists, RecordNotFound for a subject the actor may not see, DateInThePast.
    """
    lead, subject = await _subject(uow, actor, entry, now)
    activity = None
    if entry.kind is not None:
        activity = await uow.activities.add(
            Activity(
                kind=entry.kind,
                by_id=actor.id,
                lead_id=subject.lead_id,
                customer_id=subject.customer_id,
                contact_id=subject.contact_id,
                note=entry.note,
                intents=list(entry.intents),
                amount=entry.amount,
                at=entry.at or now,
                created_at=now,
            )
        )
        if lead is not None and lead.status is LeadStatus.NEW:
            lead.status = LeadStatus.WORKING
    followups = [
        await plan_followup(uow, actor, subject, when, note=when.note or entry.note, now=now, owner=entry.owner)
        for when in entry.followups
    ]
    uow.happened("activity-logged" if activity else "followup-planned")
    return Logged(activity=activity, followups=followups, lead=lead, subject=subject)


async def _subject(uow: UnitOfWork, actor: Staff, entry: Entry, now: datetime) -> tuple[Lead | None, Subject]:
    if entry.new_lead is not None:
        lead = await add_lead(uow, actor, entry.new_lead, now=now)
        return lead, replace(entry.subject, lead_id=lead.id)
    subject = entry.subject
    if subject.contact_id is not None:
        contact = await uow.customers.get_contact_for(actor, subject.contact_id)
        return None, replace(subject, customer_id=contact.customer_id)
    if subject.customer_id is not None:
        await uow.customers.get_for(actor, subject.customer_id)
    if subject.lead_id is not None:
        return await uow.leads.get_for(actor, subject.lead_id), subject
    return None, subject
