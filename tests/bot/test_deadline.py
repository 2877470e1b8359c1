"""The process ends in time, also when a thread hangs that the interpreter would wait for."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANGS = """
import threading
from bot.deadline import exit_within
print("begun")
exit_within(0.2)
threading.Thread(target=threading.Event().wait).start()
"""


async def test_it_ends_though_something_hangs() -> None:
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HANGS), cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        out, _ = await process.communicate()

    assert process.returncode == 0
    assert b"begun" in out  # what was printed is out
    assert time.monotonic() - began > 0.2
