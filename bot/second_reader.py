"""Asks a language model about new cards, after the commit and beside everything else; nobody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from time import perf_counter

import structlog

from bot.language_model import LanguageModel, NoAnswer
from domain.errors import CrmError, TryAgain
from domain.ports import OpenUnitOfWork
from handlers.chat import ChatEvent, Reply
from handlers.context import ChatContext, Outcome
from handlers.dispatch import Dispatcher
from handlers.entries.second_reading import Asked, card_in, improve, question_about

log = structlog.get_logger()
MOST_AT_ONCE = 8  # more cards than that are left as they are
LOOKS = 50  # for the card's place in the chat, a tenth of a second apart


class SecondReader:
    """``answered`` is told of every answer. What it knows dies with the process: the card as it was shown holds."""

    def __init__(
        self, model: LanguageModel, open_reading: OpenUnitOfWork, *, dispatcher: Callable[[], Dispatcher]
    ) -> None:
        self._model = model
        self._open_reading = open_reading
        self._dispatcher = dispatcher
        self._tasks: set[asyncio.Task[None]] = set()

    def answered(self, event: ChatEvent, replies: Sequence[Reply]) -> None:
        draft_id = card_in(event, replies)
        if draft_id is None or len(self._tasks) >= MOST_AT_ONCE:
            return
        task = asyncio.get_running_loop().create_task(self._read(event, draft_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait until nothing is being asked."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _read(self, event: ChatEvent, draft_id: int) -> None:
        began = perf_counter()
        try:
            said = await self._ask_and_fill(event, draft_id)
        except NoAnswer as none:
            said = none.reason
        except (CrmError, TryAgain) as fault:
            said = type(fault).__name__
        except Exception:
            # The edge: whatever a server sends must not end more than this second reading.
            log.exception("second-reading-failed", draft=draft_id)
            return
        log.info("second-reading", draft=draft_id, said=said, milliseconds=round((perf_counter() - began) * 1000))

    async def _ask_and_fill(self, event: ChatEvent, draft_id: int) -> str:
        async with self._open_reading() as uow:
            asked = await question_about(uow, event, draft_id)
        if asked is None:
            return "nothing-open"
        answer = await self._model.answer(asked.messages)
        await self._shown(asked)

        async def fill(ctx: ChatContext) -> Outcome:
            return await improve(ctx, asked, answer)

        await self._dispatcher().afterwards(event, fill)
        return "answered"

    async def _shown(self, asked: Asked) -> None:
        """Until the platform has given the card its place: there it is edited."""
        for _ in range(LOOKS):
            async with self._open_reading() as uow:
                if await uow.cards.places_of(f"draft:{asked.draft_id}", limit=1):
                    return
            await asyncio.sleep(0.1)
        raise NoAnswer("card-not-shown")
