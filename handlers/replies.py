"""A reply as the facts of a notification row, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from domain.facts import register_fact
from handlers.chat import Button, Choice, Document, Field, Form, Line, Phrase, Picture, Reply
from handlers.rendering.secrets import Secret

# No text can name a fact that begins with an underscore, so this one never hides another.
REST = "_reply"
_PARTS = tuple(field for field in fields(Reply) if field.name not in {"key", "facts"})


def pack(reply: Reply) -> dict[str, Any]:
    """The reply without its key, as facts that ``domain.facts`` can keep: a notification row is its key and these."""
    rest = {part.name: value for part in _PARTS if (value := getattr(reply, part.name)) != part.default}
    return {**reply.facts, REST: rest} if rest else dict(reply.facts)


def unpack(key: str, facts: Mapping[str, Any]) -> Reply:
    """The reply that was packed. Plain facts, as actions plan them, make a reply of one text."""
    said = {name: value for name, value in facts.items() if name != REST}
    return Reply(key, said, **facts.get(REST, {}))


def _register(kind: type, tag: str) -> None:
    """Keep a dataclass as the list of its fields, without those at the end that have their default.

    New fields go to the end and have a default: rows that were written before must still be read.
    """
    register_fact(kind, tag, _as_list(kind), lambda values: kind(*values))


def _as_list(kind: type) -> Callable[[Any], list[Any]]:
    names = [(field.name, _default(field)) for field in fields(kind)]

    def encode(value: Any) -> list[Any]:
        values = [getattr(value, name) for name, _ in names]
        while values and values[-1] == names[len(values) - 1][1]:
            values.pop()
        return values

    return encode


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


for _kind, _tag in (
    (Phrase, "phrase"),
    (Secret, "secret"),
    (Button, "button"),
    (Line, "line"),
    (Form, "form"),
    (Field, "field"),
    (Choice, "choice"),
    (Picture, "picture"),
    (Document, "document"),
):
    _register(_kind, _tag)
