"""``/stop``: nothing any more that was not asked for, on any channel; and what of it somebody wants, one by one."""

from __future__ import annotations

from domain.people.consent import say_about, wishes_of
from domain.people.model import Topic
from handlers.chat import Button, Line, Phrase, Reply, Text
from handlers.context import ChatContext
from handlers.rendering.wording import clean, one_line
from handlers.router import EVERYBODY, ButtonTooOld, command, press

CHOOSE = Button("button-choose-topics", press="consent.choose:")


@command("stop", "退订", who=EVERYBODY)
async def stop(ctx: ChatContext, rest: str) -> Reply:
    """Kept with the moment and the words. Staff have ``/settings`` for what they hear."""
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    await say_about(ctx.uow, ctx.identity, tuple(Topic), given=False, words=_words(ctx), now=ctx.now)
    return _stopped()


def _stopped() -> Reply:
    welcome = Button("button-news-welcome", press="consent.yes:")
    return Reply("stopped", buttons=(welcome, CHOOSE), private=True)


def _words(ctx: ChatContext) -> str:
    content = ctx.event.content
    return one_line(clean(content.text)).strip() if isinstance(content, Text) else ""


@press("consent.yes")
async def yes(ctx: ChatContext, argument: str) -> Reply:
    """News and surveys are welcome; pressed twice it is said once more, which is what counts."""
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    await say_about(ctx.uow, ctx.identity, tuple(Topic), given=True, words="✓", now=ctx.now)
    return Reply("news-welcome", buttons=(Button("button-stop", press="consent.no:"), CHOOSE), private=True)


@press("consent.no")
async def no(ctx: ChatContext, argument: str) -> Reply:
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    wishes = await wishes_of(ctx.uow, ctx.identity)
    said = tuple(topic for topic in Topic if wishes[topic]) or tuple(Topic)
    await say_about(ctx.uow, ctx.identity, said, given=False, words="✗", now=ctx.now)
    return _stopped()


@press("consent.choose")
async def choose(ctx: ChatContext, argument: str) -> Reply:
    """What they hear of us without asking, with a button to change each."""
    if ctx.staff is not None:
        return Reply("stop-for-customers", private=True)
    wishes = await wishes_of(ctx.uow, ctx.identity)
    lines = tuple(
        Line(
            "topic-line",
            {"topic": Phrase(f"topic-{topic}"), "given": wishes[topic]},
            buttons=(
                Button(
                    "topic-off" if wishes[topic] else "topic-on",
                    press=f"consent.set:{topic}.{'no' if wishes[topic] else 'yes'}",
                    facts={"topic": Phrase(f"topic-{topic}")},
                ),
            ),
        )
        for topic in Topic
    )
    return Reply("topics", lines=lines, private=True)


@press("consent.set")
async def set_one(ctx: ChatContext, argument: str) -> Reply:
    word, _, given = argument.partition(".")
    if word not in set(Topic) or given not in {"yes", "no"}:
        raise ButtonTooOld
    if ctx.staff is None:
        words = "✓" if given == "yes" else "✗"
        await say_about(ctx.uow, ctx.identity, (Topic(word),), given=given == "yes", words=words, now=ctx.now)
    return await choose(ctx, "")
