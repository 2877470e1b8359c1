"""What the fake tells an app, by both ways and to the real bolt."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, Rules
from tests.fakes.slack.client import client, connected, served
from tests.fakes.slack_echo import Echo, button, card, form


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rules=Rules(rates_enforced=False)) as slack:
        yield slack


@pytest.fixture(params=["socket", "http"])
async def echo(request: pytest.FixtureRequest, slack: FakeSlack) -> AsyncIterator[Echo]:
    """The app at work, by one way and the other."""
    echo = Echo(slack)
    way = connected if request.param == "socket" else served
    async with way(slack, echo.app):
        yield echo


@pytest.fixture
def web(slack: FakeSlack) -> AsyncWebClient:
    return client(slack)


async def test_messages_arrive(slack: FakeSlack, echo: Echo) -> None:
    mei = slack.person("Mei")
    sales = slack.channel("sales", mei)

    root = slack.says(mei, "1 < 2 & <b>")
    reply = slack.says(mei, "and this", channel=sales, thread_ts=slack.says(mei, "first", channel=sales))
    await echo.hears(3)

    by_text = {event["text"]: event for event in echo.heard}
    assert by_text["1 &lt; 2 &amp; &lt;b&gt;"]["channel_type"] == "im"
    assert by_text["1 &lt; 2 &amp; &lt;b&gt;"]["ts"] == root.ts
    assert by_text["and this"]["thread_ts"] == reply.thread_ts
    assert by_text["and this"]["parent_user_id"] == mei.id
    assert [delivery.attempts for delivery in slack.deliveries] == [1, 1, 1]


async def test_a_mention_comes_as_two_events(slack: FakeSlack, echo: Echo) -> None:
    mei = slack.person("Mei")
    message = slack.says(mei, f"{slack.bot.mention} today?", channel=slack.channel("sales", mei))
    slack.says(mei, "not for you", channel=slack.channel("other", mei, has_bot=False))
    await echo.hears(2)

    assert sorted(echo.kinds) == ["app_mention", "message"]
    assert {event["ts"] for event in echo.heard} == {message.ts}
    assert len({delivery.payload["event_id"] for delivery in slack.deliveries}) == 2


async def test_edits_deletions_and_unfurls_name_no_user(slack: FakeSlack, echo: Echo) -> None:
    mei = slack.person("Mei")
    message = slack.says(mei, "see https://example.com/")
    slack.unfurls(message)
    slack.edits(message, "never mind")
    slack.deletes(message)
    await echo.hears(4)

    changes = {event["ts"]: event for event in echo.heard if "subtype" in event}
    unfurled, edited, deleted = (changes[ts] for ts in sorted(changes))
    assert unfurled["message"]["text"] == unfurled["previous_message"]["text"]
    assert edited["message"]["text"] == "never mind"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", message.ts)
    assert all("user" not in event for event in changes.values())


async def test_the_app_hears_of_its_own_messages_and_of_other_apps(
    slack: FakeSlack, echo: Echo, web: AsyncWebClient
) -> None:
    sales = slack.channel("sales")
    posted = await web.chat_postMessage(channel=sales.id, text="hello")
    await web.chat_update(channel=sales.id, ts=posted["ts"], text="hello again")
    slack.other_app_says("I am another", channel=sales)
    slack.other_app_says("I am an old one", channel=sales, is_classic=True)
    await echo.hears(2)

    sent = [delivery.event for delivery in slack.deliveries]
    assert [event.get("subtype") for event in sent] == [None, "message_changed", None, "bot_message"]
    assert sent[0]["bot_id"] == slack.world.bot_id
    assert [event.get("user") for event in sent[2:]] == ["U0OTHERBOT", None]
    assert sorted(echo.kinds) == ["bot_message", "message"]  # bolt drops what the app did itself, edits too


async def test_whatever_else_happens_in_the_workspace(slack: FakeSlack, echo: Echo) -> None:
    mei, tom = slack.person("Mei"), slack.person("Tom")
    sales, new = slack.channel("sales", mei), slack.channel("new", mei, has_bot=False)
    message = slack.says(mei, "hello", channel=sales)

    slack.reacts(mei, message, "ticket")
    slack.unreacts(mei, message, "ticket")
    slack.opens_home(mei)
    slack.opens_messages(mei)
    slack.invites_app(new, by=mei)
    slack.joins(tom, new, inviter=mei)
    slack.leaves(tom, new)
    slack.archives(new, by=mei)
    slack.joins_team(tom)
    slack.changes_profile(mei, tz="Asia/Shanghai")
    slack.deactivates(tom)
    await echo.hears(12)

    kinds = [delivery.event["type"] for delivery in slack.deliveries]
    assert sorted(echo.kinds) == sorted(kinds)
    assert kinds == [
        "message",
        "reaction_added",
        "reaction_removed",
        "app_home_opened",
        "app_home_opened",
        "member_joined_channel",
        "member_joined_channel",
        "member_left_channel",
        "channel_archive",
        "team_join",
        "user_change",
        "user_change",
    ]
    slack.world.subscriptions.discard("reaction_added")
    assert slack.reacts(mei, message, "eyes") is None
    assert slack.unwanted[0]["event"]["reaction"] == "eyes"


async def test_files_are_shared(slack: FakeSlack, echo: Echo, web: AsyncWebClient) -> None:
    mei = slack.person("Mei")
    slack.uploads(mei, b"GIF", name="card.gif", text="their card", mimetype="image/gif")
    slack.uploads(mei, b"from afar", name="offer.pdf", is_hidden=True)
    await echo.hears(2)

    known, hidden = sorted((event["files"][0] for event in echo.heard), key=lambda one: str(one["id"]))
    assert (known["name"], known["size"], known["mimetype"]) == ("card.gif", 3, "image/gif")
    assert hidden["file_access"] == "check_file_info"
    assert "name" not in hidden
    assert (await web.files_info(file=hidden["id"]))["file"]["name"] == "offer.pdf"


async def test_commands_are_answered_by_the_way_they_came(slack: FakeSlack, echo: Echo) -> None:
    mei = slack.person("Mei")
    sales = slack.channel("sales", mei)

    private = slack.command("/crm", "today", user=mei, channel=sales)
    public = slack.command("/crm", "card", user=mei, channel=sales)
    refused = slack.command("/crm", "too long", user=mei)
    silent = slack.command("/crm", user=mei)
    unknown = slack.command("/other", user=mei)
    await slack.until(lambda: unknown.delivery.attempts and len(slack.pending) <= 1)
    slack.advance(3)
    await slack.until_taken()

    assert private.shown is not None
    assert (private.shown.plain, private.shown.seen_by) == ("today", mei.id)
    assert public.shown is slack.messages_in(sales)[0]
    assert public.shown.labels == ["Save"]
    assert refused.failed
    assert refused.refusal is not None
    assert refused.refusal.error == "invalid_blocks"
    assert (silent.failed, silent.shown) == (False, None)
    assert unknown.failed  # bolt answers 404, or nothing at all: nothing of it is ever sent again
    assert unknown.delivery.attempts == 1
    assert echo.acted[0]["channel_name"] in {"sales", "directmessage"}


async def test_a_press_brings_a_trigger_a_hook_and_the_message(
    slack: FakeSlack, echo: Echo, web: AsyncWebClient
) -> None:
    mei = slack.person("Mei")
    await web.chat_postMessage(channel=mei.id, text="A card", blocks=card(button("Save", "save", "L12")))
    message = await slack.sees(mei, "A card", button="Sa")

    press = slack.presses(message, "Save")
    await press.answered()
    await slack.until_taken()

    (body,) = echo.acted
    assert body["actions"][0]["action_id"] == "save"
    assert body["actions"][0]["value"] == "L12"
    assert body["message"]["ts"] == body["container"]["message_ts"] == message.ts
    assert body["message"]["blocks"][1]["block_id"] == body["actions"][0]["block_id"]
    assert (body["trigger_id"], body["response_url"]) == (press.trigger_id, press.response_url)
    with pytest.raises(AssertionError, match="no button 'Delete'"):
        slack.presses(message, "Delete")
    await slack.forges(message, "delete", "L12").answered()
    assert echo.acted[1]["actions"][0]["action_id"] == "delete"


async def test_choices_arrive_in_the_platforms_form(slack: FakeSlack, echo: Echo, web: AsyncWebClient) -> None:
    mei, tom = slack.person("Mei"), slack.person("Tom")
    options = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("Call", "Visit")]
    elements = [
        {"type": "static_select", "action_id": "kind", "options": options, "initial_option": options[0]},
        {"type": "users_select", "action_id": "owner"},
        {"type": "datepicker", "action_id": "day"},
        {"type": "checkboxes", "action_id": "marks", "options": options},
        {"type": "overflow", "action_id": "more", "options": options},
    ]
    posted = await web.chat_postMessage(channel=mei.id, text="?", blocks=[{"type": "actions", "elements": elements}])
    message = slack.dm(mei).log[posted["ts"]]

    for name, choice in {"kind": "Visit", "owner": tom, "day": "2026-12-01", "marks": ["call"], "more": "Vis"}.items():
        picked = slack.picks(message, name, choice)
        assert picked is not None
        await picked.answered()

    actions = [body["actions"][0] for body in echo.acted]
    assert actions[0]["selected_option"]["value"] == "visit"
    assert actions[1]["selected_user"] == tom.id
    assert actions[2]["selected_date"] == "2026-12-01"
    assert [option["value"] for option in actions[3]["selected_options"]] == ["call"]
    assert actions[4]["selected_option"]["value"] == "visit"
    (values,) = echo.acted[-1]["state"]["values"].values()
    assert values["kind"]["selected_option"]["value"] == "visit"
    assert "more" not in values
    with pytest.raises(AssertionError, match="no option 'Letter'"):
        slack.picks(message, "kind", "Letter")


async def test_a_form_is_answered_with_errors_and_then_taken(slack: FakeSlack, echo: Echo, web: AsyncWebClient) -> None:
    mei = slack.person("Mei")
    trigger = slack.shortcut("new_lead", user=mei).trigger_id
    await web.views_open(trigger_id=trigger, view=form())
    view = await slack.sees_view(mei, "New lead")
    assert view.field_labels() == ["Company"]

    with pytest.raises(AssertionError, match="'Company' must be filled in"):
        slack.submits(view)
    await slack.submits(view, {"Company": "errors"}).answered()
    assert view.errors == {"company": "No such company."}
    misplaced = slack.submits(view, {"company": "misplaced"})
    await slack.until_taken()
    assert misplaced.failed
    assert slack.open_view_of(mei) is view
    await slack.submits(view, {"value": "ACME"}).answered()

    assert slack.open_view_of(mei) is None
    assert echo.acted[-1]["view"]["state"]["values"]["company"]["value"]["value"] == "ACME"


async def test_a_form_leads_on_and_back(slack: FakeSlack, echo: Echo, web: AsyncWebClient) -> None:
    mei = slack.person("Mei")
    await web.views_open(trigger_id=slack.shortcut("new_lead", user=mei).trigger_id, view=form())
    first = await slack.sees_view(mei, "New lead")

    await slack.submits(first, {"Company": "update"}).answered()
    assert (first.title, first.is_open) == ("Next", True)
    await slack.submits(first, {"Company": "push"}).answered()
    second = await slack.sees_view(mei, "Deeper")
    assert [second.raw()[name] for name in ("previous_view_id", "root_view_id")] == [first.id, first.id]
    await slack.submits(second, {"Company": "push"}).answered()
    third = slack.views_of(mei)[-1]
    fourth = slack.submits(third, {"Company": "push"})
    await slack.until_taken()
    assert fourth.refusal is not None
    assert fourth.refusal.error == "push_limit_reached"
    await slack.submits(third, {"Company": "ACME"}).answered()
    assert slack.open_view_of(mei) is second
    await slack.submits(second, {"Company": "clear"}).answered()
    assert slack.views_of(mei) == []


async def test_a_closed_form_is_told_of_if_asked(slack: FakeSlack, echo: Echo, web: AsyncWebClient) -> None:
    mei = slack.person("Mei")
    for notify in (False, True):
        trigger = slack.shortcut("new_lead", user=mei).trigger_id
        await web.views_open(trigger_id=trigger, view=form(notify_on_close=notify))
        closed = slack.closes(await slack.sees_view(mei))
        assert (closed is not None) is notify
    await slack.until_taken()

    assert [body["type"] for body in echo.acted] == ["shortcut", "shortcut", "view_closed"]
    assert echo.acted[-1]["is_cleared"] is False


async def test_shortcuts_and_message_actions(slack: FakeSlack, echo: Echo) -> None:
    mei = slack.person("Mei")
    message = slack.says(mei, "they want 40 seats", channel=slack.channel("sales", mei))

    await slack.shortcut("new_lead", user=mei).answered()
    await slack.shortcut("log_this", user=mei, message=message).answered()

    everywhere, here = echo.acted
    assert (everywhere["type"], everywhere["callback_id"]) == ("shortcut", "new_lead")
    assert "channel" not in everywhere
    assert (here["type"], here["message"]["text"]) == ("message_action", "they want 40 seats")


async def test_a_menu_asks_the_app_for_options(slack: FakeSlack, echo: Echo, web: AsyncWebClient) -> None:
    mei = slack.person("Mei")
    menu = {"type": "external_select", "action_id": "customer", "min_query_length": 1}
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Who?"}, "accessory": menu}]
    await web.chat_postMessage(channel=mei.id, text="Who?", blocks=blocks)
    message = await slack.sees(mei, "Who?")

    search, bad = slack.looks_up(message, "customer", "ac"), slack.looks_up(message, "customer", "")
    await slack.until_taken()

    assert [option["text"]["text"] for option in search.options] == ["acac"]
    assert bad.failed
