"""What a channel gets to send, what it can do, and what it promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from handlers.chat.replies import Phrase


@dataclass(frozen=True)
class RenderedButton:
    label: str
    press: str
    url: str | None = None
    opens_form: bool = False
    is_main: bool = False
    starts_row: bool = False
    asks_phone: bool = False


@dataclass(frozen=True)
class RenderedField:
    name: str
    label: str
    kind: str
    required: bool
    value: str
    choices: tuple[tuple[str, str], ...]
    hint: str


@dataclass(frozen=True)
class RenderedForm:
    press: str
    title: str
    submit: str
    fields: tuple[RenderedField, ...]
    note: str = ""


@dataclass(frozen=True)
class Rendered:
    """Finished for one reader. ``title`` is shown strongly, ``text`` is plain: escaping is the channel's.

    ``rows`` are rows of buttons: each line of a list that has buttons keeps its own row."""

    text: str
    title: str = ""
    rows: tuple[tuple[RenderedButton, ...], ...] = ()
    form: RenderedForm | None = None
    picture: bytes | None = None
    picture_alt: str = ""
    document: bytes | None = None
    document_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """``edit`` is the platform's id of a message to replace; ``to_user`` alone may see it in a group. ``home``: no message,
    but the home page of ``to_user``; ``Channel.send`` gives None for it. Only channels that send ``HomeOpened`` meet it.
    ``key`` stays the same when it is tried again; ``may_stand``: a process died while it said this, or got no answer, so that it
    may stand there already. A channel that can look says it once. ``under`` as in ``Reply``."""

    place: str
    body: Rendered
    edit: str | None = None
    reply_to: str | None = None
    to_user: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    home: bool = False
    key: str | None = None
    may_stand: bool = False
    under: str | None = None


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    buttons: bool = True
    forms: bool = False
    opens_after_words: bool = False
    """A native form can be opened in answer to words, too, where their event carries a ``trigger``."""
    edit: bool = True
    private_in_group: bool = False
    pictures: bool = True
    documents: bool = True
    reactions: bool = False
    asks_phone: bool = False
    text_limit: int = 4096
    buttons_limit: int = 100
    label_limit: int = 64
    form_fields: int = 90
    """So many fields stand on one native form; a longer one comes in steps."""


@runtime_checkable
class HasThreads(Protocol):
    """A channel in whose groups a thread can have a name of its own, as topics of a forum have. A thread's key begins with
    the group's key and a slash."""

    async def open_thread(self, place: str, title: str, *, key: str) -> str | None:
        """Open one in this group, and give its key; None where the group has none or does not let us.

        A second call with the same ``key`` gives the same thread, as long as this process lives. Raises as ``send`` does.
        """

    async def set_thread(self, place: str, *, is_open: bool) -> None:
        """Close a thread, or open it again. What the platform refuses is logged; raises as ``send`` does otherwise."""


@runtime_checkable
class Examines(Protocol):
    """A channel that can say what keeps the bot from working well in a group."""

    async def examine(self, place: str) -> Sequence[Phrase]:
        """What is missing there, each with what to do about it. Raises as ``send`` does."""


class Channel(Protocol):
    """A chat platform as delivery sees it."""

    name: str
    capabilities: Capabilities

    async def send(self, outgoing: Outgoing) -> str | None:
        """Send, or edit in place; gives the platform's id of the (last) message.

        When the message to edit is gone a fresh one is sent; "not modified" is success. Raises ChannelBusy,
        RecipientUnreachable, or OSError/TimeoutError-like faults of the network that are worth another try."""

    async def fetch(self, ref: str, *, limit: int) -> bytes:
        """The bytes behind an ``Attachment.ref`` that this channel made, at most ``limit`` of them.

        Called outside any transaction, some time after the event was committed, and again after a crash or a fault.
        It asks the platform with the bot's own token, reads no further than ``limit``, and judges nothing: type and
        emptiness are checked by the caller (``scheduler.fetching``). Raises FileRefused (``TOO_LARGE``, ``GONE``,
        ``FORBIDDEN``) when asking again is no use, ChannelBusy, or OSError/TimeoutError-like faults of the network that
        are worth another try. A login page in place of the file, as Slack gives without the scope, is ``FORBIDDEN``."""

    async def close(self) -> None: ...
