"""Who people are, by their Slack profile: name, language, zone, and whether they belong to the workspace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.slack.api import Api
from bot.slack.errors import FAULTS
from bot.slack.pacing import Pacer
from domain.errors import ChannelBusy

log = structlog.get_logger(__name__)

GOOD_FOR_SECONDS = 3600.0
ASKED_AGAIN_SECONDS = 20.0  # about somebody of whom Slack said nothing
FORGET_ABOVE = 20_000
PATIENCE_SECONDS = 1.2
"""A message is not kept waiting for a profile: Slack repeats what is not answered within three seconds."""


@dataclass(frozen=True)
class Me:
    """The app as Slack knows it. ``enterprise`` is set where it is installed for an organisation."""

    user: str = ""
    bot: str = ""
    team: str = ""
    app: str = ""
    name: str = ""
    enterprise: str | None = None
    url: str = ""


@dataclass(frozen=True)
class Profile:
    """What ``users.info`` says of somebody. ``is_bot`` also for other apps' users."""

    user: str
    name: str = ""
    username: str | None = None
    locale: str | None = None
    timezone: str | None = None
    is_member: bool = False
    is_bot: bool = False


def profile_of(user: Mapping[str, Any], me: Me) -> Profile:
    """https://docs.slack.dev/reference/objects/user-object"""
    details = user.get("profile")
    shown = details if isinstance(details, Mapping) else {}
    # The full name before the one people chose for chatting: colleagues and customers are known by it elsewhere, too.
    name = user.get("real_name") or shown.get("real_name") or shown.get("display_name") or user.get("name") or ""
    return Profile(
        user=str(user.get("id") or ""),
        name=str(name),
        username=_text(user.get("name")),
        locale=_text(user.get("locale")),
        timezone=_text(user.get("tz")),
        is_member=_is_member(user, me),
        is_bot=bool(user.get("is_bot")) or user.get("id") == "USLACKBOT",
    )


def _is_member(user: Mapping[str, Any], me: Me) -> bool:
    """A full member of the workspace (or organisation) that installed the app: no guest, no foreigner, no bot."""
    flags = ("deleted", "is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "is_workflow_bot")
    if any(user.get(flag) for flag in flags):
        return False
    enterprise = user.get("enterprise_user")
    if me.enterprise and isinstance(enterprise, Mapping) and enterprise.get("enterprise_id") == me.enterprise:
        return True
    return bool(me.team) and user.get("team_id") == me.team


def _text(value: Any) -> str | None:
    return str(value) if value else None


class People:
    """Profiles and private chats, asked for once and remembered for an hour. ``me`` is known after ``auth.test``."""

    def __init__(self, api: Api, pacer: Pacer, *, now: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._pacer = pacer
        self._now = now
        self._known: dict[str, tuple[float, Profile]] = {}
        self._asking: dict[str, asyncio.Task[Profile]] = {}
        self._chats: dict[str, str] = {}
        self.me = Me()

    # ------------------------------------------------------------ profiles

    async def profile(self, user: str, *, patience: float = PATIENCE_SECONDS) -> Profile:
        """Raises nothing: who cannot be asked about within ``patience`` seconds has no name and is no member."""
        known = self._known.get(user)
        if known is not None and known[0] > self._now():
            return known[1]
        asking = self._asking.get(user)
        if asking is None:
            asking = asyncio.create_task(self._ask(user))
            self._asking[user] = asking
            asking.add_done_callback(lambda _: self._asking.pop(user, None))
        done, _ = await asyncio.wait({asking}, timeout=patience)
        if done:
            return asking.result()
        return known[1] if known is not None else Profile(user)

    def changed(self, user: Mapping[str, Any]) -> None:
        """``user_change`` brings the whole profile."""
        if user.get("id"):
            self._remember(profile_of(user, self.me))

    async def _ask(self, user: str) -> Profile:
        try:
            await self._pacer.turn("users.info", patience=PATIENCE_SECONDS)
            answer = await self._api.call("users.info", form=True, user=user, include_locale="true", timeout=10)
        except FAULTS as error:
            if isinstance(error, ChannelBusy):
                self._pacer.told_to_wait("users.info", error.retry_after)
            log.info("slack-profile-unknown", user=user, reason=str(error) or type(error).__name__)
            known = self._known.get(user)
            profile = known[1] if known is not None else Profile(user)
            self._remember(profile, ASKED_AGAIN_SECONDS)
            return profile
        found = answer.get("user")
        profile = profile_of(found, self.me) if isinstance(found, Mapping) else Profile(user)
        self._remember(profile)
        return profile

    def _remember(self, profile: Profile, seconds: float = GOOD_FOR_SECONDS) -> None:
        if len(self._known) > FORGET_ABOVE:
            self._known.clear()
        self._known[profile.user] = (self._now() + seconds, profile)

    # ------------------------------------------------------------ private chats

    def met(self, user: str, chat: str) -> None:
        """An event showed somebody's private chat with the bot."""
        if len(self._chats) > FORGET_ABOVE:
            self._chats.clear()
        self._chats[user] = chat

    def known_chat(self, user: str) -> str | None:
        return self._chats.get(user)

    async def chat_with(self, user: str) -> str:
        """The private chat with somebody. Raises what ``Api.call`` raises."""
        known = self._chats.get(user)
        if known is not None:
            return known
        await self._pacer.turn("conversations.open")
        answer = await self._api.call("conversations.open", users=user)
        channel = answer.get("channel")
        chat = str(channel.get("id")) if isinstance(channel, Mapping) else user
        self.met(user, chat)
        return chat

    async def find_chat(self, user: str) -> str | None:
        """The same while an event waits: None when Slack does not say within a moment."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self.chat_with(user)
        except FAULTS as error:
            log.info("slack-chat-unknown", user=user, reason=str(error) or type(error).__name__)
            return None
