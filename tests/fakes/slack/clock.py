"""The platform's clock: the real one, or another, plus what a test added."""

import time
from collections.abc import Callable

from tests.fakes.bell import Bell


class Clock:
    """``source`` gives seconds since 1970; the real time if None."""

    def __init__(self, source: Callable[[], float] | None = None) -> None:
        self._source = source or time.time
        self._moved_by = 0.0
        self._moved = Bell()

    def now(self) -> float:
        return self._source() + self._moved_by

    def advance(self, seconds: float) -> None:
        self._moved_by += seconds
        self._moved.ring()

    async def reaches(self, moment: float) -> None:
        """Wait until the clock shows the moment, because time passed or a test moved it."""
        while (left := moment - self.now()) > 0:
            try:
                await self._moved.until(lambda: self.now() >= moment, left)
            except TimeoutError:
                continue
