"""People we do not know, customers, and those who have left: a kind word, never twice the same on one day."""

from __future__ import annotations

from datetime import timedelta

from domain.people.codes import looks_like_code
from handlers.chat import Button, Reply
from handlers.context import ChatContext, Outcome
from handlers.hello import hello
from handlers.joining import may_join, offer_to_join
from handlers.router import Answer, ButtonTooOld, before_free_text, outsider, press
from locales import LANGUAGES, language_of

QUIET = timedelta(days=1)


# The welcome, and the shorter word when somebody goes on writing.
TO_CUSTOMERS = ("customer-welcome", "customer-again")
TO_FORMER_STAFF = ("former-welcome", "former-again")
TO_STRANGERS = ("stranger-welcome", "stranger-again")


def _keys(ctx: ChatContext) -> tuple[str, str]:
    if ctx.identity.contact_id is not None:
        return TO_CUSTOMERS
    return TO_FORMER_STAFF if ctx.identity.staff_id is not None else TO_STRANGERS


async def introduce(ctx: ChatContext) -> Reply:
    """Who we are, and how one joins; for somebody who asked for it."""
    offer = await offer_to_join(ctx) if may_join(ctx) else None
    return offer or _introduction(ctx)


def _introduction(ctx: ChatContext) -> Reply:
    ours = language_of(ctx.locale)
    others = [language for language in LANGUAGES if language != ours]
    buttons = tuple(Button(f"language-{other}", press=f"hello.language:{other}") for other in others)
    name = ctx.identity.name
    return Reply(_keys(ctx)[0], {"name": name}, buttons=buttons, card=_card(ctx), private=True)


def _card(ctx: ChatContext) -> str:
    return f"hello:{ctx.identity.id}"


@press("hello.language")
async def choose_language(ctx: ChatContext, argument: str) -> Reply:
    """What somebody chose beats what the platform says of them."""
    if argument not in LANGUAGES:
        raise ButtonTooOld
    ctx.identity.locale = argument
    if ctx.staff is not None:
        return hello(ctx)
    return await introduce(ctx)


@before_free_text
async def greet(ctx: ChatContext, text: str) -> Answer:
    """A stranger's message in private, and a colleague's anywhere. A pasted code is left to ``handlers.start``."""
    if ctx.staff is not None or (looks_like_code(text) and not ctx.in_group):
        return None
    offer = await offer_to_join(ctx) if may_join(ctx) else None
    if offer is not None:
        return offer
    return Outcome() if ctx.in_group else await greet_once(ctx)


@outsider
async def instead_of_a_command(ctx: ChatContext) -> Answer:
    """A colleague who begins with a command of the staff is not refused, but asked to join."""
    return await offer_to_join(ctx) if may_join(ctx) else None


async def greet_once(ctx: ChatContext) -> Answer:
    """The welcome, later on the same day a shorter word, and after that nothing new to say."""
    recent = await ctx.uow.notifications.keys_said(_card(ctx), since=ctx.now - QUIET)
    first = _introduction(ctx)
    if first.key not in recent:
        return first
    again = Reply(_keys(ctx)[1], {"name": ctx.identity.name}, card=_card(ctx))
    return again if again.key not in recent else Outcome()
