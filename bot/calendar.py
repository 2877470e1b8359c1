"""``guanxi calendar``: days that the calendar does not know, above all next year's make-up workdays in China."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from bot.refusals import Refused
from bot.settings import read_settings
from bot.wiring import House, open_house
from domain.company.actions import enter_days
from domain.company.model import Company
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform


class Kind(Enum):
    WORK = "work"
    FREE = "free"
    FORGET = "forget"


async def enter(kind: Kind, days: Sequence[str]) -> int:
    """Enter days as ISO dates, and print all that are entered. Raises Refused for what is no date."""
    named = [_date(day) for day in days]
    async with open_house(read_settings()) as house:

        async def act(uow: UnitOfWork, actor: Staff | None) -> Company:
            return await enter_days(uow, **{kind.value: named})

        await perform(house.database.unit_of_work, act, now=house.now())
        await _print(house)
    return 0


async def show() -> int:
    async with open_house(read_settings()) as house:
        await _print(house)
    return 0


async def _print(house: House) -> None:
    async with house.database.read() as uow:
        company = await uow.company.get()
    for kind, days in ((Kind.WORK, company.extra_workdays), (Kind.FREE, company.extra_holidays)):
        for day in days:
            print(day, kind.value)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text!r} is no date; write it like 2027-02-06") from None
