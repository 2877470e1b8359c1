"""Asking for approval, deciding, and letting it run out. What an approval allows is done by the action of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.approvals.errors import NobodyToApprove
from domain.approvals.model import APPROVERS, LIFETIME, Approval, ApprovalState
from domain.notifications.model import Planned, Urgency
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork

EXPIRED_AT_ONCE = 200
MOST_CARDS = 20


async def ask_approval(
    uow: UnitOfWork, kind: str, subject: str, *, by: Staff | Identity, facts: Mapping[str, Any], now: datetime
) -> Approval:
    """Ask everybody who may decide it, each with one card; the first answer counts.

    Asked again while it is open it gives the open one, and nobody is told twice. Raises NobodyToApprove.
    """
    standing = await uow.approvals.find_open(kind, subject)
    if standing is not None and standing.expires_at > now:
        return standing
    if standing is not None:  # it ran out a moment ago, and the planner has not come by
        standing.state = ApprovalState.EXPIRED
        await uow.flush()
    asker = by if isinstance(by, Staff) else None
    approvers = [person for person in await _approvers(uow, kind) if asker is None or person.id != asker.id]
    if not approvers:
        raise NobodyToApprove
    approval = await uow.approvals.add(
        Approval(
            kind=kind,
            subject=subject,
            facts=dict(facts),
            asked_by=asker.id if asker else None,
            identity_id=by.id if isinstance(by, Identity) else None,
            asked_at=now,
            expires_at=now + LIFETIME,
        )
    )
    uow.happened("approval-asked", approval=approval.id)
    for person in approvers:
        uow.plan(_card(approval, person, now=now))
    return approval


async def _approvers(uow: UnitOfWork, kind: str) -> list[Staff]:
    return [person for person in await uow.staff.list_active() if person.role in APPROVERS[kind]]


def _card(approval: Approval, person: Staff, *, now: datetime) -> Planned:
    record = f"approval:{approval.id}"
    return Planned(
        key="approval-card",
        facts={"approval": approval.id},
        due_at=now,
        staff_id=person.id,
        urgency=Urgency.URGENT,  # somebody waits
        dedupe_key=f"{record}:{person.id}",
        card=record,
        about=record,
    )


async def approve(uow: UnitOfWork, actor: Staff, approval_id: int, *, now: datetime) -> Approval:
    """Say yes; the action of its kind then does what was asked. Raises ApprovalNotFound and what ``decide`` raises."""
    return await _decide(uow, actor, approval_id, ApprovalState.APPROVED, now=now)


async def decline(uow: UnitOfWork, actor: Staff, approval_id: int, *, now: datetime) -> Approval:
    """Say no, and tell the asker. Raises ApprovalNotFound and what ``decide`` raises."""
    approval = await _decide(uow, actor, approval_id, ApprovalState.DECLINED, now=now)
    await tell_asker(uow, approval, now=now)
    return approval


async def _decide(uow: UnitOfWork, actor: Staff, approval_id: int, state: ApprovalState, *, now: datetime) -> Approval:
    approval = await uow.approvals.get_for(actor, approval_id)
    approval.decide(state, by=actor, now=now)
    uow.happened(f"approval-{state}", approval=approval.id)
    await _change_cards(uow, approval, now=now, but=actor)
    return approval


async def _change_cards(uow: UnitOfWork, approval: Approval, *, now: datetime, but: Staff | None = None) -> None:
    """The others' cards say what became of it. Whoever decided has the answer on the card that was pressed."""
    record = f"approval:{approval.id}"
    places = await uow.cards.places_of(record, limit=MOST_CARDS)
    if not places:
        return
    approvers = [person.id for person in await _approvers(uow, approval.kind)]
    readers = {
        (identity.channel, identity.private_place): identity.staff_id
        for identity in await uow.identities.list_reachable(staff_ids=approvers, contact_ids=[])
    }
    for place in places:
        reader = readers.get((place.channel, place.place))
        if reader is None or (but is not None and reader == but.id):
            continue
        uow.plan(
            Planned(
                key="approval-card",
                facts={"approval": approval.id},
                due_at=now,
                staff_id=reader,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                urgency=Urgency.URGENT,
                about=record,
            )
        )


async def tell_asker(uow: UnitOfWork, approval: Approval, *, now: datetime) -> None:
    """What became of it, to whoever asked: on the staff (by now, perhaps), or where they spoke to us privately."""
    staff_id, channel, place, extra = approval.asked_by, None, None, {}
    if approval.identity_id is not None:
        identity = await uow.identities.get(approval.identity_id)
        staff_id = identity.staff_id if approval.state is ApprovalState.APPROVED else None
        if identity.private_place is None and staff_id is None:
            return  # they were only ever seen in a group, where this is nobody's business
        channel, place = identity.channel if identity.private_place else None, identity.private_place
        extra = {"locale": identity.locale} if identity.locale else {}
    uow.plan(
        Planned(
            key="approval-answered",
            facts={"approval": approval.id},
            due_at=now,
            staff_id=staff_id,
            channel=channel,
            place=place,
            urgency=Urgency.URGENT,
            about=f"approval:{approval.id}",
            extra=extra,
        )
    )


async def expire_approvals(uow: UnitOfWork, now: datetime) -> int:
    """Close what nobody answered in time, tell the askers, and change the cards; gives how many, at most 200 at once."""
    overdue = await uow.approvals.list_overdue(now, limit=EXPIRED_AT_ONCE)
    for approval in overdue:
        approval.state = ApprovalState.EXPIRED
        uow.happened("approval-expired", approval=approval.id)
        await _change_cards(uow, approval, now=now)
        await tell_asker(uow, approval, now=now)
    return len(overdue)
