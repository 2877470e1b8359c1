"""From pieces that stand together to an instant: which day, what time, how sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

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
from handlers.understanding.dates.read_zone import converted
from handlers.understanding.dates.scene import Scene
from handlers.understanding.model import Grain, Recurrence

DAY_SLOTS = {"date", "weekday", "dom", "period", "offset", "shift", "week_of", "recurrence"}
_LIMIT_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:by|before|until|untill|till?|due|due\s+(?:on|by|date|in|back)|no\s+later\s+than|not\s+later\s+than|latest(?:\s+by)?|deadline(?:\s+is|:)?|prior\s+to|ahead\s+of|"
    r"expir(?:es?|ing)(?:\s+on)?|valid\s+(?:until|till|through|to)|ddl|eta)[ :]*(?:(?:is|the|on|end\s+of|around|about|latest|for|,)\s+){0,2}|"
    r"(?:截止(?:时间|日期)?(?:到|是|为)?|截至|最晚|最迟|至迟|有效期(?:到|至|为|截止)?(?:到|至)?|有效(?:到|至)|期限(?:到|是|为)?|到期日(?:是|为)?|不晚于|不迟于|不得?晚于|赶在|保价到|ddl|(?:报价|合同|合约|质保|服务)(?:有效)?到)[ :]*)$"
)
_STATE_TILL = re.compile(r"(?<![a-z])(?:till?|until|untill|thru|through)\s+(?:the\s+|after\s+)?$")
_LIMIT_AFTER = re.compile(
    r"(?<![a-z])(?:after|from|later\s+than|not\s+before|earliest|starting|as\s+of)\s+(?:the\s+)?$"
)
_SUFFIX = re.compile(
    r"(?:钟)?(?:左右)?\s*(?P<before>(?:之|以)?前(?![台期面景后途往])|截止|为止|到期|过期|之内|以内|内(?=[完搞给回提交出发到])|(?:deadline|latest|at\s+the\s+latest)(?![a-z]))|(?:钟)?\s*(?P<after>(?:之|以)?后(?![台续勤面期来悔])|起|开始|or\s+later)"
)
_PART_HOURS = {
    "morning": 9,
    "mid morning": 10,
    "late morning": 11,
    "noon": 12,
    "afternoon": 14,
    "late afternoon": 16,
    "dusk": 18,
    "evening": 19,
    "late night": 22,
    "small hours": 6,
}
_PART_ENDS = {
    "morning": 12,
    "mid morning": 12,
    "late morning": 12,
    "noon": 13,
    "afternoon": 18,
    "late afternoon": 18,
    "dusk": 19,
    "evening": 22,
    "late night": 24,
    "small hours": 8,
}


@dataclass(frozen=True)
class Expression:
    """One time expression, resolved. ``lead`` is where its preposition (by, until, on) begins."""

    at: datetime
    grain: Grain
    start: int
    end: int
    lead: int
    vague: bool = False
    doubt: bool = False
    past: bool = False
    limit: Literal["before", "after", ""] = ""
    has_date: bool = True
    has_clock: bool = False
    is_relative: bool = False
    is_till: bool = False
    is_today: bool = False
    has_begun: bool = False
    can_be_past: bool = False
    part: str = ""
    recurrence: Recurrence | None = None
    earlier: date | None = None


@dataclass
class Group:
    atoms: list[Atom] = field(default_factory=list)
    joints: str = ""

    def of(self, *slots: str) -> Atom | None:
        return next((atom for atom in self.atoms if atom.slot in slots), None)

    @property
    def days(self) -> list[Atom]:
        return [atom for atom in self.atoms if atom.slot in DAY_SLOTS]


def resolve(group: Group, scene: Scene, hours: tuple[time, time]) -> Expression | None:
    """The instant of a group, None when it names none; raises ValueError for days that do not exist."""
    first, last = group.atoms[0], group.atoms[-1]
    before = scene.text[max(0, first.start - 28) : first.start]
    suffix = _SUFFIX.match(scene.text, last.end)
    lead_match = _LIMIT_BEFORE.search(before)
    limit: Literal["before", "after", ""] = ""
    if (
        lead_match
        or (suffix and suffix["before"])
        or any(atom.limit == "before" for atom in group.atoms)
        or re.search(r"\b(?:by|before|till?|until|no later than)\b", group.joints)
    ):
        limit = "before"
    elif (suffix and suffix["after"]) or _LIMIT_AFTER.search(before) or "later than" in group.joints:
        limit = "after"
    day = _day_of(group, scene, limit)
    if day is None:
        return None
    timed = _time_of(group, day, scene, hours, limit=limit)
    named_zone = group.of("zone")
    if named_zone is not None and timed.has_clock:
        timed = replace(timed, at=converted(timed.at, named_zone.tags[0], scene, has_date=timed.has_date))
    lead = re.search(
        r"(?<![a-z])(?:(?:by|before|after|until|till?|on|at|in|to|around|due|from|sometime|for)\s+(?:the\s+)?(?:end\s+of\s+)?)+$",
        before,
    )
    return replace(
        timed,
        start=first.start,
        end=suffix.end() if suffix and (suffix["before"] or suffix["after"]) else last.end,
        lead=first.start - (len(lead[0]) if lead else 0),
        limit=limit,
        is_till=bool(_STATE_TILL.search(before)),
        is_today=timed.at.date() == scene.today,
        vague=timed.vague and limit != "before",
    )


@dataclass(frozen=True)
class _Day:
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


def _day_of(group: Group, scene: Scene, limit: str) -> _Day | None:
    days = group.days
    today = scene.today
    number = group.of("number")
    if not days:
        return _Day(today, given=False)
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
        found = _Day((period.day or today) + weekday.weekday * DAY, past=period.past)
    elif period is not None and dom is not None:
        found = _Day((period.day or today).replace(day=dom.number))
    elif dom is not None:
        found = _Day(next_day_of_month(today, dom.number, weekday.weekday if weekday else None))
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


def _recurring(recurrence: Recurrence, weekday: Atom | None, dom: Atom | None, today: date, part: str) -> _Day:
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
    return _Day(day, recurrence=recurrence, part=part)


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


def _offset_day(offset: Atom, weekday: Atom | None, scene: Scene) -> _Day:
    shift = offset.shift or Shift()
    if shift.is_exact:
        moved = datetime.combine(shift.from_day(scene.today), scene.now.time()) + shift.exact
        return _Day(moved.date(), exact=moved.replace(microsecond=0), grain="minute", is_relative=True)
    day = shift.from_day(scene.today)
    if weekday is not None and shift.days % 7 == 0 and shift.days:
        day = monday_of(day) + weekday.weekday * DAY
    return _Day(day, vague=offset.vague, is_relative=True)


def _dated(atom: Atom, weekday: Atom | None, scene: Scene, limit: str, *, before: str) -> _Day:
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
    return _Day(
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


def _weekday_day(atom: Atom, number: Atom | None, today: date) -> _Day:
    this_week = monday_of(today) + atom.weekday * DAY
    coming = next_weekday(today, atom.weekday)
    earlier = this_week if this_week <= today else this_week - timedelta(weeks=1)
    relation = atom.relation
    if relation in {"last", "last2"}:
        weeks = 2 if relation == "last2" else 1
        day = this_week - timedelta(weeks=weeks)
        return _Day(day, past=True)
    if relation.startswith("z"):
        return _Day(this_week + timedelta(weeks=int(relation[5:] or 1)), doubt=atom.doubt)
    if relation == "next2":
        return _Day(this_week + timedelta(weeks=2), doubt=coming < monday_of(today) + timedelta(weeks=1))
    if relation == "next":
        return _Day(this_week + timedelta(weeks=1), doubt=coming <= monday_of(today) + 6 * DAY)
    if relation == "this":
        return _Day(
            this_week if this_week >= today else this_week + timedelta(weeks=1),
            doubt=this_week < today or atom.doubt,
            can_be_past=True,
            earlier=this_week,
        )
    day = coming + timedelta(weeks=atom.weeks)
    return _Day(day, doubt=atom.weekday == today.weekday() or atom.doubt, can_be_past=not atom.weeks, earlier=earlier)


_AFTER_ALL_OF = re.compile(r"(?<![a-z])after\s+(?:the\s+)?$")
_BEFORE_ALL_OF = re.compile(r"(?<![a-z])(?:before|ahead\s+of)\s+(?:the\s+)?$")


def _period_day(atom: Atom, scene: Scene, limit: str) -> _Day:
    """The first day that is left of a period; "after" it is the day after its last, "before the weekend" is its Friday."""
    today = scene.today
    first, last = atom.day or today, atom.last or today
    before = scene.text[max(0, atom.start - 16) : atom.start]
    is_weekend, is_chinese = atom.unit == "weekend", not scene.text[atom.start : atom.end].isascii()
    if _AFTER_ALL_OF.search(before) or (is_weekend and is_chinese and limit == "after"):
        return _Day(last + DAY, vague=not is_weekend)
    if is_weekend and limit == "before" and (is_chinese or _BEFORE_ALL_OF.search(before)):
        return _Day(first - DAY)
    if first < today <= last:
        first = today
    return _Day(first, grain=atom.grain, vague=True, past=atom.past)


def _time_of(group: Group, day: _Day, scene: Scene, hours: tuple[time, time], *, limit: str) -> Expression:
    clock = group.of("clock")
    number = group.of("number")
    part_atom = group.of("part")
    part = part_atom.part if part_atom else day.part
    if (
        clock is None
        and number is not None
        and number.number <= 23
        and (group.of("dom") is not None or group.of("weekday") is None or number.number <= 12)
    ):
        weekday = group.of("weekday")
        if not (
            weekday and day.given and number.minute == 0 and day.day.day == number.number and len(group.atoms) == 2
        ):
            clock = number
    base = Expression(
        at=scene.now, grain=day.grain, start=0, end=0, lead=0, vague=day.vague, doubt=day.doubt, past=day.past, has_date=day.given,
        has_clock=clock is not None, is_relative=day.is_relative, can_be_past=day.can_be_past, part=part, recurrence=day.recurrence, earlier=day.earlier,
    )  # fmt: skip
    if day.exact is not None:
        return replace(base, at=day.exact)
    if clock is not None:
        return _at_clock(base, clock, day, part, scene)
    if part:
        return _at_part(base, part, day, scene, hours, limit=limit)
    at = datetime.combine(day.day, hours[1] if limit == "before" else hours[0])
    if limit != "before" and day.day == scene.today and at <= scene.now:
        at = datetime.combine(day.day, hours[1])
    return replace(base, at=at)


def _at_clock(base: Expression, clock: Atom, day: _Day, part: str, scene: Scene) -> Expression:
    hour, doubt = _hour(clock, part)
    at = datetime.combine(day.day, time()) + timedelta(hours=hour, minutes=clock.minute)
    if not day.given and at <= scene.now and not (part and clock.hour == 24):
        at += DAY
    has_begun = day.day == scene.today and at <= scene.now
    return replace(
        base,
        at=at,
        grain="minute",
        has_begun=has_begun,
        doubt=base.doubt or doubt,
        vague=base.vague and base.grain == "day",
    )


def _hour(clock: Atom, part: str) -> tuple[int, bool]:
    hour = clock.hour
    if clock.meridiem:
        return hour % 12 + (12 if clock.meridiem == "pm" else 0), False
    if hour > 12 or hour == 0 or clock.certain:
        return hour, False
    if part in {"morning", "mid morning", "late morning", "small hours"}:
        return (0 if hour == 12 and part == "small hours" else hour), False
    if part == "noon":
        return hour + 12 if hour < 10 else hour, False
    if part in {"afternoon", "late afternoon", "dusk"}:
        return hour % 12 + 12, False
    if part in {"evening", "late night"}:
        return (24 if hour == 12 else hour + 12 if hour > 4 or part == "evening" else hour + 24), False
    return (hour + 12 if hour < 8 else hour), hour == 7


def _half_hour_on(now: datetime) -> datetime:
    """The next half hour but one: "tonight", said in the evening, is soon."""
    return now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0) + timedelta(hours=1)


def _at_part(
    base: Expression, part: str, day: _Day, scene: Scene, hours: tuple[time, time], *, limit: str
) -> Expression:
    if part == "day end":
        return replace(base, at=datetime.combine(day.day, hours[1]), grain="minute")
    hour = _PART_HOURS[part]
    if limit == "before":
        hour = {"morning": 12, "noon": 12, "afternoon": 18}.get(part, hour)
    at = datetime.combine(day.day, time(hour))
    base = replace(base, has_begun=at <= scene.now)
    if at <= scene.now and day.day == scene.today and not day.past:
        end = datetime.combine(day.day, time()) + timedelta(hours=_PART_ENDS[part])
        if not day.given and (end <= scene.now or part == "morning"):
            at += DAY
        elif end > scene.now:
            at = end if part != "evening" else min(end, _half_hour_on(scene.now))
    return replace(base, at=at, grain="daypart", vague=False)
