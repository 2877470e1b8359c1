"""Conversations at the dispatch seam: a chat event in, what was said and stored out, on a real database file."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.local.people import CHANNEL, private_place
from bot.local_people import customer_user, staff_user
from bot.settings import Settings
from bot.wiring import PLANNERS, House, open_house
from domain.customers.model import Customer
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.values.companies import company_key
from handlers.chat import (
    Capabilities,
    ChatEvent,
    Content,
    Conversation,
    FormFilled,
    PlaceKind,
    Press,
    Receipt,
    Rendered,
    Sender,
    Text,
)
from handlers.dispatch import perform
from scheduler.delivery import Sent
from scheduler.planners import run_planners
from tests.conversations.in_turn import IN_TURN, of_another_turn
from tests.databases import PostgresServer, sqlite_url
from tests.fakes.drawer import FakeDrawer

START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # a Wednesday

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Said:
    """One message somebody got."""

    sent: Sent
    to: str | None

    @property
    def key(self) -> str:
        return self.sent.row.key

    @property
    def body(self) -> Rendered:
        assert self.sent.body is not None, self.sent
        return self.sent.body

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.body.title, self.body.text) if part)

    @property
    def buttons(self) -> list[str]:
        return [button.label for row in self.body.rows for button in row]

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.sent.reply.facts if self.sent.reply else {}

    @property
    def edits(self) -> str | None:
        return self.sent.row.edit


@dataclass
class Person:
    """Somebody who talks: ``says``, ``presses``, ``fills``; each gives the direct answer (or None)."""

    chat: Chat
    name: str
    user: str
    staff: Staff | None = None
    receipt: Receipt = field(default_factory=Receipt)
    locale: str | None = None  # what the platform says of them

    @property
    def id(self) -> int:
        assert self.staff is not None
        return self.staff.id

    async def says(
        self, text: str, *, place: str | None = None, reply_to: str | None = None, addressed: bool = True
    ) -> Said:
        answers = await self.does(Text(text, addressed=addressed), place=place, reply_to=reply_to)
        assert answers, f"nothing was said to {text[:60]!r}"
        return answers[0]

    async def does_text(self, text: str, *, place: str | None = None, addressed: bool = True) -> list[Said]:
        """All that was said in return, which may be nothing."""
        return await self.does(Text(text, addressed=addressed), place=place)

    async def presses(self, label: str, *, place: str | None = None) -> Said:
        """The newest button of this conversation that begins with ``label``."""
        key = place or private_place(self.user)
        async with self.chat.house.database.read() as uow:
            rows = await uow.local_messages.list_of(key, limit=200)
        for row in reversed(rows):
            if row["body"].get("only") not in {None, self.user}:
                continue
            for button in (button for line in row["body"].get("rows") or () for button in line):
                if button["label"].startswith(label):
                    answers = await self.does(Press(button["press"], str(row["id"])), place=place)
                    return answers[0] if answers else self.chat.silence
        raise AssertionError(f"no button {label!r} in {key}")

    async def forges(self, payload: str, *, message: str | None = None) -> Said:
        """A press of a button that was never shown."""
        return (await self.does(Press(payload, message)))[0]

    async def fills(self, form: str, values: Mapping[str, str], *, message: str | None = None) -> Said | None:
        answers = await self.does(FormFilled(form, values, message))
        return answers[0] if answers else None

    async def does(
        self,
        content: Content,
        *,
        place: str | None = None,
        reply_to: str | None = None,
        delivery: str | None = None,
        trigger: str | None = None,
    ) -> list[Said]:
        """Any content; gives what was said in return in this very conversation."""
        key = place or private_place(self.user)
        kind = PlaceKind.GROUP if key.startswith("group:") else PlaceKind.PRIVATE
        before = len(self.chat.said)
        self.receipt = await self.chat.house.dispatcher.dispatch(
            ChatEvent(
                channel=CHANNEL,
                delivery_id=delivery or f"test:{next(self.chat.deliveries)}",
                conversation=Conversation(channel=CHANNEL, key=key, kind=kind, title=self.chat.titles.get(key)),
                sender=Sender(user=self.user, name=self.name, locale=self.staff.locale if self.staff else self.locale),
                at=self.chat.now,
                content=content,
                message=f"in-{next(self.chat.deliveries)}",
                reply_to=reply_to,
                trigger=trigger,
            )
        )
        await self.chat.settle()
        return [said for said in self.chat.said[before:] if said.sent.row.place == key]

    @property
    def heard(self) -> list[Said]:
        """All that this person was sent, oldest first."""
        return [said for said in self.chat.said if said.sent.place == private_place(self.user)]


@dataclass
class Chat:
    house: House
    drawer: FakeDrawer = field(default_factory=FakeDrawer)
    titles: dict[str, str] = field(default_factory=dict)
    now: datetime = START
    said: list[Said] = field(default_factory=list)
    deliveries: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def silence(self) -> Said:
        raise AssertionError("nothing was said")

    async def staff(
        self,
        name: str,
        *,
        role: str = "rep",
        team: str | None = "Sales",
        locale: str = "en",
        timezone: str = "Europe/London",
    ) -> Person:
        async def act(uow: UnitOfWork, actor: Staff | None) -> Staff:
            new = NewStaff(name=name, role=Role(role), team=team, locale=locale, timezone=timezone)
            staff = await add_staff(uow, None, new, now=self.now)
            await uow.flush()
            user = staff_user(staff)
            await link_identity(uow, staff, CHANNEL, user, private_place=private_place(user))
            return staff

        staff = await perform(self.house.database.unit_of_work, act, now=self.now)
        return Person(self, name, staff_user(staff), staff)

    def stranger(self, name: str) -> Person:
        return Person(self, name, customer_user(name))

    def group(self, name: str) -> str:
        """The place of a group in which everybody is."""
        self.house.people.group_names.append(name)
        self.titles[f"group:{name}"] = name
        return f"group:{name}"

    async def customer(self, name: str, *, owner: Person) -> Customer:
        async def act(uow: UnitOfWork, actor: Staff | None) -> Customer:
            return await uow.customers.add(
                Customer(name=name, name_key=company_key(name), owner_id=owner.id, created_at=self.now)
            )

        customer: Customer = await perform(
            self.house.database.unit_of_work, act, actor=owner.staff, now=self.now, through="test"
        )
        return customer

    async def settle(self) -> None:
        await self.house.delivery.drain()

    async def tick(self, to: datetime | None = None, *, after: timedelta | None = None) -> list[Said]:
        """Move the clock, plan and deliver; gives what was said."""
        self.now = to or self.now + (after or timedelta(0))
        before = len(self.said)
        await run_planners(self.house.database.unit_of_work, PLANNERS, self.now)
        await self.house.delivery.deliver_all()
        await self.settle()
        return [said for said in self.said[before:] if said.sent.body is not None]

    async def delivered(self) -> list[Said]:
        """Deliver what is due now without planning anything new; gives what was said."""
        before = len(self.said)
        await self.house.delivery.deliver_all()
        return [said for said in self.said[before:] if said.sent.body is not None]

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """All rows of a table, by id, for asserting what was stored."""
        from sqlalchemy import select

        from storage.tables import metadata

        async with self.house.database.connection() as connection:
            found = await connection.execute(select(metadata.tables[table]).order_by(metadata.tables[table].c.id))
            return [dict(row) for row in found.mappings()]

    async def planned(self) -> list[str]:
        """The keys of what waits in the outbox."""
        return [row["key"] for row in await self.rows("notifications") if row["state"] == "pending"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not IN_TURN:
        return
    here = [item for item in items if isinstance(item, pytest.Function) and item.path.is_relative_to(FOLDER)]
    left_out = of_another_turn(here)
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with all tables, of each kind in turn."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.fresh_database()
    yield url
    server.drop(url)


@pytest.fixture
async def chat(database_url: str, tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(database_url, tmp_path) as chat:
        yield chat


@asynccontextmanager
async def open_chat(database_url: str, folder: Path, **more: Any) -> AsyncIterator[Chat]:
    """A company in London on a database with all tables, which keeps its files in a folder; ``more`` are settings."""
    settings = Settings.model_construct(
        database_url=database_url,
        data_dir=folder / "data",
        auto_migrate=False,
        company="Guanxi",
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        local_page=True,
        **more,
    )
    holder: list[Chat] = []

    def settled(sent: Sent) -> None:
        holder[0].said.append(Said(sent, sent.place))

    drawer = FakeDrawer()
    async with open_house(settings, now=lambda: holder[0].now, on_settled=settled, drawer=drawer) as house:
        holder.append(Chat(house, drawer))
        yield holder[0]


@pytest.fixture
def plain(chat: Chat) -> Chat:
    """A channel without forms."""
    chat.house.dispatcher._capabilities = lambda channel: Capabilities(forms=False)
    return chat
