"""The fake as tests hold it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.fakes.slack.delivering import Deliveries, Delivery
from tests.fakes.slack.desk import Desk
from tests.fakes.slack.faults import Fault, Faults, Way
from tests.fakes.slack.installing import install
from tests.fakes.slack.interactions import PATIENCE_SECONDS, Interactions
from tests.fakes.slack.people import Person
from tests.fakes.slack.pushing import Pushing
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.schema import Json
from tests.fakes.slack.seeing import Sight
from tests.fakes.slack.server import Call, Server
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.world import World

T = TypeVar("T")


class FakeSlack(Desk, Sight):
    """A workspace with one app in it, and the people who use it. What the package's docstring says in words.

    ``rules`` may be changed at any time. Time is the real one, or ``clock``'s, plus what ``advance`` added.
    """

    def __init__(self, *, rules: Rules | None = None, clock: Callable[[], float] | None = None) -> None:
        self.rules = rules or Rules()
        self._world = World(rules=self.rules, source=clock)
        self._faults = Faults()
        self._server = Server(self._world, self._faults)
        self._deliveries: Deliveries = self._server.deliveries
        self._interactions = Interactions(self._world, self._deliveries)

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.stop()

    # How to reach it.

    @property
    def api_base(self) -> str:
        """The Web API's address, ending in ``/api/``: ``AsyncWebClient(base_url=…)`` or ``GUANXI_SLACK_API_BASE``."""
        return f"{self._world.base}/api/"

    @property
    def bot_token(self) -> str:
        return self._world.bot_token

    @property
    def app_token(self) -> str:
        return self._world.app_token

    @property
    def signing_secret(self) -> str:
        return self._world.signing_secret

    @property
    def world(self) -> World:
        """The workspace itself: ``team_id``, ``app_id``, ``bot``, ``scopes``, ``subscriptions``, ``home_is_on``…"""
        return self._world

    @property
    def bot(self) -> Person:
        return self._world.bot

    @property
    def sockets(self) -> Sockets:
        """Socket Mode: ``open`` connections, ``sent`` envelopes, ``strange_frames``."""
        return self._server.sockets

    @property
    def pushing(self) -> Pushing:
        """Signed HTTP: ``url`` (set it to leave Socket Mode), ``posts``, ``verify()``, ``check_ssl()``."""
        return self._server.pushing

    def installs(self, manifest: Json) -> None:
        """Let the app be as its manifest says: scopes, events, commands, shortcuts, tabs, Socket Mode.

        Raises Refusal for a manifest that the platform would not take. Without one the app may and hears all.
        """
        install(self._world, manifest)
        self.sockets.is_enabled = manifest.get("settings", {}).get("socket_mode_enabled", False)

    # What happened.

    @property
    def calls(self) -> list[Call]:
        """All calls in order of arrival; posts to a response_url are calls of ``response_url``."""
        return self._server.calls

    @property
    def refusals(self) -> list[Call]:
        """Calls that the platform refused, but for those that a test told it to fail."""
        return [call for call in self.calls if call.is_refused and not call.is_fault]

    @property
    def broken_markup(self) -> list[str]:
        """Texts of the app in which somebody forgot to escape, so that people read something else."""
        return self._world.broken_markup

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    @property
    def deliveries(self) -> list[Delivery]:
        """All that the app was, or is to be, told."""
        return self._deliveries.everything

    @property
    def pending(self) -> list[Delivery]:
        """What the app has neither taken nor missed for good."""
        return self._deliveries.pending

    @property
    def unwanted(self) -> list[Json]:
        """Events of kinds that the app did not subscribe to."""
        return self._deliveries.unwanted

    @property
    def events_are_off(self) -> bool:
        """Whether the platform gave up on the app, because nearly all of an hour failed."""
        return self._deliveries.events_are_off

    # What happens in time.

    async def until(self, predicate: Callable[[], T], timeout: float = PATIENCE_SECONDS) -> T:
        """The predicate's first truthy value, asked again whenever something happens. Raises AssertionError."""
        try:
            return await self._world.changed.until(predicate, timeout)
        except TimeoutError:
            lately = [(call.method, call.status, call.error, call.messages) for call in self.calls[-10:]]
            waiting = [(one.kind, one.attempts, one.failures) for one in self.pending]
            raise AssertionError(f"it never came to be; calls were {lately}, still pending is {waiting}") from None

    async def until_connected(self, connections: int = 1, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until the app has so many sockets open."""
        await self.until(lambda: len(self.sockets.open) >= connections, timeout)

    async def until_taken(self, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until the app has taken all it was told, or missed it for good."""
        await self.until(lambda: not self.pending, timeout)

    # What the platform does by itself.

    def now(self) -> float:
        """Seconds since 1970 by the platform's clock."""
        return self._world.now()

    def advance(self, seconds: float) -> None:
        """Move the platform's clock: rates recover, triggers expire, what was not acknowledged comes again."""
        self._world.clock.advance(seconds)
        self._world.changed.ring()

    def push(self, raw: Json, *, kind: str = "events_api") -> Delivery:
        """Deliver any payload as it is: a whole event envelope, an interaction, or a command."""
        return self._deliveries.start(kind, raw)

    def push_event(self, inner: Json) -> Delivery:
        """Deliver an inner event in an envelope of its own, subscribed or not."""
        return self._deliveries.start("events_api", self._deliveries.envelope(inner))

    def repeat(self, delivery: Delivery) -> Delivery:
        """Deliver again what may have been taken already, with the same ``event_id``."""
        return self._deliveries.repeat(delivery)

    def deliver_twice(self, *, is_on: bool = True) -> None:
        """Deliver every event from now on twice."""
        self._deliveries.delivered_twice = is_on

    @contextmanager
    def reordering(self, seed: int | None = None) -> Iterator[None]:
        """Deliver what the block causes at its end, backwards, or shuffled by a seed."""
        with self._deliveries.reordering(seed):
            yield

    # What goes wrong.

    async def warns(self) -> None:
        """Announce over every socket that it will be closed; then ``cuts`` or ``refreshes`` does it."""
        await self.sockets.warn()

    async def refreshes(self) -> None:
        """Ask for a new connection and close the old ones."""
        await self.sockets.warn("refresh_requested")

    async def disables_sockets(self) -> None:
        """Somebody turned Socket Mode off: no connection, and no new one."""
        self.sockets.is_enabled = False
        await self.sockets.warn("link_disabled")

    def enables_sockets(self) -> None:
        self.sockets.is_enabled = True

    async def cuts(self) -> None:
        """Break every socket without a word."""
        await self.sockets.cut()

    def falls_silent(self, *, is_on: bool = True) -> None:
        """Let all open sockets stay open and dead: nothing comes, nothing is heard, pings stay unanswered."""
        for connection in self.sockets.open:
            connection.is_silent = is_on

    def fail_next(
        self, method: str, error: str, *messages: str, status: int = 200, times: int = 1, after: int = 0, **more: Any
    ) -> None:
        """Refuse the next calls of a method (``*``: any) with this error, ``after`` some went through.

        ``retry_after=N`` gives the header too, ``needed`` and ``provided`` go into the body.
        """
        refusal = Refusal(error, *messages, status=status, **more)
        self._plan(Fault(method, Way.REFUSE, times, refusal, after=after))

    def limit_next(self, method: str, retry_after: int, *, times: int = 1) -> None:
        """Answer the next calls of a method 429."""
        self.fail_next(method, "ratelimited", status=429, times=times, retry_after=retry_after)

    def cut_next(self, method: str, *, times: int = 1, after_doing: bool = False) -> None:
        """Close the connection instead of answering; ``after_doing`` the work, so that only the answer is lost."""
        self._plan(Fault(method, Way.LOSE_ANSWER if after_doing else Way.CUT, times))

    def nonsense_next(
        self, method: str, *, body: str = "<html>Bad Gateway</html>", status: int = 502, times: int = 1
    ) -> None:
        """Answer the next calls of a method with a body that is no JSON."""
        self._plan(Fault(method, Way.NONSENSE, times, status=status, body=body))

    def lag(self, seconds: float, method: str = "*") -> None:
        """Answer later by so many real seconds; 0 ends it."""
        self._faults.lags[method] = seconds

    @contextmanager
    def holding(self, method: str) -> Iterator[None]:
        """Let calls of a method wait, undone and unanswered, until the block ends."""
        with self._faults.hold(method):
            yield

    @contextmanager
    def outage(self, *, is_cut: bool = True) -> Iterator[None]:
        """Serve no call for as long as the block runs: cut connections, or 503. Sockets are a matter of ``cuts``."""
        unavailable = Refusal("service_unavailable", status=503)
        self._faults.outage = Fault("*", Way.CUT) if is_cut else Fault("*", Way.REFUSE, refusal=unavailable)
        try:
            yield
        finally:
            self._faults.outage = None

    def _plan(self, fault: Fault) -> None:
        self._faults.planned.append(fault)
