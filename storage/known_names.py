"""The names that somebody may see, and what happened to names since an index of them was built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.leads.model import LeadStatus
from domain.lexicon.model import MOST, Meaning
from domain.people.model import Staff
from domain.records import KnownName, NamesSince
from storage.ready import Among, Ready
from storage.tables import contacts, customers, journal_changes, leads, learned_phrases
from storage.types import BigId
from storage.visibility import Reach, reach_of, visible_contacts, visible_customers, visible_leads

_NAMED = frozenset({"customers", "leads", "contacts", "learned_phrases"})
IS_OPEN = or_(*(leads.c.status == status for status in (LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED)))
_MOST_ADDED = 200  # more are read all anew
_LATE = 1000  # changes that another transaction may still commit behind the newest
_NEVER = (1 << 62) // (_LATE + 1)  # behind it there are no changes
_changes = journal_changes.c
_before = journal_changes.alias().c
_first = bindparam("first", type_=BigId)
_newest = select(func.max(_changes.id)).where(_changes.names).scalar_subquery()
_version = (
    select(_newest.label("highest"), func.count().label("count"))
    .where(_changes.names, _changes.id > _newest - _LATE)
    .subquery("version")
)
_known = select(func.count()).where(_before.names, _before.id > _first - _LATE, _before.id <= _first).scalar_subquery()
_added = (
    select(_changes.id, _changes.table_name, _changes.row_id, _changes.before.is_(None).label("is_new"))
    .where(_changes.names, _changes.id > _first)
    .order_by(_changes.id)
    .limit(_MOST_ADDED + 1)
    .subquery("added")
)
# One row at least, for the version. Mostly nothing was added to it, and then nothing more is looked at.
_SINCE = Ready(
    select(
        _version.c.highest,
        _version.c.count,
        _added.c.table_name,
        _added.c.row_id,
        _added.c.is_new,
        case((_added.c.id.is_not(None), _known)).label("known"),
    ).select_from(_version.outerjoin(_added, true()))
)


async def names_since(session: AsyncSession, seen: int | None) -> NamesSince:
    """A version is the newest change of a name, and how many stand just before it: one committed late is counted too."""
    first, known = (_NEVER, 0) if seen is None else divmod(seen, _LATE + 1)
    rows = await _SINCE.rows(session, {"first": first})
    highest, count = rows[0][:2]
    version = (highest or 0) * (_LATE + 1) + int(count)
    return NamesSince(version=version, added={} if version == seen else _added_by([row[2:] for row in rows], known))


def _added_by(rows: Sequence[Sequence[Any]], known: int) -> Mapping[str, Sequence[int]] | None:
    added: dict[str, list[int]] = {}
    if len(rows) > _MOST_ADDED:
        return None
    for table, row_id, is_new, counted in rows:
        if counted != known:  # one was committed behind those that were seen
            return None
        if not is_new or table not in _NAMED:
            return None
        added.setdefault(table, []).append(row_id)
    return added


async def known_names(session: AsyncSession, actor: Staff) -> Sequence[KnownName]:
    """All that the person sees; see ``domain.ports.Search``."""
    reach = reach_of(actor)
    own = await _names_of(reach, None).rows(session, {})
    return [*(_known_name(*row) for row in own), *await _learned(session, _learned_names_of(reach))]


async def names_added(session: AsyncSession, actor: Staff, added: Mapping[str, Sequence[int]]) -> Sequence[KnownName]:
    """The same of these rows alone."""
    reach, ids = reach_of(actor), dict(added)
    learned = ids.pop(learned_phrases.name, None)
    own = await _names_of(reach, frozenset(ids)).rows(session, ids) if ids else []
    names = [_known_name(*row) for row in own]
    if learned is not None:
        statement = _learned_names_of(reach).where(learned_phrases.c.id.in_(learned))
        names += await _learned(session, statement)
    return names


async def _learned(session: AsyncSession, statement: Select[Any]) -> list[KnownName]:
    """What people call the records that the person sees; a lead that was converted is called so as a customer."""
    rows = await session.execute(statement.order_by(learned_phrases.c.id).limit(MOST))
    return [
        KnownName(record="customer", id=row.whose, name=row.phrase, is_learned=True)
        if row.whose is not None
        else KnownName(record="lead", id=row.lead_id, name=row.phrase, is_learned=True)
        for row in rows
    ]


@lru_cache(maxsize=1000)
def _names_of(actor: Reach, some: frozenset[str] | None) -> Ready:
    """The names that somebody sees: all, or of some tables those of ids given by table. Kept, because building it costs more
    than running it."""
    return Ready.of_ids(lambda among: _names(actor, some, among))


def _names(actor: Reach, some: frozenset[str] | None, among: Among) -> CompoundSelect[Any]:
    nothing, no_parent = cast(null(), String), cast(null(), BigId)
    each: dict[Table, Select[Any]] = {
        customers: select(
            literal("customer").label("record"),
            customers.c.id,
            customers.c.name,
            customers.c.short_name.label("alias"),
            no_parent.label("parent"),
            nothing.label("title"),
        ).where(visible_customers(actor)),
        leads: select(literal("lead"), leads.c.id, leads.c.company, leads.c.name, no_parent, nothing).where(
            IS_OPEN, visible_leads(actor)
        ),
        contacts: select(
            literal("contact"), contacts.c.id, contacts.c.name, nothing, contacts.c.customer_id, contacts.c.title
        ).where(visible_contacts(actor)),
    }
    if some is None:
        return union_all(*each.values())
    return union_all(
        *(statement.where(among(table.c.id, table.name)) for table, statement in each.items() if table.name in some)
    )


@lru_cache(maxsize=1000)
def _learned_names_of(actor: Reach) -> Select[Any]:
    phrase = learned_phrases.c
    whose = func.coalesce(phrase.customer_id, leads.c.customer_id)
    seen = or_(
        whose.in_(select(customers.c.id).where(visible_customers(actor))),
        and_(whose.is_(None), IS_OPEN, visible_leads(actor)),
    )
    return (
        select(phrase.phrase, phrase.lead_id, whose.label("whose"))
        .outerjoin(leads, leads.c.id == phrase.lead_id)
        .where(phrase.meaning == Meaning.NAME, seen)
    )


def _known_name(
    record: str, row_id: int, name: str, alias: str | None, parent: int | None, title: str | None
) -> KnownName:
    aliases = (alias,) if name and alias else ()
    return KnownName(record=record, id=row_id, name=name or alias or "", aliases=aliases, parent=parent, title=title)
