"""Customers and their contacts in chat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.customers.actions import (
    add_contact,
    assign_customer,
    change_contact,
    change_customer,
    grade_customer,
)
from domain.customers.model import Contact, Customer
from domain.leads.errors import NoSuchColleague
from domain.leads.model import GRADES
from domain.people.model import Staff
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, country_of, undo_button
from handlers.customers.cards import ask_grade, contact_card, contact_line, customer_card, opportunity_line
from handlers.customers.forms import contact_change, contact_form, customer_change, customer_form
from handlers.customers.renamed import near_lines
from handlers.dialogs.asking import ask_words, colleague_buttons, drop_question, open_question, take_colleague
from handlers.dialogs.field_checks import check_record_fields
from handlers.dialogs.forms import ask_form
from handlers.dialogs.guarded_fields import guarded, with_kept
from handlers.dialogs.lists import Page, asked_for, more_button, page_of
from handlers.dialogs.locked_buttons import must_be_unlocked, with_locks
from handlers.dialogs.point_fields import errors_at_fields
from handlers.records.find import find
from handlers.rendering.secrets import Secret
from handlers.router import Answer, ButtonTooOld, command, fold, form, number, press, question

ASKED = "customer-asked"
MOST_LISTED = 500  # contacts, and opportunities, of one customer
_CODE = re.compile(r"#?[cC]?([0-9]{1,15})")


@command("customer", "客户", bare=lambda rest: bool(_CODE.fullmatch(fold(rest).strip())))
async def customer(ctx: ChatContext, rest: str) -> Answer:
    """``/customer C7`` shows the card, and so does any other record's number, or a name that only one has. Alone it lists one's own."""
    from handlers.records.asked import about_named
    from handlers.records.by_number import read_code, show_record
    from handlers.records.mine import mine

    text = fold(rest).strip()
    if not text:
        return await mine(ctx, "customer")
    code, other = _CODE.fullmatch(text), read_code(text)
    if code is None and other is not None:
        return await show_record(ctx, *other)
    if code is not None:
        return await customer_reply(ctx, number(code[1]))
    return await about_named(ctx, rest.strip()) or await find(ctx, rest)


async def customer_reply(
    ctx: ChatContext,
    customer_id: int,
    *,
    said: str = "customer-card",
    first: tuple[Button, ...] = (),
    last: tuple[Button, ...] = (),
    facts: dict[str, Any] | None = None,
) -> Reply:
    """The customer's card as it stands. Raises RecordNotFound."""
    found = await ctx.uow.customers.get_for(ctx.actor, customer_id)
    card = await customer_card(ctx.uow, found, said=said, first=first, last=last, facts=facts, in_group=ctx.in_group)
    return with_locks(ctx, card, {"customer.owner": found.owner_id, "customer.grade": found.grade})


async def contact_reply(
    ctx: ChatContext, contact_id: int, *, said: str = "contact-card", last: tuple[Button, ...] = ()
) -> Reply:
    """The contact's card as it stands. Raises RecordNotFound."""
    contact = await ctx.uow.customers.get_contact_for(ctx.actor, contact_id)
    return await _contact(ctx, contact, said=said, last=last)


async def _contact(ctx: ChatContext, contact: Contact, *, said: str, last: tuple[Button, ...] = ()) -> Reply:
    owner = await ctx.uow.customers.get_for(ctx.actor, contact.customer_id)
    return contact_card(contact, owner, said=said, last=last, in_group=ctx.in_group)


# ---------------------------------------------------------------- customers


@press("customer.edit")
async def edit(ctx: ChatContext, argument: str) -> Answer:
    found = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    return await ask_form(ctx, guarded(ctx, "customer", customer_form(found), owner=found.owner_id))


@form("customer.change", check=check_record_fields)
async def change(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    found = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    values = with_kept(ctx, "customer", customer_form(found), values, owner=found.owner_id)
    wanted, before = customer_change(values, found, country=country_of(ctx.actor, ctx.company)), found.name
    with errors_at_fields(name="name"):
        changed = await change_customer(ctx.uow, ctx.actor, found.id, wanted)
    near = await near_lines(ctx, changed.name, own=f"C{found.id}", before=before)
    reply = await customer_reply(ctx, found.id, said="customer-changed", last=(undo_button(),))
    return replace(reply, lines=(*near, *reply.lines))


@press("customer.grade")
async def grade(ctx: ChatContext, argument: str) -> Reply:
    found = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    must_be_unlocked(ctx, "customer.grade", found.grade)
    return ask_grade(found)


@press("customer.setgrade")
async def set_grade(ctx: ChatContext, argument: str) -> Reply:
    customer_id, _, wanted = argument.partition(".")
    if wanted not in {*GRADES, "none"}:
        raise ButtonTooOld
    chosen = wanted if wanted in GRADES else None
    found = await ctx.uow.customers.get_for(ctx.actor, number(customer_id))
    if found.grade == chosen:
        return await customer_reply(ctx, found.id)
    await grade_customer(ctx.uow, ctx.actor, found.id, chosen)
    return await customer_reply(ctx, found.id, said="customer-changed", last=(undo_button(),))


@press("customer.assign")
async def ask_owner(ctx: ChatContext, argument: str) -> Reply:
    found = await ctx.uow.customers.get_for(ctx.actor, number(argument))
    must_be_unlocked(ctx, "customer.owner", found.owner_id)
    await ask_words(ctx, ASKED, "owner", customer=found.id)
    people = await colleague_buttons(ctx, f"customer.give:{found.id}")
    back = Button("button-back", press=f"record.show:customer.{found.id}")
    return Reply(
        "ask-owner",
        {"code": f"C{found.id}", "name": Secret("name", found.title)},
        buttons=(*people, back),
        card=f"customer:{found.id}",
    )


@press("customer.give")
async def give(ctx: ChatContext, argument: str) -> Reply:
    customer_id, _, staff_id = argument.partition(".")
    await drop_question(ctx, ASKED)
    return await _give(ctx, number(customer_id), await ctx.uow.staff.get(number(staff_id)))


async def _give(ctx: ChatContext, customer_id: int, owner: Staff) -> Reply:
    if not owner.is_active:
        raise NoSuchColleague(typed=owner.name)
    given = await assign_customer(ctx.uow, ctx.actor, customer_id, owner, now=ctx.now)
    return Reply(
        "customer-given",
        {"customer": given.id, "name": Secret("name", given.title), "owner": owner.name},
        buttons=(undo_button(),),
        card=f"customer:{given.id}",
    )


@press("customer.accept")
async def accept(ctx: ChatContext, argument: str) -> Reply:
    return await customer_reply(ctx, number(argument))


@question(ASKED)
async def take_owner(ctx: ChatContext, text: str) -> Reply | None:
    draft = await open_question(ctx, ASKED)
    if draft is None:
        return None
    owner = await take_colleague(ctx, draft, text)
    return None if owner is None else await _give(ctx, draft.content["customer"], owner)


@press("customer.contacts")
async def list_contacts(ctx: ChatContext, argument: str) -> Reply:
    """The people at a customer behind one of them."""
    customer_id, _, after = argument.partition(".")
    found = await ctx.uow.customers.get_for(ctx.actor, number(customer_id))
    contacts = await ctx.uow.customers.list_contacts(found.id, limit=MOST_LISTED)
    page = page_of([contact for contact in contacts if contact.id > number(after)][: asked_for()])
    lines = tuple(contact_line(contact, in_group=ctx.in_group, owner=found.owner_id) for contact in page.shown)
    return _list(found, "contacts", page, lines)


@press("customer.opportunities")
async def list_opportunities(ctx: ChatContext, argument: str) -> Reply:
    """Its possible sales that are older than one of them."""
    customer_id, _, after = argument.partition(".")
    found = await ctx.uow.customers.get_for(ctx.actor, number(customer_id))
    listed = await ctx.uow.opportunities.list_of(found.id, limit=MOST_LISTED)
    page = page_of([each for each in listed if each.id < number(after)][: asked_for()])
    lines = tuple(opportunity_line(each, in_group=ctx.in_group) for each in page.shown)
    return _list(found, "opportunities", page, lines)


def _list(found: Customer, kind: str, page: Page[Any], lines: tuple[Line, ...]) -> Reply:
    more = more_button(page, f"customer.{kind}:{found.id}.{page.shown[-1].id}") if page.shown else ()
    back = Button("button-back", press=f"record.show:customer.{found.id}")
    return Reply(
        f"customer-{kind}",
        {"name": Secret("name", found.title)},
        lines=lines,
        buttons=(*more, back),
        card=f"customer:{found.id}",
    )


# ---------------------------------------------------------------- contacts


@press("contact.new")
async def new_contact(ctx: ChatContext, argument: str) -> Answer:
    return await ask_form(ctx, contact_form(await ctx.uow.customers.get_for(ctx.actor, number(argument))))


@form("contact.add", check=check_record_fields)
async def take_contact(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    wanted = contact_change(values, None, country=country_of(ctx.actor, ctx.company))
    with errors_at_fields(name="name"):
        added = await add_contact(ctx.uow, ctx.actor, number(argument), wanted, now=ctx.now)
    return await _contact(ctx, added, said="contact-added", last=(undo_button(),))


@press("contact.edit")
async def edit_contact(ctx: ChatContext, argument: str) -> Answer:
    contact = await ctx.uow.customers.get_contact_for(ctx.actor, number(argument))
    customer = await ctx.uow.customers.get_for(ctx.actor, contact.customer_id)
    return await ask_form(ctx, guarded(ctx, "contact", contact_form(customer, contact), owner=customer.owner_id))


@form("contact.change", check=check_record_fields)
async def take_contact_change(ctx: ChatContext, argument: str, values: Mapping[str, str]) -> Reply:
    contact = await ctx.uow.customers.get_contact_for(ctx.actor, number(argument))
    customer = await ctx.uow.customers.get_for(ctx.actor, contact.customer_id)
    values = with_kept(ctx, "contact", contact_form(customer, contact), values, owner=customer.owner_id)
    wanted = contact_change(values, contact, country=country_of(ctx.actor, ctx.company))
    with errors_at_fields(name="name"):
        changed = await change_contact(ctx.uow, ctx.actor, contact.id, wanted)
    return await _contact(ctx, changed, said="contact-changed", last=(undo_button(),))
