"""What is said, before anybody knows in which language or on which channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEPT = "attachment"  # the kind of a Picture or Document whose bytes are kept; its fact ``stored`` names them


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
    """One line of a list or card, with the buttons that belong to it. ``whole``: it is a message of its own that stands in a
    list, so its title is said before its words."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    whole: bool = False


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
