"""The app's manifest: what it is called, what it may do and hear. https://docs.slack.dev/reference/app-manifest"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

COMMAND = "/crm"
PICK = "log"
TICKET = "ticket"
NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "reactions:read",
    "users:read",
)
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_id_changed",
    "channel_left",
    "group_left",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
)
NAME_LIMIT = 35
DESCRIPTION_LIMIT = 140


@dataclass(frozen=True, kw_only=True)
class ManifestWords:
    """``name`` of the app, what it is for, and what stands beside its command and its message shortcuts."""

    name: str
    description: str
    command: str
    usage: str
    pick: str
    pick_description: str
    ticket: str
    ticket_description: str


def manifest(words: ManifestWords, *, request_url: str | None = None) -> dict[str, Any]:
    """The manifest, for Socket Mode or, with ``request_url``, for signed HTTP at that address."""
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": words.command[:100],
        "usage_hint": words.usage[:1000],
        "should_escape": True,
    }
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if request_url is not None:
        command["url"] = events["request_url"] = interactivity["request_url"] = request_url
    return {
        "display_information": {"name": words.name[:NAME_LIMIT], "description": words.description[:DESCRIPTION_LIMIT]},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": words.name[:NAME_LIMIT], "always_online": True},
            "shortcuts": [
                {
                    "name": words.pick[:24],
                    "type": "message",
                    "callback_id": PICK,
                    "description": words.pick_description[:150],
                },
                {
                    "name": words.ticket[:24],
                    "type": "message",
                    "callback_id": TICKET,
                    "description": words.ticket_description[:150],
                },
            ],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }


def install_link(made: Mapping[str, Any]) -> str:
    """Opens Slack with the manifest filled in."""
    return NEW_APP + quote(json.dumps(made, ensure_ascii=False, separators=(",", ":")))
