"""A card on which something is masked for its reader has a button that shows it, wherever the card comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from handlers.chat import Button, Phrase, Reply
from handlers.rendering.reader import Reader
from handlers.rendering.secrets import Secret

RECORDS = frozenset({"lead", "customer", "contact", "opportunity"})


def with_show_button(reply: Reply, reader: Reader) -> Reply:
    record, _, record_id = (reply.card or "").partition(":")
    if record not in RECORDS or not any(each.hidden_from(reader) for each in _secrets(reply)):
        return reply
    show = Button("button-show-masked", press=f"record.private:{record}.{record_id}")
    return replace(reply, buttons=(show, *reply.buttons))


def _secrets(reply: Reply) -> Iterator[Secret]:
    yield from _in(reply.facts)
    for line in reply.lines:
        yield from _in(line.facts)


def _in(value: Any) -> Iterator[Secret]:
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, Phrase):
        yield from _in(value.facts)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _in(each)
