"""With which characters a pattern can begin, so that at most places of a text no pattern needs to be tried.

Python shows nobody how it reads a pattern, so this reads the part of the notation that the tables of this package use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGITS = frozenset("0123456789")
_BLANKS = frozenset(" \n\r\t\f\v")
_CLASSES = {"d": _DIGITS, "s": _BLANKS}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_PLACES = frozenset("bBAZ")  # of the escapes: they look, and take nothing
_LOOKS = re.compile(r"\(\?(?:<?[=!])")
_GROUP = re.compile(r"\((?:\?(?::|P<\w+>))?")
_REPEAT = re.compile(r"(?:[?*+]|\{(?P<least>\d*)(?:,\d*)?\})[?+]?")

#: The characters, None for any; and whether it may take nothing at all.
_Begins = tuple[frozenset[str] | None, bool]


def beginnings_of(pattern: str) -> frozenset[str] | None:
    """The characters with one of which every match of ``pattern`` begins; None where that cannot be told.

    A match that may be empty has no beginning, and gives None too. Raises ValueError for a notation that is not read here.
    """
    found, end = _branches(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"a bracket too many at {end}: {pattern[:60]}")
    characters, is_empty = found
    return None if is_empty else characters


def any_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def _branches(pattern: str, place: int) -> tuple[_Begins, int]:
    """Alternatives up to the closing bracket or the end."""
    (characters, is_empty), place = _sequence(pattern, place)
    while pattern[place : place + 1] == "|":
        (others, other_is_empty), place = _sequence(pattern, place + 1)
        characters = None if characters is None or others is None else characters | others
        is_empty = is_empty or other_is_empty
    return (characters, is_empty), place


def _sequence(pattern: str, place: int) -> tuple[_Begins, int]:
    """One thing after the other: what comes second counts where the first may take nothing."""
    characters: frozenset[str] | None = frozenset()
    is_empty = True
    while place < len(pattern) and pattern[place] not in "|)":
        (others, other_is_empty), place = _thing(pattern, place)
        repeat = _REPEAT.match(pattern, place)
        if repeat is not None:
            place = repeat.end()
            other_is_empty = other_is_empty or repeat[0][0] in "?*" or repeat["least"] in {"", "0"}
        if is_empty:
            characters = None if characters is None or others is None else characters | others
            is_empty = other_is_empty
    return (characters, is_empty), place


def _thing(pattern: str, place: int) -> tuple[_Begins, int]:
    character = pattern[place]
    if character == "(":
        return _group(pattern, place)
    if character == "[":
        return _class(pattern, place)
    if character in "^$":
        return (frozenset(), True), place + 1
    if character == ".":
        return (None, False), place + 1
    if character == "\\" and pattern[place + 1] in _PLACES:
        return (frozenset(), True), place + 2
    one, place = _member(pattern, place)
    return (one, False), place


def _escaped(character: str) -> frozenset[str] | None:
    if character in _CLASSES:
        return _CLASSES[character]
    if character in "DSwW" or character.isdigit():
        return None
    return frozenset(_CONTROLS.get(character, character))


def _group(pattern: str, place: int) -> tuple[_Begins, int]:
    looks = _LOOKS.match(pattern, place)
    if looks is None and pattern.startswith("(?P=", place):
        return (None, False), pattern.index(")", place) + 1  # what a group before it took
    opening = looks or _GROUP.match(pattern, place)
    if opening is None or (looks is None and pattern.startswith("?", opening.end())):
        raise ValueError(f"not read here: {pattern[place : place + 20]}")
    found, place = _branches(pattern, opening.end())
    if pattern[place : place + 1] != ")":
        raise ValueError(f"a bracket that is not closed: {pattern[:60]}")
    return ((frozenset(), True) if looks else found), place + 1


def _class(pattern: str, place: int) -> tuple[_Begins, int]:
    place += 1
    is_denied = pattern[place] == "^"
    place += is_denied
    found: frozenset[str] | None = frozenset()
    is_first = True
    while is_first or pattern[place] != "]":
        is_first = False
        one, place = _member(pattern, place)
        if pattern[place] == "-" and pattern[place + 1] != "]" and one is not None and len(one) == 1:
            last, place = _member(pattern, place + 1)
            one = frozenset(map(chr, range(ord(min(one)), ord(min(last or one)) + 1)))
        found = None if found is None or one is None else found | one
    return ((None if is_denied else found), False), place + 1


def _member(pattern: str, place: int) -> tuple[frozenset[str] | None, int]:
    if pattern[place] != "\\":
        return frozenset(pattern[place]), place + 1
    if pattern[place + 1] == "u":
        return frozenset(chr(int(pattern[place + 2 : place + 6], 16))), place + 6
    return _escaped(pattern[place + 1]), place + 2
