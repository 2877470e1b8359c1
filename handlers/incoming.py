"""What comes in, as databases can keep it: no NUL, no half of a surrogate pair, nothing of endless length."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from handlers.chat import (
    Album,
    Attachment,
    ChatEvent,
    ContactCard,
    Conversation,
    FormFilled,
    Forwarded,
    MessagePicked,
    Phrase,
    Press,
    Quote,
    Quoted,
    Reaction,
    Sender,
    Text,
)
from handlers.router import FieldErrors

LONGEST_VALUE = 4000  # of one field of a form
LONGEST_NAME = 200  # of a sender
LONGEST_ID = 200  # of what a platform numbers; the columns of addresses hold twice that, for threads
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


def keepable(event: ChatEvent) -> ChatEvent:
    """The event without characters that PostgreSQL or UTF-8 refuse. Other marks stay; handlers clean what they keep."""
    sender, content = event.sender, event.content
    quoted = None if event.quoted is None else _quoted(event.quoted)
    sender = None if sender is None else _sender(sender)
    return replace(
        event,
        delivery_id=_id(event.delivery_id),
        conversation=_conversation(event.conversation),
        sender=sender,
        content=_content(content),
        message=_id(event.message) if event.message else None,
        reply_to=_id(event.reply_to) if event.reply_to else None,
        quoted=quoted,
        extra={name: value for name, value in event.extra.items() if _is_keepable(value)}
        if event.extra
        else event.extra,
    )


def _is_keepable(value: object) -> bool:
    return not isinstance(value, str) or not _UNKEEPABLE.search(value)


def _id(text: str) -> str:
    """No platform numbers anything so oddly; what does is told apart all the same."""
    if len(text) <= LONGEST_ID and not _UNKEEPABLE.search(text):
        return text
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _conversation(place: Conversation) -> Conversation:
    key, parent = _id(place.key), _id(place.parent) if place.parent else None
    title = _without(place.title) if place.title else None
    if (key, parent, title) == (place.key, place.parent, place.title):
        return place
    return replace(place, key=key, parent=parent, title=title)


def _without(text: str) -> str:
    return text if text.isprintable() else _UNKEEPABLE.sub("", text)


def _sender(sender: Sender) -> Sender:
    return replace(sender, user=_id(sender.user), name=_without(sender.name)[:LONGEST_NAME].strip())


def _content(content: Any) -> Any:
    if isinstance(content, Text):
        return replace(content, text=_without(content.text))
    if isinstance(content, Press):
        return replace(content, payload=_without(content.payload))
    if isinstance(content, FormFilled):
        values = {name: _without(value) for name, value in content.values.items()}
        return replace(content, form=_without(content.form), values=values)
    if isinstance(content, Attachment):
        return replace(
            content,
            ref=_without(content.ref),
            caption=_without(content.caption),
            name=_without(content.name or "") or None,
            mime=_without(content.mime or "") or None,
            album=_without(content.album or "") or None,
        )
    if isinstance(content, Album):
        return replace(content, caption=_without(content.caption), files=tuple(map(_content, content.files)))
    if isinstance(content, ContactCard):
        return replace(content, phone=_without(content.phone), name=_without(content.name))
    if isinstance(content, Forwarded):
        return replace(content, text=_without(content.text), author=_without(content.author)[:LONGEST_NAME].strip())
    if isinstance(content, Reaction) and content.of is not None:
        return replace(content, of=_quoted(content.of))
    if isinstance(content, MessagePicked):
        return replace(content, message=_quote(content.message), thread=tuple(map(_quote, content.thread)))
    return content


def _quoted(quoted: Quoted) -> Quoted:
    return replace(quoted, text=_without(quoted.text), author=_without(quoted.author)[:LONGEST_NAME].strip())


def _quote(quote: Quote) -> Quote:
    return Quote(_without(quote.text), _without(quote.author)[:LONGEST_NAME].strip())


def refuse_endless(values: Mapping[str, str]) -> None:
    """A page or a forged form may send anything, and reading a megabyte of commas would keep everybody waiting.

    Raises FieldErrors.
    """
    errors = {
        name: Phrase("too-long", {"field": name.replace("_", "-"), "limit": LONGEST_VALUE})
        for name, value in values.items()
        if len(value) > LONGEST_VALUE
    }
    if errors:
        raise FieldErrors(errors)
