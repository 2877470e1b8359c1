"""What people do with follow-ups. Reminders are planned by the scheduler's planner, from the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.followups.errors import DateInThePast
from domain.followups.model import Followup, FollowupStatus
from domain.notifications.model import Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork

PAST_GRACE = timedelta(minutes=1)  # typing and sending take a moment


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a follow-up or an activity is about: a lead or a customer, perhaps one person there."""

    lead_id: int | None = None
    customer_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class When:
    """``has_hour`` False: only the day was named (then ``at`` is the conventional hour of that day)."""

    at: datetime
    has_hour: bool = True
    is_deadline: bool = False
    recurrence: str | None = None
    chosen: bool = True


async def plan_followup(
    uow: UnitOfWork,
    actor: Staff,
    subject: Subject,
    when: When,
    *,
    note: str,
    now: datetime,
    owner: Staff | None = None,
) -> Followup:
    """Plan what must happen next. Somebody else's gets told at once and may accept or pass it on.

    Raises DateInThePast; a day without an hour may be today.
    """
    if when.at < now - PAST_GRACE and (when.has_hour or when.at < now - timedelta(days=1)):
        raise DateInThePast(when=when.at)
    owner = owner or actor
    followup = await uow.followups.add(
        Followup(
            owner_id=owner.id,
            created_by=actor.id,
            lead_id=subject.lead_id,
            customer_id=subject.customer_id,
            contact_id=subject.contact_id,
            note=note,
            due_at=when.at,
            has_hour=when.has_hour,
            is_deadline=when.is_deadline,
            chosen=when.chosen,
            recurrence=when.recurrence,
            accepted_at=now if owner.id == actor.id else None,
            created_at=now,
        )
    )
    uow.happened("followup-planned", followup=followup.id)
    if owner.id != actor.id:
        tell_new_owner(uow, followup, owner_id=owner.id, by=actor, now=now)
    return followup


def tell_new_owner(uow: UnitOfWork, followup: Followup, *, owner_id: int, by: Staff, now: datetime) -> None:
    """Plan the card with Accept and Pass on for somebody who was given a follow-up."""
    uow.plan(
        Planned(
            key="followup-assigned",
            facts={"followup": followup.id, "by": by.name},
            due_at=now,
            staff_id=owner_id,
            urgency=Urgency.URGENT,
            about=f"followup:{followup.id}",
            card=f"followup:{followup.id}",
        )
    )


async def finish_followup(uow: UnitOfWork, actor: Staff, followup_id: int, *, now: datetime) -> Followup:
    """Done. A recurring follow-up gets its next one. Raises RecordNotFound and FollowupAlreadyClosed."""
    followup = await uow.followups.get_for(actor, followup_id)
    followup.finish(now=now)
    uow.happened("followup-done", followup=followup.id)
    return followup


async def snooze_followup(uow: UnitOfWork, actor: Staff, followup_id: int, when: When, *, now: datetime) -> Followup:
    """Move it to another moment. Raises RecordNotFound, FollowupAlreadyClosed, DateInThePast."""
    followup = await uow.followups.get_for(actor, followup_id)
    if when.at < now - PAST_GRACE:
        raise DateInThePast(when=when.at)
    followup.move(due_at=when.at, has_hour=when.has_hour, chosen=when.chosen)
    uow.happened("followup-moved", followup=followup.id)
    return followup


async def cancel_followup(uow: UnitOfWork, actor: Staff, followup_id: int, *, now: datetime) -> Followup:
    """No longer wanted. Raises RecordNotFound and FollowupAlreadyClosed."""
    followup = await uow.followups.get_for(actor, followup_id)
    followup.cancel(now=now)
    uow.happened("followup-cancelled", followup=followup.id)
    return followup


async def reassign_followup(
    uow: UnitOfWork, actor: Staff, followup_id: int, owner: Staff, *, now: datetime
) -> Followup:
    """Give it to somebody else, who is told. Raises RecordNotFound and FollowupAlreadyClosed."""
    followup = await uow.followups.get_for(actor, followup_id)
    followup.hand_to(owner.id)
    if owner.id != actor.id:
        tell_new_owner(uow, followup, owner_id=owner.id, by=actor, now=now)
    else:
        followup.accepted_at = now
    uow.happened("followup-reassigned", followup=followup.id)
    return followup


async def accept_followup(uow: UnitOfWork, actor: Staff, followup_id: int, *, now: datetime) -> Followup:
    """The new owner takes it. A second time changes nothing."""
    followup = await uow.followups.get_for(actor, followup_id)
    if followup.status is FollowupStatus.OPEN and followup.accepted_at is None and followup.owner_id == actor.id:
        followup.accepted_at = now
        uow.happened("followup-accepted", followup=followup.id)
    return followup
