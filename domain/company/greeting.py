"""What the company says to customers who come in, in its own words, and how long it keeps what they write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from domain.company.model import Company
from domain.errors import CrmError, NotAllowed
from domain.leads.errors import TooLong
from domain.people.model import Staff
from domain.ports import UnitOfWork

PRIVATE, GROUP, REACH = "private", "group", "reach"
PARTS = (PRIVATE, GROUP, REACH)
"""The greeting in private, the one in a group, and how we are reached besides."""
PLACEHOLDERS = {PRIVATE: ("name", "company"), GROUP: ("names", "company"), REACH: ("company",)}
LONGEST = 1000
STRANGERS, TICKETS = "keep-strangers-days", "keep-tickets-years"
DEFAULT_DAYS, DEFAULT_YEARS = 180, 3
DAYS, YEARS = range(7, 3651), range(1, 31)
_BRACED = re.compile(r"[{｛]\s*([^{}｛｝]*?)\s*[}｝]")


class UnknownPlaceholder(CrmError):
    """A word in braces that nothing can be put in place of."""

    code = "unknown-placeholder"

    def __init__(self, *, typed: str, known: list[str]) -> None:
        super().__init__(typed=typed, known=known)


class WrongRetention(CrmError):
    """No number of days or years, or one that is not allowed."""

    code = "wrong-retention"

    def __init__(self, *, typed: str, least: int, most: int) -> None:
        super().__init__(typed=typed, least=least, most=most)


def _setting(part: str, language: str) -> str:
    return f"greeting-{part}-{language}"


def own_words(company: Company, part: str, language: str) -> str | None:
    """The company's own text for a part, with its placeholders; None for ours."""
    return company.settings.get(_setting(part, language)) or None


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its placeholders replaced."""
    return _BRACED.sub(lambda found: facts.get(found[1], ""), text)


def braced_words(text: str) -> list[str]:
    """What stands in braces, in its order."""
    return _BRACED.findall(text)


def has_stray_brace(text: str) -> bool:
    """A brace that is not one of a pair around a word."""
    return re.search(r"[{}｛｝]", _BRACED.sub("", text)) is not None


def checked(part: str, text: str) -> str:
    """The text as it may be kept. Raises UnknownPlaceholder and TooLong."""
    plain = text.strip()
    if len(plain) > LONGEST:
        raise TooLong(field="greeting", limit=LONGEST)
    known = PLACEHOLDERS[part]
    for word in braced_words(plain):
        if word not in known:
            raise UnknownPlaceholder(typed=word[:40], known=[f"{{{name}}}" for name in known])
    if has_stray_brace(plain):
        raise UnknownPlaceholder(typed="{", known=[f"{{{name}}}" for name in known])
    return plain


async def change_greeting(uow: UnitOfWork, actor: Staff, part: str, texts: Mapping[str, str]) -> Company:
    """Set a part in each language; empty is ours again. Raises NotAllowed, UnknownPlaceholder, TooLong."""
    if not actor.leads_others or part not in PARTS:
        raise NotAllowed
    company = await uow.company.get()
    kept = dict(company.settings)
    for language, text in texts.items():
        plain = checked(part, text)
        if plain:
            kept[_setting(part, language)] = plain
        else:
            kept.pop(_setting(part, language), None)
    company.settings = kept
    uow.happened("greeting-changed")
    return company


def strangers_kept(company: Company) -> timedelta:
    """How long what strangers wrote is kept after their last word."""
    return timedelta(days=int(company.settings.get(STRANGERS, DEFAULT_DAYS)))


def tickets_kept_years(company: Company) -> int:
    """How many years a closed ticket is kept with its words."""
    return int(company.settings.get(TICKETS, DEFAULT_YEARS))


async def change_retention(uow: UnitOfWork, actor: Staff, *, days: int, years: int) -> Company:
    """Raises NotAllowed and WrongRetention."""
    if not actor.leads_others:
        raise NotAllowed
    for typed, allowed in ((days, DAYS), (years, YEARS)):
        if typed not in allowed:
            raise WrongRetention(typed=str(typed), least=allowed.start, most=allowed.stop - 1)
    company = await uow.company.get()
    company.settings = {**company.settings, STRANGERS: str(days), TICKETS: str(years)}
    uow.happened("retention-changed")
    return company
