"""A company at work: a house on its own database, reps on Telegram, and updates as Telegram would send them."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psycopg
from aiogram import Bot
from aiogram.methods import TelegramMethod

from bot.collecting import spare_what_stays
from bot.settings import Settings
from bot.telegram.api import Api, Session
from bot.telegram.channel import TelegramChannel
from bot.telegram.pacing import Pacer, Rates
from bot.telegram.telegram import Telegram
from bot.wiring import House, open_house
from domain.followups.actions import Subject, When, plan_followup
from domain.leads.actions import NewLead, add_lead
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from scheduler.delivery import Sent

TOKEN = "123456:benchmarks-never-speak-to-a-server"
FIRST_USER = 1001
UNHURRIED = Rates(per_second_and_chat=1e6, burst_per_chat=100, per_minute_and_group=1_000_000, per_second=1e6)
Json = dict[str, Any]


class Unsent(Session):
    """The network, stubbed: a call is written out as it would go, and answered with an id as Telegram would."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = itertools.count(1)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        self.build_form_data(bot, method)
        number = getattr(method, "message_id", None) or next(self._ids)
        answer = json.dumps({"ok": True, "result": {"message_id": number}})
        return self.check_response(bot, method, HTTPStatus.OK, answer).result


def unsent_channel() -> TelegramChannel:
    """Telegram's own channel, from the neutral reply to the bytes of the call."""
    api = Api(TOKEN)
    api._bot.session = Unsent()
    return TelegramChannel(api, pacer=Pacer(UNHURRIED))


@dataclass(frozen=True)
class Rep:
    """Somebody who talks to the bot, with a lead and an open follow-up of theirs."""

    user: int
    staff: Staff
    lead_id: int
    followup_id: int


@dataclass
class Desk:
    """``says`` and ``presses`` make updates; ``handle`` does with one what the receiver does."""

    house: House
    telegram: Telegram
    reps: Sequence[Rep]
    settled: list[Sent]
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def handle(self, raw: Mapping[str, Any]) -> None:
        await self.house.dispatcher.dispatch(self.telegram.decode(raw))

    async def settle(self) -> None:
        await self.house.delivery.drain()

    def says(self, rep: Rep, text: str) -> Json:
        number = next(self._ids)
        message = {**_message(rep, number), "text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"update_id": number, "message": message}

    def presses(self, rep: Rep, payload: str) -> Json:
        number = next(self._ids)
        message = {**_message(rep, 7), "text": "A card", "from": {"id": 123456, "is_bot": True, "first_name": "Bot"}}
        query = {"id": str(number), "from": _person(rep), "chat_instance": "1", "message": message, "data": payload}
        return {"update_id": number, "callback_query": query}

    def actions(self, rep: Rep, count: int) -> list[Json]:
        """Three kinds in turn: a next step by command, a new lead by command, a press that moves a reminder."""
        return [self.action(rep, number) for number in range(count)]

    def action(self, rep: Rep, number: int) -> Json:
        if number % 3 == 0:
            return self.says(rep, f"/next L{rep.lead_id} tomorrow 10am send the quote")
        if number % 3 == 1:
            return self.says(rep, f"/lead {_company_name(next(self._ids))}, Ann Smith, fair")
        return self.presses(rep, f"followup.snooze:{rep.followup_id}.hour")


def _company_name(number: int) -> str:
    """Names that no two share more than a syllable of, so that none looks like another."""
    syllables = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "vu", "wa", "xe", "zo")
    letters = []
    for _ in range(6):
        number, rest = divmod(number * 7919 + 13, 16)
        letters.append(syllables[rest])
    return "".join(letters).title() + f"{number % 9973}"


def _message(rep: Rep, number: int) -> Json:
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": rep.user, "type": "private", "first_name": f"Rep {rep.user}"},
        "from": _person(rep),
    }


def _person(rep: Rep) -> Json:
    return {"id": rep.user, "is_bot": False, "first_name": f"Rep {rep.user}", "language_code": "en"}


def settings_for(url: str) -> Settings:
    return Settings.model_construct(
        database_url=url, company="Guanxi", timezone="Europe/London", currency="GBP", country="GB"
    )


def sqlite_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / f'desk{next(_numbers)}.db'}"


_numbers = itertools.count(1)
BareConnection = sqlite3.Connection | psycopg.Connection[Any]


def bare_connection(url: str) -> BareConnection:
    """The same database by its driver alone."""
    if url.startswith("sqlite"):
        return sqlite3.connect(url.partition(":///")[2])
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@asynccontextmanager
async def open_desk(url: str, *, reps: int = 1, keeps_settled: bool = False) -> AsyncIterator[Desk]:
    """The whole house on the database, with its schema and its people; only the network is a stub.

    ``keeps_settled`` gathers what was said in ``settled``, which costs memory that the program itself does not take. The
    collector is spared what was made so far, as ``guanxi run`` does; that serves whatever runs beside it in this process.
    """
    settled: list[Sent] = []
    async with open_house(settings_for(url), on_settled=settled.append if keeps_settled else None) as house:
        telegram = Telegram(TOKEN, house.dispatcher.dispatch, lambda receipt: None)
        house.channels["telegram"] = unsent_channel()
        people = [await _hire(house, number) for number in range(reps)]
        spare_what_stays()
        yield Desk(house, telegram, people, settled)
        await house.delivery.drain()
        await telegram.channel.close()


async def _hire(house: House, number: int) -> Rep:
    user, now = FIRST_USER + number, datetime.now(UTC)

    async def act(uow: UnitOfWork, actor: Staff | None) -> Rep:
        new = NewStaff(name=f"Rep {user}", role=Role.REP, team="Sales", locale="en", timezone="Europe/London")
        staff = await add_staff(uow, None, new, now=now)
        await uow.flush()
        await link_identity(uow, staff, "telegram", str(user), private_place=str(user))
        lead = await add_lead(uow, staff, NewLead(company=f"{_company_name(90_000 + number)} Ltd"), now=now)
        await uow.flush()
        when = When(at=now + timedelta(days=30))
        followup = await plan_followup(uow, staff, Subject(lead_id=lead.id), when, note="call", now=now)
        await uow.flush()
        return Rep(user, staff, lead.id, followup.id)

    rep: Rep = await perform(house.database.unit_of_work, act, now=now, through="benchmark")
    return rep


async def at_once(desk: Desk, lanes: Iterable[Sequence[Json]]) -> list[float]:
    """Handle each lane's updates in order, the lanes side by side; gives the seconds that each update took."""
    took: list[float] = []

    async def run(lane: Sequence[Json]) -> None:
        for raw in lane:
            began = time.perf_counter()
            await desk.handle(raw)
            took.append(time.perf_counter() - began)

    async with asyncio.TaskGroup() as group:
        for lane in lanes:
            group.create_task(run(lane))
    return took
