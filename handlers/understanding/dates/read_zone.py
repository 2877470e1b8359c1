"""A time zone that was named beside an hour: 10am Shanghai time, 8:30 BST, 北京时间上午10点."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.scene import Scene, reads

#: Abbreviations that people say all the year mean the place: "10am EST" in July is New York's wall clock.
_ABBREVIATIONS = {
    "utc": "UTC", "gmt": "UTC", "bst": "Europe/London", "wet": "Europe/Lisbon", "cet": "Europe/Paris", "cest": "Europe/Paris", "eet": "Europe/Athens",
    "msk": "Europe/Moscow", "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "ct": "America/Chicago", "cdt": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "ist": "Asia/Kolkata", "gst": "Asia/Dubai", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "ict": "Asia/Bangkok",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "awst": "Australia/Perth", "nzt": "Pacific/Auckland", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip
_PLACES = {
    "uk": "Europe/London", "london": "Europe/London", "british": "Europe/London", "dublin": "Europe/Dublin", "paris": "Europe/Paris", "berlin": "Europe/Berlin",
    "german": "Europe/Berlin", "madrid": "Europe/Madrid", "rome": "Europe/Rome", "amsterdam": "Europe/Amsterdam", "zurich": "Europe/Zurich", "central european": "Europe/Paris",
    "moscow": "Europe/Moscow", "istanbul": "Europe/Istanbul", "dubai": "Asia/Dubai", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "bangkok": "Asia/Bangkok", "jakarta": "Asia/Jakarta", "singapore": "Asia/Singapore", "hong kong": "Asia/Hong_Kong", "hk": "Asia/Hong_Kong",
    "china": "Asia/Shanghai", "chinese": "Asia/Shanghai", "shanghai": "Asia/Shanghai", "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "taipei": "Asia/Taipei",
    "manila": "Asia/Manila", "seoul": "Asia/Seoul", "korean": "Asia/Seoul", "tokyo": "Asia/Tokyo", "japan": "Asia/Tokyo", "sydney": "Australia/Sydney",
    "melbourne": "Australia/Melbourne", "perth": "Australia/Perth", "auckland": "Pacific/Auckland", "new york": "America/New_York", "ny": "America/New_York",
    "nyc": "America/New_York", "boston": "America/New_York", "toronto": "America/Toronto", "eastern": "America/New_York", "us eastern": "America/New_York",
    "chicago": "America/Chicago", "central": "America/Chicago", "us central": "America/Chicago", "denver": "America/Denver", "mountain": "America/Denver",
    "us mountain": "America/Denver", "pacific": "America/Los_Angeles", "us pacific": "America/Los_Angeles", "la": "America/Los_Angeles",
    "california": "America/Los_Angeles", "sf": "America/Los_Angeles", "seattle": "America/Los_Angeles", "mexico city": "America/Mexico_City", "sao paulo": "America/Sao_Paulo",
}  # fmt: skip
_HAN_PLACES = {
    "北京": "Asia/Shanghai", "上海": "Asia/Shanghai", "中国": "Asia/Shanghai", "国内": "Asia/Shanghai", "香港": "Asia/Hong_Kong", "台北": "Asia/Taipei", "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo", "日本": "Asia/Tokyo", "首尔": "Asia/Seoul", "韩国": "Asia/Seoul", "曼谷": "Asia/Bangkok", "印度": "Asia/Kolkata", "迪拜": "Asia/Dubai",
    "莫斯科": "Europe/Moscow", "伦敦": "Europe/London", "英国": "Europe/London", "巴黎": "Europe/Paris", "柏林": "Europe/Berlin", "德国": "Europe/Berlin", "法国": "Europe/Paris",
    "纽约": "America/New_York", "美东": "America/New_York", "美国东部": "America/New_York", "芝加哥": "America/Chicago", "美中": "America/Chicago", "洛杉矶": "America/Los_Angeles",
    "旧金山": "America/Los_Angeles", "西雅图": "America/Los_Angeles", "美西": "America/Los_Angeles", "美国西部": "America/Los_Angeles", "悉尼": "Australia/Sydney",
    "墨尔本": "Australia/Melbourne", "奥克兰": "Pacific/Auckland",
}  # fmt: skip


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


WORDS = rf"(?:(?:{_any(_PLACES)})\s+time|{_any(_ABBREVIATIONS)}|cst)(?![a-z0-9])"
LATIN = rf"(?P<zone>{WORDS})"
HAN = rf"(?P<zone>(?:{_any(_HAN_PLACES)})(?:当地)?时间)"


@reads("zone")
def _read_zone(match: re.Match[str], scene: Scene) -> Atom:
    word = " ".join(match["zone"].split())
    if word == "cst":  # China's to people in Asia, Chicago's to everybody else
        return Atom("zone", tags=("Asia/Shanghai" if scene.zone.key.startswith("Asia/") else "America/Chicago",))
    return Atom("zone", tags=(_ABBREVIATIONS.get(word) or _PLACES[word.removesuffix(" time")],))


@reads("z_zone")
def _read_han_zone(match: re.Match[str], scene: Scene) -> Atom:
    return Atom("zone", tags=(_HAN_PLACES[match["zone"].removesuffix("时间").removesuffix("当地")],))


def converted(at: datetime, zone: str, scene: Scene, *, has_date: bool) -> datetime:
    """The naive wall-clock time of ``zone`` on the speaker's wall clock; an hour alone is the next such one."""
    here = at.replace(tzinfo=ZoneInfo(zone)).astimezone(scene.zone).replace(tzinfo=None)
    if not has_date:
        while here - timedelta(days=1) > scene.now:
            here -= timedelta(days=1)
        while here <= scene.now:
            here += timedelta(days=1)
    return here
