"""Run as a program: one of two bots that poll a Bot API server until SIGTERM, so that the server costs neither anything.

``python -m benchmarks.telegram_bot ours|naive FOLDER BASE TOKEN [--people N] [--tasks N]``. Ours finds its database
``desk.db`` in the folder; the naive one makes its own.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from benchmarks.desk import FIRST_USER, settings_for
from benchmarks.naive import naive_stack
from bot.collecting import spare_what_stays
from bot.connecting import connect_telegram, only_receivers
from bot.logs import set_up_logs
from bot.platforms import receive_all
from bot.running import STOP_SECONDS, stop_on_signals, working
from bot.telegram.pacing import Rates
from bot.wiring import open_house

UNHURRIED = Rates(per_second_and_chat=1e6, burst_per_chat=100, per_minute_and_group=10_000, per_second=1e6)
DATABASE = "desk.db"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("bot", choices=["ours", "naive"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("base")
    parser.add_argument("token")
    parser.add_argument("--people", type=int, default=1)
    parser.add_argument("--tasks", type=int, default=0)
    given = parser.parse_args()
    if given.bot == "ours":
        asyncio.run(_ours(given.folder, given.base, given.token))
    else:
        asyncio.run(_naive(given.folder, given.base, given.token, people=given.people, tasks=given.tasks))


async def _ours(folder: Path, base: str, token: str) -> None:
    """What ``guanxi run`` does on Telegram, without its pacing: it would wait for a second between two answers."""
    settings = settings_for(database_in(folder)).model_copy(update={"telegram_token": token, "telegram_api_base": base})
    set_up_logs("ERROR")
    stop = stop_on_signals()
    async with open_house(settings) as house:
        telegram = connect_telegram(house, rates=UNHURRIED)
        await telegram.start()
        async with working(house):
            alone = only_receivers(house, [telegram])
            await receive_all([telegram], stop, finish_seconds=STOP_SECONDS, alone=alone)
        await telegram.channel.close()


async def _naive(folder: Path, base: str, token: str, *, people: int, tasks: int) -> None:
    users = range(FIRST_USER, FIRST_USER + people)
    async with naive_stack(folder, users, tasks=tasks, api_base=base, token=token) as naive:
        spare_what_stays()
        await naive.poll()


def database_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / DATABASE}"


if __name__ == "__main__":
    main()
