"""What is asked of Slack to understand a payload: names, private chats, the thread of a picked message.

A payload waits for it a moment only. What Slack does not say in that time is left out.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from bot.slack.api import Api
from bot.slack.errors import FAULTS
from bot.slack.payloads import Json, Known, Wanted, channel_of, objects, part, private_chat_in, speaker_of, wanted, word
from bot.slack.people import People
from bot.slack.places import is_private
from bot.slack.titles import Titles

log = structlog.get_logger(__name__)

THREAD_LIMIT = 30
LOOK_UP_SECONDS = 1.5
AUTHORS_SECONDS = 0.7
"""Of those whose words were found then. Both together leave the commit time enough within Slack's three seconds."""


class Lookups:
    """Raises nothing."""

    def __init__(self, api: Api, people: People, titles: Titles) -> None:
        self._api = api
        self._people = people
        self._titles = titles

    async def known(self, body: Json) -> Known:
        """All that is to be known for one payload."""
        me = self._people.me
        needs = wanted(body, me)
        user, chat = speaker_of(body), private_chat_in(body)
        if user and chat and user != me.user:
            self._people.met(user, chat)
        self._titles.noticed(part(body, "event"))
        channel = _spoken_in(body, needs)
        people, found, title, (thread, link), (root, reacted) = await asyncio.gather(
            asyncio.gather(*(self._people.profile(each) for each in needs.people)),
            self._people.find_chat(user) if needs.chat and user else _none(),
            self._titles.of(channel) if channel else _none(),
            self._picked(needs),
            self._replied_to(needs),
        )
        shown = thread if reacted is None else (*thread, reacted)
        names = {word(each, "user") for each in shown} - {""}
        authors = await asyncio.gather(*(self._people.profile(each, patience=AUTHORS_SECONDS) for each in names))
        return Known(
            me=me,
            people={profile.user: profile for profile in (*people, *authors)},
            chat=found or self._people.known_chat(user),
            thread=thread,
            link=link,
            root=root,
            reacted=reacted,
            title=title,
        )

    async def _picked(self, needs: Wanted) -> tuple[tuple[Json, ...], str | None]:
        """The thread of a picked message, and the message's address. Without them the message alone has to do."""
        if needs.link is None:
            return (), None
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                return await asyncio.gather(self._thread(needs.thread), self._permalink(*needs.link))
        except FAULTS as error:
            log.info("slack-thread-unknown", reason=str(error) or type(error).__name__)
            return (), None

    async def _thread(self, thread: tuple[str, str] | None) -> tuple[Json, ...]:
        if thread is None:
            return ()
        channel, root = thread
        try:
            answer = await self._api.call(
                "conversations.replies", form=True, channel=channel, ts=root, limit=THREAD_LIMIT
            )
        except FAULTS as error:
            log.info("slack-thread-unknown", reason=str(error) or type(error).__name__)
            return ()
        return tuple(objects(answer, "messages"))

    async def _replied_to(self, needs: Wanted) -> tuple[str | None, Json | None]:
        return await self._message(*needs.reply) if needs.reply is not None else (None, None)

    async def _message(self, channel: str, stamp: str) -> tuple[str | None, Json | None]:
        """The message in whose thread this one stands, and it itself; None for what is not so, or Slack does not say.

        Of a thread Slack gives the root and what lies within the asked moment.
        """
        asked: dict[str, Any] = {
            "channel": channel,
            "ts": stamp,
            "oldest": stamp,
            "latest": stamp,
            "inclusive": True,
            "limit": 2,
        }
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                answer = await self._api.call("conversations.replies", form=True, **asked)
        except FAULTS as error:
            log.info("slack-thread-unknown", reason=str(error) or type(error).__name__)
            return None, None
        found = objects(answer, "messages")
        root = next((word(each, "thread_ts") for each in found), "")
        return root if root and root != stamp else None, next((e for e in found if word(e, "ts") == stamp), None)

    async def _permalink(self, channel: str, stamp: str) -> str | None:
        try:
            answer = await self._api.call("chat.getPermalink", form=True, channel=channel, message_ts=stamp)
        except FAULTS as error:
            log.info("slack-link-unknown", reason=str(error) or type(error).__name__)
            return None
        return word(answer, "permalink") or None


def _spoken_in(body: Json, needs: Wanted) -> str | None:
    """The channel in which a person said something."""
    if not needs.people or word(part(body, "event"), "type") not in {"message", "app_mention"}:
        return None
    channel = channel_of(body)
    return channel if channel and not is_private(channel) else None


async def _none() -> None:
    return None
