"""What of a text is meant for the bot: its commands and mentions are taken off, and said to be there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import MessageEntity

LOOSE_SPACE = re.compile(r"[ \t]{2,}")
AFTER_A_NAME = " \t,:，：、"
CHINESE_COMMAND = re.compile(r"[／、]\w")


@dataclass(frozen=True)
class Me:
    """The bot as Telegram knows it. ``reads_groups``: it also sees what is not addressed to it (privacy mode is off)."""

    id: int
    username: str
    name: str = ""
    reads_groups: bool = False


@dataclass(frozen=True)
class Heard:
    """``text`` as a person would say it to us; ``is_ours`` when it names us or is a command we may take."""

    text: str
    is_ours: bool


def heard(text: str, entities: Sequence[MessageEntity] | None, me: Me) -> Heard:
    """``/log@ourbot x`` as ``/log x``, our mention left out, a person mentioned without a user name as ``@Name``.

    Entities count UTF-16 code units (https://core.telegram.org/bots/api#messageentity), so the text is cut in them.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    is_ours = bool(CHINESE_COMMAND.match(text))
    for entity in sorted(entities or (), key=lambda entity: entity.offset, reverse=True):
        start, stop = 2 * entity.offset, 2 * (entity.offset + entity.length)
        words = units[start:stop].decode("utf-16-le", "replace")
        replacement, names_us = _replacement(words, entity, me)
        is_ours = is_ours or names_us
        units = units[:start] + replacement.encode("utf-16-le", "surrogatepass") + units[stop:]
    clean = units.decode("utf-16-le", "replace")
    return Heard(_tidy(clean) if clean != text else text, is_ours)


def _replacement(words: str, entity: MessageEntity, me: Me) -> tuple[str, bool]:
    """What stands for an entity's words, and whether they name us."""
    if entity.type == "bot_command" and entity.offset == 0:
        command, _, bot = words.partition("@")
        is_ours = not bot or _same(bot, me.username)
        return (command if is_ours else words), is_ours
    if entity.type == "mention" and _same(words[1:], me.username):
        return "", True
    if entity.type == "text_mention" and entity.user is not None:
        if entity.user.id == me.id:
            return "", True
        return words if words.startswith("@") else f"@{words}", False
    return words, False


def _same(name: str, other: str) -> bool:
    return bool(name) and name.casefold() == other.casefold()


def _tidy(text: str) -> str:
    return LOOSE_SPACE.sub(" ", text.lstrip(AFTER_A_NAME)).rstrip()
