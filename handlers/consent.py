"""``/stop``: no surveys and no news any more, on any channel. Answers to what somebody asked still come."""

from __future__ import annotations

from domain.people.consent import say_about, wishes_of
from domain.people.model import Topic
from handlers.chat import Button, Reply, Text
from handlers.context import ChatContext
from handlers.router import EVERYBODY, command, press
from handlers.wording import clean, one_line


@command("stop", "退订", who=EVERYBODY)
async def stop(ctx: ChatContext, rest: str) -> Reply:
    """Kept with the moment and the words. Staff have ``/settings`` for what they hear."""
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    await say_about(ctx.uow, ctx.identity, tuple(Topic), given=False, words=_words(ctx), now=ctx.now)
    return Reply("stopped", buttons=(Button("button-news-welcome", press="consent.yes:"),), private=True)


def _words(ctx: ChatContext) -> str:
    content = ctx.event.content
    return one_line(clean(content.text)).strip() if isinstance(content, Text) else ""


@press("consent.yes")
async def yes(ctx: ChatContext, argument: str) -> Reply:
    """News and surveys are welcome; pressed twice it is said once more, which is what counts."""
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    await say_about(ctx.uow, ctx.identity, tuple(Topic), given=True, words="✓", now=ctx.now)
    return Reply("news-welcome", buttons=(Button("button-stop", press="consent.no:"),), private=True)


@press("consent.no")
async def no(ctx: ChatContext, argument: str) -> Reply:
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    wishes = await wishes_of(ctx.uow, ctx.identity)
    said = tuple(topic for topic in Topic if wishes[topic]) or tuple(Topic)
    await say_about(ctx.uow, ctx.identity, said, given=False, words="✗", now=ctx.now)
    return Reply("stopped", buttons=(Button("button-news-welcome", press="consent.yes:"),), private=True)
