"""What a story needs of a channel: people who speak, press and fill forms in, and a clock. Each channel has a desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

WEDNESDAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # every story begins here


@dataclass(frozen=True)
class Card:
    """A message of the bot's as it stands: its text, title first, and the labels of its buttons in their order."""

    text: str
    buttons: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def offers(self, label: str) -> bool:
        return any(button.startswith(label) for button in self.buttons)


class Person(Protocol):
    """Somebody in their private chat with the bot. Nothing is answered before everything is stored and sent."""

    async def says(self, text: str) -> Card:
        """Write a message; gives the newest message of the bot's after it. AssertionError when it stays silent."""

    async def sends_photo(self, caption: str) -> Card:
        """A photo with words beside it; gives what ``says`` gives."""

    async def presses(self, label: str) -> Card:
        """Press the newest button that begins so; gives the new message that answers, else the card as it stands then."""

    async def fills(self, opens: str, values: Mapping[str, str], *, submit: str = "Save") -> Card:
        """Press the button ``opens``, which opens a form, fill fields in by their labels and send it off with ``submit``.

        The other fields keep what they hold. Gives what ``presses`` gives.
        """

    async def last(self) -> Card:
        """The newest message of the bot's."""

    async def heard(self) -> Sequence[str]:
        """The texts of all the bot's messages as they stand now, oldest first."""


class Room(Protocol):
    """A group of people with the bot."""

    async def hears(self, person: Person, text: str) -> None:
        """Somebody speaks to the bot there."""

    async def seen(self) -> Sequence[str]:
        """The texts of the bot's messages that everybody there sees."""


class Desk(Protocol):
    """A company with an empty database at ``WEDNESDAY``, in London, speaking English."""

    async def staff(
        self, name: str, *, role: str = "rep", locale: str = "en", timezone: str = "Europe/London"
    ) -> Person:
        """Somebody of the team Sales, who has spoken with the bot before."""

    async def stranger(self, name: str, *, locale: str = "en") -> Person:
        """Somebody whom nobody knows yet, with what the platform says of their language."""

    async def room(self, name: str, *people: Person) -> Room:
        """A group with these people and the bot in it."""

    async def fetched(self) -> None:
        """The bytes of what people sent are there."""

    async def first_code(self) -> str:
        """The code whose opener becomes the first admin."""

    async def comes(self, moment: datetime) -> None:
        """Move the clock forward, and let everything that is due by then be planned and said."""

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """All rows of a table, by id: what was stored."""
