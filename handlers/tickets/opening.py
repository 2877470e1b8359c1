"""``/ticket``: whoever is of outside asks for something, colleagues open one on behalf of a customer."""

from __future__ import annotations

from dataclasses import replace

from domain.customers.model import Contact
from domain.groups.model import BoundGroup
from domain.people.desk import contact_at_desk, customer_at_desk
from domain.tickets.opening import NewTicket, open_ticket
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.rendering.wording import clean
from handlers.router import EVERYBODY, Answer, WrongUsage, command
from handlers.tickets.asked_by_customers import ask
from handlers.tickets.buttons import present
from handlers.tickets.picked import open_quoted
from handlers.visitors.contact_chats import read_customer_or_contact
from handlers.visitors.guests import group_of


def _names_somebody(rest: str) -> bool:
    return read_customer_or_contact(rest.partition(" ")[0]) is not None


@command("ticket", "工单", "报修", who=EVERYBODY, bare=_names_somebody)
async def ticket(ctx: ChatContext, rest: str) -> Answer:
    """``/ticket the printer is jammed``; ``/ticket C7 the printer is jammed`` on behalf, in their group without C7. Alone, in
    reply to a message: what stands there."""
    quoted = ctx.event.quoted
    if ctx.staff is None:
        return await ask(ctx, rest or (quoted.text if quoted is not None else ""))
    if quoted is not None and not rest.strip() and await _here(ctx) is not None:
        return replace(await open_quoted(ctx, quoted, ctx.event.reply_to), private=True)
    return await _on_behalf(ctx, rest)


async def _here(ctx: ChatContext) -> BoundGroup | None:
    """The customer's group in which it is said."""
    return await ctx.uow.groups.find(ctx.event.channel, group_of(ctx)) if ctx.in_group else None


async def _on_behalf(ctx: ChatContext, rest: str) -> Reply:
    first, _, words = rest.strip().partition(" ")
    named = read_customer_or_contact(first)
    group = await _here(ctx)
    if named is None and group is not None:
        named, words = ("customer", group.customer_id), rest
    said = clean(words).strip()
    if named is None or not said:
        raise WrongUsage("ticket")
    contact: Contact | None = None
    if named[0] == "contact":
        contact = await contact_at_desk(ctx.uow, ctx.actor, named[1])
    customer = await customer_at_desk(ctx.uow, ctx.actor, contact.customer_id if contact else named[1])
    contact = contact or await _only_person(ctx, customer.id)
    # Where it is asked for in the customer's own group, it is answered there.
    is_here = group is not None and group.customer_id == customer.id
    opened = await open_ticket(
        ctx.uow,
        NewTicket(
            text=said,
            customer_id=customer.id,
            contact_id=contact.id if contact else None,
            channel=ctx.event.channel if is_here else None,
            place=ctx.event.conversation.key if is_here else None,
        ),
        by=ctx.actor,
        now=ctx.now,
    )
    return await present(ctx, opened.id, "ticket-opened", undo=True)


async def _only_person(ctx: ChatContext, customer_id: int) -> Contact | None:
    """Of a customer with one contact it is clear whom the answer is for."""
    there = [
        person for person in await ctx.uow.customers.list_contacts(customer_id, limit=10) if person.left_at is None
    ]
    return there[0] if len(there) == 1 else None
