"""Where tickets are worked on together: a group of colleagues in which each ticket has a place of its own.

The place hangs on one message of the group, the ticket's head: its thread, or the replies to it. The head is said once,
when the first words of the ticket are, and where it stands is remembered like a card (``place:18``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.company.model import Company
from domain.errors import NotAllowed
from domain.notifications.model import Planned, Urgency
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.errors import CustomersReadAlong
from domain.tickets.model import Ticket, TicketMessage

CHANNEL, PLACE, SINCE, SET_BY = "triage-channel", "triage-place", "triage-since", "triage-by"
HEAD, WORDS = "ticket-place", "ticket-heard"
SAID_IN_PLACES = frozenset({HEAD, WORDS, "triage-checked"})


@dataclass(frozen=True, kw_only=True)
class Triage:
    """The group, by its channel and key. ``since`` tells apart what was said before it was lost and chosen again."""

    channel: str
    place: str
    since: str
    set_by: int


def triage_of(company: Company) -> Triage | None:
    kept = company.settings
    if PLACE not in kept:
        return None
    return Triage(channel=kept[CHANNEL], place=kept[PLACE], since=kept[SINCE], set_by=int(kept[SET_BY]))


def head_of(ticket_id: int) -> str:
    """The record under which it is remembered where the ticket's head stands."""
    return f"place:{ticket_id}"


async def use_for_triage(uow: UnitOfWork, actor: Staff, *, channel: str, place: str, now: datetime) -> Company:
    """Tickets have their places in this group from now on, and a word there shows that it can be reached.

    Raises NotAllowed, and CustomersReadAlong where somebody of outside is in the group.
    """
    if not actor.leads_others:
        raise NotAllowed
    if await uow.groups.customers_read_along(channel, place):
        raise CustomersReadAlong
    company = await uow.company.get()
    chosen = {CHANNEL: channel, PLACE: place, SINCE: now.isoformat(), SET_BY: str(actor.id)}
    company.settings = {**company.settings, **chosen}
    uow.happened("triage-chosen")
    return company


async def check_triage(uow: UnitOfWork, actor: Staff, *, now: datetime) -> None:
    """Say a word there; if it cannot be said, the group is given up and who leads is told. Raises NotAllowed."""
    company = await uow.company.get()
    triage = triage_of(company)
    if not actor.leads_others:
        raise NotAllowed
    if triage is not None:
        uow.plan(_said_there("triage-checked", company, triage, now=now))


async def stop_triage(uow: UnitOfWork, actor: Staff) -> Company:
    """Tickets have no places any more; nothing changes for what is said in private chats. Raises NotAllowed."""
    if not actor.leads_others:
        raise NotAllowed
    company = await uow.company.get()
    if triage_of(company) is not None:
        _forget(company)
        uow.happened("triage-stopped")
    return company


async def lose_triage(uow: UnitOfWork, *, channel: str, place: str, now: datetime) -> None:
    """Nothing can be said there any more. Tickets go on in private chats; who chose the group is told, once."""
    company = await uow.company.get()
    triage = triage_of(company)
    if triage is None or (triage.channel, triage.place) != (channel, place):
        return
    _forget(company)
    uow.happened("triage-lost")
    people = await uow.staff.list_active()
    chosen_by = [person for person in people if person.id == triage.set_by and person.leads_others]
    for person in chosen_by or leaders_of(None, people):
        uow.plan(
            Planned(
                key="triage-lost",
                facts={"channel": channel},
                due_at=now,
                staff_id=person.id,
                urgency=Urgency.URGENT,
                dedupe_key=f"triage-lost:{channel}:{place}:{triage.since}:{person.id}",
            )
        )


async def conversation_moved(uow: UnitOfWork, channel: str, old: str, new: str) -> None:
    """A group has another key: what is kept of it goes along, and tickets have their places there."""
    await uow.conversations_moved(channel, old, new)
    company = await uow.company.get()
    triage = triage_of(company)
    if triage is not None and (triage.channel, triage.place) == (channel, old):
        company.settings = {**company.settings, PLACE: new}


def _forget(company: Company) -> None:
    ours = {CHANNEL, PLACE, SINCE, SET_BY}
    company.settings = {name: value for name, value in company.settings.items() if name not in ours}


async def tell_place(uow: UnitOfWork, ticket: Ticket, words: Sequence[TicketMessage], *, now: datetime) -> None:
    """The ticket's head where it has none yet, and below it what the customer wrote; nothing where no group is chosen."""
    company = await uow.company.get()
    triage = triage_of(company)
    if triage is None:
        return
    once = f"{ticket.id}:{triage.channel}:{triage.place}:{triage.since}"
    uow.plan(_said_there(HEAD, company, triage, ticket=ticket, card=head_of(ticket.id), once=once, now=now))
    for message in words:
        uow.plan(
            _said_there(WORDS, company, triage, ticket=ticket, message=message, card=f"heard:{ticket.id}", now=now)
        )


def _said_there(
    key: str,
    company: Company,
    triage: Triage,
    *,
    now: datetime,
    ticket: Ticket | None = None,
    message: TicketMessage | None = None,
    card: str | None = None,
    once: str | None = None,
) -> Planned:
    """In the company's language and time: many read it."""
    facts = {} if message is None else {"message": message.id, "since": now}
    return Planned(
        key=key,
        facts={"ticket": ticket.id, **facts} if ticket is not None else {},
        due_at=now,
        channel=triage.channel,
        place=triage.place,
        urgency=Urgency.URGENT,
        chosen=True,
        card=card,
        about=f"ticket:{ticket.id}" if ticket is not None else None,
        dedupe_key=f"{key}:{once}" if once else None,
        extra={"locale": company.locale, "timezone": company.timezone},
    )
