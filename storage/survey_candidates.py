"""Whom a rule or a segment names. Each looks from what happened lately, by an index, never through everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.leads.model import LeadStatus
from domain.people.model import Staff
from domain.surveys.definition import Cause, Rule
from domain.surveys.queries import Candidate, Segment
from domain.tickets.model import TicketStatus
from storage import tables
from storage.dialects import is_sqlite
from storage.visibility import visible_customers

_tickets, _activities, _leads = tables.tickets.c, tables.activities.c, tables.leads.c
_customers, _contacts, _identities, _a = (
    tables.customers.c,
    tables.contacts.c,
    tables.identities.c,
    tables.survey_answers.c,
)


TURN_AGAIN = timedelta(days=14)


def _is_reachable(contact_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """There is a chat with them, and they are still at their customer."""
    account = exists().where(
        _identities.contact_id == contact_id,
        _identities.private_place.is_not(None),
        _identities.unreachable_since.is_(None),
        _identities.staff_id.is_(None),
    )
    there = exists().where(_contacts.id == contact_id, _contacts.left_at.is_(None))
    return and_(account, there)


def _first_contact(customer_id: Column[Any]) -> ColumnElement[Any]:
    """Of several people of a customer the one whom we know the longest of those who can be reached.

    By a name of its own: it stands within what asks of contacts, too.
    """
    someone = tables.contacts.alias("someone")
    theirs = (someone.c.customer_id == customer_id, _is_reachable(someone.c.id))
    return select(func.min(someone.c.id)).where(*theirs).correlate(customer_id.table).scalar_subquery()


def _not_asked(name: str, cause: ColumnElement[str]) -> ColumnElement[bool]:
    return ~exists().where(_a.survey == name, _a.cause == cause)


def _of_grade(rule: Rule, customer_id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    if not rule.grades:
        return []
    return [exists().where(_customers.id == customer_id, _customers.grade.in_(rule.grades))]


def _cause(name: str, row_id: ColumnElement[int]) -> ColumnElement[str]:

    return literal(f"{name}:") + cast(row_id, String)


async def due_candidates(
    session: AsyncSession,
    name: str,
    rule: Rule,
    *,
    until: datetime,
    since: datetime,
    among: range | None = None,
    limit: int,
) -> Sequence[Candidate]:
    statement = _STATEMENTS[rule.on](name, rule, since, until)
    if among is not None:
        statement = statement.where(_contacts.id >= among.start, _contacts.id < among.stop)
    rows = (await session.execute(statement.limit(limit))).mappings().all()
    return [Candidate(**row) for row in rows]


def _closed_tickets(name: str, rule: Rule, since: datetime, until: datetime) -> Select[Any]:
    """Asked where it was asked for: in the customer's group, if that was there."""
    cause, groups = _cause("ticket", _tickets.id), tables.bound_groups.c
    in_group = and_(groups.channel == _tickets.channel, groups.place == _tickets.place)
    return (
        select(
            _tickets.contact_id,
            _tickets.customer_id,
            cause.label("cause"),
            _tickets.closed_at.label("happened_at"),
            _tickets.id.label("ticket_id"),
            _tickets.assignee_id.label("about_id"),
            groups.channel,
            groups.place,
        )
        .outerjoin(tables.bound_groups, in_group)
        .where(
            _tickets.closed_at > since,
            _tickets.closed_at <= until,
            _tickets.status == TicketStatus.CLOSED,
            _tickets.merged_into_id.is_(None),
            _tickets.customer_id.is_not(None),
            _tickets.contact_id.is_not(None),
            _tickets.id % rule.one_in == 0,
            *_of_grade(rule, _tickets.customer_id),
            _is_reachable(_tickets.contact_id),
            _not_asked(name, cause),
        )
        .order_by(_tickets.closed_at)
    )


def _logged_activities(name: str, rule: Rule, since: datetime, until: datetime) -> Select[Any]:
    cause = _cause("activity", _activities.id)
    whom = func.coalesce(_activities.contact_id, _first_contact(_activities.customer_id))
    return (
        select(
            whom.label("contact_id"),
            _activities.customer_id,
            cause.label("cause"),
            _activities.at.label("happened_at"),
            _activities.by_id.label("about_id"),
        )
        .where(
            _activities.kind == rule.kind,
            _activities.at > since,
            _activities.at <= until,
            _activities.customer_id.is_not(None),
            _activities.id % rule.one_in == 0,
            *_of_grade(rule, _activities.customer_id),
            _is_reachable(whom),
            _not_asked(name, cause),
        )
        .order_by(_activities.at)
    )


def _new_customers(kind: str, more: list[ColumnElement[bool]]) -> Any:
    def build(name: str, rule: Rule, since: datetime, until: datetime) -> Select[Any]:
        cause, whom = _cause(kind, _customers.id), _first_contact(_customers.id)
        return (
            select(
                whom.label("contact_id"),
                _customers.id.label("customer_id"),
                cause.label("cause"),
                _customers.created_at.label("happened_at"),
                _customers.owner_id.label("about_id"),
            )
            .where(
                _customers.created_at > since,
                _customers.created_at <= until,
                _customers.id % rule.one_in == 0,
                *([_customers.grade.in_(rule.grades)] if rule.grades else []),
                *more,
                _is_reachable(whom),
                _not_asked(name, cause),
            )
            .order_by(_customers.created_at)
        )

    return build


def _at_a_rhythm(name: str, rule: Rule, since: datetime, until: datetime) -> Select[Any]:
    """Whoever was not asked since then; ``since`` is as many months ago as the rule says. New customers wait as long.

    Who was passed over when their turn came, because something else went first, is not asked yet: their turn comes again.
    """
    was_asked = or_(_a.sent_at.is_not(None), _a.answered_at.is_not(None), _a.at > until - TURN_AGAIN)
    lately = exists().where(_a.contact_id == _contacts.id, _a.survey == name, _a.at > since, was_asked)
    cause = literal(f"every:{until:%Y-%m-%d}")
    return (
        select(
            _contacts.id.label("contact_id"),
            _contacts.customer_id,
            cause.label("cause"),
            literal(until, type_=tables.survey_answers.c.at.type).label("happened_at"),
            _customers.owner_id.label("about_id"),
        )
        .join(tables.customers, _customers.id == _contacts.customer_id)
        .where(
            _customers.created_at <= since,
            _contacts.id % rule.one_in == 0,
            *([_customers.grade.in_(rule.grades)] if rule.grades else []),
            _is_reachable(_contacts.id),
            ~lately,
        )
        .order_by(_contacts.id)
    )


_was_lead = exists().where(_leads.customer_id == _customers.id, _leads.status == LeadStatus.CONVERTED)
_STATEMENTS = {
    Cause.TICKET_CLOSED: _closed_tickets,
    Cause.ACTIVITY: _logged_activities,
    Cause.LEAD_CONVERTED: _new_customers("converted", [_was_lead]),
    Cause.FIRST_DAYS: _new_customers("first", []),
    Cause.EVERY_MONTHS: _at_a_rhythm,
}


async def segment_candidates(
    session: AsyncSession, actor: Staff, segment: Segment, *, after: int, limit: int
) -> Sequence[Candidate]:
    which = [_contacts.id > after, visible_customers(actor), _is_reachable(_contacts.id)]
    if segment.grade is not None:
        which.append(_customers.grade == segment.grade)
    if segment.tag is not None:
        which.append(
            or_(_has_tag(session, _customers.tags, segment.tag), _has_tag(session, _contacts.tags, segment.tag))
        )
    statement = (
        select(_contacts.id, _contacts.customer_id, _customers.owner_id)
        .join(tables.customers, _customers.id == _contacts.customer_id)
        .where(*which)
        .order_by(_contacts.id)
        .limit(limit)
    )
    return [
        Candidate(
            contact_id=row.id,
            customer_id=row.customer_id,
            cause="",
            happened_at=datetime.min.replace(tzinfo=UTC),
            about_id=row.owner_id,
        )
        for row in await session.execute(statement)
    ]


def _has_tag(session: AsyncSession, tags: ColumnElement[Any], tag: str) -> ColumnElement[bool]:
    if is_sqlite(session):
        each = func.json_each(tags).table_valued("value")
        return exists().select_from(each).where(each.c.value == tag)
    each = func.jsonb_array_elements_text(tags).table_valued("value")
    return exists().select_from(each).where(each.c.value == tag)
