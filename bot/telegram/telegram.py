"""The bot on Telegram: who it is, what it receives, and the channel it speaks on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram.methods import AnswerCallbackQuery, DeleteWebhook, GetMe, GetWebhookInfo
from fastapi import APIRouter

from bot.telegram.addressing import Me
from bot.telegram.api import Api
from bot.telegram.channel import OnMigrated, TelegramChannel
from bot.telegram.errors import Migrated, Refused
from bot.telegram.menu import MenuCommand, show_commands, show_commands_to
from bot.telegram.pacing import Pacer, Rates
from bot.telegram.polling import Pauses, Poller
from bot.telegram.receive import chat_event
from bot.telegram.recent import Recent
from bot.telegram.webhook import Webhook, WebhookAddress
from domain.errors import ChannelBusy, RecipientUnreachable
from handlers.chat import ChatEvent, ConversationMoved, Press, Receipt

log = structlog.get_logger(__name__)

TOAST_LIMIT = 200
MENUS_EVERY_SECONDS = 300.0
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
    receipt's toast, in the reader's language, or None. With ``webhook`` Telegram pushes to ``routes``, else it is polled.
    Raises ValueError for a token of a wrong form.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        dispatch: Dispatch,
        say: Say,
        *,
        api_base: str | None = None,
        proxy: str | None = None,
        webhook: WebhookAddress | None = None,
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
        self._pauses = pauses or Pauses()
        self._bot = token.partition(":")[0]
        self._receiver = self._pushed_to(webhook, pauses) if webhook is not None else self._polling(pauses)
        self.channel = TelegramChannel(self._api, pacer=Pacer(rates), on_migrated=on_migrated)
        self._recent = Recent()
        self.me: Me | None = None
        self._introduced = asyncio.Event()
        self.keep_menus: Callable[[], Awaitable[None]] | None = None
        self._menus_may_differ = asyncio.Event()
        self.last_update_at: datetime | None = None

    @property
    def received_as(self) -> str | None:
        """Two that poll for one bot would drive each other out; several may be pushed to."""
        return None if isinstance(self._receiver, Webhook) else self._bot

    @property
    def is_down(self) -> bool:
        """Whether Telegram refused the token. What is to be sent waits in the outbox."""
        return self._api.is_down

    @property
    def is_receiving(self) -> bool:
        """Whether the last poll succeeded, or Telegram pushes here without trouble."""
        return self._receiver.is_receiving

    @property
    def routes(self) -> APIRouter | None:
        """Where Telegram pushes to, if it does."""
        return self._receiver.routes if isinstance(self._receiver, Webhook) else None

    async def start(self) -> None:
        """Ask who the bot is and set its menu. Without a network that is done later, by ``receive``."""
        try:
            await self._introduce()
        except FAULTS as error:
            log.warning("telegram-not-started", reason=str(error), remedy="set GUANXI_PROXY if Telegram is blocked")

    async def introduced(self) -> None:
        """Returns as soon as Telegram said who the bot is: ``me``."""
        await self._introduced.wait()

    def address(self, code: str) -> str | None:
        """The link that opens a one-time code: https://core.telegram.org/bots/features#deep-linking"""
        return None if self.me is None else f"https://t.me/{self.me.username}?start={code}"

    def health(self) -> Mapping[str, Any]:
        facts: dict[str, Any] = {
            "up": self.is_receiving and not self.is_down,
            "receiving": self.is_receiving,
            "token_refused": self.is_down,
        }
        return facts | ({"last_update_at": self.last_update_at.isoformat()} if self.last_update_at else {})

    async def receive(self) -> None:
        """Receive until ``stop``, through outages of any length."""
        menus = asyncio.create_task(self._keep_menus())
        try:
            await self._receiver.run()
        finally:
            menus.cancel()
            await asyncio.wait({menus})
        if self._answers:
            await asyncio.wait(set(self._answers), timeout=1)

    async def stop(self) -> None:
        """Take no more updates: ``receive`` finishes what is in flight, confirms it and returns.

        ``channel`` stays usable until ``await channel.close()``.
        """
        self._receiver.stop()

    def decode(self, raw: Mapping[str, Any]) -> ChatEvent:
        """One update as an event, for polling and webhooks alike. Raises nothing."""
        event = chat_event(
            raw, me=self.me or Me(0, ""), received_at=self._now(), topics=self.channel.topics, recent=self._recent
        )
        if isinstance(event.content, ConversationMoved):
            self.channel.moved(int(event.content.old), int(event.content.new))
        return event

    async def handle(self, event: ChatEvent) -> None:
        """Dispatch, and answer a pressed button. Raises TryAgain when nothing was committed."""
        receipt = await self._dispatch(event)
        self.last_update_at = self._now()
        self._menus_may_differ.set()
        callback = event.extra.get("callback")
        if callback is not None and isinstance(event.content, Press):
            # The person waits for the card, not for this: a slow line must not hold up the conversation.
            task = asyncio.create_task(self._answer(str(callback), receipt))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    def _polling(self, pauses: Pauses | None) -> Poller:
        async def prepare() -> None:
            await self._introduce()
            await self._remove_webhook()

        return Poller(self._api, prepare=prepare, decode=self.decode, handle=self.handle, pauses=pauses)

    def _pushed_to(self, address: WebhookAddress, pauses: Pauses | None) -> Webhook:
        return Webhook(
            self._api, address, prepare=self._introduce, decode=self.decode, handle=self.handle, pauses=pauses
        )

    async def _remove_webhook(self) -> None:
        """One that was set before keeps us from polling. What waits there comes to us instead."""
        info = await self._api.call(GetWebhookInfo())
        if info.url:
            log.warning("telegram-webhook-removed", pushed_to=urlsplit(info.url).hostname)
            await self._api.call(DeleteWebhook())

    async def _introduce(self) -> None:
        if self.me is None:
            user = await self._api.call(GetMe(), timeout=INTRODUCTION_SECONDS)
            reads_groups = bool(user.can_read_all_group_messages)
            self.me = Me(user.id, user.username or "", user.first_name, reads_groups)
            self._introduced.set()
            self._menus_may_differ.set()
            log.info("telegram-started", bot=user.username)
            await self._set_menu()

    async def show_menu(self, user: str, commands: Sequence[tuple[str, str]] | None) -> None:
        """The commands that one person sees in the private chat: (name, description); None for everybody's.

        Raises Refused, RecipientUnreachable, ChannelBusy and OSError.
        """
        await show_commands_to(self._api, int(user), commands)

    async def _keep_menus(self) -> None:
        """Look soon after something happened, and now and then; never often."""
        await self._introduced.wait()
        while self.keep_menus is not None:
            self._menus_may_differ.clear()
            try:
                await self.keep_menus()
            except FAULTS as error:
                log.info("telegram-menus-later", reason=type(error).__name__)
            except Exception:
                log.exception("telegram-menus-failed")
            await asyncio.sleep(self._pauses.menus)
            with suppress(TimeoutError):
                async with asyncio.timeout(MENUS_EVERY_SECONDS):
                    await self._menus_may_differ.wait()

    async def _set_menu(self) -> None:
        try:
            await show_commands(self._api, self._commands)
        except FAULTS as error:
            log.warning("telegram-menu-not-set", reason=str(error))

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
