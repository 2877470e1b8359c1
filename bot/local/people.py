"""Whom the page can be, and where they talk."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from handlers.chat import Conversation, PlaceKind, Sender

CHANNEL = "local"


@dataclass(frozen=True, kw_only=True)
class LocalPerson:
    """``user`` is their id on this channel; ``role`` a staff role or ``customer``; ``timezone`` an IANA zone."""

    user: str
    name: str
    role: str
    locale: str = "en"
    timezone: str = "UTC"

    @property
    def sender(self) -> Sender:
        return Sender(user=self.user, name=self.name, locale=self.locale, timezone=self.timezone, username=self.name)


@dataclass(frozen=True, kw_only=True)
class LocalPlace:
    """A conversation: ``private:<user>`` with the bot, or ``group:<name>``."""

    key: str
    kind: PlaceKind
    title: str
    members: tuple[str, ...]

    @property
    def conversation(self) -> Conversation:
        title = self.title if self.kind is PlaceKind.GROUP else None
        return Conversation(channel=CHANNEL, key=self.key, kind=self.kind, title=title)


class People(Protocol):
    """Who exists, asked anew whenever it matters."""

    async def people(self) -> Sequence[LocalPerson]: ...

    async def groups(self) -> Sequence[LocalPlace]: ...


def private_place(user: str) -> str:
    return f"private:{user}"


def group_place(name: str) -> str:
    return f"group:{name}"


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The people and their places at one moment."""

    people: Mapping[str, LocalPerson] = field(default_factory=dict)
    places: Mapping[str, LocalPlace] = field(default_factory=dict)

    def places_of(self, user: str) -> list[LocalPlace]:
        return [place for place in self.places.values() if user in place.members]


class AddressBook:
    """Remembers the last directory: neither a message to send nor one that is said must cost a query of who exists."""

    def __init__(self, people: People, *, fresh_for: timedelta, ticks: Callable[[], float] = time.monotonic) -> None:
        self._source = people
        self._fresh_for = fresh_for
        self._ticks = ticks  # seconds of the real clock: the demo's stands still or leaps
        self._read_at = float("-inf")
        self.known = Directory()

    async def refresh(self) -> Directory:
        people = {person.user: person for person in await self._source.people()}
        places = {
            private_place(user): LocalPlace(
                key=private_place(user), kind=PlaceKind.PRIVATE, title=person.name, members=(user,)
            )
            for user, person in people.items()
        }
        self._read_at = self._ticks()
        places |= {group.key: group for group in await self._source.groups()}
        self.known = Directory(people=people, places=places)
        return self.known

    async def recent(self, *, user: str | None = None, place: str | None = None) -> Directory:
        """The directory of a moment ago; read anew when it is older, or lacks ``user`` or ``place``."""
        is_fresh = self._ticks() - self._read_at < self._fresh_for.total_seconds()
        lacks = (user is not None and user not in self.known.people) or (
            place is not None and place not in self.known.places
        )
        return self.known if is_fresh and not lacks else await self.refresh()

    async def find_place(self, key: str) -> LocalPlace | None:
        if key not in self.known.places:
            await self.refresh()
        return self.known.places.get(key)
