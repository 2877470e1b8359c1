"""Signed HTTP: what the platform posts to the app's request address."""

import asyncio
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.delivering import VERIFICATION, Delivery, Failed
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import World

FORM = "application/x-www-form-urlencoded"
JSON_BODY = "application/json"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The ``v0`` signature of a request's raw body: https://docs.slack.dev/authentication/verifying-requests-from-slack."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Pushing:
    """``url`` is the app's address for everything, empty while it uses Socket Mode. ``posts`` are all attempts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None
        self.url = ""
        self.posts: list[Json] = []

    async def attempt(self, delivery: Delivery, number: int) -> Any:
        """Post a delivery and give what the app answered. Raises Failed."""
        content_type, body = _body(delivery)
        headers = {}
        if number:
            reason = delivery.failures[-1] if delivery.failures else "http_timeout"
            headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        status, answer, answered = await self.post(body, content_type, headers)
        if not 200 <= status < 300:
            raise Failed("http_error", is_final=answered.get("X-Slack-No-Retry") == "1")
        return _read(answer)

    async def post(
        self, body: bytes, content_type: str = JSON_BODY, headers: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """Post a signed body; ``headers`` may replace the right ones. Gives status, text and headers. Raises Failed."""
        timestamp = str(int(self._world.now()))
        signed = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._world.signing_secret, timestamp, body),
        } | (headers or {})
        self.posts.append({"headers": signed, "body": body})
        asked = asyncio.create_task(self._ask(body, signed))
        limit = asyncio.create_task(self._world.clock.reaches(self._world.now() + self._world.rules.ack_seconds))
        try:
            await asyncio.wait({asked, limit}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise Failed("http_timeout")
            return asked.result()
        except aiohttp.TooManyRedirects:
            raise Failed("too_many_redirects") from None
        except (aiohttp.ClientError, TimeoutError):
            raise Failed("connection_failed") from None
        finally:
            limit.cancel()
            asked.cancel()

    async def verify(self) -> bool:
        """``url_verification``: whether the app echoes the challenge, as it must before Slack takes its address."""
        challenge = self._world.short_id() * 4
        asked = {"token": VERIFICATION, "challenge": challenge, "type": "url_verification"}
        try:
            status, text, _ = await self.post(json.dumps(asked).encode())
        except Failed:
            return False
        answer = _read(text)
        return status == 200 and (answer.get("challenge") if isinstance(answer, dict) else text) == challenge

    async def check_ssl(self) -> int:
        """``ssl_check``: the status of the app's answer, 200 if all is well."""
        status, _, _ = await self.post(urlencode({"ssl_check": "1", "token": VERIFICATION}).encode(), FORM)
        return status

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _ask(self, body: bytes, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(self.url, data=body, headers=headers, max_redirects=2) as response:
            return response.status, await response.text(), dict(response.headers)


def _body(delivery: Delivery) -> tuple[str, bytes]:
    if delivery.is_event:
        return JSON_BODY, json.dumps(delivery.payload).encode()
    if delivery.kind == "slash_commands":
        return FORM, urlencode(delivery.payload).encode()
    return FORM, urlencode({"payload": json.dumps(delivery.payload)}).encode()


def _read(text: str) -> Any:
    """An answer as Socket Mode would carry it: JSON as it is, words as a text, nothing as None."""
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return {"text": text}
