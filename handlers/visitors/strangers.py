"""People we do not know, customers, and those who have left: every private message gets an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.inquiries.actions import take_message
from domain.people.codes import looks_like_code
from handlers.chat import Button, Reply
from handlers.context import ChatContext, Outcome
from handlers.entries.kind_words import is_thanks
from handlers.hello import hello
from handlers.people.joining import may_join, offer_to_join
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, outsider, press
from handlers.tickets.asked_by_customers import say, share_phone
from handlers.visitors.greeting import hello_card, was_welcomed, welcome
from locales import LANGUAGES, language_of

QUIET = timedelta(days=1)


async def introduce(ctx: ChatContext) -> Reply:
    """Who we are, and how one joins; for somebody who asked for it."""
    offer = await offer_to_join(ctx) if may_join(ctx) else None
    if offer is not None:
        return offer
    return _former(ctx) if ctx.identity.staff_id is not None else welcome(ctx)


def _former(ctx: ChatContext) -> Reply:
    ours = language_of(ctx.locale)
    buttons = tuple(
        Button(f"language-{other}", press=f"hello.language:{other}") for other in LANGUAGES if other != ours
    )
    return Reply("former-welcome", {}, buttons=buttons, card=hello_card(ctx), private=True)


@press("hello.language")
async def choose_language(ctx: ChatContext, argument: str) -> Reply:
    """What somebody chose beats what the platform says of them."""
    if argument not in LANGUAGES:
        raise ButtonTooOld
    ctx.identity.locale = argument
    if ctx.staff is not None:
        return hello(ctx)
    return await introduce(ctx)


async def greet(ctx: ChatContext, text: str) -> Answer:
    """A stranger's message in private, and a colleague's anywhere. A pasted code is left to ``handlers.people.start``."""
    if ctx.staff is not None or (looks_like_code(text) and not ctx.in_group):
        return None
    offer = await offer_to_join(ctx) if may_join(ctx) else None
    if offer is not None:
        return offer
    return await say(ctx, text) or Outcome() if ctx.in_group else await answer_outsider(ctx, text)


@outsider
async def instead_of_a_command(ctx: ChatContext) -> Answer:
    """A colleague who begins with a command of the staff is not refused, but asked to join."""
    return await offer_to_join(ctx) if may_join(ctx) else None


async def answer_outsider(ctx: ChatContext, words: str, files: Sequence[int] = ()) -> Answer:
    """What a customer says is a request, or goes on with one. A stranger gets the welcome if it is their first message,
    and in any case that somebody will look at it.

    ``words`` is what they wrote, or a mark of what they sent; ``files`` what is kept of it, if it is a request.
    """
    if ctx.identity.staff_id is not None:
        recent = await ctx.uow.notifications.keys_said(hello_card(ctx), since=ctx.now - QUIET)
        return _former(ctx) if "former-welcome" not in recent else Reply("former-again", card=hello_card(ctx))
    answer = await say(ctx, words, files)
    if answer is not None:
        return answer
    first = () if await was_welcomed(ctx) else (welcome(ctx),)
    if is_thanks(words):
        return Outcome(first or (Reply("thanks-answer"),))
    said = clean(words).strip()
    if not said:
        return Outcome(first or (Reply("inquiry-empty"),))
    _, is_new = await take_message(ctx.uow, ctx.identity, said, now=ctx.now)
    taken = Reply("inquiry-taken", buttons=(share_phone(),)) if is_new else Reply("inquiry-added")
    return Outcome((*first, replace(taken, fresh=True)))
