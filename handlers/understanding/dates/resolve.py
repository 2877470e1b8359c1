"""From pieces that stand together to an instant: which day, what time, how sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.days import DAY
from handlers.understanding.dates.read_zone import converted
from handlers.understanding.dates.scene import Scene
from handlers.understanding.dates.which_day import Day, Group, day_of
from handlers.understanding.model import Grain, Recurrence

_LIMIT_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:by|before|until|untill|till?|due|due\s+(?:on|by|date|in|back)|no\s+later\s+than|not\s+later\s+than|latest(?:\s+by)?|deadline(?:\s+is|:)?|prior\s+to|ahead\s+of|"
    r"expir(?:es?|ing)(?:\s+on)?|valid\s+(?:until|till|through|to)|ddl|eta)[ :]*(?:(?:is|the|on|end\s+of|around|about|latest|for|,)\s+){0,2}|"
    r"(?:截止(?:时间|日期)?(?:到|是|为)?|截至|最晚|最迟|至迟|有效期(?:到|至|为|截止)?(?:到|至)?|有效(?:到|至)|期限(?:到|是|为)?|到期日(?:是|为)?|不晚于|不迟于|不得?晚于|赶在|保价到|ddl|(?:报价|合同|合约|质保|服务)(?:有效)?到|(?:到期|截止|过期)(?:时间|日期?)?(?:是|为|在))[ :]*)$"
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
    day = day_of(group, scene, limit)
    if day is None:
        return None
    timed = _time_of(group, day, scene, hours, limit=limit)
    if _is_missed(timed, before, scene):
        timed = replace(timed, at=timed.at - DAY, past=True)
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


_MISSED = re.compile(
    r"(?<![a-z])(?:missed|no-?show(?:ed|s)?(?:\s+(?:for|at|to|on))?|skipped|cancel+ed(?:\s+on)?|forgot|blew\s+off|bailed\s+on|flaked\s+on|(?:was\s+)?late\s+(?:for|to)"
    r"|(?:didn'?t|did\s+not|never|failed\s+to)\s+(?:make|join|attend|come\s+to|(?:show|turn)(?:ed)?(?:\s+up)?\s+(?:for|to|at))|stood\s+(?:me|us)\s+up\s+(?:for|at|on))"
    r"\s+(?:for\s+)?(?:our|my|his|her|their|the|today's)\s+$"
)


def _is_missed(timed: Expression, before: str, scene: Scene) -> bool:
    """ "Theo missed our 2pm", said at four: an appointment of today, where "prepare for our 2pm" is tomorrow's."""
    is_tomorrow = timed.at.date() == scene.today + DAY
    return not timed.has_date and timed.has_clock and is_tomorrow and bool(_MISSED.search(before))


def _time_of(group: Group, day: Day, scene: Scene, hours: tuple[time, time], *, limit: str) -> Expression:
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


def _at_clock(base: Expression, clock: Atom, day: Day, part: str, scene: Scene) -> Expression:
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
    base: Expression, part: str, day: Day, scene: Scene, hours: tuple[time, time], *, limit: str
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
