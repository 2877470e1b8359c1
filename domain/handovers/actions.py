"""Accepting what was handed over, and what becomes of it when nobody does."""

from __future__ import annotations

from datetime import datetime

from domain.errors import RecordNotFound
from domain.handovers.errors import HandoverTakenBack
from domain.handovers.model import Handover
from domain.notifications.model import Planned, Urgency
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import at_local, local

DAYS = 2  # working days of whoever got the records
HANDED = "records-handed-over"  # the action under which they went


async def note_handover(
    uow: UnitOfWork, *, giver: Staff, taker: Staff, by: Staff, records: int, now: datetime
) -> Handover:
    """Remember it until it is accepted. Whoever takes something themselves has accepted it."""
    company = await uow.company.get()
    last_day = calendar_of(taker, company).add_workdays(local(now, taker.timezone).date(), DAYS, hours_of(taker))
    handover = Handover(
        giver_id=giver.id,
        taker_id=taker.id,
        by_id=by.id,
        action_id=await uow.action_id(),
        records=records,
        at=now,
        accept_by=at_local(last_day, taker.work_end, taker.timezone),
        accepted_at=now if taker.id == by.id else None,
    )
    return await uow.handovers.add(handover)


async def accept_handover(uow: UnitOfWork, actor: Staff, handover_id: int, *, now: datetime) -> Handover:
    """Whoever got the records knows; who decided is told. Twice is once. Raises RecordNotFound, HandoverTakenBack."""
    handover = await _find(uow, actor, handover_id)
    if handover.taker_id != actor.id:
        raise RecordNotFound(record="")
    if (await uow.journal.get_action(handover.action_id)).undone_by is not None:
        raise HandoverTakenBack
    if handover.accepted_at is None:
        handover.accepted_at = now
        uow.happened("handover-accepted")
        uow.plan(
            Planned(
                key="handover-accepted",
                facts={"taker": actor.name, "count": handover.records},
                due_at=now,
                staff_id=handover.by_id,
                about=f"staff:{handover.giver_id}",
            )
        )
    return handover


async def leave_handover(uow: UnitOfWork, actor: Staff, handover_id: int, *, now: datetime) -> Handover:
    """Who decided leaves the records where they are, accepted or not. Raises RecordNotFound."""
    handover = await _find(uow, actor, handover_id)
    if handover.waits and handover.taker_id != actor.id:
        handover.closed_at = now
    return handover


async def remind_taker(uow: UnitOfWork, actor: Staff, handover_id: int, *, now: datetime) -> Handover:
    """Ask them again, once a day. Raises RecordNotFound."""
    handover = await _find(uow, actor, handover_id)
    if handover.waits:
        giver = await uow.staff.get(handover.giver_id)
        uow.plan(
            Planned(
                key="handover-asked",
                facts={"handover": handover.id, "by": actor.name, "from": giver.name},
                due_at=now,
                staff_id=handover.taker_id,
                urgency=Urgency.URGENT,
                dedupe_key=f"handover:{handover.id}:{now.date().isoformat()}",
                about=f"staff:{handover.giver_id}",
            )
        )
    return handover


async def tell_taken_back(uow: UnitOfWork, undone_id: int, *, now: datetime) -> None:
    """Whoever got the records hears that this undo took them back, or gave them again; not whoever did that themselves."""
    root = undone = await uow.journal.get_action(undone_id)
    again = False
    while root.undoes is not None:
        root, again = await uow.journal.get_action(root.undoes), not again
    handover = await uow.handovers.find_of_action(root.id) if root.name == HANDED else None
    if handover is None or undone.undone_by is None:
        return
    undo = await uow.journal.get_action(undone.undone_by)
    if undo.staff_id == handover.taker_id:
        return
    by = await uow.staff.get(undo.staff_id) if undo.staff_id is not None else None
    giver = await uow.staff.get(handover.giver_id)
    uow.plan(
        Planned(
            key="handover-undone",
            facts={"by": by.name if by else None, "from": giver.name, "count": handover.records, "again": again},
            due_at=now,
            staff_id=handover.taker_id,
            urgency=Urgency.URGENT,
            dedupe_key=f"handover-undone:{undo.id}",
            about=f"staff:{handover.giver_id}",
        )
    )


async def _find(uow: UnitOfWork, actor: Staff, handover_id: int) -> Handover:
    """Those it concerns: who got the records, who decided, and leaders of the two. Raises RecordNotFound."""
    handover = await uow.handovers.find(handover_id)
    if handover is None:
        raise RecordNotFound(record="")
    if actor.id not in {handover.taker_id, handover.by_id}:
        people = await uow.staff.list_active()
        taker = await uow.staff.get(handover.taker_id)
        if actor.id not in {leader.id for leader in leaders_of(taker, people)}:
            raise RecordNotFound(record="")
    return handover


async def return_unaccepted(uow: UnitOfWork, now: datetime, *, limit: int) -> int:
    """Put what was not accepted in time on the list of who decided, or who leads the taker when they have left.

    The records stay whose they are, so that nothing is ever without an owner. Where the taker has left, nobody is asked to
    remind them. Gives how many.
    """
    found = await uow.handovers.list_overdue(now, limit=limit)
    if not found:
        return 0
    people = {person.id: person for person in await uow.staff.list_active()}
    for handover in found:
        taker = await uow.staff.get(handover.taker_id)
        by = people.get(handover.by_id)
        handover.returned_at = now
        if not taker.is_active:  # their leaders were asked who takes over all that was theirs, this too
            continue
        for person in [by] if by is not None else leaders_of(taker, list(people.values())):
            uow.plan(
                Planned(
                    key="handover-returned",
                    facts={"handover": handover.id},
                    due_at=now,
                    staff_id=person.id,
                    urgency=Urgency.URGENT,
                    dedupe_key=f"handover-returned:{handover.id}:{person.id}",
                    card=f"handover:{handover.id}",
                    about=f"staff:{handover.giver_id}",
                )
            )
    return len(found)
