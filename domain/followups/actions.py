"""What people do with follow-ups. Reminders are planned by the scheduler's planner, from the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.followups.errors import DateInThePast
from domain.followups.model import Followup, FollowupStatus
from domain.followups.recurrence import BadRecurrence, next_after, pinned
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
    opportunity_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class When:
    """``has_hour`` False: only the day was named (then ``at`` is the conventional hour of that day). ``note`` is what is
    to be done, where that differs from what was reported with it."""

    at: datetime
    has_hour: bool = True
    is_deadline: bool = False
    recurrence: str | None = None
    chosen: bool = True
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What Done did. ``following`` is the next one of a recurring follow-up."""

    followup: Followup
    following: Followup | None = None


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
    _must_be_ahead(when, now)
    owner = owner or actor
    followup = await uow.followups.add(
        Followup(
            owner_id=owner.id,
            created_by=actor.id,
            lead_id=subject.lead_id,
            customer_id=subject.customer_id,
            contact_id=subject.contact_id,
            opportunity_id=subject.opportunity_id,
            note=note,
            due_at=when.at,
            has_hour=when.has_hour,
            is_deadline=when.is_deadline,
            chosen=when.chosen,
            recurrence=_pinned(when, owner),
            accepted_at=now if owner.id == actor.id else None,
            created_at=now,
        )
    )
    uow.happened("followup-planned", followup=followup.id)
    if owner.id != actor.id:
        tell_new_owner(uow, followup, owner_id=owner.id, by=actor, now=now)
    return followup


def is_past(when: When, *, now: datetime) -> bool:
    """A day without an hour may be today."""
    return when.at < now - PAST_GRACE and (when.has_hour or when.at < now - timedelta(days=1))


def _must_be_ahead(when: When, now: datetime) -> None:
    if is_past(when, now=now):
        raise DateInThePast(when=when.at)


def _pinned(when: When, owner: Staff) -> str | None:
    """The rule as it is kept; one that nobody can follow is left out rather than refused."""
    if when.recurrence is None:
        return None
    try:
        return pinned(when.recurrence, when.at, owner.timezone, has_hour=when.has_hour)
    except BadRecurrence:
        return None


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


async def finish_followup(uow: UnitOfWork, actor: Staff, followup_id: int, *, now: datetime) -> Finished:
    """Done. A recurring follow-up gets its next one. Raises RecordNotFound and FollowupAlreadyClosed."""
    followup = await uow.followups.get_for(actor, followup_id)
    followup.finish(now=now)
    following = await _plan_following(uow, followup, now)
    uow.happened("followup-done", followup=followup.id)
    return Finished(followup=followup, following=following)


async def _plan_following(uow: UnitOfWork, done: Followup, now: datetime) -> Followup | None:
    if done.recurrence is None:
        return None
    owner = await uow.staff.get(done.owner_id)
    due_at = next_after(done.recurrence, done.due_at, owner.timezone, after=now)
    if due_at is None:
        return None
    return await uow.followups.add(_like(done, due_at=due_at, recurrence=done.recurrence, now=now))


def _like(done: Followup, *, due_at: datetime, recurrence: str | None, now: datetime) -> Followup:
    return Followup(
        owner_id=done.owner_id,
        created_by=done.created_by,
        lead_id=done.lead_id,
        customer_id=done.customer_id,
        contact_id=done.contact_id,
        opportunity_id=done.opportunity_id,
        note=done.note,
        due_at=due_at,
        has_hour=done.has_hour,
        is_deadline=done.is_deadline and recurrence is not None,
        chosen=done.chosen,
        recurrence=recurrence,
        accepted_at=now,
        created_at=now,
    )


async def follow_on(uow: UnitOfWork, actor: Staff, followup_id: int, due_at: datetime, *, now: datetime) -> Followup:
    """Plan the next step after a finished one: same people, same note, at ``due_at``. Said twice it is planned once.

    Raises RecordNotFound.
    """
    done = await uow.followups.get_for(actor, followup_id)
    following = _like(done, due_at=due_at, recurrence=None, now=now)
    same_moment = await uow.followups.list_open(
        owner_id=done.owner_id, due_from=due_at, due_before=due_at + timedelta(microseconds=1), limit=50
    )
    for planned in same_moment:
        if _is_same(planned, following):
            planned.due_at = due_at  # written, so that an undo of who planned it first does not take it away
            uow.happened("followup-planned", followup=planned.id)
            return planned
    following = await uow.followups.add(following)
    uow.happened("followup-planned", followup=following.id)
    return following


def _is_same(one: Followup, other: Followup) -> bool:
    names = ("lead_id", "customer_id", "contact_id", "opportunity_id", "note", "has_hour")
    return all(getattr(one, name) == getattr(other, name) for name in names)


async def snooze_followup(uow: UnitOfWork, actor: Staff, followup_id: int, when: When, *, now: datetime) -> Followup:
    """Move it to another moment. Raises RecordNotFound, FollowupAlreadyClosed, DateInThePast."""
    followup = await uow.followups.get_for(actor, followup_id)
    followup.move(due_at=when.at, has_hour=when.has_hour, chosen=when.chosen)
    _must_be_ahead(when, now)
    if when.recurrence is not None:
        followup.recurrence = _pinned(when, await uow.staff.get(followup.owner_id))
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
    if followup.created_by not in {owner.id, actor.id}:
        uow.plan(_told_passed(followup, by=actor, to=owner, now=now))
    if owner.id != actor.id:
        tell_new_owner(uow, followup, owner_id=owner.id, by=actor, now=now)
    else:
        followup.accepted_at = now
    uow.happened("followup-reassigned", followup=followup.id)
    return followup


async def accept_followup(uow: UnitOfWork, actor: Staff, followup_id: int, *, now: datetime) -> Followup:
    """The new owner takes it, and who gave it is told. A second time changes nothing."""
    followup = await uow.followups.get_for(actor, followup_id)
    if followup.status is FollowupStatus.OPEN and followup.accepted_at is None and followup.owner_id == actor.id:
        followup.accepted_at = now
        uow.happened("followup-accepted", followup=followup.id)
        if followup.created_by != actor.id:
            uow.plan(_told_accepted(followup, by=actor, now=now))
    return followup


def _told_accepted(followup: Followup, *, by: Staff, now: datetime) -> Planned:
    return Planned(
        key="followup-accepted",
        facts={"followup": followup.id, "by": by.name},
        due_at=now,
        staff_id=followup.created_by,
        about=f"followup:{followup.id}",
    )


def _told_passed(followup: Followup, *, by: Staff, to: Staff, now: datetime) -> Planned:
    """Who planned it hears who has it now."""
    return Planned(
        key="followup-passed",
        facts={"followup": followup.id, "by": by.name, "owner": to.name},
        due_at=now,
        staff_id=followup.created_by,
        about=f"followup:{followup.id}",
    )
