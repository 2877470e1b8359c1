"""The local chat page as a channel: what is sent is kept, and pushed to whoever is looking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.local.audience import Audience
from bot.local.history import History
from bot.local.messages import LARGEST_IN_ROW, Body, Upload, body_of, body_of_speech, shown
from bot.local.people import CHANNEL, AddressBook, People
from domain.errors import FileRefused, RecipientUnreachable
from domain.ports import FileStore, OpenUnitOfWork
from handlers.chat import Capabilities, Outgoing
from handlers.in_order import InOrder

LONGEST_TEXT = 100_000  # characters, both ways


class LocalChannel:
    """Implements ``handlers.chat.Channel``. ``now`` gives aware UTC, in the demo that of the movable clock.

    ``files`` keeps what is too large for a message's row: what people upload, and what they are sent.
    ``fresh_for`` is how long a list of the people is good: so much later the page notices that somebody left.
    """

    name = CHANNEL
    capabilities = Capabilities(forms=True, opens_after_words=True, private_in_group=True, text_limit=LONGEST_TEXT)

    def __init__(
        self,
        *,
        open_unit: OpenUnitOfWork,
        now: Callable[[], datetime],
        people: People,
        files: FileStore,
        fresh_for: timedelta = timedelta(seconds=2),
    ) -> None:
        self.now = now
        self.files = files
        self.history = History(open_unit)
        self.audience = Audience()
        self.book = AddressBook(people, fresh_for=fresh_for)
        # What is kept first is shown first; and a page that comes back while its last words are still being kept
        # repeats them.
        self._in_order = InOrder()

    async def send(self, outgoing: Outgoing) -> str | None:
        """Keep and show, or edit in place (a fresh one when the old is gone); gives the message's id.

        Raises RecipientUnreachable when there is no such place.
        """
        place = await self.book.find_place(outgoing.place)
        if place is None:
            raise RecipientUnreachable("no-such-place")
        body, row = await self._body(outgoing), None
        async with self._in_order.turn(place.key):
            if outgoing.edit is not None:
                row = await self.history.replace(place.key, outgoing.edit, body, at=self.now())
            if row is None:
                row = await self.history.add(place.key, body, at=self.now())
            self.audience.show(place.key, shown(place.key, row))
        return str(row["id"])

    async def _body(self, outgoing: Outgoing) -> Body:
        rendered, stored = outgoing.body, {}
        for name, content in (("picture", rendered.picture), ("document", rendered.document)):
            if content is not None and len(content) > LARGEST_IN_ROW:
                stored[name] = await asyncio.to_thread(self.files.put, content)
        return body_of(outgoing, stored=stored)

    async def fetch(self, ref: str, *, limit: int) -> bytes:
        """What somebody uploaded; see ``handlers.chat.Channel``."""
        try:
            content = await asyncio.to_thread(self.files.get, ref)
        except FileNotFoundError:
            raise FileRefused(FileRefused.GONE) from None
        if len(content) > limit:
            raise FileRefused(FileRefused.TOO_LARGE)
        return content

    async def hear(
        self,
        place: str,
        *,
        sender: str,
        text: str,
        delivery: str,
        reply_to: str | None,
        uploads: Sequence[Upload] = (),
    ) -> str:
        """Keep and show what a person says, once however often it is repeated; gives the message's id."""
        async with self._in_order.turn(place):
            message_id, row = await self.history.hear(
                place,
                sender=sender,
                body=body_of_speech(text, delivery=delivery, reply_to=reply_to, uploads=uploads),
                at=self.now(),
            )
            if row is not None:
                self.audience.show(place, shown(place, row))
        return str(message_id)

    async def close(self) -> None:
        self.audience.close()
