"""Run as a program: the house with Telegram, web and scheduler under messages, telling its memory on the way.

``python -m benchmarks.memory_probe FOLDER COUNT …``: after each count of messages in all one line, ``COUNT BYTES``; after the
start ``0 BYTES``, and at the end the modules that were imported.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from pathlib import Path

import psutil

from benchmarks.desk import Desk, Json, Rep, open_desk, sqlite_in
from benchmarks.programs import third_party
from bot.running import working
from web.app import build_app
from web.server import serving

REPS = 20


async def main(folder: Path, counts: list[int]) -> None:
    async with open_desk(sqlite_in(folder), reps=REPS) as desk, working(desk.house):
        app = build_app(health=_healthy, metrics=_no_metrics, routers=[], static=None)
        async with serving(app, host="127.0.0.1", port=0):
            _tell(0)
            modules = third_party(sorted(sys.modules))
            sent = 0
            for count in counts:
                for number in range(sent, count):
                    await desk.handle(_update(desk, desk.reps[number % REPS], number // REPS))
                sent = count
                await desk.settle()
                _tell(count)
            print(json.dumps(list(modules)), flush=True)


def _update(desk: Desk, rep: Rep, number: int) -> Json:
    """Presses, searches and what is refused; nothing that makes the company's own data grow with each message."""
    kind = number % 3
    if kind == 0:
        return desk.presses(rep, f"followup.snooze:{rep.followup_id}.{'in-3-days' if number % 2 else 'tomorrow'}")
    if kind == 1:
        return desk.says(rep, f"/find Ltd {number % 50}")
    return desk.says(rep, f"/next L{10**9 + number} tomorrow 10am nothing of ours")


def _tell(count: int) -> None:
    gc.collect()
    print(count, psutil.Process().memory_info().rss, flush=True)


async def _healthy() -> dict[str, bool]:
    return {"ok": True}


async def _no_metrics() -> bytes:
    return b""


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), [int(each) for each in sys.argv[2:]]))
