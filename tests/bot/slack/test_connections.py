"""Socket Mode through all that breaks it, and requests over HTTP that are not Slack's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from bot.slack.http import Signatures
from bot.slack.send import Spot
from bot.slack.socket import SocketReceiver
from bot.slack.standing import Once
from domain.errors import TryAgain
from handlers.chat import ChatEvent, Receipt, Rendered
from storage.tables import metadata
from tests.bot.slack.stage import QUICK, Stage, on_stage, served
from tests.fakes.slack import FakeSlack, Message, signature


async def is_alive(stage: Stage, count: int = 1) -> None:
    """A rep who speaks is answered, once."""
    person = await stage.staff(f"Rep{count}")
    stage.server.says(person, f"/lead Company{count} Ltd, Jane Miller")
    await stage.server.sees(person, "Saved ✓")
    await stage.settles()
    assert len(stage.server.messages_in(stage.server.dm(person))) == 1


async def test_a_warning_brings_a_new_socket_before_the_old_one_ends(stage: Stage) -> None:
    await stage.server.warns()
    await stage.server.until_connected(2)
    await is_alive(stage)
    assert stage.slack.health()["receiving"] is True


async def test_a_refresh_brings_a_new_socket(stage: Stage) -> None:
    for count in range(3):
        await stage.server.refreshes()
        await stage.server.until_connected()
        await is_alive(stage, count)


async def test_a_socket_that_is_cut_is_replaced(stage: Stage) -> None:
    await stage.server.cuts()
    await stage.server.until_connected()
    await is_alive(stage)


async def test_a_receiver_that_had_to_give_way_begins_anew() -> None:
    async def handle(body: Mapping[str, Any]) -> None:
        raise AssertionError(body)

    async with FakeSlack() as server:
        receiver = SocketReceiver(server.app_token, handle, api_base=server.api_base, pauses=QUICK)
        for _ in range(2):
            running = asyncio.create_task(receiver.run())
            await server.until_connected()
            running.cancel()
            await asyncio.wait({running})
            await server.until(lambda: not server.sockets.open)


async def test_a_silent_socket_is_noticed(tmp_path: Path) -> None:
    async with on_stage(tmp_path, silence=0.2) as stage:
        stage.server.falls_silent()
        await stage.server.until(lambda: stage.server.sockets.opened >= 2)
        await is_alive(stage)


async def test_socket_mode_that_was_switched_off_is_asked_for_again(stage: Stage) -> None:
    await stage.server.disables_sockets()
    await stage.server.until(lambda: len(stage.server.calls_of("apps.connections.open")) >= 4)
    assert {**stage.slack.health(), "last_update_at": None} == {
        "up": False,
        "receiving": False,
        "token_refused": False,
        "last_update_at": None,
    }
    stage.server.enables_sockets()
    await stage.server.until_connected()
    await is_alive(stage)
    stage.server.calls[:] = [call for call in stage.server.calls if call.method != "apps.connections.open"]


async def test_an_outage_of_any_kind_is_survived(stage: Stage) -> None:
    with stage.server.outage():
        await stage.server.cuts()
        await asyncio.sleep(0)
    stage.server.fail_next("apps.connections.open", "internal_error", status=500, times=2)
    stage.server.nonsense_next("apps.connections.open", times=2)
    stage.server.cut_next("apps.connections.open")
    await stage.server.until_connected()
    await is_alive(stage)


async def test_what_was_not_committed_is_not_acknowledged(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    refused, dispatch = asyncio.Event(), stage.slack._dispatch

    async def moody(event: ChatEvent) -> Receipt:
        if refused.is_set():
            return await dispatch(event)
        refused.set()
        raise TryAgain

    stage.slack._dispatch = moody
    stage.server.says(tom, "/lead Beta Ltd, Jane Miller")
    await refused.wait()
    assert not await stage.rows("leads")

    stage.server.advance(4)  # Slack waited for three seconds
    await stage.settles()
    assert len(await stage.rows("leads")) == 1


async def test_redelivered_and_reordered_events_have_one_effect(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    stage.server.deliver_twice()
    with stage.server.reordering(seed=7):
        for number in range(5):
            stage.server.says(tom, f"/lead Company{number} Ltd, Jane Miller")
    await stage.settles()
    assert len(await stage.rows("leads")) == 5
    assert len(stage.server.messages_in(stage.server.dm(tom))) == 5


async def test_a_revoked_token_is_said_and_the_words_wait(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    stage.server.fail_next("chat.postMessage", "token_revoked", times=1)
    stage.server.says(tom, "/lead Beta Ltd, Jane Miller")
    await stage.server.until_taken()
    await stage.house.delivery.drain()
    assert stage.slack.health()["token_refused"] is True
    assert [row["state"] for row in await stage.rows("notifications")] == ["pending"]

    stage.server.advance(120)
    await stage.settles()
    assert len(stage.server.messages_in(stage.server.dm(tom))) == 1
    assert stage.slack.health()["token_refused"] is False


async def test_a_post_whose_answer_was_lost_is_not_said_again(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    stage.server.cut_next("chat.postMessage", after_doing=True)
    stage.server.says(tom, "/lead Beta Ltd, Jane Miller")
    await stage.server.until_taken()
    await stage.house.delivery.drain()
    stage.server.advance(120)
    await stage.settles()

    [said] = stage.server.messages_in(stage.server.dm(tom))
    assert [row["state"] for row in await stage.rows("notifications")] == ["sent"]
    # The card is known to stand there, so that its buttons edit it.
    assert [row["message"] for row in await stage.rows("cards")] == [said.ts]
    assert len(stage.server.calls_of("conversations.history")) == 1


@pytest.mark.parametrize(
    ("reason", "holder"),
    [(None, None), ("unanswered", None), ("channel-busy", "elsewhere"), ("unanswered", "elsewhere")],
)
async def test_what_a_process_said_before_it_died_is_not_said_again(
    stage: Stage, reason: str | None, holder: str | None
) -> None:
    """``reason``: why it had been put off before; ``holder``: who held it when it died."""
    tom = await stage.staff("Tom")
    stage.server.says(tom, "/lead Beta Ltd, Jane Miller")
    await stage.settles()
    async with stage.house.database.unit_of_work() as uow:  # as if it had died before it could settle
        rows = metadata.tables["notifications"]
        left = {"reason": reason, "lease_holder": holder, "lease_until": stage.now - timedelta(days=400)}
        await uow.session.execute(update(rows).values(state="pending", sent_at=None, settled_at=None, **left))
        await uow.commit()
    await stage.settles()

    assert len(stage.server.messages_in(stage.server.dm(tom))) == 1
    [row] = await stage.rows("notifications")
    assert (row["state"], row["attempts"]) == ("sent", 2)


async def test_a_long_text_goes_on_where_its_answer_was_lost(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    text = "\n".join(f"{number} " + "word " * 60 for number in range(120))
    once = Once("n1")
    writer = stage.slack.channel._writer
    spot = Spot(stage.server.dm(tom).id)
    stage.server.fail_next("conversations.history", "missing_scope", needed="im:history", provided="")
    stage.server.cut_next("chat.postMessage", after_doing=True, times=1)
    with pytest.raises(OSError):
        await writer.post(spot, Rendered(text), once=once)
    await writer.post(spot, Rendered(text), once=replace(once, may_stand=True))
    pages = len(stage.server.messages_in(stage.server.dm(tom))) - 1  # without the scope it is said again

    stage.server.cut_next("chat.postMessage", after_doing=True)
    with pytest.raises(OSError):
        await writer.post(spot, Rendered(text), once=Once("n2"))
    stamp = await writer.post(spot, Rendered(text), once=Once("n2", may_stand=True))

    shown = stage.server.messages_in(stage.server.dm(tom))
    assert pages > 1
    assert len(shown) == 1 + 2 * pages
    assert shown[-1].ts == stamp


async def test_a_long_text_goes_on_where_it_had_to_wait_for_too_long(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    text = "\n".join(f"{number} " + "word " * 60 for number in range(120))
    writer, dm = stage.slack.channel._writer, stage.server.dm(tom)
    posting = asyncio.create_task(writer.post(Spot(dm.id), Rendered(text), once=Once("n1")))
    await stage.server.until(lambda: len(stage.server.messages_in(dm)) == 1)
    stage.server.limit_next("chat.postMessage", 300)
    with pytest.raises(OSError, match="in part"):
        await posting
    before = [message.ts for message in stage.server.messages_in(dm)]

    stage.server.advance(301)
    await writer.post(Spot(dm.id), Rendered(text), once=Once("n1", may_stand=True))

    shown = stage.server.messages_in(dm)
    assert [message.ts for message in shown[: len(before)]] == before
    assert len({message.plain for message in shown}) == len(shown) > len(before)


async def test_retry_after_is_obeyed_and_the_order_kept(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    stage.server.limit_next("chat.postMessage", 30)
    for number in range(4):
        stage.server.says(tom, f"/lead Company{number} Ltd, Jane Miller")
        await stage.server.until_taken()
    await stage.house.delivery.drain()
    assert len(stage.server.calls_of("chat.postMessage")) == 1  # the others wait behind the first

    for _ in range(3):
        stage.server.advance(31)
        await stage.settles()
    said = stage.server.messages_in(stage.server.dm(tom))
    assert [f"Company{number}" in message.plain for number, message in enumerate(said)] == [True] * 4


async def test_a_fault_of_the_line_keeps_the_order(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    with stage.server.outage():
        for number in range(4):
            stage.server.says(tom, f"/lead Company{number} Ltd, Jane Miller")
            await stage.server.until_taken()
        await stage.house.delivery.drain()
    stage.server.calls.clear()
    for _ in range(8):
        stage.server.advance(61)
        await stage.settles()
    said = stage.server.messages_in(stage.server.dm(tom))
    assert [f"Company{number}" in message.plain for number, message in enumerate(said)] == [True] * 4


# ---------------------------------------------------------------- signed HTTP


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, over_http=True) as stage, served(stage):
        yield stage


async def test_the_day_over_http(http: Stage) -> None:
    assert await http.server.pushing.verify()
    assert await http.server.pushing.check_ssl() == 200
    tom = await http.staff("Tom")
    http.server.says(tom, "called Acme, they want a quote")
    card: Message = await http.server.sees(tom, "Acme", button="Save")
    await http.server.presses(card, "Save").answered()
    await http.settles()
    assert len(await http.rows("activities")) == 1
    assert not http.server.refusals


def test_the_signature_is_that_of_slacks_own_example() -> None:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
        b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
        b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121"
        b".803a0bc887a14d10d2c447fce8b6703c"
    )
    signed = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    signatures = Signatures("8f742231b10e8888abcd99yyyzzz85a5", now=lambda: datetime.fromtimestamp(1531420618, UTC))
    assert signatures.fault(body, "1531420618", signed) is None
    assert signatures.fault(body + b"&", "1531420618", signed) == "wrong-signature"
    assert signatures.fault(body, "1531420618", signed.removeprefix("v0=")) == "wrong-signature"
    assert signatures.fault(body, "1531420317", signed) == "too-old"
    assert signatures.fault(body, "", signed) == "no-timestamp"


async def test_requests_of_others_are_refused(http: Stage) -> None:
    body = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "message"}}).encode()
    post = http.server.pushing.post
    now = http.server.now()
    secret = http.server.signing_secret

    async def status(body: bytes = body, **headers: str) -> int:
        return (await post(body, headers={name.replace("_", "-"): value for name, value in headers.items()}))[0]

    old, new = str(int(now) - 301), str(int(now) + 360)  # the clock goes on meanwhile
    assert await status(X_Slack_Signature="v0=00") == 401
    assert await status(X_Slack_Signature="") == 401
    assert await status(X_Slack_Request_Timestamp=old, X_Slack_Signature=signature(secret, old, body)) == 401
    assert await status(X_Slack_Request_Timestamp=new, X_Slack_Signature=signature(secret, new, body)) == 401
    assert await status(X_Slack_Request_Timestamp="٣٣") in {400, 401}
    assert await status(b"x" * 1_000_001) == 413
    assert await status(b"[1") == 400
    assert not await http.rows("notifications")
    assert await status() == 200


async def test_a_replay_does_nothing(http: Stage) -> None:
    tom = await http.staff("Tom")
    http.server.says(tom, "/lead Beta Ltd, Jane Miller")
    await http.settles()
    replayed = http.server.pushing.posts[-1]
    events = http.house.dispatcher.counters.events["slack"]

    status, _, _ = await http.server.pushing.post(replayed["body"], headers=replayed["headers"])
    await http.settles()

    assert status == 200
    assert http.house.dispatcher.counters.events["slack"] == events
    assert len(await http.rows("leads")) == 1


async def test_a_command_and_its_errors_over_http(http: Stage) -> None:
    tom = await http.staff("Tom")
    body = urlencode(
        {"command": "/crm", "user_id": tom.id, "text": "", "channel_id": "", "trigger_id": "1.2.x"}
    ).encode()
    status, text, _ = await http.server.pushing.post(body, "application/x-www-form-urlencoded")
    assert (status, text) == (200, "")
