"""Stories on Telegram: the real client against the strict fake."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.people.model import Role
from tests.bot.telegram.stage import Stage, on_stage
from tests.fakes.telegram import Message, User
from tests.fakes.telegram.people import Group
from tests.stories.desk import WEDNESDAY, Card

QUESTIONS_AT_MOST = 20


@dataclass
class TelegramPerson:
    stage: Stage
    user: User

    async def says(self, text: str) -> Card:
        before = len(self.user.chat.messages)
        await self.user.says(text)
        await self.stage.settles()
        assert len(self.user.chat.messages) > before, f"{text!r} was not answered"
        return await self.last()

    async def sends_photo(self, caption: str) -> Card:
        await self.user.sends_photo(caption=caption)
        await self.stage.settles()
        return await self.last()

    async def presses(self, label: str) -> Card:
        pressed = self.user.chat.find("", button=label)
        assert pressed is not None, f"no button {label!r}; the last message is {await self.last()}"
        before = len(self.user.chat.messages)
        press = await self.user.presses(pressed, label)
        await self.stage.settles()
        await press.answered()
        return await self.last() if len(self.user.chat.messages) > before else _card(pressed)

    async def fills(self, opens: str, values: Mapping[str, str], *, submit: str = "Save") -> Card:
        """Telegram has no forms: an empty one asks field by field, a filled one is an overview with a button a field."""
        shown, left = await self.presses(opens), dict(values)
        for _ in range(QUESTIONS_AT_MOST):
            asked = next((label for label in left if f"{label}?" in shown.text), None)
            if asked is not None:
                shown = await self._answers(shown, left.pop(asked))
            elif shown.offers("Skip"):
                shown = await self.presses("Skip")
            elif left:
                shown = await self.presses(next(iter(left)))
            else:
                return await self.presses(submit)
        raise AssertionError(f"the form never ends: {shown}")

    async def _answers(self, shown: Card, value: str) -> Card:
        return await (self.presses(value) if value in shown.buttons else self.says(value))

    async def last(self) -> Card:
        return _card(self.user.chat.last)

    async def heard(self) -> Sequence[str]:
        return [message.text for message in self.user.chat.messages]


def _card(message: Message) -> Card:
    return Card(message.text, tuple(message.labels))


@dataclass
class TelegramRoom:
    stage: Stage
    group: Group

    async def hears(self, person: TelegramPerson, text: str) -> None:
        said = text if text.startswith("/") else f"@{self.stage.server.bot['username']} {text}"
        await person.user.says(said, to=self.group)
        await self.stage.settles()

    async def seen(self) -> Sequence[str]:
        return [message.text for message in self.group.messages]


@dataclass
class TelegramDesk:
    stage: Stage
    numbers: Any = field(default_factory=lambda: itertools.count(11))

    async def staff(
        self, name: str, *, role: str = "rep", locale: str = "en", timezone: str = "Europe/London"
    ) -> TelegramPerson:
        user = await self.stage.staff(name, next(self.numbers), role=Role(role), locale=locale, timezone=timezone)
        return TelegramPerson(self.stage, user)

    async def stranger(self, name: str, *, locale: str = "en") -> TelegramPerson:
        user = self.stage.server.user(next(self.numbers), first_name=name, language_code=locale)
        return TelegramPerson(self.stage, user)

    async def room(self, name: str, *people: TelegramPerson) -> TelegramRoom:
        group = self.stage.server.group(-100_000 - next(self.numbers), name, [person.user for person in people])
        group.makes_administrator()  # else the bot is not shown its mention
        return TelegramRoom(self.stage, group)

    async def fetched(self) -> None:
        await self.stage.house.fetching.fetch_due()

    async def first_code(self) -> str:
        return await self.stage.first_code()

    async def comes(self, moment: datetime) -> None:
        await self.stage.comes(moment)

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        return await self.stage.rows(table)


@asynccontextmanager
async def telegram_desk(folder: Path) -> AsyncIterator[TelegramDesk]:
    """At the end no call of ours was refused, but for edits that changed nothing."""
    async with on_stage(folder, start=WEDNESDAY) as stage:
        yield TelegramDesk(stage)
        await stage.settles()
        refused = [call for call in stage.server.refusals if "not modified" not in call.description]
        assert [(call.method, call.description) for call in refused] == []
