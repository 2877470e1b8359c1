"""The naive stack: what somebody writes first. aiogram with twenty handlers, and an async session by aiosqlite."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy import ForeignKey, String, event, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TOKEN = "123456:benchmarks-never-speak-to-a-server"
COMMANDS = 12
BUTTONS = 5
LISTED = 20


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(100))


class Deal(Base):
    __tablename__ = "deals"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))


class Task(Base):
    __tablename__ = "tasks"
    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), index=True)
    due_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(400))


class Event(Base):
    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    what: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class Words(Base):
    __tablename__ = "words"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    body: Mapped[str] = mapped_column(String(4000))
    at: Mapped[datetime]


class Naive:
    """Takes the same updates as ours. Fed in process it answers nothing, as the network of ours is a stub there; with
    ``api_base`` it polls that server and answers by it."""

    def __init__(self, engine: AsyncEngine, *, api_base: str | None = None, token: str = TOKEN) -> None:
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        session = AiohttpSession(api=TelegramAPIServer.from_base(api_base)) if api_base else None
        self._answers = api_base is not None
        self._bot = Bot(token, session=session)
        self._dispatcher = Dispatcher()
        for number in range(COMMANDS):
            self._dispatcher.message.register(self._unwanted, Command(f"command{number}"))
        for number in range(BUTTONS):
            self._dispatcher.callback_query.register(self._unwanted, F.data == f"button{number}")
        self._dispatcher.message.register(self._today, Command("today"))
        self._dispatcher.message.register(self._say)
        self._dispatcher.callback_query.register(self._press)

    async def feed(self, raw: Mapping[str, Any]) -> None:
        await self._dispatcher.feed_raw_update(self._bot, dict(raw))

    async def poll(self) -> None:
        """Receive by aiogram's own long polling until SIGTERM."""
        await self._dispatcher.start_polling(self._bot)

    async def write(self, telegram_id: int, words: str) -> None:
        """Two selects and three inserts."""
        now = datetime.now(UTC).replace(tzinfo=None)
        async with self._sessions() as session:
            user = (await session.scalars(select(User).where(User.telegram_id == telegram_id))).one()
            deal = (await session.scalars(select(Deal).where(Deal.owner_id == user.id).limit(1))).one()
            session.add(Task(deal_id=deal.id, due_at=now, note=words))
            session.add(Event(user_id=user.id, what="task-added", at=now))
            session.add(Words(user_id=user.id, body=words, at=now))
            await session.commit()

    async def _unwanted(self, event: Any) -> None:
        raise AssertionError("no update of the benchmark is meant for this handler")

    async def _say(self, message: Message) -> None:
        assert message.from_user is not None
        await self.write(message.from_user.id, message.text or "")
        if self._answers:
            await message.answer(f"Noted: {message.text}")

    async def _press(self, query: CallbackQuery) -> None:
        await self.write(query.from_user.id, query.data or "")

    async def _today(self, message: Message) -> None:
        assert message.from_user is not None
        mine = select(Task).join(Deal).join(User).where(User.telegram_id == message.from_user.id)
        async with self._sessions() as session:
            tasks = (await session.scalars(mine.order_by(Task.due_at).limit(LISTED))).all()
        await message.answer(
            "\n".join([f"Today: {len(tasks)}", *(f"{task.due_at:%H:%M} {task.note}" for task in tasks)])
        )


@asynccontextmanager
async def naive_stack(
    folder: Path, telegram_ids: range, *, tasks: int = 0, api_base: str | None = None, token: str = TOKEN
) -> AsyncIterator[Naive]:
    """On a fresh SQLite file, as durable as ours (WAL, synchronous=FULL); everybody begins with so many tasks."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / f'naive{next(_numbers)}.db'}")
    _make_durable(engine)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine)
    now = datetime.now(UTC).replace(tzinfo=None)
    async with sessions() as session:
        users = [User(telegram_id=telegram_id, name=f"Rep {telegram_id}") for telegram_id in telegram_ids]
        session.add_all(users)
        await session.flush()
        deals = [Deal(owner_id=user.id, title="Deal") for user in users]
        session.add_all(deals)
        await session.flush()
        session.add_all(
            [Task(deal_id=deal.id, due_at=now, note="send the quote") for deal in deals for _ in range(tasks)]
        )
        await session.commit()
    yield Naive(engine, api_base=api_base, token=token)
    await engine.dispose()


_numbers = itertools.count(1)


def _make_durable(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()
