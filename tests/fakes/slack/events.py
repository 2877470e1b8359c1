"""Events as the platform words them."""

from typing import Any

from tests.fakes.slack.delivering import Deliveries, Delivery
from tests.fakes.slack.markup import rich_text
from tests.fakes.slack.messages import Message
from tests.fakes.slack.people import Channel, Person
from tests.fakes.slack.schema import Json

TOLD_AS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}
LETTER = {"channel": "C", "group": "G", "im": "D", "mpim": "G"}


def message_posted(deliveries: Deliveries, message: Message) -> list[Delivery]:
    """A message, and once more as a mention where it names the app in a channel."""
    world, channel = deliveries.world, message.channel
    if not channel.has_bot or message.seen_by:
        return []
    if message.is_by_bot:
        told = [_message_event(deliveries, message)] if world.rules.own_messages_are_told else []
        return [one for one in told if one]
    told = [_message_event(deliveries, message)]
    if world.bot.mention in message.text and not channel.is_im:
        if not world.rules.mentions_come_twice:
            told.clear()
        told.append(deliveries.event("app_mention", _mention(message), channel))
    return [one for one in told if one]


def message_changed(deliveries: Deliveries, message: Message, before: Json) -> Delivery | None:
    """An edit, by a person or the app, or a link that unfurled. The outer event names no user."""
    if message.is_by_bot and not deliveries.world.rules.own_messages_are_told:
        return None
    inner = {"message": message.raw(), "previous_message": before}
    return _changed(deliveries, message, "message_changed", inner)


def message_deleted(deliveries: Deliveries, message: Message, before: Json) -> Delivery | None:
    if message.is_by_bot and not deliveries.world.rules.own_messages_are_told:
        return None
    return _changed(deliveries, message, "message_deleted", {"previous_message": before, "deleted_ts": message.ts})


def reaction(deliveries: Deliveries, kind: str, *, user: str, message: Message, name: str) -> Delivery | None:
    """``kind`` is ``reaction_added`` or ``reaction_removed``."""
    inner = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": deliveries.world.ts(),
    }
    return deliveries.event(kind, inner, message.channel) if message.channel.has_bot else None


def home_opened(deliveries: Deliveries, person: Person, tab: str) -> Delivery | None:
    world = deliveries.world
    view = world.homes.get(person.id) if tab == "home" else None
    inner: Json = {"type": "app_home_opened", "user": person.id, "channel": world.im(person).id, "tab": tab}
    inner |= ({"view": view.raw()} if view else {}) | {"event_ts": world.ts()}
    return deliveries.event("app_home_opened", inner)


def membership(deliveries: Deliveries, kind: str, channel: Channel, *, user: str, inviter: str) -> Delivery | None:
    """``member_joined_channel`` or ``member_left_channel``."""
    world = deliveries.world
    inner: Json = {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": LETTER[channel.kind],
        "team": world.team_id,
    }
    inner |= ({"inviter": inviter} if inviter and kind == "member_joined_channel" else {}) | {"event_ts": world.ts()}
    return deliveries.event(kind, inner, channel)


def plain(deliveries: Deliveries, kind: str, **inner: Any) -> Delivery | None:
    """An event that needs no more than its fields."""
    return deliveries.event(kind, {"type": kind, **inner, "event_ts": deliveries.world.ts()})


def _message_event(deliveries: Deliveries, message: Message) -> Delivery | None:
    channel = message.channel
    inner = as_event(message) | {"channel": channel.id, "event_ts": message.ts, "channel_type": channel.kind}
    return deliveries.event(TOLD_AS[channel.kind], inner, channel)


def as_event(message: Message) -> Json:
    """The message as an event has it: files of other workspaces by their id only."""
    raw = message.raw()
    if message.files:
        raw["files"] = [file.in_event() for file in message.files]
    if not message.is_by_bot and not message.bot:
        raw["client_msg_id"] = f"{abs(hash(message.ts)) % 10**8:08d}-1111-4111-8111-111111111111"
        if message.text:
            raw["blocks"] = [rich_text(message.text, message.world.short_id())]
    return raw


def _mention(message: Message) -> Json:
    inner = as_event(message) | {"type": "app_mention", "channel": message.channel.id, "event_ts": message.ts}
    inner.pop("subtype", None)
    return inner


def _changed(deliveries: Deliveries, message: Message, subtype: str, inner: Json) -> Delivery | None:
    channel, ts = message.channel, deliveries.world.ts()
    outer = {"type": "message", "subtype": subtype, "channel": channel.id, "hidden": True, "ts": ts, "event_ts": ts}
    if not channel.has_bot:
        return None
    return deliveries.event(TOLD_AS[channel.kind], outer | inner | {"channel_type": channel.kind}, channel)
