"""What the fake platform remembers: chats, their messages, files and presses."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bell import Bell
from tests.fakes.telegram.keyboards import Button, buttons_of
from tests.fakes.telegram.rates import Rates
from tests.fakes.telegram.refusals import Refusal
from tests.fakes.telegram.rules import Rules
from tests.fakes.telegram.text import with_noticed
from tests.fakes.telegram.updates import Updates
from tests.fakes.telegram.utf16 import cut

Json = dict[str, Any]

PATIENCE_SECONDS = 30.0  # the machine may be busy; nothing waits longer than it must
GENERAL_TOPIC = 1


@dataclass(eq=False, kw_only=True)
class Media:
    """A file that the platform keeps. ``kind`` is the name of the field in a message: photo, document, voice…"""

    kind: str
    content: bytes
    file_id: str
    name: str | None = None
    facts: Json = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.kind}s/{self.file_id}-{self.name or 'file'}"

    def raw(self) -> Any:
        one = {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": len(self.content)}
        if self.kind == "photo":
            return [one | self.facts]
        return one | ({"file_name": self.name} if self.name else {}) | self.facts


@dataclass(eq=False, kw_only=True)
class Message:
    """A message as it stands now. ``text`` is the caption when there is a ``media``."""

    chat: "Chat"
    id: int
    sender: Json
    sent_at: float
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    media: Media | None = None
    markup: Json | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    edits: int = 0
    edited_at: float | None = None
    is_deleted: bool = False
    reactions: list[Json] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    @property
    def buttons(self) -> list[list[Button]]:
        return buttons_of(self.markup)

    @property
    def labels(self) -> list[str]:
        """Labels of all inline buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def photo(self) -> bytes | None:
        return self.media.content if self.media and self.media.kind == "photo" else None

    @property
    def document(self) -> Media | None:
        return self.media if self.media and self.media.kind == "document" else None

    @property
    def is_by_bot(self) -> bool:
        return bool(self.sender["id"] == self.chat.world.bot["id"])

    def marked(self, kind: str) -> list[str]:
        """The words that entities of a kind cover: ``message.marked("bold")``."""
        return [cut(self.text, entity) for entity in self.entities if entity["type"] == kind]

    def button(self, label: str) -> Button:
        """The one inline button with this label, or else the first whose label begins with it; else AssertionError."""
        buttons = [button for row in self.buttons for button in row]
        for button in buttons:
            if button.label == label:
                return button
        for button in buttons:
            if button.label.startswith(label):
                return button
        raise AssertionError(f"no button {label!r} under {self.text!r}: there are {self.labels}")

    def raw(self, *, is_quoted: bool = False) -> Json:
        """The message as the Bot API writes it; a quoted one without what it answers itself."""
        raw: Json = {"message_id": self.id, "from": self.sender, "chat": self.chat.raw(), "date": int(self.sent_at)}
        if self.edited_at is not None:
            raw["edit_date"] = int(self.edited_at)
        if self.media is not None:
            raw[self.media.kind] = self.media.raw()
        words, marks = ("caption", "caption_entities") if self.media else ("text", "entities")
        if self.text:
            raw[words] = self.text
        if entities := with_noticed(self.text, self.entities):
            raw[marks] = entities
        if self.reply_to is not None and not is_quoted:
            raw["reply_to_message"] = self.reply_to.raw(is_quoted=True)
        if self.thread_id is not None:
            # A thread of comments has a number too, but is no topic.
            raw |= {"message_thread_id": self.thread_id} | ({"is_topic_message": True} if self.chat.is_forum else {})
        if self.markup and "inline_keyboard" in self.markup:
            raw["reply_markup"] = self.markup
        return raw | self.extra


@dataclass(eq=False, kw_only=True)
class Topic:
    name: str
    is_closed: bool = False


@dataclass(eq=False, kw_only=True)
class Chat:
    """A private chat or group. ``refuses`` is what every send to it meets, None while the bot may write."""

    world: "World"
    id: int
    kind: str
    title: str = ""
    person: Json | None = None
    refuses: Refusal | None = None
    log: dict[int, Message] = field(default_factory=dict)
    members: dict[int, Json] = field(default_factory=dict)
    administrators: set[int] = field(default_factory=set)
    topics: dict[int, Topic] = field(default_factory=dict)
    has_topics_on: bool = False
    bot_rights: set[str] = field(default_factory=set)
    actions: list[str] = field(default_factory=list)
    unsent: int = 0

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    @property
    def is_group(self) -> bool:
        return self.kind in {"group", "supergroup"}

    @property
    def is_forum(self) -> bool:
        return self.has_topics_on or bool(self.topics)

    def bot_may(self, right: str) -> bool:
        """Whether the bot is an administrator with this right."""
        return self.world.bot["id"] in self.administrators and right in self.bot_rights

    def lose_topic(self, thread: int) -> None:
        """A topic goes with all that was said in it."""
        del self.topics[thread]
        self.has_topics_on = True
        for message in self.log.values():
            message.is_deleted = message.is_deleted or message.thread_id == thread

    @property
    def messages(self) -> list[Message]:
        """The bot's messages as they stand now, oldest first, without those by which topics were opened."""
        return [
            message
            for message in self.log.values()
            if message.is_by_bot and not message.is_deleted and "forum_topic_created" not in message.extra
        ]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        if not self.messages:
            raise AssertionError(f"the bot said nothing in chat {self.id}")
        return self.messages[-1]

    def find(self, words: str, *, button: str | None = None) -> Message | None:
        """The bot's newest message that holds the words and, if named, a button whose label begins so."""
        for message in reversed(self.messages):
            has_button = button is None or any(label.startswith(button) for label in message.labels)
            if words in message.text and has_button:
                return message
        return None

    async def sees(self, words: str, *, button: str | None = None, timeout: float = PATIENCE_SECONDS) -> Message:
        """The bot's newest message with these words, as soon as there is one; AssertionError when late."""
        try:
            found = await self.world.changed.until(lambda: self.find(words, button=button), timeout)
        except TimeoutError:
            texts = [(message.text, message.labels) for message in self.messages]
            raise AssertionError(f"chat {self.id} never saw {words!r} (button {button!r}); it saw {texts}") from None
        assert found is not None
        return found

    def raw(self) -> Json:
        if self.person is not None:
            names = {name: self.person[name] for name in ("first_name", "last_name", "username") if name in self.person}
            return {"id": self.id, "type": "private"} | names
        return {"id": self.id, "type": self.kind, "title": self.title} | ({"is_forum": True} if self.is_forum else {})


@dataclass(eq=False, kw_only=True)
class Press:
    """A press on an inline button, and the bot's answer to it once it came."""

    id: str
    world: "World"
    message: Message
    at: float
    answer: Json | None = None

    async def answered(self, *, timeout: float = PATIENCE_SECONDS) -> Json:
        """Parameters of the bot's answer (``text``, ``show_alert``) as soon as it came. Raises TimeoutError."""
        await self.world.changed.until(lambda: self.answer is not None, timeout)
        assert self.answer is not None
        return self.answer


class World:
    """Everything that the platform knows, for one bot."""

    def __init__(self, *, token: str, rules: Rules) -> None:
        self.token = token
        self.rules = rules
        self.bot: Json = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Desk",
            "username": "desk_test_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Media] = {}
        self.presses: dict[str, Press] = {}
        self.profile: Json = {}
        self.changed = Bell()
        self.updates = Updates(rules, self.now, self.changed.ring)
        self.rates = Rates(rules)
        self._moved_by = 0.0
        self._stands_at: float | None = None
        self._numbers = itertools.count(1)
        self._own_numbers: dict[int, itertools.count[int]] = {}

    def now(self) -> float:
        """Seconds since 1970 by the fake's clock."""
        return (time.time() if self._stands_at is None else self._stands_at) + self._moved_by

    def stand(self) -> None:
        """From here on the clock moves by ``advance`` alone."""
        self._stands_at = time.time()

    def advance(self, seconds: float) -> None:
        self._moved_by += seconds
        self.changed.ring()

    def number(self) -> int:
        return next(self._numbers)

    def message_id(self, chat: Chat) -> int:
        """Supergroups and channels count for themselves, all other chats share one count."""
        if chat.kind in {"supergroup", "channel"}:
            return next(self._own_numbers.setdefault(chat.id, itertools.count(1)))
        return self.number()

    def keep(self, media: Media) -> Media:
        self.files[media.file_id] = media
        return media

    def new_media(self, kind: str, content: bytes, *, name: str | None = None, **facts: Any) -> Media:
        return self.keep(
            Media(kind=kind, content=content, name=name, facts=facts, file_id=f"{kind}{self.number():04d}")
        )

    def post(self, chat: Chat, *, sender: Json, **content: Any) -> Message:
        """Put a message into a chat, without asking whether it may be there."""
        message = Message(chat=chat, id=self.message_id(chat), sender=sender, sent_at=self.now(), **content)
        chat.log[message.id] = message
        self.changed.ring()
        return message
