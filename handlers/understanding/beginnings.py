"""With which characters a pattern can begin, so that at most places of a text no pattern needs to be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_ALL: frozenset[str] | None = None  # any character
_DIGITS = frozenset("0123456789")
_BLANKS = frozenset(" \n\r\t\f\v")


def beginnings_of(pattern: str) -> frozenset[str] | None:
    """The characters with one of which every match of ``pattern`` begins; None where that cannot be told.

    A match that may be empty has no beginning, and gives None too.
    """
    characters, is_empty = _of_sequence(parser.parse(pattern))
    return None if is_empty else characters


def any_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def _of_sequence(parts: Iterable[Any]) -> tuple[frozenset[str] | None, bool]:
    """What a sequence can begin with, and whether it may match nothing at all."""
    found: frozenset[str] = frozenset()
    for part in parts:
        characters, is_empty = _of_part(*part)
        if characters is None:
            return _ALL, False
        found |= characters
        if not is_empty:
            return found, False
    return found, True


def _of_part(kind: Any, value: Any) -> tuple[frozenset[str] | None, bool]:
    if kind is code.LITERAL:
        return frozenset(chr(value)), False
    if kind is code.IN:
        return _of_set(value), False
    if kind is code.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind is code.BRANCH:
        return _of_branches([_of_sequence(branch) for branch in value[1]])
    if kind in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
        characters, is_empty = _of_sequence(value[2])
        return characters, is_empty or value[0] == 0
    if kind in {code.ASSERT, code.ASSERT_NOT, code.AT}:
        return frozenset(), True  # looks, and takes nothing
    return _ALL, False


def _of_branches(branches: list[tuple[frozenset[str] | None, bool]]) -> tuple[frozenset[str] | None, bool]:
    found: frozenset[str] = frozenset()
    for characters, _ in branches:
        if characters is None:
            return _ALL, False
        found |= characters
    return found, any(is_empty for _, is_empty in branches)


def _of_set(items: Any) -> frozenset[str] | None:
    found: set[str] = set()
    for kind, value in items:
        if kind is code.LITERAL:
            found.add(chr(value))
        elif kind is code.RANGE:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is code.CATEGORY and value is code.CATEGORY_DIGIT:
            found |= _DIGITS
        elif kind is code.CATEGORY and value is code.CATEGORY_SPACE:
            found |= _BLANKS
        else:
            return _ALL
    return frozenset(found)
