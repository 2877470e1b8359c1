"""Contact points in form fields: shown as text, read back, with what is wrong at the field where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from domain.customers.errors import WrongBirthday, WrongCreditCode
from domain.customers.model import ContactPoint
from domain.customers.points import HANDLES, credit_code_point, email_point, handle_point, phone_point
from domain.errors import CrmError
from domain.leads.errors import DuplicateFound, NothingToSave, TooLong, WrongEmail, WrongHandle, WrongPhone
from domain.values.writing import tidy
from handlers.chat import Field, Phrase
from handlers.router import FieldErrors

_BETWEEN = re.compile(r"[,;，；、\n]+")
_FIELD_OF: dict[type[CrmError], str] = {
    WrongPhone: "phone",
    WrongEmail: "email",
    WrongCreditCode: "credit_code",
    WrongBirthday: "birthday",
}


def shown_point(point: ContactPoint) -> str:
    """As it stands in a field, and is recognised again when nobody touched it."""
    extension = f" ext {point.extension}" if point.extension else ""
    return f"{point.value}{extension}"


def shown_points(points: Iterable[ContactPoint], kind: str) -> str:
    return ", ".join(shown_point(point) for point in points if point.kind == kind)


def point_fields(points: Sequence[ContactPoint]) -> tuple[Field, ...]:
    """Phone and e-mail, several with commas between them, and the handles."""
    return (
        Field("phone", "label-phone", kind="text", value=shown_points(points, "phone"), hint="hint-several"),
        Field("email", "label-email", kind="text", value=shown_points(points, "email"), hint="hint-several"),
        *(Field(kind, f"point-{kind}", value=shown_points(points, kind)) for kind in HANDLES),
    )


def read_points(
    values: Mapping[str, str], known: Sequence[ContactPoint], *, country: str, with_code: bool = False
) -> list[ContactPoint]:
    """The points that the fields say; those of ``known`` that stand unchanged are taken as they are.

    Raises FieldErrors with everything that cannot be read.
    """
    unchanged = {(point.kind, shown_point(point)): point for point in known}
    readers: dict[str, Callable[[str], ContactPoint]] = {
        "phone": lambda typed: phone_point(typed, country=country),
        "email": email_point,
        **{kind: _handle_reader(kind, country) for kind in HANDLES},
    }
    if with_code:
        readers["credit_code"] = credit_code_point
    points: list[ContactPoint] = []
    errors: dict[str, Phrase] = {}
    for kind, read in readers.items():
        for typed in pieces(values.get(kind, "")):
            same = unchanged.get((kind, typed))
            try:
                points.append(same if same is not None else read(typed))
            except CrmError as wrong:
                errors.setdefault(kind, Phrase(wrong.code, wrong.facts))
    if errors:
        raise FieldErrors(errors)
    return [ContactPoint(kind=p.kind, value=p.value, extension=p.extension, unique_key=p.unique_key) for p in points]


def _handle_reader(kind: str, country: str) -> Callable[[str], ContactPoint]:
    return lambda typed: handle_point(kind, typed, country=country)


def pieces(text: str) -> list[str]:
    """What stands between commas."""
    return [piece for piece in (tidy(each) for each in _BETWEEN.split(text)) if piece]


def field_errors(wrong: CrmError, *, name: str) -> dict[str, Phrase]:
    """What a domain action refuses, by form field; ``name`` is the field of the name. Empty for any other refusal."""
    said = Phrase(wrong.code, wrong.facts)
    if isinstance(wrong, NothingToSave):
        return {name: said}
    if isinstance(wrong, TooLong):
        at = wrong.facts["field"].replace("-", "_")
        return {"tags" if at == "tag" else at: said}
    if isinstance(wrong, DuplicateFound):
        matched = str(wrong.found.matched)
        return {name if wrong.found.may_be_another else matched: said}
    if isinstance(wrong, WrongHandle):
        return {wrong.facts["kind"]: said}
    field = _FIELD_OF.get(type(wrong))
    return {field: said} if field else {}


@contextmanager
def errors_at_fields(*, name: str) -> Iterator[None]:
    """Turn what a domain action refuses into FieldErrors."""
    try:
        yield
    except CrmError as wrong:
        errors = field_errors(wrong, name=name)
        if not errors:
            raise
        raise FieldErrors(errors) from None
