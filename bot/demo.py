"""``guanxi demo``: a seeded sandbox company with the local chat page and a clock that people can move."""

from __future__ import annotations

import contextlib
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

from bot.demo_company import CHIPS, GROUP, seed
from bot.local.clock import ClockGoesForwardOnly, MovableClock
from bot.local.people import LocalPerson
from bot.local.setup import Demo
from bot.logs import set_up_logs
from bot.page import page_routes
from bot.refusals import Refused
from bot.running import stop_on_signals, working
from bot.settings import Settings
from bot.wiring import PLANNERS, House, open_house
from scheduler.planners import run_planners
from web.app import STATIC, build_app
from web.server import serving

HOP = timedelta(hours=1)
MOST_HOPS = 200
MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK = "clock-ahead-seconds"


async def demo(*, port: int, data: Path | None, open_page: bool) -> int:
    """Serve the sandbox until a signal. Raises Refused when the port is taken."""
    set_up_logs("WARNING")
    stop = stop_on_signals()
    with _folder(data) as folder:
        async with serving_demo(folder, port=port) as address:
            print(f"Guanxi demo: {address}  (Ctrl-C stops it)", flush=True)
            if open_page:
                webbrowser.open(address)
            await stop.wait()
    return 0


@contextlib.contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"--data: {data} cannot be a folder ({error.strerror}); name one of yours") from None
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="guanxi-demo-", ignore_cleanup_errors=True) as fresh:
        yield Path(fresh)


@asynccontextmanager
async def serving_demo(folder: Path, *, port: int) -> AsyncIterator[str]:
    """The running demo in ``folder``; gives its address."""
    settings = Settings.model_construct(
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        company="Guanxi",
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        local_page=True,
        http_port=port,
    )
    kept_clock = folder / CLOCK
    clock = MovableClock(ahead=_ahead(kept_clock))
    async with open_house(settings, now=clock.now) as house:
        house.people.group_names.append(GROUP)
        await seed(house)
        async with working(house):
            routes = page_routes(house, Demo(move_clock=_mover(house, clock, kept_clock), chips=_chips))
            app = build_app(health=_healthy, metrics=_no_metrics, routers=[routes], static=STATIC)
            async with contextlib.AsyncExitStack() as stack:
                try:
                    listening = await stack.enter_async_context(serving(app, host=settings.http_host, port=port))
                except OSError as error:
                    other = port + 1 if 1023 < port < 65535 else 8081
                    raise Refused(
                        f"--port: {port} cannot be used ({error.strerror}); try: guanxi demo --port {other}"
                        f" (make demo PORT={other})"
                    ) from None
                yield f"http://{settings.http_host}:{listening}"


def _ahead(kept_clock: Path) -> timedelta:
    """How far this sandbox's clock was moved before: else its people would live in the past of what they did."""
    return timedelta(seconds=float(kept_clock.read_text())) if kept_clock.exists() else timedelta(0)


def _keep(clock: MovableClock, kept_clock: Path) -> None:
    kept_clock.write_text(str(clock.ahead.total_seconds()))


def _mover(house: House, clock: MovableClock, kept_clock: Path) -> Callable[[datetime], Awaitable[None]]:
    async def move(to: datetime) -> None:
        """Go there hour by hour, and stop where something is due, so that it is said at its time."""
        step = HOP * ceil((to - clock.now()) / HOP / MOST_HOPS)
        while (now := clock.now()) < to:
            until = min(to, now + step - (now - MIDNIGHT) % step)
            await run_planners(house.database.unit_of_work, PLANNERS, until)
            while (due := await next_due()) is not None and clock.now() < due < until:
                await pass_to(due)
            await pass_to(until)

    async def next_due() -> datetime | None:
        async with house.database.read() as uow:
            return await uow.notifications.next_due()

    async def pass_to(moment: datetime) -> None:
        with contextlib.suppress(ClockGoesForwardOnly):  # it ran there by itself
            clock.move_to(moment)
        _keep(clock, kept_clock)
        await house.delivery.deliver_all()

    return move


def _chips(person: LocalPerson) -> Sequence[str]:
    return CHIPS.get(person.name, ())


async def _healthy() -> dict[str, bool]:
    return {"ok": True}


async def _no_metrics() -> bytes:
    return b""
