"""What people do with customers and the contacts there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.customers.errors import WrongBirthday
from domain.customers.model import Contact, ContactPoint, Customer
from domain.customers.points import replace_points
from domain.leads.actions import MOST_MOVED, assignment, refuse_duplicates, tell_giver, tidy_tags
from domain.leads.errors import NothingToSave, TooLong
from domain.leads.model import GRADES
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.birthdays import parse_birthday
from domain.values.companies import company_key
from domain.values.writing import tidy

LIMITS = {
    "name": 200,
    "short_name": 60,
    "address": 500,
    "title": 100,
    "language": 20,
    "tag": 40,
    "custom": 200,
}
MOST_CUSTOM = 30
CONTACT_POINTS = ("phone", "email", "wechat", "qq", "whatsapp")
CUSTOMER_POINTS = (*CONTACT_POINTS, "credit_code")


@dataclass(frozen=True, kw_only=True)
class CustomerChange:
    """All that the form shows, as it is to be. ``points`` are those of ``CUSTOMER_POINTS``."""

    name: str
    short_name: str | None = None
    grade: str | None = None
    address: str | None = None
    language: str | None = None
    tags: Sequence[str] = ()
    custom: Mapping[str, str] = field(default_factory=dict)
    points: Sequence[ContactPoint] = ()


@dataclass(frozen=True, kw_only=True)
class ContactChange:
    """A person as the form has them. ``birthday`` as people write it, solar or lunar, with or without the year."""

    name: str
    title: str | None = None
    language: str | None = None
    birthday: str | None = None
    tags: Sequence[str] = ()
    custom: Mapping[str, str] = field(default_factory=dict)
    points: Sequence[ContactPoint] = ()


async def change_customer(uow: UnitOfWork, actor: Staff, customer_id: int, change: CustomerChange) -> Customer:
    """Write what a form says. Raises RecordNotFound, NothingToSave, TooLong, and DuplicateFound for a contact point
    or credit code of somebody else."""
    customer = await uow.customers.get_for(actor, customer_id)
    name = _needed("name", change.name)
    await refuse_duplicates(uow, company_key=None, points=change.points, own=frozenset({f"C{customer.id}"}))
    if name != customer.name:
        customer.name, customer.name_key = name, company_key(name)
    customer.short_name = _short("short_name", change.short_name)
    customer.grade = change.grade if change.grade in GRADES else None
    customer.address = _short("address", change.address)
    customer.language = _short("language", change.language)
    customer.tags = tidy_tags(change.tags)
    customer.custom = _custom(change.custom)
    replace_points(customer.points, change.points, kinds=CUSTOMER_POINTS)
    uow.happened("customer-changed", customer=customer.id)
    return customer


async def grade_customer(uow: UnitOfWork, actor: Staff, customer_id: int, grade: str | None) -> Customer:
    """Grade A, B, C or none; the grade that it has is no change. Raises RecordNotFound."""
    customer = await uow.customers.get_for(actor, customer_id)
    wanted = grade if grade in GRADES else None
    if customer.grade == wanted:
        return customer
    customer.grade = wanted
    uow.happened("customer-graded", customer=customer.id)
    return customer


async def add_contact(
    uow: UnitOfWork, actor: Staff, customer_id: int, change: ContactChange, *, now: datetime
) -> Contact:
    """Another person at a customer. Raises RecordNotFound, NothingToSave, TooLong, WrongBirthday, DuplicateFound."""
    customer = await uow.customers.get_for(actor, customer_id)
    await refuse_duplicates(uow, company_key=None, points=change.points)
    contact = Contact(customer_id=customer.id, name=_needed("name", change.name), created_at=now)
    _write(contact, change)
    await uow.customers.add_contact(contact)
    uow.happened("contact-added", contact=contact.id)
    return contact


async def change_contact(uow: UnitOfWork, actor: Staff, contact_id: int, change: ContactChange) -> Contact:
    """Write what a form says. Raises as ``add_contact``."""
    contact = await uow.customers.get_contact_for(actor, contact_id)
    _needed("name", change.name)
    await refuse_duplicates(uow, company_key=None, points=change.points, own=frozenset({f"P{contact.id}"}))
    _write(contact, change)
    uow.happened("contact-changed", contact=contact.id)
    return contact


def _write(contact: Contact, change: ContactChange) -> None:
    contact.birthday = _birthday(change.birthday)
    contact.name = _needed("name", change.name)
    contact.title = _short("title", change.title)
    contact.language = _short("language", change.language)
    contact.tags = tidy_tags(change.tags)
    contact.custom = _custom(change.custom)
    replace_points(contact.points, change.points, kinds=CONTACT_POINTS)


async def assign_customer(uow: UnitOfWork, actor: Staff, customer_id: int, owner: Staff, *, now: datetime) -> Customer:
    """Give it, with its open follow-ups and opportunities, to somebody, who is told. Raises RecordNotFound."""
    customer = await uow.customers.get_for(actor, customer_id)
    is_theirs = customer.owner_id == owner.id
    if customer.owner_id == actor.id and not is_theirs:
        await tell_giver(uow, "customer", customer.id, by=actor, to=owner, now=now)
    for followup in await uow.followups.list_of(customer_id=customer.id, limit=MOST_MOVED):
        followup.goes_along(giver_id=customer.owner_id, taker_id=owner.id)
    for opportunity in await uow.opportunities.list_of(customer.id, limit=MOST_MOVED):
        opportunity.goes_along(giver_id=customer.owner_id, taker_id=owner.id)
    customer.owner_id = owner.id
    if owner.id != actor.id and not is_theirs:
        uow.plan(assignment("customer", customer.id, to=owner, by=actor, now=now))
    uow.happened("customer-assigned", customer=customer.id, staff=owner.id)
    return customer


def _needed(name: str, text: str) -> str:
    plain = _short(name, text)
    if plain is None:
        raise NothingToSave
    return plain


def _short(name: str, text: str | None) -> str | None:
    plain = tidy(text or "")
    if len(plain) > LIMITS[name]:
        raise TooLong(field=name.replace("_", "-"), limit=LIMITS[name])
    return plain or None


def _custom(custom: Mapping[str, str]) -> dict[str, str]:
    pairs = ((_short("tag", name), _short("custom", value)) for name, value in custom.items())
    return dict([(name, value) for name, value in pairs if name and value][:MOST_CUSTOM])


def _birthday(text: str | None) -> str | None:
    if not (text or "").strip():
        return None
    birthday = parse_birthday(text or "")
    if birthday is None:
        raise WrongBirthday(typed=(text or "")[:60])
    return str(birthday)
