"""What screens show of answers: one statement for a list, a few for the counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.followups.model import FollowupStatus
from domain.surveys.definition import Kind
from domain.surveys.queries import About, AnswerView, Day, Tally
from storage import tables
from storage.dialects import is_sqlite

_s, _a = tables.surveys.c, tables.survey_answers.c
MOST_DAYS = 400
MOST_PEOPLE = 100


async def answer_views(
    session: AsyncSession, which: ColumnElement[bool], *, order: Sequence[Any], limit: int
) -> Sequence[AnswerView]:
    customers, contacts, staff, followups = (
        tables.customers.c,
        tables.contacts.c,
        tables.staff.c,
        tables.followups.c,
    )
    statement = (
        select(
            *(_a[name] for name in _PLAIN),
            _s.edition,
            _s.kind,
            func.coalesce(customers.short_name, customers.name).label("customer"),
            contacts.name.label("contact"),
            customers.owner_id,
            staff.name.label("about"),
            followups.status.label("followup_status"),
        )
        .join(tables.surveys, _s.id == _a.survey_id)
        .outerjoin(tables.customers, customers.id == _a.customer_id)
        .outerjoin(tables.contacts, contacts.id == _a.contact_id)
        .outerjoin(tables.staff, staff.id == _a.about_id)
        .outerjoin(tables.followups, followups.id == _a.followup_id)
        .where(which)
        .order_by(*order)
        .limit(limit)
    )
    return [_view(row) for row in await session.execute(statement)]


_PLAIN = (
    *("id", "survey", "customer_id", "lead_id", "ticket_id", "at", "answered_at", "score", "is_low"),
    *("comment", "answers", "followup_id", "about_id"),
)


def _view(row: Any) -> AnswerView:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return AnswerView(
        **plain,
        edition=row.edition,
        kind=Kind(row.kind),
        customer=row.customer,
        contact=row.contact,
        owner_id=row.owner_id,
        about=row.about,
        followup_is_open=row.followup_status is FollowupStatus.OPEN,
    )


async def tally(session: AsyncSession, which: ColumnElement[bool]) -> Tally:
    """``which`` by the columns of ``survey_answers`` alone."""
    asked = and_(which, or_(_a.contact_id.is_not(None), _a.lead_id.is_not(None)))
    went_out = and_(asked, or_(_a.sent_at.is_not(None), _a.answered_at.is_not(None)))
    counts = (
        await session.execute(
            select(func.count(), func.count(_a.answered_at)).select_from(tables.survey_answers).where(went_out)
        )
    ).one()
    scored = and_(asked, _a.score.is_not(None))
    scores = await session.execute(select(_a.score, func.count()).where(scored).group_by(_a.score))
    return Tally(
        sent=counts[0],
        answered=counts[1],
        scores={row[0]: row[1] for row in scores},
        days=await _days(session, scored),
        about=await _about(session, scored),
    )


async def _days(session: AsyncSession, scored: ColumnElement[bool]) -> Sequence[Day]:
    day: ColumnElement[Any] = func.date(_a.answered_at)
    if not is_sqlite(session):
        day = func.date(func.timezone(literal_column("'UTC'"), _a.answered_at))
    statement = select(day.label("day"), func.count(), func.sum(_a.score)).where(scored).group_by(day).order_by(day)
    rows = await session.execute(statement.limit(MOST_DAYS))
    return [Day(day=_date(row[0]), count=row[1], total=int(row[2])) for row in rows]


def _date(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


async def _about(session: AsyncSession, scored: ColumnElement[bool]) -> Sequence[About]:
    staff = tables.staff.c
    statement = (
        select(staff.id, staff.name, func.count(), func.sum(_a.score))
        .join(tables.staff, staff.id == _a.about_id)
        .where(scored)
        .group_by(staff.id, staff.name)
        .order_by(staff.id)
        .limit(MOST_PEOPLE)
    )
    return [
        About(staff_id=row[0], name=row[1], count=row[2], total=int(row[3])) for row in await session.execute(statement)
    ]
