"""What people do with a customer's points: give them for a referral, correct them, ask to use them, agree to that."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.approvals.actions import approve, ask_approval, tell_asker
from domain.approvals.model import Approval
from domain.company.keeping import points_of
from domain.company.model import Company
from domain.errors import NotAllowed
from domain.leads.actions import within
from domain.people.model import Staff
from domain.points.errors import (
    AlreadyReferred,
    NoPoints,
    NotEnoughPoints,
    ReasonMissing,
    ReferralsEarnNothing,
    ReferredThemselves,
)
from domain.points.ledger import present_account, settle
from domain.points.model import MOST_POINTS, EntryKind, PointEntry, PointGrant
from domain.points.queries import Statement
from domain.points.rules import BEFORE_EXPIRY
from domain.ports import UnitOfWork
from domain.values.writing import tidy

REDEEM = "redeem"


@dataclass(frozen=True, kw_only=True)
class Redemption:
    """What somebody asked to be used, and for what; as it was asked."""

    customer_id: int
    title: str
    points: int
    reason: str

    @classmethod
    def of(cls, approval: Approval) -> Redemption:
        facts = approval.facts
        return cls(
            customer_id=int(facts["customer"]),
            title=facts["title"],
            points=int(facts["points"]),
            reason=facts["reason"],
        )


async def statement(
    uow: UnitOfWork, customer_id: int, *, now: datetime, below: int | None = None, limit: int
) -> Statement:
    """A customer's balance and lines; whether they may be seen, the caller asks first."""
    account = await uow.points.find_account(customer_id)
    if account is None:
        return Statement(balance=0, soon=0, soon_at=None, lines=())
    soon = account.expires_at if account.expires_at is not None and account.expires_at - now <= BEFORE_EXPIRY else None
    return Statement(
        balance=account.balance,
        soon=sum(lot.left for lot in account.lots if lot.expires_at == soon) if soon is not None else 0,
        soon_at=soon,
        lines=await uow.points.list_lines(customer_id, below=below, limit=limit),
    )


def earned_by_referral(company: Company) -> int:
    """Raises ReferralsEarnNothing."""
    rules = points_of(company)
    if not rules.is_on or not rules.referral:
        raise ReferralsEarnNothing
    return rules.referral


async def give_for_referral(
    uow: UnitOfWork, actor: Staff, customer_id: int, referred_id: int, *, now: datetime
) -> PointEntry:
    """Points for having brought another customer, once for each who was brought. Raises RecordNotFound for what the actor
    does not see, ReferralsEarnNothing, ReferredThemselves, AlreadyReferred."""
    points = earned_by_referral(await uow.company.get())
    customer = await uow.customers.get_for(actor, customer_id)
    referred = await uow.customers.get_for(actor, referred_id)
    if referred.id == customer.id:
        raise ReferredThemselves
    if await uow.points.is_referred(referred.id):
        raise AlreadyReferred(customer=referred.title)
    grant = PointGrant(
        customer_id=customer.id,
        kind=EntryKind.REFERRAL,
        points=points,
        referred_id=referred.id,
        by_id=actor.id,
        at=now,
    )
    return await _grant(uow, grant, "points-given", now=now)


async def correct_points(
    uow: UnitOfWork, actor: Staff, customer_id: int, points: int, reason: str, *, now: datetime
) -> PointEntry:
    """Add or take, for a reason that is kept. Raises NotAllowed, RecordNotFound, NoPoints, ReasonMissing, TooLong,
    NotEnoughPoints."""
    if not actor.leads_others:
        raise NotAllowed
    customer = await uow.customers.get_for(actor, customer_id)
    said = _reason(reason)
    if not points or abs(points) > MOST_POINTS:
        raise NoPoints
    await _must_have(uow, customer.id, -points, now=now)
    grant = PointGrant(
        customer_id=customer.id,
        kind=EntryKind.CORRECTED,
        points=points,
        reason=said,
        by_id=actor.id,
        at=now,
    )
    return await _grant(uow, grant, "points-corrected", now=now)


async def ask_redemption(
    uow: UnitOfWork, actor: Staff, customer_id: int, points: int, reason: str, *, now: datetime
) -> Approval:
    """Ask a second person whether a customer uses points, and for what; asked again while it is open, it is the same.

    Raises RecordNotFound, NoPoints, ReasonMissing, TooLong, NotEnoughPoints, and what ``ask_approval`` raises.
    """
    customer = await uow.customers.get_for(actor, customer_id)
    said = _reason(reason)
    if not 0 < points <= MOST_POINTS:
        raise NoPoints
    await _must_have(uow, customer.id, points, now=now)
    facts = {"customer": str(customer.id), "title": customer.title, "points": str(points), "reason": said}
    return await ask_approval(uow, REDEEM, _subject(customer.id, points, said), by=actor, facts=facts, now=now)


def _subject(customer_id: int, points: int, reason: str) -> str:
    """As many points for something else are another request."""
    return f"customer:{customer_id}.{points}.{hashlib.sha256(reason.encode()).hexdigest()[:16]}"


async def redeem_approved(uow: UnitOfWork, actor: Staff, approval_id: int, *, now: datetime) -> PointEntry:
    """Say yes, take the points, and tell the asker: one action. Judged by what is there now. Raises NotEnoughPoints, and what
    ``approve`` raises."""
    approval = await approve(uow, actor, approval_id, now=now)
    asked = Redemption.of(approval)
    await _must_have(uow, asked.customer_id, asked.points, now=now)
    grant = PointGrant(
        customer_id=asked.customer_id,
        kind=EntryKind.REDEEMED,
        points=-asked.points,
        reason=asked.reason,
        by_id=actor.id,
        asked_by=approval.asked_by,
        at=now,
    )
    entry = await _grant(uow, grant, "points-redeemed", now=now)
    await tell_asker(uow, approval, now=now)
    return entry


async def _grant(uow: UnitOfWork, grant: PointGrant, action: str, *, now: datetime) -> PointEntry:
    kept = await uow.points.add_grant(grant)
    entry = await settle(uow, kept.source, now=now)
    assert entry is not None  # a new source always has its line
    uow.happened(action, grant=kept.id, customer=kept.customer_id)
    return entry


async def _must_have(uow: UnitOfWork, customer_id: int, points: int, *, now: datetime) -> None:
    """The account stays locked: nobody else uses the same points meanwhile."""
    account = await present_account(uow, customer_id, now=now)
    if account.balance < points:
        raise NotEnoughPoints(balance=account.balance, wanted=points)


def _reason(text: str) -> str:
    said = tidy(text)
    if not said:
        raise ReasonMissing
    return within("reason", said)
