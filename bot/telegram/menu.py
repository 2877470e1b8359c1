"""The list of commands that Telegram shows beside the input, in the language of each person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from aiogram.methods import DeleteMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.telegram.api import Api

log = structlog.get_logger(__name__)

COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256
NAME = re.compile(r"[a-z0-9_]{1,32}")


@dataclass(frozen=True)
class MenuCommand:
    """A command without its slash, and what it does by locale (``{"en": …, "zh-CN": …}``)."""

    name: str
    descriptions: Mapping[str, str]


async def show_commands(api: Api, commands: Sequence[MenuCommand], *, default_locale: str = "en") -> None:
    """Set the menu: ``default_locale`` for everybody, the other locales for those whose Telegram speaks them.

    Raises what ``Api.call`` raises. https://core.telegram.org/bots/api#setmycommands
    """
    locales = {locale for command in commands for locale in command.descriptions} - {default_locale}
    for locale in (default_locale, *sorted(locales)):
        shown = _native(commands, locale, default_locale)
        if shown:
            language = None if locale == default_locale else locale.partition("-")[0].lower()
            await api.call(SetMyCommands(commands=shown, language_code=language))


async def show_commands_to(api: Api, user: int, commands: Sequence[tuple[str, str]] | None) -> None:
    """What one person sees in the private chat, whatever their Telegram's language; None for what everybody sees.

    Raises what ``Api.call`` raises.
    """
    scope = BotCommandScopeChat(chat_id=user)
    if commands is None:
        await api.call(DeleteMyCommands(scope=scope))
        return
    shown = [
        BotCommand(command=name, description=description[:DESCRIPTION_LIMIT])
        for name, description in commands
        if NAME.fullmatch(name) and description
    ]
    await api.call(SetMyCommands(commands=shown[:COMMANDS_LIMIT], scope=scope))


def _native(commands: Sequence[MenuCommand], locale: str, default_locale: str) -> list[BotCommand]:
    """What Telegram takes. A command with a name it does not take, such as 线索, can still be typed."""
    shown = []
    for command in commands:
        description = command.descriptions.get(locale) or command.descriptions.get(default_locale, "")
        if NAME.fullmatch(command.name) and description:
            shown.append(BotCommand(command=command.name, description=description[:DESCRIPTION_LIMIT]))
        else:
            log.warning("telegram-command-not-in-menu", command=command.name, locale=locale)
    return shown[:COMMANDS_LIMIT]
