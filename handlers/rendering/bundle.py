"""Fluent files whose texts are parsed when they are first asked for.

All of them at once took the start half a second, and longer with every text that was added; a reader meets few of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import Message
from fluent.syntax import FluentParser, ast

# What belongs to an entry is indented, or stands in braces, where no line can begin so:
# https://github.com/projectfluent/fluent/blob/main/spec/fluent.ebnf
_BEGINS = re.compile(r"^(-?[A-Za-z][A-Za-z0-9_-]*) *=", re.MULTILINE)


class Bundle(FluentBundle):
    """A FluentBundle that keeps the source of each entry until then. The first of two of one name holds."""

    def __init__(self, language: str, functions: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__([language], functions=dict(functions), use_isolating=False)
        self._parser = FluentParser(with_spans=False)
        self._sources: dict[str, str] = {}

    def add_source(self, text: str) -> None:
        """Take in a Fluent file."""
        begins = list(_BEGINS.finditer(text))
        ends = [each.start() for each in begins[1:]] + [len(text)]
        for begin, end in zip(begins, ends, strict=True):
            self._sources.setdefault(begin[1], text[begin.start() : end])

    def has_message(self, message_id: str) -> bool:
        return message_id in self._sources

    def _lookup(self, entry_id: str, term: bool = False) -> Message:
        """The entry, ready to be filled. Raises LookupError when there is none, or none that Fluent can read."""
        name = f"-{entry_id}" if term else entry_id
        if name not in self._compiled:
            entry = self._parser.parse_entry(self._sources[name])
            if not isinstance(entry, ast.Message | ast.Term):
                raise LookupError(name)
            self._compiled[name] = self._compiler(entry)
        return self._compiled[name]
