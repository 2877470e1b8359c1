from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select, text, update

from domain.people.model import Identity, Staff
from domain.ports import Counted, Looked
from domain.tickets.model import RUNNING, Lane, Ticket, TicketMessage, TicketStatus
from domain.tickets.queries import Load, MessageView, TicketView
from storage import tables
from storage.dialects import execute_rows
from storage.repository import Repository, not_found
from storage.ticket_views import message_views, ticket_views
from storage.visibility import visible_ticket_messages, visible_tickets

_t, _m = tables.tickets.c, tables.ticket_messages.c
# As the partial indexes say it: SQLite compares the words.
_ACTIVE = text("tickets.status NOT IN ('resolved', 'closed')")
_UNLOOKED = text("(tickets.looked_version IS NULL OR tickets.looked_version <> tickets.version)")
_QUEUED = text("tickets.queued_at IS NOT NULL")
_COUNTED = text("tickets.clock_from IS NOT NULL")


class SqlTickets(Repository):
    async def add(self, ticket: Ticket) -> Ticket:
        return await self._add(ticket)

    async def get_for(self, actor: Staff, ticket_id: int) -> Ticket:
        ticket = await self._find_for(actor, ticket_id, of=Ticket, visible=visible_tickets)
        if ticket is None:
            raise not_found("ticket", ticket_id)
        return ticket

    async def get_asked_by(self, identity: Identity, ticket_id: int) -> Ticket:
        ticket = await self._one(select(Ticket).where(_t.id == ticket_id, _asked_by(identity)), of=Ticket)
        if ticket is None:
            raise not_found("ticket", ticket_id)
        return ticket

    async def find_last_open(self, identity: Identity) -> Ticket | None:
        accounts = tables.identities.c
        theirs = accounts.id == identity.id
        if identity.contact_id is not None:
            theirs = or_(theirs, accounts.contact_id == identity.contact_id)
        in_private = or_(_t.place.is_(None), _t.place.in_(select(accounts.private_place).where(theirs)))
        statement = select(Ticket).where(_asked_by(identity), in_private, _t.status != TicketStatus.CLOSED)
        return await self._one(statement.order_by(_t.opened_at.desc(), _t.id.desc()).limit(1), of=Ticket)

    async def find_running_at(self, channel: str, places: Sequence[str], *, identity: Identity | None) -> Ticket | None:
        here = select(Ticket).where(_t.channel == channel, _t.place.in_(places), _ACTIVE)
        if identity is not None:
            here = here.where(_asked_by(identity))
        return await self._one(here.order_by(_t.id.desc()).limit(1), of=Ticket)

    async def list_unknown_of(self, identity_id: int, *, limit: int) -> Sequence[Ticket]:
        unknown = select(Ticket).where(_t.identity_id == identity_id, _t.contact_id.is_(None))
        return (await self._session.scalars(unknown.order_by(_t.id).limit(limit).with_for_update())).all()

    async def list_active_of(self, staff_id: int, *, limit: int, customer_id: int | None = None) -> Sequence[Ticket]:
        held = select(Ticket).where(_t.assignee_id == staff_id, _ACTIVE).order_by(_t.id).limit(limit)
        if customer_id is not None:
            held = held.where(_t.customer_id == customer_id)
        return (await self._session.scalars(held.with_for_update())).all()

    async def list_to_drain(self, *, limit: int) -> Sequence[Ticket]:
        queue = select(Ticket).where(_QUEUED).order_by(_t.at_head.desc(), _t.queued_at, _t.id).limit(limit)
        return (await self._session.scalars(queue.with_for_update(skip_locked=True))).all()

    async def list_loads(self, staff_ids: Sequence[int]) -> Sequence[Load]:
        """Each count and each last time is one look into an index, however many tickets there were."""
        staff = tables.staff.c
        active = (
            select(func.count())
            .where(_t.assignee_id == staff.id, _ACTIVE, _t.status.in_(RUNNING))
            .correlate(tables.staff)
            .scalar_subquery()
        )
        last = (
            select(func.max(_t.assigned_at)).where(_t.assignee_id == staff.id).correlate(tables.staff).scalar_subquery()
        )
        statement = select(staff.id, active.label("active"), last.label("last")).where(staff.id.in_(staff_ids))
        return [
            Load(staff_id=row.id, active=row.active, last_assigned_at=row.last)
            for row in await self._session.execute(statement)
        ]

    async def owners_of(self, customer_ids: Collection[int]) -> Mapping[int, int]:
        if not customer_ids:
            return {}
        customers = tables.customers.c
        owned = select(customers.id, customers.owner_id).where(
            customers.id.in_(sorted(customer_ids)), customers.owner_id.is_not(None)
        )
        return {row.id: row.owner_id for row in await self._session.execute(owned)}

    async def find_grade(self, customer_id: int) -> str | None:
        customers = tables.customers.c
        return await self._session.scalar(select(customers.grade).where(customers.id == customer_id))

    async def grades_of(self, customer_ids: Collection[int]) -> Mapping[int, str]:
        if not customer_ids:
            return {}
        customers = tables.customers.c
        graded = select(customers.id, customers.grade).where(
            customers.id.in_(sorted(customer_ids)), customers.grade.is_not(None)
        )
        return {row.id: row.grade for row in await self._session.execute(graded)}

    async def is_reachable(self, ticket: Ticket) -> bool:
        if ticket.channel is not None and ticket.place is not None:
            return True
        if ticket.contact_id is None:
            return False
        identity = tables.identities.c
        reached = exists().where(
            identity.contact_id == ticket.contact_id,
            identity.private_place.is_not(None),
            identity.unreachable_since.is_(None),
        )
        return bool(await self._session.scalar(select(reached)))

    # ------------------------------------------------------------ what is said

    async def add_message(self, message: TicketMessage) -> TicketMessage:
        return await self._add(message)

    async def get_message_for(self, actor: Staff, message_id: int) -> TicketMessage:
        message = await self._find_for(actor, message_id, of=TicketMessage, visible=visible_ticket_messages)
        if message is None:
            raise not_found("ticket", message_id)
        return message

    async def find_answer(self, message_id: int) -> TicketMessage | None:
        statement = select(TicketMessage).where(
            _m.id == message_id, _m.lane == Lane.TO_CUSTOMER, _m.recalled_at.is_(None)
        )
        return (await self._session.scalars(statement)).one_or_none()

    async def find_said_by(self, identity: Identity, message_id: int) -> TicketMessage | None:
        theirs = select(TicketMessage).where(_m.id == message_id, _m.identity_id == identity.id)
        return (await self._session.scalars(theirs)).one_or_none()

    async def list_said_by(self, identity_ids: Sequence[int], *, limit: int) -> Sequence[TicketMessage]:
        theirs = select(TicketMessage).where(_m.identity_id.in_(identity_ids)).order_by(_m.id.desc()).limit(limit)
        return (await self._session.scalars(theirs)).all()

    async def list_said(self, ticket_id: int, *, limit: int) -> Sequence[TicketMessage]:
        statement = select(TicketMessage).where(_m.ticket_id == ticket_id).order_by(_m.id).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def first_words(self, ticket_ids: Sequence[int]) -> Mapping[int, str]:
        """Each first message is one look into the index."""
        first = select(func.min(_m.id)).where(_m.ticket_id == _t.id).correlate(tables.tickets).scalar_subquery()
        wanted = select(_m.ticket_id, _m.text).join(tables.tickets, _m.id == first).where(_t.id.in_(ticket_ids))
        return {row.ticket_id: row.text for row in await self._session.execute(wanted)}

    # ------------------------------------------------------------ what screens show

    async def list_views(self, ids: Sequence[int]) -> Sequence[TicketView]:
        return await ticket_views(self._session, _t.id.in_(ids), order=(_t.id,), limit=len(ids)) if ids else ()

    async def list_queue(self, actor: Staff, *, limit: int) -> Sequence[TicketView]:
        order = (_t.at_head.desc(), _t.queued_at, _t.id)
        return await ticket_views(self._session, and_(_QUEUED, visible_tickets(actor)), order=order, limit=limit)

    async def list_held(self, staff_ids: Collection[int], *, each: int) -> Sequence[TicketView]:
        order = (_t.solve_due_at.is_(None), _t.solve_due_at, _t.id)
        place = func.row_number().over(partition_by=_t.assignee_id, order_by=order)
        ranked = select(_t.id, place.label("place")).where(_t.assignee_id.in_(sorted(staff_ids)), _ACTIVE).subquery()
        which = _t.id.in_(select(ranked.c.id).where(ranked.c.place <= each))
        return await ticket_views(self._session, which, order=order, limit=each * len(staff_ids)) if staff_ids else ()

    async def seen_by(self, actor: Staff, ids: Collection[int]) -> frozenset[int]:
        statement = select(_t.id).where(_t.id.in_(sorted(ids)), visible_tickets(actor))
        return frozenset((await self._session.scalars(statement)).all())

    async def list_of_customer(self, actor: Staff, customer_id: int, *, limit: int) -> Sequence[TicketView]:
        which = and_(_t.customer_id == customer_id, visible_tickets(actor))
        return await ticket_views(self._session, which, order=(_t.id.desc(),), limit=limit)

    async def list_messages(self, ticket_id: int, *, limit: int, before: int | None = None) -> Sequence[MessageView]:
        which = _m.ticket_id == ticket_id
        return await message_views(self._session, which if before is None else and_(which, _m.id < before), limit=limit)

    async def list_latest(self, ticket_ids: Sequence[int], *, each: int) -> Sequence[MessageView]:
        """From where on is one look into the index for each ticket."""
        latest = tables.ticket_messages.alias("latest")
        in_order = select(latest.c.id).where(latest.c.ticket_id == _t.id).order_by(latest.c.id.desc())
        begins = func.coalesce(in_order.limit(1).offset(each - 1).correlate(tables.tickets).scalar_subquery(), 0)
        wanted = (
            select(_m.id)
            .select_from(tables.tickets.join(tables.ticket_messages, _m.ticket_id == _t.id))
            .where(_t.id.in_(ticket_ids), _m.id >= begins)
        )
        found = _m.id.in_(wanted.correlate(None))
        return await message_views(self._session, found, limit=each * len(ticket_ids)) if ticket_ids else ()

    async def list_message_views(self, ids: Sequence[int]) -> Sequence[MessageView]:
        return await message_views(self._session, _m.id.in_(ids), limit=len(ids)) if ids else ()

    # ------------------------------------------------------------ the planner's

    async def is_any_to_look(self, now: datetime) -> bool:
        """Each half looks into its own index."""
        for which in (_UNLOOKED, _t.look_at <= now):
            if await self._session.scalar(select(_t.id).where(which).limit(1)) is not None:
                return True
        return False

    async def is_any_queued(self) -> bool:
        return await self._session.scalar(select(_t.id).where(_QUEUED).limit(1)) is not None

    async def list_to_look(self, now: datetime, *, limit: int) -> Sequence[tuple[Ticket, int]]:
        """What changed first, then what is due, each by its own index."""
        changed = select(Ticket).where(_UNLOOKED).order_by(_t.id).limit(limit).with_for_update(skip_locked=True)
        tickets = list((await self._session.scalars(changed)).all())
        if len(tickets) < limit:
            due = select(Ticket).where(_t.look_at <= now).order_by(_t.look_at).limit(limit - len(tickets))
            seen = {ticket.id for ticket in tickets}
            found = (await self._session.scalars(due.with_for_update(skip_locked=True))).all()
            tickets += [ticket for ticket in found if ticket.id not in seen]
        return [(ticket, ticket.version) for ticket in tickets]  # type: ignore[attr-defined]  # mapped, no field

    async def mark_looked(self, looked: Sequence[Looked]) -> None:
        if looked:
            rows = [
                {"of": one.ticket_id, "seen": one.version, "again": one.look_at, "stamp": one.stamp} for one in looked
            ]
            await execute_rows(self._session, _LOOKED, rows)

    async def list_by_other_service(self, stamp: str, *, limit: int) -> Sequence[Ticket]:
        """Below and above the stamp, and those without one: three stretches of the index, none of them a scan."""
        found: list[Ticket] = []
        for which in (_t.counted_by.is_(None), _t.counted_by < stamp, _t.counted_by > stamp):
            if len(found) < limit:
                some = select(Ticket).where(_COUNTED, which).order_by(_t.counted_by).limit(limit - len(found))
                found += (await self._session.scalars(some.with_for_update(skip_locked=True))).all()
        return found

    async def list_running(self, *, limit: int) -> Sequence[Ticket]:
        return (await self._session.scalars(select(Ticket).where(_COUNTED).limit(limit))).all()

    async def write_deadlines(self, counted: Sequence[Counted]) -> None:
        if counted:
            await execute_rows(self._session, _COUNT, [_counted_row(one) for one in counted])


def _asked_by(identity: Identity) -> ColumnElement[bool]:
    by_contact = _t.contact_id == identity.contact_id if identity.contact_id is not None else false()
    return or_(_t.identity_id == identity.id, by_contact)


def _counted_row(counted: Counted) -> dict[str, object]:
    deadlines = counted.deadlines
    return {
        "of": counted.ticket_id,
        "stamp": counted.stamp,
        "answer": counted.promise.answer_seconds,
        "solve": counted.promise.solve_seconds,
        "to_answer": counted.promise.answer_left,
        "to_solve": counted.promise.solve_left,
        "answer_warn": deadlines.answer_warn_at,
        "answer_due": deadlines.answer_due_at,
        "solve_warn": deadlines.solve_warn_at,
        "solve_due": deadlines.solve_due_at,
    }


_LOOKED = (
    update(tables.tickets)
    .where(_t.id == bindparam("of"))
    .values(looked_version=bindparam("seen"), look_at=bindparam("again"), counted_by=bindparam("stamp"))
)
_COUNT = (
    update(tables.tickets)
    .where(_t.id == bindparam("of"))
    .values(
        answer_seconds=bindparam("answer"),
        solve_seconds=bindparam("solve"),
        answer_left=bindparam("to_answer"),
        solve_left=bindparam("to_solve"),
        answer_warn_at=bindparam("answer_warn"),
        answer_due_at=bindparam("answer_due"),
        solve_warn_at=bindparam("solve_warn"),
        solve_due_at=bindparam("solve_due"),
        counted_by=bindparam("stamp"),
        looked_version=None,
    )
)
