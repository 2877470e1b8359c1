"""A page without a browser: speaks the socket's frames, to test what the server makes of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.bot.local.stage import delivery

PATIENCE = 5  # seconds until a missing frame fails the test

Frame = dict[str, Any]


class Visitor:
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, **frame: Any) -> None:
        await self.send_raw(json.dumps(frame))

    async def send_raw(self, text: str) -> None:
        await self._socket.send(text)

    async def next(self, *kinds: str) -> Frame:
        """The next frame of one of these kinds; others before it are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame: Frame = json.loads(await self._socket.recv())
                if frame["type"] in kinds:
                    return frame

    async def closed_with(self) -> int:
        async with asyncio.timeout(PATIENCE):
            await self._socket.wait_closed()
        assert self._socket.close_code is not None
        return self._socket.close_code

    async def hello(self, **have: int) -> Frame:
        await self.send(type="hello", have=have)
        return await self.next("welcome")

    async def say(
        self, text: str, *, user: str = "tom", place: str | None = None, name: str | None = None, **more: Any
    ) -> Frame:
        """Say something and give the answer to it: ack, again or refused."""
        await self.send(
            type="say", id=name or delivery(), **{"as": user}, place=place or f"private:{user}", text=text, **more
        )
        return await self.next("ack", "again", "refused")


@asynccontextmanager
async def visiting(
    address: str, *, origin: str | None = None, cookie: str | None = None, host: str | None = None
) -> AsyncIterator[Visitor]:
    headers = {"Cookie": cookie} if cookie else {}
    if host:
        headers["Host"] = host
    url = address.replace("http:", "ws:") + "/local/socket"
    async with connect(url, origin=origin or address, additional_headers=headers, proxy=None) as socket:  # type: ignore[arg-type]
        yield Visitor(socket)
