"""The whole house on Telegram: its real client against the strict fake, on SQLite, under one clock that moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import select

from bot.connecting import connect_telegram
from bot.first_admin import register_links
from bot.settings import Settings
from bot.telegram.telegram import Telegram
from bot.wiring import PLANNERS, House, open_house
from domain.people.actions import NewStaff, add_staff, invite_first_admin, link_identity
from domain.people.model import Invitation, Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from scheduler.planners import run_planners
from storage.tables import metadata
from tests.bot.telegram.desk import QUICK, UNHURRIED
from tests.fakes.telegram import FakeTelegram, Rules, User
from web.server import serving

PUBLIC = "https://crm.example.com/telegram"
WEDNESDAY = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@dataclass
class Stage:
    """``server`` has the clock for everybody; ``comes`` moves it and lets what is due happen."""

    house: House
    server: FakeTelegram

    @property
    def now(self) -> datetime:
        return self.house.now()

    async def comes(self, moment: datetime) -> None:
        self.server.advance((moment - self.now).total_seconds())
        await self.settles()
        await run_planners(self.house.database.unit_of_work, PLANNERS, self.now)
        # The house delivers beside us: what it has in hand may plan more, such as telling a manager.
        await self.settles()
        await self.settles()

    async def settles(self) -> None:
        """Wait until everything that was said is committed, and every answer is out."""
        await self.server.until_confirmed()
        await self.house.delivery.drain()
        await self.house.delivery.deliver_all()

    async def staff(
        self,
        name: str,
        user_id: int,
        *,
        role: Role = Role.REP,
        locale: str = "en",
        timezone: str = "Europe/London",
    ) -> User:
        """Somebody who has joined already."""

        async def act(uow: UnitOfWork, actor: Staff | None) -> None:
            new = NewStaff(name=name, role=role, team="Sales", locale=locale, timezone=timezone)
            staff = await add_staff(uow, None, new, now=self.now)
            await uow.flush()
            await link_identity(uow, staff, "telegram", str(user_id), private_place=str(user_id))

        await perform(self.house.database.unit_of_work, act, now=self.now)
        user = self.server.user(user_id, first_name=name, language_code=locale[:2])
        user.chat.refuses = None  # they met before
        return user

    async def first_code(self) -> str:
        async def act(uow: UnitOfWork, actor: Staff | None) -> Invitation | None:
            return await invite_first_admin(uow, now=self.now)

        invitation: Invitation | None = await perform(self.house.database.unit_of_work, act, now=self.now)
        assert invitation is not None
        return invitation.code

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """All rows of a table, by id."""
        wanted = metadata.tables[table]
        async with self.house.database.connection() as connection:
            found = await connection.execute(select(wanted).order_by(wanted.c.id))
            return [dict(row) for row in found.mappings()]


@asynccontextmanager
async def on_stage(folder: Path, *, start: datetime = WEDNESDAY, by_webhook: bool = False) -> AsyncIterator[Stage]:
    """The house at work, receiving and delivering. Planners run when the clock is moved."""
    async with FakeTelegram(rules=Rules(rates_enforced=False)) as server:
        server.advance(start.timestamp() - server.now())
        settings = Settings.model_construct(
            database_url=f"sqlite+aiosqlite:///{folder / 'guanxi.db'}",
            telegram_token=server.token,
            telegram_api_base=server.base,
            telegram_webhook_url=PUBLIC if by_webhook else None,
            company="Guanxi",
            timezone="Europe/London",
            currency="GBP",
            country="GB",
        )
        async with (
            open_house(settings, now=lambda: datetime.fromtimestamp(server.now(), UTC)) as house,
            _at_work(house, server),
        ):
            yield Stage(house, server)


@asynccontextmanager
async def _at_work(house: House, server: FakeTelegram) -> AsyncIterator[None]:
    telegram = connect_telegram(house, rates=UNHURRIED, pauses=QUICK)
    async with _pushed_to(telegram, server):
        await telegram.start()
        async with _receiving(house, telegram):
            yield


@asynccontextmanager
async def _pushed_to(telegram: Telegram, server: FakeTelegram) -> AsyncIterator[None]:
    """The public address, if the bot has one, leads here."""
    if telegram.routes is None:
        yield
        return
    app = FastAPI()
    app.include_router(telegram.routes)
    async with serving(app, host="127.0.0.1", port=0) as port:
        server.webhook.routes[PUBLIC] = f"http://127.0.0.1:{port}/telegram"
        yield


@asynccontextmanager
async def _receiving(house: House, telegram: Telegram) -> AsyncIterator[None]:
    assert telegram.me is not None
    register_links(house, [telegram])
    stop = asyncio.Event()
    working = [asyncio.create_task(telegram.receive()), asyncio.create_task(house.delivery.run(stop=stop))]
    try:
        yield
    finally:
        await telegram.stop()
        stop.set()
        house.delivery.wakened.set()
        await asyncio.gather(*working)
        await telegram.channel.close()
