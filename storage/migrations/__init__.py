"""The schema's history. ``upgrade`` runs without any ini file, and imports Alembic only where there are steps to take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.pool import NullPool

from storage.faults import NewerDatabase, refuse_other_encodings
from storage.search_schema import create_all

BUSY_SECONDS = 5  # as long as SQLite waits for any other lock
LOCK = 0x6775616E  # one migration at a time, whichever process of a team's server comes first
HEAD = "head"
# As Alembic makes it: where the schema stands.
STANDS = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def upgrade(url: str, revision: str = HEAD) -> None:
    """Bring a database up to date, or to a revision; it may be empty. All or nothing, on both databases.

    An empty one is brought up to date in one step, from the tables as they are now: walking through the whole history
    would make the first start slower with every revision. A revision that is named is always walked to.
    Blocks: call it in a thread where a loop is running. Two processes may do it at once; one waits. Raises NewerDatabase.
    """
    with _connected(url) as connection:
        stands = _revision(connection)
        _refuse_newer(stands)
        if revision == HEAD and stands is None:
            _create(connection)
        elif revision != HEAD or stands != newest_revision():
            from alembic import command

            command.upgrade(_config(connection), revision)


def refuse_newer(url: str) -> None:
    """Raises NewerDatabase where a newer program made the schema; what it keeps there may mean something else by now."""
    _refuse_newer(revision_of(url))


def downgrade(url: str, revision: str) -> None:
    """Go back to a revision, or to ``base``: to nothing."""
    from alembic import command

    with _connected(url) as connection:
        command.downgrade(_config(connection), revision)


def revision_of(url: str) -> str | None:
    """Where the database stands, or None when it has no tables of ours."""
    with plain_engine(url).connect() as connection:
        return _revision(connection)


def newest_revision() -> str:
    """Where an up to date database stands."""
    return known_revisions()[-1]


def known_revisions() -> list[str]:
    """Every revision that this program knows, the oldest first; a database that stands elsewhere was made by a newer one.

    Read from the names of the files, so that a start need not load them.
    """
    return sorted(path.name.partition("_")[0] for path in (_folder() / "versions").glob("[0-9]*_*.py"))


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compared_to: Any) -> bool:
    """For Alembic's comparison: the search index stands beside the models, written as SQL by the migrations."""
    if kind == "column" and name == "lexemes":
        return False
    return not (name or "").startswith(("search_index", "ix_search_entries_lexemes"))


def _refuse_newer(stands: str | None) -> None:
    if stands is not None and stands not in known_revisions():
        raise NewerDatabase(revision=stands)


def _create(connection: Connection) -> None:
    create_all(connection)
    STANDS.create(connection, checkfirst=True)
    connection.execute(STANDS.insert().values(version_num=newest_revision()))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(STANDS.name):
        return None
    return connection.execute(select(STANDS.c.version_num)).scalar()


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
        server = create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True)
        event.listen(server, "connect", refuse_other_encodings, insert=True)
        return server
    engine = create_engine(parsed.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver would begin on its own, and not before table changes
        _keep_a_log(connection)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _keep_a_log(connection: Any) -> None:
    """Write ahead from now on. SQLite waits for no lock here, so that two first starts at once would trip over each other."""
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError:
            if monotonic() > until:
                raise
            sleep(0.02)
        else:
            return
