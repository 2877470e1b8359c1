"""Domain classes on their tables: one class for one thing, no copying layer. ``map_domain`` runs once, at import."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, event
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import Mapper, composite, registry, relationship

from domain.activities.model import Activity
from domain.approvals.model import Approval
from domain.attachments.model import AttachedFile, Attachment
from domain.broadcasts.model import Broadcast, BroadcastAnswer
from domain.company.model import Company
from domain.customers.model import Contact, ContactPoint, Customer
from domain.drafts.model import Draft
from domain.followups.model import Followup
from domain.groups.model import BoundGroup
from domain.handovers.model import Handover
from domain.inquiries.model import Inquiry
from domain.leads.model import Lead
from domain.lexicon.model import LearnedPhrase
from domain.opportunities.model import Opportunity
from domain.people.model import Identity, Invitation, Staff
from domain.points.model import PointAccount, PointEntry, PointGrant
from domain.quotas.model import Quota
from domain.surveys.model import Survey, SurveyAnswer
from domain.tickets.model import Ticket, TicketMessage
from domain.values.money import Money
from storage import tables
from storage.folding import name_key
from storage.types import PlainJson

mapper_registry = registry(metadata=tables.metadata)


@dataclass(kw_only=True, eq=False)
class RecordShare:
    """Somebody may see a record that is not theirs. ``record`` is ``lead`` or ``customer``."""

    id: int = field(init=False)
    record: str
    record_id: int
    staff_id: int


_VERSION_BITS = 62


def new_version(previous: object = None) -> int:
    """A stamp for a state of a row that no other state ever had.

    Counting would not do: after "change, change, undo, undo, change" two states would share number 2, and undo, which
    puts the number back together with the state, could no longer tell them apart. 62 random bits can.
    """
    return random.getrandbits(_VERSION_BITS)


_LISTS = {"tags", "intents", "extra_workdays", "extra_holidays", "passed_by", "kept"}


def _columns_of(table: Table, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Lists and dictionaries notice when they are changed in place, which plain JSON columns do not."""
    for column in table.columns:
        if column.type is PlainJson:
            mutable = MutableList if column.name in _LISTS else MutableDict
            column.type = mutable.as_mutable(PlainJson.copy())
    return {column.name: column for column in table.columns if column.name not in without}


def _map(kind: type, table: Table, *, without: frozenset[str] = frozenset(), **properties: Any) -> Mapper[Any]:
    versioned: dict[str, Any] = {}
    if "version" in table.c:
        versioned = {"version_id_col": table.c.version, "version_id_generator": new_version}
    return mapper_registry.map_imperatively(
        kind,
        table,
        include_properties=[column.name for column in table.columns if column.name not in without],
        properties={**_columns_of(table, without=without), **properties},
        **versioned,
    )


def _amount(table: Table) -> Any:
    return composite(
        Money,
        table.c.amount_minor,
        table.c.amount_currency,
        return_none_on=lambda minor, currency: minor is None or currency is None,
    )


def _points() -> Any:
    return relationship(
        ContactPoint, lazy="raise", cascade="save-update, merge, expunge", order_by=tables.contact_points.c.id
    )


def map_domain() -> None:
    """Map every domain class. Relations are loaded when asked for, never behind somebody's back."""
    _map(Company, tables.company)
    _map(Staff, tables.staff)
    _map(Identity, tables.identities, without=frozenset({"menu"}))
    _map(Invitation, tables.invitations)
    _map(ContactPoint, tables.contact_points)
    _map(
        Lead, tables.leads, without=tables.UNJOURNALED_COLUMNS["leads"], points=_points(), amount=_amount(tables.leads)
    )
    _map(Customer, tables.customers, points=_points())
    _map(Contact, tables.contacts, points=_points())
    _map(Activity, tables.activities, amount=_amount(tables.activities))
    leases = frozenset({"lease_holder", "lease_until", "unused_since"})
    _map(AttachedFile, tables.attached_files, without=leases)
    _map(Attachment, tables.attachments)
    _map(Followup, tables.followups, without=frozenset({"planned_for"}))
    _map(Opportunity, tables.opportunities, amount=_amount(tables.opportunities))
    _map(Quota, tables.quotas, amount=_amount(tables.quotas))
    _map(Ticket, tables.tickets, without=tables.UNJOURNALED_COLUMNS["tickets"])
    _map(TicketMessage, tables.ticket_messages)
    _map(Survey, tables.surveys)
    _map(SurveyAnswer, tables.survey_answers, without=tables.UNJOURNALED_COLUMNS["survey_answers"])
    _map(RecordShare, tables.record_shares)
    _map(LearnedPhrase, tables.learned_phrases)
    _map(Approval, tables.approvals)
    _map(Handover, tables.handovers)
    _map(Inquiry, tables.inquiries)
    _map(BoundGroup, tables.bound_groups)
    _map(Broadcast, tables.broadcasts)
    _map(BroadcastAnswer, tables.broadcast_answers)
    _map(PointAccount, tables.point_accounts)
    _map(PointEntry, tables.point_entries)
    _map(PointGrant, tables.point_grants)
    _map(Draft, tables.drafts)
    mapper_registry.configure()
    event.listen(Staff, "before_insert", _fold_name)
    event.listen(Staff, "before_update", _fold_name)


def _fold_name(mapper: Mapper[Any], connection: Any, target: Any) -> None:
    folded = name_key(target.name)
    if getattr(target, "name_key", None) != folded:
        target.name_key = folded


map_domain()

JOURNALED_CLASSES: dict[type, Table] = {
    mapper.class_: mapper.local_table
    for mapper in mapper_registry.mappers
    if isinstance(mapper.local_table, Table) and mapper.local_table.name in tables.JOURNALED
}
CLASS_OF_TABLE = {table.name: kind for kind, table in JOURNALED_CLASSES.items()}
