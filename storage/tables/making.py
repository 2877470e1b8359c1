"""How a table is made: names of constraints are fixed, so that migrations can speak of them on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, MetaData, Table

from storage.types import BigId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def row_version() -> Column[int]:
    """A stamp that no two states of a row share: undo compares it, and puts it back with the state it belongs to."""
    return Column("version", BigInteger, nullable=False)


def refers(name: str, target: str, *, required: bool = False) -> Column[int]:
    # Undo puts rows back in any order within its transaction, so that the check waits until all of them are there.
    return Column(name, BigId, ForeignKey(f"{target}.id", deferrable=True), nullable=not required)


def table(name: str, *columns: Any) -> Table:
    # AUTOINCREMENT, so that the id of a deleted row is never given out again: an old card would show another record.
    return Table(name, metadata, *columns, sqlite_autoincrement=True)
