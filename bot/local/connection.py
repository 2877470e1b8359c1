"""One open page: reads its frames, answers them, and writes what is pushed to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from bot.local.audience import Frame, OpenPage
from bot.local.channel import LocalChannel
from bot.local.clock import target
from bot.local.frames import AskPeople, Event, Hello, Known, MoveClock, Older, Read, parse, refused
from bot.local.messages import may_see, shown
from bot.local.people import Directory, LocalPerson
from bot.local.setup import PageSetup
from bot.local.speech import Ears
from domain.errors import TryAgain
from handlers.in_order import InOrder

log = structlog.get_logger()
PAGE = 50  # messages
MOST_AT_ONCE = 200  # messages of one place that a page which comes back gets again
AT_WORK = 16  # frames of one page handled side by side
SIGNED_OUT = 4401  # our close code: sign in first


class Refused(Exception):
    """The page asked for what it may not or what is not there; ``reason`` is a word it has a sentence for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Connection:
    """``user`` is who signed in; None in the demo, where each frame says as whom."""

    def __init__(self, socket: WebSocket, *, channel: LocalChannel, setup: PageSetup, user: str | None) -> None:
        self._socket = socket
        self._channel = channel
        self._setup = setup
        self._user = user
        self._page = OpenPage()
        self._ears = Ears(channel, setup)
        self._slots = asyncio.Semaphore(AT_WORK)
        self._in_order = InOrder()
        self._told: Mapping[str, LocalPerson] | None = None  # who exists, as the page was told

    async def run(self) -> None:
        """Serve the page until it goes. What it said before is handled to the end."""
        self._channel.audience.pages.add(self._page)
        writing = asyncio.create_task(self._write())
        try:
            async with asyncio.TaskGroup() as work:
                with suppress(WebSocketDisconnect):
                    while True:
                        text = await self._socket.receive_text()
                        await self._slots.acquire()
                        work.create_task(self._take(text))
        finally:
            self._channel.audience.pages.discard(self._page)
            writing.cancel()

    async def _write(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):  # RuntimeError: the socket was closed meanwhile
            while (frame := await self._page.outgoing.get()) is not None:
                await self._socket.send_text(json.dumps(frame, ensure_ascii=False))
            await self._socket.close(1001)

    # ------------------------------------------------------------ one frame

    async def _take(self, text: str) -> None:
        raw: Any = None
        try:
            raw = json.loads(text)
            await self._handle(parse.validate_python(raw))
        except (ValidationError, ValueError, RecursionError):
            self._page.answer(refused("malformed", raw))
        except Refused as refusal:
            self._page.answer(refused(refusal.reason, raw))
        except TryAgain:
            self._page.answer({"type": "again", "id": raw["id"]})
        except Exception:
            # Keeping the words may fail like any use of the database; the page keeps them and comes again.
            log.exception("local-page-frame", kind=raw.get("type"))
            self._page.answer({"type": "again", "id": raw.get("id")})
        finally:
            self._slots.release()

    async def _handle(self, frame: Known) -> None:
        match frame:
            case Hello():
                await self._welcome(frame)
            case Event():
                async with self._in_order.turn(frame.place):
                    await self._hear(frame)
            case Read():
                await self._read(frame)
            case Older():
                await self._older(frame)
            case AskPeople():
                await self._tell_people()
            case MoveClock():
                await self._move_clock(frame)

    async def _hear(self, frame: Any) -> None:
        directory = await self._directory(user=frame.user, place=frame.place)
        person = self._person(frame.user, directory)
        place = directory.places.get(frame.place)
        if place is None or person.user not in place.members:
            raise Refused("no-such-place")
        self._page.answer(await self._ears.hear(frame, person=person, place=place))

    async def _read(self, frame: Read) -> None:
        directory = await self._directory()
        person = self._person(frame.user, directory)
        if frame.place not in {place.key for place in directory.places_of(person.user)}:
            raise Refused("no-such-place")
        if await self._channel.history.read(person.user, frame.place, int(frame.message), at=self._channel.now()):
            self._channel.audience.read(person.user, frame.place, int(frame.message))

    async def _older(self, frame: Older) -> None:
        await self._directory()
        if frame.place not in self._page.places:
            raise Refused("no-such-place")
        self._page.answer({"type": "older", **await self._some(frame.place, limit=PAGE, before=int(frame.before))})

    # ------------------------------------------------------------ who and where

    async def _directory(self, *, user: str | None = None, place: str | None = None) -> Directory:
        """Who exists; the page's own eyes are corrected with it."""
        directory = await self._channel.book.recent(user=user, place=place)
        self._look(directory)
        if self._told is not None and directory.people != self._told:  # somebody changed their language, or came
            self._page.answer({"type": "people", **self._people_and_places(directory)})
        return directory

    def _look(self, directory: Directory) -> None:
        if self._user is None:
            self._page.viewers = frozenset(directory.people)
            self._page.places = frozenset(directory.places)
            return
        if self._user not in directory.people:
            self._page.viewers = self._page.places = frozenset()
            raise Refused("unknown-person")
        self._page.viewers = frozenset({self._user})
        self._page.places = frozenset(place.key for place in directory.places_of(self._user))

    def _person(self, user: str, directory: Directory) -> LocalPerson:
        if user not in directory.people or self._user not in {None, user}:
            raise Refused("unknown-person")
        return directory.people[user]

    async def _welcome(self, hello: Hello) -> None:
        """Everything the page needs to show where things stand. Pushes wait meanwhile, so that none is lost between."""
        self._page.hold()
        await self._channel.book.refresh()
        directory = await self._directory()
        places = sorted(self._page.places)
        welcome: Frame = {
            "type": "welcome",
            "demo": self._setup.demo is not None,
            "company": self._setup.company,
            "me": self._user,
            **self._people_and_places(directory),
            "history": [
                await self._some(place, limit=min(max(hello.have.get(place, 0), PAGE), MOST_AT_ONCE))
                for place in places
            ],
            "reading": {user: await self._channel.history.positions(user) for user in sorted(self._page.viewers)},
            "now": self._channel.now().isoformat(),
        }
        self._page.start(welcome)

    async def _tell_people(self) -> None:
        self._told = None  # what is asked for is answered, changed or not
        await self._channel.book.refresh()
        self._page.answer({"type": "people", **self._people_and_places(await self._directory())})

    def _people_and_places(self, directory: Directory) -> Frame:
        places = [directory.places[key] for key in directory.places if key in self._page.places]
        seen = {user for place in places for user in place.members}
        chips = self._setup.demo.chips if self._setup.demo else lambda _: ()
        self._told = directory.people
        return {
            "people": [
                {
                    "user": person.user,
                    "name": person.name,
                    "role": person.role,
                    "locale": person.locale,
                    "timezone": person.timezone,
                    "chips": list(chips(person)),
                }
                for person in directory.people.values()
                if person.user in seen
            ],
            "places": [
                {"key": place.key, "kind": place.kind.value, "title": place.title, "members": list(place.members)}
                for place in places
            ],
        }

    async def _some(self, place: str, *, limit: int, before: int | None = None) -> Frame:
        rows, has_more = await self._channel.history.page(place, limit=limit, before=before)
        messages = [shown(place, row) for row in rows if may_see(row["body"], self._page.viewers)]
        return {"place": place, "messages": messages, "more": has_more, "from": str(rows[0]["id"]) if rows else None}

    # ------------------------------------------------------------ the demo's clock

    async def _move_clock(self, frame: MoveClock) -> None:
        demo = self._setup.demo
        if demo is None:
            raise Refused("not-allowed")
        person = self._person(frame.user, await self._directory())
        async with demo.moving:
            moment = target(frame.step, now=self._channel.now(), zone=ZoneInfo(person.timezone), wall=frame.wall)
            self._channel.audience.tell_all(self._clock(is_moving=True))
            try:
                await demo.move_clock(moment)
            except ValueError as impossible:
                raise Refused("clock-goes-forward") from impossible
            finally:
                self._channel.audience.tell_all(self._clock(is_moving=False))

    def _clock(self, *, is_moving: bool) -> Frame:
        return {"type": "clock", "now": self._channel.now().isoformat(), "moving": is_moving}
