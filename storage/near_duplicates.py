"""Who may be the same company under another spelling: few candidates by our own index, judged by their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from heapq import nlargest
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, JSON, ColumnElement, Integer, Select, String, and_, bindparam, column, func, or_, select
from sqlalchemy import table as plain_table
from sqlalchemy import text as literal_sql
from sqlalchemy.ext.asyncio import AsyncSession

from domain.records import Found, place_in_search
from domain.values.near_companies import Nearness, domain_mark, near_marks, nearness
from storage.dialects import is_sqlite
from storage.found import described, found
from storage.ready import Ready
from storage.tables import customers, leads, search_entries

_MARKS_AT_ONCE = 2400  # of the names of a list, twelve of each of two hundred
_MOST_HITS = 10_000
_MOST_JUDGED = 200  # names that share a mark; the newest of them, of a list those with the rarest
_MOST_JUDGED_A_NAME = 3  # where it is one of many
_MOST_OF_A_MARK = 20
_index = plain_table("search_index", column("rowid"), column("search_index"))
Record = tuple[str, int]


def _named() -> Select[Any]:
    """Who is in the index by which names. A converted lead is met as its customer."""
    entry = search_entries.c
    return (
        select(
            entry.id.label("place"),
            entry.record,
            entry.record_id.label("id"),
            leads.c.company,
            customers.c.name,
            customers.c.short_name,
        )
        .select_from(search_entries)
        .outerjoin(leads, and_(entry.record == "lead", leads.c.id == entry.record_id))
        .outerjoin(customers, and_(entry.record == "customer", customers.c.id == entry.record_id))
        .where(or_(entry.record != "lead", leads.c.customer_id.is_(None)))
    )


def having_on_postgres() -> Select[Any]:
    """Each of the given marks with the places in the index of who has it; the text never changes."""
    given = func.unnest(bindparam("marks", type_=ARRAY(String))).table_valued(column("mark", String))
    given = given.render_derived(name="given")
    has = literal_sql("lexemes @@ CAST(given.mark AS tsquery)")
    return select(given.c.mark, search_entries.c.id).select_from(given).join(search_entries, has).limit(_MOST_HITS)


def having_on_sqlite() -> Select[Any]:
    """The same."""
    given = func.json_each(bindparam("marks", type_=JSON)).table_valued("value")
    return (
        select(given.c.value, _index.c.rowid)
        .select_from(given)
        .join(_index, _index.c.search_index.match(given.c.value))
        .limit(_MOST_HITS)
    )


_HAVING = Ready(having_on_postgres(), on_sqlite=having_on_sqlite())
_NAMES = Ready.of_ids(lambda among: _named().where(among(search_entries.c.id, "places")))


async def find_near(session: AsyncSession, *, company: str, emails: Sequence[str], limit: int) -> Sequence[Found]:
    """Nearest names first, then those who share a company's e-mail domain. A converted lead is met as its customer.

    One statement for the name, one for the domains, one to describe what was met.
    """
    met: dict[Record, str] = {}
    if company:
        met |= dict.fromkeys(await _near_names(session, company, limit), "near_name")
    domains = list(dict.fromkeys(mark for email in emails if (mark := domain_mark(email))))
    if domains and len(met) < limit:
        rows = await _candidates(session, domains, limit)
        met = {**dict.fromkeys(((row["record"], row["id"]) for row in rows), "domain"), **met}
        met = dict(sorted(met.items(), key=lambda one: one[1] == "domain"))
    return await _described(session, dict(list(met.items())[:limit]))


async def _near_names(session: AsyncSession, company: str, limit: int) -> list[Record]:
    marks = near_marks(company)
    if not marks:
        return []
    judged: list[tuple[Nearness, Record]] = []
    for row in await _candidates(session, marks, _MOST_JUDGED):
        near = _nearest(company, _names_in(row))
        if near:
            judged.append((near, (row["record"], row["id"])))
    judged.sort(key=lambda one: -one[0])  # stable, so that of equals the newest is first
    return [record for _, record in judged[:limit]]


async def find_near_many(session: AsyncSession, companies: Sequence[str]) -> Mapping[str, Found]:
    """Of many names those that somebody has nearly so, with the nearest record.

    Three statements however many names: who has one of their marks, what those are called, one to describe what was met.
    So that two hundred names take no longer than a transaction may, a name that many marks hit is judged beside the few
    that share the rarest of them.
    """
    asked = {name: near_marks(name) for name in dict.fromkeys(companies)}
    having = await _having(session, _dealt(list(asked.values())))
    worth = _worth_a_look(asked, having)
    known = await _names_of(session, {place for places in worth.values() for place in places})
    best: dict[str, Record] = {}
    for name, places in worth.items():
        judged = [(_nearest(name, known[place].names), place) for place in places if place in known]
        near, place = max(judged, default=(Nearness.NONE, 0))  # of equals the newest of its kind
        if near:
            best[name] = known[place].record
    described_ = {
        (each.record, each.id): each for each in await _described(session, dict.fromkeys(best.values(), "near_name"))
    }
    return {name: described_[record] for name, record in best.items() if record in described_}


def _dealt(marks_of_names: Sequence[Sequence[str]]) -> list[str]:
    """The first mark of every name, then the second: where they are too many, each name goes without its last ones."""
    rounds = (mark for dealt in zip_longest(*marks_of_names) for mark in dealt if mark is not None)
    return list(dict.fromkeys(rounds))[:_MARKS_AT_ONCE]


async def _having(session: AsyncSession, marks: Sequence[str]) -> Mapping[str, list[int]]:
    """By mark the places in the index of who has it."""
    having: dict[str, list[int]] = {}
    if marks:
        for mark, place in await _HAVING.rows(session, {"marks": list(marks)}):
            having.setdefault(mark, []).append(place)
    return having


def _worth_a_look(asked: Mapping[str, Sequence[str]], having: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The places that each name is judged beside, rarest marks first: the first of every name before the second of any.

    Of a mark that many have only the newest are counted, so that a list of names all alike does not take their product.
    """
    newest = {mark: nlargest(_MOST_OF_A_MARK, places) for mark, places in having.items()}
    ranked: dict[str, list[int]] = {}
    for name, marks in asked.items():
        weights: dict[int, float] = {}
        for mark in marks:
            for place in newest.get(mark, ()):
                weights[place] = weights.get(place, 0.0) + 1 / len(having[mark])
        if weights:
            ranked[name] = nlargest(_MOST_JUDGED_A_NAME, weights, key=lambda place: (weights[place], place))
    looked_at: set[int] = set()
    worth: dict[str, list[int]] = {name: [] for name in ranked}
    for number in range(_MOST_JUDGED_A_NAME):
        for name, places in ranked.items():
            if number < len(places) and (places[number] in looked_at or len(looked_at) < _MOST_JUDGED):
                looked_at.add(places[number])
                worth[name].append(places[number])
    return worth


class _Known(NamedTuple):
    record: Record
    names: tuple[str, ...]


async def _names_of(session: AsyncSession, places: Collection[int]) -> Mapping[int, _Known]:
    """Leads and customers by their places; a converted lead is met as its customer."""
    if not places:
        return {}
    rows = await _NAMES.mappings(session, {"places": sorted(places)})
    return {row["place"]: _Known((row["record"], row["id"]), tuple(dict.fromkeys(_names_in(row)))) for row in rows}


def _names_in(row: Mapping[str, Any]) -> list[str]:
    return [name for name in (row["company"], row["name"], row["short_name"]) if name]


def _nearest(name: str, names: Sequence[str]) -> Nearness:
    return max((nearness(name, known) for known in names), default=Nearness.NONE)


def candidates(*, sqlite: bool) -> Select[Any]:
    """Leads and customers, whoever owns them, and contacts, that have one of the ``marks``; newest first, ``most`` of them."""
    entry = search_entries.c
    statement, marks = _named().limit(bindparam("most", type_=Integer)), bindparam("marks", type_=String)
    if sqlite:
        # The index gives its rows in order and one by one, as for a search.
        matching = _index.c.search_index.match(marks)
        return statement.join(_index, entry.id == _index.c.rowid).where(matching).order_by(_index.c.rowid.desc())
    return statement.where(literal_sql("lexemes @@ CAST(:marks AS tsquery)").bindparams(marks)).order_by(
        entry.id.desc()
    )


_CANDIDATES = Ready(candidates(sqlite=False), on_sqlite=candidates(sqlite=True))


def written(marks: Sequence[str], *, sqlite: bool) -> str:
    """Any of them, as each index wants to be asked."""
    return " OR ".join(f'"{mark}"' for mark in marks) if sqlite else " | ".join(f"'{mark}'" for mark in marks)


async def _candidates(session: AsyncSession, marks: Sequence[str], most: int) -> Sequence[Mapping[str, Any]]:
    asked = {"marks": written(marks, sqlite=is_sqlite(session)), "most": most}
    return await _CANDIDATES.mappings(session, asked)


async def _described(session: AsyncSession, met: dict[Record, str]) -> Sequence[Found]:
    if not met:
        return []
    places = [place_in_search(record, row_id) for record, row_id in met]
    rows = {(row["record"], row["id"]): row for row in await _DESCRIBED.mappings(session, {"places": places})}
    return [found(rows[key], matched=matched) for key, matched in met.items() if key in rows]


def _in_index(ids: ColumnElement[bool]) -> Select[Any]:
    entry = search_entries.c
    return described(select(entry.record, entry.record_id.label("id")).where(ids).subquery("matches"))


_DESCRIBED = Ready.of_ids(lambda among: _in_index(among(search_entries.c.id, "places")))
