"""Long lists of phrases, each a pattern, looked up by the character that they begin with.

A text is walked once: at each place only the phrases that can begin there are tried, so a list may grow without costing more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from handlers.understanding.beginnings import beginnings_of

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class PhraseList:
    """Labelled patterns. ``is_bounded`` ones begin and end at the edges of ASCII words.

    Raises ValueError for one that could begin with anything.
    """

    def __init__(self, rows: Iterable[tuple[str, str]], *, is_bounded: bool) -> None:
        self._is_bounded = is_bounded
        self._lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for label, line in rows:
            for alternative in alternatives(line):
                beginnings = beginnings_of(alternative)
                if beginnings is None:
                    raise ValueError(alternative)
                for character in beginnings:
                    self._lines[character][label].append(alternative)
        self._patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # filled when a text needs them

    def find(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Every phrase at every place, in the order of the places, then of the lists. ``text`` is normalised."""
        before = ""
        for place, character in enumerate(text):
            if character in self._lines and not (self._is_bounded and (before in _WORD or before == "'")):
                for label, pattern in self._patterns.get(character) or self._beginning_with(character):
                    match = pattern.match(text, place)
                    if match is not None and match.end() > place:
                        yield label, match
            before = character

    def _beginning_with(self, character: str) -> list[tuple[str, re.Pattern[str]]]:
        ending = "(?![a-z0-9])" if self._is_bounded else ""
        self._patterns[character] = [
            (label, re.compile(f"(?:{'|'.join(lines)}){ending}")) for label, lines in self._lines[character].items()
        ]
        return self._patterns[character]


def alternatives(pattern: str) -> list[str]:
    """The pattern parted at its outermost bars."""
    found, depth, start, place = [], 0, 0, 0
    while place < len(pattern):
        character = pattern[place]
        if character == "\\":
            place += 1
        elif character == "[":
            place = _class_end(pattern, place)
        elif character == "|" and depth == 0:
            found.append(pattern[start:place])
            start = place + 1
        else:
            depth += (character == "(") - (character == ")")
        place += 1
    return [*found, pattern[start:]]


def _class_end(pattern: str, start: int) -> int:
    place = start + 1 + (pattern[start + 1 : start + 2] in {"]", "^"})
    while pattern[place] != "]":
        place += 1 + (pattern[place] == "\\")
    return place
