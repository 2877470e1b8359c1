"""What conversations with customers need: a contact, codes, and what a stranger said lately."""

from __future__ import annotations

from domain.customers.actions import ContactChange, add_contact
from domain.customers.model import Contact
from domain.customers.points import phone_point
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person, Said


async def a_contact(chat: Chat, customer_id: int, name: str, *, by: Person, phone: str | None = None) -> Contact:
    async def act(uow: UnitOfWork, actor: Staff | None) -> Contact:
        assert actor is not None
        points = [phone_point(phone, country="GB")] if phone else []
        return await add_contact(uow, actor, customer_id, ContactChange(name=name, points=points), now=chat.now)

    contact: Contact = await perform(
        chat.house.database.unit_of_work, act, actor=by.staff, now=chat.now, through="test"
    )
    return contact


def code_of(said: Said) -> str:
    return said.text.rpartition("join ")[2].split()[0]


async def connected(chat: Chat, person: Person, contact: Contact, *, by: Person) -> Person:
    """Somebody who opened their code."""
    await person.says(f"/start {code_of(await by.says(f'/invite P{contact.id}'))}")
    return person


async def account(chat: Chat, person: Person) -> dict[str, object]:
    [row] = [row for row in await chat.rows("identities") if row["user"] == person.user]
    return dict(row)
