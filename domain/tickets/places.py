"""Where tickets are worked on together: a group of colleagues in which each ticket has a place of its own.

The place hangs on one message of the group, the ticket's head: its thread, the topic that was opened for it, or the replies
to it. The head is said once, when the first words of the ticket are, and where it stands is remembered like a card
(``place:18``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.company.model import Company
from domain.errors import NotAllowed
from domain.groups.model import is_within
from domain.notifications.model import Notification, Planned, Urgency
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.reports.schedules import follow_group
from domain.tickets.errors import CustomersReadAlong
from domain.tickets.model import Ticket, TicketMessage
from domain.tickets.telling import show_progress_anew

CHANNEL, PLACE, SINCE, SET_BY = "triage-channel", "triage-place", "triage-since", "triage-by"
HEAD, WORDS, STANDS = "ticket-place", "ticket-heard", "ticket-place-stands"
SAID_IN_PLACES = frozenset({HEAD, WORDS, STANDS, "triage-checked"})


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
    """Say a word there; if it cannot be said, the group is given up and who leads is told. Whoever asks hears what is
    missing there. Raises NotAllowed."""
    company = await uow.company.get()
    triage = triage_of(company)
    if not actor.leads_others:
        raise NotAllowed
    if triage is not None:
        uow.plan(_said_there("triage-checked", company, triage, now=now))
        uow.plan(Planned(key="triage-found", due_at=now, staff_id=actor.id, urgency=Urgency.URGENT, chosen=True))


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
    once = f"triage-lost:{channel}:{place}:{triage.since}"
    await _tell_who_chose(uow, triage, "triage-lost", {"channel": channel}, once=once, now=now)


async def lose_thread(uow: UnitOfWork, lost: Notification, thread: str, *, now: datetime) -> None:
    """Somebody removed or closed the thread in which ``lost`` was to be said. The ticket gets another place in the group,
    without a thread of its own; who chose the group is told, once."""
    company = await uow.company.get()
    triage = triage_of(company)
    ticket_id = lost.facts["ticket"]
    if triage is None or lost.channel != triage.channel or not is_within(thread, triage.place):
        return
    if await uow.cards.forget_thread(triage.channel, thread):
        once = f"{_once(ticket_id, triage)}:{thread}"
        uow.plan(_head(ticket_id, company, triage, once=once, now=now, in_chain=True))
        await _tell_who_chose(
            uow, triage, "ticket-place-lost", {"ticket": ticket_id}, once=f"place-lost:{once}", now=now
        )
    if lost.key != HEAD:
        facts = {**lost.facts, **({"since": now} if "since" in lost.facts else {})}
        uow.plan(_said_there(lost.key, company, triage, ticket_id=ticket_id, facts=facts, card=lost.card, now=now))


async def _tell_who_chose(
    uow: UnitOfWork, triage: Triage, key: str, facts: Mapping[str, object], *, once: str, now: datetime
) -> None:
    people = await uow.staff.list_active()
    chosen_by = [person for person in people if person.id == triage.set_by and person.leads_others]
    for person in chosen_by or leaders_of(None, people):
        uow.plan(
            Planned(
                key=key,
                facts=facts,
                due_at=now,
                staff_id=person.id,
                urgency=Urgency.URGENT,
                dedupe_key=f"{once}:{person.id}",
            )
        )


async def conversation_moved(
    uow: UnitOfWork, channel: str, old: str, new: str, *, now: datetime, keeps_messages: bool = False
) -> None:
    """A group has another key: what is kept of it goes along, and tickets have their places there. Where messages are
    numbered anew customers get the cards of what is not closed once more; the second time there is none that was forgotten."""
    forgotten = await uow.conversations_moved(channel, old, new, keeps_messages=keeps_messages)
    await show_progress_anew(uow, forgotten, channel=channel, group=new, now=now)
    company = await uow.company.get()
    triage = triage_of(company)
    if triage is not None and (triage.channel, triage.place) == (channel, old):
        company.settings = {**company.settings, PLACE: new}
    await follow_group(uow, channel, old, new)


def _forget(company: Company) -> None:
    ours = {CHANNEL, PLACE, SINCE, SET_BY}
    company.settings = {name: value for name, value in company.settings.items() if name not in ours}


async def tell_place(uow: UnitOfWork, ticket: Ticket, words: Sequence[TicketMessage], *, now: datetime) -> None:
    """The ticket's head where it has none yet, and below it what the customer wrote; nothing where no group is chosen."""
    company = await uow.company.get()
    triage = triage_of(company)
    if triage is None:
        return
    uow.plan(_head(ticket.id, company, triage, once=_once(ticket.id, triage), now=now))
    for message in words:
        facts = {"message": message.id, "since": now}
        card = f"heard:{ticket.id}"
        uow.plan(_said_there(WORDS, company, triage, ticket_id=ticket.id, facts=facts, card=card, now=now))


async def tell_place_how_it_stands(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """It is solved, closed or open again: a line below its head, and its thread closes and opens with it."""
    company = await uow.company.get()
    triage = triage_of(company)
    if triage is not None:
        facts = {"state": ticket.status.value}
        uow.plan(_said_there(STANDS, company, triage, ticket_id=ticket.id, facts=facts, now=now))


def _once(ticket_id: int, triage: Triage) -> str:
    return f"{ticket_id}:{triage.channel}:{triage.place}:{triage.since}"


def _head(
    ticket_id: int, company: Company, triage: Triage, *, once: str, now: datetime, in_chain: bool = False
) -> Planned:
    """``in_chain``: without a thread of its own, because somebody did away with it."""
    facts = {"chain": True} if in_chain else {}
    card = head_of(ticket_id)
    return _said_there(HEAD, company, triage, ticket_id=ticket_id, facts=facts, card=card, once=once, now=now)


def _said_there(
    key: str,
    company: Company,
    triage: Triage,
    *,
    now: datetime,
    ticket_id: int | None = None,
    facts: Mapping[str, object] | None = None,
    card: str | None = None,
    once: str | None = None,
) -> Planned:
    """In the company's language and time: many read it."""
    return Planned(
        key=key,
        facts={"ticket": ticket_id, **(facts or {})} if ticket_id is not None else {},
        due_at=now,
        channel=triage.channel,
        place=triage.place,
        urgency=Urgency.URGENT,
        chosen=True,
        card=card,
        about=f"ticket:{ticket_id}" if ticket_id is not None else None,
        dedupe_key=f"{key}:{once}" if once else None,
        extra={"locale": company.locale, "timezone": company.timezone},
    )
