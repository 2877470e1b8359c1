"""From a text to the pieces of its time expressions: one small reader for each row of the pattern tables."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import handlers.understanding.dates.read_clock
import handlers.understanding.dates.read_days
import handlers.understanding.dates.read_feasts
import handlers.understanding.dates.read_periods
import handlers.understanding.dates.read_recurring
import handlers.understanding.dates.read_relative
import handlers.understanding.dates.read_zone  # noqa: F401 its readers register themselves
from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.patterns import compiled
from handlers.understanding.dates.scene import HAN, READERS, Scene


def pieces(scene: Scene, *, from_: int = 0) -> list[Atom]:
    """All pieces of the text in order. A match that its reader rejects is looked at again one character further on."""
    finder, rows = _table(chinese=bool(HAN.search(scene.text)))
    found: list[Atom] = []
    position = from_
    while match := finder.search(scene.text, position):
        atom = _read_at(match.start(), rows, match.lastgroup or "", scene)
        if atom is None:
            position = match.start() + 1
        else:
            found.append(atom)
            position = atom.end
    return found


def _read_at(start: int, rows: dict[str, tuple[str, re.Pattern[str]]], first: str, scene: Scene) -> Atom | None:
    """The piece at ``start``: of the pattern that hit, or of a later row when its reader rejects the match."""
    is_inside_word = start > 0 and scene.text[start - 1].isascii() and scene.text[start - 1].isalnum()
    reached = False
    for key, (name, pattern) in rows.items():
        reached = reached or key == first
        if not reached or (is_inside_word and key[0] == "e"):
            continue
        match = pattern.match(scene.text, start)
        if match is None or match.end() == start:
            continue
        try:
            atom = READERS[name](match, scene)
        except (ValueError, OverflowError):
            atom = None
        if atom is not None:
            return replace(atom, start=start, end=match.end())
    return None


@cache
def _table(*, chinese: bool) -> tuple[re.Pattern[str], dict[str, tuple[str, re.Pattern[str]]]]:
    return compiled(chinese=chinese)
