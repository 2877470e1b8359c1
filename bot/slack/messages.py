"""Messages of Slack as chat events: new, changed and deleted ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.arrival import Arrival
from bot.slack.contents import content_of, is_addressed, is_by_a_bot, is_by_us, words_of
from bot.slack.payloads import Json, Known, objects, part, word
from bot.slack.places import conversation_of, is_private, moment
from handlers.chat import ChatEvent, Content, Conversation, Edited, Quoted, Unknown

SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})


def message(arrival: Arrival) -> ChatEvent | None:
    event, known = arrival.event_body, arrival.known
    subtype = word(event, "subtype")
    if subtype == "message_changed":
        return _changed(arrival)
    if subtype == "message_deleted":
        return _deleted(arrival)
    if is_by_us(event, known):
        return None
    channel, stamp = word(event, "channel"), word(event, "ts")
    if is_by_a_bot(event, known):
        content: Content = Unknown("message.from_bot", dict(arrival.body))
    elif subtype not in SPOKEN or event.get("hidden") is True or not word(event, "user"):
        return arrival.unknown(arrival.kind)
    else:
        content = content_of(event, channel, known, arrival.kind)
    if not channel or not stamp:
        return arrival.unknown(arrival.kind)
    place, extra = _place_of(event, channel, opens_thread=getattr(content, "addressed", False))
    return arrival.event(
        content,
        place,
        arrival.sender,
        delivery_id=f"message:{channel}:{stamp}",
        at=moment(stamp, arrival.received_at),
        message=stamp,
        reply_to=_root(event),
        quoted=_quoted(event, channel, known),
        extra=extra,
    )


def _quoted(event: Json, channel: str, known: Known) -> Quoted | None:
    """The message below which it stands, where that was asked for and a person wrote it."""
    root = known.reacted
    if root is None or word(root, "ts") != _root(event) or is_by_us(root, known) or is_by_a_bot(root, known):
        return None
    user = word(root, "user")
    where = conversation_of(channel, word(root, "ts"))
    return Quoted(words_of(root, known), author=known.name_of(user) if user else "", user=user or None, where=where)


def _place_of(message: Json, channel: str, *, opens_thread: bool) -> tuple[Conversation, Mapping[str, Any]]:
    """Where it was said, and is answered: what is meant for us in a channel opens a thread of its own."""
    root = _root(message)
    if is_private(channel):
        return conversation_of(channel), {"thread": root} if root else {}
    return conversation_of(channel, root or (word(message, "ts") if opens_thread else None)), {}


def _root(event: Json) -> str | None:
    """The message whose thread it stands in; None for the root itself."""
    root = word(event, "thread_ts")
    return root if root and root != word(event, "ts") else None


def _changed(arrival: Arrival) -> ChatEvent | None:
    event, known = arrival.event_body, arrival.known
    message, before = part(event, "message"), part(event, "previous_message")
    if is_by_us(message, known):
        return None
    if word(message, "subtype") == "tombstone":
        return _deleted(arrival)
    if before and word(message, "text") == word(before, "text") and _files(message) == _files(before):
        return None  # a link was unfolded, or a reply counted
    channel, stamp = word(event, "channel"), word(message, "ts")
    if is_by_a_bot(message, known) or not channel or not word(message, "user"):
        return arrival.unknown(arrival.kind)
    return arrival.event(
        Edited(stamp, words_of(message, known)),
        _place_of(message, channel, opens_thread=_was_addressed(before or message, channel, known))[0],
        arrival.person(word(message, "user")),
        at=moment(word(event, "event_ts") or word(event, "ts"), arrival.received_at),
        message=stamp,
        reply_to=_root(message),
    )


def _was_addressed(message: Json, channel: str, known: Known) -> bool:
    """Whether its conversation is the thread that it opened."""
    return bool(word(message, "ts")) and is_addressed(message, channel, known)


def _files(message: Json) -> list[str]:
    return [word(each, "id") for each in objects(message, "files")]


def _deleted(arrival: Arrival) -> ChatEvent | None:
    event, known = arrival.event_body, arrival.known
    before = part(event, "previous_message") or part(event, "message")
    stamp, channel = word(event, "deleted_ts") or word(before, "ts"), word(event, "channel")
    if is_by_us(before, known):
        return None
    if not channel or not stamp or is_by_a_bot(before, known):
        return arrival.unknown(arrival.kind)
    return arrival.event(
        Edited(stamp, None),
        _place_of(before, channel, opens_thread=_was_addressed(before, channel, known))[0],
        arrival.person(word(before, "user")),
        at=moment(word(event, "event_ts") or word(event, "ts"), arrival.received_at),
        message=stamp,
    )
