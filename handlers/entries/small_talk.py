"""A greeting or thanks alone is no news: it is answered, not put on a card."""

from __future__ import annotations

from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.entries.kind_words import is_greeting, is_thanks
from handlers.hello import hello
from handlers.router import Answer


async def answer_kindly(ctx: ChatContext, text: str) -> Answer:
    """The hello, or a kind word. Only for colleagues in private: strangers are greeted elsewhere."""
    if ctx.staff is None or ctx.in_group:
        return None
    if is_greeting(text):
        return hello(ctx)
    return Reply("thanks-answer") if is_thanks(text) else None
