"""What people see of the app."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from tests.fakes.slack.interactions import PATIENCE_SECONDS
from tests.fakes.slack.messages import Message
from tests.fakes.slack.people import Channel, Person, as_id
from tests.fakes.slack.views import View
from tests.fakes.slack.world import World

T = TypeVar("T")


class Sight(ABC):
    """Looks at messages, modals and home tabs, or waits for them."""

    _world: World

    @abstractmethod
    async def until(self, predicate: Callable[[], T], timeout: float = PATIENCE_SECONDS) -> T:
        """The predicate's first truthy value, asked again whenever something happens. Raises AssertionError."""

    def dm(self, user: Any) -> Channel:
        """The direct conversation of a person and the app."""
        return self._world.im(user if isinstance(user, Person) else self._world.people[user])

    def messages_in(self, channel: Any) -> list[Message]:
        """The app's messages in a channel, or to a person, as they stand now; ephemeral ones are not among them."""
        return self._world.channel(channel).messages

    def ephemerals_of(self, user: Any, *, channel: Any = None) -> list[Message]:
        """What only this person sees."""
        place = self._world.channel(channel) if channel is not None else None
        return [
            message
            for message in self._world.ephemerals
            if message.seen_by == as_id(user) and (place is None or message.channel is place)
        ]

    def home_of(self, user: Any) -> View | None:
        return self._world.homes.get(as_id(user))

    def open_view_of(self, user: Any) -> View | None:
        """The modal on top of this person's stack."""
        stack = self._world.stack_of(user)
        return stack[-1] if stack else None

    def views_of(self, user: Any) -> list[View]:
        """The whole stack, the oldest first."""
        return list(self._world.stack_of(user))

    async def sees(
        self, where: Any, words: str, *, button: str | None = None, timeout: float = PATIENCE_SECONDS
    ) -> Message:
        """The app's newest message there with these words (and a button so called), as soon as there is one.

        ``where`` is a channel, or a person: then what the person sees alone, in any channel, counts too.
        """
        try:
            found = await self.until(lambda: self._find(where, words, button), timeout)
        except AssertionError:
            seen = [(message.plain, message.labels) for message in self._seen(where)]
            raise AssertionError(f"nobody ever saw {words!r} (button {button!r}); there is {seen}") from None
        assert found is not None
        return found

    async def sees_view(self, user: Any, words: str = "", *, timeout: float = PATIENCE_SECONDS) -> View:
        """The person's open modal, as soon as there is one whose title or text holds the words."""

        def find() -> View | None:
            view = self.open_view_of(user)
            return view if view and words in f"{view.title}\n{view.plain}" else None

        found = await self.until(find, timeout)
        assert found is not None
        return found

    async def sees_home(self, user: Any, words: str = "", *, timeout: float = PATIENCE_SECONDS) -> View:
        def find() -> View | None:
            view = self.home_of(user)
            return view if view and words in view.plain else None

        found = await self.until(find, timeout)
        assert found is not None
        return found

    def _seen(self, where: Any) -> list[Message]:
        own = list(self._world.channel(where).messages)
        if isinstance(where, Person):
            own += self.ephemerals_of(where)
        else:
            own += [one for one in self._world.ephemerals if one.channel is self._world.channel(where)]
        return sorted(own, key=lambda one: one.ts)

    def _find(self, where: Any, words: str, button: str | None) -> Message | None:
        for message in reversed(self._seen(where)):
            has_button = button is None or any(label.startswith(button) for label in message.labels)
            if words in message.plain and has_button:
                return message
        return None
