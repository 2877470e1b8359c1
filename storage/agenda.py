"""What My day, the digest and the ladder read: each a statement for many readers, bounded for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from domain.activities.model import ActivityKind
from domain.followups.queries import FollowupView
from domain.notifications.agenda import (
    IdleRecord,
    LadderLead,
    LadderMark,
    LoggedCount,
    WaitingLead,
)
from domain.values.companies import short_company
from storage import tables
from storage.followup_views import followups_where, read_followup_views
from storage.ready import Among, Ready
from storage.repository import Repository

_f, _l = tables.followups, tables.leads
_OPEN = text("followups.status = 'open'")  # as the partial index says it: SQLite compares the words
# Not as a parameter: SQLite plans a statement anew each time when it might mean a partial index.
_OPEN_STATUS: ColumnElement[str] = literal_column("'open'")
_OPEN_LEAD = text("leads.status IN ('new', 'working', 'qualified')")
_WORTH_ASKING = text("customers.grade IN ('A', 'B')")
_NEVER = datetime.fromisoformat("9999-12-31T00:00:00+00:00")


class SqlAgenda(Repository):
    """My day's statements stand ready below: building them took longer than running them."""

    async def list_due(self, owner_ids: Sequence[int], *, before: datetime, per_owner: int) -> Sequence[FollowupView]:
        given = _for_each(owner_ids, per_owner) | {"before": before}
        return await read_followup_views(self._session, _DUE, given)

    async def list_untouched(self, owner_ids: Sequence[int], *, per_owner: int) -> Sequence[WaitingLead]:
        return [_waiting_lead(*row) for row in await _UNTOUCHED.rows(self._session, _for_each(owner_ids, per_owner))]

    async def list_leads(self, ids: Sequence[int]) -> Sequence[WaitingLead]:
        return await self._waiting(and_(_l.c.id.in_(ids), _OPEN_LEAD, ~_is_touched()), limit=len(ids))

    async def _waiting(self, which: ColumnElement[bool], *, limit: int) -> Sequence[WaitingLead]:
        rows = await self._session.execute(_waiting_leads(which).limit(limit))
        return [_waiting_lead(*row) for row in rows]

    async def list_idle(self, owner_ids: Sequence[int], *, since: datetime, per_owner: int) -> Sequence[IdleRecord]:
        given = {"owners": list(owner_ids), "per_owner": per_owner, "since": since}
        return [
            IdleRecord(
                record=row["record"], id=row["id"], title=row["title"], owner_id=row["owner_id"], since=row["since"]
            )
            for row in await _IDLE.mappings(self._session, given)
        ]

    async def count_logged(
        self, staff_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[LoggedCount]:
        a, number = tables.activities.c, func.count().label("number")
        statement = (
            select(a.by_id, tables.staff.c.name, a.kind, number)
            .join(tables.staff, tables.staff.c.id == a.by_id)
            .where(a.by_id.in_(staff_ids), a.at > since, a.at <= until)
            .group_by(a.by_id, tables.staff.c.name, a.kind)
            .order_by(number.desc(), a.by_id, a.kind)
        )
        return [
            LoggedCount(staff_id=row.by_id, staff_name=row.name, kind=ActivityKind(row.kind), count=row.number)
            for row in await self._session.execute(statement)
        ]

    # ------------------------------------------------------------ the ladder

    async def list_for_ladder(self, now: datetime, *, stamp: str | None, limit: int) -> Sequence[LadderLead]:
        """New leads are looked at once, others when their time has come: the index holds open leads by that time.

        Those of another ladder lie below and above the stamp in theirs. What was set in one batch is found by one of them.
        """
        columns = (_l.c.id, _l.c.grade, _l.c.owner_id, _l.c.created_at, _l.c.ladder_rung, _l.c.ladder_at)
        new = select(*columns).where(_OPEN_LEAD, _l.c.ladder_at.is_(None)).limit(limit).subquery()
        due = select(*columns).where(_OPEN_LEAD, _l.c.ladder_at <= now).order_by(_l.c.ladder_at).limit(limit).subquery()
        parts = [select(new), select(due)]
        for which in _of_other_ladder(stamp):
            older = select(*columns).where(_OPEN_LEAD, _l.c.ladder_at > now, which).limit(limit).subquery()
            parts.append(select(older))
        looked_at = union_all(*parts).subquery()
        touched = exists().where(tables.activities.c.lead_id == looked_at.c.id)
        statement = select(looked_at, touched.label("is_touched")).limit(limit)
        return [
            LadderLead(
                id=row.id,
                grade=row.grade,
                owner_id=row.owner_id,
                created_at=row.created_at,
                is_touched=bool(row.is_touched),
                rung=row.ladder_rung or 0,
                is_first=row.ladder_at is None,
            )
            for row in await self._session.execute(statement)
        ]

    async def mark_ladder(self, marks: Sequence[LadderMark]) -> None:
        if not marks:
            return
        connection = await self._session.connection()
        statement = (
            update(_l)
            .where(_l.c.id == bindparam("lead"))
            .values(
                ladder_rung=bindparam("rung"),
                ladder_at=bindparam("look_at", type_=_l.c.ladder_at.type),
                at_risk_at=func.coalesce(bindparam("risk", type_=_l.c.at_risk_at.type), _l.c.at_risk_at),
                ladder_by=bindparam("stamp"),
            )
        )
        rows = [
            {
                "lead": mark.lead_id,
                "rung": mark.rung,
                "look_at": mark.look_at or _NEVER,
                "risk": mark.at_risk_at,
                "stamp": mark.stamp,
            }
            for mark in marks
        ]
        await connection.execute(statement, rows)


def _of_other_ladder(stamp: str | None) -> Sequence[ColumnElement[bool]]:
    by = _l.c.ladder_by
    return (by.is_not(None),) if stamp is None else (by.is_(None), by < stamp, by > stamp)


# ---------------------------------------------------------------- My day


def _for_each(owner_ids: Sequence[int], per_owner: int) -> dict[str, Any]:
    return {"owners": list(owner_ids), "per_owner": per_owner, "most": per_owner * len(owner_ids)}


_OWNERS = "owners"
_PER_OWNER = bindparam("per_owner", type_=Integer)
_MOST = bindparam("most", type_=Integer)


def _is_touched() -> ColumnElement[bool]:
    return exists().where(tables.activities.c.lead_id == _l.c.id)


def _waiting_lead(
    row_id: int,
    company: str | None,
    person: str | None,
    owner_id: int | None,
    owner_name: str | None,
    grade: str | None,
    created_at: datetime,
) -> WaitingLead:
    return WaitingLead(
        id=row_id,
        title=short_company(company) if company else person or f"L{row_id}",
        owner_id=owner_id,
        owner_name=owner_name,
        grade=grade,
        created_at=created_at,
    )


def _waiting_leads(which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            _l.c.id,
            _l.c.company,
            _l.c.name.label("person"),
            _l.c.owner_id,
            tables.staff.c.name,
            _l.c.grade,
            _l.c.created_at,
        )
        .outerjoin(tables.staff, tables.staff.c.id == _l.c.owner_id)
        .where(which)
        .order_by(_l.c.created_at, _l.c.id)
    )


def _due(among: Among) -> Select[Any]:
    place = func.row_number().over(partition_by=_f.c.owner_id, order_by=(_f.c.due_at, _f.c.id)).label("place")
    is_due = _f.c.due_at < bindparam("before", type_=_f.c.due_at.type)
    numbered = select(_f.c.id, place).where(among(_f.c.owner_id, _OWNERS), _OPEN, is_due).subquery()
    wanted = select(numbered.c.id).where(numbered.c.place <= _PER_OWNER)
    return followups_where(_f.c.id.in_(wanted)).limit(_MOST)


def _untouched(among: Among) -> Select[Any]:
    place = func.row_number().over(partition_by=_l.c.owner_id, order_by=(_l.c.created_at, _l.c.id)).label("place")
    numbered = select(_l.c.id, place).where(among(_l.c.owner_id, _OWNERS), _OPEN_LEAD, ~_is_touched()).subquery()
    wanted = select(numbered.c.id).where(numbered.c.place <= _PER_OWNER)
    return _waiting_leads(_l.c.id.in_(wanted)).limit(_MOST)


def _idle(among: Among) -> Select[Any]:
    idle = union_all(_idle_opportunities(among), _idle_customers(among)).subquery()
    place = func.row_number().over(partition_by=idle.c.owner_id, order_by=(idle.c.since, idle.c.id)).label("place")
    is_long_ago = idle.c.since < bindparam("since", type_=_f.c.due_at.type)
    numbered = select(idle, place).where(is_long_ago).subquery()
    return select(numbered).where(numbered.c.place <= _PER_OWNER).order_by(numbered.c.since, numbered.c.id)


def latest(*moments: ColumnElement[Any]) -> ColumnElement[Any]:
    """The latest of moments that may be absent; SQLite's max and PostgreSQL's greatest treat NULL differently."""
    first, *others = moments
    last = first
    for other in others:
        last = case((other > last, other), else_=last)
    return last


def last_done(customer: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    a, f = tables.activities, aliased(_f)
    happened = select(func.max(a.c.at)).where(a.c.customer_id == customer).scalar_subquery()
    closed = select(func.max(f.c.closed_at)).where(f.c.customer_id == customer).scalar_subquery()
    return happened, closed


def has_next(customer: ColumnElement[Any]) -> ColumnElement[bool]:
    f = aliased(_f)
    return exists().where(f.c.customer_id == customer, f.c.status == _OPEN_STATUS)


def _idle_opportunities(among: Among) -> Select[Any]:
    o = tables.opportunities.c
    return select(
        literal("opportunity").label("record"),
        o.id.label("id"),
        o.name.label("title"),
        o.owner_id.label("owner_id"),
        latest(o.created_at, *last_done(o.customer_id)).label("since"),
    ).where(among(o.owner_id, _OWNERS), o.closed_at.is_(None), ~has_next(o.customer_id))


def _idle_customers(among: Among) -> Select[Any]:
    """A and B customers; one with an open opportunity is asked about by that."""
    c, o = tables.customers.c, tables.opportunities.c
    sells = exists().where(o.customer_id == c.id, o.closed_at.is_(None), o.owner_id == c.owner_id)
    return select(
        literal("customer").label("record"),
        c.id.label("id"),
        func.coalesce(c.short_name, c.name).label("title"),
        c.owner_id.label("owner_id"),
        latest(c.created_at, *last_done(c.id)).label("since"),
    ).where(among(c.owner_id, _OWNERS), _WORTH_ASKING, ~has_next(c.id), ~sells)


_DUE, _UNTOUCHED, _IDLE = Ready.of_ids(_due), Ready.of_ids(_untouched), Ready.of_ids(_idle)
