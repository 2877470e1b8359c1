"""What tests of the adapter alone begin with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.slack.payloads import Known
from bot.slack.people import Me, Profile
from bot.slack.receive import chat_event
from handlers.chat import ChatEvent

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
ME = Me(user="U0BOT", bot="B0BOT", team="T01", app="A01", name="guanxi")
TOM = Profile("U01", "Tom", locale="en-GB", timezone="Europe/London", is_member=True)
EVE = Profile("U02", "Eve")
STAMP = "1795000000.000100"
Json = dict[str, Any]


def known(chat: str | None = "D01", **more: Any) -> Known:
    return Known(me=ME, people={TOM.user: TOM, EVE.user: EVE}, chat=chat, **more)


def translated(body: Mapping[str, Any], about: Known | None = None) -> ChatEvent | None:
    return chat_event(body, known=about or known(), received_at=NOW)


def heard(body: Mapping[str, Any], about: Known | None = None) -> ChatEvent:
    event = translated(body, about)
    assert event is not None
    return event


def event(**inner: Any) -> Json:
    return {"type": "event_callback", "team_id": "T01", "event_id": "Ev01", "event_time": 1795000000, "event": inner}


def message(text: str = "hello", *, channel: str = "D01", **more: Any) -> Json:
    return event(**{"type": "message", "user": "U01", "text": text, "ts": STAMP, "channel": channel, **more})


def press(value: str = "draft.save:12", *, channel: str = "D01", **more: Any) -> Json:
    button = {"type": "button", "action_id": "press:0", "block_id": "b", "value": value, "action_ts": "1795000003.5"}
    return {
        "type": "block_actions",
        "user": {"id": "U01", "username": "tom", "team_id": "T01"},
        "team": {"id": "T01"},
        "trigger_id": "1.2.abc",
        "container": {"type": "message", "message_ts": STAMP, "channel_id": channel, "is_ephemeral": False},
        "channel": {"id": channel},
        "message": {"type": "message", "ts": STAMP, "user": "U0BOT", "text": "card"},
        "actions": [button],
        "response_url": "https://hooks.slack.com/actions/T01/1/x",
        **more,
    }
