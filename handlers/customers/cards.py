"""How customers, contacts and opportunities look."""

from __future__ import annotations

from typing import Any

from domain.company.keeping import lost_reasons_of, points_of, stages_of
from domain.customers.model import Contact, Customer
from domain.leads.model import GRADES
from domain.opportunities.model import Opportunity
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Reply
from handlers.dialogs.lists import Page, asked_for, more_button, page_of
from handlers.records.lines import attachment_buttons, detail_lines, latest_lines, name_of, point_lines
from handlers.rendering.own_words import lost_reason
from handlers.rendering.secrets import Secret

SHOWN = 5  # contacts, and opportunities, on the customer's card


def custom_lines(custom: dict[str, str]) -> tuple[Line, ...]:
    return tuple(Line("card-custom", {"name": name, "value": value}) for name, value in custom.items())


async def customer_card(
    uow: UnitOfWork,
    customer: Customer,
    *,
    said: str = "customer-card",
    first: tuple[Button, ...] = (),
    last: tuple[Button, ...] = (),
    facts: dict[str, Any] | None = None,
    in_group: bool = False,
) -> Reply:
    """The customer with contacts, possible sales, what was last and what is next."""
    owner = None if customer.owner_id is None else await uow.staff.get(customer.owner_id)
    has_points = not in_group and points_of(await uow.company.get()).is_on
    contacts = page_of(await uow.customers.list_contacts(customer.id, limit=asked_for(SHOWN)), SHOWN)
    opportunities = page_of(await uow.opportunities.list_of(customer.id, limit=asked_for(SHOWN)), SHOWN)
    shown = name_of(customer.title, in_group=in_group)
    return Reply(
        said,
        {
            "customer": customer.id,
            "name": shown,
            "grade": None if in_group else customer.grade,
            "owner": owner.name if owner else None,
            **(facts or {}),
        },
        lines=(
            *detail_lines(full_name=customer.name if customer.short_name and not in_group else None),
            *point_lines(customer.points, owner=customer.owner_id),
            *detail_lines(
                address=_address(customer) if not in_group else None,
                language=customer.language,
                tags=None if in_group else customer.tags,
            ),
            *(custom_lines(customer.custom) if not in_group else ()),
            *(contact_line(contact, in_group=in_group, owner=customer.owner_id) for contact in contacts.shown),
            *_more("contacts", contacts, customer),
            *(opportunity_line(each, in_group=in_group) for each in opportunities.shown),
            *_more("opportunities", opportunities, customer),
            *await latest_lines(uow, customer_id=customer.id),
        ),
        buttons=(
            *first,
            *_customer_buttons(customer, in_group=in_group),
            *((Button("button-points", press=f"points.show:{customer.id}"),) if has_points else ()),
            *(() if in_group else await attachment_buttons(uow, "customer", customer.id)),
            *last,
        ),
        card=f"customer:{customer.id}",
    )


def _more(kind: str, page: Page[Any], customer: Customer) -> tuple[Line, ...]:
    """How many are left, with the button that lists them."""
    button = more_button(page, f"customer.{kind}:{customer.id}.{page.shown[-1].id}") if page.shown else ()
    return (Line(f"card-{kind}-more", {"count": page.left, "open": page.is_open}, buttons=button),) if button else ()


def _customer_buttons(customer: Customer, *, in_group: bool) -> tuple[Button, ...]:
    show = (Button("button-show-me", press=f"record.private:customer.{customer.id}"),) if in_group else ()
    return (
        *show,
        Button("button-log", press=f"record.log:customer.{customer.id}"),
        Button("button-edit", press=f"customer.edit:{customer.id}", opens_form=True),
        Button("button-add-contact", press=f"contact.new:{customer.id}", opens_form=True),
        Button("button-add-opportunity", press=f"opportunity.new:{customer.id}", opens_form=True),
        Button("button-grade", press=f"customer.grade:{customer.id}"),
        Button("button-assign", press=f"customer.assign:{customer.id}"),
        Button("button-history", press=f"history.of:customer.{customer.id}"),
    )


def ask_grade(customer: Customer) -> Reply:
    grades = tuple(
        Button("grade", press=f"customer.setgrade:{customer.id}.{grade}", facts={"grade": grade}) for grade in GRADES
    )
    none = Button("grade-none", press=f"customer.setgrade:{customer.id}.none")
    back = Button("button-back", press=f"record.show:customer.{customer.id}")
    return Reply(
        "customer-ask-grade",
        {"name": Secret("name", customer.title), "grade": customer.grade},
        buttons=(*grades, none, back),
        card=f"customer:{customer.id}",
    )


def _address(customer: Customer) -> Secret | None:
    return Secret("amount", customer.address, "address", customer.owner_id) if customer.address else None


def contact_line(contact: Contact, *, in_group: bool, owner: int | None = None) -> Line:
    """One person with the first phone, and a button to open the card."""
    phone = next((point.value for point in contact.points if point.kind == "phone"), None)
    opens = Button("button-open", press=f"record.show:contact.{contact.id}", facts={"name": contact.name})
    return Line(
        "card-contact",
        {
            "name": name_of(contact.name, in_group=in_group),
            "title": contact.title,
            "phone": Secret("phone", phone, owner=owner) if phone else None,
        },
        buttons=() if in_group else (opens,),
    )


def opportunity_line(opportunity: Opportunity, *, whose: str | None = None, in_group: bool) -> Line:
    """``whose``: the customer, where the line stands on no card of theirs and its own name does not say it."""
    opens = Button(
        "button-open", press=f"record.show:opportunity.{opportunity.id}", facts={"name": f"O{opportunity.id}"}
    )
    facts = opportunity_facts(opportunity, in_group=in_group)
    if whose is not None and whose != opportunity.name:
        facts["whose"] = name_of(whose, in_group=in_group)
    return Line("card-opportunity", facts, buttons=() if in_group else (opens,))


def opportunity_facts(opportunity: Opportunity, *, in_group: bool) -> dict[str, Any]:
    """What one line about it says."""
    return {
        "opportunity": opportunity.id,
        "name": name_of(opportunity.name, in_group=in_group),
        "whose": None,
        "stage": Phrase(f"stage-{opportunity.stage}"),
        "amount": amount_of(opportunity),
    }


def amount_of(opportunity: Opportunity) -> Secret | None:
    return Secret("amount", opportunity.amount, "amount", opportunity.owner_id) if opportunity.amount else None


def contact_card(
    contact: Contact,
    customer: Customer,
    *,
    said: str = "contact-card",
    last: tuple[Button, ...] = (),
    in_group: bool = False,
) -> Reply:
    show = (Button("button-show-me", press=f"record.private:contact.{contact.id}"),) if in_group else ()
    return Reply(
        said,
        {
            "contact": contact.id,
            "name": name_of(contact.name, in_group=in_group),
            "title": contact.title,
            "customer": name_of(customer.title, in_group=in_group),
        },
        lines=(
            *((Line("contact-left-line", {"at": contact.left_at}),) if contact.left_at else ()),
            *point_lines(contact.points, owner=customer.owner_id),
            *(() if in_group else birthday_line(contact, owner=customer.owner_id)),
            *detail_lines(language=contact.language, tags=None if in_group else contact.tags),
            *(custom_lines(contact.custom) if not in_group else ()),
        ),
        buttons=(
            *show,
            Button("button-log", press=f"record.log:contact.{contact.id}"),
            Button("button-edit", press=f"contact.edit:{contact.id}", opens_form=True),
            Button("button-open-customer", press=f"record.show:customer.{customer.id}"),
            *_chat_buttons(contact),
            Button("button-history", press=f"history.of:contact.{contact.id}"),
            *last,
        ),
        card=f"contact:{contact.id}",
    )


def _chat_buttons(contact: Contact) -> tuple[Button, ...]:
    """The way into our chat, while they are there at all."""
    if contact.left_at is not None:
        return (Button("button-contact-back", press=f"contact.left:{contact.id}.no"),)
    return (
        Button("button-invite", press=f"contact.invite:{contact.id}"),
        Button("button-contact-left", press=f"contact.left:{contact.id}.yes"),
    )


def birthday_line(contact: Contact, *, owner: int | None = None) -> tuple[Line, ...]:
    if contact.birthday is None:
        return ()
    is_lunar = contact.birthday.startswith("lunar ")
    day = Secret("amount", contact.birthday.removeprefix("lunar "), "birthday", owner)
    return (Line("card-birthday", {"value": day, "lunar": is_lunar}),)


async def opportunity_card(
    uow: UnitOfWork,
    opportunity: Opportunity,
    customer_title: str,
    *,
    said: str = "opportunity-card",
    last: tuple[Button, ...] = (),
    in_group: bool = False,
) -> Reply:
    """The possible sale with a button for each other stage."""
    owner = None if opportunity.owner_id is None else await uow.staff.get(opportunity.owner_id)
    company = await uow.company.get()
    moves = tuple(
        _move_button(opportunity, stage) for stage in stages_of(company).offered if stage != opportunity.stage
    )
    show = (Button("button-show-me", press=f"record.private:opportunity.{opportunity.id}"),) if in_group else ()
    return Reply(
        said,
        {
            "opportunity": opportunity.id,
            "name": name_of(opportunity.name, in_group=in_group),
            "customer": name_of(customer_title, in_group=in_group),
            "stage": Phrase(f"stage-{opportunity.stage}"),
            "amount": amount_of(opportunity),
            "expected": opportunity.expected_on,
            "owner": owner.name if owner else None,
            "reason": lost_reason(lost_reasons_of(company), opportunity.lost_reason),
        },
        buttons=(
            *show,
            *moves,
            Button("button-edit", press=f"opportunity.edit:{opportunity.id}", opens_form=True),
            Button("button-open-customer", press=f"record.show:customer.{opportunity.customer_id}"),
            Button("button-history", press=f"history.of:opportunity.{opportunity.id}"),
            *last,
        ),
        card=f"opportunity:{opportunity.id}",
    )


def _move_button(opportunity: Opportunity, stage: str) -> Button:
    if stage == "lost":
        return Button("stage-lost", press=f"opportunity.lost:{opportunity.id}")
    return Button(f"stage-{stage}", press=f"opportunity.stage:{opportunity.id}.{stage}")
