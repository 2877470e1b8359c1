"""Socket Mode and signed HTTP by the wire: what is repeated, when, and what ends a connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiohttp import web as http
from slack_sdk.errors import SlackApiError

from tests.fakes.slack import Delivery, FakeSlack, Person, Rules, signature
from tests.fakes.slack.client import client, connected, served
from tests.fakes.slack_echo import Echo

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
VECTOR = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
    b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121."
    b"803a0bc887a14d10d2c447fce8b6703c"
)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rules=Rules(rates_enforced=False)) as slack:
        yield slack


@pytest.fixture
def mei(slack: FakeSlack) -> Person:
    return slack.person("Mei")


class Socket:
    """A client that acknowledges only when told to."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def frame(self) -> dict[str, Any]:
        frame: dict[str, Any] = await self.socket.receive_json(timeout=5)
        return frame

    async def ack(self, frame: dict[str, Any], **payload: Any) -> None:
        answer = {"envelope_id": frame["envelope_id"]} | ({"payload": payload} if payload else {})
        await self.socket.send_json(answer)


@asynccontextmanager
async def socket_of(slack: FakeSlack) -> AsyncIterator[Socket]:
    answer = await client(slack).apps_connections_open(app_token=slack.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"]) as socket:
        yield Socket(socket)


@dataclass
class Door:
    """An HTTP server that answers each request as told: a status, or (None) never."""

    statuses: list[int | None]
    headers: dict[str, str] = field(default_factory=dict)
    got: list[http.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def answer(self, request: http.Request) -> http.Response:
        self.got.append(request)
        self.bodies.append(await request.read())
        status = self.statuses.pop(0) if self.statuses else 200
        if status is None:
            await asyncio.Event().wait()
        return http.Response(status=status or 200, headers=self.headers)

    @property
    def retries(self) -> list[tuple[str | None, str | None]]:
        return [(one.headers.get("X-Slack-Retry-Num"), one.headers.get("X-Slack-Retry-Reason")) for one in self.got]


@asynccontextmanager
async def door_of(slack: FakeSlack, *statuses: int | None, **headers: str) -> AsyncIterator[Door]:
    door = Door(list(statuses), {name.replace("_", "-"): value for name, value in headers.items()})
    app = http.Application()
    app.router.add_post("/slack/events", door.answer)
    runner = http.AppRunner(app, access_log=None, shutdown_timeout=0.01, handler_cancellation=True)
    await runner.setup()
    await http.TCPSite(runner, "127.0.0.1", 0).start()
    slack.pushing.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield door
    finally:
        await runner.cleanup()


async def test_a_socket_says_hello_and_takes_acknowledgements(slack: FakeSlack, mei: Person) -> None:
    async with socket_of(slack) as socket:
        hello = await socket.frame()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": slack.world.app_id}

        slack.says(mei, "hello")
        frame = await socket.frame()
        assert (frame["type"], frame["retry_attempt"], frame["accepts_response_payload"]) == ("events_api", 0, False)
        assert len(slack.pending) == 1
        await socket.ack(frame)
        await slack.until_taken()
        await socket.ack(frame)
        await slack.until(lambda: slack.sockets.strange_frames)


async def test_a_ticket_opens_one_socket(slack: FakeSlack) -> None:
    url = (await client(slack).apps_connections_open(app_token=slack.app_token))["url"]
    late = (await client(slack).apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        slack.advance(31)
        for used in (url, late):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(used)


async def test_what_is_not_acknowledged_comes_again(slack: FakeSlack, mei: Person) -> None:
    async with socket_of(slack) as socket:
        await socket.frame()
        slack.says(mei, "hello")
        first = await socket.frame()
        slack.advance(3)
        second = await socket.frame()
        await slack.until(lambda: slack.deliveries[0].attempts == 2)
        slack.advance(3)
        await slack.until(lambda: len(slack.deliveries[0].failures) == 2)
        slack.advance(60)
        third = await socket.frame()
        await socket.ack(third)
        await slack.until_taken()

    assert [frame["retry_attempt"] for frame in (first, second, third)] == [0, 1, 2]
    assert (first["retry_reason"], third["retry_reason"]) == ("", "timeout")
    assert len({frame["envelope_id"] for frame in (first, second, third)}) == 3
    assert len({frame["payload"]["event_id"] for frame in (first, second, third)}) == 1


async def test_what_is_never_acknowledged_is_lost(slack: FakeSlack, mei: Person) -> None:
    async with socket_of(slack) as socket:
        await socket.frame()
        slack.says(mei, "hello")
        press = slack.command("/crm", user=mei)
        for attempt, pause in enumerate((0, 0, 60, 300), start=1):
            slack.advance(pause)
            await slack.until(partial(_has, slack.deliveries[0], attempts=attempt, failures=attempt - 1))
            slack.advance(3)
            await slack.until(partial(_has, slack.deliveries[0], attempts=attempt, failures=attempt))
        await slack.until_taken()

    assert slack.deliveries[0].is_lost
    assert (press.failed, press.delivery.attempts) == (True, 1)
    with pytest.raises(AssertionError, match="failed"):
        await press.answered()


async def test_interactions_come_again_only_if_a_setting_says_so(slack: FakeSlack, mei: Person) -> None:
    slack.rules.resends_interactions = True
    async with socket_of(slack) as socket:
        await socket.frame()
        press = slack.shortcut("new_lead", user=mei)
        first = await socket.frame()
        slack.advance(3)
        await socket.ack(await socket.frame())
        await press.answered()
    assert first["accepts_response_payload"] is True
    assert press.delivery.attempts == 2


async def test_each_event_goes_to_one_of_at_most_ten_sockets(slack: FakeSlack, mei: Person) -> None:
    async with socket_of(slack) as one, socket_of(slack) as other:
        assert [(await socket.frame())["num_connections"] for socket in (one, other)] == [1, 2]
        slack.says(mei, "1")
        slack.says(mei, "2")
        for socket in (one, other):
            await socket.ack(await socket.frame())
        await slack.until_taken()
        slack.rules.connections = 2
        async with socket_of(slack) as third:
            assert (await third.frame())["reason"] == "too_many_websockets"
            assert (await third.socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_a_warned_socket_gets_nothing_new_and_an_ended_one_is_replaced(slack: FakeSlack, mei: Person) -> None:
    async with socket_of(slack) as old:
        await old.frame()
        await slack.warns()
        assert (await old.frame())["reason"] == "warning"
        async with socket_of(slack) as new:
            await new.frame()
            slack.says(mei, "hello")
            await new.ack(await new.frame())
            await slack.until_taken()
            await asyncio.gather(slack.refreshes(), _until_closed(new))
        assert (await old.frame())["reason"] == "refresh_requested"
        assert slack.sockets.open == []


async def test_events_wait_for_a_socket_unless_a_setting_says_otherwise(slack: FakeSlack, mei: Person) -> None:
    slack.says(mei, "waiting")
    async with socket_of(slack) as socket:
        await socket.frame()
        await socket.ack(await socket.frame())
        await slack.until_taken()
    await slack.until(lambda: not slack.sockets.open)

    slack.rules.waits_for_connection = False
    slack.says(mei, "not waiting")
    command = slack.command("/crm", user=mei)
    await slack.until(lambda: slack.deliveries[1].failures == ["connection_failed"] * 2)
    slack.advance(3)
    await slack.until(lambda: command.failed)


async def test_bolt_comes_back_after_each_end_of_a_connection(slack: FakeSlack, mei: Person) -> None:
    echo = Echo(slack)
    async with connected(slack, echo.app):
        slack.says(mei, "1")
        await echo.hears(1)
        await slack.refreshes()
        slack.says(mei, "2")
        await echo.hears(2)
        await slack.warns()
        await slack.until(lambda: slack.sockets.opened == 3)
        slack.says(mei, "3")
        await echo.hears(3)

    assert [event["text"] for event in echo.heard] == ["1", "2", "3"]


async def test_socket_mode_can_be_turned_off(slack: FakeSlack) -> None:
    async with socket_of(slack) as socket:
        await socket.frame()
        await asyncio.gather(slack.disables_sockets(), _until_closed(socket, "link_disabled"))
    with pytest.raises(SlackApiError, match="forbidden_team"):
        await client(slack).apps_connections_open(app_token=slack.app_token)
    slack.enables_sockets()
    async with socket_of(slack) as socket:
        assert (await socket.frame())["type"] == "hello"


async def test_a_cut_socket_loses_nothing(slack: FakeSlack, mei: Person) -> None:
    async with socket_of(slack) as socket:
        await socket.frame()
        slack.says(mei, "hello")
        lost = await socket.frame()
        await slack.cuts()
        assert (await socket.socket.receive()).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    async with socket_of(slack) as socket:
        await socket.frame()
        again = await socket.frame()
        await socket.ack(again)
        await slack.until_taken()
    assert (again["retry_attempt"], again["payload"]) == (1, lost["payload"])


async def test_a_silent_socket_answers_no_ping_and_hears_nothing(slack: FakeSlack, mei: Person) -> None:
    url = (await client(slack).apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url, autoping=False) as socket:
        await socket.receive()
        await socket.ping(b"one")
        assert (await socket.receive()).data == b"one"
        slack.falls_silent()
        slack.says(mei, "hello")
        await socket.ping(b"two")
        await slack.until(lambda: slack.deliveries[0].attempts == 1)
        slack.advance(3)
        await slack.until(lambda: slack.deliveries[0].failures)
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.05)
        slack.falls_silent(is_on=False)
        slack.advance(3)
        await slack.until(lambda: len(slack.deliveries[0].failures) == 2)
        slack.advance(60)
        assert json.loads((await socket.receive()).data)["retry_attempt"] == 2


async def test_signed_posts_are_repeated_by_the_platforms_schedule(slack: FakeSlack, mei: Person) -> None:
    async with door_of(slack, 500, 404, None, 200) as door:
        slack.says(mei, "hello")
        await slack.until(lambda: len(slack.deliveries[0].failures) == 2)
        slack.advance(59)
        assert len(door.got) == 2
        slack.advance(1)
        await slack.until(lambda: len(slack.pushing.posts) == 3)
        slack.advance(3)
        await slack.until(lambda: len(slack.deliveries[0].failures) == 3)
        slack.advance(300)
        await slack.until_taken()

    assert door.retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_timeout")]
    assert len(set(door.bodies)) == 1
    for request, body in zip(door.got, door.bodies, strict=True):
        timestamp = request.headers["X-Slack-Request-Timestamp"]
        assert request.headers["X-Slack-Signature"] == signature(slack.signing_secret, timestamp, body)


def test_the_signature_is_that_of_the_platforms_own_example() -> None:
    assert signature(SECRET, "1531420618", VECTOR) == (
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    )


async def test_an_app_can_ask_for_no_repetition(slack: FakeSlack, mei: Person) -> None:
    async with door_of(slack, 500, X_Slack_No_Retry="1") as door:
        slack.says(mei, "hello")
        await slack.until_taken()
    assert (len(door.got), slack.deliveries[0].is_lost) == (1, True)


async def test_an_address_that_is_not_there_or_leads_in_circles(slack: FakeSlack, mei: Person) -> None:
    async with door_of(slack, 307, 307, 307, 307, Location="/slack/events"):
        slack.command("/crm", user=mei)
        await slack.until_taken()
    slack.command("/crm", user=mei)
    await slack.until_taken()

    assert [delivery.failures for delivery in slack.deliveries] == [["too_many_redirects"], ["connection_failed"]]


async def test_an_address_is_verified_and_checked(slack: FakeSlack, mei: Person) -> None:
    async with served(slack, Echo(slack).app):
        assert await slack.pushing.verify()
        assert await slack.pushing.check_ssl() == 200
        status, _, _ = await slack.pushing.post(b"{}", headers={"X-Slack-Signature": "v0=forged"})
        assert status == 401
        old, _, _ = await slack.pushing.post(b"{}", headers={"X-Slack-Request-Timestamp": "1531420618"})
        assert old == 401
        slack.world.signing_secret = "another"
        slack.command("/crm", user=mei)
        await slack.until_taken()
        assert slack.deliveries[0].failures == ["http_error"]
    async with door_of(slack, 200, 500):
        assert not await slack.pushing.verify()
        assert not await slack.pushing.verify()


async def test_deliveries_are_repeated_and_reordered_when_told_to(slack: FakeSlack, mei: Person) -> None:
    echo = Echo(slack)
    async with connected(slack, echo.app):
        slack.deliver_twice()
        slack.says(mei, "1")
        await echo.hears(2)
        slack.deliver_twice(is_on=False)
        slack.repeat(slack.deliveries[0])
        await echo.hears(3)
        with slack.reordering():
            for number in "234":
                slack.says(mei, number)
        await echo.hears(6)
        with slack.reordering(seed=1):
            for number in "5678":
                slack.says(mei, number)
        await echo.hears(10)

    assert [frame["payload"]["event"]["text"] for frame in slack.sockets.sent[:6]] == ["1", "1", "1", "4", "3", "2"]
    shuffled = [frame["payload"]["event"]["text"] for frame in slack.sockets.sent[6:]]
    assert sorted(shuffled) == ["5", "6", "7", "8"]
    assert shuffled not in (["5", "6", "7", "8"], ["8", "7", "6", "5"])
    assert len({frame["payload"]["event_id"] for frame in slack.sockets.sent[:3]}) == 1


async def test_anything_can_be_delivered(slack: FakeSlack) -> None:
    async with socket_of(slack) as socket:
        await socket.frame()
        slack.push({"type": "event_callback", "event": {"type": "unheard_of"}})
        slack.push_event({"type": "message", "subtype": "new_kind"})
        for kind in ("unheard_of", "message"):
            frame = await socket.frame()
            assert frame["payload"]["event"]["type"] == kind
            await socket.ack(frame)


async def test_too_many_events_an_hour_are_said_to_be_too_many(slack: FakeSlack, mei: Person) -> None:
    slack.rules.events_per_hour = 2
    for _ in range(3):
        slack.says(mei, "again")
    assert [delivery.payload["type"] for delivery in slack.deliveries] == ["event_callback"] * 2 + ["app_rate_limited"]
    slack.advance(3_601)
    slack.says(mei, "again")
    assert slack.deliveries[-1].payload["type"] == "event_callback"


async def test_events_end_when_nearly_all_of_them_failed(slack: FakeSlack, mei: Person) -> None:
    slack.rules.failures_counted_from = 4
    async with door_of(slack, 500, 500, 500, 500, X_Slack_No_Retry="1"):
        for number in range(4):
            slack.says(mei, str(number))
        await slack.until_taken()
        assert slack.events_are_off
        slack.says(mei, "unheard")
    assert [payload["event"]["text"] for payload in slack.unwanted] == ["unheard"]


def _has(delivery: Delivery, *, attempts: int, failures: int) -> bool:
    """So many attempts begun at least, and so many failed."""
    return delivery.attempts >= attempts and len(delivery.failures) == failures


async def _until_closed(socket: Socket, reason: str = "refresh_requested") -> None:
    assert (await socket.frame())["reason"] == reason
    assert (await socket.socket.receive()).type is aiohttp.WSMsgType.CLOSE
