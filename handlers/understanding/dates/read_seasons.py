"""The seasons, which begin on the first day of a month: "next spring", 明年开春."""

from __future__ import annotations

import re
from datetime import date

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.feasts import day_after
from handlers.understanding.dates.scene import YEARS_ON, Scene, reads

_BEGINS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "春": 3, "夏": 6, "秋": 9, "冬": 12}
_MONTHS = 3


@reads("season")
def _season(match: re.Match[str], scene: Scene) -> Atom:
    month = _BEGINS[match["season"]] + (_MONTHS - 1 if match["rel"] == "late" else 0)
    return _from_month(month, scene.today)


@reads("z_season")
def _z_season(match: re.Match[str], scene: Scene) -> Atom:
    month = next(month for season, month in _BEGINS.items() if season in match[0])
    if match["y"]:
        day = date(scene.today.year + YEARS_ON[match["y"]], month, 1)
        return Atom("date", day=max(day, scene.today), grain="month", vague=True)
    return _from_month(month, scene.today)


def _from_month(month: int, today: date) -> Atom:
    """Its next first day; December goes on in the year in which it began."""
    year = today.year + (month < today.month or (month == today.month and today.day > 1))
    return Atom("date", day=date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1), grain="month", vague=True)


@reads("z_year_opens")
def _z_year_opens(match: re.Match[str], scene: Scene) -> Atom:
    """开年 is when people are back from the Spring Festival."""
    return Atom("date", day=day_after("spring_festival", scene.today), vague=True)
