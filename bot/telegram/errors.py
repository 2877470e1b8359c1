"""What Telegram's refusals mean to us, told by their words: https://core.telegram.org/bots/api#making-requests."""

from __future__ import annotations

from domain.errors import MessageRefused, RecipientUnreachable, ThreadGone


class Refused(MessageRefused):
    """A request that Telegram understood and does not want (400). Asking again is no use."""

    def says(self, *phrases: str) -> bool:
        return any(phrase.casefold() in self.words.casefold() for phrase in phrases)


class Migrated(Exception):
    """The group became a supergroup with a new id."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"migrated to {chat_id}")
        self.chat_id = chat_id


class TokenRefused(ConnectionError):
    """Telegram does not know this token (any more). A fault of the connection to those who only want to send."""


class Conflict(ConnectionError):
    """Somebody else receives this bot's updates: another process, or a webhook."""

    @property
    def is_webhook(self) -> bool:
        return "webhook" in str(self).casefold()


UNREACHABLE = {
    "chat not found": "chat-not-found",
    "user not found": "chat-not-found",
    "PEER_ID_INVALID": "chat-not-found",
    "bot was blocked": "blocked",
    "user is deactivated": "deactivated",
    "can't initiate conversation": "never-started",
    "can't send messages to bots": "is-a-bot",
    "bot was kicked": "kicked",
    "bot is not a member": "not-a-member",
    "group chat was deleted": "deleted",
    "group is deactivated": "deleted",
    "not enough rights": "no-rights",
    "have no rights": "no-rights",
    "need administrator rights": "no-rights",
    "CHAT_WRITE_FORBIDDEN": "no-rights",
    "CHAT_RESTRICTED": "no-rights",
}


TOPIC_GONE = {
    "message thread not found": "topic-not-found",
    "TOPIC_DELETED": "topic-not-found",
    "TOPIC_ID_INVALID": "topic-not-found",
    "TOPIC_CLOSED": "topic-closed",
}


def unreachable(words: str) -> RecipientUnreachable | None:
    """The refusal as "nobody can be reached there", with its reason as a code; None when it says something else."""
    for phrase, reason in TOPIC_GONE.items():
        if phrase.casefold() in words.casefold():
            return ThreadGone(reason)
    for phrase, reason in UNREACHABLE.items():
        if phrase.casefold() in words.casefold():
            return RecipientUnreachable(reason)
    return None
