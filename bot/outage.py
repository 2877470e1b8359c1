"""A platform that cannot be reached: said more and more rarely, tried again after longer and longer pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

log = structlog.get_logger(__name__)


def doubled(failures: int, *, first: float, longest: float) -> float:
    """Seconds to wait after so many failures in a row."""
    return min(longest, first * 2.0 ** min(failures - 1, 16))


async def wait_unless(stopping: asyncio.Event, seconds: float) -> None:
    """Wait, but not into a stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()


class Outage:
    """Failures in a row of one connection. ``pause_after`` gives seconds; ``began`` and ``ended`` are what the log says."""

    def __init__(self, *, began: str, ended: str, pause_after: Callable[[int], float]) -> None:
        self.failures = 0
        self._began = began
        self._ended = ended
        self._pause_after = pause_after

    def failed(self, error: Exception, *, remedy: str) -> float:
        """Count one more, and give how long to wait. The 1st, 2nd, 4th, 8th … are told."""
        self.failures += 1
        pause = self._pause_after(self.failures)
        if self.failures & (self.failures - 1) == 0:
            log.warning(
                self._began,
                reason=str(error) or type(error).__name__,
                remedy=remedy,
                failures=self.failures,
                again_in_seconds=pause,
            )
        return pause

    def is_over(self) -> None:
        """It works again, or did all the time."""
        if self.failures:
            log.info(self._ended, failures=self.failures)
        self.failures = 0
