"""The forms of customers, contacts and opportunities."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.customers.actions import ContactChange, CustomerChange
from domain.customers.model import Contact, Customer
from domain.leads.actions import within
from domain.leads.errors import TooLong
from domain.opportunities.actions import OpportunityChange
from domain.opportunities.model import Opportunity
from handlers.chat import Field, Form, Phrase
from handlers.dialogs.amount_fields import read_amount, shown_amount
from handlers.dialogs.point_fields import pieces, point_fields, read_points, shown_points
from handlers.leads.forms import grade_field
from handlers.rendering.secrets import Secret
from handlers.router import FieldErrors
from handlers.understanding import Context as Reading
from handlers.understanding import parse_when

_PAIR = re.compile(r"\s*([^:：=]{1,40})[:：=]\s*(.*)")


def customer_form(customer: Customer) -> Form:
    return Form(
        press=f"customer.change:{customer.id}",
        title="form-edit-customer",
        fields=(
            Field("name", "label-company", required=True, value=customer.name),
            Field("short_name", "label-short-name", value=customer.short_name or ""),
            grade_field(customer.grade),
            *point_fields(customer.points),
            Field("credit_code", "point-credit_code", value=shown_points(customer.points, "credit_code")),
            Field("address", "label-address", kind="long", value=customer.address or ""),
            Field("language", "label-language", value=customer.language or ""),
            Field("tags", "label-tags", value=", ".join(customer.tags), hint="hint-several"),
            custom_field(customer.custom),
        ),
        facts={"name": Secret("name", customer.title), "code": f"C{customer.id}"},
    )


def custom_field(custom: Mapping[str, str]) -> Field:
    value = "\n".join(f"{name}: {value}" for name, value in custom.items())
    return Field("custom", "label-custom", kind="long", value=value, hint="hint-custom")


def read_custom(text: str) -> dict[str, str]:
    """``name: value`` lines. Raises FieldErrors for a line that is none."""
    found: dict[str, str] = {}
    for line in filter(str.strip, re.split(r"[\n;；]", text)):
        pair = _PAIR.fullmatch(line)
        if pair is None:
            raise FieldErrors({"custom": Phrase("wrong-custom", {"typed": line.strip()[:60]})})
        found[pair[1].strip()] = pair[2].strip()
    return found


def customer_change(values: Mapping[str, str], customer: Customer, *, country: str) -> CustomerChange:
    """What the form says. Raises FieldErrors."""
    return CustomerChange(
        name=values.get("name", ""),
        short_name=values.get("short_name"),
        grade=values.get("grade") or None,
        address=values.get("address"),
        language=values.get("language"),
        tags=pieces(values.get("tags", "")),
        custom=read_custom(values.get("custom", "")),
        points=read_points(values, customer.points, country=country, with_code=True),
    )


def contact_form(customer: Customer, contact: Contact | None = None) -> Form:
    """A new person at the customer, or one to be changed."""
    given = contact
    return Form(
        press=f"contact.add:{customer.id}" if given is None else f"contact.change:{given.id}",
        title="form-new-contact" if given is None else "form-edit-contact",
        fields=(
            Field("name", "label-person", required=True, value=given.name if given else ""),
            Field("title", "label-title", value=(given.title if given else None) or ""),
            *point_fields(given.points if given else ()),
            Field("birthday", "label-birthday", value=(given.birthday if given else None) or "", hint="hint-birthday"),
            Field("language", "label-language", value=(given.language if given else None) or ""),
            Field("tags", "label-tags", value=", ".join(given.tags) if given else "", hint="hint-several"),
            custom_field(given.custom if given else {}),
        ),
        facts={
            "name": Secret("name", given.name if given else customer.title),
            "code": f"P{given.id}" if given else "",
        },
    )


def contact_change(values: Mapping[str, str], contact: Contact | None, *, country: str) -> ContactChange:
    """What the form says. Raises FieldErrors."""
    return ContactChange(
        name=values.get("name", ""),
        title=values.get("title"),
        language=values.get("language"),
        birthday=values.get("birthday"),
        tags=pieces(values.get("tags", "")),
        custom=read_custom(values.get("custom", "")),
        points=read_points(values, contact.points if contact else (), country=country),
    )


def opportunity_form(press: str, *, name: str, opportunity: Opportunity | None = None) -> Form:
    amount, expected = (opportunity.amount, opportunity.expected_on) if opportunity else (None, None)
    return Form(
        press=press,
        title="form-new-opportunity" if opportunity is None else "form-edit-opportunity",
        fields=(
            Field("name", "label-opportunity", required=True, value=opportunity.name if opportunity else name),
            Field("amount", "label-amount", value=shown_amount(amount)),
            Field("expected_on", "label-expected", kind="date", value=expected.isoformat() if expected else ""),
        ),
        facts={"name": Secret("name", name)},
    )


def opportunity_change(values: Mapping[str, str], reading: Reading) -> OpportunityChange:
    """What the form says; amounts and days as people write them. Raises FieldErrors."""
    name, typed_amount, typed_day = (values.get(each, "").strip() for each in ("name", "amount", "expected_on"))
    errors: dict[str, Phrase] = {}
    amount = read_amount(typed_amount, reading) if typed_amount else None
    if typed_amount and amount is None:
        errors["amount"] = Phrase("amount-not-understood", {})
    moment = parse_when(typed_day, reading) if typed_day else None
    if typed_day and moment is None:
        errors["expected_on"] = Phrase("time-not-understood", {})
    try:
        within("company", name)
    except TooLong as long:
        errors["name"] = Phrase(long.code, {"field": "name", "limit": long.facts["limit"]})
    if not name:
        errors["name"] = Phrase("nothing-to-save", {})
    if errors:
        raise FieldErrors(errors)
    return OpportunityChange(name=name, amount=amount, expected_on=moment.at.date() if moment else None)
