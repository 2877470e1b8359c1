"""``guanxi run``: all configured channels, the clock and delivery, until a signal says stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from fastapi import APIRouter

from bot.collecting import spare_what_stays
from bot.connecting import connect_platforms, only_receivers
from bot.deadline import exit_within
from bot.first_admin import greeting_first_admin, register_links
from bot.holders import is_dead
from bot.housekeeping import EVERY, Housekeeping
from bot.logs import set_up_logs
from bot.platforms import Alone, Platform, receive_all
from bot.refusals import Refused, not_listening
from bot.settings import read_settings
from bot.warming import warming
from bot.wiring import PLANNERS, House, open_house
from scheduler.clock import Clock
from web.app import STATIC, build_app
from web.server import serving

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
    if not settings.has_channel:
        raise Refused(
            "no channel is configured: set GUANXI_TELEGRAM_TOKEN, or GUANXI_SLACK_BOT_TOKEN with GUANXI_SLACK_APP_TOKEN"
            " (or GUANXI_LOCAL_PAGE=true), or run guanxi init"
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
        platforms = connect_platforms(house)
        alone = only_receivers(house, platforms)
        for platform in platforms:
            stack.push_async_callback(platform.channel.close)
        await _unless_stopped(_start(platforms), stop)
        routers += [platform.routes for platform in platforms if platform.routes is not None]
        register_links(house, platforms)
        await stack.enter_async_context(working(house, keeping=Housekeeping(house)))
        app = build_app(
            health=lambda: _health(house, platforms, alone),
            metrics=lambda: _metrics(house),
            routers=routers,
            static=STATIC if settings.local_page else None,
        )
        try:
            await stack.enter_async_context(serving(app, host=settings.http_host, port=settings.http_port))
        except OSError as error:
            raise not_listening(error, host=settings.http_host, port=settings.http_port) from None
        # Not before: the link would lead nowhere, and a program that already runs here would lose its own.
        await stack.enter_async_context(greeting_first_admin(house, platforms))
        await stack.enter_async_context(warming())
        await receive_all(platforms, stop, finish_seconds=STOP_SECONDS, alone=alone)


async def _start(platforms: Sequence[Platform]) -> None:
    await asyncio.gather(*(platform.start() for platform in platforms))


async def _unless_stopped(starting: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Start, but neither longer than a moment nor into a stop. Whatever is left to do, receiving does later."""
    task, stopping = asyncio.create_task(starting), asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    task.cancel()
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def working(house: House, *, keeping: Housekeeping | None = None) -> AsyncIterator[None]:
    """Planners, delivery and housekeeping at work, for as long as the block lasts."""
    stop = asyncio.Event()
    clock = Clock(
        house.database.unit_of_work,
        PLANNERS,
        now=house.now,
        planned=house.delivery.wakened.set,
        read=house.database.read,
    )
    await release_dead_leases(house)
    if keeping is not None:
        clock.every(EVERY, keeping.look, name="housekeeping")
    clock.start()
    spare_what_stays()
    delivering = asyncio.create_task(house.delivery.run(stop=stop))
    fetching = asyncio.create_task(house.fetching.run(stop=stop))
    try:
        yield
    finally:
        clock.stop()
        stop.set()
        house.delivery.wakened.set()
        # A fetch that is cut off is made again after the next start.
        fetching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await fetching
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await delivering
        except TimeoutError:
            house.delivery.abandon()


async def release_dead_leases(house: House) -> None:
    """Take over at once what dead processes of this host were about to send or fetch; those of other hosts run out by
    time."""
    own = house.database.holder
    async with house.database.unit_of_work() as uow:
        sending = [holder for holder in await uow.notifications.holders() if is_dead(holder, own)]
        fetching = [holder for holder in await uow.attachments.fetch_holders() if is_dead(holder, own)]
        released = await uow.notifications.release(sending) if sending else 0
        released += await uow.attachments.release_fetches(fetching) if fetching else 0
        if sending or fetching:
            log.info("leases-released", rows=released)
            await uow.commit()


async def _health(house: House, platforms: Sequence[Platform], alone: Mapping[str, Alone]) -> Mapping[str, Any]:
    from bot.health import health

    return await health(house, platforms, alone)


async def _metrics(house: House) -> bytes:
    from bot.health import metrics

    return await metrics(house)
