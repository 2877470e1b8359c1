"""Long lists of phrases, each a pattern, looked up by the characters that they begin with.

A text is walked once: at each place only the phrases that can begin there are tried, so a list may grow without costing more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.understanding.beginnings import DEPTH, beginnings_of
from handlers.understanding.prefix_tree import PrefixTree

_MOST_SEEN = 10_000  # beginnings of three characters; all that people usually write are fewer
_WITHIN_NAME = "(?!(?<=\ue000)\ue000)"


@dataclass(frozen=True)
class Phrase:
    """A phrase found: what it means, and where it stands."""

    label: str
    start: int
    end: int


class PhraseList:
    """Labelled patterns. ``is_bounded`` ones begin and end at the edges of ASCII words.

    Raises ValueError for one that could begin with anything.
    """

    def __init__(self, rows: Iterable[tuple[str, str]], *, is_bounded: bool) -> None:
        lines = [(label, alternative) for label, line in rows for alternative in alternatives(line)]
        self._lines = PrefixTree((_beginnings(line), (label, line)) for label, line in lines)
        # A name is read from its beginning alone: it stands masked, each of its characters the same.
        within = rf"(?<![a-z0-9']){_WITHIN_NAME}" if is_bounded else _WITHIN_NAME
        self._places = re.compile(within + self._lines.first_characters)
        self._ending = "(?![a-z0-9])" if is_bounded else ""
        self._patterns: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}  # filled when a text needs them
        self._seen: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}  # the same, by what stands in texts

    def find(self, text: str) -> Iterator[Phrase]:
        """Every phrase at every place, in the order of the places, then of the lists. ``text`` is normalised."""
        for begins in self._places.finditer(text):
            place = begins.start()
            pattern, labels = self._seen.get(text[place : place + DEPTH]) or self._at(text, place)
            match = pattern.match(text, place)
            if match is None or not match.lastindex:
                continue
            for number, label in enumerate(labels, 1):
                end = match.end(number)
                if end > place:
                    yield Phrase(label, place, end)

    def _at(self, text: str, place: int) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """The pattern for a place that begins as none did before."""
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        key = self._lines.key_at(text, place)
        found = self._patterns.get(key) or self._beginning_with(key)
        self._seen[text[place : place + DEPTH]] = found
        return found

    def _beginning_with(self, key: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """One pattern that looks for the lines of each label in turn, so that a place costs one look however many there are."""
        lines: dict[str, list[str]] = defaultdict(list)
        for label, line in self._lines.values(key):
            lines[label].append(line)
        looks = (f"(?:(?=({'|'.join(some)}){self._ending})|)" for some in lines.values())
        self._patterns[key] = found = re.compile("".join(looks)), tuple(lines)
        return found


class Words:
    """Phrases of both languages of which it only counts whether one is there."""

    def __init__(self, latin: Iterable[str], han: Iterable[str]) -> None:
        self._latin = PhraseList((("", line) for line in latin), is_bounded=True)
        self._han = PhraseList((("", line) for line in han), is_bounded=False)

    def are_in(self, text: str) -> bool:
        """``text`` is normalised."""
        return next(self._latin.find(text), None) is not None or (
            not text.isascii() and next(self._han.find(text), None) is not None
        )


def _beginnings(line: str) -> frozenset[str]:
    beginnings = beginnings_of(line)
    if beginnings is None:
        raise ValueError(line)
    return beginnings


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
