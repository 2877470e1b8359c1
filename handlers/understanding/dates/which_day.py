"""Which day a group of pieces means, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from handlers.understanding.dates.atoms import Atom, Shift
from handlers.understanding.dates.days import (
    DAY,
    add_months,
    add_working_days,
    monday_of,
    next_day_of_month,
    next_weekday,
    nth_weekday,
)
from handlers.understanding.dates.feasts import day_after
from handlers.understanding.dates.scene import Scene
from handlers.understanding.model import Grain, Recurrence

DAY_SLOTS = {"date", "weekday", "dom", "period", "offset", "shift", "week_of", "recurrence"}


@dataclass
class Group:
    atoms: list[Atom] = field(default_factory=list)
    joints: str = ""

    def of(self, *slots: str) -> Atom | None:
        return next((atom for atom in self.atoms if atom.slot in slots), None)

    @property
    def days(self) -> list[Atom]:
        return [atom for atom in self.atoms if atom.slot in DAY_SLOTS]


@dataclass(frozen=True)
class Day:
    """The day of an expression: ``given`` is False for a time alone, ``exact`` holds now + a stretch."""

    day: date
    given: bool = True
    grain: Grain = "day"
    vague: bool = False
    doubt: bool = False
    past: bool = False
    exact: datetime | None = None
    part: str = ""
    can_be_past: bool = False
    is_relative: bool = False
    recurrence: Recurrence | None = None
    earlier: date | None = None


def day_of(group: Group, scene: Scene, limit: str) -> Day | None:
    days = group.days
    today = scene.today
    number = group.of("number")
    if not days:
        return Day(today, given=False)
    shifts = [atom.shift for atom in days if atom.slot == "shift" and atom.shift]
    weekday, dom, dated, period, offset = (group.of(slot) for slot in ("weekday", "dom", "date", "period", "offset"))
    again = group.of("recurrence")
    if again is not None and again.recurrence is not None:
        return _recurring(again.recurrence, weekday, dom, today, again.part)
    added = offset.shift if offset is not None and scene.text[offset.start] == "+" and len(days) > 1 else None
    if offset is not None and added is None:
        return _offset_day(offset, weekday, scene)
    if (
        number is not None
        and weekday is not None
        and dom is None
        and number.slot == "number"
        and number.number > 12
        and not dated
    ):
        dom = number
    if dated is not None:
        said_before = "" if shifts else scene.text[max(0, dated.start - 10) : dated.start]
        found = _dated(dated, weekday, scene, limit, before=said_before)
    elif period is not None and weekday is not None:
        found = Day((period.day or today) + weekday.weekday * DAY, past=period.past)
    elif period is not None and dom is not None:
        found = Day((period.day or today).replace(day=dom.number))
    elif dom is not None:
        found = Day(next_day_of_month(today, dom.number, weekday.weekday if weekday else None))
        found = replace(found, can_be_past=True, earlier=_latest_day_of_month(today, dom.number))
    elif weekday is not None:
        found = _weekday_day(weekday, number, today)
    elif period is not None:
        found = _period_day(period, scene, limit)
    else:
        return None
    for shift in [*shifts, added] if added else shifts:
        found = replace(found, day=shift.from_day(found.day), doubt=False, grain="day")
    if group.of("week_of"):
        monday = monday_of(found.day + DAY) if found.day.weekday() == 6 else monday_of(found.day)
        found = replace(found, day=monday, grain="week", vague=True)
    return found


def _recurring(recurrence: Recurrence, weekday: Atom | None, dom: Atom | None, today: date, part: str) -> Day:
    if weekday is not None:
        recurrence = replace(recurrence, weekday=weekday.weekday)
    if dom is not None:
        recurrence = replace(recurrence, day=dom.number)
    if recurrence.nth is not None and recurrence.weekday is not None:
        day = _next_nth(recurrence.weekday, recurrence.nth, today)
    elif recurrence.weekday is not None:
        day = next_weekday(today, recurrence.weekday)
    elif recurrence.day is not None:
        day = (
            next_day_of_month(today, recurrence.day)
            if recurrence.day > 0
            else add_months(today.replace(day=1), 1) - DAY
        )
    else:
        day = _next_round(recurrence, today)
    return Day(day, recurrence=recurrence, part=part)


def _next_nth(weekday: int, nth: int, today: date) -> date:
    """The first Monday, the last Friday of a month: this month's if it is to come, else the next one's."""
    here = nth_weekday(today.year, today.month, weekday=weekday, nth=nth)
    if here > today:
        return here
    following = add_months(today.replace(day=1), 1)
    return nth_weekday(following.year, following.month, weekday=weekday, nth=nth)


def _next_round(recurrence: Recurrence, today: date) -> date:
    if recurrence.working_days:
        return add_working_days(today, recurrence.interval)
    if recurrence.freq in {"daily", "weekly"}:
        return today + timedelta(days=recurrence.interval * (7 if recurrence.freq == "weekly" else 1))
    return add_months(today, recurrence.interval * (12 if recurrence.freq == "yearly" else 1))


def _offset_day(offset: Atom, weekday: Atom | None, scene: Scene) -> Day:
    shift = offset.shift or Shift()
    if shift.is_exact:
        moved = datetime.combine(shift.from_day(scene.today), scene.now.time()) + shift.exact
        return Day(moved.date(), exact=moved.replace(microsecond=0), grain="minute", is_relative=True)
    day = shift.from_day(scene.today)
    if weekday is not None and shift.days % 7 == 0 and shift.days:
        day = monday_of(day) + weekday.weekday * DAY
    return Day(day, vague=offset.vague, is_relative=True)


def _dated(atom: Atom, weekday: Atom | None, scene: Scene, limit: str, *, before: str) -> Day:
    day = atom.day or scene.today
    doubt = atom.doubt
    if weekday is not None and atom.yearless and day.weekday() != weekday.weekday:
        doubt = True
        following = day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day
        if weekday.relation == "" and following.weekday() == weekday.weekday:
            day = following
    vague = atom.vague
    if atom.feast:
        if limit == "after" or re.search(r"(?<![a-z])(?:after|between)\s+(?:the\s+)?$", before):
            day, vague = day_after(atom.feast, scene.today), True
        elif re.search(r"(?<![a-z])(?:before|ahead\s+of|prior\s+to)\s+(?:the\s+)?$", before):
            day -= DAY
    is_far = day - scene.today > timedelta(days=200) and "full" not in atom.tags
    earlier = add_months(day, -12) if is_far else None
    return Day(
        day,
        grain=atom.grain,
        vague=vague,
        doubt=doubt,
        past=atom.past,
        part=atom.part,
        can_be_past=is_far,
        earlier=earlier,
    )


def _latest_day_of_month(today: date, day: int) -> date | None:
    """The last such day up to today, for what is reported as done."""
    first = today.replace(day=1)
    months = (first, add_months(first, -1), add_months(first, -2))
    return next(
        (
            add_months(month, 0).replace(day=day)
            for month in months
            if day <= add_months(month, 1).toordinal() - month.toordinal() and month.replace(day=day) <= today
        ),
        None,
    )


def _weekday_day(atom: Atom, number: Atom | None, today: date) -> Day:
    this_week = monday_of(today) + atom.weekday * DAY
    coming = next_weekday(today, atom.weekday)
    earlier = this_week if this_week <= today else this_week - timedelta(weeks=1)
    relation = atom.relation
    if relation in {"last", "last2"}:
        weeks = 2 if relation == "last2" else 1
        day = this_week - timedelta(weeks=weeks)
        return Day(day, past=True)
    if relation.startswith("z"):
        return Day(this_week + timedelta(weeks=int(relation[5:] or 1)), doubt=atom.doubt)
    if relation == "next2":
        return Day(this_week + timedelta(weeks=2), doubt=coming < monday_of(today) + timedelta(weeks=1))
    if relation == "next":
        return Day(this_week + timedelta(weeks=1), doubt=coming <= monday_of(today) + 6 * DAY)
    if relation == "this":
        return Day(
            this_week if this_week >= today else this_week + timedelta(weeks=1),
            doubt=this_week < today or atom.doubt,
            can_be_past=True,
            earlier=this_week,
        )
    day = coming + timedelta(weeks=atom.weeks)
    return Day(day, doubt=atom.weekday == today.weekday() or atom.doubt, can_be_past=not atom.weeks, earlier=earlier)


_AFTER_ALL_OF = re.compile(r"(?<![a-z])after\s+(?:the\s+)?$")
_BEFORE_ALL_OF = re.compile(r"(?<![a-z])(?:before|ahead\s+of)\s+(?:the\s+)?$")


def _period_day(atom: Atom, scene: Scene, limit: str) -> Day:
    """The first day that is left of a period; "after" it is the day after its last, "before the weekend" is its Friday."""
    today = scene.today
    first, last = atom.day or today, atom.last or today
    before = scene.text[max(0, atom.start - 16) : atom.start]
    is_weekend, is_chinese = atom.unit == "weekend", not scene.text[atom.start : atom.end].isascii()
    if _AFTER_ALL_OF.search(before) or (is_weekend and is_chinese and limit == "after"):
        return Day(last + DAY, vague=not is_weekend)
    if is_weekend and limit == "before" and (is_chinese or _BEFORE_ALL_OF.search(before)):
        return Day(first - DAY)
    if first < today <= last:
        first = today
    return Day(first, grain=atom.grain, vague=True, past=atom.past)
