"""Stories on Slack: the real client against the strict fake, by Socket Mode."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.people.model import Role
from tests.bot.slack.stage import Stage, on_stage
from tests.conversations.joining import first_code_of
from tests.fakes.slack import Message, Person
from tests.fakes.slack.blocks import elements
from tests.fakes.slack.people import Channel
from tests.fakes.telegram.people import PNG_DOT as PNG
from tests.stories.desk import WEDNESDAY, Card

STRONG = re.compile(r"^\*(.+)\*$", re.MULTILINE)


@dataclass
class SlackPerson:
    """A slash is Slack's own, so what begins with one is typed after ``/crm``."""

    stage: Stage
    person: Person

    async def says(self, text: str) -> Card:
        before, server = len(self._messages()), self.stage.server
        if text.startswith("/"):
            await server.command("/crm", text[1:], user=self.person).answered()
        else:
            server.says(self.person, text)
        await self.stage.settles()
        assert len(self._messages()) > before, f"{text!r} was not answered"
        return await self.last()

    async def sends_photo(self, caption: str) -> Card:
        self.stage.server.uploads(self.person, PNG, name="photo.png", text=caption)
        await self.stage.settles()
        return await self.last()

    async def presses(self, label: str) -> Card:
        pressed, before = self._with(label), len(self._messages())
        await self._press(pressed, label)
        await self.stage.settles()
        return await self.last() if len(self._messages()) > before else _card(pressed)

    async def fills(self, opens: str, values: Mapping[str, str], *, submit: str = "Save") -> Card:
        pressed, before = self._with(opens), len(self._messages())
        await self._press(pressed, opens)
        view = await self.stage.server.sees_view(self.person, next(iter(values)))
        assert view.form["submit"]["text"] == submit
        await self.stage.server.submits(view, dict(values)).answered()
        await self.stage.settles()
        assert self.stage.server.open_view_of(self.person) is None, "the form was refused"
        return await self.last() if len(self._messages()) > before else _card(pressed)

    async def _press(self, message: Message, label: str) -> None:
        """A button, or a choice of a list, which is what many buttons become."""
        if any(button.startswith(label) for button in message.labels):
            await self.stage.server.presses(message, label).answered()
            return
        placed = next(element for element in _lists(message) if any(name.startswith(label) for name in _names(element)))
        picked = self.stage.server.picks(message, placed["action_id"], label)
        assert picked is not None
        await picked.answered()

    async def last(self) -> Card:
        return _card(self._messages()[-1])

    async def heard(self) -> Sequence[str]:
        return [_card(message).text for message in self._messages()]

    def _messages(self) -> list[Message]:
        return self.stage.server.messages_in(self.stage.server.dm(self.person))

    def _with(self, label: str) -> Message:
        for message in reversed(self._messages()):
            if _card(message).offers(label):
                return message
        raise AssertionError(f"no button {label!r}; the last message is {_card(self._messages()[-1])}")


def _card(message: Message) -> Card:
    labels: list[str] = []
    for _, _, element in elements(message.blocks):
        labels += [element["text"]["text"]] if element["type"] == "button" else _names(element)
    return Card(STRONG.sub(r"\1", message.plain), tuple(labels))


def _lists(message: Message) -> list[dict[str, Any]]:
    return [element for _, _, element in elements(message.blocks) if element["type"] == "static_select"]


def _names(element: Mapping[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in element.get("options", ())]


@dataclass
class SlackRoom:
    stage: Stage
    channel: Channel

    async def hears(self, person: SlackPerson, text: str) -> None:
        server = self.stage.server
        server.says(person.person, f"<@{server.bot.id}> {text}", channel=self.channel)
        await self.stage.settles()

    async def seen(self) -> Sequence[str]:
        return [message.plain for message in self.stage.server.messages_in(self.channel) if message.is_by_bot]


@dataclass
class SlackDesk:
    stage: Stage

    async def staff(
        self, name: str, *, role: str = "rep", locale: str = "en", timezone: str = "Europe/London"
    ) -> SlackPerson:
        person = await self.stage.staff(name, role=Role(role), locale=locale, timezone=timezone)
        return SlackPerson(self.stage, person)

    async def stranger(self, name: str, *, locale: str = "en") -> SlackPerson:
        """A member of the workspace, who has not joined us."""
        return SlackPerson(self.stage, self.stage.server.person(name, tz="Europe/London", locale=locale))

    async def room(self, name: str, *people: SlackPerson) -> SlackRoom:
        return SlackRoom(self.stage, self.stage.server.channel(name, *(person.person for person in people)))

    async def fetched(self) -> None:
        await self.stage.house.fetching.fetch_due()

    async def first_code(self) -> str:
        return await first_code_of(self.stage.house)

    async def comes(self, moment: datetime) -> None:
        await self.stage.comes(moment)

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        return await self.stage.rows(table)


@asynccontextmanager
async def slack_desk(folder: Path) -> AsyncIterator[SlackDesk]:
    """At the end no call of ours was refused."""
    async with on_stage(folder, start=WEDNESDAY) as stage:
        yield SlackDesk(stage)
        await stage.settles()
        assert [(call.method, call.error) for call in stage.server.refusals] == []
