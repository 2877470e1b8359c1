"""Run as a program: one of two bots that poll a Bot API server until SIGTERM, so that the server costs neither anything; or
the bare client, which only sends.

``python -m benchmarks.telegram_bot ours|naive|bare FOLDER BASE TOKEN [--people N] [--tasks N] [--paced]``. Ours finds its database
``desk.db`` in the folder; the naive one makes its own.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from benchmarks.desk import FIRST_USER, UNHURRIED, settings_for
from benchmarks.naive import naive_stack
from bot.collecting import spare_what_stays
from bot.connecting import connect_telegram, only_receivers
from bot.logs import set_up_logs
from bot.platforms import receive_all
from bot.running import STOP_SECONDS, stop_on_signals, working
from bot.wiring import open_house

BARE_WORKERS = 50
DATABASE = "desk.db"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("bot", choices=["ours", "naive", "bare"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("base")
    parser.add_argument("token")
    parser.add_argument("--people", type=int, default=1)
    parser.add_argument("--tasks", type=int, default=0)
    parser.add_argument("--paced", action="store_true", help="keep Telegram's limits, as the program does")
    given = parser.parse_args()
    if given.bot == "ours":
        asyncio.run(_ours(given.folder, given.base, given.token, paced=given.paced))
    elif given.bot == "bare":
        asyncio.run(_bare(given.base, given.token, people=given.people))
    else:
        asyncio.run(_naive(given.folder, given.base, given.token, people=given.people, tasks=given.tasks))


async def _ours(folder: Path, base: str, token: str, *, paced: bool) -> None:
    """What ``guanxi run`` does on Telegram; without its pacing, which waits for a second between two answers, unless ``paced``."""
    settings = settings_for(database_in(folder)).model_copy(update={"telegram_token": token, "telegram_api_base": base})
    set_up_logs("ERROR")
    stop = stop_on_signals()
    async with open_house(settings) as house:
        telegram = connect_telegram(house, rates=None if paced else UNHURRIED)
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


async def _bare(base: str, token: str, *, people: int) -> None:
    """As many texts as there are people, just as ours sends them, by nothing but the client, several calls at once."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))
    text = (
        "Dear Reader, the new catalogue is here: twelve machines, and spare parts from stock. What may we send to you?"
    )
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="No more news", callback_data="news.stop:")]]
    )
    users = iter(range(FIRST_USER + 100_000, FIRST_USER + 100_000 + people))

    async def send() -> None:
        for user in users:
            await bot.send_message(
                user,
                text,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=keyboard,
            )

    async with asyncio.TaskGroup() as group:
        for _ in range(BARE_WORKERS):
            group.create_task(send())
    await bot.session.close()


def database_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / DATABASE}"


if __name__ == "__main__":
    main()
