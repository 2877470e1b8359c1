"""Triggers, views and response_urls: what may be done how often and how late."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fakes.slack import FakeSlack, Interaction, Message, Person, Rules
from tests.fakes.slack.client import client
from tests.fakes.slack_echo import button, card, form, words


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rules=Rules(rates_enforced=False)) as slack:
        yield slack


@pytest.fixture
def web(slack: FakeSlack) -> AsyncWebClient:
    return client(slack)


@pytest.fixture
def mei(slack: FakeSlack) -> Person:
    return slack.person("Mei")


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: FakeSlack, web: AsyncWebClient, mei: Person
) -> None:
    late, used = slack.command("/crm", user=mei).trigger_id, ""
    slack.advance(3.1)
    used = slack.command("/crm", user=mei).trigger_id

    assert await refusal(web.views_open(trigger_id=late, view=form())) == "expired_trigger_id"
    opened = await web.views_open(trigger_id=used, view=form())
    assert await refusal(web.views_open(trigger_id=used, view=form())) == "exchanged_trigger_id"

    view = slack.open_view_of(mei)
    assert view is not None
    assert (view.id, view.title) == (opened["view"]["id"], "New lead")


async def test_a_view_that_may_not_be_shown_does_not_use_up_its_trigger(
    slack: FakeSlack, web: AsyncWebClient, mei: Person
) -> None:
    trigger = slack.command("/crm", user=mei).trigger_id
    long = web.views_open(trigger_id=trigger, view=form("A title that is far too long"))
    assert await refusal(long) == "invalid_arguments"
    await web.views_open(trigger_id=trigger, view=form())


async def test_views_are_pushed_onto_a_modal_and_no_deeper_than_three(
    slack: FakeSlack, web: AsyncWebClient, mei: Person
) -> None:
    elsewhere = slack.command("/crm", user=mei).trigger_id
    assert await refusal(web.views_push(trigger_id=elsewhere, view=form())) == "invalid_arguments"
    await web.views_open(trigger_id=slack.command("/crm", user=mei).trigger_id, view=form())
    for title in ("Second", "Third"):
        await web.views_push(trigger_id=_pressed(slack, mei), view=form(title))

    assert [view.title for view in slack.views_of(mei)] == ["New lead", "Second", "Third"]
    assert await refusal(web.views_push(trigger_id=_pressed(slack, mei), view=form("Fourth"))) == "push_limit_reached"
    slack.closes(slack.views_of(mei)[-1])
    assert [view.title for view in slack.views_of(mei)] == ["New lead", "Second"]
    slack.closes(slack.views_of(mei)[-1], everything=True)
    assert slack.open_view_of(mei) is None


async def test_an_update_with_a_stale_hash_is_refused(slack: FakeSlack, web: AsyncWebClient, mei: Person) -> None:
    trigger = slack.command("/crm", user=mei).trigger_id
    opened = (await web.views_open(trigger_id=trigger, view=form(external_id="lead:1")))["view"]
    view = await slack.sees_view(mei)
    slack.picks(view, "Company", "AC")

    updated = (await web.views_update(view_id=opened["id"], hash=opened["hash"], view=form("One moment")))["view"]
    assert updated["hash"] != opened["hash"]
    stale = web.views_update(view_id=opened["id"], hash=opened["hash"], view=form())
    assert await refusal(stale) == "hash_conflict"
    assert view.title == "One moment"
    assert updated["state"]["values"]["company"]["value"]["value"] == "AC"

    slack.closes(view)
    assert await refusal(web.views_update(view_id=opened["id"], view=form())) == "not_found"


async def test_an_external_id_is_used_once_at_a_time(slack: FakeSlack, web: AsyncWebClient, mei: Person) -> None:
    tom = slack.person("Tom")
    await web.views_open(trigger_id=slack.command("/crm", user=mei).trigger_id, view=form(external_id="lead:1"))
    second = web.views_open(trigger_id=slack.command("/crm", user=tom).trigger_id, view=form(external_id="lead:1"))
    assert await refusal(second) == "duplicate_external_id"
    await web.views_update(external_id="lead:1", view=form("Found"))
    assert (await slack.sees_view(mei)).title == "Found"


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (form("x" * 25), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (form(private_metadata="x" * 3_001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (form(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (form(blocks=[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (form(color="red"), "invalid additional property: color [json-pointer:/view]"),
        (
            {name: value for name, value in form().items() if name != "submit"},
            "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
        ),
        (
            form(blocks=[{"type": "markdown", "text": "x"}]),
            "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
        ),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    ],
)
async def test_what_is_wrong_with_a_view_is_said_with_the_place(
    slack: FakeSlack, web: AsyncWebClient, mei: Person, view: dict[str, Any], expected: str
) -> None:
    trigger = slack.command("/crm", user=mei).trigger_id
    with pytest.raises(SlackApiError) as caught:
        await web.views_open(trigger_id=trigger, view=view)
    assert f"[ERROR] {expected}" in caught.value.response["response_metadata"]["messages"]


async def pressed(
    slack: FakeSlack, web: AsyncWebClient, mei: Person, *, is_ephemeral: bool
) -> tuple[Message, Interaction]:
    sales = slack.channel("sales", mei)
    content: dict[str, Any] = {"channel": sales.id, "text": "A card", "blocks": card(button("Save", "save"))}
    if is_ephemeral:
        await web.chat_postEphemeral(user=mei.id, **content)
    else:
        await web.chat_postMessage(**content)
    message = await slack.sees(mei if is_ephemeral else sales, "A card")
    return message, slack.presses(message, "Save", user=mei)


@pytest.mark.parametrize("is_ephemeral", [True, False])
async def test_a_hook_changes_and_removes_what_was_pressed(
    slack: FakeSlack, web: AsyncWebClient, mei: Person, is_ephemeral: bool
) -> None:
    message, press = await pressed(slack, web, mei, is_ephemeral=is_ephemeral)
    hook = AsyncWebhookClient(press.response_url)

    assert ("message" in press.delivery.payload) is not is_ephemeral
    assert (await hook.send(text="Saved", replace_original=True)).status_code == 200
    assert (message.plain, message.labels) == ("Saved", [])
    await hook.send(text="to you")
    await hook.send(text="to all", response_type="in_channel")
    await hook.send(delete_original=True)

    assert message.is_deleted
    assert [one.plain for one in slack.ephemerals_of(mei)] == ["to you"]
    assert [one.plain for one in slack.messages_in("sales")] == ["to all"]


async def test_a_hook_is_used_five_times_within_half_an_hour(
    slack: FakeSlack, web: AsyncWebClient, mei: Person
) -> None:
    hook = AsyncWebhookClient(slack.command("/crm", user=mei).response_url)
    late = AsyncWebhookClient(slack.command("/crm", user=mei).response_url)
    for number in range(5):
        assert (await hook.send(text=str(number))).status_code == 200
    sixth = await hook.send(text="6")
    slack.advance(30 * 60 + 1)
    expired = await late.send(text="late")

    assert (sixth.status_code, sixth.body) == (404, '{"ok": false, "error": "used_url"}')
    assert (expired.status_code, expired.body) == (404, '{"ok": false, "error": "expired_url"}')
    assert [one.plain for one in slack.ephemerals_of(mei)] == ["0", "1", "2", "3", "4"]
    assert [call.error for call in slack.refusals] == ["used_url", "expired_url"]


async def test_a_form_can_ask_for_a_hook_to_the_chosen_conversation(
    slack: FakeSlack, web: AsyncWebClient, mei: Person
) -> None:
    sales = slack.channel("sales", mei)
    menu = {"type": "conversations_select", "action_id": "value", "response_url_enabled": True}
    block = {"type": "input", "block_id": "where", "label": words("Where"), "element": menu}
    await web.views_open(trigger_id=slack.command("/crm", user=mei).trigger_id, view=form(blocks=[block]))

    submitted = slack.submits(await slack.sees_view(mei), {"Where": sales})

    (hook,) = submitted.delivery.payload["response_urls"]
    assert (hook["block_id"], hook["channel_id"]) == ("where", sales.id)
    await AsyncWebhookClient(hook["response_url"]).send(text="here", response_type="in_channel")
    assert [one.plain for one in slack.messages_in(sales)] == ["here"]


async def test_a_hook_refuses_what_messages_may_not_be(slack: FakeSlack, mei: Person) -> None:
    command = slack.command("/crm", user=mei)
    hook = AsyncWebhookClient(command.response_url)
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}

    assert '"invalid_blocks"' in (await hook.send(text="x", blocks=[header])).body
    assert '"no_text"' in (await hook.send(text="")).body
    slack.rules.bad_hook_status = 400
    assert (await hook.send(text="")).status_code == 400
    async with aiohttp.ClientSession() as session, session.post(command.response_url, data=b"{") as answer:
        assert (answer.status, await answer.text()) == (400, "invalid_payload")
    assert slack.ephemerals_of(mei) == []


def _pressed(slack: FakeSlack, user: Person) -> str:
    """The trigger of a press in the topmost modal."""
    return slack.forges(slack.views_of(user)[-1], "more", "1").trigger_id
