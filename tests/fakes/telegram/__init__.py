"""A Bot API server on loopback that refuses what Telegram refuses, in Telegram's words, and the people who use it."""

from tests.fakes.telegram.fake import TOKEN, FakeTelegram
from tests.fakes.telegram.keyboards import Button
from tests.fakes.telegram.people import PNG_DOT, Group, User
from tests.fakes.telegram.refusals import Refusal
from tests.fakes.telegram.rules import Rules
from tests.fakes.telegram.server import Call
from tests.fakes.telegram.world import Chat, Media, Message, Press

__all__ = [
    "PNG_DOT",
    "TOKEN",
    "Button",
    "Call",
    "Chat",
    "FakeTelegram",
    "Group",
    "Media",
    "Message",
    "Press",
    "Refusal",
    "Rules",
    "User",
]
