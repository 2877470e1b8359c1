"""Calls to the Web API by Slack's own client, whose errors leave here as ours."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import PASSING, TOKEN, Refused, ScopeMissing, TokenRefused, unreachable
from domain.errors import ChannelBusy

log = structlog.get_logger(__name__)

PRODUCTION = "https://slack.com/api/"
REQUEST_SECONDS = 30
BUSY_SECONDS = 30.0  # when a 429 does not say how long
NETWORK = (ClientError, ProxyError, ProxyConnectionError)
# The library would log what it sends: no customer's words in our logs, whatever their level.
_silent = logging.getLogger("guanxi.slack_sdk")
_silent.setLevel(logging.CRITICAL)


class Api:
    """One app's connection. ``is_down`` once Slack refused the token, until a call succeeds again."""

    def __init__(self, token: str, *, api_base: str | None = None, proxy: str | None = None) -> None:
        """``api_base`` ends in ``/api/``; ``proxy`` is an ``http://`` or ``socks5://`` one."""
        self._token = token
        self._base = api_base or PRODUCTION
        self._proxy = proxy
        self._session: ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self.is_down = False

    @property
    def session(self) -> ClientSession:
        """One pool of connections for all; made when first needed, because it belongs to a running loop."""
        if self._session is None:
            connector = ProxyConnector.from_url(self._proxy) if self._proxy else None
            self._session = ClientSession(connector=connector, timeout=ClientTimeout(total=REQUEST_SECONDS))
        return self._session

    @property
    def _web(self) -> AsyncWebClient:
        if self._client is None:
            # Its own retries are off: one of a message that arrived after all would say it twice.
            self._client = AsyncWebClient(
                token=self._token, base_url=self._base, session=self.session, logger=_silent, retry_handlers=[]
            )
            self._client.proxy = None  # it takes one from the environment; ours is GUANXI_PROXY, for all channels alike
        return self._client

    async def call(
        self, method: str, *, timeout: float = REQUEST_SECONDS, form: bool = False, **arguments: Any
    ) -> Mapping[str, Any]:
        """Call a method with what is not None of ``arguments``; ``form`` for methods that take no JSON.

        Raises ChannelBusy, RecipientUnreachable, Refused, and for what may pass by itself OSError: TimeoutError,
        ConnectionError, TokenRefused, ScopeMissing.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        body: dict[str, Any] = {"data" if form else "json": given}
        try:
            async with asyncio.timeout(timeout):
                answer = await self._web.api_call(method, **body)
        except SlackApiError as error:
            # Causes are left behind: they may quote a message.
            raise self._ours(method, error.response) from None
        except ProxyTimeoutError as error:
            raise TimeoutError(type(error).__name__) from None
        except (*NETWORK, json.JSONDecodeError, UnicodeDecodeError, AttributeError) as error:
            # The library takes every answer for an object with fields.
            raise ConnectionError(type(error).__name__) from None
        data = answer.data
        if not isinstance(data, dict) or data.get("ok") is not True:
            # A proxy or a captive portal answered in Slack's place.
            raise ConnectionError("the answer is not from Slack")
        self.is_down = False
        return {**data, "_scopes": answer.headers.get("x-oauth-scopes"), "_date": answer.headers.get("Date")}

    async def upload(self, url: str, content: bytes, *, timeout: float) -> None:
        """Send a file's bytes to the address that Slack gave for them. Raises ConnectionError, TimeoutError, Refused."""
        status, _ = await self.post(url, data=content, timeout=timeout)
        if status >= 500:
            raise ConnectionError(f"upload answered {status}")
        if status != 200:
            raise Refused(f"upload_refused {status}")

    async def post(
        self, url: str, *, data: bytes | None = None, body: Mapping[str, Any] | None = None, timeout: float
    ) -> tuple[int, str]:
        """POST to an address of Slack's outside the Web API; gives status and text. Raises ConnectionError, TimeoutError."""
        try:
            async with self.session.post(url, data=data, json=body, timeout=ClientTimeout(total=timeout)) as answer:
                if answer.status == 429:
                    raise ChannelBusy(_seconds(answer.headers.get("Retry-After")))
                return answer.status, await answer.text(errors="replace")
        except ProxyTimeoutError as error:
            raise TimeoutError(type(error).__name__) from None
        except NETWORK as error:
            raise ConnectionError(type(error).__name__) from None

    @property
    def authorization(self) -> Mapping[str, str]:
        """The header that files are asked for with."""
        return {"Authorization": f"Bearer {self._token}"}

    async def close(self) -> None:
        """The next call, as of a receiver that begins anew, opens another session."""
        session, self._session, self._client = self._session, None, None
        if session is not None:
            await session.close()

    # ------------------------------------------------------------ refusals

    def _ours(self, method: str, answer: Any) -> Exception:
        status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0) or 0)
        headers = getattr(answer, "headers", None) or {}
        if status == 429:
            return ChannelBusy(_seconds(headers.get("Retry-After")))
        data = getattr(answer, "data", None)
        code = str(data.get("error") or "") if isinstance(data, dict) else ""
        if code in {"ratelimited", "rate_limited", "message_limit_exceeded"}:
            return ChannelBusy(_seconds(headers.get("Retry-After")))
        if status >= 500 or not code or code in PASSING:
            return ConnectionError(f"{method} answered {status} {code}".rstrip())
        assert isinstance(data, dict)
        return self._meaning(method, code, data)

    def _meaning(self, method: str, code: str, data: Mapping[str, Any]) -> Exception:
        if code in TOKEN:
            if not self.is_down:
                log.error(
                    "slack-token-refused", error=code, remedy="set GUANXI_SLACK_BOT_TOKEN to the app's token anew"
                )
            self.is_down = True
            return TokenRefused(code)
        if code == "missing_scope":
            needed = str(data.get("needed") or "")
            log.error(
                "slack-scope-missing",
                method=method,
                needed=needed,
                remedy="add the scope under OAuth & Permissions and install the app again; guanxi slack-manifest has all",
            )
            return ScopeMissing(method, needed)
        details = data.get("response_metadata")
        said = details.get("messages") if isinstance(details, dict) else None
        return unreachable(code) or Refused(" ".join([code, *map(str, said or ())]))


def _seconds(header: Any) -> float:
    try:
        return max(float(header), 0.0)
    except (TypeError, ValueError):
        return BUSY_SECONDS
