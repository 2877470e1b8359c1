"""The fake's side of a webhook: pushes updates, each chat in order, until somebody answers 2xx."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.updates import chat_in, content_of
from tests.fakes.telegram.world import Json, World

PORTS = {80, 88, 443, 8443}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Execute = Callable[[str, Json], Awaitable[Any]]


class Webhook:
    """``pauses`` are the seconds that the platform would have waited before each repetition."""

    def __init__(self, world: World, execute: Execute) -> None:
        self._world = world
        self._execute = execute
        self._lanes: dict[Any, asyncio.Task[None]] = {}
        self._pusher: asyncio.Task[None] | None = None
        self._secret = ""
        self._connections = USUAL_CONNECTIONS
        self._last_error: Json = {}
        self.url = ""
        self.routes: dict[str, str] = {}
        self.pauses: list[float] = []

    def set(self, values: Json) -> None:
        """``setWebhook``; without an address there is none any more. Raises Refusal 400."""
        url, secret = values.get("url", ""), values.get("secret_token", "")
        if url:
            _check_address(url)
        if secret and not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self.url, self._secret, self._last_error = url, secret, {}
        self._connections = min(max(values.get("max_connections", USUAL_CONNECTIONS), 1), MOST_CONNECTIONS)
        self._world.updates.ask_for(values.get("allowed_updates"))
        if values.get("drop_pending_updates"):
            self._world.updates.forget_all()
        if url:
            self._world.updates.end_poll()
            self._pusher = self._pusher or asyncio.create_task(self._push_all())
        self._world.changed.ring()

    def info(self) -> Json:
        return {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates.pending),
            "max_connections": self._connections,
            **({"allowed_updates": sorted(self._world.updates.allowed)} if self._world.updates.allowed else {}),
            **self._last_error,
        }

    async def stop(self) -> None:
        tasks = [*self._lanes.values(), *([self._pusher] if self._pusher else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._pusher = None

    async def _push_all(self) -> None:
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._world.changed.until(self._next, None)
                update = self._next()
                assert update is not None
                self._lanes[_lane(update)] = asyncio.create_task(self._push(session, update))

    def _next(self) -> Json | None:
        """The oldest update whose chat is free; chats do not wait for one another."""
        if not self.url or len(self._lanes) >= self._connections:
            return None
        seen = set(self._lanes)
        for update in self._world.updates.pending:
            if _lane(update) not in seen:
                return update
        return None

    async def _push(self, session: aiohttp.ClientSession, update: Json) -> None:
        pause = 1.0
        try:
            while self.url and any(update is waiting for waiting in self._world.updates.pending):
                asked = await self._push_once(session, update)
                if asked is None:
                    self._world.updates.done(update)
                    return
                wait = asked or pause
                self.pauses.append(wait)
                self._world.changed.ring()
                pause = min(2 * pause, LONGEST_PAUSE)
                await asyncio.sleep(wait * self._world.rules.webhook_pause_scale)
        finally:
            del self._lanes[_lane(update)]
            self._world.changed.ring()

    async def _push_once(self, session: aiohttp.ClientSession, update: Json) -> float | None:
        """None when taken; else the seconds that the answer asks to wait, 0 when it asks nothing."""
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(self._target(), json=update, headers=headers) as response:
                body = await response.text()
                retry_after = response.headers.get("Retry-After", "0")
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            return self._failed(f"Connection failed: {type(error).__name__}")
        if not 200 <= status < 300:
            self._failed(f"Wrong response from the webhook: {status} {response.reason}")
            return min(float(retry_after), LONGEST_RETRY_AFTER) if retry_after.isdigit() else 0.0
        await self._obey(body)
        return None

    def _target(self) -> str:
        for public, local in self.routes.items():
            if self.url.startswith(public):
                return local + self.url.removeprefix(public)
        return self.url

    def _failed(self, message: str) -> float:
        self._last_error = {"last_error_date": int(self._world.now()), "last_error_message": message}
        return 0.0

    async def _obey(self, body: str) -> None:
        """An answer with ``method`` is a call, of which the bot never learns the result."""
        try:
            call = json.loads(body)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self._execute(call.pop("method"), call)


def _check_address(url: str) -> None:
    """Loopback stands for a self-hosted server's network, where any address will do."""
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _lane(update: Json) -> Any:
    """The chat of an update, else the person, else the update itself."""
    chat = chat_in(update)
    senders = [content_of(update).get(name) for name in ("from", "user")]
    return next((one["id"] for one in (chat, *senders) if one), f"update {update['update_id']}")
