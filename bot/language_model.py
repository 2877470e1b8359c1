"""An OpenAI-compatible server, asked one question at a time. It is not trusted: its answer is limited in time and size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.settings import Settings

SECONDS = 3.0
LONGEST_ANSWER = 64_000  # bytes
MOST_WORDS = 400  # tokens that the model may write


class NoAnswer(Exception):
    """``reason`` is late, unreachable, huge, unreadable or status-<number>."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LanguageModel:
    """``address`` is the base URL, as ``http://localhost:11434/v1``; a proxy is left aside for this machine's own."""

    def __init__(
        self, address: str, *, model: str, key: str | None = None, proxy: str | None = None, seconds: float = SECONDS
    ) -> None:
        self._address = f"{address.rstrip('/')}/chat/completions"
        self._model = model
        self._key = key
        is_here = urlsplit(address).hostname in {"localhost", "127.0.0.1", "::1"}
        self._proxy = None if is_here else proxy
        self._seconds = seconds

    @classmethod
    def of(cls, settings: Settings) -> LanguageModel | None:
        """The one of the settings; None when none is set, which is the default."""
        if settings.llm_base_url is None or settings.llm_model is None:
            return None
        return cls(settings.llm_base_url, model=settings.llm_model, key=settings.llm_api_key, proxy=settings.proxy)

    async def answer(self, messages: Sequence[dict[str, str]]) -> str:
        """The words of its answer. Raises NoAnswer."""
        try:
            async with asyncio.timeout(self._seconds):
                written = await self._ask(messages)
        except TimeoutError:
            raise NoAnswer("late") from None
        except OSError:
            raise NoAnswer("unreachable") from None
        try:
            content = json.loads(written)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            raise NoAnswer("unreadable") from None
        if not isinstance(content, str):
            raise NoAnswer("unreadable")
        return content

    async def _ask(self, messages: Sequence[dict[str, str]]) -> bytes:
        # Imported when a model is asked: most companies have none, and it takes a third of a second.
        from aiohttp import ClientError, ClientSession
        from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

        asked = {"model": self._model, "messages": list(messages), "temperature": 0, "max_tokens": MOST_WORDS}
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            connector = ProxyConnector.from_url(self._proxy) if self._proxy else None
            async with (
                ClientSession(connector=connector, headers=headers) as session,
                # A redirect would take the key along to wherever it points.
                session.post(self._address, json=asked, allow_redirects=False) as response,
            ):
                if response.status != 200:
                    raise NoAnswer(f"status-{response.status}")
                written = bytearray()
                async for piece in response.content.iter_any():
                    written += piece
                    if len(written) > LONGEST_ANSWER:
                        raise NoAnswer("huge")
                return bytes(written)
        except (ClientError, ProxyConnectionError, ProxyError, ProxyTimeoutError, ValueError) as fault:
            raise NoAnswer("unreachable") from fault
