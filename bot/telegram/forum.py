"""Groups as places to work in: topics of a forum, and what the bot lacks there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    GetChat,
    GetChatMember,
    GetMe,
    ReopenForumTopic,
)

from bot.telegram.api import Api
from bot.telegram.errors import Migrated, Refused
from domain.errors import RecipientUnreachable
from handlers.chat import Phrase

log = structlog.get_logger(__name__)

LONGEST_NAME = 128
MOST_REMEMBERED = 1000
ADMINISTRATORS = frozenset({"administrator", "creator"})


class Forum:
    """Opens and closes topics: https://core.telegram.org/bots/api#createforumtopic

    A topic that was opened for a message which could not be sent then is used when it is sent again.
    """

    def __init__(self, api: Api) -> None:
        self._api = api
        self._opened: dict[str, int] = {}

    async def open(self, chat_id: int, title: str, *, key: str) -> int | None:
        """The new topic; None in a group without topics, or where the bot may not manage them.

        Raises what ``Api.call`` raises, but for refusals: those are logged.
        """
        known = self._opened.get(key)
        if known is not None:
            return known
        if not (_field(await self._api.call(GetChat(chat_id=chat_id)), "is_forum") and await self._may_manage(chat_id)):
            return None
        try:
            made = await self._api.call(CreateForumTopic(chat_id=chat_id, name=_name(title)))
        except (Refused, RecipientUnreachable) as refusal:
            log.info("telegram-topic-refused", chat=chat_id, words=str(refusal))
            return None
        topic = int(_field(made, "message_thread_id"))
        if len(self._opened) >= MOST_REMEMBERED:
            del self._opened[next(iter(self._opened))]
        self._opened[key] = topic
        return topic

    async def turn(self, chat_id: int, topic: int, *, is_open: bool) -> None:
        """Raises what ``Api.call`` raises, but for refusals: it may stand so already."""
        act = ReopenForumTopic if is_open else CloseForumTopic
        try:
            await self._api.call(act(chat_id=chat_id, message_thread_id=topic))
        except Refused as refusal:
            log.info("telegram-topic-left-as-it-is", chat=chat_id, words=refusal.words)

    async def lacks(self, chat_id: int) -> Sequence[Phrase]:
        """What keeps tickets from topics, and the bot from hearing what is said. Raises what ``Api.call`` raises."""
        try:
            chat = await self._api.call(GetChat(chat_id=chat_id))
        except Migrated as moved:
            return await self.lacks(moved.chat_id)
        me, member = await self._api.call(GetMe()), await self._member(chat_id)
        is_administrator = _field(member, "status") in ADMINISTRATORS
        missing = []
        if not _field(chat, "is_forum"):
            missing.append("place-lacks-topics")
        elif not _field(member, "can_manage_topics"):
            missing.append("place-lacks-topic-right")
        if not (is_administrator or _field(me, "can_read_all_group_messages")):
            missing.append("place-lacks-hearing")
        if not is_administrator:
            missing.append("place-lacks-reactions")
        return tuple(map(Phrase, missing))

    async def _may_manage(self, chat_id: int) -> bool:
        return bool(_field(await self._member(chat_id), "can_manage_topics"))

    async def _member(self, chat_id: int) -> Any:
        return await self._api.call(GetChatMember(chat_id=chat_id, user_id=self._api.bot_id))


def _name(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def _field(answer: Any, name: str) -> Any:
    """Of an answer that the models understood, or that is too new for them."""
    return answer.get(name) if isinstance(answer, dict) else getattr(answer, name, None)
