"""Finding a time zone by what people call it: its IANA name, or a city."""

from __future__ import annotations

import unicodedata
from functools import cache
from zoneinfo import available_timezones

# Cities whose zone has the name of another city, and Chinese names of the zones asked for most.
_CITIES = {
    "beijing": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai",
    "guangzhou": "Asia/Shanghai",
    "chengdu": "Asia/Shanghai",
    "hangzhou": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "北京": "Asia/Shanghai",
    "上海": "Asia/Shanghai",
    "广州": "Asia/Shanghai",
    "深圳": "Asia/Shanghai",
    "成都": "Asia/Shanghai",
    "杭州": "Asia/Shanghai",
    "乌鲁木齐": "Asia/Urumqi",
    "香港": "Asia/Hong_Kong",
    "澳门": "Asia/Macau",
    "台北": "Asia/Taipei",
    "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo",
    "首尔": "Asia/Seoul",
    "曼谷": "Asia/Bangkok",
    "伦敦": "Europe/London",
    "巴黎": "Europe/Paris",
    "柏林": "Europe/Berlin",
    "纽约": "America/New_York",
    "洛杉矶": "America/Los_Angeles",
    "悉尼": "Australia/Sydney",
    "munich": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "barcelona": "Europe/Madrid",
    "milan": "Europe/Rome",
    "manchester": "Europe/London",
    "edinburgh": "Europe/London",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "miami": "America/New_York",
    "houston": "America/Chicago",
    "dallas": "America/Chicago",
    "delhi": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "melbourne": "Australia/Melbourne",
    "utc": "UTC",
    "gmt": "UTC",
}


def find_zone(typed: str) -> str | None:
    """The IANA zone of a name in any case (``europe/london``), or of a city (London, new york, 上海); else None."""
    name = _folded(typed)
    return _by_name().get(name) or _CITIES.get(name.removesuffix("市")) or _by_city().get(name)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:100]).casefold().replace("_", " ").split())


@cache
def _by_name() -> dict[str, str]:
    return {_folded(name): name for name in available_timezones()}


@cache
def _by_city() -> dict[str, str]:
    """By the last part of the name. ``US/Eastern`` and its like name no city."""
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    names = sorted(name for name in available_timezones() if name.startswith(regions))
    return {_folded(name.rpartition("/")[2]): name for name in names}
