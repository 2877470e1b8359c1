"""Tickets as screens show them: one statement with their names, one with what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.notifications.model import NotificationState
from domain.tickets.model import Lane
from domain.tickets.queries import MessageView, TicketView
from domain.tickets.telling import answer_key
from storage import tables

_t, _m = tables.tickets, tables.ticket_messages
_customers, _contacts, _identities, _outbox = tables.customers, tables.contacts, tables.identities, tables.notifications
_assignee = tables.staff.alias("assignee")
_names = {
    "customer_title": func.coalesce(_customers.c.short_name, _customers.c.name),
    "grade": _customers.c.grade,
    "asker": func.coalesce(_contacts.c.name, _t.c.asker_name, func.nullif(_identities.c.name, "")),
    "language": func.coalesce(_contacts.c.language, _identities.c.locale, _customers.c.language),
    "assignee_name": _assignee.c.name,
}
_accounts = tables.identities.alias("accounts")
_reachable = or_(
    _t.c.place.is_not(None),
    exists().where(
        _accounts.c.contact_id == _t.c.contact_id,
        _accounts.c.private_place.is_not(None),
        _accounts.c.unreachable_since.is_(None),
    ),
)
_FIELDS = tuple(name for name in TicketView.__dataclass_fields__ if name in _t.c)
_VIEWS = (
    select(
        *(_t.c[name] for name in _FIELDS),
        *(column.label(name) for name, column in _names.items()),
        _reachable.label("is_reachable"),
    )
    .outerjoin(_customers, _customers.c.id == _t.c.customer_id)
    .outerjoin(_contacts, _contacts.c.id == _t.c.contact_id)
    .outerjoin(_identities, _identities.c.id == _t.c.identity_id)
    .outerjoin(_assignee, _assignee.c.id == _t.c.assignee_id)
)


async def ticket_views(
    session: AsyncSession, which: ColumnElement[bool], *, order: Sequence[Any], limit: int
) -> Sequence[TicketView]:
    await session.flush()
    statement = _VIEWS.where(which).order_by(*order).limit(limit)
    return [TicketView(**row) for row in (await session.execute(statement)).mappings()]


# ---------------------------------------------------------------- what was said

_STATES = {
    NotificationState.PENDING.value: "going",
    NotificationState.SENT.value: "sent",
    NotificationState.WITHDRAWN.value: "recalled",
    NotificationState.SKIPPED.value: "failed",
    NotificationState.FAILED.value: "failed",
}
_MESSAGES = (
    select(
        *(_m.c[name] for name in ("id", "ticket_id", "lane", "by_id", "text", "at", "goes_at")),
        func.coalesce(tables.staff.c.name, _contacts.c.name, func.nullif(_identities.c.name, "")).label("by"),
        case(
            (_m.c.recalled_at.is_not(None), literal("recalled")),
            (_outbox.c.state.is_not(None), case(_STATES, value=_outbox.c.state, else_="sent")),
            # Planned in this very transaction, or said by somebody in the customer's own chat.
            (_m.c.lane == Lane.TO_CUSTOMER, case((_m.c.goes_at.is_not(None), "going"), else_="sent")),
        ).label("state"),
        _outbox.c.reason,
    )
    .outerjoin(tables.staff, tables.staff.c.id == _m.c.by_id)
    .outerjoin(_identities, _identities.c.id == _m.c.identity_id)
    .outerjoin(_contacts, _contacts.c.id == _identities.c.contact_id)
    .outerjoin(_outbox, _outbox.c.dedupe_key == literal(answer_key(0)[:-1]) + cast(_m.c.id, String))
)


async def message_views(session: AsyncSession, which: ColumnElement[bool], *, limit: int) -> Sequence[MessageView]:
    """Newest first."""
    await session.flush()
    statement = _MESSAGES.where(which).order_by(_m.c.id.desc()).limit(limit)
    return [MessageView(**row) for row in (await session.execute(statement)).mappings()]
