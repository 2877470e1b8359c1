"""The whole house on Slack: its real client against the strict fake, on SQLite, under one clock that moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.connecting import connect_slack
from bot.settings import Settings
from bot.slack.manifest import ManifestWords, manifest
from bot.slack.pacing import Rates
from bot.slack.slack import Slack
from bot.slack.socket import Pauses
from bot.wiring import PLANNERS, House, open_house
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from scheduler.planners import run_planners
from storage.tables import metadata
from tests.fakes.slack import FakeSlack, Person, Rules
from web.app import build_app
from web.server import serving

WEDNESDAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
UNHURRIED = Rates(per_second_and_channel=1000, burst_per_channel=1000, per_minute={})
WORDS = ManifestWords(
    name="Guanxi",
    description="Customers",
    command="Customers",
    usage="today",
    pick="Log this",
    pick_description="Keep it",
    ticket="Open a ticket",
    ticket_description="Ask for it",
)
QUICK = Pauses(first=0.02, longest=0.1, silence=5.0, greeting=2.0, old=0.3, stop=2.0)


@dataclass
class Stage:
    """``server`` has the clock for everybody; ``comes`` moves it and lets what is due happen."""

    house: House
    server: FakeSlack
    slack: Slack

    @property
    def now(self) -> datetime:
        return self.house.now()

    async def comes(self, moment: datetime) -> None:
        self.server.advance((moment - self.now).total_seconds())
        await self.settles()
        await run_planners(self.house.database.unit_of_work, PLANNERS, self.now)
        await self._says_all()

    async def settles(self) -> None:
        """Wait until everything that was said is committed, and every answer is out."""
        await self.server.until_taken()
        await self.slack.idle()
        await self.house.delivery.drain()
        await self._says_all()

    async def _says_all(self) -> None:
        await self.house.delivery.deliver_all()
        while await self._is_sending():
            await asyncio.sleep(0.005)
            await self.house.delivery.drain()

    async def _is_sending(self) -> bool:
        """Whether the running delivery has claimed something that it has not settled yet."""
        return any(
            row["state"] == "pending" and row["lease_holder"] is not None for row in await self.rows("notifications")
        )

    async def staff(
        self, name: str, *, role: Role = Role.REP, locale: str = "en-GB", timezone: str = "Europe/London"
    ) -> Person:
        """Somebody who has joined already."""
        person = self.server.person(name, tz=timezone, locale=locale)

        async def act(uow: UnitOfWork, actor: Staff | None) -> None:
            new = NewStaff(name=name, role=role, team="Sales", locale=locale[:2], timezone=timezone)
            staff = await add_staff(uow, None, new, now=self.now)
            await uow.flush()
            await link_identity(uow, staff, "slack", person.id, private_place=self.server.dm(person).id)

        await perform(self.house.database.unit_of_work, act, now=self.now)
        return person

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """All rows of a table, by id."""
        wanted = metadata.tables[table]
        async with self.house.database.connection() as connection:
            found = await connection.execute(select(wanted).order_by(wanted.c.id))
            return [dict(row) for row in found.mappings()]


@asynccontextmanager
async def on_stage(
    folder: Path,
    *,
    start: datetime = WEDNESDAY,
    over_http: bool = False,
    rates: bool = False,
    silence: float = QUICK.silence,
    enterprise: str = "",
) -> AsyncIterator[Stage]:
    """The house at work, receiving and delivering. Planners run when the clock is moved."""
    async with FakeSlack(rules=Rules(rates_enforced=rates, enterprise=enterprise)) as server:
        server.advance(start.timestamp() - server.world.now())
        server.installs(manifest(WORDS, request_url="https://crm.example.com/slack/events" if over_http else None))
        settings = Settings.model_construct(
            database_url=f"sqlite+aiosqlite:///{folder / 'guanxi.db'}",
            slack_bot_token=server.bot_token,
            slack_app_token=None if over_http else server.app_token,
            slack_signing_secret=server.signing_secret,
            slack_api_base=server.api_base,
            company="Guanxi",
            timezone="Europe/London",
            currency="GBP",
            country="GB",
        )
        async with open_house(settings, now=lambda: datetime.fromtimestamp(server.world.now(), UTC)) as house:
            slack = connect_slack(
                house,
                rates=Rates() if rates else UNHURRIED,
                pauses=replace(QUICK, silence=silence),
                monotonic=server.now,
            )
            async with _at_work(house, slack, server):
                yield Stage(house, server, slack)


@asynccontextmanager
async def _at_work(house: House, slack: Slack, server: FakeSlack) -> AsyncIterator[None]:
    await slack.start()
    stop = asyncio.Event()
    working = [asyncio.create_task(slack.receive()), asyncio.create_task(house.delivery.run(stop=stop))]
    try:
        if slack.routes is None:
            await server.until_connected()
        yield
    finally:
        await slack.stop()
        stop.set()
        house.delivery.wakened.set()
        await asyncio.gather(*working)
        await slack.channel.close()


@asynccontextmanager
async def served(stage: Stage) -> AsyncIterator[str]:
    """The adapter's routes on a port of their own, and Slack told of them; gives their address."""
    assert stage.slack.routes is not None
    app = build_app(health=_healthy, metrics=_nothing, routers=[stage.slack.routes])
    async with serving(app, host="127.0.0.1", port=0) as port:
        stage.server.pushing.url = f"http://127.0.0.1:{port}/slack/events"
        yield stage.server.pushing.url
        stage.server.pushing.url = ""


async def _healthy() -> Mapping[str, Any]:
    return {"ok": True}


async def _nothing() -> bytes:
    return b""
