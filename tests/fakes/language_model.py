"""An OpenAI-compatible server on loopback that answers as it is told: well, wrongly, late, endlessly, cut off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


class FakeLanguageModel:
    """``content`` is what the model says; ``body`` replaces the whole answer; while ``waits`` is set nothing comes."""

    def __init__(self) -> None:
        self.content: str | Mapping[str, Any] = {}
        self.body: bytes | None = None
        self.status = 200
        self.headers: dict[str, str] = {}
        self.waits: asyncio.Event | None = None
        self.cut = False
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization"))
        if self.waits is not None:
            await self.waits.wait()
        body = self.body if self.body is not None else self._well_formed()
        if not self.cut:
            return web.Response(body=body, status=self.status, headers=self.headers, content_type="application/json")
        response = web.StreamResponse(headers={"Content-Length": str(len(body) + 100)})
        await response.prepare(request)
        await response.write(body)
        assert request.transport is not None
        request.transport.abort()
        return response

    def _well_formed(self) -> bytes:
        content = self.content if isinstance(self.content, str) else json.dumps(self.content)
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@asynccontextmanager
async def language_model() -> AsyncIterator[FakeLanguageModel]:
    """Such a server, at ``url``."""
    fake = FakeLanguageModel()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", fake.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    fake.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/v1"  # type: ignore[attr-defined]
    try:
        yield fake
    finally:
        await runner.cleanup()
