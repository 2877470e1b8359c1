"""An app may and hears what its manifest says, if the platform takes the manifest."""

import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.fakes.slack import FakeSlack, Refusal
from tests.fakes.slack.client import client

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Acme", "description": "Customers in chat"},
    "features": {
        "app_home": {"home_tab_enabled": False, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Acme"},
        "slash_commands": [{"command": "/crm", "description": "Customers"}],
        "shortcuts": [{"name": "Log this", "type": "message", "callback_id": "log", "description": "Keep it"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:history"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["message.im", "tokens_revoked"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


def changed(path: str, value: Any) -> dict[str, Any]:
    """The manifest with another value at a JSON pointer; None takes it away."""
    manifest = copy.deepcopy(MANIFEST)
    *parents, last = path.strip("/").split("/")
    place: Any = manifest
    for name in parents:
        place = place[int(name)] if name.isdigit() else place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return manifest


async def test_the_manifest_says_what_the_app_may_and_hears(slack: FakeSlack) -> None:
    slack.installs(MANIFEST)
    mei = slack.person("Mei")
    sales = slack.channel("sales", mei)
    message = slack.says(mei, "to the app")
    slack.says(mei, "to the channel", channel=sales)

    assert [delivery.event["text"] for delivery in slack.deliveries] == ["to the app"]
    assert [payload["event"]["text"] for payload in slack.unwanted] == ["to the channel"]
    slack.command("/crm", user=mei)
    slack.shortcut("log", user=mei, message=message)
    with pytest.raises(AssertionError, match="no command /other"):
        slack.command("/other", user=mei)
    with pytest.raises(AssertionError, match="no such shortcut"):
        slack.shortcut("log", user=mei)
    for call, error in (
        (client(slack).users_info(user=mei.id), "missing_scope"),
        (client(slack).views_publish(user_id=mei.id, view={"type": "home", "blocks": []}), "not_enabled"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await call


async def test_without_socket_mode_there_are_no_sockets(slack: FakeSlack) -> None:
    manifest = changed("/settings/socket_mode_enabled", False)
    manifest["settings"]["event_subscriptions"]["request_url"] = "https://crm.example.com/slack/events"
    manifest["settings"]["interactivity"]["request_url"] = "https://crm.example.com/slack/events"
    manifest["features"]["slash_commands"][0]["url"] = "https://crm.example.com/slack/events"
    slack.installs(manifest)

    with pytest.raises(SlackApiError, match="forbidden_team"):
        await client(slack).apps_connections_open(app_token=slack.app_token)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            "/display_information/name",
            "x" * 36,
            "must be less than 36 characters [json-pointer:/display_information/name]",
        ),
        (
            "/display_information/description",
            "x" * 141,
            "must be less than 141 characters [json-pointer:/display_information/description]",
        ),
        (
            "/features/slash_commands/0/command",
            "crm",
            "must start with a slash and have no spaces [json-pointer:/features/slash_commands/0/command]",
        ),
        (
            "/features/slash_commands/0/url",
            "http://crm.example.com",
            "must be a valid HTTPS URL [json-pointer:/features/slash_commands/0/url]",
        ),
        ("/features/colors", [], "invalid additional property: colors [json-pointer:/features]"),
        ("/features/bot_user", None, "bot scopes need a bot user [json-pointer:/features]"),
        (
            "/settings/event_subscriptions/bot_events",
            ["reaction_added"],
            "reaction_added needs the scope reactions:read [json-pointer:/settings/event_subscriptions/bot_events/0]",
        ),
        (
            "/oauth_config/scopes/bot",
            ["im:history"],
            "commands and shortcuts need the scope commands [json-pointer:/oauth_config/scopes/bot]",
        ),
        (
            "/settings/socket_mode_enabled",
            False,
            "missing required field: request_url [json-pointer:/settings/interactivity]",
        ),
    ],
)
async def test_a_manifest_that_makes_no_sense_is_not_taken(slack: FakeSlack, path: str, value: Any, words: str) -> None:
    before = set(slack.world.scopes)

    with pytest.raises(Refusal) as caught:
        slack.installs(changed(path, value))

    assert words in caught.value.messages
    assert slack.world.scopes == before
