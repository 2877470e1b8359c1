"""What comes in from a channel: a ``ChatEvent`` with one content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

LONGEST_REF = 1000  # characters of ``Attachment.ref``


class PlaceKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A private chat, group, thread or topic. ``key`` is the channel's own address of it and unique in the channel:
    a thread or topic has a key of its own, and ``parent`` is the group's. Answers go where the event came from, so what is
    said in a thread is answered there. Threads inside a private chat are that chat, under its one key. ``root`` is the
    message of ``parent`` that a thread hangs on, where the channel has threads of that kind."""

    channel: str
    key: str
    kind: PlaceKind = PlaceKind.PRIVATE
    parent: str | None = None
    title: str | None = None
    root: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who speaks, as the platform knows them. ``name`` is what they are called there.

    ``locale`` (``en-GB``, ``zh_CN``) and ``timezone`` (IANA) are the platform's guess, or None; they matter when somebody is
    met for the first time. ``is_member``: of the workspace that installed the bot, so a colleague who may ask to join,
    never a stranger; guests, people of other organisations and channels without such a notion leave it False.
    ``private_place``: the key of their private chat with the bot where the channel knows it although they speak in a group,
    so that whoever is met there can be written to."""

    user: str
    name: str = ""
    locale: str | None = None
    timezone: str | None = None
    username: str | None = None
    is_member: bool = False
    private_place: str | None = None


@dataclass(frozen=True)
class Text:
    """What somebody wrote. ``addressed``: in a group, meant for the bot (a command, a mention, a reply to it).

    ``slash_optional``: it followed a command of the platform's own (``/crm lead …``), so a command's name at its start is
    that command also without a slash."""

    text: str
    addressed: bool = True
    slash_optional: bool = False


@dataclass(frozen=True)
class Press:
    """A button: a verb and an id, as ``Button.press`` had them. ``message`` is the message it stands on, if known.

    ``home``: it stands on the person's home page, and what it leads to is shown there."""

    payload: str
    message: str | None = None
    home: bool = False


@dataclass(frozen=True)
class FormFilled:
    """A form sent off. ``form`` is ``Form.press``; ``message`` the card it belongs to. ``home``: it was opened by a button of
    the home page."""

    form: str
    values: Mapping[str, str]
    message: str | None = None
    home: bool = False


@dataclass(frozen=True)
class FormClosed:
    """The person closed a native form without sending it off; ``form`` is ``Form.press``."""

    form: str


@dataclass(frozen=True)
class MembersChanged:
    """``hears_all``: where the bot came in, the platform shows it everything that is said, not only what is meant for it."""

    joined: tuple[Sender, ...] = ()
    left: tuple[Sender, ...] = ()
    bot_joined: bool = False
    bot_left: bool = False
    hears_all: bool = True


@dataclass(frozen=True)
class Blocked:
    """The person closed (or reopened) the private chat with the bot."""

    blocked: bool


@dataclass(frozen=True)
class ConversationMoved:
    """The platform gave a conversation another key; events may come under both for a while. ``keeps_messages``: those
    that stand there have the numbers that they had."""

    old: str
    new: str
    keeps_messages: bool = False


@dataclass(frozen=True)
class Location:
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Attachment:
    """A photo, file, voice note or video with its caption. ``ref`` is what ``Channel.fetch`` finds the bytes by, at most
    ``LONGEST_REF`` characters; ``name``, ``mime`` and ``size`` (bytes) are the platform's claims, or None.

    ``album``: the platform's id of what was sent together but arrives as events of their own (Telegram's
    ``media_group_id``); the first is answered, the others join it silently. ``addressed`` as in ``Text``.
    ``is_forwarded``: somebody else may have written the caption."""

    kind: str  # photo, file, voice, video
    ref: str
    name: str | None = None
    mime: str | None = None
    size: int | None = None
    caption: str = ""
    album: str | None = None
    addressed: bool = True
    is_forwarded: bool = False


@dataclass(frozen=True)
class Album:
    """Several files in one message, as Slack sends them; the words beside them are ``caption``."""

    files: tuple[Attachment, ...]
    caption: str = ""
    addressed: bool = True


@dataclass(frozen=True)
class ContactCard:
    """``is_own``: the card is the sender's own, as the platform proves it."""

    phone: str
    name: str
    is_own: bool


@dataclass(frozen=True)
class Quoted:
    """A message that another one points at. ``user`` wrote it, as in ``Sender.user``; it is never one of the bot's. ``where``
    is the thread that it is in, or would begin, if that is not the event's conversation."""

    text: str
    author: str = ""
    user: str | None = None
    where: Conversation | None = None


@dataclass(frozen=True)
class Reaction:
    """Put on a message, or taken off it. ``emoji`` is the character itself (✅, 🎫), also where the platform has names for
    them; a name without a character stays a name. The event's conversation is where the message stands. ``of`` is the message
    itself, where the channel still knows it."""

    emoji: str
    message: str
    added: bool = True
    of: Quoted | None = None


@dataclass(frozen=True)
class HomeOpened:
    """The person opened the app's home page, where a channel has one. The event's conversation is their private chat with
    the bot; the answer is a ``Reply`` with ``home``."""


@dataclass(frozen=True)
class Quote:
    """Words that somebody wrote. ``author`` is what they are called there, empty when nobody knows."""

    text: str
    author: str = ""


@dataclass(frozen=True)
class Forwarded:
    """Somebody's message that the person passed on to us, in their private chat with the bot. ``author`` as in ``Quote``;
    ``at`` (aware UTC) is when it was written; ``author_id`` who wrote it, as in ``Sender.user``, None where the platform hides
    it. Messages forwarded together come as events of their own."""

    text: str
    author: str
    at: datetime
    author_id: str | None = None


@dataclass(frozen=True)
class MessagePicked:
    """The person chose one of our actions from a message's own menu; ``action`` is ``log`` or ``ticket``.

    ``thread`` holds the lines of its thread, oldest first, the picked message among them; empty when it stands alone.
    ``link`` opens it on the platform. ``where`` is the thread that the message is in, or would begin, and ``user`` who wrote
    it, as the platform knows them; None for a private chat, and for a message of nobody's. The event's conversation is the person's private chat with the bot, because what
    comes of it is theirs alone; ``ChatEvent.message`` stays None."""

    action: str
    message: Quote
    thread: tuple[Quote, ...] = ()
    link: str | None = None
    where: Conversation | None = None
    user: str | None = None


@dataclass(frozen=True)
class Edited:
    """A message was changed or, with ``text`` None, deleted."""

    message: str
    text: str | None


@dataclass(frozen=True)
class Unknown:
    """What the adapter does not know or the library's models rejected; kept so that nothing is dropped silently."""

    kind: str
    raw: Mapping[str, Any] = field(default_factory=dict)


Content = (
    Text
    | Press
    | FormFilled
    | FormClosed
    | MembersChanged
    | Blocked
    | ConversationMoved
    | Location
    | Attachment
    | Album
    | ContactCard
    | Reaction
    | HomeOpened
    | Forwarded
    | MessagePicked
    | Edited
    | Unknown
)


@dataclass(frozen=True, kw_only=True)
class ChatEvent:
    """One thing that happened on a channel. ``delivery_id`` stays the same when the platform repeats itself;
    ``at`` is the platform's time (aware UTC); ``trigger`` opens a native form; ``extra`` is for the channel alone and
    comes back in ``Outgoing.extra`` of the answer (a private answer's URL and expiry, a callback's id). ``parts``: an
    ``Album`` that came in several deliveries has one for each of its files, the first of them ``delivery_id``.
    ``quoted`` is what ``reply_to`` names, where the channel knows its words. ``in_some_topic``: the platform names the group alone, though ``message`` may stand in one of its topics."""

    channel: str
    delivery_id: str
    conversation: Conversation
    sender: Sender | None
    at: datetime
    content: Content
    message: str | None = None
    reply_to: str | None = None
    quoted: Quoted | None = None
    trigger: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    in_some_topic: bool = False
