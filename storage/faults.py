"""What errors of a database mean: which pass by themselves, so that the same transaction may be tried again, and which do not."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

_PASSING_STATES = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"})
_FORGOTTEN = frozenset({"26000", "42P05"})  # no statement of that name, or another one
# Two transactions took the same number, or asked for the same approval, at once: tried again, ours meets the other's
# record and says so politely.
_MET_WHEN_TRIED_AGAIN = frozenset({"uq_contact_points_unique_key", "uq_approvals_open"})
_NOT_THERE = frozenset({"42P01", "42703"})  # PostgreSQL's undefined_table and undefined_column
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class UnfitDatabase(Exception):
    """The database answers, and cannot hold what we write: its texts are not kept in UTF8."""

    def __init__(self, *, name: str, encoding: str) -> None:
        super().__init__(f"{name} is in {encoding}")
        self.name = name
        self.encoding = encoding


class NewerDatabase(Exception):
    """The schema was made by a newer program, and this one does not know it."""

    def __init__(self, *, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


def refuse_other_encodings(connection: Any, record: object) -> None:
    """For SQLAlchemy's event "connect" on PostgreSQL, before its own, which would fail there without a clear word.

    Raises UnfitDatabase.
    """
    info = getattr(connection, "driver_connection", connection).info
    encoding = info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise UnfitDatabase(name=info.dbname, encoding=encoding)


def is_of_a_file(error: BaseException) -> bool:
    """True where it is SQLite's file that cannot be used, and no server is to be looked for."""
    return isinstance(getattr(error, "orig", None), sqlite3.Error)


def reason_of(error: BaseException) -> str:
    """What the driver says of a database that does not answer, else the error's kind: never what a statement held."""
    given = getattr(error, "orig", None)
    if isinstance(given, sqlite3.Error):
        return str(given)
    if given is None or getattr(given, "sqlstate", None) is not None:
        return type(error).__name__
    first = next(iter(str(given).splitlines()), "")  # the further ones repeat it for each address of the server
    return first.rpartition("failed: ")[2].removeprefix("FATAL:").strip() or type(error).__name__


def lacks_tables(error: BaseException) -> bool:
    """True where the database answers, and has not the tables or columns that are asked for: its schema is older, or none."""
    given = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(given, sqlite3.OperationalError):
        return str(given).startswith(("no such table", "no such column"))
    return getattr(given, "sqlstate", None) in _NOT_THERE


def is_passing(error: BaseException) -> bool:
    """True for a deadlock, a serialization failure, a lost connection, a full pool or a busy SQLite."""
    # Stale data: another transaction changed the row between our reading and our writing it.
    if isinstance(error, (PoolTimeout, DisconnectionError, StaleDataError)):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    return _original_passes(error)


def is_forgotten(error: BaseException) -> bool:
    """True where PostgreSQL no longer has a statement that was prepared, or a table that it reads has other types now.

    ``DISCARD ALL``, a pooler between or a migration beside the running program does that. The connection would refuse
    that statement for ever, so it is given up; another one prepares all anew.
    """
    state = getattr(error, "sqlstate", None)
    if state == "0A000":
        return error.diag.source_function == "RevalidateCachedQuery"  # type: ignore[attr-defined,no-any-return]
    return state in _FORGOTTEN


def _original_passes(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state == "23505":
        return error.orig.diag.constraint_name in _MET_WHEN_TRIED_AGAIN  # type: ignore[union-attr]
    if state is not None:
        return state in _PASSING_STATES or str(state).startswith("08")
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _BUSY
    # psycopg gives no state when there was nobody to give one: the server is away.
    return isinstance(error, (OperationalError, InterfaceError)) and error.orig.__class__.__module__.startswith(
        "psycopg"
    )
