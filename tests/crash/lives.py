"""One life of a program that gets killed."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bot.programs import PROGRAMS, ROOT, environment
from tests.forking import Forked

KILLED = -signal.SIGKILL  # how a process ends that did not end by itself before


@asynccontextmanager
async def life(program: str, url: str, folder: Path, *more: str) -> AsyncIterator[Forked]:
    """``python -m tests.crash.PROGRAM URL FOLDER …`` in that folder; killed at the end of the block.

    Its ``returncode`` is then ``KILLED``, unless it had ended before; what it wrote is in ``FOLDER/log.txt``.
    """
    process = await PROGRAMS.start(
        f"tests.crash.{program}",
        *(url, str(folder), *more),
        cwd=folder,
        env=environment({}) | {"PYTHONPATH": str(ROOT)},
    )
    talking = asyncio.create_task(process.communicate())
    try:
        yield process
    finally:
        process.kill()
        (folder / "log.txt").write_bytes(b"\n".join(await talking))


def last_words(folder: Path) -> str:
    return (folder / "log.txt").read_text()[-3000:]
