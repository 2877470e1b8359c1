"""Which fields a company can mask for a role, and which it can lock. Where a lock's value is kept is said here as well, so that
storage asks one list for whatever way a change takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

MaskField = Literal["phone", "email", "handle", "amount", "birthday", "address"]
LockField = Literal[
    "lead.company",
    "lead.person",
    "lead.phone",
    "lead.email",
    "lead.amount",
    "lead.source",
    "lead.grade",
    "lead.owner",
    "customer.name",
    "customer.grade",
    "customer.address",
    "customer.phone",
    "customer.email",
    "customer.owner",
    "contact.name",
    "contact.birthday",
    "contact.phone",
    "contact.email",
    "opportunity.name",
    "opportunity.amount",
    "opportunity.expected_on",
    "opportunity.stage",
    "opportunity.owner",
]
MASKABLE: tuple[str, ...] = get_args(MaskField)
LOCKABLE: tuple[str, ...] = get_args(LockField)
POINTS = frozenset({"phone", "email"})  # kept as rows of their own
_TABLES = {"lead": "leads", "customer": "customers", "contact": "contacts", "opportunity": "opportunities"}
_COLUMNS = {"person": ("name",), "owner": ("owner_id",), "amount": ("amount_minor", "amount_currency")}


def kept_in(fields: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    """Of locked fields, those that are columns: table -> column -> field."""
    found: dict[str, dict[str, str]] = {}
    for each in sorted(fields):
        record, _, name = each.partition(".")
        if name not in POINTS:
            columns = found.setdefault(_TABLES[record], {})
            columns |= dict.fromkeys(_COLUMNS.get(name, (name,)), each)
    return found
