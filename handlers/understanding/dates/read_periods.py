"""Weeks, months, quarters and their beginnings, middles and ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.days import (
    DAY,
    add_months,
    monday_of,
    month_end,
    quarter_start,
)
from handlers.understanding.dates.numbers import whole
from handlers.understanding.dates.scene import WEEKS_ON, Scene, month_of, reads, year_of


def _period_atom(unit: str, first: date, last: date, *, relation: str = "") -> Atom:
    grain: Literal["week", "month"] = "week" if unit in {"week", "weekend"} else "month"
    return Atom("period", unit=unit, day=first, last=last, grain=grain, vague=True, relation=relation)


def _period(unit: str, ahead: int, today: date) -> Atom:
    if unit == "week":
        first = monday_of(today) + timedelta(weeks=ahead)
        return _period_atom(unit, first, first + 6 * DAY, relation="next" if ahead > 0 else "")
    if unit == "weekend":
        first = monday_of(today) + timedelta(weeks=ahead, days=5)
        return _period_atom(unit, first, first + DAY)
    if unit == "month":
        first = add_months(today.replace(day=1), ahead)
        return _period_atom(unit, first, month_end(first.year, first.month))
    if unit == "quarter":
        first = add_months(quarter_start(today), 3 * ahead)
        return _period_atom(unit, first, add_months(first, 3) - DAY)
    first = date(today.year + ahead, 1, 1)
    return _period_atom("year", first, date(first.year, 12, 31))


# "The second time this month" and 这周已经三次了 count what was; they name no time to come.
# "Call any time this week" and 这周又要拜访 do.
_SO_FAR = re.compile(
    r"(?:(?:first|second|third|fourth|fifth|\d(?:st|nd|rd|th)|nth|umpteenth)\s+time|so\s+far|already|earlier"
    r"|(?<![a-z])(?:(?!need|proceed)[a-z]{2,}ed|rang|met|spoke|saw|came|went|sent|left|been|had|was|were|is|are|down|off|out)(?![a-z])[^,.;]{0,24}\s(?:times|once|twice|all(?:\s+of)?|whole(?:\s+of)?))\s+(?:in\s+)?$"
)
_SO_FAR_ZH = re.compile(r"[里内]?(?:已经?|都已|又(?![要想得该])|是?第[一二两三四五六七八九十\d]+[次回趟])")


@reads("period")
def _read_period(match: re.Match[str], scene: Scene) -> Atom:
    relation = match["rel"] or ""
    if relation == "this" and _SO_FAR.search(scene.text, max(0, match.start() - 48), match.start()):
        return Atom("nothing")
    unit = {"w": "week", "f": "week", "m": "month", "q": "quarter", "y": "year"}[match["unit"][0]]
    unit = "weekend" if match["unit"] == "weekend" else unit
    ahead = {
        "next": 1,
        "following": 1,
        "coming": 1,
        "upcoming": 1,
        "after next": 2,
        "after": 1,
        "last": -1,
        "past": -1,
        "previous": -1,
    }
    if relation in {"coming", "upcoming"} and unit == "weekend":
        ahead = {}
    atom = _period(unit, ahead.get(relation, 0) * (2 if match["unit"] == "fortnight" else 1), scene.today)
    return replace(atom, past=relation in {"last", "past", "previous"})


@reads("z_week")
def _z_week(match: re.Match[str], scene: Scene) -> Atom:
    if match["rel"] in {"这", "本"} and _SO_FAR_ZH.match(scene.text, match.end()):
        return Atom("nothing")
    atom = _period("week", WEEKS_ON[match["rel"]], scene.today)
    if match["edge"] in {"末", "底"}:
        atom = replace(
            atom, slot="date", grain="day", day=(atom.day or scene.today) + (4 if match["edge"] == "底" else 5) * DAY
        )
    elif match["edge"] == "后半":
        atom = replace(atom, slot="date", grain="day", day=(atom.day or scene.today) + 3 * DAY)
    elif match["edge"] == "中":
        atom = replace(atom, slot="date", grain="day", day=(atom.day or scene.today) + 2 * DAY)
    elif match["edge"] == "内":
        atom = replace(atom, slot="date", grain="day", day=(atom.day or scene.today) + 4 * DAY, limit="before")
    return replace(atom, past=match["rel"].startswith("上"))


@reads("z_weekend")
def _z_weekend(match: re.Match[str], scene: Scene) -> Atom:
    relation = match["rel"] or ""
    if match["over"]:
        return Atom("date", day=(_period("weekend", WEEKS_ON.get(relation, 0), scene.today).last or scene.today) + DAY)
    return replace(_period("weekend", WEEKS_ON.get(relation, 0), scene.today), past=relation.startswith("上"))


@reads("z_month_rel")
def _z_month_rel(match: re.Match[str], scene: Scene) -> Atom:
    if match["rel"] in {"这", "本"} and _SO_FAR_ZH.match(scene.text, match.end()):
        return Atom("nothing")
    return replace(_period("month", WEEKS_ON[match["rel"]], scene.today), past=match["rel"].startswith("上"))


@reads("week_of")
def _week_of(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("week_of")


def _edge_of(atom: Atom, edge: str, today: date) -> Atom:
    """The day that the beginning, middle or end of a period means; weeks end on Friday."""
    first, last = atom.day or today, atom.last or today
    if edge in {"end", "back end", "last week", "second half"}:
        day = last - 2 * DAY if atom.unit == "week" else last
        day = last - 6 * DAY if edge == "last week" else day
        day = first + (last - first + DAY) // 2 if edge == "second half" else day
    elif edge in {"middle", "mid"}:
        day = (
            first + 2 * DAY
            if atom.unit == "week"
            else first.replace(day=15)
            if atom.unit == "month"
            else first + (last - first + DAY) // 2
        )
    elif edge in {"late", "later"}:
        day = (
            last - 3 * DAY
            if atom.unit == "week"
            else first.replace(day=21)
            if atom.unit == "month"
            else last.replace(day=1)
        )
    else:
        day = first
    if day < today <= last:
        day = today
    return Atom("date", day=day, vague=True, tags=("edge",))


@reads("edge")
def _edge(match: re.Match[str], scene: Scene) -> Atom:
    unit, relation = match["unit"], match["rel"] or ""
    ahead = 1 if relation in {"next", "following", "coming"} else 0
    today = scene.today
    if unit in {"week", "month", "quarter", "year"}:
        period = _period(unit, ahead, today)
    elif unit[0] in "qh" and unit[1].isdigit():
        period = _quarter_period(unit, year_of(match["y"], today), today)
    else:
        period = month_period(month_of(unit), year_of(match["y"], today), today)
    return _edge_of(period, " ".join(match["edge"].split()), today)


@reads("edge_short")
def _edge_short(match: re.Match[str], scene: Scene) -> Atom:
    word = match["edge"]
    if word.startswith("mid"):
        period = _period("week", 1 if match["rel"] in {"next", "the following"} else 0, scene.today)
        if (period.day or scene.today) + 2 * DAY < scene.today:
            period = _period("week", 1, scene.today)
        return _edge_of(period, "mid", scene.today)
    unit = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(word) or word.split("-")[0].split()[0]
    return _edge_of(_period(unit, 0, scene.today), "end", scene.today)


@reads("later_week", "z_later_week")
def _later_week(match: re.Match[str], scene: Scene) -> Atom:
    return _edge_of(_period("week", 0, scene.today), "end", scene.today)


def month_period(month: int, year: int | None, today: date) -> Atom:
    if year is None:
        year = today.year if month >= today.month else today.year + 1
    first = date(year, month, 1)
    return _period_atom("month", first, month_end(year, month))


def _quarter_period(word: str, year: int | None, today: date) -> Atom:
    digit = int(word.strip("qh"))
    months = 6 if word[0] == "h" else 3
    year = year or today.year
    first = date(year, (digit - 1) * months + 1, 1)
    if add_months(first, months) <= today:
        first = add_months(first, 12)
    return _period_atom("quarter", first, add_months(first, months) - DAY)


@reads("quarter")
def _quarter(match: re.Match[str], scene: Scene) -> Atom:
    word = match["word"]
    word = f"q{word[0]}" if word[0].isdigit() else word
    year = scene.today.year + 1 if match["next"] else year_of(match["y"], scene.today)
    return _quarter_period(word, year, scene.today)


@reads("z_quarter")
def _z_quarter(match: re.Match[str], scene: Scene) -> Atom | None:
    year = year_of(match["y"], scene.today)
    if match["n"]:
        period = _quarter_period(f"q{whole(match['n'])}", year, scene.today)
    elif match["rel"]:
        period = _period("quarter", WEEKS_ON.get(match["rel"], 0), scene.today)
    elif match["edge"]:
        period = _period("quarter", 0, scene.today)
    else:
        return None
    if match["edge"]:
        return _edge_of(period, "beginning" if match["edge"] == "初" else "end", scene.today)
    return replace(period, past=match["rel"] == "上")


@reads("month_year", "month")
def _read_month(match: re.Match[str], scene: Scene) -> Atom | None:
    groups = match.groupdict()
    relation = groups.get("rel") or ""
    if not groups.get("y") and not relation and not _is_surely_month(match, scene):
        return None
    atom = month_period(month_of(match["month"]), year_of(groups.get("y"), scene.today), scene.today)
    return replace(atom, past=relation == "last")


def _is_surely_month(match: re.Match[str], scene: Scene) -> bool:
    """Many short month names are words or given names as well: May, March, Jan, April, June."""
    if re.search(
        r"(?:in|of|by|until|till?|before|after|from|since|for|around|during|end|through)\s+$",
        scene.text[max(0, match.start() - 9) : match.start()],
    ):
        return True
    return (
        match["month"] in {"january", "february", "july", "august", "september", "october", "november", "december"}
        or match[0] == scene.text.strip()
    )


@reads("z_month")
def _z_month(match: re.Match[str], scene: Scene) -> Atom:
    return month_period(month_of(match["month"]), year_of(match["y"], scene.today), scene.today)


@reads("z_edge")
def _z_edge(match: re.Match[str], scene: Scene) -> Atom:
    groups = match.groupdict()
    today = scene.today
    if groups.get("month"):
        period = month_period(month_of(match["month"]), year_of(groups.get("y"), today), today)
    else:
        period = _period("month", WEEKS_ON.get(groups.get("rel") or "", 0), today)
    edge, first = match["edge"], period.day or today
    days = {"初": 1, "上": 1, "中旬": 11, "中": 15, "下": 21}
    if "底" in edge or "末" in edge:
        return Atom("date", day=period.last, vague=True, tags=("edge",))
    key = "中旬" if "中旬" in edge else edge.replace("月", "")[0]
    day = first.replace(day=days.get(key, 1))
    if day < today and not groups.get("month") and not groups.get("rel"):
        day = add_months(day, 1) if key == "初" or day.day < 21 else today
    return Atom("date", day=day, vague=True, tags=("edge",))


@reads("z_year_edge")
def _z_year_edge(match: re.Match[str], scene: Scene) -> Atom:
    year = year_of(match["y"], scene.today) or scene.today.year
    if match["edge"] == "初":
        year += not match["y"] and scene.today > date(year, 1, 1)
        return Atom("date", day=date(year, 1, 1), vague=True, tags=("edge",))
    if match["edge"] == "中":
        return Atom("date", day=date(year, 6, 30), vague=True, tags=("edge",))
    return Atom("date", day=date(year, 12, 31), vague=True, tags=("edge",))


@reads("z_period_end")
def _z_period_end(match: re.Match[str], scene: Scene) -> Atom:
    """月内, 本季度内, 年内: before it is over."""
    unit = {"月": "month", "季度": "quarter", "年": "year"}[match["unit"]]
    return replace(_edge_of(_period(unit, 0, scene.today), "end", scene.today), limit="before")


@reads("z_quarter_latin")
def _z_quarter_latin(match: re.Match[str], scene: Scene) -> Atom:
    period = _quarter_period(f"q{match['n']}", year_of(match["y"], scene.today), scene.today)
    return _edge_of(period, "beginning" if match["edge"] == "初" else "end", scene.today)
