"""``guanxi config``: what the company has set, to a file and from one; shown first, changed on ``--yes``."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config_files import Names, WrongFile, read_config, write_config
from bot.refusals import Refused, unreadable
from bot.settings import read_settings
from bot.wiring import House, open_house
from domain.company.changing import change_company, keeping_names
from domain.company.differences import Difference, differences
from domain.company.effects import effects_of
from domain.company.figures import Effect
from domain.company.keeping import settings_of
from domain.company.topics import CompanySettings
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.company.words import effect_line
from handlers.dispatch import perform
from handlers.rendering.texts import Reader


async def export() -> int:
    async with open_house(read_settings()) as house, house.database.read() as uow:
        text = write_config(settings_of(await uow.company.get()), await _people(uow))
    print(text, end="")
    return 0


async def _people(uow: UnitOfWork) -> Names:
    return {person.name: person.id for person in await uow.staff.list_active()}


async def apply(file: Path, *, yes: bool) -> int:
    """Print the differences and what they do, and make them when ``yes``. Raises Refused, with a line for each fault."""
    try:
        text = await asyncio.to_thread(file.read_text, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(file, error) from None
    async with open_house(read_settings()) as house:
        async with house.database.read() as uow:
            standing = settings_of(await uow.company.get())
            wanted = keeping(file, standing, _wanted(file, text, standing, await _people(uow)))
            found = differences(standing, wanted)
            effects = await effects_of(uow, standing, wanted, now=house.now())
        _print(house, found, effects)
        if not found:
            print("Nothing differs.")
        elif yes:
            await _change(house, standing, wanted)
            print("Changed.")
        else:
            print("Nothing was changed yet: add --yes.")
    return 0


def _wanted(file: Path, text: str, standing: CompanySettings, people: Names) -> CompanySettings:
    try:
        return read_config(text, standing, people)
    except WrongFile as wrong:
        raise Refused("\n".join(f"{file}:{fault.line}: {fault.why}" for fault in wrong.faults)) from None


def keeping(file: Path, standing: CompanySettings, wanted: CompanySettings) -> CompanySettings:
    """Raises Refused where a new key has the name of one that is left out, whose records go on to show that name."""
    try:
        return keeping_names(standing, wanted)
    except ValidationError as error:
        why = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise Refused(f"{file}: {error.title}: {why}; keep the key that `guanxi config export` writes for it") from None


async def _change(house: House, standing: CompanySettings, wanted: CompanySettings) -> None:
    """Refused when somebody changed something since it was shown."""

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        if settings_of(await uow.company.get()) != standing:
            raise Refused("somebody changed the settings just now; look again")
        await change_company(uow, actor, wanted, now=house.now())

    await perform(house.database.unit_of_work, act, now=house.now())


def _print(house: House, found: Sequence[Difference], effects: Sequence[Effect]) -> None:
    for each in found:
        print(f"{'.'.join(each.path)}: {_shown(each.before)} -> {_shown(each.after)}")
    reader = Reader(locale="en", timezone="UTC")
    for effect in effects:
        line = effect_line(effect)
        print(f"  {house.texts.say(line.key, line.facts, reader, now=house.now())}")


def _shown(value: Any) -> str:
    return "-" if value is None or value == "" else ", ".join(value) if isinstance(value, list) else str(value)
