"""Updates that Telegram pushes to us, instead of our asking for them.

Telegram repeats an update until we answer 2xx, so that is said after the commit alone; any number may come side by side,
those of one chat in order. https://core.telegram.org/bots/api#setwebhook
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram.methods import GetWebhookInfo, SetWebhook
from aiogram.types import WebhookInfo
from fastapi import APIRouter, Request, Response

from bot.outage import Outage, wait_unless
from bot.telegram.api import Api
from bot.telegram.errors import Refused
from bot.telegram.polling import FAULTS_BEFORE_GIVING_UP, Pauses
from bot.telegram.receive import ALLOWED_UPDATES
from domain.errors import ChannelBusy, RecipientUnreachable, TryAgain
from handlers.chat import ChatEvent

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
USUAL_PATH = "/telegram"
LARGEST_UPDATE = 1_000_000  # bytes; the longest message, quoting another, with both keyboards, stays far below
CONNECTIONS = 40
SOON = {"Retry-After": "1"}
LOOK_SECONDS = 300.0


@dataclass(frozen=True, kw_only=True)
class WebhookAddress:
    """``url`` is where Telegram finds us from outside; the path of it is the route that we serve."""

    url: str
    secret: str

    @classmethod
    def of(cls, url: str, *, token: str, secret: str | None) -> WebhookAddress:
        """An address without a path gets one. Without a secret there is one all the same, the same for all processes."""
        parts = urlsplit(url)
        path = parts.path.rstrip("/") or USUAL_PATH
        derived = hmac.new(token.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()
        return cls(url=parts._replace(path=path).geturl(), secret=secret or derived)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def knows(self, secret: str) -> bool:
        """Compares in constant time, so that nobody can find it out letter by letter."""
        return hmac.compare_digest(secret.encode(), self.secret.encode())


class Webhook:
    """Receives until ``stop``. ``handle`` returns once an event is committed and raises TryAgain when it is not."""

    def __init__(
        self,
        api: Api,
        address: WebhookAddress,
        *,
        prepare: Callable[[], Awaitable[None]],
        decode: Callable[[Mapping[str, Any]], ChatEvent],
        handle: Callable[[ChatEvent], Awaitable[None]],
        pauses: Pauses | None = None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._api = api
        self._address = address
        self._prepare = prepare
        self._decode = decode
        self._handle = handle
        self._pauses = pauses or Pauses()
        self._look_seconds = look_seconds
        self._stopping = asyncio.Event()
        self._is_prepared = False
        self._outage = Outage(
            began="telegram-webhook-not-set", ended="telegram-webhook-set-again", pause_after=self._pauses.after
        )
        self._faults: Counter[str] = Counter()
        self._last_trouble: datetime | None = None
        self.is_receiving = False
        self.routes = APIRouter()
        self.routes.add_api_route(address.path, self.take, methods=["POST"])

    # ------------------------------------------------------------ what Telegram pushes

    async def take(self, request: Request) -> Response:
        """One update. 200 once it is committed; anything else brings it again."""
        if not self._address.knows(request.headers.get(SECRET_HEADER, "")):
            return Response(status_code=401)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        if self._stopping.is_set() or not self._is_prepared:
            return Response(status_code=503, headers=SOON)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        if not isinstance(raw, Mapping) or not isinstance(raw.get("update_id"), int):
            log.error("telegram-update-without-number")
            return Response(status_code=200)
        is_done = await self._is_committed(self._decode(raw))
        return Response(status_code=200) if is_done else Response(status_code=503, headers=SOON)

    async def _is_committed(self, event: ChatEvent) -> bool:
        delivery = event.delivery_id
        try:
            await self._handle(event)
        except TryAgain:
            log.warning("telegram-update-tried-again", delivery=delivery)
            return False
        except Exception:
            # Dispatch answers for its own bugs; one that gets here must not hold up this conversation for ever.
            self._faults[delivery] += 1
            log.exception("telegram-update-failed", delivery=delivery, faults=self._faults[delivery])
            if self._faults[delivery] < FAULTS_BEFORE_GIVING_UP:
                return False
        self._faults.pop(delivery, None)
        return True

    # ------------------------------------------------------------ telling Telegram where we are

    async def run(self) -> None:
        """Tell Telegram our address, and look now and then whether it still comes through."""
        while not self._stopping.is_set():
            try:
                await self._look()
            except ChannelBusy as busy:
                await wait_unless(self._stopping, busy.retry_after)
            except (OSError, Refused, RecipientUnreachable) as error:
                self.is_receiving = False
                await wait_unless(self._stopping, self._outage.failed(error, remedy=_remedy(error)))
            else:
                self._outage.is_over()
                await wait_unless(self._stopping, self._look_seconds)

    def stop(self) -> None:
        """Take no more updates. The address stays known: what is said meanwhile waits at Telegram for a day."""
        self._stopping.set()

    async def _look(self) -> None:
        if not self._is_prepared:
            await self._prepare()
        info = await self._api.call(GetWebhookInfo())
        if not self._is_prepared:
            self._last_trouble = info.last_error_date
        if not self._is_prepared or info.url != self._address.url:
            # Also when the address stands already: the secret and the kinds of updates may be others now.
            await self._api.call(
                SetWebhook(
                    url=self._address.url,
                    secret_token=self._address.secret,
                    allowed_updates=ALLOWED_UPDATES,
                    max_connections=CONNECTIONS,
                )
            )
            log.info("telegram-webhook-set", path=self._address.path)
        self._is_prepared = True
        self.is_receiving = not self._is_unreached(info)

    def _is_unreached(self, info: WebhookInfo) -> bool:
        """Whether Telegram met trouble since the last look, and still waits. What happened before we were there is past."""
        trouble, last = info.last_error_date, self._last_trouble
        self._last_trouble = trouble
        if trouble is None or trouble == last or not info.pending_update_count:
            return False
        log.warning(
            "telegram-webhook-unreached",
            reason=info.last_error_message,
            waiting=info.pending_update_count,
            remedy="lead GUANXI_TELEGRAM_WEBHOOK_URL to this program: reachable from outside, by https",
        )
        return True


def _remedy(error: Exception) -> str:
    if isinstance(error, Refused):
        return "it must be an https address at port 443, 80, 88 or 8443"
    return "set GUANXI_PROXY if Telegram is blocked on this network"


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            return None
    return bytes(body)
