"""The program that gets killed: a platform that repeats what was not acknowledged, and the whole house behind it.

Run as ``python -m tests.crash.victim DATABASE_URL FOLDER``. ``FOLDER/events.jsonl`` holds what people say, in order for each;
``acked.log`` what the platform heard "done" for; ``sent.log`` what was said. It ends when all is acknowledged and sent.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.local.clock import MovableClock
from bot.running import working
from bot.settings import Settings
from bot.wiring import House, open_house
from domain.errors import TryAgain
from handlers.chat import Capabilities, ChatEvent, Content, Conversation, Outgoing, Press, Sender, Text
from scheduler.planners import FOLLOWUPS, run_planners

PLATFORM = "platform"
LATER = timedelta(minutes=10)  # when every "in 5 minutes" has come


class Platform:
    """Writes down what was said before it says "sent": the file survives the process."""

    name = PLATFORM
    capabilities = Capabilities()

    def __init__(self, folder: Path) -> None:
        self._log = (folder / "sent.log").open("a", encoding="utf-8")
        self._count = sum(1 for _ in (folder / "sent.log").open(encoding="utf-8"))

    async def send(self, outgoing: Outgoing) -> str:
        self._count += 1
        body = outgoing.body
        line = {"place": outgoing.place, "edit": outgoing.edit, "text": f"{body.title}\n{body.text}"}
        self._log.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._log.flush()
        await asyncio.sleep(0)
        return str(self._count)

    async def close(self) -> None:
        self._log.close()


async def say_everything(house: House, folder: Path) -> None:
    """Deliver every event that was not acknowledged: in order within a conversation, the conversations side by side."""
    acked = folder / "acked.log"
    done = set(acked.read_text().split()) if acked.exists() else set()
    lanes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["id"] not in done:
            lanes[event["user"]].append(event)
    with acked.open("a", encoding="utf-8") as log:

        async def run_lane(events: list[dict[str, Any]]) -> None:
            for event in events:
                await deliver(house, event)
                log.write(event["id"] + "\n")
                log.flush()

        async with asyncio.TaskGroup() as group:
            for events in lanes.values():
                group.create_task(run_lane(events))


async def deliver(house: House, event: dict[str, Any]) -> None:
    while True:
        try:
            await house.dispatcher.dispatch(await chat_event(house, event))
        except TryAgain:
            continue
        return


async def chat_event(house: House, event: dict[str, Any]) -> ChatEvent:
    content: Content = Text(event["text"])
    if event["kind"] == "save":
        async with house.database.read() as uow:
            drafts = await uow.drafts.list_of(event["staff"], limit=50)
        draft = next((each.id for each in drafts if each.content["text"] == event["text"]), 0)
        content = Press(f"entry.save:{draft}", f"card-{event['id']}")
    return ChatEvent(
        channel=PLATFORM,
        delivery_id=event["id"],
        conversation=Conversation(channel=PLATFORM, key=f"chat-{event['user']}"),
        sender=Sender(user=event["user"], name=event["user"]),
        at=datetime.now(UTC),
        content=content,
    )


async def main(url: str, folder: Path) -> None:
    settings = Settings.model_construct(
        database_url=url, auto_migrate=False, company="Guanxi", timezone="UTC", currency="USD", country="US"
    )
    clock = MovableClock()
    async with open_house(settings, now=clock.now) as house:
        house.channels[PLATFORM] = Platform(folder)
        async with working(house):
            await say_everything(house, folder)
            clock.move_to(clock.now() + LATER)
            await until_silent(house)
    (folder / "finished").touch()


async def until_silent(house: House) -> None:
    """Plan the reminders that are due by now, and wait until all is said."""
    while True:
        await run_planners(house.database.unit_of_work, [FOLLOWUPS], house.now())
        await house.delivery.drain()
        async with house.database.read() as uow:
            if await uow.notifications.next_due() is None:
                return
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
