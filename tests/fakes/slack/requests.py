"""One call of the app as the methods see it, and the table of methods."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.fakes.slack.delivering import Deliveries
from tests.fakes.slack.people import Channel
from tests.fakes.slack.refusals import Refusal, invalid_arguments, missing_argument, missing_scope
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import World

T = TypeVar("T")

SPECIAL: None = None
READING = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
LARGEST_PAGE = 1_000
EVERYWHERE = {"token", "team_id", "as_user", "icon_emoji", "icon_url", "username"}


@dataclass
class Request:
    """``values`` are the parameters as they came: strings in a form, any JSON in JSON."""

    world: World
    deliveries: Deliveries
    method: "Method"
    values: Json
    new_ticket: Callable[[], str]
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def need(self, name: str) -> str:
        if not self.text(name):
            raise missing_argument(name)
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else str(value).lower() in {"1", "true"}

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """An object or list, which forms carry as a string of JSON. Raises Refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(error) from None

    def need_scope(self, scope: str) -> None:
        if scope not in self.world.scopes:
            raise missing_scope(scope, ",".join(sorted(self.world.scopes)))

    def channel(self, name: str = "channel") -> Channel:
        """A conversation that the app can see, by its id."""
        channel = self.world.channels.get(self.need(name))
        if channel is None or (channel.kind != "channel" and not channel.has_bot):
            raise Refusal("channel_not_found")
        return channel

    def readable_channel(self) -> Channel:
        """A conversation whose messages the app may read."""
        channel = self.channel()
        self.need_scope(f"{READING[channel.kind]}:history")
        if not channel.has_bot:
            raise Refusal("not_in_channel")
        return channel

    def page(self, items: Sequence[T]) -> tuple[list[T], Json]:
        """The asked part of a list, and where the next one begins."""
        limit = self._limit()
        start = self._start()
        if self.world.rules.pages_may_be_empty and not self.text("cursor") and items:
            return [], {"next_cursor": "start:0"}
        end = start + limit
        return list(items[start:end]), {"next_cursor": f"start:{end}" if end < len(items) else ""}

    def _limit(self) -> int:
        rules = self.world.rules
        value = self.text("limit") or str(rules.page_size)
        if not value.isdigit() or not 0 <= int(value) <= LARGEST_PAGE:
            raise Refusal("invalid_limit")
        limit = int(value) or rules.page_size
        commercial = rules.is_commercial and self.method.name in {"conversations.history", "conversations.replies"}
        return min(limit, 15) if commercial else limit

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        word, _, number = cursor.partition(":")
        if word != "start" or not number.isdigit():
            raise Refusal("invalid_cursor")
        return int(number)


Function = Callable[[Request], Json]


@dataclass(frozen=True)
class Method:
    """``tier`` None: a rate of its own. ``reads``: takes no JSON bodies. ``scope`` is needed whatever is asked."""

    name: str
    function: Function
    tier: int | None
    arguments: frozenset[str]
    scope: str = ""
    reads: bool = False
    is_for_app_token: bool = False

    def check_names(self, values: Json) -> None:
        for name in values.keys() - self.arguments - EVERYWHERE:
            raise invalid_arguments(f"the fake knows no parameter {name} of {self.name}")


METHODS: dict[str, Method] = {}


def method(name: str, *, tier: int | None, arguments: str = "", **facts: Any) -> Callable[[Function], Function]:
    """Register a function as a method of the Web API; ``facts`` are those of Method."""

    def register(function: Function) -> Function:
        METHODS[name] = Method(name, function, tier, frozenset(arguments.split()), **facts)
        return function

    return register
