"""The program that gets killed while answers to a customer stand their ten seconds: some are recalled in the very moment
in which they go.

Run as ``python -m tests.crash.recaller DATABASE_URL FOLDER COUNT``. ``FOLDER/sent.log`` holds what was said, ``turns.log`` how
far it came.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.local.clock import MovableClock
from bot.running import working
from bot.settings import Settings
from bot.wiring import House, open_house
from domain.errors import TryAgain
from domain.tickets.answering import RECALL
from handlers.chat import Capabilities, ChatEvent, Content, Conversation, Outgoing, Press, Sender, Text

PLATFORM = "platform"
WRITING = timedelta(seconds=1)


class LookingPlatform:
    """Writes down what was said before it says "sent", and looks there when somebody may have said it before."""

    name = PLATFORM
    capabilities = Capabilities()

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sent.log"
        self._log = self._path.open("a", encoding="utf-8")

    async def send(self, outgoing: Outgoing) -> str:
        said = [json.loads(line) for line in self._path.read_text(encoding="utf-8").splitlines()]
        if outgoing.may_stand:
            standing = next((number for number, line in enumerate(said) if line["key"] == outgoing.key), None)
            if standing is not None:
                return str(standing)
        line = {"key": outgoing.key, "place": outgoing.place, "text": f"{outgoing.body.title}\n{outgoing.body.text}"}
        self._log.write(json.dumps(line) + "\n")
        self._log.flush()
        await asyncio.sleep(0)
        return str(len(said))

    async def close(self) -> None:
        self._log.close()


async def say(house: House, delivery: str, content: Content) -> None:
    while True:
        try:
            await house.dispatcher.dispatch(
                ChatEvent(
                    channel=PLATFORM,
                    delivery_id=delivery,
                    conversation=Conversation(channel=PLATFORM, key="chat-sam"),
                    sender=Sender(user="sam", name="Sam"),
                    at=datetime.now(UTC),
                    content=content,
                )
            )
        except TryAgain:
            continue
        return


async def turn(house: House, clock: MovableClock, number: int) -> None:
    """Answer, and recall it while its ten seconds end."""
    await say(house, f"say-{number}", Text(f"/r T1 words number {number}."))
    async with house.database.read() as uow:
        said = await uow.tickets.list_said(1, limit=1000)
    message = next(each for each in said if each.text == f"words number {number}.")
    if message.goes_at is not None and clock.now() < message.goes_at:
        clock.move_to(message.goes_at)
    await asyncio.gather(
        house.delivery.deliver_all(), say(house, f"recall-{number}", Press(f"ticket.recall:{message.id}", f"m{number}"))
    )


async def main(url: str, folder: Path, count: int) -> None:
    settings = Settings.model_construct(
        database_url=url, auto_migrate=False, company="Guanxi", timezone="UTC", currency="USD", country="US"
    )
    clock = MovableClock()
    turns = folder / "turns.log"
    async with open_house(settings, now=clock.now) as house:
        house.channels[PLATFORM] = LookingPlatform(folder)
        async with working(house):
            done = turns.read_text().count("\n") if turns.exists() else 0
            with turns.open("a", encoding="utf-8") as log:
                for number in range(done, count):
                    await turn(house, clock, number)
                    log.write(f"{number}\n")
                    log.flush()
            clock.move_to(clock.now() + RECALL + WRITING)
            await until_silent(house)


async def until_silent(house: House) -> None:
    while True:
        await house.delivery.deliver_all()
        await house.delivery.drain()
        async with house.database.read() as uow:
            if await uow.notifications.next_due() is None:
                return
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
