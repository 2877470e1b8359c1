"""What Slack refuses, by what it means; and what is between us and Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.slack.api import Api
from bot.slack.check import check
from bot.slack.errors import Refused, ScopeMissing, TokenRefused
from bot.slack.files import Files
from bot.slack.pacing import Pacer
from bot.slack.people import Me, People, profile_of
from domain.errors import ChannelBusy, FileRefused, RecipientUnreachable
from tests.bot.slack.stage import UNHURRIED
from tests.fakes.slack import FakeSlack


@pytest.fixture
async def server() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
async def api(server: FakeSlack) -> AsyncIterator[Api]:
    api = Api(server.bot_token, api_base=server.api_base)
    yield api
    await api.close()


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        ("channel_not_found", RecipientUnreachable),
        ("not_in_channel", RecipientUnreachable),
        ("is_archived", RecipientUnreachable),
        ("restricted_action", RecipientUnreachable),
        ("cannot_dm_bot", RecipientUnreachable),
        ("user_not_found", RecipientUnreachable),
        ("invalid_auth", TokenRefused),
        ("account_inactive", TokenRefused),
        ("token_revoked", TokenRefused),
        ("internal_error", ConnectionError),
        ("fatal_error", ConnectionError),
        ("service_unavailable", ConnectionError),
        ("invalid_blocks", Refused),
        ("msg_too_long", Refused),
        ("no_text", Refused),
        ("from_the_future", Refused),
    ],
)
async def test_errors_mean_something(server: FakeSlack, api: Api, error: str, meaning: type[Exception]) -> None:
    server.fail_next("auth.test", error)
    with pytest.raises(meaning) as raised:
        await api.call("auth.test")
    assert api.is_down is (meaning is TokenRefused)
    assert type(raised.value) is meaning
    await api.call("auth.test")
    assert api.is_down is False


async def test_a_missing_scope_is_named(server: FakeSlack, api: Api) -> None:
    server.fail_next("auth.test", "missing_scope", needed="chat:write", provided="commands")
    with pytest.raises(ScopeMissing) as raised:
        await api.call("auth.test")
    assert raised.value.needed == "chat:write"


async def test_waiting_times_are_handed_on(server: FakeSlack, api: Api) -> None:
    server.limit_next("auth.test", 17)
    with pytest.raises(ChannelBusy) as raised:
        await api.call("auth.test")
    assert raised.value.retry_after == 17


@pytest.mark.parametrize(
    "fault",
    [
        lambda server: server.cut_next("auth.test"),
        lambda server: server.nonsense_next("auth.test"),
        lambda server: server.nonsense_next("auth.test", status=200),
        lambda server: server.nonsense_next("auth.test", body="", status=200),
        lambda server: server.nonsense_next("auth.test", body="[1]", status=200),
        lambda server: server.nonsense_next("auth.test", body='"ok"', status=503),
        lambda server: server.fail_next("auth.test", "oops", status=500),
    ],
)
async def test_what_is_between_us_and_slack_may_pass(server: FakeSlack, api: Api, fault: object) -> None:
    fault(server)  # type: ignore[operator]
    with pytest.raises(OSError):
        await api.call("auth.test")
    await api.call("auth.test")


async def test_a_lag_ends(server: FakeSlack, api: Api) -> None:
    with server.holding("auth.test"), pytest.raises(TimeoutError):
        await api.call("auth.test", timeout=0.05)


async def test_nobody_listens() -> None:
    api = Api("xoxb-1", api_base="http://127.0.0.1:9/api/")
    with pytest.raises(ConnectionError):
        await api.call("auth.test")
    await api.close()


# ---------------------------------------------------------------- files


@pytest.fixture
def files(api: Api) -> Files:
    return Files(api, Pacer(UNHURRIED))


async def test_a_file_is_read_with_the_apps_token(server: FakeSlack, files: Files) -> None:
    tom = server.person("Tom")
    message = server.uploads(tom, b"an offer" * 100, name="offer.pdf")
    [file] = message.files

    assert await files.fetch(file.id, limit=10_000) == b"an offer" * 100
    with pytest.raises(FileRefused) as raised:
        await files.fetch(file.id, limit=10)
    assert raised.value.reason == FileRefused.TOO_LARGE


async def test_files_that_are_not_given(server: FakeSlack, files: Files) -> None:
    with pytest.raises(FileRefused) as raised:
        await files.fetch("F0NOTHING", limit=100)
    assert raised.value.reason == FileRefused.GONE
    server.world.scopes.discard("files:read")
    with pytest.raises(FileRefused) as raised:
        await files.fetch("F0NOTHING", limit=100)
    assert raised.value.reason == FileRefused.FORBIDDEN


async def test_a_file_of_another_workspace_and_one_that_was_deleted(server: FakeSlack, files: Files) -> None:
    tom = server.person("Tom")
    [hidden] = server.uploads(tom, b"from elsewhere", name="a.txt", is_hidden=True).files
    assert await files.fetch(hidden.id, limit=100) == b"from elsewhere"


# ---------------------------------------------------------------- people


async def test_a_profile_is_asked_for_once(server: FakeSlack, api: Api) -> None:
    people = People(api, Pacer(UNHURRIED))
    people.me = Me(team=server.world.team_id)
    mei = server.person("Mei", tz="Asia/Shanghai", locale="zh-CN")
    guest = server.person("Guest", is_restricted=True)
    foreign = server.person("Eve", team_id="T0OTHER", is_stranger=True)

    profile = await people.profile(mei.id)
    await people.profile(mei.id)
    assert (profile.name, profile.timezone, profile.locale, profile.is_member) == (
        "Mei",
        "Asia/Shanghai",
        "zh-CN",
        True,
    )
    assert len(server.calls_of("users.info")) == 1
    assert not (await people.profile(guest.id)).is_member
    assert not (await people.profile(foreign.id)).is_member
    assert (await people.profile("U0NOBODY")).name == ""


def test_who_is_a_member_of_an_organisation() -> None:
    me = Me(team="E01", enterprise="E01")
    assert profile_of({"id": "W1", "team_id": "T7", "enterprise_user": {"enterprise_id": "E01"}}, me).is_member
    assert not profile_of({"id": "W2", "team_id": "T8", "enterprise_user": {"enterprise_id": "E02"}}, me).is_member
    assert not profile_of({"id": "W3", "team_id": "E01", "deleted": True}, me).is_member
    assert not profile_of({}, Me()).is_member


async def test_an_event_does_not_wait_long_for_a_profile(server: FakeSlack, api: Api) -> None:
    people = People(api, Pacer(UNHURRIED))
    mei = server.person("Mei")
    with server.holding("users.info"):
        assert (await people.profile(mei.id, patience=0.02)).name == ""
    assert (await people.profile(mei.id)).name == "Mei"


# ---------------------------------------------------------------- doctor


async def test_the_check_finds_everything_well(server: FakeSlack) -> None:
    checked = await check(server.bot_token, server.app_token, server.api_base)
    assert (checked.problem, checked.missing) == (None, ())
    assert checked.bot
    assert checked.at is not None


async def test_the_check_names_what_is_wrong(server: FakeSlack) -> None:
    async def problem(bot: str = server.bot_token, app: str = server.app_token) -> str | None:
        return (await check(bot, app, server.api_base)).problem

    assert await problem(bot="xoxb-wrong") == "slack-wrong-bot-token"
    assert await problem(app="xapp-wrong") == "slack-wrong-app-token"
    server.fail_next("apps.connections.open", "missing_scope", needed="connections:write")
    assert await problem() == "slack-app-scope-missing"
    server.sockets.is_enabled = False
    assert await problem() == "slack-sockets-off"
    server.sockets.is_enabled = True
    server.world.scopes -= {"users:read", "files:write"}
    checked = await check(server.bot_token, server.app_token, server.api_base)
    assert checked.problem == "slack-scope-missing"
    assert checked.missing == ("files:write", "users:read")
    assert (await check("xoxb-1", None, "http://127.0.0.1:9/api/")).problem == "slack-unreachable"
