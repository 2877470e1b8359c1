"""What a record is found by, as the words of its search entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import activities, contact_points, contacts, customers, leads

_TEXTS = {
    "lead": (leads, ("company", "name", "note")),
    "customer": (customers, ("name", "short_name", "address")),
    "contact": (contacts, ("name", "title")),
    "activity": (activities, ("note",)),
}
_COMPANIES = {"lead": ("company",), "customer": ("name", "short_name"), "contact": ()}  # names of companies
_AT_ONCE = 500
Record = tuple[str, int]
Stale = Mapping[Record, Any]


async def terms_of(session: AsyncSession, stale: Stale) -> dict[Record, str]:
    """The words of each record that is there; objects at hand with their points need no query."""
    terms: dict[Record, str] = {}
    asked: dict[str, list[int]] = {}
    for (record, row_id), thing in stale.items():
        if record == "activity" and thing is not None:
            terms |= _of_notes([thing])
        elif thing is not None and "points" in thing.__dict__:
            terms[record, row_id] = _terms(record, thing, thing.points)
        else:
            asked.setdefault(record, []).append(row_id)
    for record, ids in asked.items():
        for start in range(0, len(ids), _AT_ONCE):
            terms |= await _from_database(session, record, ids[start : start + _AT_ONCE])
    return terms


async def _from_database(session: AsyncSession, record: str, ids: Sequence[int]) -> dict[Record, str]:
    table = _TEXTS[record][0]
    if record == "activity":
        return _of_notes(await session.execute(select(table.c.id, table.c.note).where(table.c.id.in_(ids))))
    whose = contact_points.c[f"{record}_id"]
    points: dict[int, list[Any]] = {}
    for point in await session.execute(select(contact_points, whose.label("whose")).where(whose.in_(ids))):
        points.setdefault(point.whose, []).append(point)
    rows = await session.execute(select(table).where(table.c.id.in_(ids)))
    return {(record, row.id): _terms(record, row, points.get(row.id, ())) for row in rows}


def _of_notes(noted: Iterable[Any]) -> dict[Record, str]:
    from domain.values.searching import note_terms

    return {("activity", one.id): tokens for one in noted if (tokens := note_terms(one.note))}


def _terms(record: str, row: Any, points: Collection[Any]) -> str:
    from domain.values.near_companies import domain_mark, near_marks
    from domain.values.searching import search_terms

    texts = [text for name in _TEXTS[record][1] if (text := getattr(row, name))]
    reachable = [form for point in points for form in _forms(point)]
    # By these the duplicate guard finds who may be the same; no word that people look for is one of them.
    companies = [text for name in _COMPANIES[record] if (text := getattr(row, name))]
    marks = [mark for company in companies for mark in near_marks(company)]
    marks += [mark for point in points if point.kind == "email" and (mark := domain_mark(point.value))]
    return " ".join([search_terms(*texts, *row.tags, *reachable), *dict.fromkeys(marks)])


def _forms(point: Any) -> tuple[str, ...]:
    """A phone is found by its international and its national digits."""
    if point.kind != "phone":
        return (point.value,)
    from domain.values.phones import show_phone

    return (point.value, show_phone(point.value), point.extension or "")
