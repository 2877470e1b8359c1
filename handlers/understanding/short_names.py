"""Several companies of one sentence, spoken of again by less than their names: "Acme Tuesday, Summit Dental Thursday"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.understanding.normalise import normalise

_HAN = re.compile(r"[\u4e00-\u9fff]")


def said_in(clause: str, name: str, others: Sequence[str]) -> re.Match[str] | None:
    """The name in the clause: whole, or cut short as far as none of the others begins like it.

    "Summit Dental" beside "Summit Plumbing" is also "Dental" at the beginning of a clause. Offsets hold in ``clause``.
    """
    units, foreign = _units(name), [_units(other) for other in others]
    shared = max((_shared(units, other) for other in foreign), default=0)
    gap, bound = ("", "") if _HAN.search(name) else (r"\s+", r"(?![a-z0-9])")
    least = 1 if gap else 2
    start = rf"(?:{'(?<![a-z0-9])' if gap else ''}{_cut_short(units, max(shared + 1, least), gap, bound)}"
    start += "".join(rf"(?!{gap}{re.escape(other[len(units)])})" for other in foreign if _goes_on(units, other)) + ")"
    if 0 < shared <= len(units) - least:
        start += rf"|^\s*{_cut_short(units[shared:], least, gap, bound)}"
    return re.search(start, normalise(clause))


def may_be_one(told: str, name: str, others: Sequence[str]) -> bool:
    """May ``told`` mean ``name``: is one the beginning of the other, or is it the name without what the others have too?"""
    one, other = _units(told), _units(name)
    if _shared(one, other) == min(len(one), len(other)):
        return True
    found = said_in(told, name, others)
    return found is not None and found.end() - found.start() == len(told)


def _units(name: str) -> list[str]:
    """What a name is cut short by: characters in Chinese, words elsewhere; in one spelling."""
    spelled = normalise(name)
    return list("".join(spelled.split())) if _HAN.search(spelled) else spelled.split()


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many units two names begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _goes_on(units: Sequence[str], other: Sequence[str]) -> bool:
    return len(other) > len(units) == _shared(units, other)


def _cut_short(units: Sequence[str], needed: int, gap: str, bound: str) -> str:
    """The first units, and as many of the others as follow."""
    first = gap.join(map(re.escape, units[:needed])) + bound
    more = [f"(?:{gap}{re.escape(unit)}{bound}" for unit in units[needed:]]
    return first + "".join(more) + ")?" * len(more)
