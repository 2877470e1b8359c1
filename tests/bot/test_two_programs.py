"""Two ``guanxi run`` with one database and one bot: the second waits, and takes over when the first is killed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.bot.programs import STARTS_WITHIN_SECONDS, Program, free_port, started
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram


async def waits(program: Program, channel: str) -> bool:
    health = (await program.get("/health")).json()
    return bool(health["channels"][channel].get("waits_for_another_receiver"))


async def until_it_waits(program: Program, channel: str) -> None:
    await program.until_healthy()
    async with asyncio.timeout(STARTS_WITHIN_SECONDS):
        while not await waits(program, channel):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.1)


async def test_on_telegram(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    async with FakeTelegram() as server:
        settings: dict[str, Any] = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_BASE": server.base}
        eve = server.user(11, first_name="Eve", language_code="en")
        async with started("run", cwd=tmp_path, port=ports[0], HTTP_PORT=str(ports[0]), **settings) as first:
            await eve.starts()
            await eve.sees("", timeout=STARTS_WITHIN_SECONDS)
            async with started("run", cwd=tmp_path, port=ports[1], HTTP_PORT=str(ports[1]), **settings) as second:
                await until_it_waits(second, "telegram")
                first.process.kill()
                await first.process.wait()
                await server.user(12, first_name="Zoe").starts()
                await server.until_confirmed(timeout=STARTS_WITHIN_SECONDS)

                assert not await waits(second, "telegram")
                assert not [call for call in server.calls if call.status == 409]
                assert (await second.stops()).code == 0


async def test_on_slack(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    async with FakeSlack() as server:
        settings: dict[str, Any] = {
            "SLACK_BOT_TOKEN": server.bot_token,
            "SLACK_APP_TOKEN": server.app_token,
            "SLACK_API_BASE": server.api_base,
        }
        eve = server.person("Eve", tz="Europe/London", locale="en-GB")
        async with started("run", cwd=tmp_path, port=ports[0], HTTP_PORT=str(ports[0]), **settings) as first:
            await server.until_connected(timeout=STARTS_WITHIN_SECONDS)
            async with started("run", cwd=tmp_path, port=ports[1], HTTP_PORT=str(ports[1]), **settings) as second:
                await until_it_waits(second, "slack")
                assert len(server.sockets.open) == 1
                assert not await waits(first, "slack")
                first.process.kill()
                await first.process.wait()
                await server.until(lambda: not server.sockets.open, STARTS_WITHIN_SECONDS)
                await server.until_connected(timeout=STARTS_WITHIN_SECONDS)
                server.says(eve, "hello")
                await server.sees(eve, "", timeout=STARTS_WITHIN_SECONDS)

                assert not await waits(second, "slack")
                assert (await second.stops()).code == 0
