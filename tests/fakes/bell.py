"""Wakes whoever waits for something to become so; the fakes ring it at every change."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, predicate: Callable[[], T], timeout: float | None) -> T:
        """The first truthy value of the predicate, asked again at each ring. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not (value := predicate()):
                await self._rung.wait()
        return value
