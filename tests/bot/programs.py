"""``guanxi`` as people start it: a process of its own, in a folder of its own.

Most are forked from a process that has the libraries loaded, see ``tests.forking``; ``cold`` ones load their own.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.forking import Forked, Programs

STARTS_WITHIN_SECONDS = 60  # the machine may be busy; nothing waits longer than it must
ASK_AGAIN_SECONDS = 0.05
ROOT = Path(__file__).parents[2]
PROGRAMS = Programs()
atexit.register(PROGRAMS.close)
_first_port = 11_000 + os.getpid() % 200 * 100
_ports = iter(range(_first_port, _first_port + 100))


def free_port() -> int:
    """Below those that the system gives out itself, and of this process alone: nobody else gets it before the program asks for it."""
    return next(number for number in _ports if _is_free(number))


def _is_free(number: int) -> bool:
    with socket.socket() as found:
        try:
            found.bind(("127.0.0.1", number))
        except OSError:
            return False
        return True


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Ours without any ``GUANXI_`` setting but those given (without the prefix)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
    return kept | {f"GUANXI_{name}": value for name, value in settings.items()} | {"PYTHONWARNINGS": "default"}


@dataclass
class Ended:
    code: int
    out: str
    err: str
    seconds: float


@dataclass
class Program:
    process: asyncio.subprocess.Process | Forked
    address: str

    async def until_healthy(self) -> Mapping[str, Any]:
        """What ``/health`` says, once the program serves it."""
        async with httpx.AsyncClient(trust_env=False) as client:
            async with asyncio.timeout(STARTS_WITHIN_SECONDS):
                while True:
                    assert self.process.returncode is None, await self.ends()
                    try:
                        answer = await client.get(f"{self.address}/health")
                    except httpx.TransportError:
                        await asyncio.sleep(ASK_AGAIN_SECONDS)
                    else:
                        facts: Mapping[str, Any] = answer.json()
                        return facts

    async def get(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.get(f"{self.address}{path}")

    async def stops(self, number: signal.Signals = signal.SIGTERM) -> Ended:
        """Send the signal and wait for the end; ``seconds`` is how long it took."""
        self.process.send_signal(number)
        return await self.ends()

    async def ends(self) -> Ended:
        began = time.monotonic()
        out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return Ended(self.process.returncode, out.decode(), err.decode(), time.monotonic() - began)


@asynccontextmanager
async def started(
    *arguments: str,
    cwd: Path,
    port: int = 0,
    more: Mapping[str, str] | None = None,
    cold: bool = False,
    **settings: str,
) -> AsyncIterator[Program]:
    """``guanxi`` with these arguments; killed at the end of the block if it still runs.

    ``settings`` are without their prefix; ``more`` is added to the environment as it is. ``cold``: as it comes from the
    disk, for what is about loading itself.
    """
    env = environment(settings) | {"PYTHONPATH": str(ROOT)} | dict(more or {})
    start = _cold if cold else PROGRAMS.start
    process = await start("bot", *arguments, cwd=cwd, env=env)
    program = Program(process, f"http://127.0.0.1:{port}")
    try:
        yield program
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _cold(module: str, *arguments: str, cwd: Path, env: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, *arguments),
        cwd=cwd,
        env=env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def done(*arguments: str, cwd: Path, **settings: str) -> Ended:
    """Run a command to its end."""
    async with started(*arguments, cwd=cwd, **settings) as program:  # type: ignore[arg-type]
        return await program.ends()


def log_lines(err: str) -> list[dict[str, Any]]:
    """The log's events; what is no JSON is left out."""
    return [json.loads(line) for line in err.splitlines() if line.startswith("{")]
