"""A platform gave a conversation a new address: what stood under the old one goes along."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.drafts.model import Draft
from domain.groups.model import BoundGroup
from domain.notifications.model import NotificationState
from domain.people.model import Identity
from domain.tickets.model import Ticket
from storage import tables
from storage.known_groups import move_known_group

_LATER = {"synchronize_session": "fetch"}


async def move_conversations(session: AsyncSession, channel: str, old: str, new: str) -> Collection[str]:
    """See ``UnitOfWork.conversations_moved``. Nothing of it is journaled."""
    identities, drafts, cards, waiting = tables.identities, tables.drafts, tables.cards, tables.notifications
    await session.execute(
        update(Identity)
        .where(identities.c.channel == channel, identities.c.private_place == old)
        .values(private_place=new),
        execution_options=_LATER,
    )
    await _silence_doubles(session, channel, old, new)
    await session.execute(
        update(Draft).where(drafts.c.channel == channel, drafts.c.place == old).values(place=new),
        execution_options=_LATER,
    )
    # Messages are numbered anew there: an old number would name some other message, and a reply the wrong record.
    gone = delete(cards).where(cards.c.channel == channel, cards.c.place == old).returning(cards.c.record)
    forgotten = set(await session.scalars(gone))
    is_waiting = and_(
        waiting.c.channel == channel, waiting.c.place == old, waiting.c.state == NotificationState.PENDING.value
    )
    for row in (await session.execute(select(waiting.c.id, waiting.c.extra, waiting.c.card).where(is_waiting))).all():
        forgotten.discard(row.card)
        left = {name: value for name, value in row.extra.items() if name != "reply_to"}
        await session.execute(update(waiting).where(waiting.c.id == row.id).values(place=new, edit=None, extra=left))
    guests = tables.guests
    there = select(guests.c.identity_id).where(guests.c.channel == channel, guests.c.place == new)
    moving = and_(guests.c.channel == channel, guests.c.place == old, guests.c.identity_id.not_in(there))
    await session.execute(update(guests).where(moving).values(place=new))
    groups = tables.bound_groups
    bound_there = select(groups.c.id).where(groups.c.channel == channel, groups.c.place == new).exists()
    await session.execute(
        update(BoundGroup).where(groups.c.channel == channel, groups.c.place == old, ~bound_there).values(place=new),
        execution_options=_LATER,
    )
    await move_known_group(session, channel, old, new)
    # Where a ticket is answered is nobody's decision, so this is not journaled either.
    tickets = tables.tickets
    here = or_(tickets.c.place == old, tickets.c.place.startswith(f"{old}/", autoescape=True))
    moved_to = literal(new) + func.substr(tickets.c.place, len(old) + 1)
    await session.execute(
        update(Ticket).where(tickets.c.channel == channel, here).values(place=moved_to), execution_options=_LATER
    )
    jobs = tables.jobs
    await session.execute(
        update(jobs).where(jobs.c.channel == channel, jobs.c.place == old).values(place=new, edit=None)
    )
    return forgotten


async def _silence_doubles(session: AsyncSession, channel: str, old: str, new: str) -> None:
    """A person has one open question a conversation: the one that was asked at the new address stays."""
    drafts = tables.drafts
    there = aliased(drafts)
    same = or_(
        there.c.staff_id == drafts.c.staff_id,
        there.c.staff_id.is_(None) & drafts.c.staff_id.is_(None) & (there.c.identity_id == drafts.c.identity_id),
    )
    asked_there = select(there.c.id).where(
        there.c.channel == channel, there.c.place == new, there.c.asking.is_not(None), same
    )
    await session.execute(
        update(Draft)
        .where(drafts.c.channel == channel, drafts.c.place == old, drafts.c.asking.is_not(None), asked_there.exists())
        .values(asking=None),
        execution_options=_LATER,
    )
