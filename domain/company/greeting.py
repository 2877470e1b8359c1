"""What the company says to customers who come in, in its own words, and how long it keeps what they write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.company.changing import change_topic
from domain.company.greeting_words import PARTS, checked
from domain.company.keeping import greeting_of, retention_of
from domain.company.model import Company
from domain.company.topics import Retention, Texts
from domain.errors import CrmError, NotAllowed
from domain.people.model import Staff
from domain.ports import UnitOfWork

DAYS, YEARS = range(7, 3651), range(1, 31)
LANGUAGE_FIELDS = {"en": "en", "zh-CN": "zh"}


class WrongRetention(CrmError):
    """No number of days or years, or one that is not allowed."""

    code = "wrong-retention"

    def __init__(self, *, typed: str, least: int, most: int) -> None:
        super().__init__(typed=typed, least=least, most=most)


def own_words(company: Company, part: str, language: str) -> str | None:
    """The company's own text for a part, with its placeholders; None for ours."""
    texts: Texts = getattr(greeting_of(company), part)
    own: str | None = getattr(texts, LANGUAGE_FIELDS.get(language, "en"))
    return own


async def change_greeting(
    uow: UnitOfWork, actor: Staff, part: str, texts: Mapping[str, str], *, now: datetime
) -> Company:
    """Set a part in each language; empty is ours again. Raises NotAllowed, UnknownPlaceholder, TooLong."""
    if part not in PARTS:
        raise NotAllowed
    own = {LANGUAGE_FIELDS[language]: checked(part, text) or None for language, text in texts.items()}
    company = await uow.company.get()
    before = greeting_of(company)
    changed: Texts = getattr(before, part).model_copy(update=own)
    await change_topic(uow, actor, greeting=before.model_copy(update={part: changed}), now=now)
    uow.happened("greeting-changed")
    return company


def strangers_kept(company: Company) -> timedelta:
    """How long what strangers wrote is kept after their last word."""
    return timedelta(days=retention_of(company).strangers_days)


def tickets_kept_years(company: Company) -> int:
    """How many years a closed ticket is kept with its words."""
    return retention_of(company).tickets_years


async def change_retention(uow: UnitOfWork, actor: Staff, *, days: int, years: int, now: datetime) -> Company:
    """Raises NotAllowed and WrongRetention."""
    for typed, allowed in ((days, DAYS), (years, YEARS)):
        if typed not in allowed:
            raise WrongRetention(typed=str(typed), least=allowed.start, most=allowed.stop - 1)
    await change_topic(uow, actor, retention=Retention(strangers_days=days, tickets_years=years), now=now)
    uow.happened("retention-changed")
    return await uow.company.get()
