"""Calls to the Bot API by aiogram's client, whose errors leave here as ours."""

from __future__ import annotations

from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, TypeVar, cast

import structlog
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.utils.token import TokenValidationError
from aiohttp import BytesPayload, ClientError, ClientResponseError
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from pydantic import BaseModel

from bot.telegram.errors import Conflict, Migrated, Refused, TokenRefused, unreachable
from domain.errors import ChannelBusy, FileRefused, RecipientUnreachable

log = structlog.get_logger(__name__)

Result = TypeVar("Result")
REQUEST_SECONDS = 30
DOWNLOAD_SECONDS = 120
PASSING = {401, 408, 429}  # a token that was refused is put right, and the file is still there then
SERVER_ERRORS = 500
BUSY_SECONDS = 5.0
TOO_MANY = "Too Many Requests"


class RawUpdates(TelegramMethod[list[Any]]):
    """getUpdates whose result stays as JSON gave it, so that one update the models reject spoils no other."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


WORDS = (SendMessage, EditMessageText, EditMessageReplyMarkup)
SAYS = (*WORDS, SendPhoto, SendDocument, EditMessageCaption, EditMessageMedia)


@dataclass(frozen=True)
class Answer:
    """What aiogram reads of a ``Response``, without its model."""

    result: Any


class Session(AiohttpSession):
    """aiogram's, but for what is said most. The answer to it stays as JSON gave it: nothing but the id of a message of ours is
    read, and the models of one with buttons take longer than all the rest of a call."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """Words go as JSON, which costs a third of a form with JSON in it; files need a form."""
        if not isinstance(method, WORDS):
            return super().build_form_data(bot, method)
        return BytesPayload(self.json_dumps(_plain(method)).encode(), content_type="application/json")

    def check_response(
        self, bot: Bot, method: TelegramMethod[Result], status_code: int, content: str
    ) -> Response[Result]:
        if isinstance(method, SAYS) and status_code == HTTPStatus.OK:
            with suppress(ValueError):
                answer = self.json_loads(content)
                if isinstance(answer, dict) and answer.get("ok") is True:
                    return cast("Response[Result]", Answer(answer.get("result")))
        return super().check_response(bot, method, status_code, content)


def _plain(value: Any) -> Any:
    """As JSON has it, without what was not given. Texts, numbers, markups and options are all there is in words; pydantic's
    own dump takes several times as long."""
    if isinstance(value, BaseModel):
        return {name: _plain(each) for name, each in value if each is not None and not isinstance(each, Default)}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


class Api:
    """One bot's connection. ``is_down`` once Telegram refused the token, until a call succeeds again."""

    def __init__(self, token: str, *, api_base: str | None = None, proxy: str | None = None) -> None:
        """``api_base`` is the address of a Bot API server, ``proxy`` an ``http://`` or ``socks5://`` one.

        Raises ValueError when the token has not the form of one.
        """
        server = TelegramAPIServer.from_base(api_base) if api_base else PRODUCTION
        session = Session(proxy=proxy or None, api=server, timeout=REQUEST_SECONDS)
        self._bot = bot_of(token, session)
        self.is_down = False

    @property
    def bot_id(self) -> int:
        """The bot's own id, which its token begins with."""
        return self._bot.id

    async def call(self, method: TelegramMethod[Result], *, timeout: int = REQUEST_SECONDS) -> Result:
        """Call a method; ``timeout`` in seconds.

        Raises ChannelBusy, RecipientUnreachable, Migrated, Refused, and for what may pass by itself OSError:
        TimeoutError, ConnectionError, TokenRefused, Conflict.
        """
        keep_answer(method.__returning__)
        try:
            result = await self._bot.session(self._bot, method, timeout=timeout)
        except ClientDecodeError as error:
            result = _undecoded(error)
        except TelegramAPIError as error:
            # Causes are left behind: they may name the address, which contains the token, or quote a message.
            raise self._ours(error) from None
        except ProxyTimeoutError as error:
            raise TimeoutError(self._without_token(str(error))) from None
        except (ProxyError, ProxyConnectionError, ClientError) as error:
            raise ConnectionError(self._without_token(str(error))) from None
        self.is_down = False
        return result

    async def download(self, path: str, *, limit: int) -> bytes:
        """A file that ``getFile`` named, as long as it has at most ``limit`` bytes.

        Raises FileRefused, and OSErrors as ``call`` does.
        """
        session = self._bot.session
        chunks = session.stream_content(session.api.file_url(self._bot.token, path), timeout=DOWNLOAD_SECONDS)
        content = bytearray()
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    content += chunk
                    if len(content) > limit:
                        raise FileRefused(FileRefused.TOO_LARGE)
        except ClientResponseError as error:
            # The request's address contains the token, so that nothing of it may be told.
            if error.status in PASSING or error.status >= SERVER_ERRORS:
                raise ConnectionError(f"the file server answered {error.status}") from None
            raise FileRefused(FileRefused.GONE) from None
        except ProxyTimeoutError as error:
            raise TimeoutError(self._without_token(str(error))) from None
        except (ProxyError, ProxyConnectionError, ClientError) as error:
            raise ConnectionError(self._without_token(str(error))) from None
        return bytes(content)

    async def close(self) -> None:
        await self._bot.session.close()

    def _ours(self, error: TelegramAPIError) -> Exception:
        # A token of a wrong form has no bot behind it: "Not Found", as for an unknown method but for its words.
        is_no_bot = isinstance(error, TelegramNotFound) and "method not found" not in error.message.casefold()
        if is_no_bot or isinstance(error, TelegramUnauthorizedError):
            self._token_refused()
            return TokenRefused(error.message)
        error.message = self._without_token(error.message)
        return _translated(error)

    def _without_token(self, words: str) -> str:
        return words.replace(self._bot.token, "…")

    def _token_refused(self) -> None:
        if not self.is_down:
            log.error("telegram-token-refused", remedy="set GUANXI_TELEGRAM_TOKEN to the token that @BotFather shows")
        self.is_down = True


@cache
def keep_answer(of: Any) -> type[Response[Any]]:
    """The model of such answers, for ever: pydantic forgets it at the next look for garbage, and making it anew takes
    longer than the whole call."""
    return Response[of]


def bot_of(token: str, session: AiohttpSession) -> Bot:
    """aiogram's client. Raises ValueError for a token of a wrong form."""
    try:
        return Bot(token, session=session)
    except TokenValidationError as error:
        raise ValueError("not the form of a bot token") from error


def _translated(error: TelegramAPIError) -> Exception:
    words = error.message
    if isinstance(error, TelegramRetryAfter):
        return ChannelBusy(float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return Migrated(error.migrate_to_chat_id)
    if isinstance(error, TelegramConflictError):
        return Conflict(words)
    if isinstance(error, TelegramForbiddenError):
        return unreachable(words) or RecipientUnreachable("forbidden")
    if isinstance(error, TelegramEntityTooLarge | TelegramBadRequest | TelegramNotFound):
        return unreachable(words) or Refused(words)
    if isinstance(error, TelegramNetworkError):
        return TimeoutError(words) if "timeout" in words.casefold() else ConnectionError(words)
    if isinstance(error, TelegramServerError):
        return ConnectionError(words)
    # aiogram knows a 429 only by its ``retry_after``.
    return ChannelBusy(BUSY_SECONDS) if TOO_MANY.casefold() in words.casefold() else Refused(words)


def _undecoded(error: ClientDecodeError) -> Any:
    """The result of a call that was carried out, in a form too new for the models; else a fault of the line.

    A message that was sent must not count as failed because its description was not understood: it would be sent again.
    """
    answer = error.data
    if isinstance(answer, dict) and answer.get("ok") is True:
        return answer.get("result")
    # A proxy or a captive portal answered in Telegram's place.
    raise ConnectionError("the answer is not from a Bot API server") from None
