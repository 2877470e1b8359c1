"""``guanxi run``: all configured channels, the clock and delivery, until a signal says stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import APIRouter

from bot.connecting import connect_telegram
from bot.deadline import exit_within
from bot.first_admin import greeting_first_admin
from bot.housekeeping import EVERY, Housekeeping
from bot.logs import set_up_logs
from bot.refusals import Refused
from bot.settings import read_settings
from bot.wiring import PLANNERS, House, open_house
from scheduler.clock import Clock
from web.app import STATIC, build_app
from web.server import serving

if TYPE_CHECKING:
    from bot.telegram.telegram import Telegram

log = structlog.get_logger()
# SIGTERM to exit 0 takes less than ten: so long for what is being handled, and again for what is being sent, beside
# the three that web.server leaves to open requests.
STOP_SECONDS = 3
LAST_SECONDS = 9  # by then it ends, whatever still hangs
START_SECONDS = 5  # a platform that does not answer by then is asked again while running


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; the process has ended ten seconds later."""
    stop = asyncio.Event()

    def told() -> None:
        if not stop.is_set():
            exit_within(LAST_SECONDS)
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    return stop


async def run() -> int:
    """Run until SIGTERM or SIGINT. Raises Refused when no channel is configured."""
    settings = read_settings()
    if settings.telegram_token is None and not settings.local_page:
        raise Refused(
            "no channel is configured: set GUANXI_TELEGRAM_TOKEN (or GUANXI_LOCAL_PAGE=true), or run guanxi init"
        )
    set_up_logs(settings.log_level)
    stop = stop_on_signals()
    async with open_house(settings) as house:
        await live(house, stop)
    return 0


async def live(house: House, stop: asyncio.Event) -> None:
    """Receive, plan and deliver until ``stop``; then finish what is in flight."""
    settings = house.settings
    async with AsyncExitStack() as stack:
        routers: list[APIRouter] = []
        if settings.local_page:
            from bot.page import page_routes, sign_in

            routers.append(page_routes(house, sign_in(house)))
        telegram = connect_telegram(house) if settings.telegram_token else None
        if telegram is not None:
            stack.push_async_callback(telegram.channel.close)
            await _unless_stopped(telegram.start(), stop)
        await stack.enter_async_context(greeting_first_admin(house, telegram))
        await stack.enter_async_context(working(house, keeping=Housekeeping(house)))
        app = build_app(
            health=lambda: _health(house, telegram),
            metrics=lambda: _metrics(house),
            routers=routers,
            static=STATIC if settings.local_page else None,
        )
        try:
            await stack.enter_async_context(serving(app, host=settings.http_host, port=settings.http_port))
        except OSError as error:
            raise Refused(f"GUANXI_HTTP_PORT: {settings.http_port} is taken ({error.strerror}); set another") from None
        await _receive(telegram, stop)


async def _unless_stopped(starting: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Start, but neither longer than a moment nor into a stop. Whatever is left to do, receiving does later."""
    task, stopping = asyncio.create_task(starting), asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    task.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _receive(telegram: Telegram | None, stop: asyncio.Event) -> None:
    if telegram is None:
        await stop.wait()
        return
    receiving = asyncio.create_task(telegram.receive())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({receiving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    await telegram.stop()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(receiving, STOP_SECONDS)
    stopping.cancel()


@asynccontextmanager
async def working(house: House, *, keeping: Housekeeping | None = None) -> AsyncIterator[None]:
    """Planners, delivery and housekeeping at work, for as long as the block lasts."""
    stop = asyncio.Event()
    clock = Clock(house.database.unit_of_work, PLANNERS, now=house.now, planned=house.delivery.wakened.set)
    await release_dead_leases(house)
    if keeping is not None:
        clock.every(EVERY, keeping.look, name="housekeeping")
    clock.start()
    spare_what_stays()
    delivering = asyncio.create_task(house.delivery.run(stop=stop))
    try:
        yield
    finally:
        clock.stop()
        stop.set()
        house.delivery.wakened.set()
        try:
            await asyncio.wait_for(delivering, STOP_SECONDS)
        except TimeoutError:
            house.delivery.abandon()


def spare_what_stays() -> None:
    """Take what was made so far, the libraries above all, out of the garbage collector's sight: it lives as long as we do.

    Looking through it all took the collector a third of a second at a time, in which nobody was answered.
    """
    gc.collect()
    gc.freeze()


async def release_dead_leases(house: House) -> None:
    """Take over at once what dead processes of this host were about to send; those of other hosts run out by time."""
    async with house.database.unit_of_work() as uow:
        dead = [holder for holder in await uow.notifications.holders() if _is_dead(holder, house.database.holder)]
        if dead:
            log.info("leases-released", rows=await uow.notifications.release(dead))
            await uow.commit()


def _is_dead(holder: str, own: str) -> bool:
    """Holders are ``host:pid:random``. In a container the new process often has the old one's number: it is not that."""
    host, pid, _ = holder.rsplit(":", 2)
    own_host, own_pid, _ = own.rsplit(":", 2)
    if host != own_host or holder == own:
        return False
    if pid == own_pid:
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


async def _health(house: House, telegram: Telegram | None) -> Mapping[str, Any]:
    from bot.health import health

    return await health(house, telegram)


async def _metrics(house: House) -> bytes:
    from bot.health import metrics

    return await metrics(house)
