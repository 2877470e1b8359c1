"""The team's digest: when it was said, and what stands in it, each section a statement for many owners."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    not_,
    null,
    or_,
    select,
    text,
)

from domain.digests.model import Digest, Item, Part, Question, Section
from domain.values.companies import short_company
from domain.values.money import Money
from storage import tables
from storage.ready import Among, Ready
from storage.repository import Repository
from storage.types import UtcDateTime

_t, _l, _o, _f, _k = tables.digests, tables.leads, tables.opportunities, tables.followups, tables.tickets
_OPEN_LEAD = text("leads.status IN ('new', 'working', 'qualified')")  # as the partial indexes say it
_OPEN_SALE = text("opportunities.closed_at IS NULL")
_OPEN_FOLLOWUP = text("followups.status = 'open'")
_RUNNING = text("tickets.clock_from IS NOT NULL")
_TITLES = ("company", "person", "customer", "note")
_MOMENT = UtcDateTime()


class SqlDigests(Repository):
    async def add_all(self, digests: Sequence[Digest]) -> Sequence[Digest]:
        if not digests:
            return ()
        names = ("staff_id", "weekly", "asked", "since", "at")
        rows = [{name: getattr(digest, name) for name in names} for digest in digests]
        added = insert(_t).returning(*_t.c, sort_by_parameter_order=True)
        return [Digest(**row) for row in (await self._session.execute(added, rows)).mappings()]

    async def find(self, digest_id: int) -> Digest | None:
        return await self._first(select(*_t.c).where(_t.c.id == digest_id))

    async def find_all(self, digest_ids: Collection[int]) -> Mapping[int, Digest]:
        found = await self._session.execute(select(*_t.c).where(_t.c.id.in_(sorted(set(digest_ids)))))
        return {row["id"]: Digest(**row) for row in found.mappings()}

    async def find_last(self, staff_id: int, *, until: datetime, weekly: bool) -> Digest | None:
        alike = _t.c.weekly if weekly else not_(and_(_t.c.weekly, _t.c.asked))
        mine = select(*_t.c).where(_t.c.staff_id == staff_id, _t.c.at <= until, alike)
        return await self._first(mine.order_by(_t.c.at.desc(), _t.c.id.desc()).limit(1))

    async def _first(self, statement: Select[Any]) -> Digest | None:
        row = (await self._session.execute(statement)).mappings().first()
        return Digest(**row) if row is not None else None

    async def list_read(self, staff_ids: Collection[int]) -> Mapping[int, datetime]:
        identities = tables.identities.c
        spoke = exists().where(identities.staff_id == _t.c.staff_id, identities.last_spoke_at >= _t.c.at)
        read = func.max(case((or_(_t.c.asked, spoke), _t.c.at)), type_=_MOMENT)
        statement = (
            select(_t.c.staff_id, func.coalesce(read, func.min(_t.c.since), type_=_MOMENT).label("at"))
            # A week that was asked for is looked back at; the day's news is not heard thereby.
            .where(_t.c.staff_id.in_(sorted(staff_ids)), not_(and_(_t.c.weekly, _t.c.asked)))
            .group_by(_t.c.staff_id)
        )
        return {row.staff_id: row.at for row in await self._session.execute(statement)}

    # ------------------------------------------------------------ what stands in it

    async def list_of_owners(
        self, section: Section, question: Question, *, per_owner: int
    ) -> Mapping[int | None, Part]:
        given = {**vars(question), "owners": list(question.owners), "per_owner": per_owner}
        wanted = _OF_OWNERS[section]
        rows = await wanted.statement.mappings(self._session, {name: given[name] for name in wanted.given})
        return _by_owner(wanted.record, rows)

    async def list_unassigned(self, *, shown: int, most: int, after: int = 0) -> Part:
        nobodys = (_OPEN_LEAD, _l.c.owner_id.is_(None), _l.c.id > after)
        counted = select(_l.c.id).where(*nobodys).limit(most + 1).subquery()
        count = await self._session.scalar(select(func.count()).select_from(counted)) or 0
        shown_ones = select(_l.c.id, _l.c.company, _l.c.name.label("person"), _l.c.created_at).where(*nobodys)
        rows = await self._session.execute(shown_ones.order_by(_l.c.id).limit(shown)) if count else ()
        items = [
            Item(
                record="lead",
                id=row.id,
                title=_title("lead", {"company": row.company, "person": row.person, "id": row.id}),
                owner_id=None,
                owner_name=None,
                at=row.created_at,
            )
            for row in rows
        ]
        return Part(count=min(count, most), by_owner={None: min(count, most)}, items=items, is_open=count > most)

    async def list_danger(self, *, now: datetime, most: int) -> Sequence[tuple[Item, int | None]]:
        customers = tables.customers.c
        unanswered = and_(_k.c.first_answered_at.is_(None), _k.c.answer_warn_at <= now)
        due = func.coalesce(_k.c.answer_due_at, _k.c.solve_due_at, type_=_MOMENT)
        statement = (
            select(_k.c.id, _k.c.title, _k.c.assignee_id, tables.staff.c.name, customers.owner_id, due.label("due"))
            .outerjoin(tables.staff, tables.staff.c.id == _k.c.assignee_id)
            .outerjoin(tables.customers, customers.id == _k.c.customer_id)
            .where(_RUNNING, or_(unanswered, _k.c.solve_warn_at <= now))
            .order_by(due, _k.c.id)
            .limit(most)
        )
        return [
            (
                Item(
                    record="ticket",
                    id=row.id,
                    title=row.title,
                    owner_id=row.assignee_id,
                    owner_name=row.name,
                    at=row.due,
                ),
                row.owner_id,
            )
            for row in await self._session.execute(statement)
        ]

    async def count_logged(self, staff_ids: Collection[int], *, since: datetime, until: datetime) -> Mapping[int, int]:
        given = {"owners": sorted(staff_ids), "since": since, "until": until}
        return {by_id: number for by_id, number in await _LOGGED.rows(self._session, given)}  # noqa: C416 - typed rows

    async def count_new_leads(
        self, owner_ids: Collection[int], *, since: datetime, until: datetime
    ) -> Mapping[int | None, int]:
        wanted = set(owner_ids)
        rows = await _NEW_LEADS.rows(self._session, {"since": since, "until": until})
        return {owner: number for owner, number in rows if owner is None or owner in wanted}

    async def count_open_leads(self, owner_ids: Collection[int]) -> Mapping[int, int]:
        mine = select(_l.c.owner_id, func.count().label("number")).where(
            _l.c.owner_id.in_(sorted(owner_ids)), _OPEN_LEAD
        )
        return {row.owner_id: row.number for row in await self._session.execute(mine.group_by(_l.c.owner_id))}


# ---------------------------------------------------------------- of owners

_NAME = tables.staff.c.name.label("owner_name")
_CUSTOMER = func.coalesce(tables.customers.c.short_name, tables.customers.c.name).label("customer")
_SALES = _o.outerjoin(tables.customers, tables.customers.c.id == _o.c.customer_id)
_SALE = (_o.c.name.label("note"), _CUSTOMER, _o.c.amount_minor, _o.c.amount_currency)
_NO_DAY = cast(null(), Date).label("on_day")


class OfOwners:
    """A statement by owners: ``which`` finds rows of ``table`` by ``id``, ``owner_id``, ``on_day`` and ``moment``, and of each
    owner's first few the columns of ``shown`` are looked up. ``given`` are the question's answers that it needs."""

    def __init__(
        self, record: str, table: FromClause, shown: Sequence[Any], which: Callable[[Among], Select[Any]], *given: str
    ) -> None:
        self.record = record
        self.given = ("owners", "per_owner", *given)
        self.statement = Ready.of_ids(lambda among: self._built(which(among), table, shown))

    def _built(self, which: Select[Any], table: FromClause, shown: Sequence[Any]) -> Select[Any]:
        """Counted before names are looked up: there may be thousands behind the few that are shown."""
        each = which.subquery()
        place = func.row_number().over(partition_by=each.c.owner_id, order_by=(each.c.on_day, each.c.moment, each.c.id))
        number = func.count().over(partition_by=each.c.owner_id)
        numbered = select(each, place.label("place"), number.label("number")).subquery()
        main = _MAIN[self.record]
        return (
            select(*numbered.c, _NAME, *shown)
            .select_from(numbered.join(table, main.c.id == numbered.c.id))
            .join(tables.staff, tables.staff.c.id == numbered.c.owner_id)
            .where(numbered.c.place <= bindparam("per_owner", type_=Integer))
        )


_MAIN = {"opportunity": _o, "lead": _l, "followup": _f}
_FOLLOWUPS = _f.outerjoin(_l, _l.c.id == _f.c.lead_id).outerjoin(
    tables.customers, tables.customers.c.id == _f.c.customer_id
)


def _at(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=_MOMENT)


def _day(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=Date())


def _won(among: Among) -> Select[Any]:
    closed = (_o.c.closed_at > _at("since"), _o.c.closed_at <= _at("until"))
    columns = select(_o.c.id, _o.c.owner_id, _NO_DAY, _o.c.closed_at.label("moment"))
    return columns.where(among(_o.c.owner_id, "owners"), _o.c.stage == "won", *closed)


def _slipped(among: Among) -> Select[Any]:
    went_by = (_o.c.expected_on >= _day("first"), _o.c.expected_on < _day("last"))
    columns = select(_o.c.id, _o.c.owner_id, _o.c.expected_on.label("on_day"), _o.c.closed_at.label("moment"))
    return columns.where(among(_o.c.owner_id, "owners"), _OPEN_SALE, *went_by)


def _risk(among: Among) -> Select[Any]:
    came = (_l.c.at_risk_at > _at("since"), _l.c.at_risk_at <= _at("until"))
    untouched = ~exists().where(tables.activities.c.lead_id == _l.c.id)
    columns = select(_l.c.id, _l.c.owner_id, _NO_DAY, _l.c.at_risk_at.label("moment"))
    return columns.where(among(_l.c.owner_id, "owners"), _OPEN_LEAD, untouched, *came)


def _overdue(among: Among) -> Select[Any]:
    """What has an hour is overdue when that is past; what has none, when its day is."""
    is_over = or_(_f.c.due_at < _at("today"), and_(_f.c.has_hour, _f.c.due_at < _at("until")))
    columns = select(_f.c.id, _f.c.owner_id, _NO_DAY, _f.c.due_at.label("moment"))
    return columns.where(among(_f.c.owner_id, "owners"), _OPEN_FOLLOWUP, _f.c.due_at < _at("until"), is_over)


_PERSON = (_l.c.company, _l.c.name.label("person"))
_OF_OWNERS = {
    Section.WON: OfOwners("opportunity", _SALES, _SALE, _won, "since", "until"),
    Section.SLIPPED: OfOwners("opportunity", _SALES, _SALE, _slipped, "first", "last"),
    Section.RISK: OfOwners("lead", _l, _PERSON, _risk, "since", "until"),
    Section.OVERDUE: OfOwners("followup", _FOLLOWUPS, (_f.c.note, *_PERSON, _CUSTOMER), _overdue, "today", "until"),
}


def _logged(among: Among) -> Select[Any]:
    a = tables.activities.c
    happened = (a.at > _at("since"), a.at <= _at("until"))
    return select(a.by_id, func.count().label("number")).where(among(a.by_id, "owners"), *happened).group_by(a.by_id)


_LOGGED = Ready.of_ids(_logged)
_NEW_LEADS = Ready(
    select(_l.c.owner_id, func.count().label("number"))
    .where(_l.c.created_at > _at("since"), _l.c.created_at <= _at("until"))
    .group_by(_l.c.owner_id)
)


def _by_owner(record: str, rows: Sequence[Mapping[str, Any]]) -> Mapping[int | None, Part]:
    found: dict[int | None, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["owner_id"], []).append(row)
    return {
        owner: Part(
            count=mine[0]["number"],
            by_owner={owner: mine[0]["number"]},
            items=[_item(record, row) for row in sorted(mine, key=lambda row: row.get("place", 0))],
        )
        for owner, mine in found.items()
    }


def _item(record: str, row: Mapping[str, Any]) -> Item:
    minor, currency = row.get("amount_minor"), row.get("amount_currency")
    return Item(
        record=record,
        id=row["id"],
        title=_title(record, row),
        owner_id=row["owner_id"],
        owner_name=row.get("owner_name"),
        at=row["moment"],
        on=row["on_day"],
        amount=Money(minor=minor, currency=currency) if minor is not None and currency else None,
    )


def _title(record: str, row: Mapping[str, Any]) -> str:
    """The company's short name, the person, the customer, the words: the first that is known."""
    company = row.get("company")
    if company:
        return short_company(company)
    known = next((row[name] for name in _TITLES[1:] if row.get(name)), None)
    return known or f"{'L' if record == 'lead' else ''}{row['id']}"
