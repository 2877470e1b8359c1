"""``SIGKILL`` between the commit that announced a file and the end of its fetching: it is fetched once, after the restart."""

from __future__ import annotations

import asyncio
import re
import signal
from pathlib import Path

from tests.bot.programs import STARTS_WITHIN_SECONDS, Program, free_port, started
from tests.fakes.telegram import FakeTelegram

CODE = re.compile(r"\?start=(\w+)")
MARKUP = b"<html><script>alert(1)</script></html>"  # whose lie is told when it is kept, so that we hear of it


async def first_code(run: Program) -> str:
    out = run.process.stdout
    assert out is not None
    async with asyncio.timeout(STARTS_WITHIN_SECONDS):
        async for line in out:
            if found := CODE.search(line.decode()):
                return found[1]
    raise AssertionError("no link was printed")


async def test_a_file_is_fetched_once_by_the_process_that_comes_after(tmp_path: Path) -> None:
    async with FakeTelegram() as server:
        port = free_port()
        settings = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_BASE": server.base, "HTTP_PORT": str(port)}
        ana = server.user(11, first_name="Ana", language_code="en")
        with server.holding("getFile"):
            async with started("run", cwd=tmp_path, port=port, **settings) as dying:
                await ana.starts(await first_code(dying))
                await ana.sees("You are the admin", timeout=60)
                await ana.sends_document(MARKUP, name="offer.pdf")
                await ana.sees("Whose is it?", timeout=30)
                await dying.stops(signal.SIGKILL)
        assert list((tmp_path / "data").glob("attachments/??/*")) == []

        async with started("run", cwd=tmp_path, port=port, **settings) as living:
            await ana.sees("offer.pdf kept as a plain file", timeout=60)
            await living.stops()

    told = [message for message in ana.chat.messages if "kept as a plain file" in message.text]
    [kept] = (tmp_path / "data").glob("attachments/??/*")
    assert len(told) == 1
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (MARKUP, 0o600)
