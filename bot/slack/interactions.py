"""Commands, presses, forms and picked messages as chat events.

https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from bot.slack.arrival import Arrival
from bot.slack.contents import words_of
from bot.slack.forms import closed, filled
from bot.slack.payloads import Json, Known, channel_of, is_seen_by_one, objects, part, word
from bot.slack.places import conversation_of, is_private, moment, private_chat
from handlers.chat import ChatEvent, Conversation, MessagePicked, Press, Quote, Text

LINK = "link"
OPENS_FORM = "form"
PICKED = frozenset({"log", "ticket"})  # the message shortcuts of the manifest
EPHEMERAL = "only-you:"
"""Before the number of a message that one person sees: it can be replaced by its response_url alone."""


def command(arrival: Arrival) -> ChatEvent:
    """``/crm …``: what it answers is seen by one person, so it belongs to their private chat wherever it was typed."""
    text, channel = word(arrival.body, "text").strip(), word(arrival.body, "channel_id")
    words = words_of({"text": text}, arrival.known)
    is_at_home = channel == arrival.known.chat
    return arrival.event(
        Text(words or "help", slash_optional=True),
        arrival.private,
        arrival.sender,
        extra={} if is_at_home else arrival.response,
    )


def block_actions(arrival: Arrival) -> ChatEvent | None:
    body = arrival.body
    actions = objects(body, "actions")
    action = actions[0] if actions else {}
    if word(action, "action_id").startswith(LINK) or word(action, "url"):
        return None  # the person's browser follows it
    payload = _pressed(action)
    container, view = part(body, "container"), part(body, "view")
    is_home = word(view, "type") == "home"
    if payload is None or (view and not is_home):
        return arrival.unknown(f"{arrival.kind}.{word(action, 'type') or 'empty'}")
    at = moment(word(action, "action_ts"), arrival.received_at)
    if is_home:
        return arrival.event(Press(payload, home=True), arrival.private, arrival.sender, at=at)
    message, channel = part(body, "message"), channel_of(body)
    stamp = word(container, "message_ts") or word(message, "ts") or None
    if is_seen_by_one(body):
        return arrival.event(
            Press(payload, EPHEMERAL + (stamp or "")), arrival.private, arrival.sender, at=at, extra=arrival.response
        )
    if not channel:
        return arrival.unknown(arrival.kind)
    root = word(container, "thread_ts") or word(message, "thread_ts") or None
    root = None if root == stamp else root
    return arrival.event(
        Press(payload, stamp),
        conversation_of(channel, root),
        arrival.sender,
        at=at,
        message=stamp,
        extra={"thread": root} if root and is_private(channel) else {},
    )


def _pressed(action: Json) -> str | None:
    """What the button or the chosen option carries."""
    if word(action, "type") == "button":
        return word(action, "value") or None
    if word(action, "type") in {"static_select", "overflow", "radio_buttons"}:
        return word(part(action, "selected_option"), "value") or None
    return None


def submission(arrival: Arrival) -> ChatEvent:
    meta, content = filled(part(arrival.body, "view"))
    if content is None:
        return arrival.unknown(arrival.kind)
    place = _conversation(meta.place) if meta.place else arrival.private
    return arrival.event(content, place, arrival.sender, message=content.message, extra=meta.extra)


def form_closed(arrival: Arrival) -> ChatEvent:
    meta, content = closed(part(arrival.body, "view"))
    if content is None:
        return arrival.unknown(arrival.kind)
    return arrival.event(content, _conversation(meta.place) if meta.place else arrival.private, arrival.sender)


def _conversation(key: str) -> Conversation:
    channel, _, thread = key.partition("/")
    if channel.startswith(("C", "G", "D")):
        return conversation_of(channel, thread or None)
    return private_chat(None, key)


def picked(arrival: Arrival) -> ChatEvent:
    body, known = arrival.body, arrival.known
    action = word(body, "callback_id")
    if action not in PICKED:
        return arrival.unknown(arrival.kind)
    thread = known.thread if len(known.thread) > 1 else ()
    message = part(body, "message")
    return arrival.event(
        MessagePicked(
            action,
            _quote(message, known),
            thread=tuple(_quote(each, known) for each in thread),
            link=known.link,
            where=_place_of(body, message),
            user=None if word(message, "bot_id") else word(message, "user") or None,
        ),
        arrival.private,
        arrival.sender,
        at=moment(word(body, "action_ts"), arrival.received_at),
        extra={},
    )


def _place_of(body: Json, message: Json) -> Conversation | None:
    """The thread that a message begins or is in; None for a chat of people among themselves."""
    channel, stamp = channel_of(body), word(message, "thread_ts") or word(message, "ts")
    return conversation_of(channel, stamp) if channel and stamp and not is_private(channel) else None


def _quote(message: Json, known: Known) -> Quote:
    user = word(message, "user")
    author = known.name_of(user) if user else word(message, "username")
    return Quote(words_of(message, known), "" if author == user else author)
