"""A platform gave a conversation a new address: what stood under the old one, and in its threads, goes along."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, and_, bindparam, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.drafts.model import Draft
from domain.groups.model import BoundGroup
from domain.notifications.model import NotificationState
from domain.people.model import Identity
from domain.surveys.model import SurveyAnswer
from domain.tickets.model import Ticket
from storage import tables
from storage.dialects import execute_rows
from storage.known_groups import move_known_group

_LATER = {"synchronize_session": "fetch"}


@dataclass(frozen=True)
class _Move:
    channel: str
    old: str
    new: str

    def concerns(self, rows: FromClause, place: str = "place") -> ColumnElement[bool]:
        """The conversation itself, and its threads: ``C01/1720000000.000100`` is one of ``C01``."""
        at = rows.c[place]
        within = or_(at == self.old, at.startswith(f"{self.old}/", autoescape=True))
        return and_(rows.c.channel == self.channel, within)

    def leads(self, place: Column[Any]) -> ColumnElement[str]:
        """Where what stood at ``place`` stands now."""
        return literal(self.new) + func.substr(place, len(self.old) + 1)


async def move_conversations(
    session: AsyncSession, channel: str, old: str, new: str, *, keeps_messages: bool = False
) -> Collection[str]:
    """See ``UnitOfWork.conversations_moved``. Nothing of it is journaled."""
    move = _Move(channel, old, new)
    identities, jobs = tables.identities, tables.jobs
    await session.execute(
        update(Identity).where(move.concerns(identities, "private_place")).values(private_place=new),
        execution_options=_LATER,
    )
    await _silence_doubles(session, move)
    await _moved(session, Draft, tables.drafts, move)
    forgotten = set() if keeps_messages else await _forget_cards(session, move)
    if keeps_messages:
        await session.execute(_carried(tables.cards, move))
        await session.execute(_carried(jobs, move))
        await session.execute(_carried(tables.notifications, move).where(_is_waiting()))
    else:
        await session.execute(_carried(jobs, move).values(edit=None))
        forgotten -= await _said_anew(session, move)
    await _groups_moved(session, move)
    # Where a ticket is answered and a survey was asked is nobody's decision, so this is not journaled either.
    await _moved(session, Ticket, tables.tickets, move)
    await _moved(session, SurveyAnswer, tables.survey_answers, move)
    return forgotten


async def _moved(session: AsyncSession, kind: type[Any], rows: Any, move: _Move) -> None:
    statement = update(kind).where(move.concerns(rows)).values(place=move.leads(rows.c.place))
    await session.execute(statement, execution_options=_LATER)


def _carried(rows: Any, move: _Move) -> Any:
    return update(rows).where(move.concerns(rows)).values(place=move.leads(rows.c.place))


def _is_waiting() -> ColumnElement[bool]:
    return tables.notifications.c.state == NotificationState.PENDING.value


async def _forget_cards(session: AsyncSession, move: _Move) -> set[str]:
    """Messages are numbered anew there: an old number would name some other message, and a reply the wrong record."""
    cards = tables.cards
    return set(await session.scalars(delete(cards).where(move.concerns(cards)).returning(cards.c.record)))


async def _said_anew(session: AsyncSession, move: _Move) -> set[str]:
    """What waits is said afresh there, below nothing; gives the cards among it."""
    waiting = tables.notifications
    statement = _carried(waiting, move).where(_is_waiting()).values(edit=None)
    rows = (await session.execute(statement.returning(waiting.c.id, waiting.c.extra, waiting.c.card))).all()
    left = [
        {"row": row.id, "left": {name: value for name, value in row.extra.items() if name != "reply_to"}}
        for row in rows
        if "reply_to" in row.extra
    ]
    if left:
        changed = update(waiting).where(waiting.c.id == bindparam("row")).values(extra=bindparam("left"))
        await execute_rows(session, changed, left)
    return {row.card for row in rows if row.card is not None}


async def _groups_moved(session: AsyncSession, move: _Move) -> None:
    """Who is a guest there and whose group it is; what is known at the new address already stays."""
    guests, groups = tables.guests, tables.bound_groups
    there = select(guests.c.identity_id).where(guests.c.channel == move.channel, guests.c.place == move.new)
    old = and_(guests.c.channel == move.channel, guests.c.place == move.old)
    await session.execute(update(guests).where(old, guests.c.identity_id.not_in(there)).values(place=move.new))
    bound_there = select(groups.c.id).where(groups.c.channel == move.channel, groups.c.place == move.new).exists()
    old = and_(groups.c.channel == move.channel, groups.c.place == move.old)
    await session.execute(update(BoundGroup).where(old, ~bound_there).values(place=move.new), execution_options=_LATER)
    await move_known_group(session, move.channel, move.old, move.new)


async def _silence_doubles(session: AsyncSession, move: _Move) -> None:
    """A person has one open question a conversation: the one that was asked at the new address stays."""
    drafts = tables.drafts
    there = aliased(drafts)
    same = or_(
        there.c.staff_id == drafts.c.staff_id,
        there.c.staff_id.is_(None) & drafts.c.staff_id.is_(None) & (there.c.identity_id == drafts.c.identity_id),
    )
    asked_there = select(there.c.id).where(
        there.c.channel == move.channel, there.c.place == move.leads(drafts.c.place), there.c.asking.is_not(None), same
    )
    await session.execute(
        update(Draft)
        .where(move.concerns(drafts), drafts.c.asking.is_not(None), asked_there.exists())
        .values(asking=None),
        execution_options=_LATER,
    )
