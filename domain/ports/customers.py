"""Leads and customers, what happened with them and what may be sold. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.activities.model import Activity
from domain.customers.model import Contact, ContactPoint, Customer
from domain.leads.model import Lead
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.records import Found


class LeadRepository(Protocol):
    async def add(self, lead: Lead) -> Lead: ...
    async def add_many(self, leads: Sequence[Lead]) -> Sequence[Lead]:
        """Many at once, journaled like any other, in as many statements as one."""

    async def get_for(self, actor: Staff, lead_id: int) -> Lead:
        """With its contact points."""

    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Lead]:
        """All that did not become customers, lost ones too, by id; for handing them over."""

    async def list_untouched(self, owner_id: int, *, limit: int) -> Sequence[Lead]:
        """Open leads of the owner without any activity, oldest first."""


class CustomerRepository(Protocol):
    async def add(self, customer: Customer) -> Customer: ...
    async def get_for(self, actor: Staff, customer_id: int) -> Customer: ...
    async def add_contact(self, contact: Contact) -> Contact: ...
    async def get_contact_for(self, actor: Staff, contact_id: int) -> Contact: ...
    async def find_contact(self, contact_id: int) -> Contact | None:
        """Whoever asks: for the contact themselves, and for telling whom they are."""

    async def find_customer(self, customer_id: int) -> Customer | None:
        """Whoever asks, as ``find_contact``."""

    async def list_contacts_with_phone(self, e164: str, *, limit: int) -> Sequence[Contact]:
        """Who is reached under that number (without an extension), and is still at their customer."""

    async def list_contacts(self, customer_id: int, *, limit: int) -> Sequence[Contact]: ...
    async def list_for(self, actor: Staff, *, after: int, limit: int) -> Sequence[Customer]:
        """Whom ``actor`` sees, with how they are reached, by their ids behind ``after``."""

    async def list_contacts_of(self, customer_ids: Collection[int]) -> Sequence[Contact]:
        """Who is at these customers, with how they are reached."""

    async def find_duplicates(
        self, *, company_key: str | None, points: Sequence[ContactPoint], limit: int = 5
    ) -> Sequence[Found]:
        """Leads and customers, whoever owns them, that share the normalised company name or a contact point."""

    async def find_near(self, *, company: str, emails: Sequence[str] = (), limit: int = 3) -> Sequence[Found]:
        """Leads and customers, whoever owns them, that may be the same under another spelling (``near_name``), nearest
        first; then those, contacts too, under the same e-mail domain of a company (``domain``)."""

    async def find_near_many(self, companies: Sequence[str]) -> Mapping[str, Found]:
        """Of many names those that some lead or customer, whoever owns it, has nearly so, with the nearest."""

    async def find_taken(self, *, company_keys: Sequence[str], unique_keys: Sequence[str]) -> Mapping[str, Found]:
        """Which of many normalised company names and unique contact points are taken, whoever owns the records.

        Keys of the answer are ``company:KEY`` and unique keys; absent ones are free. Two statements at most."""

    async def find_anybodys(self, record: str, record_id: int) -> Found | None:
        """A lead or customer whoever owns it: to ask its owner, never to be shown."""

    async def share(self, record: str, record_id: int, staff_id: int) -> None: ...
    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Customer]:
        """By id; for handing them over."""


class ActivityRepository(Protocol):
    async def add(self, activity: Activity) -> Activity: ...
    async def get_for(self, actor: Staff, activity_id: int) -> Activity: ...
    async def list_of(
        self, *, lead_id: int | None = None, customer_id: int | None = None, limit: int, before: datetime | None = None
    ) -> Sequence[Activity]: ...
    async def list_recent_subjects(self, staff_id: int, *, limit: int) -> Sequence[tuple[str, int, str]]:
        """With whom the person was lately, newest first: ("customer" or "lead", id, title), open leads only."""


class OpportunityRepository(Protocol):
    async def add(self, opportunity: Opportunity) -> Opportunity: ...
    async def get_for(self, actor: Staff, opportunity_id: int) -> Opportunity: ...
    async def list_of(self, customer_id: int, *, limit: int) -> Sequence[Opportunity]: ...
    async def list_unplanned(self, actor: Staff, ids: Sequence[int], *, limit: int) -> Sequence[Opportunity]:
        """Of these what the actor sees, is open, and nobody has planned anything for, nor for its customer."""

    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Opportunity]:
        """The open ones, by id; for handing them over."""

    async def list_open(
        self, owner_id: int, *, limit: int, before: int | None = None, customer_id: int | None = None
    ) -> Sequence[Opportunity]:
        """The open ones, newest first; ``before`` an id."""
