"""What the platform tells the app: each delivery until it is taken, over a socket or to the app's address."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.fakes.slack.people import Channel
from tests.fakes.slack.rules import HOUR, MINUTE
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import World

VERIFICATION = "verification-token"
FAILING_SHARE = 0.95


class Failed(Exception):
    """An attempt that the app did not take. ``is_final``: it does not want to hear of it again."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_final = is_final


@dataclass(eq=False, kw_only=True)
class Delivery:
    """``kind`` is that of a Socket Mode envelope: ``events_api``, ``interactive`` or ``slash_commands``.

    ``failures`` are the platform's words for each attempt that the app did not take. ``answer`` is what the app said
    when it took it, None when it said nothing.
    """

    kind: str
    payload: Json
    attempts: int = 0
    failures: list[str] = field(default_factory=list)
    is_taken: bool = False
    is_lost: bool = False
    answer: Any = None
    on_answer: Callable[[Any], None] | None = None
    comes_again_at: float | None = None
    """While the platform lets time pass before it tries again."""

    @property
    def is_event(self) -> bool:
        return self.kind == "events_api"

    @property
    def is_over(self) -> bool:
        return self.is_taken or self.is_lost

    @property
    def event(self) -> Json:
        """The inner event."""
        inner: Json = self.payload.get("event", {})
        return inner


class Way(Protocol):
    """One way to reach the app."""

    async def attempt(self, delivery: Delivery, number: int) -> Any:
        """Hand it over and give the app's answer. ``number`` counts from 0. Raises Failed."""


class Deliveries:
    """Starts deliveries and repeats those of events by the platform's schedule."""

    def __init__(self, world: World, choose: Callable[[], Way]) -> None:
        self.world = world
        self.everything: list[Delivery] = []
        self.unwanted: list[Json] = []
        self.delivered_twice = False
        self.events_are_off = False
        self._choose = choose
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[Delivery] | None = None
        self._started_at: deque[float] = deque()
        self._outcomes: deque[tuple[float, bool]] = deque()
        self._failed = 0
        self._unfinished: dict[Delivery, None] = {}

    @property
    def pending(self) -> list[Delivery]:
        """What the app has not taken yet."""
        return [delivery for delivery in self._unfinished if not delivery.is_over]

    def event(self, subscription: str, inner: Json, channel: Channel | None = None) -> Delivery | None:
        """Tell the app of an event, if it subscribed to its kind; None if not."""
        payload = self.envelope(inner, is_shared=bool(channel and channel.is_shared))
        if subscription not in self.world.subscriptions or self.events_are_off:
            self.unwanted.append(payload)
            return None
        return self.start("events_api", payload)

    def envelope(self, inner: Json, *, is_shared: bool = False) -> Json:
        world = self.world
        authorization = {
            "enterprise_id": world.rules.enterprise or None,
            "team_id": world.team_id,
            "user_id": world.bot.id,
            "is_bot": True,
            "is_enterprise_install": bool(world.rules.enterprise),
        }
        return {
            "token": VERIFICATION,
            "team_id": world.team_id,
            "context_team_id": world.team_id,
            "context_enterprise_id": world.rules.enterprise or None,
            "api_app_id": world.app_id,
            "event": inner,
            "type": "event_callback",
            "event_id": world.new_id("Ev"),
            "event_time": int(world.now()),
            "authorizations": [authorization],
            "is_ext_shared_channel": is_shared,
            "event_context": f"4-{world.short_id()}",
        }

    def start(self, kind: str, payload: Json, on_answer: Callable[[Any], None] | None = None) -> Delivery:
        """Deliver a payload as it is."""
        if kind == "events_api" and self._is_too_much():
            payload = self._rate_limited()
        delivery = Delivery(kind=kind, payload=payload, on_answer=on_answer)
        self._note(delivery)
        if self._held is not None:
            self._held.append(delivery)
        else:
            self._begin(delivery)
        self.world.changed.ring()
        return delivery

    def repeat(self, delivery: Delivery) -> Delivery:
        """Deliver once more what may have been taken already, as the platform does when an answer got lost."""
        again = Delivery(kind=delivery.kind, payload=delivery.payload, attempts=delivery.attempts)
        self._note(again)
        self._begin(again)
        return again

    @contextmanager
    def reordering(self, seed: int | None = None) -> Iterator[None]:
        """Hold back what the block causes, and deliver it at its end, backwards, or shuffled by a seed."""
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
            held.reverse()
            if seed is not None:
                random.Random(seed).shuffle(held)
            for delivery in held:
                self._begin(delivery)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _note(self, delivery: Delivery) -> None:
        self.everything.append(delivery)
        self._unfinished[delivery] = None

    def _begin(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._deliver(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: self._unfinished.pop(delivery, None))

    async def _deliver(self, delivery: Delivery) -> None:
        rules = self.world.rules
        repeats = delivery.is_event or (rules.resends_interactions and "command" not in delivery.payload)
        for pause in (0.0, *(rules.retry_pauses if repeats else ())):
            delivery.comes_again_at = self.world.now() + pause
            self.world.changed.ring()
            await self.world.clock.reaches(delivery.comes_again_at)
            delivery.comes_again_at = None
            if await self._attempt(delivery):
                if delivery.is_event and self.delivered_twice:
                    await self._attempt(delivery)
                return
            if delivery.is_lost:
                return
        delivery.is_lost = True
        self.world.changed.ring()

    async def _attempt(self, delivery: Delivery) -> bool:
        number, delivery.attempts = delivery.attempts, delivery.attempts + 1
        self.world.changed.ring()
        try:
            answer = await self._choose().attempt(delivery, number)
        except Failed as failure:
            delivery.failures.append(failure.reason)
            delivery.is_lost = failure.is_final
        else:
            if not delivery.is_taken:
                delivery.is_taken, delivery.answer = True, answer
                if delivery.on_answer is not None:
                    delivery.on_answer(answer)
        self._count(is_taken=delivery.is_taken)
        self.world.changed.ring()
        return delivery.is_taken

    def _is_too_much(self) -> bool:
        now = self.world.now()
        while self._started_at and self._started_at[0] <= now - HOUR:
            self._started_at.popleft()
        self._started_at.append(now)
        return len(self._started_at) > self.world.rules.events_per_hour

    def _rate_limited(self) -> Json:
        minute = int(self.world.now() // MINUTE * MINUTE)
        return {
            "token": VERIFICATION,
            "type": "app_rate_limited",
            "team_id": self.world.team_id,
            "minute_rate_limited": minute,
            "api_app_id": self.world.app_id,
        }

    def _count(self, *, is_taken: bool) -> None:
        """Switch events off when nearly all of an hour failed."""
        rules, now = self.world.rules, self.world.now()
        self._outcomes.append((now, is_taken))
        self._failed += not is_taken
        while self._outcomes[0][0] <= now - HOUR:
            _, was_taken = self._outcomes.popleft()
            self._failed -= not was_taken
        enough = len(self._outcomes) >= rules.failures_counted_from
        if rules.failures_switch_off and enough and self._failed > FAILING_SHARE * len(self._outcomes):
            self.events_are_off = True
