"""Taking out all customers at once needs a second person: whoever leaves with the list takes the company's trade along."""

from __future__ import annotations

from datetime import datetime

from domain.approvals.actions import approve, ask_approval, tell_asker
from domain.approvals.errors import NobodyToApprove
from domain.approvals.model import Approval
from domain.errors import CrmError, NotAllowed
from domain.people.model import Staff
from domain.ports import UnitOfWork

KIND = "export"
MOST = 20_000  # customers; what a chat takes as one file


class AskerLeft(CrmError):
    """Whoever asked works here no longer: nothing goes out to them, and the journal says nothing of the kind."""

    code = "asker-left"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class NobodyElseToApprove(CrmError):
    """There is one person alone who leads: who looks after the server may take the data out."""

    code = "nobody-else-to-approve"


async def ask_export(uow: UnitOfWork, actor: Staff, *, now: datetime) -> Approval:
    """Ask all other managers and admins. Raises NotAllowed, NobodyElseToApprove and DeclinedLately."""
    if not actor.leads_others:
        raise NotAllowed
    try:
        approval = await ask_approval(uow, KIND, f"staff:{actor.id}", by=actor, facts={"name": actor.name}, now=now)
    except NobodyToApprove:
        raise NobodyElseToApprove from None
    uow.happened("export-asked", approval=approval.id)
    return approval


async def allow_export(uow: UnitOfWork, actor: Staff, approval_id: int, *, now: datetime) -> Approval:
    """The asker gets what they may see when it is sent. Raises ApprovalNotFound, ApprovalClosed, ApprovalExpired, OwnRequest
    and AskerLeft."""
    approval = await approve(uow, actor, approval_id, now=now)
    asker = await uow.staff.get(approval.asked_by or 0)
    if not asker.is_active:
        raise AskerLeft(name=asker.name)
    uow.happened("customers-exported", staff=approval.asked_by)
    await tell_asker(uow, approval, now=now)
    return approval
