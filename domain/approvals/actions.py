"""Asking for approval, deciding, and letting it run out. What an approval allows is done by the action of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.approvals.errors import DeclinedLately, NobodyToApprove
from domain.approvals.model import APPROVERS, LIFETIME, PAUSE, Approval, ApprovalState
from domain.notifications.model import Notification, NotificationState, Planned, Urgency
from domain.notifications.standing import edit_cards_of
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork

EXPIRED_AT_ONCE = 50  # each changes several cards, all in one transaction


def record_of(approval_id: int) -> str:
    return f"approval:{approval_id}"


async def ask_approval(
    uow: UnitOfWork, kind: str, subject: str, *, by: Staff | Identity, facts: Mapping[str, Any], now: datetime
) -> Approval:
    """Ask everybody who may decide it, each with one card; the first answer counts.

    Asked again while it is open it gives the open one, and nobody is told twice. Raises NobodyToApprove, and
    DeclinedLately for a day after somebody said no.
    """
    standing = await uow.approvals.find_open(kind, subject)
    if standing is not None and standing.expires_at > now:
        return standing
    if standing is not None:  # it ran out a moment ago, and the planner has not come by
        standing.state = ApprovalState.EXPIRED
        await uow.flush()
    declined = await uow.approvals.find_declined(kind, subject, since=now - PAUSE)
    if declined is not None and declined.decided_at is not None:
        raise DeclinedLately(again_at=declined.decided_at + PAUSE)
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
    record = record_of(approval.id)
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
    await _change_cards(uow, [approval], now=now)
    return approval


async def _change_cards(uow: UnitOfWork, approvals: Sequence[Approval], *, now: datetime) -> None:
    """All cards say what became of it. A card that is on its way stands nowhere yet: ``card_came`` changes it."""
    records = {record_of(approval.id): {"approval": approval.id} for approval in approvals}
    await edit_cards_of(uow, records, key="approval-card", now=now)


async def card_came(uow: UnitOfWork, row: Notification, state: NotificationState, now: datetime) -> None:
    """Where a colleague decided while somebody's card was on its way, the card still asks: it says now what became of it."""
    if state is not NotificationState.SENT or row.edit is not None:
        return
    # Locked: who is deciding at this moment is waited for, and whoever decides afterwards finds the card.
    approval = await uow.approvals.find(row.facts["approval"])
    if approval is not None and not approval.is_open:
        await _change_cards(uow, [approval], now=now)


async def tell_asker(uow: UnitOfWork, approval: Approval, *, now: datetime) -> None:
    """What became of it, to whoever asked: on the staff (by now, perhaps), or where they spoke to us privately."""
    await _tell_askers(uow, [approval], now=now)


async def _tell_askers(uow: UnitOfWork, approvals: Sequence[Approval], *, now: datetime) -> None:
    ids = {approval.identity_id for approval in approvals if approval.identity_id is not None}
    identities = {each.id: each for each in await uow.identities.list_by_ids(ids)} if ids else {}
    for approval in approvals:
        asker = identities.get(approval.identity_id or 0)
        told = _answer(approval, asker, now=now)
        if told is not None:
            uow.plan(told)


def _answer(approval: Approval, asker: Identity | None, *, now: datetime) -> Planned | None:
    """None for who was only ever seen in a group, where this is nobody's business."""
    staff_id, channel, place, extra = approval.asked_by, None, None, {}
    if asker is not None:
        staff_id = asker.staff_id if approval.state is ApprovalState.APPROVED else None
        if asker.private_place is None and staff_id is None:
            return None
        channel, place = asker.channel if asker.private_place else None, asker.private_place
        extra = {"locale": asker.locale} if asker.locale else {}
    return Planned(
        key="approval-answered",
        facts={"approval": approval.id},
        due_at=now,
        staff_id=staff_id,
        channel=channel,
        place=place,
        urgency=Urgency.URGENT,
        about=record_of(approval.id),
        extra=extra,
    )


async def expire_approvals(uow: UnitOfWork, now: datetime) -> int:
    """Close what nobody answered in time, tell the askers, and change the cards; gives how many, at most
    ``EXPIRED_AT_ONCE``, in as many statements for all as for one."""
    overdue = await uow.approvals.list_overdue(now, limit=EXPIRED_AT_ONCE)
    if not overdue:
        return 0
    for approval in overdue:
        approval.state = ApprovalState.EXPIRED
        uow.happened("approval-expired", approval=approval.id)
    await _change_cards(uow, overdue, now=now)
    await _tell_askers(uow, overdue, now=now)
    return len(overdue)
