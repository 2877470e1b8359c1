"""Answers kept ready under a name, with places for what differs: ``{name}``, ``{customer}``, ``{ticket}``, ``{agent}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import CrmError
from domain.ports import UnitOfWork
from domain.tickets.words import said

VARIABLES = ("name", "customer", "ticket", "agent")
NAME = re.compile(r"[\w-]{1,30}")
_PREFIX = "canned:"
_PLACE = re.compile(r"\{\s*(\w+)\s*\}")


class NoSuchAnswer(CrmError):
    """Nothing is kept under that name."""

    code = "no-such-canned"

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)


class UnknownVariable(CrmError):
    """A place in the text that nothing fills: the customer would read it."""

    code = "unknown-variable"

    def __init__(self, *, name: str, known: list[str]) -> None:
        super().__init__(name=name, known=known)


async def list_canned(uow: UnitOfWork) -> Mapping[str, str]:
    """By name, in order."""
    settings = (await uow.company.get()).settings
    return {key.removeprefix(_PREFIX): settings[key] for key in sorted(settings) if key.startswith(_PREFIX)}


async def keep_canned(uow: UnitOfWork, name: str, text: str) -> None:
    """Keep a text under a name, in place of what was there. Raises UnknownVariable, NothingToSay, TooMuchToSay."""
    for place in _PLACE.findall(text):
        if place not in VARIABLES:
            raise UnknownVariable(name=place, known=[f"{{{variable}}}" for variable in VARIABLES])
    (await uow.company.get()).settings[_PREFIX + name.casefold()] = said(text)
    uow.happened("canned-kept")


async def forget_canned(uow: UnitOfWork, name: str) -> None:
    """Raises NoSuchAnswer."""
    if (await uow.company.get()).settings.pop(_PREFIX + name.casefold(), None) is None:
        raise NoSuchAnswer(name=name)
    uow.happened("canned-forgotten")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; those that nothing is known for vanish with the blank before them."""
    filled = _PLACE.sub(lambda found: values.get(found[1], "") or "\0", text)
    return re.sub(r"[ \t]?\0", "", filled)
