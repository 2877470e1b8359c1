"""From a text to the pieces of its time expressions: one small reader for each row of the pattern tables."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import handlers.understanding.dates.read_clock
import handlers.understanding.dates.read_days
import handlers.understanding.dates.read_feasts
import handlers.understanding.dates.read_periods
import handlers.understanding.dates.read_recurring
import handlers.understanding.dates.read_relative
import handlers.understanding.dates.read_seasons
import handlers.understanding.dates.read_zone  # noqa: F401 its readers register themselves
from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.patterns import Row, Table
from handlers.understanding.dates.scene import HAN, READERS, Scene


def pieces(scene: Scene, *, from_: int = 0) -> list[Atom]:
    """All pieces of the text in order. A match that its reader rejects is looked at again one character further on."""
    table = _table(chinese=bool(HAN.search(scene.text)))
    found: list[Atom] = []
    position = from_
    while place := table.places.search(scene.text, position):
        atom = _read_at(place.start(), table.rows_at(scene.text, place.start()), scene)
        if atom is None:
            position = place.start() + 1
        else:
            found.append(atom)
            position = atom.end
    return found


def _read_at(start: int, rows: tuple[Row, ...], scene: Scene) -> Atom | None:
    """The piece at ``start``: of the first row that fits and whose reader does not reject the match."""
    before = scene.text[start - 1] if start else ""
    for row in rows:
        match = row.pattern.match(scene.text, start) if before not in row.cannot_follow else None
        if match is None:
            continue
        try:
            atom = READERS[row.reader](match, scene)
        except (ValueError, OverflowError):
            atom = None
        if atom is not None:
            return replace(atom, start=start, end=match.end())
    return None


@cache
def _table(*, chinese: bool) -> Table:
    return Table(chinese=chinese)
