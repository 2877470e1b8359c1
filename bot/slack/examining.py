"""What the app lacks in a channel in which it is to work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.api import Api
from bot.slack.errors import ScopeMissing
from bot.slack.manifest import SCOPES
from domain.errors import RecipientUnreachable
from handlers.chat import Phrase


async def lacks(api: Api, channel: str) -> Sequence[Phrase]:
    """Is the app in the channel, does the channel live, has the app its scopes? Raises what ``Api.call`` raises."""
    missing = missing_scopes(await api.call("auth.test"))
    found = [Phrase("place-lacks-scopes", {"scopes": ", ".join(missing)})] if missing else []
    try:
        told = (await api.call("conversations.info", form=True, channel=channel)).get("channel")
    except ScopeMissing:
        return found or [Phrase("place-lacks-scopes", {"scopes": "channels:read, groups:read"})]
    except RecipientUnreachable:
        return [*found, Phrase("place-not-there")]
    info = told if isinstance(told, Mapping) else {}
    if info.get("is_archived"):
        found.append(Phrase("place-is-archived"))
    elif info.get("is_member") is False:
        found.append(Phrase("place-not-there"))
    return found


def missing_scopes(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Of what the manifest asks for, by the answer to ``auth.test``; none where Slack does not say what was granted."""
    granted = {scope.strip() for scope in str(said.get("_scopes") or "").split(",")} - {""}
    return tuple(scope for scope in SCOPES if scope not in granted) if granted else ()
