"""One line of an import as the columns of a row, or the reason why it is none."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, SmallInteger, String
from sqlalchemy.types import JSON

from domain.approvals.model import ApprovalState
from domain.broadcasts.model import Segment
from domain.customers.model import ContactPoint
from domain.errors import CrmError
from domain.leads.actions import contact_points
from domain.moving import ImportRefused
from domain.surveys.defining import read_definition
from domain.surveys.errors import BadDefinition
from domain.values.companies import company_key
from domain.values.money import Money
from storage import tables
from storage.export import KINDS, POINT_FIELDS, Exported
from storage.folding import name_key
from storage.import_news import is_news, news_columns
from storage.mapping import CLASS_OF_TABLE
from storage.types import TimeOfDay, UtcDateTime, Words

SKIPPED = frozenset({"attachment", "bound_group", "inquiry"})
"""An export holds no bytes of attachments, which move with a backup. Groups, and what strangers wrote there, belong to the bot
that was in those chats. Of what was or will be said only the news that somebody got come along, as something that was said."""
TAKEN_IN = {kind.type: kind for kind in KINDS if kind.type not in SKIPPED}
_NOT_COLUMNS = {"type", "id", "phones", "emails", "points", "amount"}
_LARGEST = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Line:
    """A checked line: the row's columns without its id, references still as the file numbers them."""

    number: int
    kind: Exported
    id: int
    columns: dict[str, Any]
    points: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads lines. ``country`` is where phones without a country code are; ``now`` stands for a missing creation."""

    country: str
    now: datetime

    def read(self, number: int, text: str) -> Line | None:
        """None for empty lines and for what is not taken in. Raises ImportRefused."""
        if not text.strip():
            return None
        given = _object(number, text)
        if given.get("type") in SKIPPED:
            return None
        kind = TAKEN_IN.get(given.get("type", ""))
        if kind is None:
            raise ImportRefused(line=number, why=ImportRefused.UNKNOWN_TYPE, field="type", value=str(given.get("type")))
        _refuse_unknown_fields(number, kind, given)
        if kind.type == "notification" and not is_news(given):
            return None
        return Line(
            number=number,
            kind=kind,
            id=_converted(number, "id", given.get("id"), _number),
            columns=self._columns(number, kind, given),
            points=self._points(number, kind, given),
        )

    def _columns(self, number: int, kind: Exported, given: Mapping[str, Any]) -> dict[str, Any]:
        if kind.type == "notification":
            return _converted(number, "about", given, lambda line: news_columns(line, _moment))  # type: ignore[no-any-return]
        columns: dict[str, Any] = {}
        for name in kind.fields():
            if name == "id":
                continue
            columns[name] = self._value(number, kind, name, given)
        if "amount_minor" in columns:
            money = _converted(number, "amount", given.get("amount"), _money)
            columns |= {"amount_minor": money and money.minor, "amount_currency": money and money.currency}
        return columns | _made_here(kind, columns)

    def _value(self, number: int, kind: Exported, name: str, given: Mapping[str, Any]) -> Any:
        column = kind.table.c[name]
        value = given.get(name)
        if value is None:
            value = None if column.nullable and name in given else self._default(kind, name)
        if value is None:
            if not column.nullable:
                raise ImportRefused(line=number, why=ImportRefused.MISSING, field=name)
            return None
        return _converted(number, name, value, _converter(column))

    def _default(self, kind: Exported, name: str) -> Any:
        if name == "created_at":
            return self.now.isoformat()
        of_class = CLASS_OF_TABLE.get(kind.table.name)
        for field in dataclasses.fields(of_class) if of_class is not None else ():
            if field.name == name:
                return _default_of(field)
        return None

    def _points(self, number: int, kind: Exported, given: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
        if kind.points is None:
            return ()
        if "points" in given:
            return tuple(_converted(number, "points", given["points"], _exact_points))
        phones = tuple(_converted(number, "phones", given.get("phones", []), _texts))
        emails = tuple(_converted(number, "emails", given.get("emails", []), _texts))
        try:
            made = contact_points(phones, emails, country=self.country)
        except CrmError as error:
            raise ImportRefused(
                line=number, why=ImportRefused.WRONG_VALUE, field="phones, emails", value=str(error.facts.get("typed"))
            ) from error
        return tuple(_fields_of(point) for point in made)


def _object(number: int, text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        if "\ufffd" in text:  # what stands for bytes that are none of UTF-8
            raise ImportRefused(line=number, why=ImportRefused.NO_TEXT) from None
        raise ImportRefused(line=number, why=ImportRefused.NOT_JSON, value=text.strip()) from None
    if not isinstance(given, dict):
        raise ImportRefused(line=number, why=ImportRefused.NO_OBJECT, value=text.strip())
    return given


def _refuse_unknown_fields(number: int, kind: Exported, given: Mapping[str, Any]) -> None:
    known = _NOT_COLUMNS | set(kind.fields())
    for name in given:
        if name not in known:
            raise ImportRefused(line=number, why=ImportRefused.UNKNOWN_FIELD, field=str(name))


def _default_of(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    if field.default is dataclasses.MISSING or field.default is None:
        return None
    return field.default.isoformat() if isinstance(field.default, date | time) else field.default


def _made_here(kind: Exported, columns: Mapping[str, Any]) -> dict[str, Any]:
    if kind.type == "approval" and columns["state"] is ApprovalState.OPEN:
        return {"state": ApprovalState.EXPIRED}  # its cards stayed behind: who asked there asks anew here
    if kind.type == "staff":
        return {"name_key": name_key(columns["name"])}
    if kind.type == "customer" and not columns["name_key"]:
        return {"name_key": company_key(columns["name"])}
    if kind.type == "lead" and columns["company"] and not columns["company_key"]:
        return {"company_key": company_key(columns["company"])}
    return {}


# ---------------------------------------------------------------- values


def _converted(number: int, name: str, value: Any, convert: Callable[[Any], Any]) -> Any:
    try:
        return convert(value)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise ImportRefused(line=number, why=ImportRefused.WRONG_VALUE, field=name, value=str(value)) from None


def _converter(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    if column is tables.approvals.c.facts:
        return _facts
    if column is tables.surveys.c.definition:
        return _definition
    if column is tables.broadcasts.c.segment:
        return _segment
    if isinstance(kind, Words):
        return kind.kind
    for types, convert in _CONVERTERS:
        if isinstance(kind, types):
            return convert
    if isinstance(kind, String):
        return lambda value: _text(value, kind.length)
    raise TypeError(f"no import of {kind!r}")


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("which zone?")
    return moment


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise ValueError("no whole number")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _text(value: Any, longest: int | None = None) -> str:
    if not isinstance(value, str) or (longest is not None and len(value) > longest) or "\0" in value:
        raise ValueError("no text, or too long")
    return value


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return [_text(one) for one in value]


def _json(value: Any) -> Any:
    if not isinstance(value, list | dict):
        raise TypeError("neither list nor object")
    _texts(list(value) if isinstance(value, list) else [*value, *value.values()])
    return value


def _facts(value: Any) -> Any:
    """What an approval will need: words by name, some of which are not there."""
    if not isinstance(value, dict):
        raise TypeError("no object")
    _texts([*value, *(one for one in value.values() if one is not None)])
    return value


def _definition(value: Any) -> dict[str, Any]:
    """A survey as it is defined here; one that asks nothing is refused."""
    try:
        read_definition(value)
    except BadDefinition as bad:
        raise ValueError("no survey") from bad
    return dict(value)


def _segment(value: Any) -> dict[str, Any]:
    """Whom news went to; owners are ids of the file."""
    segment = Segment.of(value)
    _texts([*segment.tags, *segment.grades, *segment.teams])
    for owner in segment.owner_ids:
        _number(owner)
    return segment.kept()


def _money(value: Any) -> Money | None:
    return None if value is None else Money(minor=_number(value["minor"]), currency=_text(value["currency"]))


def _exact_points(value: Any) -> list[dict[str, Any]]:
    points = []
    for one in value:
        if not {"kind", "value"} <= set(one) <= set(POINT_FIELDS):
            raise ValueError("no contact point")
        points.append({name: None if one.get(name) is None else _text(one[name], 400) for name in POINT_FIELDS})
    return points


def _fields_of(point: ContactPoint) -> dict[str, Any]:
    return {name: getattr(point, name) for name in POINT_FIELDS}


_CONVERTERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (UtcDateTime, _moment),
    (TimeOfDay, time.fromisoformat),
    (Date, date.fromisoformat),
    (Boolean, _truth),
    ((Integer, SmallInteger), _number),
    (JSON, _json),
)
