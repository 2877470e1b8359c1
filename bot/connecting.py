"""Telegram as a part of the house: what it is told, what it tells, and the commands that it lists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import structlog

from bot.wiring import House
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Receipt
from handlers.dispatch import perform
from handlers.router import ROUTES
from handlers.texts import Reader
from locales import LANGUAGES

if TYPE_CHECKING:
    from bot.telegram.menu import MenuCommand
    from bot.telegram.pacing import Rates
    from bot.telegram.polling import Pauses
    from bot.telegram.telegram import Telegram

log = structlog.get_logger()


def connect_telegram(house: House, *, rates: Rates | None = None, pauses: Pauses | None = None) -> Telegram:
    """The bot with the house's dispatch behind it; delivery knows its channel from here on."""
    from bot.telegram.telegram import Telegram

    def say(receipt: Receipt) -> str | None:
        return house.texts.receipt(receipt, now=house.now())[0] or None

    telegram = Telegram(
        house.settings.telegram_token or "",
        house.dispatcher.dispatch,
        say,
        api_base=house.settings.telegram_api_base,
        proxy=house.settings.proxy,
        commands=menu(house),
        rates=rates,
        pauses=pauses,
        on_migrated=_moving(house),
    )
    house.channels["telegram"] = telegram.channel
    return telegram


def menu(house: House) -> Sequence[MenuCommand]:
    """The commands that Telegram lists beside the input, in both languages."""
    from bot.telegram.menu import MenuCommand

    def described(name: str) -> Mapping[str, str]:
        key = f"menu-{name}"
        return {
            language: house.texts.say(key, {}, Reader(locale=language, timezone="UTC"), now=house.now())
            for language in LANGUAGES
        }

    return [MenuCommand(name, described(name)) for name in ROUTES.commands if house.texts.has(f"menu-{name}")]


def _moving(house: House) -> Callable[[str, str], None]:
    """What is stored about a group goes along when it becomes a supergroup. Gives what returns at once."""
    under_way: set[asyncio.Task[None]] = set()

    async def move(old: str, new: str) -> None:
        async def act(uow: UnitOfWork, actor: Staff | None) -> None:
            await uow.conversations_moved("telegram", old, new)

        try:
            await perform(house.database.unit_of_work, act, now=house.now(), through="telegram")
        except Exception:
            # What waits is sent to the new group all the same: the channel knows where it went.
            log.exception("conversation-not-moved", old=old, new=new)

    def moved(old: str, new: str) -> None:
        task = asyncio.create_task(move(old, new))
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    return moved
