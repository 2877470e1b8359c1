"""Accounts, the ledger, what people decided about points, and the list of what changed and is to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, String, and_, cast, delete, exists, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.jobs.model import IMPORT
from domain.points.model import BY_RULE, EntryKind, Ground, PointAccount, PointEntry, PointGrant
from domain.points.queries import StatementLine
from storage import tables
from storage.dialects import execute_rows, insert_into
from storage.recording import Change
from storage.repository import Repository

WON = "won"
_a, _e, _g, _l = tables.point_accounts.c, tables.point_entries.c, tables.point_grants.c, tables.point_looks.c
_o, _s = tables.opportunities.c, tables.survey_answers.c
_DECIDES = {
    "opportunities": frozenset({"stage", "amount_minor", "amount_currency", "customer_id"}),
    "survey_answers": frozenset({"answered_at", "finished_at"}),
    "point_grants": frozenset({"points", "customer_id"}),
}
_SOURCES = {"opportunities": "opportunity", "survey_answers": "survey_answer", "point_grants": "grant"}

_LOOKED_BACK: Mapping[str, tuple[Column[int], Sequence[ColumnElement[bool]], Column[datetime]]] = {
    "opportunity": (_o.id, [_o.stage == WON], _o.closed_at),
    "survey_answer": (_s.id, [], _s.finished_at),
}


def sources_of(changes: Iterable[Change]) -> list[str]:
    """What these changes may make earn or cost points: each by the name that its lines carry."""
    return [
        f"{_SOURCES[change.table]}:{change.row_id}"
        for change in changes
        if change.table in _DECIDES and _may_matter(change)
    ]


def _may_matter(change: Change) -> bool:
    whole = change.after if change.before is None else change.before if change.after is None else None
    if whole is None:
        return not _DECIDES[change.table].isdisjoint(change.after or {})
    if change.table == "opportunities":
        return bool(whole["stage"] == WON)
    return change.table == "point_grants" or whole["answered_at"] is not None


async def note_changed(session: AsyncSession, changes: Iterable[Change]) -> None:
    """With the change itself, by whatever hand it was made, an undo's too: no cause is forgotten."""
    sources = sources_of(changes)
    if sources:
        await execute_rows(session, insert(tables.point_looks), [{"source": source} for source in sources])


class SqlPoints(Repository):
    async def account_of(self, customer_id: int) -> PointAccount:
        if self._locks:
            # A decision refers to its customer, which PostgreSQL locks for it: everybody takes the customer first.
            customers = tables.customers.c
            first = select(customers.id).where(customers.id == customer_id).with_for_update(read=True, key_share=True)
            await self._session.execute(first)
        empty = {"customer_id": customer_id, "balance": 0, "entries": 0, "kept": []}
        made = insert_into(self._session, tables.point_accounts).values(empty).on_conflict_do_nothing()
        await self._session.execute(made)
        statement = select(PointAccount).where(_a.customer_id == customer_id)
        account = await self._one(statement.execution_options(populate_existing=True), of=PointAccount)
        assert account is not None
        return account

    async def find_account(self, customer_id: int) -> PointAccount | None:
        return (await self._session.scalars(select(PointAccount).where(_a.customer_id == customer_id))).one_or_none()

    async def add(self, entry: PointEntry) -> PointEntry:
        return await self._add(entry)

    async def add_grant(self, grant: PointGrant) -> PointGrant:
        return await self._add(grant)

    async def is_referred(self, customer_id: int) -> bool:
        return await self._session.scalar(select(_g.id).where(_g.referred_id == customer_id)) is not None

    # ------------------------------------------------------------ causes

    async def find_ground(self, source: str) -> Ground | None:
        kind, _, number = source.partition(":")
        find = {"opportunity": self._sale, "survey_answer": self._answer, "grant": self._grant}.get(kind)
        await self._flush_changes()
        return await find(source, int(number)) if find is not None else None

    async def _sale(self, source: str, row_id: int) -> Ground | None:
        columns = (_o.customer_id, _o.amount_minor, _o.amount_currency, _o.closed_at)
        row = (await self._session.execute(select(*columns).where(_o.id == row_id, _o.stage == WON))).one_or_none()
        if row is None or row.closed_at is None:
            return None
        basis = f"{row.amount_minor} {row.amount_currency}" if row.amount_minor is not None else ""
        return Ground(source=source, kind=EntryKind.WON, customer_id=row.customer_id, basis=basis, at=row.closed_at)

    async def _answer(self, source: str, row_id: int) -> Ground | None:
        columns = (_s.customer_id, _s.contact_id, _s.finished_at)
        row = (await self._session.execute(select(*columns).where(_s.id == row_id))).one_or_none()
        if row is None or None in row:  # a test, a lead's questionnaire, or a form that is not filled to its end
            return None
        return Ground(
            source=source,
            kind=EntryKind.SURVEY,
            customer_id=row.customer_id,
            contact_id=row.contact_id,
            at=row.finished_at,
        )

    async def _grant(self, source: str, row_id: int) -> Ground | None:
        row = (await self._session.execute(select(tables.point_grants).where(_g.id == row_id))).one_or_none()
        if row is None:
            return None
        return Ground(
            source=source,
            kind=row.kind,
            customer_id=row.customer_id,
            staff_id=row.by_id,
            points=row.points,
            basis=str(row.points),
            at=row.at,
        )

    # ------------------------------------------------------------ the ledger

    async def last_of(self, source: str) -> PointEntry | None:
        statement = select(PointEntry).where(_e.source == source).order_by(_e.turn.desc()).limit(1)
        return (await self._session.scalars(statement)).one_or_none()

    async def net_of(self, source: str, customer_id: int) -> int:
        own = and_(_e.source == source, _e.customer_id == customer_id)
        summed = await self._session.scalar(select(func.coalesce(func.sum(_e.points), 0)).where(own))
        numbers = select(_e.number).where(own).scalar_subquery()
        expired = select(func.coalesce(func.sum(_e.points), 0)).where(
            _e.customer_id == customer_id, _e.kind == EntryKind.EXPIRED, _e.of.in_(numbers)
        )
        return int(summed or 0) + int(await self._session.scalar(expired) or 0)

    async def earned_by_rule(
        self, *, since: datetime, until: datetime, customer_id: int, contact_id: int | None, staff_id: int | None
    ) -> int:
        if staff_id is not None and self._locks:
            await self._session.execute(
                select(tables.staff.c.id).where(tables.staff.c.id == staff_id).with_for_update()
            )
        whose = _e.customer_id == customer_id
        if contact_id is not None:
            whose = _e.contact_id == contact_id
        elif staff_id is not None:
            whose = _e.staff_id == staff_id
        later = aliased(tables.point_entries)
        taken_back = exists().where(later.c.source == _e.source, later.c.turn == _e.turn + 1)
        statement = select(func.coalesce(func.sum(_e.points), 0)).where(
            whose, _e.kind.in_(sorted(BY_RULE)), _e.at >= since, _e.at < until, ~taken_back
        )
        return int(await self._session.scalar(statement) or 0)

    async def list_lines(self, customer_id: int, *, below: int | None, limit: int) -> Sequence[StatementLine]:
        taken, referred, staff = aliased(tables.point_entries), aliased(tables.customers), tables.staff.c
        statement = (
            select(
                PointEntry,
                _g.reason,
                staff.name.label("by"),
                func.coalesce(referred.c.short_name, referred.c.name).label("referred"),
                taken.c.kind.label("about"),
            )
            .outerjoin(tables.point_grants, _e.source == literal("grant:") + cast(_g.id, String))
            .outerjoin(tables.staff, staff.id == _e.staff_id)
            .outerjoin(referred, referred.c.id == _g.referred_id)
            .outerjoin(taken, and_(taken.c.customer_id == _e.customer_id, taken.c.number == _e.of))
            .where(_e.customer_id == customer_id)
            .order_by(_e.number.desc())
            .limit(limit)
        )
        if below is not None:
            statement = statement.where(_e.number < below)
        return [
            StatementLine(entry=row[0], reason=row.reason, by=row.by, referred=row.referred, about=row.about)
            for row in await self._session.execute(statement)
        ]

    async def list_expiring(self, now: datetime, *, limit: int) -> Sequence[PointAccount]:
        statement = select(PointAccount).where(_is_due(now)).order_by(_a.expires_at).limit(limit)
        return (await self._session.scalars(statement.with_for_update(skip_locked=True))).all()

    async def list_accounts(self, *, after: int, limit: int) -> Sequence[PointAccount]:
        return (
            await self._session.scalars(select(PointAccount).where(_a.id > after).order_by(_a.id).limit(limit))
        ).all()

    async def list_entries(self, customer_ids: Sequence[int]) -> Mapping[int, Sequence[PointEntry]]:
        found: dict[int, list[PointEntry]] = {}
        statement = select(PointEntry).where(_e.customer_id.in_(customer_ids)).order_by(_e.customer_id, _e.number)
        for entry in await self._session.scalars(statement):
            found.setdefault(entry.customer_id, []).append(entry)
        return found

    async def list_strays(self) -> Sequence[int]:
        there = exists().where(
            tables.customers.c.id == _e.customer_id
        )  # an import that was refused leaves lines of nobody
        without = ~exists().where(_a.customer_id == _e.customer_id)
        return (await self._session.scalars(select(_e.customer_id).where(there, without).distinct())).all()

    # ------------------------------------------------------------ what changed

    async def is_import_under_way(self) -> bool:
        jobs = tables.jobs.c
        return await self._session.scalar(select(jobs.id).where(jobs.kind == IMPORT).limit(1)) is not None

    async def is_any_waiting(self, now: datetime) -> bool:
        changed = select(_l.id).limit(1)
        due = select(_a.id).where(_is_due(now)).limit(1)
        return any([await self._session.scalar(each) is not None for each in (changed, due)])

    async def take_changed(self, *, limit: int) -> Sequence[str]:
        """Rows are only added and removed, never changed: what is written while this one looks has a row of its own."""
        statement = select(_l.id, _l.source).order_by(_l.id).limit(limit).with_for_update(skip_locked=True)
        rows = (await self._session.execute(statement)).all()
        if rows:
            await self._session.execute(delete(tables.point_looks).where(_l.id.in_([row.id for row in rows])))
        return list(dict.fromkeys(row.source for row in rows))

    async def look_back(self, kind: str, since: datetime, *, after: int, limit: int) -> int | None:
        row_id, counts, at = _LOOKED_BACK[kind]
        some = select(row_id).where(row_id > after).order_by(row_id).limit(limit).subquery()
        last, amount = (await self._session.execute(select(func.max(some.c.id), func.count()))).one()
        if amount:
            which = (row_id > after, row_id <= last, at >= since, *counts)
            found = select(literal(f"{kind}:") + cast(row_id, String)).where(*which)
            await self._session.execute(insert(tables.point_looks).from_select(["source"], found))
        return int(last) if amount == limit else None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(_a.expires_at.is_not(None), _a.expires_at <= now)
