"""Telegram pushes: what is not committed comes again, what is not from Telegram is turned away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from bot.telegram.telegram import Telegram
from bot.telegram.webhook import LARGEST_UPDATE, SECRET_HEADER, WebhookAddress
from domain.errors import TryAgain
from tests.bot.telegram.desk import QUICK, UNHURRIED, Desk
from tests.fakes.telegram import FakeTelegram
from web.server import serving

PUBLIC = "https://crm.example.com/telegram"
SECRET = "a-secret_of-ours"


@asynccontextmanager
async def pushed_to(server: FakeTelegram, desk: Desk, *, secret: str | None = SECRET) -> AsyncIterator[str]:
    """The bot behind its public address; gives the address on this machine."""
    address = WebhookAddress.of(PUBLIC, token=server.token, secret=secret)
    telegram = Telegram(
        server.token,
        desk.dispatch,
        desk.say,
        api_base=server.base,
        webhook=address,
        rates=UNHURRIED,
        pauses=QUICK,
    )
    app = FastAPI()
    assert telegram.routes is not None
    app.include_router(telegram.routes)
    async with serving(app, host="127.0.0.1", port=0) as port:
        local = f"http://127.0.0.1:{port}/telegram"
        server.webhook.routes[PUBLIC] = local
        await telegram.start()
        receiving = asyncio.create_task(telegram.receive())
        try:
            async with asyncio.timeout(5):
                while not telegram.is_receiving:  # noqa: ASYNC110 - it has no event of its own
                    await asyncio.sleep(0.001)
            yield local
        finally:
            await telegram.stop()
            await asyncio.wait_for(receiving, 5)
            await telegram.channel.close()


async def test_what_is_pushed_is_dispatched_once_in_order(server: FakeTelegram, desk: Desk) -> None:
    mei, tom = server.user(11), server.user(12)
    async with pushed_to(server, desk):
        for number in range(5):
            await mei.says(f"mei {number}")
            await tom.says(f"tom {number}")
        await server.until_confirmed()

    assert [text for text in desk.texts if text.startswith("mei")] == [f"mei {number}" for number in range(5)]
    assert len(desk.texts) == 10
    assert not server.refusals
    assert server.webhook.url == PUBLIC  # it stays set: what is said meanwhile waits at Telegram


async def test_an_update_that_was_not_committed_comes_again(server: FakeTelegram, desk: Desk) -> None:
    desk.fail_on = {"one": 2}
    mei = server.user(11)
    async with pushed_to(server, desk):
        await mei.says("one")
        await mei.says("two")
        await server.until_confirmed()

    assert desk.attempts == ["one", "one", "one", "two"]
    assert server.webhook.pauses == [1, 1]  # our Retry-After, not the platform's doubling pauses
    assert desk.fault is TryAgain


async def test_a_bug_beyond_dispatch_does_not_stall_a_conversation(server: FakeTelegram, desk: Desk) -> None:
    desk.fail_on, desk.fault = {"one": 1000}, ZeroDivisionError
    mei = server.user(11)
    async with pushed_to(server, desk):
        await mei.says("one")
        await mei.says("two")
        await server.until_confirmed()

    assert desk.attempts == ["one", "one", "one", "two"]


async def test_what_the_models_reject_is_taken_all_the_same(server: FakeTelegram, desk: Desk) -> None:
    async with pushed_to(server, desk):
        server.push({"message": {"message_id": "no number", "chat": {"id": 11}}})
        server.push({"a_kind_of_tomorrow": {"id": 5}}, even_unwanted=True)
        await server.until_confirmed()

    assert [event.content.kind for event in desk.events] == ["rejected.message", "a_kind_of_tomorrow"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b'{"update_id": 1}', 401),
        ({SECRET_HEADER: "wrong"}, b'{"update_id": 1}', 401),
        ({SECRET_HEADER: "geheim\xe4"}, b'{"update_id": 1}', 401),
        ({SECRET_HEADER: SECRET}, b"<html>", 400),
        ({SECRET_HEADER: SECRET}, b"\xff\xfe", 400),
        ({SECRET_HEADER: SECRET}, b"[" * 100_000, 400),
        ({SECRET_HEADER: SECRET}, b"[1]", 200),
        ({SECRET_HEADER: SECRET}, b'{"update_id": "7"}', 200),
        ({SECRET_HEADER: SECRET}, b" " * (LARGEST_UPDATE + 1), 413),
    ],
)
async def test_what_is_not_an_update_reaches_nobody(
    server: FakeTelegram, desk: Desk, headers: dict[str, str], body: bytes, status: int
) -> None:
    async with pushed_to(server, desk) as local, httpx.AsyncClient() as client:
        raw = {name: value.encode("latin-1") for name, value in headers.items()}
        answer = await client.post(local, content=body, headers=raw)

    assert answer.status_code == status
    assert answer.content == b""
    assert desk.events == []


async def test_without_a_secret_of_the_operators_there_is_one(server: FakeTelegram, desk: Desk) -> None:
    async with pushed_to(server, desk, secret=None) as local, httpx.AsyncClient() as client:
        await server.user(11).says("hello")
        await server.until_confirmed()
        assert (await client.post(local, json={"update_id": 1})).status_code == 401

    [call] = server.calls_of("setWebhook")
    assert len(call.values["secret_token"]) == 64
    assert desk.texts == ["hello"]


async def test_it_is_set_as_soon_as_the_platform_answers(server: FakeTelegram, desk: Desk) -> None:
    server.cut_next("setWebhook", times=2)
    server.fail_next("setWebhook", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    with capture_logs() as logs:
        async with pushed_to(server, desk):
            await server.user(11).says("hello")
            await server.until_confirmed()

    assert desk.texts == ["hello"]
    assert [entry["event"] for entry in logs].count("telegram-webhook-not-set") == 2


async def test_after_a_webhook_polling_begins_where_it_ended(server: FakeTelegram, desk: Desk) -> None:
    mei = server.user(11)
    async with pushed_to(server, desk):
        await mei.says("pushed")
        await server.until_confirmed()
    telegram = Telegram(server.token, desk.dispatch, desk.say, api_base=server.base, pauses=QUICK)
    receiving = asyncio.create_task(telegram.receive())
    with capture_logs() as logs:
        await mei.says("polled")
        await server.until_confirmed()
        await telegram.stop()
        await receiving
    await telegram.channel.close()

    assert desk.texts[0] == "pushed"
    assert desk.texts[-1] == "polled"
    assert server.webhook.url == ""
    assert "telegram-webhook-removed" in [entry["event"] for entry in logs]


@pytest.mark.parametrize(
    ("given", "url", "path"),
    [
        ("https://crm.example.com", "https://crm.example.com/telegram", "/telegram"),
        ("https://crm.example.com/", "https://crm.example.com/telegram", "/telegram"),
        ("https://crm.example.com/bots/tg/", "https://crm.example.com/bots/tg", "/bots/tg"),
        ("https://crm.example.com:8443/x", "https://crm.example.com:8443/x", "/x"),
    ],
)
def test_an_address_always_has_a_path(given: str, url: str, path: str) -> None:
    address = WebhookAddress.of(given, token="7:x", secret=None)

    assert (address.url, address.path) == (url, path)
