"""Everything that the platform knows of one workspace with one app in it."""

import itertools
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.bell import Bell
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.markup import readable
from tests.fakes.slack.messages import Message
from tests.fakes.slack.people import Channel, File, Person, as_id
from tests.fakes.slack.rates import Rates
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.schema import Json
from tests.fakes.slack.views import View

if TYPE_CHECKING:
    from tests.fakes.slack.scheduling import Scheduled

BOT_TOKEN = "xoxb-700-test-token-of-an-app-that-never-was"
APP_TOKEN = "xapp-1-A0GUANXI01-test-token"
SIGNING_SECRET = "test-signing-secret-of-an-app"
SCOPES = (
    "app_mentions:read channels:history channels:join channels:read chat:write commands files:read files:write "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read mpim:write reactions:read "
    "reactions:write team:read users:read users:read.email"
)
EVENTS = (
    "app_home_opened app_mention app_uninstalled channel_archive channel_id_changed channel_rename channel_unarchive file_deleted file_shared "
    "member_joined_channel member_left_channel message.channels message.groups message.im message.mpim "
    "reaction_added reaction_removed team_join tokens_revoked user_change"
)
ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(eq=False, kw_only=True)
class Trigger:
    """Lets the app open one view for a person, soon and once."""

    id: str
    user: str
    at: float
    view: View | None = None
    is_used: bool = False


@dataclass(eq=False, kw_only=True)
class Hook:
    """A response_url: a few messages to where a person acted."""

    id: str
    user: str
    channel: Channel
    at: float
    message: Message | None = None
    uses: int = 0


class World:
    """``base`` is the address of the server, known once it runs."""

    def __init__(self, *, rules: Rules, source: Callable[[], float] | None = None) -> None:
        self.rules = rules
        self.changed = Bell()
        self.clock = Clock(source)
        self.rates = Rates(rules)
        self.base = ""
        self.team_id, self.app_id, self.bot_id = "T0GUANXI01", "A0GUANXI01", "B0GUANXI01"
        self.team_name, self.domain = "Guanxi", "guanxi-test"
        self.bot_token, self.app_token, self.signing_secret = BOT_TOKEN, APP_TOKEN, SIGNING_SECRET
        self.scopes = set(SCOPES.split())
        self.subscriptions = set(EVENTS.split())
        self.token_error = ""
        self.commands: set[str] | None = None
        self.shortcuts: set[tuple[str, str]] | None = None
        self.home_is_on = True
        self.messages_tab_is_on = True
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.ephemerals: list[Message] = []
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.uploads: dict[str, int] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.broken_markup: list[str] = []
        self._numbers = itertools.count(1)
        self._letters = random.Random(20)
        self._last_ts = 0
        self.bot = self.add_person("guanxi", real_name="Guanxi", is_bot=True, id="U0GUANXI01")

    def now(self) -> float:
        """Seconds since 1970 by the fake's clock."""
        return self.clock.now()

    def new_id(self, letter: str) -> str:
        return f"{letter}0{next(self._numbers):08d}"

    def short_id(self) -> str:
        """As the platform names blocks and actions that the app left nameless."""
        return "".join(self._letters.choices(ID_LETTERS, k=5))

    def ts(self) -> str:
        """A moment that names a message, unlike any before it."""
        self._last_ts = max(round(self.now() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # Who and what is there.

    def add_person(self, name: str, **facts: Any) -> Person:
        person_id = facts.pop("id", None) or self.new_id("U")
        facts = {"real_name": name.title(), "team_id": self.team_id} | facts
        person = Person(world=self, id=person_id, name=name.lower(), **facts)
        self.people[person.id] = person
        return person

    def add_channel(self, kind: str, name: str, members: list[str], **facts: Any) -> Channel:
        channel_id = facts.pop("id", None) or self.new_id({"im": "D"}.get(kind, "C"))
        channel = Channel(
            world=self, id=channel_id, kind=kind, name=name, members=members, created=int(self.now()), **facts
        )
        self.channels[channel.id] = channel
        return channel

    def im(self, person: Person) -> Channel:
        """The direct conversation of the app and a person."""
        for channel in self.channels.values():
            if channel.is_im and person.id in channel.members:
                return channel
        return self.add_channel("im", "", [self.bot.id, person.id])

    def channel(self, one: Any) -> Channel:
        """By the thing, its id, its name, or the person of a direct conversation. Raises AssertionError."""
        if isinstance(one, Channel):
            return one
        if isinstance(one, Person):
            return self.im(one)
        named = [channel for channel in self.channels.values() if one in {channel.id, channel.name, f"#{channel.name}"}]
        if not named and one in self.people:
            return self.im(self.people[one])
        assert named, f"there is no channel {one!r}"
        return named[0]

    def readable(self, text: str) -> str:
        names = {person.id: person.name for person in self.people.values()}
        return readable(text, names | {channel.id: channel.name for channel in self.channels.values()})

    def bot_profile(self) -> Json:
        icons = {f"image_{size}": "https://avatars.example.com/app.png" for size in (36, 48, 72)}
        return {
            "id": self.bot_id,
            "deleted": False,
            "name": self.bot.real_name,
            "updated": 1_700_000_000,
            "app_id": self.app_id,
            "icons": icons,
            "team_id": self.team_id,
        }

    # Messages and files.

    def post(self, channel: Channel, *, user: str, blocks: list[Json] | None = None, **content: Any) -> Message:
        """Put a message into a channel, without asking whether it may be there."""
        message = Message(world=self, channel=channel, ts=self.ts(), user=user, **content)
        message.show(blocks or [])
        if message.seen_by is None:
            channel.log[message.ts] = message
            root = channel.log.get(message.thread_ts or "")
            if root is not None:
                root.answers.append(message)
        else:
            self.ephemerals.append(message)
        self.changed.ring()
        return message

    def keep_file(self, name: str, content: bytes, owner: str, **facts: Any) -> File:
        file = File(
            world=self, id=self.new_id("F"), name=name, content=content, owner=owner, created=int(self.now()), **facts
        )
        self.files[file.id] = file
        return file

    # Views.

    def new_hash(self) -> str:
        return f"{int(self.now())}.{self.short_id()}{self.short_id()}"

    def trigger(self, user: str, view: View | None = None) -> Trigger:
        number = next(self._numbers)
        trigger = Trigger(id=f"{number}.{number + 700}.{self.short_id()}", user=user, at=self.now(), view=view)
        self.triggers[trigger.id] = trigger
        return trigger

    def hook(self, user: str, channel: Channel, message: Message | None = None) -> Hook:
        hook = Hook(id=self.new_id("H"), user=user, channel=channel, at=self.now(), message=message)
        self.hooks[hook.id] = hook
        return hook

    def hook_url(self, hook: Hook, kind: str = "actions") -> str:
        return f"{self.base}/{kind}/{self.team_id}/{hook.id}"

    def take_trigger(self, trigger_id: str) -> Trigger:
        """Use a trigger up. Raises Refusal."""
        if not trigger_id.count("."):
            raise Refusal("invalid_trigger_id")
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.is_used:
            raise Refusal("exchanged_trigger_id")
        if self.now() - trigger.at > self.rules.trigger_seconds:
            raise Refusal("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def new_view(self, user: str, form: Json, **place: Any) -> View:
        """A view that was not there before. Raises Refusal for an ``external_id`` in use."""
        self.claim_external_id(form.get("external_id", ""), None)
        view = View(
            world=self, id=self.new_id("V"), user=user, form=without_blocks(form), hash=self.new_hash(), **place
        )
        view.show(form["blocks"])
        self.views[view.id] = view
        self.changed.ring()
        return view

    def change_view(self, view: View, form: Json) -> None:
        self.claim_external_id(form.get("external_id", ""), view)
        view.form, view.hash, view.errors = without_blocks(form), self.new_hash(), {}
        view.show(form["blocks"])
        self.changed.ring()

    def claim_external_id(self, external_id: str, own: View | None) -> None:
        for view in self.views.values():
            if external_id and view is not own and view.is_open and view.external_id == external_id:
                raise Refusal("duplicate_external_id")

    def stack_of(self, user: Any) -> list[View]:
        return self.stacks.setdefault(as_id(user), [])


def without_blocks(form: Json) -> Json:
    copied: Json = json.loads(json.dumps({name: value for name, value in form.items() if name != "blocks"}))
    return copied
