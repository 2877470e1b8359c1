"""Slack's payloads as chat events. Nothing here raises, and nothing here asks the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from bot.slack.arrival import Arrival
from bot.slack.contents import is_by_a_bot, is_by_us, words_of
from bot.slack.emoji import character
from bot.slack.interactions import OPENS_FORM, block_actions, command, form_closed, picked, submission
from bot.slack.messages import message
from bot.slack.payloads import Json, Known, is_command, objects, part, word
from bot.slack.places import conversation_of, is_private, moment, private_chat
from handlers.chat import ChatEvent, ConversationMoved, HomeOpened, MembersChanged, Quoted, Reaction

log = structlog.get_logger(__name__)


def chat_event(body: Json, *, known: Known, received_at: datetime) -> ChatEvent | None:
    """One payload as a ChatEvent; None for what is an echo of our own doing or changes nothing.

    ``received_at`` (aware UTC) dates what Slack does not date. Never raises: what nobody knows becomes ``Unknown``.
    """
    arrival = Arrival(body=body, known=known, received_at=received_at)
    try:
        return _translated(arrival)
    except Exception:
        # The edge of the adapter: a mistake of ours in one translation must not hold up everybody's messages.
        log.exception("slack-payload-untranslated", delivery=arrival.delivery_id, kind=arrival.kind)
        return arrival.unknown(f"untranslated.{arrival.kind}")


def opens_form(body: Json) -> bool:
    """Whether a button was pressed that leads to a form, so that one may be opened before its trigger expires."""
    actions = objects(body, "actions") if word(body, "type") == "block_actions" else []
    return bool(actions) and word(actions[0], "action_id").startswith(OPENS_FORM)


def _translated(arrival: Arrival) -> ChatEvent | None:
    body = arrival.body
    if is_command(body):
        return command(arrival)
    if word(body, "type") != "event_callback":
        translate = INTERACTIONS.get(word(body, "type"))
    else:
        translate = EVENTS.get(word(part(body, "event"), "type"))
    return translate(arrival) if translate is not None else arrival.unknown(arrival.kind)


def _reaction(arrival: Arrival) -> ChatEvent | None:
    event = arrival.event_body
    item = part(event, "item")
    channel, stamp = word(item, "channel"), word(item, "ts")
    if word(event, "user") == arrival.known.me.user and arrival.known.me.user:
        return None
    if word(item, "type") != "message" or not channel or not stamp:
        return arrival.unknown(arrival.kind)
    added = word(event, "type") == "reaction_added"
    return arrival.event(
        Reaction(character(word(event, "reaction")), stamp, added=added, of=_reacted_to(arrival, channel, stamp)),
        conversation_of(channel, arrival.known.root),
        arrival.sender,
        at=moment(event.get("event_ts"), arrival.received_at),
        message=stamp,
    )


def _reacted_to(arrival: Arrival, channel: str, stamp: str) -> Quoted | None:
    """The message, if a person wrote it; what comes of it is said in its thread."""
    known, message = arrival.known, arrival.known.reacted
    if message is None or is_private(channel) or is_by_us(message, known) or is_by_a_bot(message, known):
        return None
    user = word(message, "user")
    where = conversation_of(channel, known.root or stamp)
    return Quoted(words_of(message, known), author=known.name_of(user) if user else "", user=user or None, where=where)


def _home(arrival: Arrival) -> ChatEvent:
    event = arrival.event_body
    if word(event, "tab") != "home":
        return arrival.unknown(f"{arrival.kind}.{word(event, 'tab') or 'none'}")
    return arrival.event(
        HomeOpened(),
        private_chat(word(event, "channel") or arrival.known.chat, word(event, "user")),
        arrival.sender,
        at=moment(event.get("event_ts"), arrival.received_at),
    )


def _members(arrival: Arrival) -> ChatEvent:
    event, me = arrival.event_body, arrival.known.me
    channel, user, joined = word(event, "channel"), word(event, "user"), word(event, "type") == "member_joined_channel"
    if not channel or not user:
        return arrival.unknown(arrival.kind)
    if user == me.user:
        inviter = arrival.person(word(event, "inviter"))
        return arrival.event(
            MembersChanged(bot_joined=joined, bot_left=not joined), conversation_of(channel), inviter, at=_at(arrival)
        )
    person = arrival.person(user)
    people = (person,) if person is not None else ()
    content = MembersChanged(joined=people) if joined else MembersChanged(left=people)
    return arrival.event(content, conversation_of(channel), person, at=_at(arrival))


def _removed(arrival: Arrival) -> ChatEvent:
    """The app itself was taken out of a channel."""
    channel = word(arrival.event_body, "channel")
    if not channel:
        return arrival.unknown(arrival.kind)
    return arrival.event(MembersChanged(bot_left=True), conversation_of(channel), at=_at(arrival))


def _moved(arrival: Arrival) -> ChatEvent:
    """A channel got another id, as when it is shared with another organisation."""
    old, new = word(arrival.event_body, "old_channel_id"), word(arrival.event_body, "new_channel_id")
    if not old or not new:
        return arrival.unknown(arrival.kind)
    # Unlike elsewhere a message's number is its moment, which stays.
    return arrival.event(ConversationMoved(old, new, keeps_messages=True), conversation_of(new), at=_at(arrival))


def _at(arrival: Arrival) -> datetime:
    stamp = arrival.event_body.get("event_ts") or arrival.body.get("event_time")
    return moment(stamp, arrival.received_at)


EVENTS: Mapping[str, Callable[[Arrival], ChatEvent | None]] = {
    "message": message,
    "app_mention": message,
    "reaction_added": _reaction,
    "reaction_removed": _reaction,
    "app_home_opened": _home,
    "member_joined_channel": _members,
    "member_left_channel": _members,
    "channel_left": _removed,
    "group_left": _removed,
    "channel_id_changed": _moved,
}
INTERACTIONS: Mapping[str, Callable[[Arrival], ChatEvent | None]] = {
    "block_actions": block_actions,
    "view_submission": submission,
    "view_closed": form_closed,
    "message_action": picked,
}
