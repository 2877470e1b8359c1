"""The fake refuses what Slack refuses: each call by the real client, each refusal as that client's own error."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, Rules
from tests.fakes.slack.client import client
from tests.fakes.slack_refusals import REFUSED, Office, section


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
def office(slack: FakeSlack) -> Office:
    return Office(slack)


@pytest.fixture
def web(slack: FakeSlack) -> AsyncWebClient:
    return client(slack)


async def refused(call: Awaitable[Any], error: str) -> Any:
    """Make the call, expect this error, and give the answer."""
    with pytest.raises(SlackApiError) as caught:
        await call
    assert caught.value.response["error"] == error, caught.value.response.data
    return caught.value.response


@pytest.mark.parametrize("case", REFUSED)
async def test_calls_are_refused_in_the_platforms_words(
    slack: FakeSlack, office: Office, web: AsyncWebClient, case: str
) -> None:
    call, error = REFUSED[case]

    answer = await refused(call(office, web), error)

    assert answer.status_code == 200
    assert [refusal.error for refusal in slack.refusals] == [error]
    assert all(channel.messages == [] for channel in slack.world.channels.values())


async def test_what_is_wrong_is_said_with_the_place(office: Office, web: AsyncWebClient) -> None:
    call = web.chat_postMessage(channel=office.sales.id, text="x", blocks=[section("x" * 3_001)])

    answer = await refused(call, "invalid_blocks")

    words = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert words in answer["errors"]
    assert f"[ERROR] {words}" in answer["response_metadata"]["messages"]


async def test_tokens_are_looked_at_first(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    await refused(client(slack, "").auth_test(), "not_authed")
    await refused(client(slack, "xoxb-another").auth_test(), "invalid_auth")
    await refused(client(slack, slack.app_token).auth_test(), "not_allowed_token_type")
    await refused(web.apps_connections_open(app_token=slack.bot_token), "not_allowed_token_type")
    assert (await web.apps_connections_open(app_token=slack.app_token))["url"].startswith("ws://127.0.0.1:")

    slack.revokes_token()
    await refused(web.chat_postMessage(channel=office.sales.id, text="x"), "token_revoked")
    slack.uninstalls()
    await refused(web.auth_test(), "account_inactive")


async def test_the_app_token_is_taken_from_the_header_alone(slack: FakeSlack) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_base}apps.connections.open", data={"token": slack.app_token}) as answer,
    ):
        assert (await answer.json())["error"] == "invalid_auth"


async def test_a_missing_scope_is_named(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    slack.world.scopes -= {"users:read", "im:history"}

    answer = await refused(web.users_info(user=office.mei.id), "missing_scope")
    history = await refused(web.conversations_history(channel=office.dm.id), "missing_scope")

    assert answer["needed"] == "users:read"
    assert history["needed"] == "im:history"
    assert "chat:write" in answer["provided"].split(",")
    assert "chat:write" in (await web.auth_test()).headers["X-OAuth-Scopes"]


async def test_channels_are_written_to_by_id_name_and_person(
    slack: FakeSlack, office: Office, web: AsyncWebClient
) -> None:
    for name in (office.sales.id, "#sales", "sales"):
        await web.chat_postMessage(channel=name, text="hello")
    to_mei = await web.chat_postMessage(channel=office.mei.id, text="hello Mei")
    slack.world.scopes.add("chat:write.public")
    await web.chat_postMessage(channel=office.other.id, text="from outside")

    assert len(slack.messages_in("sales")) == 3
    assert to_mei["channel"] == office.dm.id
    assert slack.messages_in(office.mei)[0].plain == "hello Mei"
    assert slack.messages_in("other")[0].plain == "from outside"
    slack.world.messages_tab_is_on = False
    await refused(web.chat_postMessage(channel=office.mei.id, text="x"), "messages_tab_disabled")


async def test_long_text_is_cut_and_a_long_update_is_refused(
    slack: FakeSlack, office: Office, web: AsyncWebClient
) -> None:
    posted = await web.chat_postMessage(channel=office.sales.id, text="x" * 40_001)
    message = slack.messages_in("sales")[0]

    assert posted["warning"] == "message_truncated"
    assert len(message.text) == 40_000
    await web.chat_update(channel=office.sales.id, ts=message.ts, text="好" * 1_333)
    await refused(web.chat_update(channel=office.sales.id, ts=message.ts, text="好" * 1_334), "msg_too_long")
    await web.chat_update(channel=office.sales.id, ts=message.ts, text="&" * 800)
    await refused(web.chat_update(channel=office.sales.id, ts=message.ts, text="&" * 801), "msg_too_long")
    assert message.plain == "&" * 800


async def test_markup_is_read_as_the_platform_reads_it(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    text = f"a & b, {office.mei.mention}, <https://example.com|here>, 2 &lt; 3, 1 < 2 <b>"
    await web.chat_postMessage(channel=office.sales.id, text=text)

    message = slack.messages_in("sales")[0]
    assert "a &amp; b" in message.text
    assert "1 &lt; 2 &lt;b&gt;" not in message.text
    assert message.plain == "a & b, @mei, here, 2 < 3, 1 < 2 b"


async def test_an_update_keeps_replaces_and_removes_blocks(
    slack: FakeSlack, office: Office, web: AsyncWebClient
) -> None:
    posted = await web.chat_postMessage(channel=office.sales.id, text="x", blocks=[section("one")])
    message, place = slack.messages_in("sales")[0], {"channel": office.sales.id, "ts": posted["ts"]}

    await web.chat_update(**place, text="y", blocks=[section("two")])
    assert (message.plain, message.edited) == ("two", None)
    await web.api_call("chat.update", json={**place, "attachments": [{"text": "more"}]})
    assert message.plain == "two"
    await web.chat_update(**place, text="only words")
    assert (message.plain, message.blocks, message.edits) == ("only words", [], 3)
    assert message.edited is not None
    await refused(web.api_call("chat.update", json=place), "no_text")
    slack.rules.edit_window_seconds = 60
    slack.advance(61)
    await refused(web.chat_update(**place, text="late"), "edit_window_closed")


async def test_what_was_not_escaped_is_noted(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    good = f"1 &lt; 2 &amp; {office.mei.mention} <https://example.com|here> <mailto:a@example.com> <!here>\n> quoted"
    await web.chat_postMessage(channel=office.sales.id, text=good, blocks=[section(good)])
    assert slack.broken_markup == []

    await web.chat_postMessage(channel=office.sales.id, text="R & D", blocks=[section("<b>bold</b>")])
    await web.views_publish(user_id=office.mei.id, view={"type": "home", "blocks": [section("1 < 2")]})
    assert slack.broken_markup == ["R & D", "<b>bold</b>", "1 < 2"]


async def test_messages_can_be_scheduled(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    soon = int(slack.now()) // 300 * 300 + 600
    first = await web.chat_scheduleMessage(channel=office.sales.id, text="good morning", post_at=soon)
    second = await web.chat_scheduleMessage(channel=office.sales.id, text="never", post_at=soon + 1)
    listed = await web.chat_scheduledMessages_list(channel=office.sales.id)
    assert [one["text"] for one in listed["scheduled_messages"]] == ["good morning", "never"]
    place = {"channel": office.sales.id, "scheduled_message_id": second["scheduled_message_id"]}
    await web.chat_deleteScheduledMessage(**place)
    await refused(web.chat_deleteScheduledMessage(**place), "invalid_scheduled_message_id")
    slack.advance(601)
    assert (await slack.sees(office.sales, "good morning")).channel.id == first["channel"]

    async def schedule(at: int) -> None:
        await web.chat_scheduleMessage(channel=office.sales.id, text="x", post_at=at)

    await refused(schedule(int(slack.now()) - 1), "time_in_past")
    await refused(schedule(int(slack.now()) + 121 * 24 * 3600), "time_too_far")
    slack.rules.rates_enforced = False
    for number in range(30):
        await schedule(soon + 3_000 + number)
    await refused(schedule(soon + 3_030), "restricted_too_many")


async def test_ephemeral_messages_are_kept_nowhere(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    posted = await web.chat_postEphemeral(channel=office.sales.id, user=office.mei.id, text="only you")

    assert [message.plain for message in slack.ephemerals_of(office.mei)] == ["only you"]
    assert slack.messages_in("sales") == []
    update = web.chat_update(channel=office.sales.id, ts=posted["message_ts"], text="x")
    await refused(update, "message_not_found")
    assert (await web.conversations_history(channel=office.sales.id))["messages"] == []


async def test_threads(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    root = office.word()
    answer = await web.chat_postMessage(channel=office.sales.id, thread_ts=root.ts, text="one")
    deeper = await web.chat_postMessage(channel=office.sales.id, thread_ts=answer["ts"], text="two")

    thread = await web.conversations_replies(channel=office.sales.id, ts=root.ts)
    assert [message["text"] for message in thread["messages"]] == ["good morning", "one", "two"]
    assert deeper["message"]["thread_ts"] == root.ts
    assert thread["messages"][0]["reply_count"] == 2
    assert len((await web.conversations_history(channel=office.sales.id))["messages"]) == 1
    link = await web.chat_getPermalink(channel=office.sales.id, message_ts=answer["ts"])
    assert f"thread_ts={root.ts}" in link["permalink"]
    slack.rules.orphan_thread_error = "thread_not_found"
    orphan = web.chat_postMessage(channel=office.sales.id, thread_ts="1.000001", text="x")
    await refused(orphan, "thread_not_found")


async def test_the_app_deletes_and_reacts(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    message = office.word()
    own = await web.chat_postMessage(channel=office.sales.id, text="oops")
    await web.chat_delete(channel=office.sales.id, ts=own["ts"])
    await web.reactions_add(channel=office.sales.id, timestamp=message.ts, name="eyes")

    assert slack.messages_in("sales") == []
    assert message.reactions == {"eyes": [slack.bot.id]}
    again = web.reactions_add(channel=office.sales.id, timestamp=message.ts, name="eyes")
    await refused(again, "already_reacted")
    await web.reactions_remove(channel=office.sales.id, timestamp=message.ts, name="eyes")
    assert message.reactions == {}


async def test_a_channel_takes_a_message_a_second(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    for _ in range(slack.rules.channel_burst):
        await web.chat_postMessage(channel=office.sales.id, text="x")

    answer = await refused(web.chat_postMessage(channel=office.sales.id, text="x"), "ratelimited")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    await web.chat_postMessage(channel=office.dm.id, text="elsewhere")
    slack.advance(1)
    await web.chat_postMessage(channel=office.sales.id, text="x")


@pytest.mark.parametrize(("tier", "method"), [(1, "apps.connections.open"), (2, "users.list"), (3, "team.info")])
async def test_methods_are_limited_by_their_tier(slack: FakeSlack, tier: int, method: str) -> None:
    slack.rules.tier_burst = 1
    token = slack.app_token if tier == 1 else slack.bot_token
    calling = client(slack, token)
    await calling.api_call(method)

    answer = await refused(calling.api_call(method), "ratelimited")

    wait = int(answer.headers["Retry-After"])
    assert wait == {1: 60, 2: 3, 3: 2}[tier]
    slack.advance(wait)
    await calling.api_call(method)


async def test_commercial_apps_read_history_once_a_minute(office: Office, web: AsyncWebClient) -> None:
    office.slack.rules.is_commercial = True
    for _ in range(16):
        office.word()

    page = await web.conversations_history(channel=office.sales.id)
    assert (len(page["messages"]), page["has_more"]) == (15, True)
    answer = await refused(web.conversations_history(channel=office.sales.id), "ratelimited")
    assert int(answer.headers["Retry-After"]) == 60


async def test_lists_page_by_cursor(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    slack.rules.pages_may_be_empty = True
    names: list[str] = []
    cursor = ""
    pages = 0
    while cursor or not pages:
        page = await web.users_list(limit=2, cursor=cursor, include_locale=True)
        names += [member["name"] for member in page["members"]]
        cursor, pages = page["response_metadata"]["next_cursor"], pages + 1

    assert names == ["guanxi", "mei", "tom", "gone", "robot"]
    assert pages == 4
    channels = await web.conversations_list(types="public_channel,im", exclude_archived=True, cursor="start:0")
    assert {channel["id"] for channel in channels["channels"]} == {
        one.id for one in (office.sales, office.other, office.board, office.dm)
    }
    members = await web.conversations_members(channel=office.sales.id, cursor="start:0")
    assert members["members"] == [office.mei.id, slack.bot.id]


async def test_who_is_who(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    me = await web.auth_test()
    mei = (await web.users_info(user=office.mei.id, include_locale=True))["user"]
    found = await web.users_lookupByEmail(email="mei@example.com")

    assert (me["user_id"], me["bot_id"]) == (slack.bot.id, slack.world.bot_id)
    assert (mei["tz"], mei["locale"], mei["profile"]["email"]) == ("Europe/London", "en-US", "mei@example.com")
    assert found["user"]["id"] == office.mei.id
    slack.world.scopes.discard("users:read.email")
    assert "email" not in (await web.users_info(user=office.mei.id))["user"]["profile"]
    assert (await web.bots_info(bot=me["bot_id"]))["bot"]["user_id"] == slack.bot.id
    assert (await web.team_info())["team"]["id"] == me["team_id"]
    opened = await web.conversations_open(users=office.tom.id, return_im=True)
    assert opened["channel"]["user"] == office.tom.id
    group = await web.conversations_open(users=f"{office.tom.id},{office.mei.id}")
    assert slack.world.channels[group["channel"]["id"]].kind == "mpim"


async def test_files_go_up_in_three_steps_and_come_down_with_the_token(
    slack: FakeSlack, office: Office, web: AsyncWebClient
) -> None:
    up = await web.files_upload_v2(
        channel=office.sales.id, content="a,b", filename="may.csv", title="May", initial_comment="here"
    )
    file = up["files"][0]
    message = slack.messages_in("sales")[0]

    assert [call.method for call in slack.calls if call.method.startswith("files.")] == [
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
    ]
    assert (message.plain, message.files[0].content, message.files[0].title) == ("here", b"a,b", "May")
    url = (await web.files_info(file=file["id"]))["file"]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"}) as answer:
            assert (answer.status, await answer.read()) == (200, b"a,b")
        async with session.get(url) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
        wanted = await web.files_getUploadURLExternal(filename="x.bin", length=3)
        async with session.post(wanted["upload_url"], data=b"four") as answer:
            assert answer.status == 400
    slack.deletes_file(message.files[0])
    assert message.raw()["files"] == [{"id": file["id"], "mode": "tombstone"}]
    await refused(web.files_info(file=file["id"]), "file_deleted")


async def test_the_home_tab_knows_its_hash(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [section("My day")]}
    first = (await web.views_publish(user_id=office.mei.id, view=home))["view"]
    second = (await web.views_publish(user_id=office.mei.id, view=home, hash=first["hash"]))["view"]

    shown = slack.home_of(office.mei)
    assert shown is not None
    assert shown.plain == "My day"
    assert second["id"] == first["id"]
    stale = web.views_publish(user_id=office.mei.id, view=home, hash=first["hash"])
    await refused(stale, "hash_conflict")
    slack.world.home_is_on = False
    await refused(web.views_publish(user_id=office.mei.id, view=home), "not_enabled")


async def test_bodies_are_read_as_forms_and_as_json(slack: FakeSlack, office: Office) -> None:
    url, token = f"{slack.api_base}chat.postMessage", {"Authorization": f"Bearer {slack.bot_token}"}

    async def post(**body: Any) -> dict[str, Any]:
        async with aiohttp.ClientSession() as session, session.post(url, **body) as answer:
            return dict(await answer.json())

    form = {"channel": office.sales.id, "blocks": '[{"type":"divider"}]', "text": "x", "token": slack.bot_token}
    assert (await post(data=form))["message"]["blocks"][0]["type"] == "divider"
    assert (await post(data=form | {"blocks": "[{"}))["error"] == "invalid_blocks_format"
    bare = {**token, "Content-Type": "application/json"}
    answer = await post(data=b'{"channel": "sales", "text": "x"}', headers=bare)
    assert answer["warning"] == "missing_charset"
    assert (await post(data=b"{", headers=bare))["error"] == "invalid_json"
    assert (await post(data=b"[]", headers=bare))["error"] == "json_not_object"
    async with aiohttp.ClientSession() as session:
        info = f"{slack.api_base}users.info"
        async with session.post(info, json={"user": office.mei.id}, headers=token) as read:
            assert (await read.json())["error"] == "invalid_arguments"  # what only reads takes no JSON


async def test_the_real_client_repeats_by_itself_what_was_cut(
    slack: FakeSlack, office: Office, web: AsyncWebClient
) -> None:
    """Its default retry handler does so even for posts: who wants none twice takes the handler away."""
    (handler,) = web.retry_handlers
    handler.interval_calculator = FixedValueRetryIntervalCalculator(0)
    slack.cut_next("chat.postMessage", after_doing=True)
    await web.chat_postMessage(channel=office.sales.id, text="twice")

    assert [message.plain for message in slack.messages_in("sales")] == ["twice", "twice"]


async def test_it_misbehaves_when_told_to(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    web.retry_handlers.clear()

    async def post(text: str) -> None:
        await web.chat_postMessage(channel=office.sales.id, text=text)

    slack.fail_next("chat.postMessage", "not_in_channel")
    await refused(post("1"), "not_in_channel")
    slack.fail_next("*", "internal_error", status=500)
    assert (await refused(post("2"), "internal_error")).status_code == 500
    slack.limit_next("chat.postMessage", 30)
    assert (await refused(post("3"), "ratelimited")).headers["Retry-After"] == "30"
    slack.cut_next("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await post("4")
    slack.cut_next("chat.postMessage", after_doing=True)
    with pytest.raises(aiohttp.ClientError):
        await post("5")
    slack.nonsense_next("chat.postMessage", status=200)
    with pytest.raises(SlackApiError):
        await post("6")
    slack.fail_next("chat.postMessage", "token_revoked", after=1)
    await post("before")
    await refused(post("revoked midway"), "token_revoked")
    with slack.outage(is_cut=False):
        assert (await refused(post("7"), "service_unavailable")).status_code == 503
    with slack.outage(), pytest.raises(aiohttp.ClientError):
        await post("8")
    await post("9")

    assert [message.plain for message in slack.messages_in("sales")] == ["5", "before", "9"]
    assert slack.refusals == []


async def test_calls_can_be_held(slack: FakeSlack, office: Office, web: AsyncWebClient) -> None:
    with slack.holding("chat.postMessage"):
        waiting = asyncio.create_task(web.chat_postMessage(channel=office.sales.id, text="later"))
        await slack.until(lambda: slack.calls_of("chat.postMessage"))
        assert slack.messages_in("sales") == []
    await waiting
    assert slack.messages_in("sales")[0].plain == "later"


async def test_settings_open_what_is_not_known_for_sure() -> None:
    rules = Rules(refuse_unknown_parameters=False, blocks_characters=13_300, rates_enforced=False)
    async with FakeSlack(rules=rules, clock=lambda: 1_800_000_000.0) as slack:
        office, web = Office(slack), client(slack)
        await web.chat_postMessage(channel=office.sales.id, text="x", blocks=[section("x" * 2_900)] * 4)
        for number in range(20):
            await web.api_call("chat.postMessage", json={"channel": "sales", "text": str(number), "txet": "y"})

        assert slack.refusals == []
        assert [message.ts for message in slack.messages_in("sales")[:2]] == ["1800000000.000000", "1800000000.000001"]
