"""Buttons of what their reader's role does not change: marked on cards, and answered at once with who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.company.keeping import locks_of
from domain.people.errors import FieldLocked
from domain.people.model import Role
from handlers.chat import Button, Phrase, Reply
from handlers.context import ChatContext

_FIELDS: Mapping[str, str] = {
    "lead.assign": "lead.owner",
    "customer.assign": "customer.owner",
    "customer.grade": "customer.grade",
    "opportunity.stage": "opportunity.stage",
    "opportunity.lost": "opportunity.stage",
}
"""What a button changes, by its verb."""


def must_be_unlocked(ctx: ChatContext, field: str, value: Any) -> None:
    """Before something is asked that could not be kept. What is empty may be filled in. Raises FieldLocked."""
    if _is_locked(ctx, field, value):
        raise FieldLocked(field=field, may=locks_of(ctx.company).who_may(field))


def with_locks(ctx: ChatContext, card: Reply, values: Mapping[str, Any]) -> Reply:
    """The card with 🔒 in place of the buttons of each locked field. ``values`` is what the fields hold, as
    ``{"customer.grade": "A"}``. A group's card is everybody's and stays as it is: there presses are judged alone.
    """
    locked = () if ctx.in_group else [field for field, value in values.items() if _is_locked(ctx, field, value)]
    if not locked:
        return card
    buttons: dict[str, Button] = {}
    for button in card.buttons:
        field = _FIELDS.get(button.press.partition(":")[0])
        if field in locked:
            what = Phrase("button-locked-field", {"field": field.partition(".")[2]})
            buttons.setdefault(field, replace(button, key="button-locked", facts={"what": what}))
        else:
            buttons[f"{button.press} {button.key}"] = button
    return replace(card, buttons=tuple(buttons.values()))


def _is_locked(ctx: ChatContext, field: str, value: Any) -> bool:
    role = ctx.actor.role
    return value is not None and role is not Role.ADMIN and field in locks_of(ctx.company).fields(role)
