"""A greeting or thanks alone is no news: it is answered, not put on a card."""

from __future__ import annotations

from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.entries.kind_words import asks_how, is_greeting, is_thanks
from handlers.hello import hello
from handlers.router import ROUTES, Answer


async def answer_kindly(ctx: ChatContext, text: str) -> Answer:
    """The hello, the help, or a kind word. Only for colleagues, and kind words in private alone: strangers are greeted elsewhere."""
    if ctx.staff is None:
        return None
    if asks_how(text):
        return await ROUTES.commands["help"].run(ctx, "")
    if ctx.in_group:
        return None
    if is_greeting(text):
        return hello(ctx)
    return Reply("thanks-answer") if is_thanks(text) else None
