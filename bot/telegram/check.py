"""Can this machine speak and hear as this bot? For ``guanxi init`` and ``guanxi doctor``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiogram.methods import GetMe, GetWebhookInfo
from aiohttp import ClientError, ClientSession, ClientTimeout
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from bot.telegram.api import Api, RawUpdates
from bot.telegram.errors import Conflict, Migrated, Refused, TokenRefused
from domain.errors import ChannelBusy, RecipientUnreachable

UNREACHABLE = "telegram-unreachable"
WRONG_TOKEN = "telegram-wrong-token"  # noqa: S105  a code, not a token
WEBHOOK_SET = "telegram-webhook-set"
WEBHOOK_UNREACHED = "telegram-webhook-unreached"
OTHER_RECEIVER = "telegram-other-receiver"
GROUP_PRIVACY = "telegram-group-privacy"
PRODUCTION_ADDRESS = "https://api.telegram.org/"


@dataclass(frozen=True)
class Checked:
    """``bot`` is the bot's user name once known. ``problem`` is a code that stops it from working; ``warning`` one
    that does not: with group privacy on, the bot sees in groups only what is addressed to it. ``said`` are Telegram's own
    words on a problem, if it has any."""

    bot: str | None = None
    problem: str | None = None
    warning: str | None = None
    said: str | None = None


async def check(
    token: str,
    api_base: str | None = None,
    proxy: str | None = None,
    *,
    timeout: float = 5,
    polls: bool = False,
    webhook_url: str | None = None,
) -> Checked:
    """Ask Telegram who the bot is and how it receives, within ``timeout`` seconds. Raises nothing.

    ``polls`` also asks for an update (confirming none), which shows another receiver, and disturbs it for a moment.
    ``webhook_url`` is where Telegram shall push to instead.
    """
    try:
        api = Api(token, api_base=api_base, proxy=proxy)
    except ValueError:
        return Checked(problem=WRONG_TOKEN)
    try:
        async with asyncio.timeout(timeout):
            return await _asked(api, polls=polls, webhook_url=webhook_url)
    except TokenRefused:
        return Checked(problem=WRONG_TOKEN)
    except (OSError, ChannelBusy, Refused, RecipientUnreachable, Migrated):
        return Checked(problem=UNREACHABLE)
    finally:
        await api.close()


async def _asked(api: Api, *, polls: bool, webhook_url: str | None) -> Checked:
    me = await api.call(GetMe())
    warning = None if me.can_read_all_group_messages else GROUP_PRIVACY
    webhook = await api.call(GetWebhookInfo())
    if webhook_url is not None:  # another address is replaced at the start
        is_unreached = webhook.url == webhook_url and webhook.pending_update_count and webhook.last_error_message
        return Checked(
            me.username, WEBHOOK_UNREACHED if is_unreached else None, warning, webhook.last_error_message or None
        )
    if webhook.url:
        return Checked(me.username, WEBHOOK_SET, warning)
    if polls:
        try:
            await api.call(RawUpdates(limit=1, timeout=0))
        except Conflict:
            return Checked(me.username, OTHER_RECEIVER, warning)
    return Checked(me.username, None, warning)


async def platform_time(
    api_base: str | None = None, proxy: str | None = None, *, timeout: float = 5
) -> datetime | None:
    """What time it is by the platform's clock, to the second; None when nobody answers. Raises nothing."""
    connector = ProxyConnector.from_url(proxy) if proxy else None
    try:
        async with (
            ClientSession(connector=connector, timeout=ClientTimeout(total=timeout)) as session,
            session.head(api_base or PRODUCTION_ADDRESS, allow_redirects=False) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (OSError, ClientError, ProxyConnectionError, ProxyError, ProxyTimeoutError, KeyError, ValueError):
        return None
