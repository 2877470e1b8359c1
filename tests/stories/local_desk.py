"""Stories on the local channel, at the dispatch seam."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.local.people import private_place
from handlers.chat import Attachment, FormFilled, Press, Text
from tests.conversations.conftest import Chat, open_chat
from tests.conversations.conftest import Person as Speaker
from tests.conversations.joining import first_code
from tests.databases import sqlite_url
from tests.fakes.telegram.people import PNG_DOT as PNG
from tests.stories.desk import WEDNESDAY, Card

MOST = 1000


@dataclass
class LocalPerson:
    speaker: Speaker

    async def says(self, text: str) -> Card:
        before = len(await self._messages())
        await self.speaker.says(text)
        messages = await self._messages()
        assert len(messages) > before, f"{text!r} was not answered with a message of its own"
        return _card(messages[-1]["body"])

    async def sends_photo(self, caption: str) -> Card:
        content = PNG
        stored = self.speaker.chat.house.page_files.put(content)
        photo = Attachment("photo", stored, name="photo.png", mime="image/png", size=len(content), caption=caption)
        await self.speaker.does(photo)
        return await self.last()

    async def presses(self, label: str) -> Card:
        pressed, button = await self._button(label)
        return await self._after(pressed, Press(button["press"], str(pressed["id"])))

    async def fills(self, opens: str, values: Mapping[str, str], *, submit: str = "Save") -> Card:
        pressed, button = await self._button(opens)
        await self.speaker.does(Press(button["press"], str(pressed["id"])))
        _, _, form = self.speaker.chat.house.texts.receipt(self.speaker.receipt)
        assert form is not None, f"{opens!r} opens no form"
        assert form.submit == submit
        names = {each.label: each.name for each in form.fields}
        filled = {each.name: each.value for each in form.fields} | {names[label]: values[label] for label in values}
        return await self._after(pressed, FormFilled(form.press, filled, str(pressed["id"])))

    async def _after(self, pressed: Mapping[str, Any], content: Press | FormFilled) -> Card:
        before = {row["id"] for row in await self._messages()}
        await self.speaker.does(content)
        assert self.speaker.receipt.field_errors == {}
        messages = await self._messages()
        new = [row for row in messages if row["id"] not in before]
        return _card((new or [row for row in messages if row["id"] == pressed["id"]])[-1]["body"])

    async def last(self) -> Card:
        return _card((await self._messages())[-1]["body"])

    async def heard(self) -> Sequence[str]:
        return [_card(row["body"]).text for row in await self._messages()]

    async def _messages(self) -> list[Mapping[str, Any]]:
        async with self.speaker.chat.house.database.read() as uow:
            rows = await uow.local_messages.list_of(private_place(self.speaker.user), limit=MOST)
        return [row for row in rows if row["sender"] is None]

    async def _button(self, label: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        for message in reversed(await self._messages()):
            for button in itertools.chain.from_iterable(message["body"].get("rows") or ()):
                if button["label"].startswith(label):
                    return message, button
        raise AssertionError(f"no button {label!r}; the last message is {await self.last()}")


def _card(body: Mapping[str, Any]) -> Card:
    text = "\n".join(part for part in (body.get("title"), body.get("text")) if part)
    return Card(text, tuple(button["label"] for row in body.get("rows") or () for button in row))


@dataclass
class LocalRoom:
    chat: Chat
    place: str

    async def hears(self, person: LocalPerson, text: str) -> None:
        await person.speaker.does(Text(text), place=self.place)

    async def seen(self) -> Sequence[str]:
        async with self.chat.house.database.read() as uow:
            rows = await uow.local_messages.list_of(self.place, limit=MOST)
        return [_card(row["body"]).text for row in rows if row["sender"] is None and row["body"].get("only") is None]


@dataclass
class LocalDesk:
    chat: Chat

    async def staff(
        self, name: str, *, role: str = "rep", locale: str = "en", timezone: str = "Europe/London"
    ) -> LocalPerson:
        return LocalPerson(await self.chat.staff(name, role=role, locale=locale, timezone=timezone))

    async def stranger(self, name: str, *, locale: str = "en") -> LocalPerson:
        stranger = self.chat.stranger(name)
        stranger.locale = locale
        return LocalPerson(stranger)

    async def room(self, name: str, *people: LocalPerson) -> LocalRoom:
        return LocalRoom(self.chat, self.chat.group(name))

    async def fetched(self) -> None:
        await self.chat.house.fetching.fetch_due()

    async def first_code(self) -> str:
        return await first_code(self.chat)

    async def comes(self, moment: datetime) -> None:
        await self.chat.tick(moment)

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        return await self.chat.rows(table)


@asynccontextmanager
async def local_desk(folder: Path) -> AsyncIterator[LocalDesk]:
    async with open_chat(sqlite_url(folder), folder) as chat:
        chat.now = WEDNESDAY
        yield LocalDesk(chat)
