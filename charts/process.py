"""Where charts are drawn: a process of their own, started by the first chart and ended with the program.

Why a process, and why one: docs/decisions, "Charts are drawn in a process of their own".
"""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING

from charts import worker
from charts.model import Chart, NotDrawn

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MOST_WAITING = 40  # with those being drawn; some 4 s of work. Whoever comes then is told without a picture.
LAST_SECONDS = 2.0  # a program that stops waits so long for a chart that nobody will see
PATIENCE = 6.0  # seconds: the lease of what is being sent is 15, and half of it may have gone by before


class DrawingProcess:
    """Draws in a worker process, and starts another when that one died. ``close`` ends it."""

    def __init__(self, *, most_waiting: int = MOST_WAITING, patience: float = PATIENCE) -> None:
        self._most_waiting = most_waiting
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None
        self._waiting = 0

    @property
    def is_started(self) -> bool:
        return self._pool is not None

    async def draw(self, chart: Chart) -> bytes:
        """The chart as PNG. Raises NotDrawn."""
        if self._waiting >= self._most_waiting:
            raise NotDrawn("too many wait")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                return await self._drawn(chart, again=True)
        except TimeoutError:
            raise NotDrawn("it took too long", again=True) from None
        finally:
            self._waiting -= 1

    async def _drawn(self, chart: Chart, *, again: bool) -> bytes:
        pool = self._pool = self._pool or _started()
        try:
            return await asyncio.wrap_future(pool.submit(worker.draw, chart))
        except BrokenExecutor:
            # Its process died: killed from outside, out of memory, or by its own alarm.
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False)
            if not again:
                raise NotDrawn("the worker died twice") from None
        except asyncio.CancelledError:
            raise
        except Exception as fault:
            raise NotDrawn(type(fault).__name__) from fault
        return await self._drawn(chart, again=False)

    async def close(self) -> None:
        """End the worker; what waits is not drawn any more."""
        pool, self._pool = self._pool, None
        if pool is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)


def _started() -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not a fork: the program has threads, and a fork of it would hold their locks.
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=worker.begin)
