""" "snooze to Monday", 改到下周三下午: another time for a reminder in words, in reply to it or just after it came."""

from __future__ import annotations

import re

from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.followups.cards import shared_card
from handlers.followups.done_words import last_reminder, open_followups_on
from handlers.followups.reminders import move
from handlers.followups.when import when_from
from handlers.router import Answer, fold
from handlers.understanding import Moment, parse_when

LONGEST = 60
_BEFORE = re.compile(
    r"(?:please |pls |can you |let's |ok |no )*(?:(?:snooze|postpone|push|move|reschedule|delay|defer|shift|bump|put|change)"
    r"(?: (?:it|this|that|the reminder|this one|him|her|them))?(?: (?:off|back|out))?(?: (?:to|till|until|for|by))?"
    r"|remind me(?: again| about (?:it|this))?|ask me again|not now|later)[ ,]*"
    r"|(?:请|帮我|麻烦|先)*(?:改期|改|推迟|延迟|延期|延后|顺延|推后|往后推|推|延|挪|移|换|调整?|提前)(?:一下)?(?:到|至|为|成)?|(?:再)?提醒我?"
)
_AFTER = re.compile(
    r"[ ,]*(?:(?:please|pls|again|instead|then|thanks)[ ,]*|再?(?:提醒|通知|叫)(?:我)?(?:一下)?|再说|吧|谢谢)*"
)


def _time_alone(text: str, found: Moment) -> bool:
    """Is all of it the wish for another time, beside the time itself?"""
    before, after = text[: found.start].rstrip(), text[found.end :]
    wished = _BEFORE.fullmatch(f"{before} ") or _BEFORE.fullmatch(before)
    said_after = _AFTER.fullmatch(after)
    return bool(said_after and (wished or (not before and after.strip(" ,"))))


async def time_wished(ctx: ChatContext, text: str) -> Moment | None:
    """The time, where the message says nothing else than that a reminder is to come then."""
    words = " ".join(fold(text).casefold().split()).strip(" .!~。")
    if not words or len(words) > LONGEST:
        return None
    found = parse_when(words, await ctx.reading())
    return found if found is not None and _time_alone(words, found) else None


async def move_on(ctx: ChatContext, message: str, moment: Moment) -> Reply | None:
    """The follow-up on a card gets another time; a card that several share asks which. None for any other card."""
    waiting = await open_followups_on(ctx, message)
    if not waiting:
        return None
    if len(waiting) > 1:
        return shared_card(waiting)
    return await move(ctx, waiting[0].id, when_from(ctx, moment))


async def later_in_words(ctx: ChatContext, text: str) -> Answer:
    """None where no reminder came of late, or the words say more."""
    if ctx.staff is None or ctx.in_group or ctx.event.reply_to is not None:
        return None  # a reply is a matter of its card, see handlers.records.comments
    moment = await time_wished(ctx, text)
    message = await last_reminder(ctx) if moment is not None else None
    return await move_on(ctx, message, moment) if moment is not None and message is not None else None
