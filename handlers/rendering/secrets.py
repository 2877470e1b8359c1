"""Facts that not everybody in a group may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from handlers.rendering.reader import Reader

Kind = Literal["phone", "email", "amount", "name"]
EXTENSION = " ext "  # between a phone as E.164 and its extension
SAID = "said"  # a field that no company masks: what its reader has just said themselves is masked in groups alone


@dataclass(frozen=True)
class Secret:
    """A fact that is shown to its reader alone and masked in groups: 138****8000, z***@acme.com, ***, 王*, Tom B.

    A phone may be given as E.164 and is then shown the way people write it. ``field`` is what the company calls it where it
    masks fields for a role (``domain.company.guarded``), by itself for phones and e-mails; ``owner`` is whose record it is of,
    None where that is not known: then it is nobody's own.
    """

    kind: Kind
    value: Any
    field: str | None = None
    owner: int | None = None

    def hidden_from(self, reader: Reader) -> bool:
        """Does the company mask it for them?"""
        field = self.field or (self.kind if self.kind in {"phone", "email"} else None)
        return field in reader.masked and (self.owner is None or self.owner != reader.staff_id)


def mask(kind: Kind, text: str) -> str:
    """What a group may see of a secret that would be shown as ``text``."""
    if kind == "phone":
        from domain.values.phones import mask_phone

        return mask_phone(text.partition(EXTENSION)[0])
    if kind == "email":
        name, _, domain = text.partition("@")
        return f"{name[:1]}***@{domain}"
    if kind == "name":
        from domain.values.people import mask_name

        return mask_name(text)
    return "***"


def show(kind: Kind, text: str) -> str:
    """The secret as its owner reads it."""
    number, mark, extension = text.partition(EXTENSION)
    if kind != "phone" or not number.removeprefix("+").isdecimal():
        return text
    from domain.values.phones import show_phone

    return f"{show_phone(number)}{mark}{extension}"
