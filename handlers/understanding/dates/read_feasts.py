"""Holidays by name, and the days before and after them."""

from __future__ import annotations

import re

from domain.values.birthdays import next_on, parse_birthday
from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.days import (
    DAY,
)
from handlers.understanding.dates.feasts import day_after, feast_day, feast_in_year, next_statutory
from handlers.understanding.dates.numbers import whole
from handlers.understanding.dates.scene import Scene, reads, year_of

_FEASTS = {
    "new year": "new_year", "xmas": "christmas", "x-mas": "christmas", "christmas": "christmas", "boxing": "boxing_day", "thanksgiving": "thanksgiving",
    "black": "black_friday", "cyber": "cyber_monday", "easter": "easter", "good": "good_friday", "memorial": "memorial_day",
    "presidents": "presidents_day", "mlk": "mlk_day", "independence": "independence_day", "juneteenth": "juneteenth", "columbus": "columbus_day",
    "veterans": "veterans_day", "valentine": "valentine", "halloween": "halloween", "st": "st_patrick", "mother": "mothers_day", "father": "fathers_day",
    "cny": "lunar_new_year", "chinese": "lunar_new_year", "lunar": "lunar_new_year", "spring festival": "spring_festival", "golden": "national_day",
    "mid": "mid_autumn", "dragon": "dragon_boat", "qingming": "qingming", "deepavali": "deepavali", "diwali": "deepavali", "hari": "hari_raya",
    "canada": "canada_day", "4th": "independence_day", "fourth": "independence_day", "spring bank": "spring_bank", "may bank": "spring_bank",
    "summer": "summer_bank", "august": "summer_bank", "nye": "new_year_eve",
}  # fmt: skip
_ZFEASTS = {
    "元旦": "new_year", "新年": "new_year", "春节": "spring_festival", "过年": "spring_festival", "过大年": "spring_festival", "农历新年": "spring_festival",
    "年": "spring_festival", "除夕": "new_year_eve_lunar", "年三十": "new_year_eve_lunar", "大年三十": "new_year_eve_lunar", "元宵": "lantern", "情人": "valentine",
    "妇女": "women", "三八": "women", "清明": "qingming", "五一": "labour_day", "劳动": "labour_day", "母亲": "mothers_day", "父亲": "fathers_day",
    "六一": "children", "儿童": "children", "端午": "dragon_boat", "六一八": "mid_year_sale", "教师": "teachers", "中秋": "mid_autumn", "国庆": "national_day",
    "十一": "national_day", "黄金周": "national_day", "双十一": "singles_day", "双11": "singles_day", "双十二": "double_twelve", "双12": "double_twelve",
    "感恩": "thanksgiving", "圣诞": "christmas", "平安夜": "christmas_eve", "万圣": "halloween", "复活": "easter",
}  # fmt: skip


def _feast_name(word: str, country: str) -> str:
    word = " ".join(word.replace("'", "").replace("’", "").removeprefix("the ").split())
    if word.endswith("eve"):
        return "christmas_eve" if word.startswith(("christmas", "xmas", "x-mas")) else "new_year_eve"
    if word == "national day":
        return "national_day" if country == "CN" else "sg_national_day"
    if word.startswith(("labor", "labour")):
        return "us_labor_day" if country in {"US", "CA"} else "labour_day"
    if word == "easter monday":
        return "easter_monday"
    return next(name for key, name in _FEASTS.items() if word.startswith(key))


@reads("feast")
def _feast(match: re.Match[str], scene: Scene) -> Atom:
    name = _feast_name(match["name"], scene.country)
    year = year_of(match["y"], scene.today)
    return Atom("date", day=feast_in_year(name, year) if year else feast_day(name, scene.today), feast=name)


@reads("feast_season")
def _feast_season(match: re.Match[str], scene: Scene) -> Atom:
    after = match[0].startswith("after") or "new" in match[0]
    day = day_after("new_year", scene.today) if after else feast_day("christmas", scene.today)
    return Atom("date", day=day, vague=True, feast="" if after else "new_year", doubt=False)


@reads("z_feast")
def _z_feast(match: re.Match[str], scene: Scene) -> Atom | None:
    name = _z_feast_name(match["name"], scene)
    year = year_of((match["y"] or "")[:1], scene.today)
    return Atom("date", day=feast_in_year(name, year) if year else feast_day(name, scene.today), feast=name)


@reads("z_lunar")
def _z_lunar(match: re.Match[str], scene: Scene) -> Atom | None:
    """The day of the Chinese calendar that comes next, which our own calendar of birthdays knows."""
    lunar = parse_birthday(match["day"].replace("的", ""))
    return Atom("date", day=next_on(lunar, scene.today - DAY), tags=("full",)) if lunar is not None else None


@reads("z_feast_done")
def _z_feast_done(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("date", day=day_after(_z_feast_name(match["name"], scene), scene.today), vague=True)


def _z_feast_name(word: str, scene: Scene) -> str:
    if word in {"节", "假", "放假", "长假", "小长假"}:
        return _mentioned_feast(scene) or next_statutory(scene.today, "CN")
    if word in _ZFEASTS:
        return _ZFEASTS[word]
    return _ZFEASTS.get(word.removesuffix("节"), "spring_festival")


def _mentioned_feast(scene: Scene) -> str | None:
    """节后 means the holiday that the text names, if it names one."""
    found = [(scene.text.find(word), name) for word, name in _ZFEASTS.items() if len(word) > 1 and word in scene.text]
    return min(found)[1] if found else None


@reads("z_feast_near")
def _z_feast_near(match: re.Match[str], scene: Scene) -> Atom:
    """元旦前一天, 国庆后两天."""
    name = _z_feast_name(match["name"], scene)
    year = year_of((match["y"] or "")[:1], scene.today)
    day = feast_in_year(name, year) if year else feast_day(name, scene.today)
    days = whole(match["n"])
    return Atom("date", day=day + (days if match["way"] == "后" else -days) * DAY, tags=("full",))


@reads("z_feast_rel")
def _z_feast_rel(match: re.Match[str], scene: Scene) -> Atom | None:
    way = match["way"]
    if way == "期间":
        return Atom("nothing")
    if match["name"] == "年" and "前" in way:
        return Atom("nothing")
    name = _z_feast_name(match["name"], scene)
    if "前" in way:
        return Atom("date", day=feast_day(name, scene.today) - DAY, limit="before", vague=True)
    return Atom("date", day=day_after(name, scene.today), vague=True)
