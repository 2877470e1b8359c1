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
_REPEAT = re.compile(r"(?:[?*+]|\{(?P<least>\d*)(?P<more>,\d*)?\})[?+]?")

#: So many characters of a beginning are told apart: with three of them hardly a word is taken for another.
DEPTH = 3
#: Where more than these may follow, it is not told what does: an index of everything costs more than it spares.
_MOST = 5
#: Stands in a beginning for whatever comes next.
_ANYTHING = "\0"

#: The beginnings of all that may be matched; one that is shorter than ``DEPTH`` goes on with what follows in the pattern.
_Begins = frozenset[str]
_NOTHING: _Begins = frozenset({""})
_WHATEVER: _Begins = frozenset({_ANYTHING})


def beginnings_of(pattern: str) -> frozenset[str] | None:
    """The texts, of ``DEPTH`` characters at most, with one of which every match of ``pattern`` begins; None where that cannot be told.

    A match that may be empty has no beginning, and gives None too. Raises ValueError for a notation that is not read here.
    """
    found, end = _branches(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"a bracket too many at {end}: {pattern[:60]}")
    beginnings = frozenset(each.removesuffix(_ANYTHING) for each in found)
    return None if "" in beginnings else beginnings


def any_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def _branches(pattern: str, place: int) -> tuple[_Begins, int]:
    """Alternatives up to the closing bracket or the end."""
    found, place = _sequence(pattern, place)
    while pattern[place : place + 1] == "|":
        others, place = _sequence(pattern, place + 1)
        found |= others
    return found, place


def _sequence(pattern: str, place: int) -> tuple[_Begins, int]:
    """One thing after the other: what comes second counts where the first is too short to tell."""
    found = _NOTHING
    while place < len(pattern) and pattern[place] not in "|)":
        others, place = _thing(pattern, place)
        repeat = _REPEAT.match(pattern, place)
        if repeat is not None:
            place = repeat.end()
            others = _repeated(others, repeat)
        found = _joined(found, others)
    return found, place


def _repeated(one: _Begins, repeat: re.Match[str]) -> _Begins:
    sign = repeat[0][0]
    least = {"?": 0, "*": 0, "+": 1}.get(sign, int(repeat["least"] or 0))
    is_once = sign == "?" or (sign == "{" and repeat["more"] is None and least <= 1) or repeat["more"] == ",1"
    found = one if least else one | _NOTHING
    for _ in range(0 if is_once else DEPTH - 1):
        found |= _joined(found, one)
    return found


def _joined(found: _Begins, others: _Begins) -> _Begins:
    if found == _NOTHING:
        return others
    following = others if len(others) <= _MOST else _WHATEVER
    return frozenset(
        joined
        for each in found
        for joined in (
            (each,) if _is_told(each) else ((each + other)[:DEPTH] for other in (following if each else others))
        )
    )


def _is_told(beginning: str) -> bool:
    return len(beginning) >= DEPTH or beginning.endswith(_ANYTHING)


def _thing(pattern: str, place: int) -> tuple[_Begins, int]:
    character = pattern[place]
    if character == "(":
        return _group(pattern, place)
    if character == "[":
        return _class(pattern, place)
    if character in "^$":
        return _NOTHING, place + 1
    if character == ".":
        return _WHATEVER, place + 1
    if character == "\\" and pattern[place + 1] in _PLACES:
        return _NOTHING, place + 2
    one, place = _member(pattern, place)
    return _WHATEVER if one is None else one, place


def _escaped(character: str) -> frozenset[str] | None:
    if character in _CLASSES:
        return _CLASSES[character]
    if character in "DSwW" or character.isdigit():
        return None
    return frozenset(_CONTROLS.get(character, character))


def _group(pattern: str, place: int) -> tuple[_Begins, int]:
    looks = _LOOKS.match(pattern, place)
    if looks is None and pattern.startswith("(?P=", place):
        return _WHATEVER, pattern.index(")", place) + 1  # what a group before it took
    opening = looks or _GROUP.match(pattern, place)
    if opening is None or (looks is None and pattern.startswith("?", opening.end())):
        raise ValueError(f"not read here: {pattern[place : place + 20]}")
    found, place = _branches(pattern, opening.end())
    if pattern[place : place + 1] != ")":
        raise ValueError(f"a bracket that is not closed: {pattern[:60]}")
    return (_NOTHING if looks else found), place + 1


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
            one = _between(min(one), min(last or one))
        found = None if found is None or one is None else found | one
    return (_WHATEVER if is_denied or found is None else found), place + 1


_HAN = 1_000


def _between(first: str, last: str) -> frozenset[str] | None:
    """The characters of a range; all of Chinese is nothing that could be told apart."""
    return frozenset(map(chr, range(ord(first), ord(last) + 1))) if ord(last) - ord(first) < _HAN else None


def _member(pattern: str, place: int) -> tuple[frozenset[str] | None, int]:
    if pattern[place] != "\\":
        return frozenset(pattern[place]), place + 1
    if pattern[place + 1] == "u":
        return frozenset(chr(int(pattern[place + 2 : place + 6], 16))), place + 6
    return _escaped(pattern[place + 1]), place + 2
