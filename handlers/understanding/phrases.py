"""Exact phrases in a text, however many are known: looked up by how they begin, so that the text alone counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")
_BEGINNING = 2


class Phrases(Generic[Value]):
    """Normalised phrases of two characters and more, each with what it means; of the same phrase the last holds."""

    def __init__(self, known: Iterable[tuple[str, Value]] = ()) -> None:
        by_start: dict[str, list[tuple[str, Value]]] = defaultdict(list)
        for phrase, value in dict(known).items():
            if len(phrase) >= _BEGINNING:
                by_start[phrase[:_BEGINNING]].append((phrase, value))
        self._by_start = {start: sorted(some, key=lambda one: -len(one[0])) for start, some in by_start.items()}

    def __bool__(self) -> bool:
        return bool(self._by_start)

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """From left to right, the longest at each place, none within another; Latin ones are whole words."""
        if not self._by_start:
            return
        position = 0
        while position < len(text) - 1:
            found = self._at(text, position)
            if found is None:
                position += 1
                continue
            yield found
            position = found[1]

    def _at(self, text: str, start: int) -> tuple[int, int, Value] | None:
        for phrase, value in self._by_start.get(text[start : start + _BEGINNING], ()):
            end = start + len(phrase)
            if text.startswith(phrase, start) and not (_cuts_word(text, start) or _cuts_word(text, end)):
                return start, end, value
        return None


def _cuts_word(text: str, at: int) -> bool:
    """Whether a Latin word, or a number, goes through this place."""
    return 0 < at < len(text) and _is_latin(text[at - 1]) and _is_latin(text[at])


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "'")
