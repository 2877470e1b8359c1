"""Values by the first characters of the texts that they belong to: how a place in a text finds the few patterns to try there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from handlers.understanding.beginnings import DEPTH, any_of

Value = TypeVar("Value")


class PrefixTree(Generic[Value]):
    """Values under beginnings of one to ``DEPTH`` characters."""

    def __init__(self, rows: Iterable[tuple[frozenset[str], Value]]) -> None:
        self._rows: dict[str, list[tuple[int, Value]]] = defaultdict(list)
        for number, (beginnings, value) in enumerate(rows):
            for beginning in beginnings:
                self._rows[beginning].append((number, value))
        self._known = {beginning[:length] for beginning in self._rows for length in range(1, len(beginning) + 1)}

    def key_at(self, text: str, place: int) -> str:
        """The longest known beginning that stands at ``place``, "" where none does."""
        key = text[place : place + DEPTH]
        while key and key not in self._known:
            key = key[:-1]
        return key

    def values(self, key: str) -> list[Value]:
        """All that may begin with ``key`` as ``key_at`` gives it, in the order in which they were given."""
        lengths = range(1, len(key) + 1)
        found = dict(row for length in lengths for row in self._rows.get(key[:length], ()))
        return [found[number] for number in sorted(found)]

    @property
    def first_characters(self) -> str:
        """What all begin with, as a class for a pattern."""
        return any_of({key[0] for key in self._known})
