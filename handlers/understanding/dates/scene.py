"""What every reader of pieces shares: the scene, the register of readers, and the words for days and months."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.understanding.dates.atoms import Atom
from handlers.understanding.dates.numbers import ORDINALS, whole


@dataclass(frozen=True)
class Scene:
    """What a reader knows beside its match: the whole text, the moment, and how numeric dates are ordered."""

    text: str
    now: datetime
    order: str
    country: str
    chinese: bool
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.date()


Reader = Callable[[re.Match[str], Scene], Atom | None]
READERS: dict[str, Reader] = {}
HAN = re.compile(r"[\u4e00-\u9fff]")
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
HAN_WEEKDAYS = {character: number for number, character in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
HAN_WEEKDAYS |= {str(number + 1): number for number in range(7)}
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
WEEKS_ON = {
    "上上": -2,
    "上": -1,
    "这": 0,
    "这个": 0,
    "本": 0,
    "今": 0,
    "当": 0,
    "下": 1,
    "下个": 1,
    "下下": 2,
    "下下个": 2,
    "下下下": 3,
}
YEARS_ON = {"今": 0, "明": 1, "后": 2, "去": -1, "来": 1}


def reads(*names: str) -> Callable[[Reader], Reader]:
    def register(reader: Reader) -> Reader:
        for name in names:
            READERS[name] = reader
        return reader

    return register


def weekday_of(word: str) -> int:
    return WEEKDAYS[word[:3]]


def month_of(word: str) -> int:
    return MONTHS[word[:3]] if word[0].isalpha() and word.isascii() else whole(word)


def day_number(word: str) -> int:
    word = " ".join(word.split())
    return ORDINALS[word] if word in ORDINALS else whole(word)


def year_of(word: str | None, today: date) -> int | None:
    if not word:
        return None
    if word in YEARS_ON:
        return today.year + YEARS_ON[word]
    year = whole(word.lstrip("'"))
    return year + 2000 if year < 100 else year
