"""Finding by a few characters: our own words in a column, a full-text index over it, and only what one may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    column,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import table as plain_table
from sqlalchemy import text as literal_sql
from sqlalchemy.ext.asyncio import AsyncSession

from domain.leads.model import LeadStatus
from domain.people.model import Staff
from domain.records import Found, KnownName, place_in_search
from domain.values.searching import search_query
from storage.dialects import insert_into, is_sqlite
from storage.found import described, found
from storage.repository import Repository
from storage.search_terms import Stale, terms_of
from storage.tables import contacts, customers, journal_changes, leads, search_entries
from storage.types import BigId
from storage.visibility import visible_contacts, visible_customers, visible_leads

_index = plain_table("search_index", column("rowid"), column("search_index"))
_OPEN = (LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED)
_LATE = 1000  # changes that another transaction may still commit behind the newest
_newest = select(func.max(journal_changes.c.id)).where(journal_changes.c.names).scalar_subquery()
_NAMES_VERSION = select(_newest, func.count()).where(journal_changes.c.names, journal_changes.c.id > _newest - _LATE)


class SqlSearch(Repository):
    async def find(self, actor: Staff, text: str, *, limit: int, after: int | None = None) -> Sequence[Found]:
        """Newest first. ``after`` is ``domain.records.place_in_search`` of the last one seen."""
        tokens = search_query(text)
        if tokens is None:
            return []
        matches = self.matching(tokens, actor, after).limit(limit).subquery("matches")
        rows = await self._session.execute(described(matches).order_by(matches.c.place.desc()))
        return [found(row) for row in rows]

    def matching(self, tokens: Sequence[str], actor: Staff, after: int | None = None) -> Select[Any]:
        entry = search_entries.c
        place: ColumnElement[int] = entry.id
        statement = select(entry.record, entry.record_id.label("id"), entry.id.label("place"))
        if is_sqlite(self._session):
            # The index gives its rows in order and one by one, so a page of a frequent word costs a page.
            place = _index.c.rowid
            words = " AND ".join(f'"{token}"' for token in tokens)
            statement = statement.join(_index, place == entry.id).where(_index.c.search_index.match(words))
        else:
            words = " & ".join(f"'{token}'" for token in tokens)
            statement = statement.where(literal_sql("lexemes @@ CAST(:words AS tsquery)").bindparams(words=words))
        statement = statement.where(_visible(actor))
        if after is not None:
            statement = statement.where(place < after)
        return statement.order_by(place.desc())

    async def known_names(self, actor: Staff) -> Sequence[KnownName]:
        nothing, no_parent = cast(null(), String), cast(null(), BigId)
        statement = union_all(
            select(
                literal("customer").label("record"),
                customers.c.id,
                customers.c.name,
                customers.c.short_name.label("alias"),
                no_parent.label("parent"),
                nothing.label("title"),
            ).where(visible_customers(actor)),
            select(literal("lead"), leads.c.id, leads.c.company, leads.c.name, no_parent, nothing).where(
                leads.c.status.in_(_OPEN), visible_leads(actor)
            ),
            select(
                literal("contact"), contacts.c.id, contacts.c.name, nothing, contacts.c.customer_id, contacts.c.title
            ).where(visible_contacts(actor)),
        )
        rows = await self._session.execute(statement)
        return [_known_name(*row) for row in rows]

    async def names_version(self) -> int:
        """The newest change of a name, and how many stand just before it: one committed late is counted too."""
        highest, count = (await self._session.execute(_NAMES_VERSION)).one()
        return (highest or 0) * (_LATE + 1) + int(count)


def _known_name(
    record: str, row_id: int, name: str, alias: str | None, parent: int | None, title: str | None
) -> KnownName:
    aliases = (alias,) if name and alias else ()
    return KnownName(record=record, id=row_id, name=name or alias or "", aliases=aliases, parent=parent, title=title)


def _visible(actor: Staff) -> ColumnElement[bool]:
    entry = search_entries.c
    return or_(
        and_(entry.record == "lead", entry.record_id.in_(select(leads.c.id).where(visible_leads(actor)))),
        and_(entry.record == "customer", entry.record_id.in_(select(customers.c.id).where(visible_customers(actor)))),
        and_(entry.record == "contact", entry.record_id.in_(select(contacts.c.id).where(visible_contacts(actor)))),
    )


async def write_entries(session: AsyncSession, stale: Stale) -> None:
    """Write the search entries of changed records anew, and remove those of records that are gone."""
    if not stale:
        return
    terms = await terms_of(session, stale)
    gone = [place_in_search(*key) for key in stale if key not in terms]
    if gone:
        await session.execute(delete(search_entries).where(search_entries.c.id.in_(gone)))
    if terms:
        statement = insert_into(session, search_entries)
        statement = statement.on_conflict_do_update(index_elements=["id"], set_={"tokens": statement.excluded.tokens})
        rows = [
            {"id": place_in_search(record, row_id), "record": record, "record_id": row_id, "tokens": tokens}
            for (record, row_id), tokens in terms.items()
        ]
        await session.execute(statement, rows)
