"""Groups in which somebody of outside the company is: there the staff are answered privately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.groups.actions import greet
from domain.people.model import Identity
from handlers.chat import Reply
from handlers.context import ChatContext, Outcome


def group_of(ctx: ChatContext) -> str:
    """The key of the whole group, also in a thread or topic of it."""
    place = ctx.event.conversation
    return place.parent or place.key


async def note_speaker(ctx: ChatContext) -> None:
    """Whoever of outside speaks in a group is remembered to be in it. A colleague who has yet to join is none."""
    sender = ctx.event.sender
    if ctx.in_group and ctx.staff is None and sender is not None and not sender.is_member:
        await note_guests(ctx, [ctx.identity])


async def note_guests(ctx: ChatContext, guests: Sequence[Identity]) -> None:
    """They are here; in a customer's group whoever was never greeted here will be."""
    if await ctx.uow.groups.keep_guests(guests, group_of(ctx)):
        group = await ctx.uow.groups.find(ctx.event.channel, group_of(ctx))
        if group is not None:
            await greet(ctx.uow, group, now=ctx.now)


async def among_ourselves(ctx: ChatContext, outcome: Outcome) -> Outcome:
    """The answer to one of the staff, privately where others read along."""
    if not (ctx.in_group and ctx.staff is not None and any(not reply.private for reply in outcome.replies)):
        return outcome
    if not await ctx.uow.groups.customers_read_along(ctx.event.channel, group_of(ctx)):
        return outcome
    return replace(outcome, replies=tuple(_privately(reply) for reply in outcome.replies))


def _privately(reply: Reply) -> Reply:
    return replace(reply, private=True)
