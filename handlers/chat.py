"""The neutral vocabulary between channels and handlers. No platform is named here; a channel says what it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

LONGEST_REF = 1000  # characters of ``Attachment.ref``
KEPT = "attachment"  # the kind of a Picture or Document whose bytes are kept; its fact ``stored`` names them

# ---------------------------------------------------------------- what comes in


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


# ---------------------------------------------------------------- what goes out


@dataclass(frozen=True)
class Phrase:
    """A catalogue key with its facts; also usable as a fact itself (a word that depends on the reader's language)."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Button:
    """``key`` is the label's catalogue key; ``press`` a verb and an id (``draft.save:12``), at most 64 bytes.

    ``url`` opens a link instead. ``opens_form`` declares that pressing opens a form. ``is_main``: what most people
    will press; a channel that can shows it strongly. ``starts_row``: it never shares a row with those before it.
    ``asks_phone``: a press sends the person's own ``ContactCard``; only in private chats, alone on its message, and left out
    where the channel cannot."""

    key: str
    press: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None
    opens_form: bool = False
    is_main: bool = False
    starts_row: bool = False
    asks_phone: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a list or card, with the buttons that belong to it."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Choice:
    value: str
    label: Phrase | str


@dataclass(frozen=True)
class Field:
    """``kind``: text, long, choice, date, time, number, phone, email. ``label`` is a catalogue key, filled in with the form's
    facts and the field's own."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    value: str = ""
    choices: tuple[Choice, ...] = ()
    hint: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """``press`` comes back in ``FormFilled.form`` (a verb and a draft's id). ``note`` stands above the fields."""

    press: str
    title: str
    fields: tuple[Field, ...]
    submit: str = "button-save"
    facts: Mapping[str, Any] = field(default_factory=dict)
    note: Phrase | None = None


@dataclass(frozen=True)
class Picture:
    """A picture drawn when it is sent: ``kind`` names the drawing, ``facts`` what it needs (``qr``: text)."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    name: str
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What to say. ``card`` names the record it shows (``draft:12``, ``followup:31``): the place of such a message is
    remembered, and a press on it edits it in place unless ``fresh``. ``private``: in a group, for the speaker only.
    ``home``: the speaker's home page, in place of what stood there. ``locale``:
    in this language rather than the reader's, because it is to be forwarded. ``under``: the platform's id of a message of
    the same group below which it is said, in its thread, else as a reply to it.

    ``opens`` names a thread of its own that is opened for it, where the group has such (topics of a forum) and lets us; else
    it is said in the group. ``inside`` is the key of a thread of the group in which it is said, and ``ends_thread`` whether
    that thread is to be closed with it (True) or opened again (False). ``examines`` is a channel and a group: what keeps us
    from working there is found out when it is sent, and stands in the lines below. ``unmasked``: what the company masks for the reader's role is shown,
    because they asked to see it, and that is kept."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    form: Form | None = None
    picture: Picture | None = None
    document: Document | None = None
    card: str | None = None
    fresh: bool = False
    private: bool = False
    locale: str | None = None
    home: bool = False
    under: str | None = None
    opens: Phrase | None = None
    inside: str | None = None
    ends_thread: bool | None = None
    examines: tuple[str, str] | None = None
    unmasked: bool = False


@dataclass(frozen=True)
class Receipt:
    """What must travel in the platform's own answer, and may be lost: a toast, errors at fields, a form to open."""

    toast: Phrase | None = None
    field_errors: Mapping[str, Phrase] = field(default_factory=dict)
    form: Form | None = None
    locale: str = "en"
    timezone: str = "UTC"


# ---------------------------------------------------------------- what a channel gets and promises


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
    ``key`` stays the same when it is tried again; ``may_stand``: a process died while it said this, so that it may stand
    there already. A channel that can look says it once. ``under`` as in ``Reply``."""

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
