"""What every process that runs tests would make for itself, made once before they are forked.

What people say is understood by tables that are built when somebody first says something, texts are parsed when they are first
said, and statements compiled when they first run: two seconds of CPU, in each process.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.conversations.conftest import open_chat

ENGLISH = (
    "called Acme about 5 seats for 4k, follow up Monday at 10",
    "/lead Globex, Hank, 020 7946 0124",
    "/next L1 friday 10am send the offer",
    "/log L1 met them, they want a demo",
    "/find glo",
    "L1",
    "/today",
    "/digest",
    "/report funnel",
    "/team",
    "/undo",
    "/history",
    "/help",
)
CHINESE = ("给华新科技的张伟打了电话，想要五套，下周二上午十点跟进", "/find 华新", "/today", "/help")


def hold_a_conversation(database_url: str) -> None:
    """On an empty database with all tables. No thread is left of it."""
    asyncio.run(_talk(database_url))


async def _talk(database_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_chat(database_url, Path(folder)) as chat:
            mei = await chat.staff("Mei", role="manager")
            fang = await chat.staff("王芳", locale="zh-CN", timezone="Asia/Shanghai")
            for person, all_words in ((mei, ENGLISH), (fang, CHINESE)):
                for words in all_words:
                    await person.says(words)
            await chat.tick(after=timedelta(days=1))
