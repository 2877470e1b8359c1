"""Fields of a form that its reader's role does not change, or sees masked: they are shown above the others, and keep what they
hold whatever comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.company.guarded import MASKABLE
from domain.company.keeping import locks_of, masks_of
from handlers.chat import Field, Form, Phrase
from handlers.context import ChatContext
from handlers.dialogs.point_fields import pieces
from handlers.rendering.secrets import Kind, mask, show

_KINDS: Mapping[str, Kind] = {"phone": "phone", "whatsapp": "phone", "email": "email"}
_NOT_HANDLES = frozenset({"phone", "email", "amount", "birthday", "address"})


def guarded(ctx: ChatContext, record: str, form: Form, *, owner: int | None) -> Form:
    """The form without what the speaker may not change of this record; that stands in its note."""
    held = _held(ctx, record, form, owner)
    if not held:
        return form
    shown = [
        Phrase("form-locked-field", {"label": Phrase(each.label, form.facts), "value": _shown(each, is_masked)})
        for each, is_masked in held
    ]
    names = {each.name for each, _ in held}
    note = Phrase("form-locked", {"fields": shown})
    return replace(form, fields=tuple(each for each in form.fields if each.name not in names), note=note)


def with_kept(
    ctx: ChatContext, record: str, form: Form, values: Mapping[str, str], *, owner: int | None
) -> Mapping[str, str]:
    """What came back, with what the speaker may not change as it stands in ``form``."""
    return {**values, **{each.name: each.value for each, _ in _held(ctx, record, form, owner)}}


def _held(ctx: ChatContext, record: str, form: Form, owner: int | None) -> Sequence[tuple[Field, bool]]:
    """With whether it is masked. What is empty may be filled in."""
    role = ctx.actor.role
    locked = locks_of(ctx.company).fields(role)
    masked = masks_of(ctx.company).fields(role) if owner != ctx.actor.id else frozenset()
    return [
        (each, _field(each) in masked)
        for each in form.fields
        if each.value and (f"{record}.{each.name}" in locked or _field(each) in masked)
    ]


def _field(each: Field) -> str | None:
    """What the company calls it where it masks fields."""
    if each.label.startswith("point-") and each.name != "credit_code":
        return _KINDS.get(each.name, "handle")
    return each.name if each.name in MASKABLE and each.name in _NOT_HANDLES else None


def _shown(each: Field, is_masked: bool) -> Phrase | str:
    kind = _KINDS.get(each.name)
    if is_masked:
        return ", ".join(mask(kind or "amount", piece) for piece in pieces(each.value))
    chosen = next((choice.label for choice in each.choices if choice.value == each.value), None)
    if chosen is not None:
        return chosen
    return ", ".join(show(kind, piece) for piece in pieces(each.value)) if kind else each.value
