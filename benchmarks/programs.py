"""The program as people start it, and bare programs beside it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

ROOT = Path(__file__).parent.parent
TOKEN = "123456:benchmarks-speak-to-a-loopback-server"
STARTS_WITHIN_SECONDS = 120
_IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)


def environment(url: str, api_base: str, **more: str) -> dict[str, str]:
    """What ``guanxi run`` needs to run on Telegram here, and nothing of the caller's own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
    return {
        **own,
        "PYTHONPATH": str(ROOT),
        "GUANXI_DATABASE_URL": url,
        "GUANXI_TELEGRAM_TOKEN": TOKEN,
        "GUANXI_TELEGRAM_API_BASE": api_base,
        "GUANXI_TIMEZONE": "Europe/London",
        "GUANXI_HTTP_PORT": "0",
        "GUANXI_LOG_LEVEL": "ERROR",
        **more,
    }


_KNOWN = {
    "getMe": {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "bench_bot"},
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}


class FirstPoll:
    """A Bot API server on loopback that knows just enough to be polled, and remembers when it first was."""

    def __init__(self) -> None:
        self.base = ""
        self.polled_at: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def expect(self) -> None:
        self.polled_at = asyncio.get_running_loop().create_future()

    async def serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method == "getUpdates":
            if not self.polled_at.done():
                self.polled_at.set_result(time.perf_counter())
            await asyncio.sleep(30)
        return web.json_response({"ok": True, "result": _KNOWN.get(method, True)})


@asynccontextmanager
async def first_poll() -> AsyncIterator[FirstPoll]:
    server = FirstPoll()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", server.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


async def seconds_to_poll(server: FirstPoll, url: str) -> float:
    """Start ``guanxi run``, and stop it at its first getUpdates."""
    server.expect()
    began = time.perf_counter()
    async with running(environment(url, server.base)):
        async with asyncio.timeout(STARTS_WITHIN_SECONDS):
            return await server.polled_at - began


async def libraries_used(server: FirstPoll, url: str) -> Sequence[str]:
    """The top-level libraries, none of ours and none of Python's own, that are imported by the first poll."""
    server.expect()
    log = Path(url.removeprefix("sqlite+aiosqlite:///")).with_suffix(".imports")
    with log.open("w") as stderr:
        async with running(environment(url, server.base, PYTHONPROFILEIMPORTTIME="1"), stderr=stderr.fileno()):
            async with asyncio.timeout(STARTS_WITHIN_SECONDS):
                await server.polled_at
            imported = log.read_text(errors="replace")  # before what is loaded beside receiving
    return third_party(_IMPORTED.findall(imported))


def third_party(modules: Sequence[str]) -> Sequence[str]:
    """Whole module names whose first part is neither ours nor Python's."""
    ours = {path.name for path in ROOT.iterdir() if path.is_dir()} | {"sitecustomize", "__main__"}
    foreign = [name for name in modules if name.split(".")[0] not in ours | set(sys.stdlib_module_names)]
    return [name for name in dict.fromkeys(foreign) if not name.split(".")[0].startswith("_")]


@asynccontextmanager
async def running(
    settings: dict[str, str], *, stderr: int | None = None, core: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """``guanxi run`` for as long as the block lasts, pinned to a core if one is named."""
    async with program(["-m", "bot", "run"], settings, stderr=stderr, core=core) as process:
        yield process


@asynccontextmanager
async def program(
    arguments: Sequence[str], settings: dict[str, str], *, stderr: int | None = None, core: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Python with these arguments, stopped by SIGTERM at the end of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=settings, cwd="/", stdout=asyncio.subprocess.DEVNULL, stderr=stderr
    )
    if core is not None:
        os.sched_setaffinity(process.pid, {core})
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
