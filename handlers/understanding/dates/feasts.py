"""Holidays by the names people use, from fixed dates and from the calendars of `chinesecalendar` and `holidays`.

Both are asked with care: chinesecalendar ends with the last year that the State Council has announced and raises beyond it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from handlers.understanding.dates.days import DAY, nth_weekday

_FIXED = {
    "new_year": (1, 1), "valentine": (2, 14), "women": (3, 8), "april_fools": (4, 1), "labour_day": (5, 1), "children": (6, 1),
    "teachers": (9, 10), "national_day": (10, 1), "halloween": (10, 31), "singles_day": (11, 11), "double_twelve": (12, 12),
    "mid_year_sale": (6, 18), "christmas_eve": (12, 24), "christmas": (12, 25), "boxing_day": (12, 26), "new_year_eve": (12, 31),
    "independence_day": (7, 4), "juneteenth": (6, 19), "veterans_day": (11, 11), "canada_day": (7, 1), "sg_national_day": (8, 9),
    "st_patrick": (3, 17),
}  # fmt: skip
#: How long offices are closed from the feast on, where the calendar of the year is not known.
_CLOSED = {"new_year": 1, "labour_day": 5, "national_day": 7, "spring_festival": 7, "easter": 2, "lunar_new_year": 2}
_STATUTORY_CN = ("new_year", "spring_festival", "qingming", "labour_day", "dragon_boat", "mid_autumn", "national_day")
_STATUTORY_ELSEWHERE = ("new_year", "easter", "christmas", "thanksgiving")


def feast_day(name: str, today: date) -> date:
    """The next such feast from ``today`` on; raises ValueError when its date is not known."""
    for year in (today.year, today.year + 1):
        found = _feast_in(name, year)
        if found >= today:
            return found
    raise ValueError(name)


def feast_in_year(name: str, year: int) -> date:
    """The feast of that year; raises ValueError when its date is not known."""
    return _feast_in(name, year)


def day_after(name: str, today: date) -> date:
    """The first day after the statutory holiday that begins with the feast, from ``today`` on; raises ValueError as above."""
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            after = _end_of_holiday(name, _feast_in(name, year)) + DAY
        except ValueError:
            continue
        if after > today:
            return after
    raise ValueError(name)


def next_statutory(today: date, country: str) -> str:
    """The holiday that people mean by "the holidays" or 节: the one going on, or the next to come."""
    names = _STATUTORY_CN if country == "CN" else _STATUTORY_ELSEWHERE
    return min(names, key=lambda name: _after_or_never(name, today))


def _after_or_never(name: str, today: date) -> date:
    try:
        return day_after(name, today)
    except ValueError:
        return date.max


@cache
def _feast_in(name: str, year: int) -> date:
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _MOVABLE:
        return _MOVABLE[name](year)
    raise ValueError(name)


def _end_of_holiday(name: str, feast: date) -> date:
    """New Year counts as one day by convention, whatever bridge days a year has."""
    if name not in {"new_year", "christmas", "boxing_day"}:
        announced = _announced(feast.year)
        last = feast
        while last + DAY in announced and (name in _STATUTORY_CN):
            last += DAY
        if last > feast:
            return last
    return feast + timedelta(days=_CLOSED.get(name, 1) - 1)


@cache
def _announced(year: int) -> frozenset[date]:
    """The free days of mainland China, empty for years that were not announced yet."""
    from chinese_calendar import constants

    return frozenset(day for day in constants.holidays if day.year == year)


@cache
def _from_calendar(country: str, year: int, part_of_name: str) -> date:
    from holidays import country_holidays

    if not 1901 <= year <= 2099:
        raise ValueError(year)
    days = country_holidays(country, years=[year], language="en_US" if country == "CN" else None)
    found = [day for day, name in days.items() if part_of_name in name and "Eve" not in name and "observed" not in name]
    if not found:
        raise ValueError(part_of_name)
    return min(found)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


_MOVABLE: dict[str, Callable[[int], date]] = {
    "thanksgiving": lambda year: nth_weekday(year, 11, weekday=3, nth=4),
    "black_friday": lambda year: nth_weekday(year, 11, weekday=3, nth=4) + DAY,
    "cyber_monday": lambda year: nth_weekday(year, 11, weekday=3, nth=4) + 4 * DAY,
    "us_labor_day": lambda year: nth_weekday(year, 9, weekday=0, nth=1),
    "memorial_day": lambda year: nth_weekday(year, 5, weekday=0, nth=-1),
    "presidents_day": lambda year: nth_weekday(year, 2, weekday=0, nth=3),
    "mlk_day": lambda year: nth_weekday(year, 1, weekday=0, nth=3),
    "columbus_day": lambda year: nth_weekday(year, 10, weekday=0, nth=2),
    "mothers_day": lambda year: nth_weekday(year, 5, weekday=6, nth=2),
    "fathers_day": lambda year: nth_weekday(year, 6, weekday=6, nth=3),
    "easter": easter,
    "good_friday": lambda year: easter(year) - 2 * DAY,
    "easter_monday": lambda year: easter(year) + DAY,
    "spring_festival": lambda year: _from_calendar("CN", year, "Spring Festival"),
    "lunar_new_year": lambda year: _from_calendar("CN", year, "Spring Festival"),
    "new_year_eve_lunar": lambda year: _from_calendar("CN", year, "Spring Festival") - DAY,
    "lantern": lambda year: _from_calendar("CN", year, "Spring Festival") + 14 * DAY,
    "qingming": lambda year: _from_calendar("CN", year, "Tomb-Sweeping"),
    "dragon_boat": lambda year: _from_calendar("CN", year, "Dragon Boat"),
    "mid_autumn": lambda year: _from_calendar("CN", year, "Mid-Autumn"),
    "deepavali": lambda year: _from_calendar("SG", year, "Deepavali"),
    "hari_raya": lambda year: _from_calendar("SG", year, "Hari Raya Puasa"),
    "spring_bank": lambda year: nth_weekday(year, 5, weekday=0, nth=-1),
    "summer_bank": lambda year: nth_weekday(year, 8, weekday=0, nth=-1),
}
