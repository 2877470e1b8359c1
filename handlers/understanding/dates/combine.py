"""Pieces that stand together become one expression."""

from __future__ import annotations

import re
from datetime import time

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.read import pieces
from handlers.understanding.dates.resolve import Expression, Group, resolve
from handlers.understanding.dates.scene import Scene

_JOINT = re.compile(
    r"[ ,、的]*(?:(?:at|on|@|around|about|approx\.?|in|the|of|from|between|sometime|for|say|by|before|till?|until|no later than|later than|after|first|-|于|在|约|大约|大概|左右|就|是|等)"
    r"[ ,]*){0,3}['\"(|]?"
)
_DAY_JOINT = re.compile(r"[ ,的(]*(?:(?:the|of|on|in|for|at|week|from|after|starting|-|是)[ ,]*){0,3}\(?")


def expressions(scene: Scene, hours: tuple[time, time]) -> list[Expression]:
    """All time expressions of the text, in order. Those that name no possible instant are left out."""
    found = []
    for group in _groups(scene):
        try:
            expression = resolve(group, scene, hours)
        except (ValueError, OverflowError):
            continue
        if expression is not None:
            found.append(expression)
    return found


def _groups(scene: Scene) -> list[Group]:
    groups: list[Group] = []
    group = Group()
    for atom in pieces(scene):
        if atom.slot == "nothing":
            continue
        if atom.slot == "number" and not group.atoms:
            continue  # A bare number is an hour only after a day: "next one in two weeks" has none.
        gap = scene.text[group.atoms[-1].end : atom.start] if group.atoms else ""
        if group.atoms and _joins(group, atom, gap, scene):
            group.atoms.append(atom)
            group.joints += f" {gap} "
        else:
            if group.atoms:
                groups.append(group)
            group = Group([atom])
    if group.atoms:
        groups.append(group)
    return [group for group in groups if group.days or group.of("clock", "part")]


def _joins(group: Group, atom: Atom, gap: str, scene: Scene) -> bool:
    if len(gap) > 24 or "\n" in gap:
        return False
    days = group.days
    if atom.slot in {"clock", "number"}:
        number = group.of("number")
        if group.of("clock") or (number and number.number <= 12) or not _JOINT.fullmatch(gap):
            return False
        if atom.slot == "number":
            return bool(days) and days[-1].slot != "offset" and bool(re.fullmatch(r"(?: at| around|,)? ", gap))
        return not any(day.slot == "offset" and day.shift and day.shift.is_exact for day in days)
    if atom.slot == "part":
        return group.of("part") is None and bool(_JOINT.fullmatch(gap))
    if not days:
        if re.search(r"till?|until|-", gap):
            return False
        return bool(_JOINT.fullmatch(gap) or _DAY_JOINT.fullmatch(gap)) and not _is_clause_break(gap, scene)
    if not _DAY_JOINT.fullmatch(gap):
        return False
    return _days_join(days[-1], atom, gap, scene)


def _is_clause_break(gap: str, scene: Scene) -> bool:
    """A comma between a Chinese time and the next date parts two sentences: 下午3点，周三再说."""
    return scene.chinese and "," in gap


def _days_join(last: Atom, atom: Atom, gap: str, scene: Scene) -> bool:
    pair = (last.slot, atom.slot)
    if atom.slot == "offset" and scene.text[atom.start] == "+":
        return last.slot in {"date", "period", "weekday"}
    if last.slot in {"shift", "week_of"}:
        return True
    if pair in {("weekday", "date"), ("weekday", "dom"), ("weekday", "offset"), ("weekday", "shift")}:
        return not (atom.slot == "date" and not (atom.yearless or atom.tags))
    if pair == ("date", "weekday"):
        fits = atom.relation == "" and (last.yearless or bool(last.tags) or not gap.strip(" ,"))
        return fits and (
            "," not in gap
            or not scene.text[atom.end :].strip(" .。!")
            or bool(last.day and last.day.weekday() == atom.weekday)
        )
    if pair in {("period", "weekday"), ("weekday", "period")}:
        period = last if last.slot == "period" else atom
        return period.unit == "week" and (last if last.slot == "weekday" else atom).relation == ""
    if pair in {("period", "dom"), ("dom", "period")}:
        return (last if last.slot == "period" else atom).unit == "month"
    if pair == ("date", "date"):
        return not last.tags and not last.yearless and atom.yearless and not gap.strip()
    return last.slot == "recurrence" and atom.slot in {"weekday", "dom"}
