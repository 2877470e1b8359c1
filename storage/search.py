"""Finding by a few characters: our own words in a column, a full-text index over it, and only what one may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    cast,
    column,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import table as plain_table
from sqlalchemy import text as literal_sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from domain.leads.model import LeadStatus
from domain.people.model import Role, Staff
from domain.records import Found, KnownName, Matches, NamesSince, place_in_search
from domain.values.searching import search_query, stands_in
from storage.dialects import is_sqlite
from storage.found import described, found
from storage.known_names import IS_OPEN, known_names, names_added, names_since
from storage.ready import Ready, Together
from storage.repository import Repository
from storage.search_terms import Stale, terms_of
from storage.tables import (
    activities,
    contacts,
    customers,
    leads,
    search_entries,
    tickets,
)
from storage.titles import titles_of
from storage.visibility import (
    sees_all,
    visible_activities,
    visible_contacts,
    visible_customers,
    visible_leads,
)

_index = plain_table("search_index", column("rowid"), column("search_index"))
_HELD = literal_sql("tickets.status NOT IN ('resolved', 'closed')")
_IS_LEAD = leads.c.status != LeadStatus.CONVERTED
_MOST_LOOKS = 5  # for notes in which the words stand, not only their pieces


def _put_entry(insert: Any) -> Any:
    return insert.on_conflict_do_update(index_elements=["id"], set_={"tokens": insert.excluded.tokens})


_PUT_ENTRIES = {True: _put_entry(sqlite.insert(search_entries)), False: _put_entry(postgresql.insert(search_entries))}
_PUT_ENTRY = Ready(
    _PUT_ENTRIES[False].inline(),
    on_sqlite=_PUT_ENTRIES[True].inline(),
    columns=("id", "record", "record_id", "tokens"),
)


class SqlSearch(Repository):
    async def find(self, actor: Staff, text: str, *, limit: int, after: int | None = None) -> Matches:
        """Newest first. ``after`` is ``domain.records.place_in_search`` of the last one seen."""
        tokens = search_query(text)
        if tokens is None:
            return Matches()
        wanted: list[Found] = []
        for _ in range(_MOST_LOOKS):
            matches = self.matching(tokens, actor, after).limit(limit).subquery("matches")
            rows = await self._session.execute(described(matches).order_by(matches.c.place.desc()))
            candidates = [found(row) for row in rows.mappings()]
            wanted += [one for one in candidates if one.note is None or stands_in(text, one.note)]
            if len(wanted) >= limit or len(candidates) < limit:
                return Matches(wanted[:limit])
            after = candidates[-1].place
        return Matches(wanted, goes_on_after=after)

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

    async def list_owned(self, actor: Staff, record: str, *, limit: int, before: int | None = None) -> Sequence[Found]:
        table = {"customer": customers, "lead": leads}[record]
        owned = [table.c.owner_id == actor.id]
        if record == "lead":
            owned.append(IS_OPEN)
        if before is not None:
            owned.append(table.c.id < before)
        own = select(literal(record).label("record"), table.c.id).where(*owned).order_by(table.c.id.desc()).limit(limit)
        matches = own.subquery("own")
        rows = await self._session.execute(described(matches).order_by(matches.c.id.desc()))
        return [found(row) for row in rows.mappings()]

    async def titles_of(self, actor: Staff, records: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        return await titles_of(self._session, actor, records)

    async def known_names(self, actor: Staff) -> Sequence[KnownName]:
        return await known_names(self._session, actor)

    async def names_since(self, seen: int | None) -> NamesSince:
        return await names_since(self._session, seen)

    async def names_added(self, actor: Staff, added: Mapping[str, Sequence[int]]) -> Sequence[KnownName]:
        return await names_added(self._session, actor, added)

    async def desk_version(self, actor: Staff) -> str:
        """What was given and what is held or waits, each by its own index; few rows, however many tickets there were."""
        if actor.role is not Role.AGENT:
            return ""
        t = tickets.c
        given = select(func.max(t.assigned_at)).where(t.assignee_id == actor.id).scalar_subquery()
        parts = [cast(given, String)]
        for which in (and_(t.assignee_id == actor.id, _HELD), t.queued_at.is_not(None)):
            for figure in (func.count(t.customer_id), func.sum(t.customer_id), func.sum(t.customer_id * t.id)):
                parts.append(cast(select(figure).where(which).scalar_subquery(), String))
        [row] = (await self._session.execute(select(*parts))).all()
        return "|".join(str(part) for part in row)


def _visible(actor: Staff) -> ColumnElement[bool]:
    """A lead that became a customer is found as that; it would stand beside it for ever.

    Asked for each match, newest first, until a page is full: a list of all that somebody may see is as long as the company
    has customers. Who sees all is asked nothing else: an entry goes with its record, and PostgreSQL plans this longer
    than it looks for the words.
    """
    entry = search_entries.c
    if sees_all(actor):
        return or_(entry.record != "lead", exists().where(leads.c.id == entry.record_id, _IS_LEAD))

    def sees(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(table.c.id == entry.record_id, *conditions)

    return or_(
        and_(entry.record == "activity", sees(activities, visible_activities(actor))),
        and_(entry.record == "lead", sees(leads, visible_leads(actor), _IS_LEAD)),
        and_(entry.record == "customer", sees(customers, visible_customers(actor))),
        and_(entry.record == "contact", sees(contacts, visible_contacts(actor))),
    )


async def write_entries(session: AsyncSession, stale: Stale, last: Together) -> None:
    """Write the search entries of changed records anew, with the ``last`` statements of the transaction where they are
    few, and remove those of records that are gone."""
    if not stale:
        return
    terms = await terms_of(session, stale)
    gone = [place_in_search(*key) for key in stale if key not in terms]
    if gone:
        await session.execute(delete(search_entries).where(search_entries.c.id.in_(gone)))
    if terms:
        rows = [
            {"id": place_in_search(record, row_id), "record": record, "record_id": row_id, "tokens": tokens}
            for (record, row_id), tokens in terms.items()
        ]
        await last.add_all(_PUT_ENTRY, _PUT_ENTRIES[is_sqlite(session)], rows)
