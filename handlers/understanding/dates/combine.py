"""Pieces that stand together become one expression."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from handlers.understanding.dates.atoms import Atom, Shift
from handlers.understanding.dates.days import monday_of
from handlers.understanding.dates.read import pieces
from handlers.understanding.dates.resolve import Expression, resolve
from handlers.understanding.dates.scene import Scene
from handlers.understanding.dates.which_day import Group

_JOINT = re.compile(
    r"[ ,、的]*(?:(?:at|on|@|around|about|approx\.?|in|the|of|from|between|sometime|for|say|by|before|till?|until|no later than|later than|just|after|first|-|于|在|约|大约|大概|左右|就|是|等)"
    r"[ ,]*){0,3}['\"(|]?"
)
_DAY_JOINT = re.compile(r"[ ,的(]*(?:(?:the|of|on|in|for|at|week|from|after|starting|sharp|-|是)[ ,]*){0,3}\(?")


def expressions(scene: Scene, hours: tuple[time, time]) -> list[Expression]:
    """All time expressions of the text, in order. Those that name no possible instant are left out."""
    found: list[Expression] = []
    for group in _groups(scene):
        if group.atoms[0].slot == "ahead":
            found += _ahead_of(found[-1], group.atoms[0], hours) if found else []
            continue
        try:
            expression = resolve(group, scene, hours)
        except (ValueError, OverflowError):
            continue
        if expression is None:
            continue
        is_loose = not group.days and group.of("clock", "part") is None
        counted = _SINCE_NAMED.fullmatch(scene.text, expression.start, expression.end) if found else None
        if counted is not None:
            expression = _since_named(found[-1], expression, group, counted)
        if found and _is_its_hour(found[-1], expression, scene):
            found[-1] = replace(
                found[-1],
                end=_end_with_hour(found[-1], expression, scene),
                at=datetime.combine(found[-1].at.date(), expression.at.time()),
                grain="minute",
                has_clock=True,
                doubt=found[-1].doubt or expression.doubt,
            )
        elif is_loose:
            continue
        elif found and _is_how_often(found[-1], expression, scene):
            found[-1] = replace(found[-1], end=expression.end, recurrence=expression.recurrence)
        elif found and _is_then(found[-1], expression, scene):
            at = datetime.combine(found[-1].at.date(), expression.at.time())
            found.append(replace(expression, at=at, has_date=True, is_today=False, has_begun=False))
        elif found and _ALTERNATIVE.fullmatch(scene.text, found[-1].end, expression.start):
            found[-1] = _either(found[-1], expression)
        else:
            found.append(_in_named_week(found, expression, scene))
    return found


def _ahead_of(named: Expression, ahead: Atom, hours: tuple[time, time]) -> list[Expression]:
    """ "The contract ends 15 December, call a week before": the day is counted back from the date named before."""
    shift = ahead.shift
    if shift is None or not named.has_date or named.past or named.recurrence:
        return []
    at = named.at + shift.exact if shift.exact else datetime.combine(shift.from_day(named.at.date()), hours[0])
    return [
        replace(named, at=at, start=ahead.start, end=ahead.end, lead=ahead.start, limit="", grain="day", part="",
                has_clock=False, is_till=False, is_today=False, can_be_past=False, earlier=None)
    ]  # fmt: skip


# Said after a date these count from it, not from today.
_SINCE_NAMED = re.compile(
    r"the\s+(?:day|week|month)\s+after(?:\s+(?:that|it|this))?|(?:the\s+)?following\s+day|the\s+next\s+day|.+\s+later|次日|翌日|第二天|(?P<third>第三天)|隔天"
)


def _since_named(named: Expression, counted: Expression, group: Group, said: re.Match[str]) -> Expression:
    """ "The board meets on the 8th, call the day after", 12月8号开会，第二天再问."""
    if not named.has_date or named.past or named.recurrence or named.grain not in {"day", "minute", "daypart"}:
        return counted
    offset = group.of("offset")
    shift = offset.shift if offset is not None else Shift(days=2 if said["third"] else 1)
    if shift is None or shift.is_exact:
        return counted
    at = datetime.combine(shift.from_day(named.at.date()), counted.at.time())
    return replace(counted, at=at, is_today=False)


_NAMED_WEEK = re.compile(r"下+个?(?:周|星期|礼拜)")
_FIRST = re.compile(r"先|之前|在此前")


def _in_named_week(found: Sequence[Expression], day: Expression, scene: Scene) -> Expression:
    """下周二去A，周四去B: the later weekday is one of the week that was named, unless something is done first."""
    if not found or not re.match(r"(?:周|星期|礼拜)[一二三四五六日天]", scene.text[day.start : day.end]):
        return day
    named = found[-1]
    ahead = monday_of(named.at.date()) + timedelta(days=day.at.weekday()) - day.at.date()
    if not _NAMED_WEEK.match(scene.text, named.start) or day.at.weekday() < named.at.weekday() or ahead.days <= 0:
        return day
    return day if _FIRST.search(scene.text[named.end : day.end + 4]) else replace(day, at=day.at + ahead)


_PARTED = re.compile(r"[,，。;；.!?\n]|(?<![a-z])(?:and|then|but)(?![a-z])")


_MINUTES = frozenset(range(0, 60, 5))


def _is_loose_hour(group: Group) -> bool:
    """ "9.15" or "2.30" at the end of a clause, which is an hour if a day stands before it."""
    number = group.of("number")
    return number is not None and number.minute in _MINUTES and number.minute > 0 and 0 < number.number < 20


def _is_its_hour(day: Expression, hour: Expression, scene: Scene) -> bool:
    """ "Friday call Ann at 9": the hour of a day that stands before the verb, in the same clause."""
    if day.has_clock or day.part or not day.has_date or day.past or day.limit or day.grain != "day":
        return False
    if hour.has_date or not hour.has_clock or hour.limit or hour.is_relative:
        return False
    gap = scene.text[day.end : hour.start]
    if not scene.text[hour.end :].strip(" .。!"):
        gap = gap.rstrip(" ,，")
    return len(gap) <= 60 and not _PARTED.search(gap)


def _end_with_hour(day: Expression, hour: Expression, scene: Scene) -> int:
    """An hour beside its day is part of the same words; one behind the verb stands for itself."""
    return hour.end if _JOINT.fullmatch(scene.text, day.end, hour.start) else day.end


_AND_THEN = re.compile(r"[ ,;(]*(?:(?:and|then)[ ,]*){0,2}|[ ,;(]*(?:以后|之后|然后)?[ ,]*")
_OFTEN = re.compile(r"(?:and )?(?:every|each|once)(?![a-z])|每|隔")


def _is_how_often(first: Expression, again: Expression, scene: Scene) -> bool:
    """ "Tomorrow 9am, every week": the first time, and how often it comes again from there."""
    often = again.recurrence
    if often is None or often.weekday is not None or often.day is not None or again.has_clock or again.part:
        return False
    if first.recurrence is not None or first.past or first.limit or not first.has_date:
        return False
    return bool(_AND_THEN.fullmatch(scene.text, first.end, again.start) and _OFTEN.match(scene.text, again.start))


_THEN = re.compile(r"(?<![a-z])(?:then|that\s+(?:day|morning|afternoon|evening))(?![a-z])|到时|当天|那天|届时")


def _is_then(day: Expression, hour: Expression, scene: Scene) -> bool:
    """ "Back on Monday, call then at 2": the hour is one of the day named before."""
    if not day.has_date or day.past or hour.has_date or hour.is_relative or not (hour.has_clock or hour.part):
        return False
    return bool(_THEN.search(scene.text[day.end : hour.start]))


_ALTERNATIVE = re.compile(r"\s*(?:,\s*)?(?:or\s+(?:(?:maybe|else|on|at)\s+)?|或者?|还是)\s*(?:在|是)?")


def _either(one: Expression, other: Expression) -> Expression:
    """ "Thursday or Friday at 3": the first of the two, at the hour that both have, and doubtful."""
    is_timed = not (one.has_clock or one.part) and (other.has_clock or other.part)
    if not is_timed:
        return replace(one, end=other.end, doubt=True)
    at = datetime.combine(one.at.date(), other.at.time())
    return replace(one, at=at, end=other.end, doubt=True, has_clock=other.has_clock, part=other.part, grain=other.grain)


def _groups(scene: Scene) -> list[Group]:
    groups: list[Group] = []
    group = Group()
    since = 0
    for atom in pieces(scene):
        if atom.slot == "nothing":
            continue
        if atom.slot == "zone" and not _may_begin(atom, scene) and not (group.atoms and _joins_gap(group, atom, scene)):
            continue  # "et" and "pt" are a zone only behind an hour
        if atom.slot == "number" and not group.atoms and not atom.minute:
            continue  # A bare number is an hour only after a day: "next one in two weeks" has none.
        gap = scene.text[since : atom.start] if group.atoms else ""
        if group.days and atom.slot in {"weekday", "date", "dom"} and _NOT.fullmatch(gap):
            since = atom.end  # "Friday not Thursday, at 11": the hour is Friday's
            continue
        since = atom.end
        if group.atoms and atom.slot != "ahead" and group.atoms[0].slot != "ahead" and _joins(group, atom, gap, scene):
            group.atoms.append(atom)
            group.joints += f" {gap} "
        else:
            if group.atoms:
                groups.append(group)
            group = Group([atom])
    if group.atoms:
        groups.append(group)
    return [
        group
        for group in groups
        if group.days or group.of("ahead") or group.of("clock", "part") or _is_loose_hour(group)
    ]


_NOT = re.compile(r",?\s*(?:and\s+|so\s+)?not\s+(?:on\s+|the\s+)*|[,(]?(?:而?不是|不要|而非)")


def _may_begin(zone: Atom, scene: Scene) -> bool:
    return not scene.text[zone.start].isascii()


def _joins_gap(group: Group, atom: Atom, scene: Scene) -> bool:
    return _joins(group, atom, scene.text[group.atoms[-1].end : atom.start], scene)


def _joins(group: Group, atom: Atom, gap: str, scene: Scene) -> bool:
    if len(gap) > 24 or "\n" in gap:
        return False
    if atom.slot == "zone":
        return _zone_joins(group, gap)
    if group.atoms[-1].slot == "zone" and len(group.atoms) == 1:
        return not gap.strip("的 ,")
    days = group.days
    if atom.slot in {"clock", "number"}:
        number = group.of("number")
        if group.of("clock") or (number and number.number <= 12) or not _JOINT.fullmatch(gap):
            return False
        if atom.slot == "number":
            return bool(days) and days[-1].slot != "offset" and bool(_HOUR_JOINT.fullmatch(gap))
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


_HOUR_JOINT = re.compile(
    r"(?:,? (?:at|around|about|say|maybe|perhaps|probably|prob|make it|let'?s say|like)(?: (?:at|around|about|say))?|,)? "
)


def _zone_joins(group: Group, gap: str) -> bool:
    """A zone belongs to the hour before it; a Chinese one may stand before the hour: 周五北京时间上午10点."""
    is_near = not gap.strip(" (,")
    return group.of("zone") is None and is_near and (group.of("clock", "number") is not None or gap == "")


def _is_clause_break(gap: str, scene: Scene) -> bool:
    """A comma between a Chinese time and the next date parts two sentences: 下午3点，周三再说."""
    return scene.chinese and "," in gap


def _days_join(last: Atom, atom: Atom, gap: str, scene: Scene) -> bool:
    pair = (last.slot, atom.slot)
    if pair == ("offset", "weekday"):  # 两个星期后的周五, "in two weeks on Friday"
        weeks = last.shift is not None and not last.shift.is_exact and last.shift.days and last.shift.days % 7 == 0
        return bool(weeks) and atom.relation == "" and gap.strip() in {"", "的", "on"}
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
