"""A team starts from nothing on Telegram: the whole program against the strict fake of the platform."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.running import live
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.fakes.telegram import FakeTelegram, User

LINK = re.compile(r"https://t\.me/(\w+)\?start=(\w+)")


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
async def house(tmp_path: Path, server: FakeTelegram) -> AsyncIterator[House]:
    settings = Settings.model_construct(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'guanxi.db'}",
        telegram_token=server.token,
        telegram_api_base=server.base,
        company="Acme",
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        http_port=0,
    )
    async with open_house(settings) as opened:
        yield opened


async def printed_code(capsys: pytest.CaptureFixture[str]) -> str:
    """What the terminal shows, once it does."""
    said = ""
    async with asyncio.timeout(60):  # the chat library alone takes seconds to import
        while not (found := LINK.search(said)):
            await asyncio.sleep(0.02)
            said += capsys.readouterr().out
    return found[2]


@pytest.fixture
async def anna_starts(house: House, server: FakeTelegram, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[User]:
    """The program runs, and Anna has opened the link that it printed."""
    stop = asyncio.Event()
    running = asyncio.create_task(live(house, stop))
    anna = server.user(11, first_name="Anna", language_code="en")
    await anna.starts(await printed_code(capsys))
    yield anna
    stop.set()
    await running


async def test_a_team_starts_from_nothing(anna_starts: User, server: FakeTelegram) -> None:
    anna, mei = anna_starts, server.user(12, first_name="Mei", last_name="Lin", language_code="zh-hans")

    card = await anna.sees("Welcome to Acme, Anna!", button="That’s right")
    await anna.presses(card, "That’s right")
    ready = await anna.sees("add your teammates", button="Add a teammate")
    assert ready.id == card.id

    await anna.presses(ready, "Add a teammate")
    await anna.sees("Name?")
    await anna.says("Mei")
    await anna.presses(await anna.sees("Role?", button="Sales rep"), "Sales rep")
    await anna.presses(await anna.sees("Team?", button="Add"), "Add")
    invitation = await anna.sees("Mei, Acme invites you")
    link = LINK.search(invitation.text)
    assert link is not None
    assert link[1] == server.bot["username"]

    await mei.starts(link[2])
    await mei.presses(await mei.sees("欢迎来到 Acme", button="没错"), "没错")
    await mei.sees("用自己的话告诉我")

    assert server.refusals == []
