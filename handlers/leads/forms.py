"""The form of a lead: new, to be put right, or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.customers.points import HANDLES, email_point, phone_point
from domain.errors import CrmError
from domain.leads.actions import LeadChange, NewLead
from domain.leads.errors import WrongEmail, WrongPhone
from domain.leads.model import GRADES, Lead
from handlers.chat import Choice, Field, Form, Phrase
from handlers.dialogs.amount_fields import amount_of, shown_amount
from handlers.dialogs.point_fields import pieces, point_fields, read_points
from handlers.rendering.secrets import Secret
from handlers.understanding import Context as Reading


def new_lead_form(sources: Sequence[Phrase], given: NewLead | None = None) -> Form:
    """Empty, or with what was understood. Only the company is asked for where nothing is known: a person will do."""
    new = given or NewLead()
    handles = dict(new.handles)
    return Form(
        press="lead.new",
        title="form-new-lead",
        fields=(
            Field("company", "label-company", value=new.company),
            Field("person", "label-person", value=new.person or ""),
            Field("phone", "label-phone", value=", ".join(new.phones), hint="hint-several"),
            Field("email", "label-email", value=", ".join(new.emails), hint="hint-several"),
            Field("source", "label-source", value=new.source or "", hint="hint-sources" if sources else None),
            Field("note", "label-note", kind="long", value=new.note or ""),
            *(Field(kind, f"point-{kind}", value=handles[kind]) for kind in HANDLES if kind in handles),
        ),
        facts={"sources": list(sources)},
    )


def new_lead_of(values: Mapping[str, str], *, country: str) -> NewLead:
    """What the form says. Raises FieldErrors for phones, e-mails and handles that cannot be read."""
    read_points(values, (), country=country)
    return NewLead(
        company=values.get("company", ""),
        person=values.get("person") or None,
        phones=tuple(pieces(values.get("phone", ""))),
        emails=tuple(pieces(values.get("email", ""))),
        handles=tuple((kind, name) for kind in HANDLES for name in pieces(values.get(kind, ""))),
        source=values.get("source") or None,
        note=values.get("note") or None,
        country=country,
    )


def wrong_points(new: NewLead) -> dict[str, Phrase]:
    """What is wrong with the phones and e-mails of a line, by field."""
    errors: dict[str, Phrase] = {}

    def note(field: str, wrong: CrmError) -> None:
        errors.setdefault(field, Phrase(wrong.code, wrong.facts))

    for typed in new.phones:
        try:
            phone_point(typed, country=new.country)
        except WrongPhone as wrong:
            note("phone", wrong)
    for typed in new.emails:
        try:
            email_point(typed)
        except WrongEmail as wrong:
            note("email", wrong)
    return errors


def edit_form(lead: Lead, *, source: str, sources: Sequence[Phrase]) -> Form:
    """``source`` as its reader calls it, ``sources`` what the company's are called."""
    return Form(
        press=f"lead.change:{lead.id}",
        title="form-edit-lead",
        fields=(
            Field("company", "label-company", value=lead.company),
            Field("person", "label-person", value=lead.name or ""),
            *point_fields(lead.points),
            Field("amount", "label-amount", value=shown_amount(lead.amount)),
            Field("source", "label-source", value=source, hint="hint-sources" if sources else None),
            Field("campaign", "label-campaign", value=lead.campaign or ""),
            grade_field(lead.grade),
            Field("tags", "label-tags", value=", ".join(lead.tags), hint="hint-several"),
            Field("note", "label-note", kind="long", value=lead.note or ""),
        ),
        facts={"lead": lead.id, "name": Secret("name", lead.title), "sources": list(sources)},
    )


def grade_field(grade: str | None) -> Field:
    choices = tuple(Choice(each, Phrase("grade", {"grade": each})) for each in GRADES)
    return Field("grade", "label-grade", kind="choice", value=grade or "", choices=choices)


def change_of(values: Mapping[str, str], lead: Lead, reading: Reading) -> LeadChange:
    """What the form says. Raises FieldErrors."""
    return LeadChange(
        company=values.get("company", ""),
        person=values.get("person") or None,
        points=read_points(values, lead.points, country=reading.country),
        amount=amount_of(values, reading),
        source=values.get("source") or None,
        campaign=values.get("campaign") or None,
        tags=pieces(values.get("tags", "")),
        grade=values.get("grade") or None,
        note=values.get("note") or None,
    )
