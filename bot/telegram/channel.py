"""Telegram as delivery sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog

from bot.telegram.api import Api
from bot.telegram.errors import Migrated
from bot.telegram.files import fetch
from bot.telegram.forum import Forum
from bot.telegram.pacing import Pacer
from bot.telegram.places import CHANNEL, Topics, address
from bot.telegram.send import Spot, Writer
from domain.errors import RecipientUnreachable
from handlers.chat import Capabilities, Outgoing, Phrase

log = structlog.get_logger(__name__)

OnMigrated = Callable[[str, str], None]
"""Told the old and the new key of a group that became a supergroup; returns at once."""


class TelegramChannel:
    """The Channel of ``handlers.chat`` over the Bot API.

    Besides what that promises, ``send`` raises ``errors.Refused`` for a message that Telegram will never take.
    """

    name = CHANNEL
    capabilities = Capabilities(reactions=True, asks_phone=True)

    def __init__(self, api: Api, *, pacer: Pacer | None = None, on_migrated: OnMigrated | None = None) -> None:
        self._api = api
        self._writer = Writer(api, pacer or Pacer())
        self._forum = Forum(api)
        self._on_migrated = on_migrated
        self._moved: dict[int, int] = {}
        self.topics = Topics()

    async def send(self, outgoing: Outgoing) -> str | None:
        """Send, or edit in place; see ``handlers.chat.Channel``."""
        spot = self._spot(outgoing)
        try:
            return await self._put(spot, outgoing, edit=self._edited(outgoing))
        except Migrated as migration:
            self._found_moved(spot.chat_id, migration.chat_id)
            return await self._put(Spot(migration.chat_id), outgoing, edit=None)

    async def fetch(self, ref: str, *, limit: int) -> bytes:
        """The bytes behind an ``Attachment.ref``; see ``handlers.chat.Channel``."""
        return await fetch(self._api, ref, limit=limit)

    async def open_thread(self, place: str, title: str, *, key: str) -> str | None:
        """A topic of its own in a forum; see ``handlers.chat.HasThreads``."""
        chat_id, _ = self._group(place)
        try:
            topic = await self._forum.open(chat_id, title, key=key)
        except Migrated:
            return None  # the new group is found when it is sent
        return None if topic is None else f"{chat_id}/{topic}"

    async def set_thread(self, place: str, *, is_open: bool) -> None:
        """Close a topic, or open it again; see ``handlers.chat.HasThreads``."""
        chat_id, topic = self._group(place)
        if topic is not None:
            await self._forum.turn(chat_id, topic, is_open=is_open)

    async def examine(self, place: str) -> Sequence[Phrase]:
        """What is missing in a group; see ``handlers.chat.Examines``."""
        return await self._forum.lacks(self._group(place)[0])

    def _group(self, place: str) -> tuple[int, int | None]:
        try:
            chat_id, topic = address(place)
        except ValueError as error:
            raise RecipientUnreachable("no-telegram-address") from error
        return self._moved.get(chat_id, chat_id), topic

    async def close(self) -> None:
        await self._api.close()

    def moved(self, old: int, new: int) -> None:
        """Remember that a group has a new id, as an update told it."""
        if self._moved.get(old) != new:
            log.info("telegram-group-migrated", old=old, new=new)
        self._moved[old] = new

    def _found_moved(self, old: int, new: int) -> None:
        """A refusal told it: the update was missed, or is still on its way. Reported once."""
        if self._moved.get(old) == new:
            return
        self.moved(old, new)
        try:
            if self._on_migrated is not None:
                self._on_migrated(str(old), str(new))
        except Exception:
            # The edge to whoever listens: their mistake must not lose this message.
            log.exception("telegram-migration-unheard", old=old, new=new)

    def _edited(self, outgoing: Outgoing) -> int | None:
        """Message ids of a group that moved mean nothing in the new one, so there it is said afresh."""
        try:
            has_moved = address(outgoing.place)[0] in self._moved
        except ValueError:
            return None
        return None if has_moved else _number(outgoing.edit)

    async def _put(self, spot: Spot, outgoing: Outgoing, *, edit: int | None) -> str:
        if edit is None:
            sent = await self._writer.send(spot, outgoing.body)
        else:
            sent = await self._writer.edit(spot, edit, outgoing.body)
        self.topics.note(spot.chat_id, sent, spot.topic)
        return str(sent)

    def _spot(self, outgoing: Outgoing) -> Spot:
        """What one person alone may see in a group goes to their private chat: a group has no private answers."""
        try:
            chat_id, topic = address(outgoing.place)
            reader = None if outgoing.to_user is None else int(outgoing.to_user)
        except ValueError as error:
            raise RecipientUnreachable("no-telegram-address") from error
        if reader is not None and reader != chat_id:
            return Spot(reader)
        if chat_id in self._moved:
            return Spot(self._moved[chat_id])
        return Spot(chat_id, topic, reply_to=_number(outgoing.under or outgoing.reply_to))


def _number(message: str | None) -> int | None:
    return int(message) if message is not None and message.isdecimal() else None
