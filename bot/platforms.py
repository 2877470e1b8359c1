"""What the program asks of a chat platform that it is connected to. No platform knows another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, Protocol

import structlog
from fastapi import APIRouter

from handlers.chat import Channel

log = structlog.get_logger()
RESTART_SECONDS = 30  # after a receiver ended by a mistake of ours


class Alone(Protocol):
    """Sees to it that of all processes one alone receives: see ``bot.only_receiver``."""

    @property
    def is_waiting(self) -> bool: ...

    async def run(self, receive: Callable[[], Awaitable[None]], *, stop: asyncio.Event) -> None: ...


class Platform(Protocol):
    """``await start()``, then ``await receive()`` until somebody calls ``stop()``; ``channel`` speaks all the while."""

    @property
    def name(self) -> str: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def received_as(self) -> str | None:
        """The bot for which one process alone may receive, as its lease names it; None where any number may."""

    @property
    def routes(self) -> APIRouter | None:
        """What is mounted on the program's HTTP side, such as a webhook."""

    async def start(self) -> None:
        """Get to know the platform. What fails is logged, and done later by ``receive``. Raises nothing."""

    async def introduced(self) -> None:
        """Returns once the platform said who the bot is."""

    async def receive(self) -> None:
        """Receive until ``stop``, through outages of any length."""

    async def stop(self) -> None:
        """Take nothing new: ``receive`` finishes what is in flight and returns. ``channel`` stays usable."""

    def address(self, code: str) -> str | None:
        """Where somebody opens a one-time code with one tap; None where there is no such link, or not yet."""

    def health(self) -> Mapping[str, Any]:
        """``up``, and what else an operator wants to see of the connection."""


async def receive_all(
    platforms: Sequence[Platform],
    stop: asyncio.Event,
    *,
    finish_seconds: float,
    alone: Mapping[str, Alone] = MappingProxyType({}),
) -> None:
    """Receive on all of them until ``stop``. One that is down, or fails, does not touch the others.

    A platform named in ``alone`` receives while no other process does.
    """
    receiving = {asyncio.create_task(_receive(platform, stop, alone.get(platform.name))) for platform in platforms}
    await stop.wait()
    await asyncio.gather(*(platform.stop() for platform in platforms), return_exceptions=True)
    if receiving:
        _, unfinished = await asyncio.wait(receiving, timeout=finish_seconds)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)


async def _receive(platform: Platform, stop: asyncio.Event, alone: Alone | None) -> None:
    while not stop.is_set():
        try:
            if alone is None:
                await platform.receive()
            else:
                await alone.run(platform.receive, stop=stop)
        except Exception:
            log.exception("receiving-failed", channel=platform.name, again_in_seconds=RESTART_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(RESTART_SECONDS):
                await stop.wait()
