"""Writing down what happened, with what must happen next: one action behind Save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.activities.model import Activity, ActivityKind
from domain.attachments.actions import attach_files, attach_place
from domain.company.keeping import stages_of
from domain.customers.model import ContactPoint
from domain.customers.reach import keep_reach
from domain.errors import RecordNotFound
from domain.followups.actions import Finished, Subject, When, finish_followup, plan_followup
from domain.followups.errors import FollowupAlreadyClosed
from domain.followups.model import Followup
from domain.leads.actions import NewLead, add_lead
from domain.leads.model import Lead
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.money import Money

MOST_LOOKED_AT = 50  # opportunities of one customer, the newest first


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
    began_at: datetime | None = None  # when writing it down was begun: the message or press that it came from
    followups: tuple[When, ...] = ()
    owner: Staff | None = None  # of the follow-ups, when not the speaker
    finishes: int | None = None  # the follow-up that is done with it
    files: tuple[int, ...] = ()  # ids of files that came with it
    place: tuple[float, float] | None = None  # latitude and longitude, where it was
    is_as_read: bool = False  # understood from words, and not corrected
    points: tuple[ContactPoint, ...] = ()  # how somebody known is reached; a new lead has its own

    @property
    def is_empty(self) -> bool:
        """Would saving it write nothing?"""
        return self.kind is None and self.new_lead is None and not self.followups and not self.files and not self.points


@dataclass(frozen=True, kw_only=True)
class Logged:
    activity: Activity | None
    followups: Sequence[Followup]
    lead: Lead | None
    subject: Subject
    opportunity: Opportunity | None = None
    points: Sequence[ContactPoint] = ()
    finished: Finished | None = None


async def log_entry(uow: UnitOfWork, actor: Staff, entry: Entry, *, now: datetime) -> Logged:
    """Save an activity, its follow-ups and, if named, a new lead, under one action. An amount becomes that of the sale:
    of the customer's newest open opportunity, which is opened where there is none, or what is expected of the lead.

    Raises DuplicateFound for a new lead that exists, RecordNotFound for a subject the actor may not see, DateInThePast.
    """
    lead, subject = await _subject(uow, actor, entry, now)
    activity = None
    kind = entry.kind
    if kind is None and entry.files and subject.lead_id is None and subject.customer_id is None:
        kind = ActivityKind.NOTE  # photos of nobody in particular need something to belong to
    if kind is not None:
        activity = await uow.activities.add(
            Activity(
                kind=kind,
                by_id=actor.id,
                lead_id=subject.lead_id,
                customer_id=subject.customer_id,
                contact_id=subject.contact_id,
                note=entry.note,
                intents=list(entry.intents),
                amount=entry.amount,
                at=entry.at or now,
                created_at=now,
                began_at=min(entry.began_at, now) if entry.began_at is not None else None,
            )
        )
        if lead is not None:
            lead.work_on()
    await _attach(uow, actor, entry, activity, subject, now=now)
    followups = [
        await plan_followup(uow, actor, subject, when, note=when.note or entry.note, now=now, owner=entry.owner)
        for when in entry.followups
    ]
    finished = None if entry.finishes is None else await _finish(uow, actor, entry.finishes, now=now)
    opportunity = None if entry.amount is None else await _expect(uow, actor, lead, subject, entry.amount, now=now)
    points = await keep_reach(uow, actor, subject, entry.points) if entry.new_lead is None else ()
    uow.happened("activity-logged" if activity else "followup-planned", as_read=entry.is_as_read)
    return Logged(
        activity=activity,
        followups=followups,
        lead=lead,
        subject=subject,
        opportunity=opportunity,
        points=points,
        finished=finished,
    )


async def _finish(uow: UnitOfWork, actor: Staff, followup_id: int, *, now: datetime) -> Finished | None:
    """What happened is worth keeping also where the follow-up was closed or given away meanwhile."""
    try:
        return await finish_followup(uow, actor, followup_id, now=now)
    except (RecordNotFound, FollowupAlreadyClosed):
        return None


async def _expect(
    uow: UnitOfWork, actor: Staff, lead: Lead | None, subject: Subject, amount: Money, *, now: datetime
) -> Opportunity | None:
    """Keep the amount with whom it was about; the opportunity that it stands on, if it is one."""
    if lead is not None and lead.is_open:
        lead.amount = amount
    if subject.customer_id is None:
        return None
    customer = await uow.customers.get_for(actor, subject.customer_id)
    listed = await uow.opportunities.list_of(customer.id, limit=MOST_LOOKED_AT)
    opportunity = next((each for each in listed if each.is_open), None)
    if opportunity is None:
        opportunity = await uow.opportunities.add(
            Opportunity(
                customer_id=customer.id,
                owner_id=actor.id,
                name=customer.title,
                stage=stages_of(await uow.company.get()).offered[0],
                created_at=now,
            )
        )
    opportunity.amount = amount
    return opportunity


async def _attach(
    uow: UnitOfWork, actor: Staff, entry: Entry, activity: Activity | None, subject: Subject, *, now: datetime
) -> None:
    """What came with it belongs to what happened, or to the record where nothing did."""
    if entry.files and activity is not None:
        await attach_files(uow, actor, entry.files, activity_id=activity.id, now=now)
    elif entry.files:
        owner = {"lead_id": subject.lead_id} if subject.lead_id is not None else {"customer_id": subject.customer_id}
        await attach_files(uow, actor, entry.files, **owner, now=now)
    if entry.place is not None and activity is not None:
        await attach_place(uow, actor, *entry.place, activity_id=activity.id, now=now)


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
