"""Fields that are masked or locked for a role: a card a topic, a card a role, and a press for each field."""

from __future__ import annotations

from domain.company.guarded import LOCKABLE, MASKABLE
from domain.company.topics import CompanySettings, Locks, Masks
from domain.people.model import Role
from handlers.chat import Button, Line, Phrase
from handlers.router import ButtonTooOld

TOPICS = ("masks", "locks")
ROLES = {"masks": ("rep", "agent"), "locks": ("rep", "agent", "manager")}
FIELDS = {"masks": MASKABLE, "locks": LOCKABLE}


def field_name(topic: str, field: str) -> Phrase:
    """``customer.grade`` in words."""
    if topic == "masks":
        return Phrase(f"mask-field-{field}")
    return Phrase("lock-name", {"field": field.replace(".", "-")})


def role_name(role: str) -> Phrase:
    return Phrase("role-choice", {"role": Phrase(f"role-{Role(role)}")})


def _topic(settings: CompanySettings, topic: str) -> Masks | Locks:
    return settings.masks if topic == "masks" else settings.locks


def role_lines(settings: CompanySettings, topic: str) -> list[Line]:
    lines = []
    for role in ROLES[topic]:
        fields = [each for each in FIELDS[topic] if each in _topic(settings, topic).fields(role)]
        facts = {"role": role_name(role), "fields": [field_name(topic, each) for each in fields] or None}
        change = Button("button-edit", press=f"company.fields:{topic}.{role}")
        lines.append(Line("setting-role-fields", facts, buttons=(change,)))
    return lines


def field_buttons(settings: CompanySettings, topic: str, role: str) -> tuple[Button, ...]:
    """Each turns one field on or off; nothing is kept before the preview is saved."""
    if topic not in TOPICS or role not in ROLES[topic]:
        raise ButtonTooOld
    fields = _topic(settings, topic).fields(role)
    return tuple(
        Button(
            "setting-field-on" if each in fields else "setting-field-off",
            press=f"company.turn:{topic}.{role}.{each}",
            facts={"field": field_name(topic, each)},
        )
        for each in FIELDS[topic]
    )


def turned(settings: CompanySettings, topic: str, role: str, field: str) -> Masks | Locks:
    """The topic with this field on that was off, or off that was on. Raises ButtonTooOld."""
    if topic not in TOPICS or role not in ROLES[topic] or field not in FIELDS[topic]:
        raise ButtonTooOld
    current = _topic(settings, topic)
    fields = current.fields(role) ^ {field}
    return type(current).model_validate({**current.model_dump(), role: sorted(fields)})
