"""One socket of Socket Mode, from its greeting to its end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiohttp import ClientWebSocketResponse, WSMsgType

from bot.slack.api import NETWORK

log = structlog.get_logger(__name__)

KINDS = frozenset({"events_api", "interactive", "slash_commands"})
CLOSED = (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR)

Answer = Callable[[Mapping[str, Any]], Awaitable[None]]
Take = Callable[[Mapping[str, Any], Answer], None]
"""Told of an envelope, and how to acknowledge it; returns at once."""


class Connection:
    """One socket. ``replaced`` is set when the next one should be opened."""

    def __init__(self, socket: ClientWebSocketResponse, take: Take, *, old_seconds: float) -> None:
        """``old_seconds``: for so long it is still read after Slack announced its end."""
        self._socket = socket
        self._take = take
        self._old_seconds = old_seconds
        self._envelopes = 0
        self.replaced = asyncio.Event()
        self.reason = ""

    @property
    def is_refused(self) -> bool:
        return self.reason in {"link_disabled", "too_many_websockets"}

    @property
    def is_short(self) -> bool:
        return not self._envelopes and self.reason == ""

    async def hello(self) -> None:
        """Wait for the greeting. Raises ConnectionError when something else comes."""
        while True:
            frame = await self._socket.receive()
            if frame.type in CLOSED:
                raise ConnectionError("the socket was closed before the greeting")
            said = _json(frame.data) if frame.type is WSMsgType.TEXT else {}
            if said.get("type") == "hello":
                return
            if said.get("type") == "disconnect":
                raise ConnectionError(str(said.get("reason") or "disconnected"))

    async def serve(self) -> None:
        """Read until it closes. A socket that answers no heartbeat counts as closed."""
        try:
            await self._read()
        finally:
            self.replaced.set()
            await self._socket.close()

    async def _read(self) -> None:
        deadline: float | None = None
        loop = asyncio.get_running_loop()
        while deadline is None or loop.time() < deadline:
            timeout = None if deadline is None else deadline - loop.time()
            try:
                frame = await self._socket.receive(timeout=timeout)
            except TimeoutError:
                return
            if frame.type in CLOSED:
                return
            if frame.type is WSMsgType.TEXT and self._heard(_json(frame.data)):
                # What is on its way still comes here, while the next socket opens.
                deadline = loop.time() + self._old_seconds

    def _heard(self, said: Mapping[str, Any]) -> bool:
        """Whether Slack announced the end of this socket."""
        if said.get("type") == "disconnect":
            self.reason = str(said.get("reason") or "disconnected")
            log.info("slack-socket-replaced", reason=self.reason)
            self.replaced.set()
            return True
        if said.get("type") in KINDS and said.get("envelope_id"):
            self._envelopes += 1
            self._take(said, self._answer)
        elif said.get("type") != "hello":
            log.warning("slack-frame-unknown", kind=str(said.get("type"))[:40])
        return False

    async def _answer(self, answer: Mapping[str, Any]) -> None:
        """Acknowledge on the socket that brought it; if that is closed, Slack repeats it and the inbox knows it."""
        try:
            await self._socket.send_json(answer)
        except (*NETWORK, ConnectionError, RuntimeError) as error:
            log.info("slack-acknowledgement-lost", reason=type(error).__name__)


def _json(data: Any) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
