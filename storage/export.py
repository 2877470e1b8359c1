"""All data as lines of JSON, an object each: for other programs, and for ``storage.importing``.

A line has ``type``, ``id`` and the fields by their names in the domain. Moments are ISO 8601 in UTC, money is
``{"minor": 5000000, "currency": "CNY"}``. Leads, customers and contacts carry their contact points, and besides them
``phones`` and ``emails`` as plain lists. Attachments say what is known of their file; its bytes stay behind.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain.facts import encode_facts
from storage import tables
from storage.engine import Database

BATCH = 500
FILE_FIELDS = ("state", "reason", "media_type", "size", "sha256")
POINT_FIELDS = ("kind", "value", "extension", "unique_key")


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A table as a kind of line. ``left_out`` are columns that mean nothing outside."""

    type: str
    table: Table
    left_out: frozenset[str] = frozenset()
    points: str | None = None  # the column of contact_points that names a row of this table
    only: ColumnElement[bool] | None = None
    has_file: bool = False  # what is known of its file goes along; the bytes do not

    def fields(self) -> list[str]:
        hidden = self.left_out | {"version"}
        return [column.name for column in self.table.columns if column.name not in hidden]


# Who was to be asked and never was, said nothing.
_SURVEY_WENT_OUT = or_(tables.survey_answers.c.sent_at.is_not(None), tables.survey_answers.c.answered_at.is_not(None))
# In the order in which an import can follow: what is referred to comes first.
KINDS = (
    Exported(type="company", table=tables.company),
    Exported(type="staff", table=tables.staff, left_out=frozenset({"name_key"})),
    Exported(type="customer", table=tables.customers, points="customer_id"),
    Exported(type="contact", table=tables.contacts, points="contact_id"),
    Exported(type="lead", table=tables.leads, points="lead_id", left_out=tables.UNJOURNALED_COLUMNS["leads"]),
    Exported(type="identity", table=tables.identities, left_out=frozenset({"menu"})),
    Exported(type="opportunity", table=tables.opportunities),
    Exported(type="quota", table=tables.quotas),
    Exported(type="follow_up", table=tables.followups, left_out=tables.UNJOURNALED_COLUMNS["followups"]),
    Exported(type="activity", table=tables.activities),
    Exported(type="ticket", table=tables.tickets, left_out=tables.UNJOURNALED_COLUMNS["tickets"]),
    Exported(type="ticket_message", table=tables.ticket_messages),
    Exported(type="survey", table=tables.surveys),
    Exported(
        type="survey_answer",
        table=tables.survey_answers,
        left_out=frozenset({"offered_at", "begun_at"}),
        only=_SURVEY_WENT_OUT,
    ),
    Exported(type="attachment", table=tables.attachments, left_out=frozenset({"file_id"}), has_file=True),
    Exported(type="record_share", table=tables.record_shares),
    Exported(type="approval", table=tables.approvals),
    Exported(type="bound_group", table=tables.bound_groups),
    Exported(type="inquiry", table=tables.inquiries),
    Exported(type="broadcast", table=tables.broadcasts),
    Exported(type="broadcast_answer", table=tables.broadcast_answers),
    Exported(type="point_grant", table=tables.point_grants),
    Exported(type="point_entry", table=tables.point_entries),
    Exported(type="consent", table=tables.consents),
    Exported(type="learned_phrase", table=tables.learned_phrases),
    Exported(
        type="notification",
        table=tables.notifications,
        left_out=frozenset({"lease_holder", "lease_until", "extra", "action_id"}),
    ),
)


async def export_lines(database: Database) -> AsyncGenerator[str, None]:
    """Every object as one line of JSON without its newline, as of one moment, in bounded batches.

    Invitations are left out: their codes are secrets. So are the journal, drafts and cards, names of groups, which
    their platforms tell again, and accounts of points, which are what their lines come to.
    """
    async with database.read() as uow:
        session = uow.session
        if database.dialect == "postgresql":
            # SQLite's reading transaction sees one moment by itself.
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        for kind in KINDS:
            async for exported in _objects(session, kind):
                yield json.dumps(exported, ensure_ascii=False, separators=(", ", ": "))


async def _objects(session: AsyncSession, kind: Exported) -> AsyncIterator[dict[str, Any]]:
    columns = [kind.table.c[name] for name in kind.fields()]
    source: FromClause = kind.table
    if kind.has_file:
        files = tables.attached_files
        columns += [files.c[name] for name in FILE_FIELDS]
        source = source.outerjoin(files, files.c.id == kind.table.c.file_id)
    last = 0
    while True:
        which = kind.table.c.id > last if kind.only is None else and_(kind.table.c.id > last, kind.only)
        statement = select(*columns).select_from(source).where(which).order_by(kind.table.c.id).limit(BATCH)
        rows = (await session.execute(statement)).mappings().all()
        points = await _points(session, kind, [row["id"] for row in rows])
        for row in rows:
            yield {"type": kind.type, **_fields(dict(row)), **points.get(row["id"], {})}
        if len(rows) < BATCH:
            return
        last = rows[-1]["id"]


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The id first; two columns of an amount are one field."""
    fields = {name: plain(value) for name, value in row.items() if not name.startswith("amount_")}
    if "amount_minor" in row:
        minor, currency = row["amount_minor"], row["amount_currency"]
        fields["amount"] = None if minor is None else {"minor": minor, "currency": currency}
    return fields


async def _points(session: AsyncSession, kind: Exported, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    if kind.points is None or not ids:
        return {}
    found: dict[int, dict[str, Any]] = {row_id: {"points": [], "phones": [], "emails": []} for row_id in ids}
    point = tables.contact_points.c
    owner = point[kind.points]
    statement = select(owner, *(point[name] for name in POINT_FIELDS)).where(owner.in_(ids)).order_by(point.id)
    for row_id, *values in await session.execute(statement):
        fields = dict(zip(POINT_FIELDS, values, strict=True))
        found[row_id]["points"].append(fields)
        plain_list = {"phone": "phones", "email": "emails"}.get(fields["kind"])
        if plain_list is not None:
            found[row_id][plain_list].append(fields["value"])
    return found


def plain(value: Any) -> Any:
    """The value as JSON of other programs: facts keep the tags of ``domain.facts``."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return encode_facts(value)
