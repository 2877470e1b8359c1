"""When customers are wished well: birthdays, anniversaries and festivals, and whom a company greets then."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from domain.broadcasts.wording import checked_text
from domain.company.model import Company
from domain.errors import CrmError, NotAllowed
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.birthdays import Birthday, next_on, parse_birthday

BIRTHDAY, ANNIVERSARY = "birthday", "anniversary"
FESTIVALS: Mapping[str, Birthday] = {
    "new-year": Birthday(1, 1),
    "spring-festival": Birthday(1, 1, lunar=True),
    "lantern": Birthday(1, 15, lunar=True),
    "dragon-boat": Birthday(5, 5, lunar=True),
    "mid-autumn": Birthday(8, 15, lunar=True),
    "national-day": Birthday(10, 1),
    "christmas": Birthday(12, 25),
}
"""Never 清明, 中元 and 寒衣: on those days one remembers the dead, and wishes nobody anything."""
OCCASIONS = (BIRTHDAY, ANNIVERSARY, *FESTIVALS)
READ_BY: Mapping[str, frozenset[str]] = {
    "lantern": frozenset({"zh-CN"}),
    "dragon-boat": frozenset({"zh-CN"}),
    "national-day": frozenset({"zh-CN"}),
    "christmas": frozenset({"en"}),
}
"""Who is greeted with our own words; in other languages only where the company wrote words for it."""
ANNIVERSARY_FIELDS = ("anniversary", "纪念日", "周年", "合作日期")
"""Names of a customer's own field that holds the day."""
ONLY_TAGS, ONLY_GRADES = "care-tags", "care-grades"
_MOURNING = re.compile(r"清明|中元|寒衣|鬼节|盂兰")
_ADDRESSED_AS_QIN = re.compile(r"(?:^|[\s，。！,.!~～])亲(?:们)?(?:[\s，。！,.!~～:：]|$)")


class UnfitWish(CrmError):
    """Words that hurt more than they please; ``why``: happy, mourning or familiar."""

    code = "unfit-wish"

    def __init__(self, *, why: str) -> None:
        super().__init__(why=why)


@dataclass(frozen=True, kw_only=True)
class Cared:
    """What is known of a contact when it is asked whether today is a day of theirs."""

    contact_id: int
    birthday: str | None
    anniversary: str | None
    tags: tuple[str, ...]
    grade: str | None


@dataclass(frozen=True, kw_only=True)
class Care:
    """What a company has set: the occasions that are on, and for whom. Nothing is on until somebody says so."""

    occasions: frozenset[str]
    tags: frozenset[str]
    grades: frozenset[str]

    @classmethod
    def of(cls, company: Company) -> Care:
        kept = company.settings
        return cls(
            occasions=frozenset(each for each in OCCASIONS if kept.get(_switch(each)) == "on"),
            tags=frozenset(each.casefold() for each in _words(kept.get(ONLY_TAGS, ""))),
            grades=frozenset(_words(kept.get(ONLY_GRADES, ""))),
        )

    def occasion_of(self, person: Cared, day: date) -> str | None:
        """The one occasion of that day for this person, their own before everybody's; None on other days."""
        if self.tags and not self.tags & {tag.casefold() for tag in person.tags}:
            return None
        if self.grades and person.grade not in self.grades:
            return None
        own = ((BIRTHDAY, person.birthday), (ANNIVERSARY, person.anniversary))
        for occasion, kept in own:
            if occasion in self.occasions and falls_on(kept, day):
                return occasion
        return next(iter(self.festivals_on(day)), None)

    def festivals_on(self, day: date) -> Sequence[str]:
        return [name for name, at in FESTIVALS.items() if name in self.occasions and _is_on(at, day)]


def falls_on(kept: str | None, day: date) -> bool:
    """Is that a birthday's, or an anniversary's, day? 29 February is kept on the 28th of common years."""
    birthday = parse_birthday(kept) if kept else None
    return birthday is not None and _is_on(birthday, day)


def _is_on(birthday: Birthday, day: date) -> bool:
    return next_on(birthday, day - timedelta(days=1)) == day


@lru_cache(maxsize=64)
def endings_on(day: date) -> Sequence[str]:
    """The last five letters that a kept birthday of that day may have, for looking them up. Solar and lunar ones alike."""
    from lunar_python import Solar

    solar = {f"{day:%m-%d}"}
    if not _is_leap(day.year) and (day.month, day.day) == (2, 28):
        solar.add("02-29")
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month = abs(lunar.getMonth())
    return sorted(solar | {f"{month:02}-{lunar.getDay():02}", f"{month:02}-{lunar.getDay() + 1:02}"})


def _is_leap(year: int) -> bool:
    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0


def own_wish(company: Company, occasion: str, language: str) -> str | None:
    """The company's own words; None for ours."""
    return company.settings.get(_text_key(occasion, language)) or None


def is_greeted_in(company: Company, occasion: str, language: str) -> bool:
    """Are there words for that occasion in that language?"""
    return own_wish(company, occasion, language) is not None or language in READ_BY.get(occasion, {language})


def checked_wish(occasion: str, typed: str) -> str:
    """The words as they may be kept. Raises UnfitWish, UnknownVariable and TooLong.

    At 端午 one wishes peace (安康), not joy; days of mourning are nobody's feast; a customer is not addressed as 亲.
    """
    text = checked_text(typed)
    if _MOURNING.search(text):
        raise UnfitWish(why="mourning")
    if (occasion == "dragon-boat" or "端午" in text) and re.search(r"快乐|happy", text, re.IGNORECASE):
        raise UnfitWish(why="happy")
    if _ADDRESSED_AS_QIN.search(text):
        raise UnfitWish(why="familiar")
    return text


async def switch_occasion(uow: UnitOfWork, actor: Staff, occasion: str, *, is_on: bool) -> Company:
    """Raises NotAllowed."""
    return await _keep(uow, actor, {_switch(_known(occasion)): "on" if is_on else ""})


async def change_wish(uow: UnitOfWork, actor: Staff, occasion: str, texts: Mapping[str, str]) -> Company:
    """Set the words by language; empty is ours again. Raises NotAllowed and what ``checked_wish`` does."""
    name = _known(occasion)
    return await _keep(uow, actor, {_text_key(name, each): checked_wish(name, text) for each, text in texts.items()})


async def choose_whom(uow: UnitOfWork, actor: Staff, *, tags: Sequence[str], grades: Sequence[str]) -> Company:
    """Whom all of it is for; nothing named is everybody. Raises NotAllowed."""
    return await _keep(uow, actor, {ONLY_TAGS: ",".join(tags), ONLY_GRADES: ",".join(grades)})


def only_tags(company: Company) -> list[str]:
    return _words(company.settings.get(ONLY_TAGS, ""))


def only_grades(company: Company) -> list[str]:
    return _words(company.settings.get(ONLY_GRADES, ""))


async def _keep(uow: UnitOfWork, actor: Staff, values: Mapping[str, str]) -> Company:
    if not actor.leads_others:
        raise NotAllowed
    company = await uow.company.get()
    company.settings = {name: value for name, value in {**company.settings, **values}.items() if value}
    uow.happened("care-changed")
    return company


def _known(occasion: str) -> str:
    if occasion not in OCCASIONS:
        raise NotAllowed
    return occasion


def _switch(occasion: str) -> str:
    return f"care-on-{occasion}"


def _text_key(occasion: str, language: str) -> str:
    return f"care-text-{occasion}-{language}"


def _words(kept: str) -> list[str]:
    return [word for each in kept.split(",") if (word := each.strip())]
