"""The bot on Telegram: who it is, what it receives, and the channel it speaks on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from aiogram.methods import AnswerCallbackQuery, GetMe

from bot.telegram.addressing import Me
from bot.telegram.api import Api
from bot.telegram.channel import OnMigrated, TelegramChannel
from bot.telegram.errors import Migrated, Refused
from bot.telegram.menu import MenuCommand, show_commands
from bot.telegram.pacing import Pacer, Rates
from bot.telegram.polling import Pauses, Poller
from bot.telegram.receive import chat_event
from domain.errors import ChannelBusy, RecipientUnreachable
from handlers.chat import ChatEvent, Press, Receipt

log = structlog.get_logger(__name__)

TOAST_LIMIT = 200
INTRODUCTION_SECONDS = 10
"""Where Telegram is blocked, packets often vanish; the other channels need not wait long for that to show."""
FAULTS = (OSError, ChannelBusy, Refused, RecipientUnreachable, Migrated)

Dispatch = Callable[[ChatEvent], Awaitable[Receipt]]
Say = Callable[[Receipt], str | None]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Telegram:
    """``await start()``, then ``await receive()`` until somebody calls ``stop()``; ``channel`` speaks all the while.

    ``dispatch`` returns when an event is committed, and raises TryAgain when it is not; ``say`` gives the words of a
    receipt's toast, in the reader's language, or None. Raises ValueError for a token of a wrong form.
    """

    def __init__(
        self,
        token: str,
        dispatch: Dispatch,
        say: Say,
        *,
        api_base: str | None = None,
        proxy: str | None = None,
        commands: Sequence[MenuCommand] = (),
        rates: Rates | None = None,
        pauses: Pauses | None = None,
        on_migrated: OnMigrated | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._api = Api(token, api_base=api_base, proxy=proxy)
        self._dispatch = dispatch
        self._say = say
        self._commands = commands
        self._now = now
        self._answers: set[asyncio.Task[None]] = set()
        self._poller = Poller(self._api, prepare=self._introduce, decode=self.decode, handle=self.handle, pauses=pauses)
        self.channel = TelegramChannel(self._api, pacer=Pacer(rates), on_migrated=on_migrated)
        self.me: Me | None = None
        self._introduced = asyncio.Event()
        self.last_update_at: datetime | None = None

    @property
    def is_down(self) -> bool:
        """Whether Telegram refused the token. What is to be sent waits in the outbox."""
        return self._api.is_down

    @property
    def is_receiving(self) -> bool:
        """Whether the last poll succeeded."""
        return self._poller.is_receiving

    async def start(self) -> None:
        """Ask who the bot is and set its menu. Without a network that is done later, by ``receive``."""
        try:
            await self._introduce()
        except FAULTS as error:
            log.warning("telegram-not-started", reason=str(error), remedy="set GUANXI_PROXY if Telegram is blocked")

    async def introduced(self) -> Me:
        """Who the bot is, as soon as Telegram says so."""
        await self._introduced.wait()
        assert self.me is not None
        return self.me

    async def receive(self) -> None:
        """Receive until ``stop``, through outages of any length."""
        await self._poller.run()
        if self._answers:
            await asyncio.wait(set(self._answers), timeout=1)

    async def stop(self) -> None:
        """Take no more updates: ``receive`` finishes what is in flight, confirms it and returns.

        ``channel`` stays usable until ``await channel.close()``.
        """
        self._poller.stop()

    def decode(self, raw: Mapping[str, Any]) -> ChatEvent:
        """One update as an event, for polling and webhooks alike. Raises nothing."""
        event = chat_event(raw, me=self.me or Me(0, ""), received_at=self._now())
        self._note_migration(raw)
        return event

    async def handle(self, event: ChatEvent) -> None:
        """Dispatch, and answer a pressed button. Raises TryAgain when nothing was committed."""
        receipt = await self._dispatch(event)
        self.last_update_at = self._now()
        callback = event.extra.get("callback")
        if callback is not None and isinstance(event.content, Press):
            # The person waits for the card, not for this: a slow line must not hold up the conversation.
            task = asyncio.create_task(self._answer(str(callback), receipt))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _introduce(self) -> None:
        if self.me is None:
            user = await self._api.call(GetMe(), timeout=INTRODUCTION_SECONDS)
            reads_groups = bool(user.can_read_all_group_messages)
            self.me = Me(user.id, user.username or "", user.first_name, reads_groups)
            self._introduced.set()
            log.info("telegram-started", bot=user.username)
            await self._set_menu()

    async def _set_menu(self) -> None:
        try:
            await show_commands(self._api, self._commands)
        except FAULTS as error:
            log.warning("telegram-menu-not-set", reason=str(error))

    def _note_migration(self, raw: Mapping[str, Any]) -> None:
        """The old group says where it went, the new one where it came from, in either order."""
        message = raw.get("message")
        if not isinstance(message, Mapping) or not isinstance(message.get("chat"), Mapping):
            return
        here, to, came_from = (
            message["chat"].get("id"),
            message.get("migrate_to_chat_id"),
            message.get("migrate_from_chat_id"),
        )
        if isinstance(here, int) and isinstance(to, int):
            self.channel.moved(here, to)
        if isinstance(here, int) and isinstance(came_from, int):
            self.channel.moved(came_from, here)

    async def _answer(self, callback: str, receipt: Receipt) -> None:
        """Stop the button's spinner. Telegram refuses when the press is too old, and then nobody waits any more."""
        try:
            toast = self._say(receipt)
            text = toast[:TOAST_LIMIT] if toast else None
            await self._api.call(AnswerCallbackQuery(callback_query_id=callback, text=text))
        except FAULTS as error:
            log.debug("telegram-press-unanswered", reason=str(error))
        except Exception:
            log.exception("telegram-toast-failed")
