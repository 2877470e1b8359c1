"""Slack as delivery sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.slack.api import Api
from bot.slack.examining import lacks
from bot.slack.files import Files
from bot.slack.forms import FIELDS_AT_ONCE
from bot.slack.interactions import EPHEMERAL
from bot.slack.pacing import Pacer
from bot.slack.people import People
from bot.slack.places import CHANNEL, NOWHERE, address, is_person, is_private
from bot.slack.send import Spot, Writer
from bot.slack.standing import Once
from domain.errors import RecipientUnreachable
from handlers.chat import Capabilities, Outgoing, Phrase, Rendered

log = structlog.get_logger(__name__)

NO_WHISPER = frozenset({"not-a-member", "channel-not-found", "no-rights", "user-not-found", "archived"})


class SlackChannel:
    """The Channel of ``handlers.chat`` over the Web API.

    Besides what that promises, ``send`` raises ``errors.Refused`` for a message that Slack will never take.
    """

    name = CHANNEL
    capabilities = Capabilities(
        forms=True,
        private_in_group=True,
        reactions=True,
        text_limit=12_000,
        label_limit=75,
        form_fields=FIELDS_AT_ONCE,
    )

    def __init__(self, api: Api, *, people: People, pacer: Pacer, choose: str, now: Callable[[], datetime]) -> None:
        """``choose`` stands on a list of choices before one is chosen; ``now`` gives aware UTC."""
        self._now = now
        self._api = api
        self._people = people
        self._files = Files(api, pacer)
        self._writer = Writer(api, pacer, choose=choose)

    async def send(self, outgoing: Outgoing) -> str | None:
        """Send, or edit in place; see ``handlers.chat.Channel``."""
        if outgoing.home:
            await self._writer.show_home(outgoing.to_user or "", outgoing.body)
            return None
        if self._has_private_answer(outgoing):
            return await self._answer_privately(outgoing)
        spot = await self._spot(outgoing)
        if outgoing.to_user is not None and not is_private(spot.channel):
            return await self._whisper(spot, outgoing.to_user, outgoing)
        if outgoing.edit and not outgoing.edit.startswith(EPHEMERAL):
            return await self._writer.edit(spot, outgoing.edit, outgoing.body, once=_once(outgoing))
        return await self._writer.post(spot, outgoing.body, once=_once(outgoing))

    async def whisper(self, place: str, user: str, body: Rendered) -> None:
        """A word for one person, in a private chat too, that nobody keeps. Raises what ``send`` raises."""
        channel, thread = address(place)
        spot = Spot(await self._people.chat_with(channel)) if is_person(channel) else Spot(channel, thread)
        await self._writer.whisper(spot, user, body)

    async def fetch(self, ref: str, *, limit: int) -> bytes:
        """The bytes of a file; see ``handlers.chat.Channel``."""
        return await self._files.fetch(ref, limit=limit)

    async def examine(self, place: str) -> Sequence[Phrase]:
        """What is missing in a channel; see ``handlers.chat.Examines``."""
        return await lacks(self._api, address(place)[0])

    async def close(self) -> None:
        await self._api.close()

    def _has_private_answer(self, outgoing: Outgoing) -> bool:
        """Where a command was typed or a private message pressed, as long as Slack takes an answer there."""
        extra = outgoing.extra
        return bool(extra.get("response_url")) and not self._is_over(extra.get("response_until"))

    async def _answer_privately(self, outgoing: Outgoing) -> str | None:
        """Pictures and files cannot go that way: they go to the private chat, and so do the words when they are refused."""
        chat = await self._spot(outgoing)
        words = await self._without_files(chat, outgoing.body)
        is_replaced = bool(outgoing.edit and outgoing.edit.startswith(EPHEMERAL))
        if await self._writer.answer_privately(str(outgoing.extra["response_url"]), words, replace=is_replaced):
            return None
        return await self._writer.post(chat, words, once=_once(outgoing))

    async def _without_files(self, chat: Spot, body: Rendered) -> Rendered:
        """What is left to say once the files were put into the private chat."""
        if not (body.picture or body.document):
            return body
        await self._writer.upload(chat, body)
        return replace(body, picture=None, document=None)

    def _is_over(self, until: Any) -> bool:
        try:
            return self._now() >= datetime.fromisoformat(str(until))
        except (ValueError, TypeError):
            return True

    async def _whisper(self, spot: Spot, user: str, outgoing: Outgoing) -> str | None:
        """Only they see it; in their private chat where the channel does not allow that."""
        body = outgoing.body
        if body.picture or body.document:
            body = await self._without_files(Spot(await self._people.chat_with(user)), body)
        try:
            await self._writer.whisper(spot, user, body)
            return None
        except RecipientUnreachable as unreachable:
            if unreachable.reason not in NO_WHISPER:
                raise
            log.info("slack-whisper-refused", channel=spot.channel, reason=unreachable.reason)
        return await self._writer.post(Spot(await self._people.chat_with(user)), body, once=_once(outgoing))

    async def _spot(self, outgoing: Outgoing) -> Spot:
        channel, thread = address(outgoing.place)
        if channel == NOWHERE or not channel:
            raise RecipientUnreachable("no-slack-address")
        if is_person(channel):
            return Spot(await self._people.chat_with(channel))
        if is_private(channel):
            return Spot(channel, _text(outgoing.extra.get("thread")))
        return Spot(channel, thread or outgoing.under)


def _once(outgoing: Outgoing) -> Once:
    return Once(outgoing.key, may_stand=outgoing.may_stand)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
