"""Two ``guanxi run`` with one database and one bot: the second waits, and takes over when the first is killed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.bot.programs import STARTS_WITHIN_SECONDS, Program, free_port, started
from tests.fakes.telegram import FakeTelegram


async def waits(program: Program) -> bool:
    health = (await program.get("/health")).json()
    return bool(health["channels"]["telegram"].get("waits_for_another_receiver"))


async def until_it_waits(program: Program) -> None:
    await program.until_healthy()
    async with asyncio.timeout(STARTS_WITHIN_SECONDS):
        while not await waits(program):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.1)


async def test_the_second_waits_and_takes_over_at_once(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    async with FakeTelegram() as server:
        settings = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_BASE": server.base}
        eve = server.user(11, first_name="Eve", language_code="en")
        async with started("run", cwd=tmp_path, port=ports[0], HTTP_PORT=str(ports[0]), **settings) as first:
            await eve.starts()
            await eve.sees("", timeout=STARTS_WITHIN_SECONDS)
            async with started("run", cwd=tmp_path, port=ports[1], HTTP_PORT=str(ports[1]), **settings) as second:
                await until_it_waits(second)
                first.process.kill()
                await first.process.wait()
                await server.user(12, first_name="Zoe").starts()
                await server.until_confirmed(timeout=STARTS_WITHIN_SECONDS)

                assert not await waits(second)
                assert not [call for call in server.calls if call.status == 409]
                assert (await second.stops()).code == 0
