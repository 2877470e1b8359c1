"""The bytes of what people sent: https://docs.slack.dev/reference/objects/file-object"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientTimeout

from bot.slack.api import NETWORK, Api
from bot.slack.errors import Refused, ScopeMissing
from bot.slack.pacing import Pacer
from domain.errors import ChannelBusy, FileRefused, RecipientUnreachable

DOWNLOAD_SECONDS = 120
CHUNK = 65_536
GONE = frozenset({"file_not_found", "file_deleted", "file_is_deleted"})
NOT_THERE = frozenset({"tombstone", "hidden_by_limit"})


class Files:
    """Asks where a file is, each time anew, as files of Slack Connect need it, and reads it with the app's own token."""

    def __init__(self, api: Api, pacer: Pacer) -> None:
        self._api = api
        self._pacer = pacer

    async def fetch(self, ref: str, *, limit: int) -> bytes:
        """At most ``limit`` bytes. Raises FileRefused when it will never be given, else what ``Api.call`` raises."""
        await self._pacer.turn("files.info")
        try:
            answer = await self._api.call("files.info", form=True, file=ref)
        except ChannelBusy as busy:
            self._pacer.told_to_wait("files.info", busy.retry_after)
            raise
        except Refused as refusal:
            raise FileRefused(FileRefused.GONE if refusal.code in GONE else FileRefused.FORBIDDEN) from None
        except (RecipientUnreachable, ScopeMissing):
            raise FileRefused(FileRefused.FORBIDDEN) from None
        found = answer.get("file")
        return await self._read(_address(found if isinstance(found, Mapping) else {}, limit), limit)

    async def _read(self, url: str, limit: int) -> bytes:
        timeout = ClientTimeout(total=DOWNLOAD_SECONDS)
        try:
            async with self._api.session.get(url, headers=self._api.authorization, timeout=timeout) as answer:
                _judge(answer.status, answer.content_type)
                content = bytearray()
                async for chunk in answer.content.iter_chunked(CHUNK):
                    content += chunk
                    if len(content) > limit:
                        raise FileRefused(FileRefused.TOO_LARGE)
                return bytes(content)
        except NETWORK as error:
            raise ConnectionError(type(error).__name__) from None


def _address(file: Mapping[str, Any], limit: int) -> str:
    if file.get("mode") in NOT_THERE or file.get("is_deleted"):
        raise FileRefused(FileRefused.GONE)
    size = file.get("size")
    if isinstance(size, int) and size > limit:
        raise FileRefused(FileRefused.TOO_LARGE)
    url = file.get("url_private_download") or file.get("url_private")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise FileRefused(FileRefused.FORBIDDEN)
    return url


def _judge(status: int, kind: str) -> None:
    """Without the scope Slack shows its page for signing in, with 200."""
    if status == 404:
        raise FileRefused(FileRefused.GONE)
    if status in {401, 403}:
        raise FileRefused(FileRefused.FORBIDDEN)
    if status != 200:
        raise ConnectionError(f"the file answered {status}")
    if kind == "text/html":
        raise FileRefused(FileRefused.FORBIDDEN)
