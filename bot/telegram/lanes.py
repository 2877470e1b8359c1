"""Work in order within a conversation, conversations side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class Lanes:
    """A queue and a task for each conversation that has something to do, and none for the others."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, conversation: str, work: Work) -> None:
        """Do ``work``, which raises nothing, after what the conversation still has to do."""
        queue = self._queues.get(conversation)
        if queue is not None:
            queue.append(work)
            return
        self._queues[conversation] = deque([work])
        task = asyncio.create_task(self._run(conversation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self, *, timeout: float) -> bool:
        """Wait until nothing is left to do, at most ``timeout`` seconds; says whether that is so."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=timeout)
        return not self._tasks

    async def cancel(self) -> None:
        """Give up what is not finished."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, conversation: str) -> None:
        queue = self._queues[conversation]
        try:
            while queue:
                await queue.popleft()()
        finally:
            del self._queues[conversation]
