"""The app on Slack: who it is, what it receives, and the channel it speaks on."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from fastapi import APIRouter

from bot.outage import Outage, wait_unless
from bot.slack.api import Api
from bot.slack.channel import SlackChannel
from bot.slack.errors import FAULTS, TokenRefused
from bot.slack.http import signed_routes
from bot.slack.lookups import Lookups
from bot.slack.modals import Modals, Words
from bot.slack.pacing import Pacer, Rates
from bot.slack.payloads import Json, kind_of, lane_of, part, word
from bot.slack.people import Me, People
from bot.slack.places import CHANNEL
from bot.slack.receive import chat_event, opens_form
from bot.slack.socket import Pauses, SocketReceiver
from bot.slack.titles import Titles
from domain.errors import ChannelBusy, TryAgain
from handlers.chat import ChatEvent, Press, Receipt, Rendered
from handlers.in_order import InOrder

log = structlog.get_logger(__name__)

INTRODUCTION_SECONDS = 10
TRIES = 3
"""Slack repeats no commands and no presses: those are tried again here, as long as the person waits."""
PAUSE_SECONDS = 0.4
GONE = frozenset({"tokens_revoked", "app_uninstalled"})

Dispatch = Callable[[ChatEvent], Awaitable[Receipt]]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Slack:
    """A ``bot.platforms.Platform``. With an app token it receives by Socket Mode, with a signing secret over HTTP.

    ``dispatch`` returns when an event is committed, and raises TryAgain when it is not.
    """

    name = CHANNEL

    def __init__(
        self,
        token: str,
        dispatch: Dispatch,
        words: Words,
        *,
        app_token: str | None = None,
        signing_secret: str | None = None,
        api_base: str | None = None,
        proxy: str | None = None,
        rates: Rates | None = None,
        pauses: Pauses | None = None,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = Api(token, api_base=api_base, proxy=proxy)
        self._dispatch = dispatch
        self._words = words
        self._now = now
        self._pauses = pauses or Pauses()
        self._pacer = Pacer(rates, now=monotonic)
        self._people = People(self._api, self._pacer)
        self._lookups = Lookups(self._api, self._people, Titles(self._api, self._pacer))
        self._in_order = InOrder()
        self._tasks: set[asyncio.Task[None]] = set()
        self._introduced = asyncio.Event()
        self._stopping = asyncio.Event()
        self.channel = SlackChannel(
            self._api,
            people=self._people,
            pacer=self._pacer,
            choose=words.say("slack-choose", words.locale, {}),
            now=now,
        )
        self._modals = Modals(self._api, self._pacer, self.channel, words)
        self._app_token = app_token
        self._socket = (
            SocketReceiver(app_token, self.handle, api_base=api_base, proxy=proxy, pauses=self._pauses)
            if app_token
            else None
        )
        self.routes: APIRouter | None = None
        if self._socket is None and signing_secret:
            self.routes = signed_routes(signing_secret, self.handle, now=now)
        self.last_update_at: datetime | None = None

    # ------------------------------------------------------------ as a platform

    @property
    def me(self) -> Me:
        return self._people.me

    @property
    def received_as(self) -> str | None:
        """Slack deals a channel's messages out among all open sockets, so that their order would be lost between two."""
        return hashlib.sha256(self._app_token.encode()).hexdigest()[:16] if self._app_token else None

    @property
    def is_down(self) -> bool:
        """Whether Slack refused the token. What is to be sent waits in the outbox."""
        return self._api.is_down

    async def start(self) -> None:
        """Ask who the app is. Without a network that is done later, by ``receive``."""
        try:
            await self._introduce()
        except FAULTS as error:
            log.warning("slack-not-started", reason=str(error) or type(error).__name__, remedy="run guanxi doctor")

    async def introduced(self) -> None:
        await self._introduced.wait()

    async def receive(self) -> None:
        """Receive until ``stop``, through outages of any length."""
        await self._introduce_patiently()
        if self._socket is not None:
            await self._socket.run()
        else:
            await self._stopping.wait()
        await self.idle(timeout=1)

    async def idle(self, *, timeout: float | None = None) -> None:
        """Wait until forms and toasts of what was handled are shown."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=timeout)

    async def stop(self) -> None:
        """Take nothing new: ``receive`` finishes what is in flight. ``channel`` stays usable until it is closed."""
        self._stopping.set()
        if self._socket is not None:
            self._socket.stop()

    def address(self, code: str) -> str | None:
        """Slack has no link that carries a code: it is typed, ``join CODE``."""
        return None

    def health(self) -> Mapping[str, Any]:
        receiving = self._socket.is_receiving if self._socket is not None else self._introduced.is_set()
        facts: dict[str, Any] = {
            "up": receiving and not self.is_down,
            "receiving": receiving,
            "token_refused": self.is_down,
        }
        return facts | ({"last_update_at": self.last_update_at.isoformat()} if self.last_update_at else {})

    async def _introduce(self) -> None:
        if self._introduced.is_set():
            return
        said = await self._api.call("auth.test", timeout=INTRODUCTION_SECONDS)
        enterprise = said.get("enterprise_id") if said.get("is_enterprise_install") else None
        self._people.me = Me(
            user=word(said, "user_id"),
            bot=word(said, "bot_id"),
            team=word(said, "team_id"),
            app=word(said, "app_id"),
            name=word(said, "user"),
            enterprise=str(enterprise) if enterprise else None,
            url=word(said, "url"),
        )
        self._introduced.set()
        log.info("slack-started", bot=self.me.name, team=self.me.team)

    async def _introduce_patiently(self) -> None:
        """Without knowing itself the app would answer its own messages, so nothing is received before."""
        outage = Outage(began="slack-not-receiving", ended="slack-receiving-again", pause_after=self._pauses.after)
        while not self._introduced.is_set() and not self._stopping.is_set():
            try:
                await self._introduce()
            except ChannelBusy as busy:
                await wait_unless(self._stopping, busy.retry_after)
            except FAULTS as error:
                await wait_unless(self._stopping, outage.failed(error, remedy=_remedy(error)))
        outage.is_over()

    # ------------------------------------------------------------ one payload

    async def handle(self, body: Json) -> Mapping[str, Any] | None:
        """Handle one payload of either way of receiving; gives what is answered to Slack, None for nothing.

        When it returns, what happened is committed. Raises TryAgain when it is not.
        """
        if not self._introduced.is_set():
            raise TryAgain  # over HTTP: who does not know itself would answer itself
        self._note(body)
        # What happens in one channel is handled in the order in which it came.
        async with self._in_order.turn(lane_of(body)):
            known = await self._lookups.known(body)
            event = chat_event(body, known=known, received_at=self._now())
            self.last_update_at = self._now()
            if event is None:
                return None
            if word(body, "type") == "view_submission":
                return await self._modals.submitted(part(body, "view"), event, self._commit)
            loading = (
                self._modals.open_loading(event) if opens_form(body) and isinstance(event.content, Press) else None
            )
            try:
                receipt = await self._commit(event)
            except TryAgain:
                if loading is not None:
                    loading.cancel()
                raise
        if loading is not None or receipt.form is not None:
            self._later(self._modals.show(event, receipt, loading))
        elif receipt.toast is not None:
            self._later(self._toast(event, receipt))
        return None

    async def _commit(self, event: ChatEvent) -> Receipt:
        """Dispatch; what Slack would not repeat is tried again, as long as its person waits."""
        for attempt in range(TRIES):
            try:
                return await self._dispatch(event)
            except TryAgain:
                if attempt + 1 == TRIES or event.trigger is None:
                    raise
                log.warning("slack-payload-tried-again", delivery=event.delivery_id, tries=attempt + 1)
                await wait_unless(self._stopping, PAUSE_SECONDS)
        raise AssertionError

    async def _toast(self, event: ChatEvent, receipt: Receipt) -> None:
        """A word for who pressed alone. It may be lost."""
        toast, _, _ = self._words.receipt(receipt)
        if not toast or event.sender is None:
            return
        try:
            await self.channel.whisper(event.conversation.key, event.sender.user, Rendered(toast))
        except FAULTS as error:
            log.debug("slack-toast-lost", reason=str(error) or type(error).__name__)

    def _later(self, work: Any) -> None:
        """What the person does not wait for, and Slack's answer neither."""
        task: asyncio.Task[None] = asyncio.create_task(_unfailing(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _note(self, body: Json) -> None:
        """What concerns the connection itself."""
        kind = kind_of(body)
        if kind in GONE:
            log.error("slack-app-removed", kind=kind, remedy="install the app again and set GUANXI_SLACK_BOT_TOKEN")
        elif kind == "app_rate_limited":
            log.warning("slack-events-limited", minute=body.get("minute_rate_limited"))
        elif kind in {"user_change", "user_profile_changed", "user_status_changed"}:
            self._people.changed(part(part(body, "event"), "user"))


async def _unfailing(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:
        log.exception("slack-afterwork-failed")


def _remedy(error: Exception) -> str:
    if isinstance(error, TokenRefused):
        return "set GUANXI_SLACK_BOT_TOKEN to the Bot User OAuth Token of the app's page OAuth & Permissions"
    return "set GUANXI_PROXY if Slack is blocked on this network"
