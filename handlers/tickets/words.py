"""Reads what a command about a ticket names: which ticket, whom, and the words behind."""

from __future__ import annotations

import re

from domain.ports import UnitOfWork
from handlers.chat import ChatEvent
from handlers.context import ChatContext
from handlers.router import WrongUsage, fold

IN_PLACES = frozenset({"place", "heard"})  # records of a ticket's head, and of what was relayed below it
_TICKET = re.compile(r"#?\s*[tT]\s?-?([0-9]{1,15})(?![0-9A-Za-z])[\s:：,，]*")
_CUSTOMER = re.compile(r"#?\s*[cC]\s?-?([0-9]{1,15})(?![0-9A-Za-z])[\s:：,，]*")


def names_ticket(rest: str) -> bool:
    """Do the words after a command's name begin with a ticket? Then it is the command, also without its slash."""
    return _TICKET.match(fold(rest[:30])) is not None


def split_ticket(text: str) -> tuple[int | None, str]:
    """T18 and the words behind it; None and all of them where none is named."""
    return _split(_TICKET, text)


def split_customer(text: str) -> tuple[int | None, str]:
    return _split(_CUSTOMER, text)


def _split(pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
    """Folding keeps the length of what such a number is written with, so that the words behind stay as they were typed."""
    found = pattern.match(fold(text[:30]))
    if found is None or len(fold(text[: found.end()])) != found.end():
        return None, text.strip()
    return int(found[1]), text[found.end() :].strip()


async def which_ticket(ctx: ChatContext, rest: str, command: str) -> tuple[int, str]:
    """The ticket that is named, else that of the card which was replied to. Raises WrongUsage."""
    ticket_id, words = split_ticket(rest)
    if ticket_id is None:
        ticket_id = await ticket_here(ctx)
    if ticket_id is None:
        raise WrongUsage(command)
    return ticket_id, words


async def ticket_of_place(uow: UnitOfWork, event: ChatEvent) -> int | None:
    """The ticket whose place this is: a thread below its head, a reply to the head or to what was relayed below it, or the
    topic in which the head stands."""
    here = event.conversation
    at = [(here.parent, here.root), (here.key, event.reply_to)]
    for place, message in at:
        if place is None or message is None:
            continue
        card = await uow.cards.find(event.channel, place, message)
        record, _, number = (card.record if card is not None else "").partition(":")
        if record in IN_PLACES:
            return int(number)
    if here.parent is None or here.root is not None:
        return None
    named = await uow.cards.find_in_thread(event.channel, here.key, "place")  # a topic of its own
    return int(named.partition(":")[2]) if named is not None else None


async def ticket_here(ctx: ChatContext) -> int | None:
    """The ticket in whose place it is said, else that of the card which the message replies to."""
    event = ctx.event
    its_place = await ticket_of_place(ctx.uow, event)
    if its_place is not None or event.reply_to is None:
        return its_place
    card = await ctx.uow.cards.find(event.channel, event.conversation.key, event.reply_to)
    record, _, number = (card.record if card is not None else "").partition(":")
    return int(number) if record in {"ticket", "ticket-asks"} else None
