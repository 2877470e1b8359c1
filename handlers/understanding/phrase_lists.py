"""Long lists of phrases, each a pattern, looked up by the character that they begin with.

A text is walked once: at each place only the phrases that can begin there are tried, so a list may grow without costing more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_CLASSES = {"s": " ", "d": "0123456789", "w": "".join(sorted(_WORD)) + "_"}
_QUANTIFIER = re.compile(r"[?*+]|\{\d*,?\d*\}")


class PhraseList:
    """Labelled patterns. ``is_bounded`` ones begin and end at the edges of ASCII words."""

    def __init__(self, rows: Iterable[tuple[str, str]], *, is_bounded: bool) -> None:
        self._is_bounded = is_bounded
        self._lines: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for label, line in rows:
            for alternative in alternatives(line):
                for character in first_characters(alternative):
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


def first_characters(pattern: str) -> frozenset[str]:
    """What a match of the pattern may begin with. Raises ValueError when that could be anything."""
    if not pattern:
        return frozenset()
    if pattern[0] == "(":
        end = _group_end(pattern)
        inner = pattern[pattern.index(":") + 1 : end] if pattern.startswith("(?:") else ""
        here = frozenset().union(*(first_characters(part) for part in alternatives(inner)))
        if pattern.startswith(("(?=", "(?!", "(?<")):
            return first_characters(pattern[end + 1 :])
        if any(part == "" for part in alternatives(inner)):
            here |= first_characters(pattern[end + 1 :])
    elif pattern[0] == "[":
        end = _class_end(pattern, 0)
        here = _of_class(pattern[1:end])
    elif pattern[0] == "\\":
        end, here = 1, frozenset(_CLASSES.get(pattern[1], pattern[1]))
    elif pattern[0] in ".^$":
        raise ValueError(pattern)
    else:
        end, here = 0, frozenset(pattern[0])
    quantifier = _QUANTIFIER.match(pattern, end + 1)
    if quantifier is not None and (quantifier[0] in "?*" or quantifier[0].startswith(("{0", "{,"))):
        rest = pattern[quantifier.end() :]
        return here | first_characters(rest.removeprefix("?"))
    return here


def _of_class(written: str) -> frozenset[str]:
    if written.startswith("^"):
        raise ValueError(written)
    found, place = set(), 0
    while place < len(written):
        if written[place] == "\\" and written[place + 1] in _CLASSES:
            found |= set(_CLASSES[written[place + 1]])
            place += 2
        elif written[place + 1 : place + 2] == "-" and place + 2 < len(written):
            found |= {chr(code) for code in range(ord(written[place]), ord(written[place + 2]) + 1)}
            place += 3
        else:
            found.add(written[place])
            place += 1
    return frozenset(found)


def _class_end(pattern: str, start: int) -> int:
    place = start + 1 + (pattern[start + 1 : start + 2] in {"]", "^"})
    while pattern[place] != "]":
        place += 1 + (pattern[place] == "\\")
    return place


def _group_end(pattern: str) -> int:
    depth = place = 0
    while True:
        character = pattern[place]
        if character == "\\":
            place += 1
        elif character == "[":
            place = _class_end(pattern, place)
        else:
            depth += (character == "(") - (character == ")")
            if depth == 0:
                return place
        place += 1
