"""Stretches of time counted from now: in two hours, 三天后, ten days ago."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from handlers.understanding.dates.atoms import Atom, Shift
from handlers.understanding.dates.days import (
    add_months,
    next_weekday,
)
from handlers.understanding.dates.numbers import number, whole
from handlers.understanding.dates.scene import Scene, reads, weekday_of

_PARTS_OF_DURATION = re.compile(
    r"(?P<half_hour>half\s+an?\s+hour)|(?P<quarters>(?:(?:a|(?P<three>three))\s+)?quarters?\s+of\s+an\s+hour)|(?P<hours>\d{1,2})\s?h(?:rs?)?\s?(?P<minutes>[0-5]\d)(?:\s?m(?:ins?)?)?(?![a-z0-9])|(?P<hour_half>an?\s+hour\s+and\s+a\s+half)|"
    r"(?P<n>\d+(?:\.\d+)?/?\d*|(?:a\s+)?couple(?:\s+of)?|a\s+few|half\s+an?|[a-z]+(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))?)(?:\s*(?:-|to|or)\s*(?:\d+|[a-z]+)(?=\s))?\s*(?:-\s*)?(?:more\s+)?(?P<half>and\s+(?:an?\s+)?half\s+)?(?P<unit>(?:(?:business|working|work|week)\s*days?|[a-z]+))"
)


def english_duration(text: str) -> Shift:
    """The stretch that an English duration names; raises ValueError for an unknown unit."""
    total = Shift()
    position = 0
    while position < len(text):
        match = _PARTS_OF_DURATION.match(text, position)
        if match is None:
            position += 1
            continue
        if text[position : position + 3] == "and" and not match["hour_half"]:
            position += 3
            continue
        if match["half_hour"]:
            total = _plus(total, 0.5, "h")
        elif match["quarters"]:
            total = _plus(total, 0.75 if match["three"] else 0.25, "h")
        elif match["hours"]:
            total = _plus(_plus(total, int(match["hours"]), "h"), int(match["minutes"]), "min")
        elif match["hour_half"]:
            total = _plus(total, 1.5, "h")
        else:
            total = _plus(total, number(match["n"]) + (0.5 if match["half"] else 0), match["unit"])
        position = match.end()
    return total


def _plus(shift: Shift, amount: float, unit: str) -> Shift:
    unit = unit.strip()
    if unit.endswith(
        ("sday", "sdays", "gday", "gdays", "kday", "kdays", "s days", "s day", "g days", "g day", "k days", "k day")
    ):
        return replace(shift, working_days=shift.working_days + int(amount))
    if unit.startswith(("mo", "mth")):
        return replace(shift, months=shift.months + int(amount), days=shift.days + (15 if amount % 1 else 0))
    if unit.startswith("m"):
        return replace(shift, exact=shift.exact + timedelta(minutes=amount))
    if unit.startswith("h"):
        return replace(shift, exact=shift.exact + timedelta(hours=amount))
    if unit.startswith("d"):
        return replace(shift, days=shift.days + int(amount), exact=shift.exact + timedelta(days=amount % 1))
    if unit.startswith("w"):
        return replace(shift, days=shift.days + int(amount * 7))
    if unit.startswith("fort"):
        return replace(shift, days=shift.days + int(amount * 14))
    if unit.startswith("q"):
        return replace(shift, months=shift.months + int(amount * 3))
    if unit.startswith("y"):
        return replace(shift, months=shift.months + int(amount * 12))
    raise ValueError(unit)


_ZPARTS_OF_DURATION = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[〇零一二两俩仨三四五六七八九十百]+)?(?P<half>大?个?半)?(?:个)?(?P<half2>半)?(?P<unit>工作日|交易日|分钟|分|小时|钟头|刻钟|钟|天|日|星期|礼拜|周|月|季度|年|宿)(?P<half3>半)?"
)
_ZUNITS = {
    "分钟": "min",
    "分": "min",
    "小时": "h",
    "钟头": "h",
    "钟": "h",
    "天": "d",
    "日": "d",
    "宿": "d",
    "星期": "w",
    "礼拜": "w",
    "周": "w",
}
_ZUNITS |= {"月": "mo", "季度": "q", "年": "y", "工作日": "working days", "交易日": "working days"}


def chinese_duration(text: str) -> Shift:
    """The stretch that a Chinese duration names, 一个半小时 as well as 半年; raises ValueError when it names none."""
    total = Shift()
    for match in _ZPARTS_OF_DURATION.finditer(text):
        amount = number(_lower_of_two(match["n"])) if match["n"] else 0.0
        if match["half"] or match["half2"] or match["half3"]:
            amount += 0.5
        if match["unit"] == "刻钟":
            total = _plus(total, amount * 15, "min")
        elif match["unit"] == "年" and amount % 1:
            total = _plus(total, amount * 12, "mo")
        else:
            total = _plus(total, amount, _ZUNITS[match["unit"]])
    if total == Shift():
        raise ValueError(text)
    return total


_TWO_NUMBERS = re.compile(r"([一二两三四五六七八九])[二三四五六七八九]")


def _lower_of_two(said: str) -> str:
    """两三个月 is two or three months."""
    either = _TWO_NUMBERS.fullmatch(said)
    return either[1] if either else said


@reads("later", "in")
def _in(match: re.Match[str], scene: Scene) -> Atom:
    shift = english_duration(match["n"])
    is_range = re.search(r"(?:\d|[a-z]\s)\s*(?:-|to|or)\s*(?:\d|[a-z])", match["n"]) is not None
    return Atom("offset", shift=shift, vague=is_range or match["n"].startswith(("a few", "few", "several")))


@reads("same_time", "z_same_time")
def _same_time(match: re.Match[str], scene: Scene) -> Atom:
    """ "This time next week", 明天这个时候; before a day of its own it is only the hour."""
    when = match["when"]
    if not when:
        return Atom("clock", hour=scene.now.hour, minute=scene.now.minute, certain=True)
    if when in _DAYS_ON:
        day = scene.today + timedelta(days=_DAYS_ON[when])
    elif "week" in when or when[-1] in "周期拜":
        day = scene.today + timedelta(weeks=1)
    else:
        day = add_months(scene.today, 12 if "year" in when or when == "明年" else 1)
    return Atom("offset", shift=Shift(exact=day - scene.today))


_DAYS_ON = {"明天": 1, "后天": 2}


@reads("z_later")
def _z_later(match: re.Match[str], scene: Scene) -> Atom:
    """下周的今天, 下个月今天."""
    return Atom("offset", shift=Shift(months=1) if match["unit"] == "月" else Shift(days=7))


@reads("within")
def _within(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("offset", shift=english_duration(match["n"]), limit="before")


@reads("few_days")
def _few_days(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("offset", shift=Shift(days=2 if "couple" in match[0] else 3), vague=True)


@reads("shift")
def _shift(match: re.Match[str], scene: Scene) -> Atom | None:
    shift = english_duration(match["n"])
    return Atom("shift", shift=shift) if not shift.is_exact else None


@reads("shift_back")
def _shift_back(match: re.Match[str], scene: Scene) -> Atom:
    """ "Two days before Christmas"."""
    return Atom("shift", shift=_back(english_duration(match["n"])))


@reads("ahead")
def _ahead(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("ahead", shift=_back(english_duration(match["n"])))


@reads("z_ahead")
def _z_ahead(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("ahead", shift=_back(chinese_duration(match["n"])))


def _back(shift: Shift) -> Shift:
    return Shift(days=-shift.days, months=-shift.months, working_days=-shift.working_days, exact=-shift.exact)


@reads("after_named")
def _after_named(match: re.Match[str], scene: Scene) -> Atom:
    """ "The day after": the one after the date named before, or after today when none is."""
    return Atom("offset", shift=_UNITS_ON[match["unit"]])


_UNITS_ON = {"day": Shift(days=1), "week": Shift(days=7), "month": Shift(months=1)}


@reads("weekdays_on")
def _weekdays_on(match: re.Match[str], scene: Scene) -> Atom:
    first = next_weekday(scene.today, weekday_of(match["wd"]))
    return Atom("date", day=first + timedelta(weeks=whole(match["n"]) - 1))


@reads("z_in")
def _z_in(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("offset", shift=chinese_duration(match["n"]))


@reads("z_within")
def _z_within(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("offset", shift=chinese_duration(match["n"]), limit="before")


@reads("z_vague")
def _z_vague(match: re.Match[str], scene: Scene) -> Atom | None:
    word = match["word"]
    if word.startswith("几周"):
        return Atom("offset", shift=Shift(days=21), vague=True)
    if "周" in word:
        return Atom("offset", shift=Shift(days=14 if "两" in word else 7), vague=True)
    days = 3 if word[0] in "几些三" or "个三" in word else 2
    return Atom("offset", shift=Shift(days=days), vague=True)


@reads("ago", "z_ago")
def _ago(match: re.Match[str], scene: Scene) -> Atom:
    text = match[0]
    day = scene.today
    exact = re.search(
        r"(\d+|[一二两三四五六七八九十]+|two|three|four|five|six|seven|a|an|one)\s*(?:个)?(days?|天|weeks?|周|星期|礼拜|months?|月)",
        text,
    )
    if text.endswith(("前天", "前日")) and len(text) < 4:
        day -= timedelta(days=1 + len(text) - 1)
    elif exact and not text.startswith(("两三", "前")):
        amount, unit = whole(exact[1]), exact[2]
        day = (
            add_months(day, -amount)
            if unit[0] in "m月"
            else day - timedelta(days=amount * (1 if unit[0] in "d天" else 7))
        )
    return Atom("date", day=day, past=True)


@reads("nothing")
def _nothing(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("nothing")
