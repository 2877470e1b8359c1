"""The fake and the published facts about the platform agree, where these lie beside the project."""

import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.slack import FakeSlack, Rules
from tests.fakes.slack.blocks import check_message_blocks
from tests.fakes.slack.client import client, connected
from tests.fakes.slack.requests import METHODS
from tests.fakes.slack.views import check_view
from tests.fakes.slack_echo import Echo, button, card, form
from tests.fakes.slack_shapes import blocks_in, strange, together, with_blocks
from tests.fakes.test_slack_blocks import LIMITS

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "specs" / "slack"
pytestmark = pytest.mark.spec

CONSTANT = {
    "section text": ("section", "text_max_length"),
    "section fields": ("section", "fields_max_length"),
    "header": ("header", "text_max_length"),
    "context elements": ("context", "elements_max_length"),
    "actions elements": ("actions", "elements_max_length"),
    "block_id": ("Block", "block_id_max_length"),
    "action_id": ("InteractiveElement", "action_id_max_length"),
    "button text": ("button", "text_max_length"),
    "button value": ("button", "value_max_length"),
    "button url": ("button", "url_max_length"),
    "select options": ("static_select", "options_max_length"),
    "option groups": ("static_select", "option_groups_max_length"),
    "option text": ("Option", "label_max_length"),
    "option value": ("Option", "value_max_length"),
    "group label": ("OptionGroup", "label_max_length"),
    "overflow options": ("overflow", "options_max_length"),
    "placeholder": ("InputInteractiveElement", "placeholder_max_length"),
    "confirm title": ("ConfirmObject", "title_max_length"),
    "confirm text": ("ConfirmObject", "text_max_length"),
    "confirm button": ("ConfirmObject", "confirm_max_length"),
    "deny button": ("ConfirmObject", "deny_max_length"),
    "alt text": ("image", "alt_text_max_length"),
    "input label": ("input", "label_max_length"),
    "input hint": ("input", "hint_max_length"),
    "markdown": ("markdown", "text_max_length"),
    "video title": ("video", "title_max_length"),
    "card body": ("card", "body_max_length"),
}
TOO_LONG_A_TITLE = {"view.modal.10.json"}
"""A recorded view with a title of 35 characters, of which 24 are documented; it never came from the platform."""


NOT_RECORDED = {
    "message_changed: /event/message/app_id",  # own messages carry it wherever else they were recorded
    "message_changed: /event/previous_message/app_id",
    "message: /event/blocks/0/elements/0/elements/2/url",  # a typed link, recorded in nested rich text only
    "app_mention: /event/blocks/0/elements/0/elements/2/url",
    "message_deleted: /event/previous_message/reply_users",  # the other fields of a thread's root were recorded
    "team_join: /event/event_ts",  # which the wrapper's schema requires
    "slash: /is_enterprise_install is 'false' where False was seen",  # a string in every sample
}
"""What the fake sends though the union of records does not have it, each with the reason."""


KNOWN_OTHERWISE = {
    # Documented on the pages of their methods, which are newer than the published description.
    "duplicate_external_id",
    "file_upload_size_restricted",
    "invalid_blocks_format",
    "messages_tab_disabled",
    "not_enabled",
    "service_unavailable",
    "unknown_method",
    "view_too_large",
    "invalid_manifest",
    # Of a response_url and of the second step of an upload, where only the HTTP status says something.
    "invalid_payload",
    "length_mismatch",
}
NOT_COMPARED = set(
    "api.test auth.revoke chat.deleteScheduledMessage chat.scheduleMessage chat.scheduledMessages.list "
    "conversations.leave conversations.open conversations.replies".split()
)


def facts(path: str) -> Any:
    if not FOLDER.is_dir():
        pytest.skip("../shared/specs/slack is missing: the fake is not compared with the published facts")
    return json.loads((FOLDER / path).read_text())


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rules=Rules(rates_enforced=False)) as slack:
        yield slack


def test_limits_of_blocks_are_those_of_the_vendors_client() -> None:
    limits = facts("block-kit-limits.json")["limits"]

    assert {case: LIMITS[case][1] for case in CONSTANT} == {
        case: limits[kind][name] for case, (kind, name) in CONSTANT.items()
    }


def test_every_method_has_the_tier_that_is_published() -> None:
    tiers = facts("rate-limit-tiers.json")

    ours = {name: f"Tier{method.tier}" if method.tier else "Special" for name, method in METHODS.items()}
    published = {name: str(tiers[name]).partition("_")[0].replace("SpecialTier", "Special") for name in ours}
    assert ours == published


def test_every_documented_argument_of_a_method_is_known() -> None:
    paths = facts("openapi/web-api.openapi-v2.json")["paths"]
    compared = 0
    for name, method in METHODS.items():
        if f"/{name}" not in paths:
            continue
        (operation,) = paths[f"/{name}"].values()
        for parameter in operation["parameters"]:
            method.check_names({parameter["name"]: "x"})
            compared += 1
    assert compared > 50


@pytest.mark.parametrize("kind", ["home", "modal"])
def test_recorded_views_may_be_shown(kind: str) -> None:
    facts("block-kit-limits.json")
    shown = 0
    for path in sorted((FOLDER / "samples" / "views").glob(f"view.{kind}.*")):
        view = json.loads(path.read_text())
        if "id" in view or path.name in TOO_LONG_A_TITLE:
            continue  # as the platform gives it back, or none that it would take
        check_view(view, Rules())
        shown += 1
    assert shown >= 4


def test_recorded_messages_of_apps_may_be_sent() -> None:
    """Blocks that apps had sent, as they stand in recorded interactions."""
    facts("block-kit-limits.json")
    count = 0
    for path in sorted((FOLDER / "samples" / "interactive").glob("block_actions.button.message.*")):
        blocks = json.loads(path.read_text()).get("message", {}).get("blocks", [])
        check_message_blocks(blocks, Rules())
        count += bool(blocks)
    assert count >= 3


EVENT_FILES = {
    "message": "MessagePayload",
    "file_share": "MessageFileSharePayload",
    "message_changed": "MessageChangedPayload",
    "message_deleted": "MessageDeletedPayload",
    "bot_message": "MessageBotPayload",
}
FORMS = {
    "block_actions": "interactive-components/BlockActionPayload",
    "message_action": "interactive-components/MessageShortcutPayload",
    "view_submission": "views/ViewSubmissionPayload",
    "view_closed": "views/ViewClosedPayload",
    "slash": "slash-commands/SlashCommandPayload",
}


def samples(pattern: str) -> list[Any]:
    return [json.loads(path.read_text()) for path in sorted((FOLDER / "samples").glob(pattern))]


@cache
def recorded_blocks() -> list[Any]:
    """Every kind of block that was recorded anywhere, once each."""
    by_type: dict[str, list[Any]] = defaultdict(list)
    for record in samples("**/*.json"):
        for block in blocks_in(record):
            by_type[block.get("type", "")].append(block)
    return [together(*blocks) for blocks in by_type.values()]


def event_shape(event: dict[str, Any]) -> Any:
    """All that was recorded of an event. The envelope is the same for all."""
    kind = event.get("subtype") or event["type"]
    name = EVENT_FILES.get(kind) or f"{kind.title().replace('_', '')}Payload"
    stem = f"message.{kind}" if event["type"] == "message" and kind != "message" else kind
    inner = together(
        facts(f"shapes/events/{name}.json")["event"],
        *(one["event"] for one in samples(f"events/event.{stem}.*")),
        *samples(f"inner-events/inner.{stem}.*"),
    )
    return facts("shapes/events/ReactionAddedPayload.json") | {"event": with_blocks(inner, recorded_blocks())}


def answer_shape(method: str) -> Any:
    documented = facts("openapi/web-api.openapi-v2.json")["paths"].get(f"/{method}", {})
    examples = [
        operation["responses"]["200"].get("examples", {}).get("application/json") for operation in documented.values()
    ]
    recorded = samples(f"responses/response.{method}.*")
    shape = together(facts(f"shapes/api/{method}.json"), *(one for one in examples if one), *recorded)
    return with_blocks(shape, recorded_blocks())


def interaction_shape(payload: dict[str, Any]) -> Any:
    kind = payload.get("type", "slash")
    recorded = samples(f"interactive/{kind}.*") if kind != "slash" else samples("slash-commands/*")
    shape = together(*([facts(f"shapes/{FORMS[kind]}.json")] if kind in FORMS else []), *recorded)
    return with_blocks(shape, recorded_blocks())


async def test_events_have_only_fields_that_were_recorded(slack: FakeSlack) -> None:
    facts("block-kit-limits.json")
    mei, web = slack.person("Mei", email="mei@example.com"), client(slack)
    sales = slack.channel("sales", mei)
    message = slack.says(mei, f"{slack.bot.mention} see <https://example.com|this>", channel=sales)
    slack.says(mei, "in the thread", channel=sales, thread_ts=message)
    slack.uploads(mei, b"x", name="a.txt", text="file", channel=sales)
    slack.reacts(mei, message, "ticket")
    slack.unreacts(mei, message, "ticket")
    slack.edits(message, "changed")
    slack.deletes(message)
    slack.other_app_says("another", channel=sales)
    slack.other_app_says("an old one", channel=sales, is_classic=True)
    posted = await web.chat_postMessage(channel=mei.id, text="x", blocks=card(button("Save", "save")))
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="y")
    await web.views_publish(user_id=mei.id, view={"type": "home", "blocks": card(button("Save", "save"))})
    slack.opens_home(mei)
    slack.joins(slack.person("Tom"), sales, inviter=mei)
    slack.leaves(mei, sales)
    slack.archives(sales, by=mei)
    slack.joins_team(mei)
    slack.changes_profile(mei, tz="Asia/Shanghai")
    slack.revokes_token()
    slack.uninstalls()

    found = {
        f"{one.event.get('subtype') or one.event['type']}: {path}"
        for one in slack.deliveries
        for path in strange(one.payload, event_shape(one.event))
    }
    assert sorted(found - NOT_RECORDED) == []
    assert len(slack.deliveries) == 20


async def test_interactions_have_only_fields_that_were_recorded(slack: FakeSlack) -> None:
    facts("block-kit-limits.json")
    mei, web, echo = slack.person("Mei"), client(slack), Echo(slack)
    async with connected(slack, echo.app):
        posted = await web.chat_postMessage(channel=mei.id, text="x", blocks=card(button("Save", "save")))
        message = slack.dm(mei).log[posted["ts"]]
        press = slack.presses(message, "Save")
        action = slack.shortcut("log_this", user=mei, message=message)
        shortcut = slack.shortcut("new_lead", user=mei)
        command = slack.command("/crm", "today", user=mei)
        await web.views_open(trigger_id=shortcut.trigger_id, view=form(notify_on_close=True))
        view = await slack.sees_view(mei)
        submitted = slack.submits(view, {"Company": "errors"})
        await submitted.answered()
        in_view = slack.forges(view, "more", "1")
        closed = slack.closes(view)
        await slack.until_taken()

    assert closed is not None
    found = {
        f"{one.delivery.payload.get('type', 'slash')}: {path}"
        for one in (press, action, shortcut, command, submitted, in_view, closed)
        for path in strange(one.delivery.payload, interaction_shape(one.delivery.payload))
    }
    assert sorted(found - NOT_RECORDED) == []


async def test_answers_have_only_fields_that_were_recorded(slack: FakeSlack) -> None:
    facts("block-kit-limits.json")
    mei, web = slack.person("Mei", email="mei@example.com"), client(slack)
    sales = slack.channel("sales", mei)
    root = slack.says(mei, "hello", channel=sales)
    posted = await web.chat_postMessage(
        channel=sales.id, text="x", blocks=card(button("Save", "save")), thread_ts=root.ts
    )
    await web.chat_update(channel=sales.id, ts=posted["ts"], text="y")
    await web.chat_getPermalink(channel=sales.id, message_ts=posted["ts"])
    await web.reactions_add(channel=sales.id, timestamp=root.ts, name="eyes")
    await web.conversations_history(channel=sales.id)
    await web.reactions_remove(channel=sales.id, timestamp=root.ts, name="eyes")
    await web.chat_delete(channel=sales.id, ts=posted["ts"])
    await web.chat_postEphemeral(channel=sales.id, user=mei.id, text="x")
    opened = await web.views_open(trigger_id=slack.command("/crm", user=mei).trigger_id, view=form())
    await web.views_update(view_id=opened["view"]["id"], view=form())
    pushed = slack.forges(slack.views_of(mei)[0], "more", "1").trigger_id
    await web.views_push(trigger_id=pushed, view=form())
    await web.views_publish(user_id=mei.id, view={"type": "home", "blocks": card(button("Save", "save"))})
    await web.conversations_info(channel=sales.id, include_num_members=True, include_locale=True)
    await web.conversations_list(types="public_channel,im")
    await web.conversations_members(channel=sales.id)
    await web.users_conversations()
    await web.users_info(user=mei.id, include_locale=True)
    await web.users_list()
    await web.users_lookupByEmail(email="mei@example.com")
    await web.team_info()
    await web.bots_info(bot=slack.world.bot_id)
    await web.auth_test()
    await web.apps_connections_open(app_token=slack.app_token)
    up = await web.files_upload_v2(channel=sales.id, content="x", filename="a.txt")
    await web.files_info(file=up["files"][0]["id"])
    await web.conversations_join(channel=slack.channel("new", has_bot=False).id)

    found = {
        f"{call.method}: {path}" for call in slack.calls for path in strange(call.result, answer_shape(call.method))
    }
    assert sorted(found - NOT_RECORDED) == []
    assert slack.refusals == []
    unseen = METHODS.keys() - {call.method for call in slack.calls}
    assert unseen == NOT_COMPARED


async def test_frames_have_only_fields_that_were_recorded(slack: FakeSlack) -> None:
    facts("block-kit-limits.json")
    mei = slack.person("Mei")
    slack.says(mei, "hello")
    slack.command("/crm", user=mei)
    slack.shortcut("new_lead", user=mei)
    url = (await client(slack).apps_connections_open(app_token=slack.app_token))["url"]
    frames = []
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        frames += [await socket.receive_json() for _ in range(4)]
        await slack.warns()
        frames.append(await socket.receive_json())

    assert sorted(frame["type"] for frame in frames) == [
        "disconnect",
        "events_api",
        "hello",
        "interactive",
        "slash_commands",
    ]
    for frame in frames:
        frame.pop("payload", None)
        assert strange(frame, together(*samples(f"socket-mode/socket.{frame['type']}.*"))) == []


def test_no_error_is_our_invention() -> None:
    """Every error that the fake gives stands in the published facts, or is listed here with where it is known from."""
    facts("block-kit-limits.json")
    published = (FOLDER / "openapi" / "web-api.openapi-v2.json").read_text()
    published += (FOLDER.parents[1] / "PLATFORM-LIMITS.md").read_text()
    given: set[str] = set()
    for path in Path(__file__).with_name("slack").glob("*.py"):
        given |= set(re.findall(r'Refusal\(\s*"(\w+)"', path.read_text()))

    assert len(given) > 50
    assert {error for error in given if not re.search(rf"\b{error}\b", published)} == KNOWN_OTHERWISE
