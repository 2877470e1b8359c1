"""Socket Mode: tickets, connections, and envelopes that wait to be acknowledged."""

import asyncio
import contextlib
import itertools
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.delivering import Delivery, Failed
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import World

CONNECTION_SECONDS = 18_060
ACCEPTING = {"slash_commands", "interactive"}


@dataclass(eq=False)
class Connection:
    """One open socket. A silent one takes what is written to it, and nothing ever comes back."""

    socket: web.WebSocketResponse
    number: int
    is_silent: bool = False
    is_leaving: bool = False
    awaited: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    async def send(self, frame: Json) -> None:
        if not self.is_silent and not self.socket.closed:
            with contextlib.suppress(ConnectionError):
                await self.socket.send_json(frame)

    def end(self) -> None:
        for future in self.awaited.values():
            if not future.done():
                future.set_exception(Failed("connection_failed"))


class Sockets:
    """All connections of the app. ``strange_frames`` are those that acknowledge nothing known."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tickets: dict[str, float] = {}
        self._turn = 0
        self._numbers = itertools.count(1)
        self.is_enabled = True
        self.open: list[Connection] = []
        self.opened = 0
        self.sent: list[Json] = []
        self.strange_frames: list[str] = []

    def ticket(self) -> str:
        """The address of a new socket, to be opened once and soon. Raises Refusal."""
        if not self.is_enabled:
            raise Refusal(self._world.rules.socket_mode_off_error)
        ticket = uuid.uuid4().hex
        self._tickets[ticket] = self._world.now()
        host = self._world.base.removeprefix("http")
        return f"ws{host}/link/?ticket={ticket}&app_id={self._world.app_id}"

    async def serve(self, http: web.Request) -> web.StreamResponse:
        issued_at = self._tickets.pop(http.query.get("ticket", ""), None)
        if issued_at is None or self._world.now() - issued_at > self._world.rules.ticket_seconds:
            return web.Response(status=403, text="invalid ticket")
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(http)
        if len(self.open) >= self._world.rules.connections:
            await socket.send_json(self._frame("disconnect", reason="too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(socket, next(self._numbers))
        await socket.send_json(self._hello())
        self.open.append(connection)
        self.opened += 1
        self._world.changed.ring()
        try:
            await self._listen(connection)
        finally:
            self._forget(connection)
        return socket

    async def attempt(self, delivery: Delivery, number: int) -> Any:
        """Send an envelope over any connection and wait for its acknowledgement. Raises Failed."""
        connection = await self._pick(delivery)
        deadline = self._deadline()
        envelope_id = str(uuid.uuid4())
        acknowledged = asyncio.get_running_loop().create_future()
        connection.awaited[envelope_id] = acknowledged
        frame = _envelope(delivery, envelope_id, number)
        self.sent.append(frame)
        try:
            await connection.send(frame)
            return await self._within(deadline, acknowledged)
        finally:
            connection.awaited.pop(envelope_id, None)

    async def warn(self, reason: str = "warning") -> None:
        """Announce that a connection will be closed in some seconds; ``refresh_requested`` also closes it."""
        for connection in list(self.open):
            connection.is_leaving = True
            await connection.send(self._frame("disconnect", reason=reason))
            if reason != "warning":
                await self._close(connection)

    async def cut(self) -> None:
        """Break all connections without a word, as a network does."""
        for connection in list(self.open):
            transport = connection.socket._req.transport if connection.socket._req else None
            if transport is not None:
                transport.abort()
            self._forget(connection)

    async def close(self) -> None:
        for connection in list(self.open):
            await self._close(connection)

    async def _close(self, connection: Connection) -> None:
        self._forget(connection)
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(0.2):
                await connection.socket.close()

    async def _listen(self, connection: Connection) -> None:
        while not connection.socket.closed:
            message = await connection.socket.receive()
            if message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR}:
                return
            if connection.is_silent:
                continue
            if message.type is WSMsgType.PING:
                with contextlib.suppress(ConnectionError):
                    await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledge(connection, message.data)

    def _acknowledge(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            future = connection.awaited[frame["envelope_id"]]
        except (ValueError, KeyError, TypeError):
            self.strange_frames.append(text)
            self._world.changed.ring()
            return
        if not future.done():
            future.set_result(frame.get("payload"))

    async def _pick(self, delivery: Delivery) -> Connection:
        """Any open connection that is not about to be closed, each in its turn."""
        waits = self._world.rules.waits_for_connection and delivery.is_event
        patience = None if waits else 0 if delivery.is_event else self._world.rules.ack_seconds
        if patience == 0 and not self._usable():
            raise Failed("connection_failed")
        if patience is None:
            await self._world.changed.until(self._usable, None)
        elif not self._usable():
            arrived = asyncio.ensure_future(self._world.changed.until(self._usable, None))
            await self._within(self._deadline(), arrived, words="connection_failed")
        usable = self._usable()
        self._turn += 1
        return usable[self._turn % len(usable)]

    def _usable(self) -> list[Connection]:
        return [one for one in self.open if not one.is_leaving] or list(self.open)

    def _deadline(self) -> float:
        return self._world.now() + self._world.rules.ack_seconds

    async def _within(self, deadline: float, awaited: "asyncio.Future[Any]", words: str = "timeout") -> Any:
        """The result, if it comes in time by the platform's clock. Raises Failed."""
        limit = asyncio.create_task(self._world.clock.reaches(deadline))
        try:
            await asyncio.wait({awaited, limit}, return_when=asyncio.FIRST_COMPLETED)
            if not awaited.done():
                raise Failed(words)
            return awaited.result()
        finally:
            limit.cancel()
            if not awaited.done():
                awaited.cancel()

    def _forget(self, connection: Connection) -> None:
        if connection in self.open:
            self.open.remove(connection)
        connection.end()
        self._world.changed.ring()

    def _hello(self) -> Json:
        frame = self._frame("hello", num_connections=len(self.open) + 1)
        frame["debug_info"] |= {"build_number": 10, "approximate_connection_time": CONNECTION_SECONDS}
        return frame

    def _frame(self, kind: str, **more: Any) -> Json:
        return {
            "type": kind,
            **more,
            "debug_info": {"host": "applink-1"},
            "connection_info": {"app_id": self._world.app_id},
        }


def _envelope(delivery: Delivery, envelope_id: str, number: int) -> Json:
    frame = {
        "envelope_id": envelope_id,
        "payload": delivery.payload,
        "type": delivery.kind,
        "accepts_response_payload": delivery.kind in ACCEPTING,
    }
    if delivery.is_event:
        frame |= {"retry_attempt": number, "retry_reason": delivery.failures[-1] if delivery.failures else ""}
    return frame
