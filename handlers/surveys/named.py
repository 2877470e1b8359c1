"""A survey by its name alone, without a slash: "survey fair-2027", 问卷 wishes. Which names there are the company knows."""

from __future__ import annotations

import re

from domain.surveys.definition import LONGEST_NAME, NAME
from domain.surveys.errors import SurveyNotFound
from handlers.context import ChatContext
from handlers.router import LEADERS, Answer, fold
from handlers.surveys.commands import show_one

_SAID = re.compile(rf"(?:survey\s+|问卷\s*)({NAME.pattern})", re.IGNORECASE)
_LONGEST = len("survey ") + LONGEST_NAME


async def named_survey(ctx: ChatContext, text: str) -> Answer:
    """None for other words, and where there is no survey of that name: then it may be a note."""
    said = _SAID.fullmatch(fold(text.strip()[: _LONGEST + 1]))
    if said is None or ctx.staff is None or ctx.actor.role not in LEADERS:
        return None
    try:
        return await show_one(ctx, said[1].casefold())
    except SurveyNotFound:
        return None
