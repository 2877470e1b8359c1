"""Can this machine speak and hear as this app? For ``guanxi doctor``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.slack.api import Api
from bot.slack.errors import FAULTS, Refused, ScopeMissing, TokenRefused
from bot.slack.examining import missing_scopes
from domain.errors import ChannelBusy

UNREACHABLE = "slack-unreachable"
WRONG_BOT_TOKEN = "slack-wrong-bot-token"  # noqa: S105  a code, not a token
WRONG_APP_TOKEN = "slack-wrong-app-token"  # noqa: S105  a code, not a token
SOCKETS_OFF = "slack-sockets-off"
SCOPE_MISSING = "slack-scope-missing"
APP_SCOPE_MISSING = "slack-app-scope-missing"


@dataclass(frozen=True)
class Checked:
    """``bot`` and ``team`` once known. ``problem`` is a code that stops it from working; ``missing`` are scopes that the
    app lacks; ``at`` is the platform's time."""

    bot: str | None = None
    team: str | None = None
    problem: str | None = None
    missing: tuple[str, ...] = ()
    at: datetime | None = None


async def check(
    token: str,
    app_token: str | None = None,
    api_base: str | None = None,
    proxy: str | None = None,
    *,
    timeout: float = 5,
) -> Checked:
    """Ask Slack who the app is, what it may do, and whether it may receive, within ``timeout`` seconds. Raises nothing."""
    api = Api(token, api_base=api_base, proxy=proxy)
    sockets = Api(app_token, api_base=api_base, proxy=proxy) if app_token else None
    try:
        async with asyncio.timeout(timeout):
            return await _asked(api, sockets)
    except TokenRefused:
        return Checked(problem=WRONG_BOT_TOKEN)
    except FAULTS:
        return Checked(problem=UNREACHABLE)
    finally:
        await api.close()
        if sockets is not None:
            await sockets.close()


async def _asked(api: Api, sockets: Api | None) -> Checked:
    said = await api.call("auth.test")
    missing = missing_scopes(said)
    problem = await _receiving(sockets) if sockets is not None else None
    return Checked(
        bot=str(said.get("user") or ""),
        team=str(said.get("team") or ""),
        problem=problem or (SCOPE_MISSING if missing else None),
        missing=missing,
        at=_time(said),
    )


async def _receiving(sockets: Api) -> str | None:
    """What keeps Socket Mode from working. An address is asked for; no socket is opened."""
    try:
        await sockets.call("apps.connections.open", form=True)
    except TokenRefused:
        return WRONG_APP_TOKEN
    except ScopeMissing:
        return APP_SCOPE_MISSING
    except Refused:
        return SOCKETS_OFF
    except ChannelBusy:
        return None
    return None


def _time(said: Mapping[str, Any]) -> datetime | None:
    try:
        return parsedate_to_datetime(str(said.get("_date"))).astimezone(UTC)
    except (TypeError, ValueError):
        return None
