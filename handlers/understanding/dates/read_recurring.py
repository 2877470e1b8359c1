"""What comes again: every Monday, 每月15号."""

from __future__ import annotations

import re
from typing import Literal

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.numbers import whole
from handlers.understanding.dates.scene import HAN_WEEKDAYS, WEEKDAYS, Scene, day_number, reads, weekday_of
from handlers.understanding.model import Recurrence


@reads("every")
def _every(match: re.Match[str], scene: Scene) -> Atom:
    words = match["every"].split()
    interval = whole(match["interval"]) if match.groupdict().get("interval") else 1
    interval = 2 if words[0].startswith(("bi", "fortnight")) else interval
    last = words[-1].rstrip(".")
    if last[:3] in WEEKDAYS and last not in {"month", "months", "monthly"}:
        return Atom("recurrence", recurrence=Recurrence("weekly", interval, weekday=weekday_of(last)))
    if last.startswith(("weekday", "workday", "workingday")) or words[0].startswith(("work", "business")):
        return Atom("recurrence", recurrence=Recurrence("daily", working_days=True))
    if last.startswith("quarter"):
        return Atom("recurrence", recurrence=Recurrence("monthly", 3 * interval))
    frequency: dict[str, Literal["daily", "weekly", "monthly", "yearly"]] = {
        "d": "daily",
        "w": "weekly",
        "b": "weekly",
        "f": "weekly",
        "m": "monthly",
        "y": "yearly",
    }
    return Atom(
        "recurrence",
        recurrence=Recurrence("daily" if last == "morning" else frequency[last[0]], interval),
        part="morning" if last == "morning" else "",
    )


@reads("z_every")
def _z_every(match: re.Match[str], scene: Scene) -> Atom | None:
    interval = 2 if match["interval"] == "隔" else whole(match["interval"] or "一")
    unit, when = match["unit"], match["at"] or ""
    if unit in {"周", "星期", "礼拜"}:
        return Atom("recurrence", recurrence=Recurrence("weekly", interval, weekday=HAN_WEEKDAYS.get(when[:1])))
    if unit == "月":
        days = re.search(r"[\d一二三四五六七八九十]+", when)
        edge = {"末": -1, "底": -1, "初": 1}.get(when)
        return Atom("recurrence", recurrence=Recurrence("monthly", interval, day=whole(days[0]) if days else edge))
    if unit.startswith("季"):
        return Atom("recurrence", recurrence=Recurrence("monthly", 3 * interval))
    if unit == "工作日":
        return Atom("recurrence", recurrence=Recurrence("daily", working_days=True))
    return Atom("recurrence", recurrence=Recurrence("yearly" if unit == "年" else "daily", interval))


@reads("every_nth")
def _every_nth(match: re.Match[str], scene: Scene) -> Atom | None:
    nth = -1 if match["nth"] == "last" else day_number(match["nth"])
    if not -1 <= nth <= 4:
        return None
    return Atom("recurrence", recurrence=Recurrence("monthly", weekday=weekday_of(match["wd"]), nth=nth))


@reads("z_every_nth")
def _z_every_nth(match: re.Match[str], scene: Scene) -> Atom:
    nth = -1 if match["nth"].startswith("最后") else whole(match["nth"][1])
    return Atom("recurrence", recurrence=Recurrence("monthly", weekday=HAN_WEEKDAYS[match["wd"]], nth=nth))


@reads("every_dom")
def _every_dom(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("recurrence", recurrence=Recurrence("monthly", day=day_number(match["d"])))
