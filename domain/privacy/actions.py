"""What somebody is entitled to: to see what is kept about them, and to have it erased after a manager's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.approvals.actions import approve, ask_approval, tell_asker
from domain.approvals.model import Approval
from domain.company.greeting import strangers_kept, tickets_kept_years
from domain.customers.model import Contact, Customer
from domain.inquiries.model import Inquiry
from domain.jobs.beginning import begin_job
from domain.jobs.model import ERASE, Job
from domain.people.binding import contact_behind
from domain.people.consent import accounts_of, wishes_of
from domain.people.model import Identity, Staff, Topic
from domain.ports import UnitOfWork
from domain.surveys.model import SurveyAnswer
from domain.tickets.model import TicketMessage

KIND = "forget"
MOST_INQUIRIES = 20
STRANGERS_AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What we have of somebody. ``contact`` and ``customer`` are None for a stranger."""

    contact: Contact | None
    customer: Customer | None
    accounts: tuple[Identity, ...]
    inquiries: tuple[Inquiry, ...]
    requests: tuple[TicketMessage, ...]
    answers: tuple[SurveyAnswer, ...]
    wishes: dict[Topic, bool]
    notes: int
    """How many notes of ours are with their customer; they are ours, so they are counted and not shown."""


async def kept_about(uow: UnitOfWork, identity: Identity) -> Kept:
    contact = await contact_behind(uow, identity)
    customer = await uow.customers.find_customer(contact.customer_id) if contact is not None else None
    accounts = await accounts_of(uow, identity)
    account_ids = [each.id for each in accounts]
    return Kept(
        contact=contact,
        customer=customer,
        accounts=tuple(accounts),
        inquiries=tuple(await uow.inquiries.list_of(account_ids, limit=MOST_INQUIRIES)),
        requests=tuple(await uow.tickets.list_said_by(account_ids, limit=MOST_INQUIRIES)),
        answers=tuple(
            await uow.surveys.list_of_contact(contact.id, limit=MOST_INQUIRIES) if contact is not None else ()
        ),
        wishes=dict(await wishes_of(uow, identity)),
        notes=len(await uow.activities.list_of(customer_id=customer.id, limit=100)) if customer is not None else 0,
    )


async def ask_erasure(uow: UnitOfWork, identity: Identity, *, now: datetime) -> Approval:
    """Ask all managers and admins; asked again it is the request that stands. Raises NobodyToApprove, DeclinedLately."""
    contact = await contact_behind(uow, identity)
    subject = f"contact:{contact.id}" if contact is not None else f"identity:{identity.id}"
    facts = {"name": contact.name if contact is not None else identity.name, "channel": identity.channel}
    return await ask_approval(uow, KIND, subject, by=identity, facts=facts, now=now)


async def erase_approved(uow: UnitOfWork, actor: Staff, approval_id: int, *, now: datetime) -> Approval:
    """Approve, and begin to erase: a job does it in parts. There is no way back. Raises what ``approve`` does."""
    approval = await approve(uow, actor, approval_id, now=now)
    identity = await uow.identities.get(approval.identity_id or 0)
    kind, _, subject_id = approval.subject.partition(":")
    contact_id = int(subject_id) if kind == "contact" else None
    accounts = await uow.identities.list_for_contact(contact_id) if contact_id is not None else [identity]
    # Told before the address is forgotten.
    await tell_asker(uow, approval, now=now)
    uow.happened("erasure-began", approval=approval.id)
    await begin_job(
        uow,
        ERASE,
        {
            "contact": contact_id,
            "identities": sorted({identity.id, *(account.id for account in accounts)}),
            "approval": approval.id,
        },
        by=actor,
        now=now,
    )
    return approval


async def go_on_erasing(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next part; see ``docs/decisions``."""
    uow.happened("person-erased")
    await uow.privacy.go_on_erasing(job, now=now)


async def forget_strangers(uow: UnitOfWork, now: datetime) -> int:
    """Erase a batch of strangers who said nothing for as long as the company keeps it, and clear tickets that were closed
    years ago; gives how many."""
    company = await uow.company.get()
    uow.happened("strangers-forgotten")
    strangers = await uow.privacy.forget_strangers(now - strangers_kept(company), limit=STRANGERS_AT_ONCE, now=now)
    years = timedelta(days=365 * tickets_kept_years(company))
    return max(strangers, await uow.privacy.forget_tickets(now - years, limit=STRANGERS_AT_ONCE))
