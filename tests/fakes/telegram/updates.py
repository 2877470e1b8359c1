"""Updates that wait for the bot, and the rules by which it fetches them."""

import asyncio
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.refusals import Refusal, conflict, terminated_by_other_poller, webhook_is_active
from tests.fakes.telegram.rules import Rules

Json = dict[str, Any]

NOT_SENT_UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE_ID = 700_000_001
MOST_AT_ONCE = 100
WEEK = 7 * 24 * 3600.0


@dataclass
class Waiting:
    """An update not yet confirmed. One that ``repeats`` comes once more, whatever was confirmed."""

    raw: Json
    at: float
    repeats: bool = False

    @property
    def id(self) -> int:
        return int(self.raw["update_id"])


class Updates:
    """The queue of one bot. An offset confirms everything below it for ever."""

    def __init__(self, rules: Rules, now: Callable[[], float], ring: Callable[[], None]) -> None:
        self._rules = rules
        self._now = now
        self._ring = ring
        self._queue: list[Waiting] = []
        self._next_id = FIRST_UPDATE_ID
        self._last_at: float | None = None
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[Refusal] | None = None
        self._next_conflict_at = 0.0
        self._turns = itertools.count(1)
        self.allowed: set[str] | None = None
        self.unwanted: list[Json] = []
        self.everything: list[Json] = []
        self.delivered_twice = False
        self.polls = 0

    @property
    def pending(self) -> list[Json]:
        """What the bot has not confirmed yet."""
        self._forget_old()
        return [waiting.raw for waiting in self._queue]

    @property
    def is_polled(self) -> bool:
        return self._poller is not None

    def push(self, raw: Json, *, even_unwanted: bool = False) -> Json:
        """Queue an update under the next id. One of a kind that the bot did not ask for goes to ``unwanted``."""
        kinds = raw.keys() - {"update_id"}
        update = {**raw, "update_id": self._new_id()}
        self._last_at = self._now()
        if not even_unwanted and not all(self._is_wanted(kind) for kind in kinds):
            self.unwanted.append(update)
            self._ring()
            return update
        self.everything.append(update)
        self._add(Waiting(update, self._now(), repeats=self.delivered_twice))
        return update

    def repeat(self, update: Json) -> None:
        """Deliver an update again under its old id, even if the bot confirmed it."""
        self._add(Waiting(update, self._now(), repeats=True))

    def forget_all(self) -> None:
        self._queue.clear()
        self._ring()

    def ask_for(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants; None leaves it as it was, an empty list is the platform's default."""
        if kinds is not None:
            self.allowed = set(kinds) or None

    async def poll(self, *, offset: int, limit: int, seconds: float, has_webhook: bool) -> list[Json]:
        """One ``getUpdates``. Raises Refusal 409 while there is a webhook or another poller."""
        self.polls += 1
        if has_webhook:
            raise await self._paced(webhook_is_active())
        if self._poller is not None:
            if self._rules.conflict_ends_newcomer:
                raise await self._paced(terminated_by_other_poller())
            self.end_poll(terminated_by_other_poller())
        # A second poller may come while this one still waits for updates, so each has a mark of its own.
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            return await self._wait(poller, offset, limit=min(max(limit, 1), MOST_AT_ONCE), seconds=seconds)
        finally:
            if self._poller is poller:
                self._poller = None
                self._ring()

    def end_poll(self, reason: Refusal | None = None) -> None:
        """Answer the waiting poller 409 with the reason."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(reason or conflict("terminated by setWebhook request"))
        self._poller = None

    async def _wait(self, poller: "asyncio.Future[Refusal]", offset: int, *, limit: int, seconds: float) -> list[Json]:
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + min(seconds, self._rules.longest_poll_seconds)
        self._confirm(offset)
        while not self._queue and loop.time() < ends_at:
            arrived = asyncio.ensure_future(self._arrived.wait())
            waiters: set[asyncio.Future[Any]] = {poller, arrived}
            await asyncio.wait(waiters, timeout=ends_at - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            arrived.cancel()
            if poller.done():
                raise await self._paced(poller.result())
        return self._batch(limit)

    async def _paced(self, refusal: Refusal) -> Refusal:
        """Two conflicts are never answered closer than the pause."""
        loop = asyncio.get_running_loop()
        wait = self._next_conflict_at - loop.time()
        self._next_conflict_at = max(loop.time(), self._next_conflict_at) + self._rules.conflict_pause_seconds
        if wait > 0:
            await asyncio.sleep(wait)
        return refusal

    def _batch(self, limit: int) -> list[Json]:
        self._forget_old()
        batch = self._queue[:limit]
        given = [waiting.raw for waiting in batch]
        for waiting in batch:
            waiting.repeats = False
        return given

    def _confirm(self, offset: int) -> None:
        self._forget_old()
        if offset < 0:
            self._queue = self._queue[offset:]
        elif offset > 0:
            self._queue = [waiting for waiting in self._queue if waiting.id >= offset or waiting.repeats]
        self._ring()

    def done(self, update: Json) -> None:
        """A webhook took this update."""
        for waiting in [waiting for waiting in self._queue if waiting.raw is update]:
            if waiting.repeats:
                waiting.repeats = False
            else:
                self._queue.remove(waiting)
        self._ring()

    def _add(self, waiting: Waiting) -> None:
        self._queue.append(waiting)
        self._queue.sort(key=lambda one: one.id)
        self._arrived.set()
        self._arrived = asyncio.Event()
        self._ring()

    def _forget_old(self) -> None:
        oldest = self._now() - self._rules.updates_kept_seconds
        self._queue = [waiting for waiting in self._queue if waiting.at >= oldest]

    def _is_wanted(self, kind: str) -> bool:
        return kind not in NOT_SENT_UNASKED if self.allowed is None else kind in self.allowed

    def _new_id(self) -> int:
        """One more than the last; after a week of silence a random one."""
        if self._last_at is not None and self._now() - self._last_at > WEEK:
            self._next_id = random.randrange(FIRST_UPDATE_ID // 2, 2 * FIRST_UPDATE_ID)
        update_id, self._next_id = self._next_id, self._next_id + 1
        return update_id


def content_of(update: Json) -> Json:
    """What an update brings: its message, query, reaction…; empty when that is no object."""
    contents = [value for name, value in update.items() if name != "update_id" and isinstance(value, dict)]
    return contents[0] if contents else {}


def chat_in(update: Json) -> Json | None:
    """The chat that an update comes from."""
    content = content_of(update)
    holder = content if "chat" in content else content.get("message")
    chat = holder.get("chat") if isinstance(holder, dict) else None
    return chat if isinstance(chat, dict) else None
