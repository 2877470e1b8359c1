"""Which journaled row may refer to which: foreign keys, and shares, which name their record by kind and id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from storage import tables

_SHARED = {"lead": "leads", "customer": "customers"}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """``table.column`` holds an id of ``target``; for shares only in rows whose ``record`` says so."""

    table: str
    column: str
    target: str
    record: str | None = None

    def rows_referring_to(self, ids: Sequence[int]) -> Select[Any]:
        rows = tables.JOURNALED[self.table]
        statement = select(rows.c.id).where(rows.c[self.column].in_(ids))
        return statement if self.record is None else statement.where(rows.c.record == self.record)

    def target_of(self, values: Mapping[str, Any]) -> int | None:
        """The id that a row with these values refers to."""
        if self.record is not None and values.get("record") != self.record:
            return None
        return values.get(self.column)


@cache
def _all() -> tuple[Reference, ...]:
    by_key = [
        Reference(table=table.name, column=key.parent.name, target=key.column.table.name)
        for table in tables.JOURNALED.values()
        for key in table.foreign_keys
    ]
    shares = [
        Reference(table="record_shares", column="record_id", target=target, record=record)
        for record, target in _SHARED.items()
    ]
    return (*by_key, *shares)


# What customers said of hearing from us is its own history, and moves with whoever said it.
_OF_CONSENTS = (Reference(table="consents", column="identity_id", target="identities"),)


@cache
def references_to(table: str) -> tuple[Reference, ...]:
    return tuple(reference for reference in _all() if reference.target == table)


@cache
def references_from(table: str) -> tuple[Reference, ...]:
    return tuple(reference for reference in (*_all(), *_OF_CONSENTS) if reference.table == table)
