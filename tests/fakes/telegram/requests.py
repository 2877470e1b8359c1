"""One call of the bot as the methods see it, and the table of methods."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.refusals import Refusal, bad_request
from tests.fakes.telegram.schema import missing
from tests.fakes.telegram.world import Chat, Json, World

if TYPE_CHECKING:
    from tests.fakes.telegram.webhook import Webhook

GENERAL_TOPIC = 1


@dataclass(frozen=True)
class Upload:
    """A file in a multipart body."""

    name: str
    content: bytes


@dataclass
class Request:
    """``values`` are the parameters by name as the values of their types."""

    world: World
    webhook: "Webhook"
    method: str
    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def need(self, name: str) -> Any:
        """A parameter that must be there, else 400 in the platform's words for it."""
        if name not in self.values:
            raise missing(name)
        return self.values[name]

    def chat(self) -> Chat:
        """The chat of the request, as long as the bot may write there."""
        chat = self.world.chats.get(self.need("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        if chat.refuses is not None:
            raise Refusal(chat.refuses.status, chat.refuses.description, **chat.refuses.parameters)
        return chat

    def thread(self, chat: Chat) -> int | None:
        """The topic to write to. The General one has a number that cannot be written to."""
        thread: int | None = self.values.get("message_thread_id")
        if thread is None:
            return None
        if not chat.is_forum and any(message.thread_id == thread for message in chat.log.values()):
            return thread
        topic = chat.topics.get(thread)
        if topic is None or thread == GENERAL_TOPIC:
            raise bad_request("message thread not found")
        if topic.is_closed and not chat.bot_may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return thread

    def admit(self, chat: Chat) -> None:
        """Count one message, or raise 429."""
        is_paid = bool(self.values.get("allow_paid_broadcast"))
        self.world.rates.admit(chat.id, is_group=chat.is_group, is_paid=is_paid, now=self.world.now())


Method = Callable[[Request], Any] | Callable[[Request], Awaitable[Any]]
METHODS: dict[str, Method] = {}


def method(*names: str) -> Callable[[Method], Method]:
    """Register a function as the Bot API's methods of these names."""

    def register(function: Method) -> Method:
        METHODS.update(dict.fromkeys(names, function))
        return function

    return register
