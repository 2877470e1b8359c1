"""What ``guanxi doctor`` and ``guanxi init`` are told."""

import pytest

from bot.telegram.check import (
    GROUP_PRIVACY,
    OTHER_RECEIVER,
    UNREACHABLE,
    WEBHOOK_SET,
    WEBHOOK_UNREACHED,
    WRONG_TOKEN,
    Checked,
    check,
)
from tests.fakes.telegram import FakeTelegram


async def test_all_is_well(server: FakeTelegram) -> None:
    server.rules.group_privacy = False

    assert await check(server.token, server.base) == Checked(server.bot["username"])


async def test_group_privacy_is_a_warning(server: FakeTelegram) -> None:
    assert await check(server.token, server.base) == Checked(server.bot["username"], None, GROUP_PRIVACY)


@pytest.mark.parametrize("token", ["700:of-somebody-else", "no token", "", "12:34 56"])
async def test_a_wrong_token(server: FakeTelegram, token: str) -> None:
    assert (await check(token, server.base)).problem == WRONG_TOKEN


async def test_an_unknown_path_is_a_wrong_token(server: FakeTelegram) -> None:
    server.fail_next("getMe", 404, "Not Found")

    assert (await check(server.token, server.base)).problem == WRONG_TOKEN


async def test_nobody_there_and_somebody_too_slow(server: FakeTelegram) -> None:
    assert (await check(server.token, "http://127.0.0.1:9")).problem == UNREACHABLE
    assert (await check(server.token, server.base, "socks5://127.0.0.1:9")).problem == UNREACHABLE
    with server.holding("getMe"):
        assert (await check(server.token, server.base, timeout=0.05)).problem == UNREACHABLE


async def test_a_portal_in_between_is_unreachable(server: FakeTelegram) -> None:
    server.nonsense_next("getMe", status=200)

    assert (await check(server.token, server.base)).problem == UNREACHABLE


async def test_a_webhook_in_the_way(server: FakeTelegram) -> None:
    server.webhook.url = "https://example.com/hook"

    assert (await check(server.token, server.base)).problem == WEBHOOK_SET


async def test_our_own_webhook_is_well_until_telegram_cannot_reach_it(server: FakeTelegram) -> None:
    ours = "https://crm.example.com/telegram"
    for url in ("", "https://example.com/hook", ours):
        server.webhook.url = url
        assert (await check(server.token, server.base, webhook_url=ours)).problem is None

    await server.user(11).says("hello")
    server.webhook._failed("Connection refused")
    checked = await check(server.token, server.base, webhook_url=ours)
    assert (checked.problem, checked.said) == (WEBHOOK_UNREACHED, "Connection refused")


async def test_another_receiver(server: FakeTelegram) -> None:
    server.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request")

    assert (await check(server.token, server.base)).problem is None
    assert (await check(server.token, server.base, polls=True)).problem == OTHER_RECEIVER
