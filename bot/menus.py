"""The menu of commands that each of the staff sees on Telegram: what their role may do, in their language.

Everybody else sees what everybody may do. Each person's menu is told to Telegram once, and again when it changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from domain.errors import MessageRefused, RecipientUnreachable
from domain.people.model import Role
from domain.ports import MenuShown, OpenUnitOfWork

log = structlog.get_logger()

Described = tuple[str, str]
"""A command's name, and what it does in the reader's language."""


class ShowsMenus(Protocol):
    async def show_menu(self, user: str, commands: Sequence[Described] | None) -> None:
        """The commands in somebody's private chat; None for those that everybody sees."""


class StaffMenus:
    """``commands_for`` gives what a role may do, described in a language."""

    def __init__(
        self,
        open_unit: OpenUnitOfWork,
        open_reading: OpenUnitOfWork,
        *,
        channel: str,
        platform: ShowsMenus,
        commands_for: Callable[[Role, str], Sequence[Described]],
    ) -> None:
        self._open_unit = open_unit
        self._open_reading = open_reading
        self._channel = channel
        self._platform = platform
        self._commands_for = commands_for
        self._refused: set[tuple[int, str | None]] = set()

    async def look(self) -> None:
        """Show every menu that is not as it should be. Raises ChannelBusy and OSError; the rest is done by the next look."""
        async with self._open_reading() as uow:
            people = await uow.identities.list_menus(self._channel)
        for person in people:
            commands = None
            if person.role is not None and person.locale is not None:
                commands = self._commands_for(person.role, person.locale)
            wanted = None if commands is None else _digest(commands)
            if wanted != person.shown and (person.identity_id, wanted) not in self._refused:
                await self._show(person, commands, wanted)

    async def _show(self, person: MenuShown, commands: Sequence[Described] | None, wanted: str | None) -> None:
        try:
            await self._platform.show_menu(person.user, commands)
        except (MessageRefused, RecipientUnreachable) as refusal:
            # Who never opened the chat has no menu to change; after a restart it is tried once more.
            log.info("menu-not-shown", identity=person.identity_id, why=type(refusal).__name__)
            self._refused.add((person.identity_id, wanted))
            return
        async with self._open_unit() as uow:
            await uow.identities.mark_menu(person.identity_id, wanted)
            await uow.commit()


def _digest(commands: Sequence[Described]) -> str:
    return hashlib.sha256(repr(tuple(commands)).encode()).hexdigest()[:32]
