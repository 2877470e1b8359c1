"""The schema's history. ``upgrade`` runs without any ini file, and imports Alembic only when it is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

LOCK = 0x6775616E  # one migration at a time, whichever process of a team's server comes first


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to date, or to a revision; it may be empty. All or nothing, on both databases.

    Blocks: call it in a thread where a loop is running. Two processes may do it at once; one waits.
    """
    from alembic import command

    with _connected(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Go back to a revision, or to ``base``: to nothing."""
    from alembic import command

    with _connected(url) as connection:
        command.downgrade(_config(connection), revision)


def revision_of(url: str) -> str | None:
    """Where the database stands, or None when it has no tables of ours."""
    from alembic.runtime.migration import MigrationContext

    with plain_engine(url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """Where an up to date database stands."""
    from alembic.script import ScriptDirectory

    newest = ScriptDirectory(str(_folder())).get_current_head()
    assert newest is not None
    return newest


def known_revisions() -> frozenset[str]:
    """Every revision that this program knows; a database that stands elsewhere was made by a newer one."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory(str(_folder())).walk_revisions())


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compared_to: Any) -> bool:
    """For Alembic's comparison: the search index stands beside the models, written as SQL by the migrations."""
    if kind == "column" and name == "lexemes":
        return False
    return not (name or "").startswith(("search_index", "ix_search_entries_lexemes"))


def _folder() -> Path:
    return Path(__file__).parent


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    with plain_engine(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


def plain_engine(url: str) -> Engine:
    """A plain engine: migrations have no use for an event loop."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True)
    engine = create_engine(parsed.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver would begin on its own, and not before table changes
        connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
