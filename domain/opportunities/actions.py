"""What people do with opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.company.keeping import stages_of
from domain.leads.actions import within
from domain.leads.errors import NothingToSave, TooLong
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.money import Money
from domain.values.writing import tidy

LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class OpportunityChange:
    """All that the form shows, as it is to be."""

    name: str
    amount: Money | None = None
    expected_on: date | None = None


async def move_opportunity(
    uow: UnitOfWork, actor: Staff, opportunity_id: int, stage: str, *, now: datetime, reason: str | None = None
) -> Opportunity:
    """Move it to a stage that the company offers; won and lost close it, any other opens it again.

    ``reason`` says why it was lost. Raises RecordNotFound and UnknownStage.
    """
    opportunity = await uow.opportunities.get_for(actor, opportunity_id)
    offered = stages_of(await uow.company.get()).offered
    opportunity.move(stage, offered=offered, reason=within("reason", reason.strip()) if reason else None, now=now)
    uow.happened(f"opportunity-{stage}" if not opportunity.is_open else "opportunity-moved", opportunity=opportunity.id)
    return opportunity


async def change_opportunity(
    uow: UnitOfWork, actor: Staff, opportunity_id: int, change: OpportunityChange
) -> Opportunity:
    """Write what a form says. Raises RecordNotFound, NothingToSave, TooLong."""
    opportunity = await uow.opportunities.get_for(actor, opportunity_id)
    opportunity.name = _name(change.name)
    opportunity.amount, opportunity.expected_on = change.amount, change.expected_on
    uow.happened("opportunity-changed", opportunity=opportunity.id)
    return opportunity


async def open_opportunity(
    uow: UnitOfWork, actor: Staff, customer_id: int, change: OpportunityChange, *, now: datetime
) -> Opportunity:
    """A further possible sale with a customer. Raises RecordNotFound, NothingToSave, TooLong."""
    customer = await uow.customers.get_for(actor, customer_id)
    opportunity = await uow.opportunities.add(
        Opportunity(
            customer_id=customer.id,
            owner_id=actor.id,
            name=_name(change.name),
            stage=stages_of(await uow.company.get()).offered[0],
            amount=change.amount,
            expected_on=change.expected_on,
            created_at=now,
        )
    )
    uow.happened("opportunity-opened", opportunity=opportunity.id)
    return opportunity


def _name(text: str) -> str:
    name = tidy(text)
    if not name:
        raise NothingToSave
    if len(name) > LONGEST_NAME:
        raise TooLong(field="name", limit=LONGEST_NAME)
    return name
