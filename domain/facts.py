"""Facts as JSON: what the outbox, the journal and drafts keep, and get back as it was.

JSON knows no moments, dates, money or phrases. Each is written as ``{"$": tag, "v": value}``; other packages register
their small frozen values with ``register_fact``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from domain.values.money import Money

TAG = "$"
T = TypeVar("T")


@dataclass(frozen=True)
class _Fact:
    tag: str
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


_by_type: dict[type, _Fact] = {}
_by_tag: dict[str, _Fact] = {}
_plain = frozenset({str, int, float, bool, type(None)})
_strings = frozenset({str})


def register_fact(kind: type[T], tag: str, encode: Callable[[T], Any], decode: Callable[[Any], T]) -> None:
    """Let values of exactly this type be facts. ``encode`` may give anything that can be a fact itself.

    ``tag`` is kept in the database and never changes its meaning. Raises ValueError when another type has it.
    """
    known = _by_tag.get(tag)
    if known is not None and _by_type.get(kind) is not known:
        raise ValueError(f"the fact tag {tag!r} belongs to another type")
    fact = _Fact(tag, encode, decode)
    _by_type[kind] = _by_tag[tag] = fact


def encode_facts(value: Any) -> Any:
    """The value in terms of JSON. Enums become their values. Raises TypeError for a type that nobody registered."""
    kind = type(value)
    if kind in _plain:
        return value
    if kind is dict:
        return _encode_mapping(value)
    fact = _by_type.get(kind)
    if fact is not None:
        return {TAG: fact.tag, "v": encode_facts(fact.encode(value))}
    if isinstance(value, Mapping):
        return _encode_mapping(value)
    if isinstance(value, list):
        return [item if type(item) in _plain else encode_facts(item) for item in value]
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"{kind.__name__} cannot be a fact; register_fact makes it one")


def _encode_mapping(value: Mapping[Any, Any]) -> Any:
    if TAG in value or not _strings.issuperset(map(type, value)):
        return _encode_odd_mapping(value)
    return {key: item if type(item) in _plain else encode_facts(item) for key, item in value.items()}


def _encode_odd_mapping(value: Mapping[Any, Any]) -> Any:
    """With keys that are no plain strings, or one that would be taken for a tag."""
    if TAG in value or not all(isinstance(key, str) for key in value):
        return {TAG: "map", "v": [[encode_facts(key), encode_facts(item)] for key, item in value.items()]}
    return {str.__str__(key): encode_facts(item) for key, item in value.items()}


class UnreadFacts(dict[str, Any]):
    """In place of facts that cannot be read: empty, so that whoever needs one fails at it."""


def decode_facts(value: Any) -> Any:
    """The value that ``encode_facts`` was given. Raises KeyError for a tag that nobody registered."""
    if isinstance(value, dict):
        if TAG not in value:
            return {key: decode_facts(item) for key, item in value.items()}
        return _by_tag[value[TAG]].decode(decode_facts(value["v"]))
    if isinstance(value, list):
        return [decode_facts(item) for item in value]
    return value


_by_tag["map"] = _Fact("map", dict, lambda pairs: {_hashable(key): item for key, item in pairs})


def _hashable(key: Any) -> Any:
    return tuple(key) if isinstance(key, list) else key


register_fact(datetime, "at", datetime.isoformat, datetime.fromisoformat)
register_fact(date, "on", date.isoformat, date.fromisoformat)
register_fact(time, "time", time.isoformat, time.fromisoformat)
register_fact(timedelta, "span", lambda span: [span.days, span.seconds, span.microseconds], lambda v: timedelta(*v))
register_fact(Decimal, "decimal", str, Decimal)
register_fact(tuple, "tuple", list, tuple)
register_fact(
    Money,
    "money",
    lambda money: [money.minor, money.currency],
    lambda value: Money(minor=value[0], currency=value[1]),
)
