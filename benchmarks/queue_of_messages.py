"""A long queue under Telegram's real limits: a server that enforces them, and our own pacing."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from benchmarks.desk import FIRST_USER, settings_for, sqlite_in
from benchmarks.measure import Row
from benchmarks.plan import Plan
from bot.connecting import connect_telegram
from bot.wiring import House, open_house
from domain.notifications.model import Planned, Urgency
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.fakes.telegram import Call, FakeTelegram

TOO_MANY = 429
CHUNK = 500
SLOWEST = 3  # times as long as allowed; then the rest counts as lost


async def queue(plan: Plan) -> list[Row]:
    """``sendMessage`` calls a second from the first to the last, beside what the server allows."""
    chats, each = plan.pick(quick=(60, 5), full=(500, 10))
    async with FakeTelegram(has_schema=False) as server, _sending(plan, server) as house:
        users = [server.user(FIRST_USER + number) for number in range(chats)]
        for user in users:
            user.chat.refuses = None  # they have written to the bot before
        began = time.perf_counter()
        await _fill(house, [str(user.id) for user in users], each)
        filled = time.perf_counter() - began
        house.delivery.wakened.set()
        count, allowed = chats * each, server.rules.messages_per_second
        await _until_sent(server, count, seconds=SLOWEST * count / allowed + 10)
        calls = server.calls_of("sendMessage")
    sent = [call for call in calls if not call.is_refused]
    said = Counter((call.values["chat_id"], call.values["text"]) for call in sent)
    seconds = calls[-1].at - calls[0].at
    name = f"Telegram’s real limits, {count:,} messages to {chats} chats"
    return [
        Row(
            name=f"{name}: rate beside the {allowed:.0f} a second that are allowed",
            measured=(len(sent) - 1) / seconds / allowed,
            limit=0.95,
            at_least=True,
            details=f"{seconds:.1f} s from the first to the last; put into the outbox in {filled:.1f} s",
        ),
        Row(
            name=f"{name}: answers 429",
            measured=sum(call.status == TOO_MANY for call in calls),
            limit=0,
            unit="",
            details=f"{len(calls):,} calls",
        ),
        Row(
            name=f"{name}: lost, doubled or out of order",
            measured=count - len(said) + sum(times - 1 for times in said.values()) + _out_of_order(sent),
            limit=0,
            unit="",
            details=f"{len(said):,} different messages arrived",
        ),
    ]


@asynccontextmanager
async def _sending(plan: Plan, server: FakeTelegram) -> AsyncIterator[House]:
    """The house as it delivers, with the pacing that it has in life."""
    settings = settings_for(sqlite_in(plan.folder)).model_copy(
        update={"telegram_token": server.token, "telegram_api_base": server.base}
    )
    async with open_house(settings) as house:
        telegram = connect_telegram(house)
        stop = asyncio.Event()
        delivering = asyncio.create_task(house.delivery.run(stop=stop))
        try:
            yield house
        finally:
            stop.set()
            house.delivery.wakened.set()
            await delivering
            await telegram.channel.close()


async def _fill(house: House, places: Sequence[str], each: int) -> None:
    """Rounds of one message to each chat, all due now."""
    now = datetime.now(UTC)
    planned = [
        Planned(
            key="error-unexpected",
            facts={"incident": f"{number:04d}"},
            due_at=now,
            channel="telegram",
            place=place,
            urgency=Urgency.BROADCAST,
        )
        for number in range(each)
        for place in places
    ]
    for start in range(0, len(planned), CHUNK):

        async def act(uow: UnitOfWork, actor: object, start: int = start) -> None:
            for one in planned[start : start + CHUNK]:
                uow.plan(one)

        await perform(house.database.unit_of_work, act, now=now, through="benchmark")


async def _until_sent(server: FakeTelegram, count: int, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if sum(call.result is not None for call in server.calls) >= count:
            return
        await asyncio.sleep(0.2)


def _out_of_order(sent: Sequence[Call]) -> int:
    """Messages that came before one of the same chat that was planned earlier."""
    last: dict[int, str] = {}
    early = 0
    for call in sent:
        chat, text = call.values["chat_id"], call.values["text"]
        early += text < last.get(chat, "")
        last[chat] = text
    return early
