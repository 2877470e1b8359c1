"""Words about a record, said in reply to its card: kept as a note there, and told to those who are named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.activities.model import Activity, ActivityKind
from domain.errors import RecordNotFound
from domain.followups.actions import Subject
from domain.notifications.model import Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork

LONGEST = 4000


async def comment_on(
    uow: UnitOfWork,
    actor: Staff,
    card: tuple[str, int],
    text: str,
    *,
    told: Sequence[Staff],
    now: datetime,
) -> Activity:
    """Keep ``text`` as a note on the record of a card such as ("lead", 12), and tell those who were named.

    Whoever is named may see the record from then on, else they could not answer. Raises RecordNotFound.
    """
    subject = await subject_of(uow, actor, *card)
    note = await uow.activities.add(
        Activity(
            kind=ActivityKind.NOTE,
            by_id=actor.id,
            lead_id=subject.lead_id,
            customer_id=subject.customer_id,
            contact_id=subject.contact_id,
            followup_id=card[1] if card[0] == "followup" else None,
            note=text.strip()[:LONGEST],
            at=now,
            created_at=now,
        )
    )
    shared = _shared_record(subject)
    for person in told:
        if shared is not None and not await _sees(uow, person, *shared):
            await uow.customers.share(*shared, person.id)
        uow.plan(_mention(note, card if shared is None else shared, to=person, by=actor, now=now))
    uow.happened("comment-added", activity=note.id)
    return note


async def subject_of(uow: UnitOfWork, actor: Staff, record: str, record_id: int) -> Subject:
    """Lead or customer behind a record. Raises RecordNotFound."""
    if record == "lead":
        return Subject(lead_id=(await uow.leads.get_for(actor, record_id)).id)
    if record == "customer":
        return Subject(customer_id=(await uow.customers.get_for(actor, record_id)).id)
    if record == "contact":
        contact = await uow.customers.get_contact_for(actor, record_id)
        return Subject(customer_id=contact.customer_id, contact_id=contact.id)
    if record == "opportunity":
        return Subject(customer_id=(await uow.opportunities.get_for(actor, record_id)).customer_id)
    if record == "followup":
        followup = await uow.followups.get_for(actor, record_id)
        return Subject(lead_id=followup.lead_id, customer_id=followup.customer_id, contact_id=followup.contact_id)
    raise RecordNotFound(record=record)


def _shared_record(subject: Subject) -> tuple[str, int] | None:
    if subject.lead_id is not None:
        return "lead", subject.lead_id
    if subject.customer_id is not None:
        return "customer", subject.customer_id
    return None


async def _sees(uow: UnitOfWork, person: Staff, record: str, record_id: int) -> bool:
    try:
        await subject_of(uow, person, record, record_id)
    except RecordNotFound:
        return False
    return True


def _mention(note: Activity, record: tuple[str, int], *, to: Staff, by: Staff, now: datetime) -> Planned:
    kind, record_id = record
    return Planned(
        key="comment-told",
        facts={"record": kind, "id": record_id, "by": by.name, "note": note.note, "activity": note.id},
        due_at=now,
        staff_id=to.id,
        urgency=Urgency.URGENT,
        about=f"{kind}:{record_id}",
        card=f"{kind}:{record_id}",
    )
