"""``guanxi survey``: surveys from a YAML file, and back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.refusals import unreadable
from bot.settings import read_settings
from bot.survey_files import read_surveys, write_surveys
from bot.wiring import open_house
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.defining import define_survey, list_known, look_up
from domain.surveys.definition import NOT_YET, Definition
from handlers.dispatch import perform
from handlers.surveys.definitions import written_out


async def apply(file: Path) -> int:
    """Make each survey of the file what is asked under its name; all of them or none. Raises Refused and BadDefinition."""
    try:
        text = await asyncio.to_thread(file.read_text, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, error) from None
    surveys = read_surveys(text)
    async with open_house(read_settings()) as house:

        async def act(uow: UnitOfWork, actor: Staff | None) -> list[str]:
            return [await _applied(uow, asks) for asks in surveys]

        async def _applied(uow: UnitOfWork, asks: Definition) -> str:
            standing = await uow.surveys.find(asks.name)
            survey = await define_survey(uow, None, asks, now=house.now())
            is_new = standing is None or standing.id != survey.id
            return f"{survey.name}: edition {survey.edition}" if is_new else f"{survey.name}: unchanged"

        for line in await perform(house.database.unit_of_work, act, now=house.now()):
            print(line)
    for asks in surveys:
        for rule in asks.rules:
            if rule.on in NOT_YET:
                print(f"{asks.name}: nothing happens on {rule.on.value} yet")
    return 0


async def export(name: str | None) -> int:
    """Print one survey, or all of them with the templates. Raises SurveyNotFound."""
    async with open_house(read_settings()) as house, house.database.read() as uow:
        known = [await look_up(uow, name)] if name else await list_known(uow)
    print(write_surveys([written_out(each.asks) for each in known]), end="")
    return 0
