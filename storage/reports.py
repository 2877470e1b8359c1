"""Counts what ``storage.report_numbers`` defines: an aggregate a section, and the rows behind any number of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    RowMapping,
    Select,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    true,
)

from domain.people.model import Staff
from domain.reports.chances import Chances, Ended
from domain.reports.model import Asked, Cell, Counted, CountedRow, Group
from domain.values.companies import short_company
from domain.values.money import Money
from storage import tables
from storage.counted.sales import ended
from storage.counted.section import Section
from storage.epochs import epoch
from storage.report_numbers import SECTIONS
from storage.repository import Repository
from storage.types import UtcDateTime
from storage.visibility import reach_of

_PART = 10**9  # a sum is added up in two parts: SQLite's own sum ends at 64 bits


class SqlReports(Repository):
    async def read(self, actor: Staff, asked: Asked) -> Sequence[Counted]:
        lines: list[Counted] = []
        for section in SECTIONS.get(asked.report, ()):
            lines += await self._read(actor, asked, section)
        return await self._weighted(actor, asked, lines)

    async def _read(self, actor: Staff, asked: Asked, section: Section) -> Sequence[Counted]:
        measures = section.measures(asked)
        sums = await self._sums(actor, asked, section, measures)
        medians = await self._medians(actor, asked, section)
        group = _group(section, asked)
        numbers = [
            func.count(case((condition, 1))).label(f"n{place}") for place, condition in enumerate(measures.values())
        ]
        scores = [] if section.score is None else [func.sum(section.score).label("total")]
        statement = select(group.label("line"), *numbers, *scores).where(_which(actor, asked, section))
        rows = await self._session.execute(statement.group_by(group) if section.group else statement)
        return [
            Counted(
                section=section.name,
                group=_plain(row.line),
                counts=dict(zip(measures, row[1:], strict=False)),
                sums=sums.get(row.line, {}),
                median=medians.get(row.line),
                total=int(row.total) if scores and row.total is not None else None,
            )
            for row in rows
            if section.group is None or row[1]
        ]

    async def _sums(
        self, actor: Staff, asked: Asked, section: Section, measures: Mapping[str, ColumnElement[bool]]
    ) -> Mapping[Any, Mapping[str, int]]:
        found: dict[Any, dict[str, int]] = defaultdict(dict)
        if section.sums is None:
            return found
        minor, currency = section.table.c.amount_minor, section.table.c.amount_currency
        group = _group(section, asked)
        statement = (
            select(group, currency, func.sum(minor // _PART), func.sum(minor % _PART))
            .where(_which(actor, asked, section), measures[section.sums], minor.is_not(None))
            .group_by(group, currency)
        )
        for line, code, high, low in await self._session.execute(statement):
            found[line][code] = int(high) * _PART + int(low)
        return found

    async def _medians(self, actor: Staff, asked: Asked, section: Section) -> Mapping[Any, timedelta]:
        """The middle one, or between the two in the middle, by whole seconds."""
        if section.median is None:
            return {}
        begin, end = section.median
        group = _group(section, asked)
        ends: ColumnElement[Any] = literal(int(asked.now.timestamp())) if end is None else epoch(end)
        span = (ends - epoch(begin)).label("span")
        known = true() if end is None else end.is_not(None)
        place = func.row_number().over(partition_by=group, order_by=span).label("place")
        many = func.count().over(partition_by=group).label("many")
        ranked = select(group.label("line"), span, place, many).where(_which(actor, asked, section), known).subquery()
        r = ranked.c
        statement = (
            select(r.line, func.min(r.span), func.max(r.span))
            .where(2 * r.place >= r.many, 2 * r.place <= r.many + 2)
            .group_by(r.line)
        )
        return {
            line: timedelta(seconds=(int(least) + int(most)) / 2)
            for line, least, most in await self._session.execute(statement)
        }

    async def _weighted(self, actor: Staff, asked: Asked, lines: Sequence[Counted]) -> Sequence[Counted]:
        """The lines, and beside their sums what of them is likely to be won. The history is all of the company's, whoever asks."""
        sections = [section for section in SECTIONS.get(asked.report, ()) if section.weighted]
        if not sections:
            return lines
        chances = Chances.of(
            await self._ended(asked), stages=tuple(asked.chances), percents=asked.chances, least=asked.least
        )
        found = {section.name: await self._likely(actor, asked, section, chances) for section in sections}
        told = {section.name for section in sections if section.chances}
        owner = asked.owners[0] if asked.owners is not None and len(asked.owners) == 1 else None
        return [
            replace(
                line,
                weighted=found[line.section].get(line.group, {}),
                chance=chances.chance(owner, str(line.group)) if line.section in told else None,
            )
            if line.section in found
            else line
            for line in lines
        ]

    async def _likely(
        self, actor: Staff, asked: Asked, section: Section, chances: Chances
    ) -> Mapping[Any, Mapping[str, int]]:
        """Exact, and rounded once at the end."""
        c = section.table.c
        group = _group(section, asked)
        by = (group, c.owner_id, c.stage, c.amount_currency)
        statement = (
            select(*by, func.sum(c.amount_minor // _PART), func.sum(c.amount_minor % _PART))
            .where(_which(actor, asked, section), c.amount_minor.is_not(None))
            .group_by(*by)
        )
        whole: dict[Any, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        for line, owner, stage, currency, high, low in await self._session.execute(statement):
            whole[line][currency] += (int(high) * _PART + int(low)) * chances.chance(owner, stage).part
        return {line: {code: round(amount) for code, amount in sums.items()} for line, sums in whole.items()}

    async def _ended(self, asked: Asked) -> Ended:
        c = tables.opportunities.c
        is_won = (c.stage == "won").label("is_won")
        statement = (
            select(c.owner_id, c.ended_in, is_won, func.count())
            .where(ended(asked))
            .group_by(c.owner_id, c.ended_in, is_won)
        )
        return {(owner, stage, bool(won)): many for owner, stage, won, many in await self._session.execute(statement)}

    async def list_rows(
        self, actor: Staff, asked: Asked, cell: Cell, *, after: int | None = None, limit: int
    ) -> Sequence[CountedRow]:
        section = next((each for each in SECTIONS.get(asked.report, ()) if each.name == cell.section), None)
        if section is None or cell.measure not in section.measures(asked):
            raise LookupError(cell)
        group = _group(section, asked)
        own_id = section.table.c.id
        which: list[ColumnElement[bool]] = [
            _which(actor, asked, section),
            section.measures(asked)[cell.measure],
            *([group.is_(None) if cell.group is None else group == cell.group] if section.group else []),
            *([own_id < after] if after else []),
        ]
        statement = _ROWS[section.record](section).where(*which).order_by(own_id.desc()).limit(limit)
        found = await self._session.execute(statement)
        return [_row(each) for each in found.mappings()]


def _group(section: Section, asked: Asked) -> ColumnElement[Any]:
    return section.group(asked) if section.group is not None else null()


def _which(actor: Staff, asked: Asked, section: Section) -> ColumnElement[bool]:
    """What the asker may see, of the time and the people asked."""
    theirs = true() if asked.owners is None else section.owner.in_(asked.owners)
    return and_(section.visible(reach_of(actor)), section.within(asked), theirs)


def _plain(group: Any) -> Group:
    return group.value if isinstance(group, Enum) else group  # type: ignore[no-any-return]


# ---------------------------------------------------------------- the rows behind a number

_customers, _leads, _staff = tables.customers, tables.leads, tables.staff
_CUSTOMER = func.coalesce(_customers.c.short_name, _customers.c.name)
_NOTHING = literal(None, String)


def _row(row: RowMapping) -> CountedRow:
    company = row["company"]
    return CountedRow(
        id=row["id"],
        record=row["record"],
        record_id=row["record_id"] or row["id"],
        title=row["title"] or (short_company(company) if company else row["person"] or ""),
        at=row["at"],
        owner_name=row["owner_name"],
        note=row["note"],
        amount=Money(row["minor"], row["currency"]) if row["currency"] is not None else None,
    )


def _rows_of(section: Section, **columns: Any) -> Select[Any]:
    """Every kind of row in the same columns; ``title`` stands before ``company`` and ``person``."""
    c = section.table.c
    shown = {
        "record": literal(section.record),
        "record_id": c.id,
        "title": _NOTHING,
        "company": _NOTHING,
        "person": _NOTHING,
        "note": _NOTHING,
        "minor": literal(None, BigInteger),
        "currency": _NOTHING,
        **columns,
    }
    return (
        select(
            c.id,
            section.at.label("at") if section.at is not None else literal(None, UtcDateTime).label("at"),
            _staff.c.name.label("owner_name"),
            *(column.label(name) for name, column in shown.items()),
        )
        .select_from(section.table)
        .outerjoin(_staff, _staff.c.id == section.owner)
    )


def _of_lead(section: Section) -> Select[Any]:
    c = tables.leads.c
    return _rows_of(section, company=func.nullif(c.company, ""), person=c.name, note=c.source)


def _of_opportunity(section: Section) -> Select[Any]:
    c = tables.opportunities.c
    return _rows_of(section, title=c.name, note=c.lost_reason, minor=c.amount_minor, currency=c.amount_currency)


def _of_ticket(section: Section) -> Select[Any]:
    return _rows_of(section, title=tables.tickets.c.title, note=tables.tickets.c.solution)


def _about(section: Section, **columns: Any) -> Select[Any]:
    """Of a lead or a customer, by whose name it is called."""
    c = section.table.c
    found = _rows_of(
        section,
        title=_CUSTOMER,
        company=func.nullif(_leads.c.company, ""),
        person=_leads.c.name,
        note=c.note,
        **columns,
    )
    return found.outerjoin(_customers, _customers.c.id == c.customer_id).outerjoin(_leads, _leads.c.id == c.lead_id)


def _of_activity(section: Section) -> Select[Any]:
    c = tables.activities.c
    record = case((c.customer_id.is_not(None), "customer"), (c.lead_id.is_not(None), "lead"), else_="activity")
    return _about(section, record=record, record_id=func.coalesce(c.customer_id, c.lead_id))


def _of_answer(section: Section) -> Select[Any]:
    """Opens with whom it was; the score stands before the words."""
    c = tables.survey_answers.c
    words = func.coalesce(cast(c.score, String) + " " + func.coalesce(c.comment, ""), c.comment)
    record = case((c.customer_id.is_not(None), "customer"), (c.lead_id.is_not(None), "lead"), else_="activity")
    found = _rows_of(
        section,
        title=_CUSTOMER,
        company=func.nullif(_leads.c.company, ""),
        person=_leads.c.name,
        note=words,
        record=record,
        record_id=func.coalesce(c.customer_id, c.lead_id),
    )
    return found.outerjoin(_customers, _customers.c.id == c.customer_id).outerjoin(_leads, _leads.c.id == c.lead_id)


def _of_quota(section: Section) -> Select[Any]:
    """No card: who it is for stands beside the month."""
    c = tables.quotas.c
    month = cast(extract("year", c.month) * 100 + extract("month", c.month), String)
    return _rows_of(section, note=month, minor=c.amount_minor, currency=c.amount_currency)


def _of_customer(section: Section) -> Select[Any]:
    return _rows_of(section, title=_CUSTOMER, note=_customers.c.grade)


_ROWS: Mapping[str, Callable[[Section], Select[Any]]] = {
    "lead": _of_lead,
    "opportunity": _of_opportunity,
    "ticket": _of_ticket,
    "followup": _about,
    "activity": _of_activity,
    "survey_answer": _of_answer,
    "customer": _of_customer,
    "quota": _of_quota,
}
