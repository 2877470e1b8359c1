"""Socket Mode of our own: no envelope is acknowledged before it is committed, and a new socket opens before the old closes.

Why not slack_sdk's: it hands envelopes over without order, and closes the old connection first.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientWSTimeout, WSServerHandshakeError

from bot.outage import Outage, doubled, wait_unless
from bot.slack.api import NETWORK, Api
from bot.slack.connection import Answer, Connection
from bot.slack.errors import FAULTS, TokenRefused
from domain.errors import ChannelBusy, TryAgain

log = structlog.get_logger(__name__)

OPEN_SECONDS = 10
LARGEST_FRAME = 4_000_000

Handle = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]


@dataclass(frozen=True, kw_only=True)
class Pauses:
    """Seconds: the first and longest pause after a failure; how long a socket may be silent before it is asked whether
    it lives; until the greeting; while an old socket still brings what was meant for it; and while a stop waits."""

    first: float = 0.5
    longest: float = 60.0
    silence: float = 20.0
    greeting: float = 10.0
    old: float = 15.0
    stop: float = 3.0

    def after(self, failures: int) -> float:
        """The pause after so many failures in a row: it doubles."""
        return doubled(failures, first=self.first, longest=self.longest)


class SocketReceiver:
    """Receives until ``stop``. ``handle`` returns once a payload is committed and raises TryAgain when it is not."""

    def __init__(
        self,
        app_token: str,
        handle: Handle,
        *,
        api_base: str | None = None,
        proxy: str | None = None,
        pauses: Pauses | None = None,
    ) -> None:
        self._api = Api(app_token, api_base=api_base, proxy=proxy)
        self._handle = handle
        self._pauses = pauses or Pauses()
        self._stopping = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._work: set[asyncio.Task[None]] = set()
        self._outage = Outage(
            began="slack-not-receiving", ended="slack-receiving-again", pause_after=self._pauses.after
        )

    @property
    def is_receiving(self) -> bool:
        """Whether a socket is open that Slack has greeted."""
        return bool(self._connections)

    async def run(self) -> None:
        """Receive until stopped, through outages of any length."""
        try:
            while not self._stopping.is_set():
                connection = await self._connected()
                if connection is None:
                    continue
                task = asyncio.create_task(connection.serve())
                self._connections.add(task)
                task.add_done_callback(self._connections.discard)
                await _first(connection.replaced, self._stopping)
                await self._pause_if_asked(connection)
            await self._finish()
        finally:
            for task in (*self._connections, *self._work):
                task.cancel()
            await asyncio.gather(*self._connections, *self._work, return_exceptions=True)
            await self._api.close()

    def stop(self) -> None:
        """Take no more envelopes; ``run`` then finishes what is in flight and returns."""
        self._stopping.set()

    # ------------------------------------------------------------ connecting

    async def _connected(self) -> Connection | None:
        """A socket that Slack has greeted; None after a pause."""
        try:
            answer = await self._api.call("apps.connections.open", form=True, timeout=OPEN_SECONDS)
            return await self._greeted(str(answer.get("url") or ""))
        except ChannelBusy as busy:
            await wait_unless(self._stopping, busy.retry_after)
        except FAULTS as error:
            await wait_unless(self._stopping, self._outage.failed(error, remedy=_remedy(error)))
        return None

    async def _greeted(self, url: str) -> Connection:
        try:
            socket = await self._api.session.ws_connect(
                url, heartbeat=self._pauses.silence, max_msg_size=LARGEST_FRAME, timeout=ClientWSTimeout(ws_close=1.0)
            )
        except (*NETWORK, WSServerHandshakeError, ValueError) as error:
            raise ConnectionError(f"the socket does not open: {type(error).__name__}") from None
        connection = Connection(socket, self._take, old_seconds=self._pauses.old)
        try:
            async with asyncio.timeout(self._pauses.greeting):
                await connection.hello()
        except BaseException:
            await socket.close()
            raise
        self._outage.is_over()
        return connection

    async def _pause_if_asked(self, connection: Connection) -> None:
        """Socket Mode was switched off, or there are too many sockets: opening the next at once would only fail."""
        if connection.is_refused:
            refusal = ConnectionError(connection.reason)
            await wait_unless(self._stopping, self._outage.failed(refusal, remedy=_remedy(refusal)))
        elif connection.is_short:  # one that closes as soon as it opens must not be opened in a whirl
            await wait_unless(self._stopping, self._pauses.first)

    # ------------------------------------------------------------ envelopes

    def _take(self, envelope: Mapping[str, Any], answer: Answer) -> None:
        """Handle an envelope beside the others; who handles it keeps the order of each conversation.

        After ``stop`` none is taken: not acknowledged, it comes again, to whoever receives then.
        """
        if self._stopping.is_set():
            return
        task = asyncio.create_task(self._acknowledged(envelope, answer))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _acknowledged(self, envelope: Mapping[str, Any], answer: Answer) -> None:
        payload, number = envelope.get("payload"), envelope.get("envelope_id")
        try:
            said = await self._handle(payload if isinstance(payload, Mapping) else {"type": "malformed"})
        except TryAgain:
            log.warning("slack-envelope-not-acknowledged", kind=envelope.get("type"))
            return
        except Exception:
            # Dispatch answers for its own bugs; one that gets here must not come again and again.
            log.exception("slack-envelope-failed", kind=envelope.get("type"))
            said = None
        accepts = said is not None and envelope.get("accepts_response_payload") is not False
        await answer({"envelope_id": number, **({"payload": said} if accepts else {})})

    async def _finish(self) -> None:
        if self._work:
            _, late = await asyncio.wait(set(self._work), timeout=self._pauses.stop)
            if late:
                log.warning("slack-stopped-before-done", envelopes=len(late))


async def _first(*events: asyncio.Event) -> None:
    tasks = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _remedy(error: Exception) -> str:
    if isinstance(error, TokenRefused):
        return "set GUANXI_SLACK_APP_TOKEN to the App-Level Token of the app's page Basic Information"
    if "link_disabled" in str(error):
        return "switch Socket Mode on again, on the app's page Socket Mode"
    if "too_many_websockets" in str(error):
        return "stop other processes that receive with this app's token"
    return "set GUANXI_PROXY if Slack is blocked on this network"
