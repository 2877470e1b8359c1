"""The fake as tests hold it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.fakes.telegram.faults import Fault, Faults, Way
from tests.fakes.telegram.people import Group, NewsChannel, User
from tests.fakes.telegram.refusals import Refusal
from tests.fakes.telegram.rules import Rules
from tests.fakes.telegram.server import Call, Server
from tests.fakes.telegram.updates import chat_in
from tests.fakes.telegram.webhook import Webhook
from tests.fakes.telegram.world import PATIENCE_SECONDS, Chat, Json, World

T = TypeVar("T")

TOKEN = "700:AAE-test-token-of-a-bot-that-never-was"


class FakeTelegram:
    """A Bot API server for one bot, and the people who talk to it.

    ``async with FakeTelegram() as telegram`` serves ``telegram.base`` until the end of the block. ``rules`` may be
    changed at any time. Time is the real one plus what ``advance`` added.
    """

    def __init__(self, token: str = TOKEN, *, rules: Rules | None = None, has_schema: bool = True) -> None:
        self.token = token
        self.rules = rules or Rules()
        self._world = World(token=token, rules=self.rules)
        self._faults = Faults()
        self._server = (
            Server.with_published_schema(self._world, self._faults)
            if has_schema
            else Server(self._world, self._faults, None)
        )

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.stop()

    # Who is there.

    def user(self, user_id: int, **facts: Any) -> User:
        """A person that the bot has not met: ``first_name``, ``last_name``, ``username``, ``language_code``."""
        return User(self._world, {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"} | facts)

    def group(self, chat_id: int, title: str, members: Iterable[User] = ()) -> Group:
        """A group with the bot in it; an id of the form ``-100…`` makes it a supergroup."""
        return Group(self._world, chat_id, title, members)

    def channel(self, chat_id: int, title: str) -> NewsChannel:
        """A channel that the bot is an administrator of."""
        return NewsChannel(self._world, chat_id, title)

    # What happened.

    @property
    def base(self) -> str:
        """Address to give to ``TelegramAPIServer.from_base``, or as ``GUANXI_TELEGRAM_API_BASE``."""
        return self._server.base

    @property
    def bot(self) -> Json:
        """The bot as the platform's User object; may be changed in place before it is asked for."""
        return self._world.bot

    @property
    def calls(self) -> list[Call]:
        """All calls in order of arrival, but for polls that were served."""
        return self._server.calls

    @property
    def refusals(self) -> list[Call]:
        """Calls that the platform refused, but for those that a test told it to fail."""
        return [call for call in self.calls if call.is_refused and not call.is_fault]

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    @property
    def pending(self) -> list[Json]:
        """Updates that the bot has not confirmed."""
        return self._world.updates.pending

    @property
    def updates(self) -> list[Json]:
        """All updates that were ever queued."""
        return self._world.updates.everything

    @property
    def unwanted(self) -> list[Json]:
        """Updates of kinds that the bot did not ask for."""
        return self._world.updates.unwanted

    @property
    def is_polled(self) -> bool:
        """Whether a poll waits right now."""
        return self._world.updates.is_polled

    @property
    def polls(self) -> int:
        return self._world.updates.polls

    @property
    def webhook(self) -> Webhook:
        """Where updates are pushed: ``url``, ``pauses``, and ``routes`` from public addresses to local ones."""
        return self._server.webhook

    async def until(self, predicate: Callable[[], T], timeout: float = PATIENCE_SECONDS) -> T:
        """The predicate's first truthy value, asked again whenever something happens. Raises AssertionError."""
        try:
            return await self._world.changed.until(predicate, timeout)
        except TimeoutError:
            lately = [(call.method, call.status, call.description) for call in self.calls[-10:]]
            raise AssertionError(f"it never came to be; the last calls were {lately}") from None

    async def until_confirmed(self, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: not self.pending, timeout)

    # What the platform does by itself.

    def now(self) -> float:
        """Seconds since 1970 by the platform's clock."""
        return self._world.now()

    def advance(self, seconds: float) -> None:
        """Move the platform's clock: rates recover, queries and messages age, updates are forgotten."""
        self._world.advance(seconds)

    def stop_the_clock(self) -> None:
        """From here on it moves by ``advance`` alone, however long the machine takes."""
        self._world.stand()

    def push(self, raw: Json, *, even_unwanted: bool = False) -> Json:
        """Queue any update, under the next ``update_id``. Gives the update as the bot will get it.

        ``even_unwanted``: also when the bot asked for other kinds only.
        """
        return self._world.updates.push(raw, even_unwanted=even_unwanted)

    def introduce(self, raw: Json) -> Chat | None:
        """Make the chat of an update known, so that the bot may answer there; None when the update has no chat."""
        chat = chat_in(raw)
        if chat is None or chat["id"] in self._world.chats:
            return self._world.chats.get(chat["id"]) if chat else None
        kind = chat.get("type", "private")
        person = chat if kind == "private" else None
        known = Chat(world=self._world, id=chat["id"], kind=kind, title=chat.get("title", ""), person=person)
        self._world.chats[known.id] = known
        return known

    def repeat(self, update: Json) -> None:
        """Deliver an update again under its own id, even after it was confirmed."""
        self._world.updates.repeat(update)

    def deliver_twice(self, *, is_on: bool = True) -> None:
        """Deliver every update from now on twice."""
        self._world.updates.delivered_twice = is_on

    # What goes wrong.

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        parameters: Json | None = None,
        *,
        times: int = 1,
        after: int = 0,
    ) -> None:
        """Refuse the next calls of a method (``*``: any but getUpdates) with these words, ``after`` some went through."""
        refusal = Refusal(status, description, **(parameters or {}))
        self._plan(Fault(method.lower(), Way.REFUSE, times, refusal, after=after))

    def cut_next(self, method: str, *, times: int = 1, after_doing: bool = False) -> None:
        """Close the connection instead of answering; ``after_doing`` the work, so that only the answer is lost."""
        self._plan(Fault(method.lower(), Way.LOSE_ANSWER if after_doing else Way.CUT, times))

    def nonsense_next(
        self, method: str, *, body: str = "<html>Bad Gateway</html>", status: int = 502, times: int = 1
    ) -> None:
        """Answer the next calls of a method with a body that is no JSON."""
        self._plan(Fault(method.lower(), Way.NONSENSE, times, status=status, body=body))

    def lag(self, seconds: float, method: str = "*") -> None:
        """Answer later by so many real seconds; 0 ends it."""
        self._faults.lags[method.lower()] = seconds

    @contextmanager
    def holding(self, method: str) -> Iterator[None]:
        """Let calls of a method wait, undone and unanswered, until the block ends."""
        with self._faults.hold(method.lower()):
            yield

    @contextmanager
    def outage(self, *, is_cut: bool = True) -> Iterator[None]:
        """Serve nothing for as long as the block runs: cut connections, or 502."""
        bad_gateway = Refusal(502, "Bad Gateway")
        self._faults.outage = Fault("*", Way.CUT) if is_cut else Fault("*", Way.REFUSE, refusal=bad_gateway)
        self._world.updates.end_poll(bad_gateway)
        try:
            yield
        finally:
            self._faults.outage = None

    @property
    def faults_waiting(self) -> int:
        """How many planned faults nothing has met yet."""
        return sum(fault.times > 0 for fault in self._faults.planned)

    def is_to_fail(self, method: str) -> bool:
        """Whether a fault of this very method waits for its call."""
        return any(fault.method == method.lower() and fault.times for fault in self._faults.planned)

    def _plan(self, fault: Fault) -> None:
        self._faults.planned.append(fault)
