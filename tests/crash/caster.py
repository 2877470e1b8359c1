"""The program that gets killed while it plans and sends a broadcast.

Run as ``python -m tests.crash.caster DATABASE_URL FOLDER``. ``FOLDER/sent.log`` holds what was said. It ends when nothing is left
to plan or to send, but for what is paused.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.local.clock import MovableClock
from bot.running import working
from bot.settings import Settings
from bot.wiring import House, open_house
from domain.broadcasts import planning
from handlers.chat import Outgoing
from scheduler.planners import JOBS, run_planner
from tests.crash.recaller import PLATFORM, LookingPlatform

NOON = datetime(2030, 1, 9, 12, tzinfo=UTC)
CHUNK = 20
SOON = timedelta(days=1)
TAKES_SECONDS = 0.004  # to say one: a busy machine must still get to kill it before all are said


class OneByOne(LookingPlatform):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._turn = asyncio.Lock()

    async def send(self, outgoing: Outgoing) -> str:
        async with self._turn:
            await asyncio.sleep(TAKES_SECONDS)
            return await super().send(outgoing)


async def main(url: str, folder: Path) -> None:
    planning.CHUNK = CHUNK
    settings = Settings.model_construct(
        database_url=url, auto_migrate=False, company="Guanxi", timezone="UTC", currency="USD", country="US"
    )
    clock = MovableClock(ahead=NOON - datetime.now(UTC))
    async with open_house(settings, now=clock.now) as house:
        house.channels[PLATFORM] = OneByOne(folder)
        async with working(house):
            (folder / "began").touch()
            await until_silent(house)


async def until_silent(house: House) -> None:
    while True:
        await run_planner(house.database.unit_of_work, JOBS, house.now())
        await house.delivery.deliver_all()
        async with house.database.read() as uow:
            due_at = await uow.notifications.next_due()
            if not await uow.jobs.is_any_due() and (due_at is None or due_at > house.now() + SOON):
                return
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
