"""A payload on its way to becoming an event, with what every translation of it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.slack.payloads import Json, Known, channel_of, kind_of, objects, part, speaker_of, word
from bot.slack.places import CHANNEL, NOWHERE, conversation_of, private_chat
from handlers.chat import ChatEvent, Content, Conversation, PlaceKind, Sender, Unknown

RESPONSE_URL_GOOD_FOR = timedelta(minutes=29)
"""Half an hour by Slack's clock; after that a private answer goes to the private chat."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A payload on its way, with what every translation needs."""

    body: Json
    known: Known
    received_at: datetime

    @property
    def kind(self) -> str:
        return kind_of(self.body)

    @property
    def event_body(self) -> Json:
        return part(self.body, "event")

    @property
    def delivery_id(self) -> str:
        """What stays the same when Slack repeats itself: an event's id, an interaction's trigger."""
        body = self.body
        for found in (word(body, "event_id"), word(body, "trigger_id")):
            if found:
                return found
        view, actions = part(body, "view"), objects(body, "actions")
        stamp = word(actions[0], "action_ts") if actions else word(body, "action_ts")
        marks = (
            word(view, "id"),
            word(view, "hash"),
            stamp,
            speaker_of(body),
            str(body.get("minute_rate_limited", "")),
        )
        return f"{self.kind}:" + ":".join(mark for mark in marks if mark)

    @property
    def sender(self) -> Sender | None:
        return self.person(speaker_of(self.body))

    def person(self, user: str) -> Sender | None:
        if not user:
            return None
        known, body = self.known, self.body
        profile = known.people.get(user)
        said = word(body, "user_name") or word(part(body, "user"), "name") or word(part(body, "user"), "username")
        name = said if user == speaker_of(body) else ""
        chat = known.chat if user == speaker_of(body) else None
        if profile is None:
            return Sender(user=user, name=name, private_place=chat)
        return Sender(
            user=user,
            name=profile.name or name,
            locale=profile.locale,
            timezone=profile.timezone,
            username=profile.username,
            is_member=profile.is_member,
            private_place=chat,
        )

    @property
    def private(self) -> Conversation:
        return private_chat(self.known.chat, speaker_of(self.body) or NOWHERE)

    @property
    def response(self) -> Mapping[str, Any]:
        """How to answer so that only who acted sees it, and until when."""
        url = word(self.body, "response_url")
        if not url:
            return {}
        return {"response_url": url, "response_until": (self.received_at + RESPONSE_URL_GOOD_FOR).isoformat()}

    def unknown(self, kind: str) -> ChatEvent:
        channel = channel_of(self.body)
        user = speaker_of(self.body)
        place = conversation_of(channel) if channel else private_chat(self.known.chat, user or NOWHERE)
        return self.event(Unknown(kind, dict(self.body)), place)

    def event(
        self, content: Content, conversation: Conversation, sender: Sender | None = None, **more: Any
    ) -> ChatEvent:
        more.setdefault("at", self.received_at)
        more.setdefault("delivery_id", self.delivery_id)
        if self.known.title and conversation.kind is PlaceKind.GROUP:
            conversation = replace(conversation, title=self.known.title)
        return ChatEvent(
            channel=CHANNEL,
            conversation=conversation,
            sender=sender,
            content=content,
            trigger=word(self.body, "trigger_id") or None,
            **more,
        )
