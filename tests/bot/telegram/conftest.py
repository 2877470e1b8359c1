"""The adapter and the strict fake of the platform, joined by real HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.telegram.api import Api
from bot.telegram.channel import TelegramChannel
from bot.telegram.pacing import Pacer
from bot.telegram.telegram import Telegram
from tests.bot.telegram.desk import COMMANDS, QUICK, UNHURRIED, Desk
from tests.fakes.telegram import FakeTelegram


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
async def api(server: FakeTelegram) -> AsyncIterator[Api]:
    api = Api(server.token, api_base=server.base)
    yield api
    await api.close()


@pytest.fixture
def channel(api: Api) -> TelegramChannel:
    return TelegramChannel(api, pacer=Pacer(UNHURRIED))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def telegram(server: FakeTelegram, desk: Desk) -> AsyncIterator[Telegram]:
    bot = Telegram(
        server.token,
        desk.dispatch,
        desk.say,
        api_base=server.base,
        commands=COMMANDS,
        rates=UNHURRIED,
        pauses=QUICK,
    )
    yield bot
    await bot.channel.close()
