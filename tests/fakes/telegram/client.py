"""The real client, pointed at the fake. Importing this imports aiogram, which takes seconds."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.fakes.telegram.fake import TOKEN, FakeTelegram


class QuickSession(AiohttpSession):
    """The client's session, closed without the pause that it makes for TLS."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def client(telegram: FakeTelegram, token: str = TOKEN) -> Bot:
    """A bot that speaks to the fake; ``async with`` closes it."""
    return Bot(token, session=QuickSession(api=TelegramAPIServer.from_base(telegram.base)))
