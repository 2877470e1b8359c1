from __future__ import annotations

import ast
import asyncio
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, MetaData, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from storage import migrations, tables
from storage.engine import Database, open_database
from storage.migrations import downgrade, is_ours, known_revisions, newest_revision, plain_engine, revision_of, upgrade
from storage.tables import metadata
from tests.databases import sqlite_url
from tests.storage.company import a_lead, an_activity, found_team
from tests.storage.conftest import BACKENDS

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def steps_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alembic loads every step for each command, and here are hundreds of commands."""
    monkeypatch.setattr(ScriptDirectory, "from_config", staticmethod(lambda config: _steps()))


@cache
def _steps() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.empty_database()
    yield url
    server.drop(url)


def test_migrations_lead_to_the_models(empty_url: str) -> None:
    upgrade(empty_url, newest_revision())
    with plain_engine(empty_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_in_one_step_or_by_walking_the_database_is_the_same(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """To the last constraint, index and trigger, which Alembic does not compare; nor are there rows in one alone."""
    made, walked = _two_empty(backend, tmp_path, request)
    upgrade(made)
    for revision in known_revisions():
        upgrade(walked, revision)

    described = _described(made)
    assert len(described) > 100
    assert _described(walked) == described
    assert _rows_of(walked) == _rows_of(made) == {"alembic_version": [newest_revision()]}


def _two_empty(backend: str, folder: Path, request: pytest.FixtureRequest) -> tuple[str, str]:
    if backend == "sqlite":
        return f"sqlite+aiosqlite:///{folder / 'made.db'}", f"sqlite+aiosqlite:///{folder / 'walked.db'}"
    server = request.getfixturevalue("postgres_server")
    urls = server.empty_database(), server.empty_database()
    for url in urls:
        request.addfinalizer(partial(server.drop, url))
    return urls


def _described(url: str) -> list[str]:
    """Everything that a schema is made of, a line each, in an order that does not tell when it was added."""
    with plain_engine(url).connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text("SELECT type, name, sql FROM sqlite_master"))
            return sorted(line for row in found for line in _lines_of(row.type, row.name, row.sql))
        return sorted(str(tuple(row)) for question in POSTGRES_SCHEMA for row in connection.execute(text(question)))


def _lines_of(kind: str, name: str, sql: str | None) -> Iterator[str]:
    """A table by its columns and constraints, whichever way they came to it, and by what stands behind them."""
    plain = " ".join((sql or "").split())
    if kind != "table" or plain.startswith("CREATE VIRTUAL"):
        yield f"{kind} {name}: {plain}"
        return
    inside, behind = plain[plain.index("(") + 1 : plain.rindex(")")], plain[plain.rindex(")") :]
    yield f"{name} {behind}"
    for part in re.split(r",(?![^(]*\))", inside):
        yield f"{name}: {part.strip()}"


POSTGRES_SCHEMA = (
    """SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, datetime_precision,
        is_nullable, column_default, is_identity, generation_expression FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, last_value FROM pg_sequences",
)


def _rows_of(url: str) -> Mapping[str, list[Any]]:
    """What stands in the tables that are not empty, the numbers that SQLite counts from among them."""
    with plain_engine(url).connect() as connection:
        names = inspect(connection).get_table_names()
        if connection.dialect.name == "sqlite":
            names.append("sqlite_sequence")
        found = {name: list(connection.execute(text(f'SELECT * FROM "{name}"')).scalars()) for name in names}
        return {name: rows for name, rows in found.items() if rows and not name.startswith("search_index")}


def test_a_step_of_history_calls_no_living_code() -> None:
    """Else it would do something else one day, or nothing at all."""
    folder = Path(migrations.__file__).parent
    for path in [*folder.glob("versions/*.py"), *folder.glob("frozen/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                is_ours = (ROOT / name.split(".")[0]).is_dir()
                assert not is_ours or name.startswith("storage.migrations.frozen."), (path.name, name)


def test_the_revisions_stand_in_the_order_of_their_files() -> None:
    scripts = list(_steps().walk_revisions())
    assert [script.revision for script in reversed(scripts)] == known_revisions()


def test_tables_that_are_not_ours_are_not_taken_for_ours(empty_url: str) -> None:
    """Nor is anything left of what was begun beside them."""
    with plain_engine(empty_url).begin() as connection:
        connection.execute(text("CREATE TABLE staff (id INTEGER)"))
    with pytest.raises(DBAPIError, match="already exists"):
        upgrade(empty_url)
    with plain_engine(empty_url).connect() as connection:
        assert inspect(connection).get_table_names() == ["staff"]


def test_what_was_taken_back_to_nothing_is_made_anew(empty_url: str) -> None:
    upgrade(empty_url)
    downgrade(empty_url, "base")
    assert revision_of(empty_url) is None
    upgrade(empty_url)
    assert revision_of(empty_url) == newest_revision()


def test_every_step_goes_up_down_and_up_again(empty_url: str) -> None:
    """With a row in each table, and to the very same tables."""
    for below, revision in pairwise(["base", *known_revisions()]):
        upgrade(empty_url, revision)
        _fill_empty_tables(empty_url)
        before = _tables_of(empty_url)
        downgrade(empty_url, below)
        upgrade(empty_url, revision)
        assert _tables_of(empty_url) == before
        _numbers_are_remembered(empty_url)
    assert revision_of(empty_url) == newest_revision()

    downgrade(empty_url, "base")
    with plain_engine(empty_url).connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}


NOT_TO_FILL = ("search_index", "sqlite_", "alembic")


def _fill_empty_tables(url: str) -> None:
    with plain_engine(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))  # the rows refer to nothing
        names = [name for name in inspect(connection).get_table_names() if not name.startswith(NOT_TO_FILL)]
        assert len(names) > 10
        empty = [name for name in names if connection.scalar(text(f'SELECT 1 FROM "{name}" LIMIT 1')) is None]
        found = MetaData()  # of the empty ones alone: looking at all, a step after another, took most of the time
        found.reflect(connection, only=empty, resolve_fks=False)
        for table in found.tables.values():
            row = {column.name: _some_value(column) for column in table.columns if column.computed is None}
            connection.execute(table.insert(), row)


def _some_value(column: Any) -> Any:
    if isinstance(column.type, JSON):
        return {}
    values = {bool: True, int: 1, str: "x", datetime: datetime(2026, 11, 20, tzinfo=UTC), date: date(2026, 11, 20)}
    return values.get(column.type.python_type)


def _tables_of(url: str) -> Any:
    sqlite = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    postgres = """
        SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY table_name, column_name
    """
    with plain_engine(url).connect() as connection:
        statement = sqlite if connection.dialect.name == "sqlite" else postgres
        return [tuple(" ".join(str(value).split()) for value in row) for row in connection.execute(text(statement))]


def _numbers_are_remembered(url: str) -> None:
    """SQLite: what a table counts its ids from is not below what it holds."""
    with plain_engine(url).connect() as connection:
        if connection.dialect.name != "sqlite":
            return
        counted = {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
        of_ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        for name in connection.execute(text(of_ours)).scalars().all():
            highest = connection.execute(text(f"SELECT max(id) FROM {name}")).scalar() or 0
            assert counted.get(name, 0) >= highest, name


async def test_going_back_and_forth_keeps_what_is_found_and_leads_are_added_as_ever(empty_url: str) -> None:
    await asyncio.to_thread(upgrade, empty_url)
    database = open_database(empty_url)
    team = await found_team(database)
    lead = await team.lead(company="Globex")
    async with team.acting(team.mei) as uow:
        note = "they want 40 cartons of blue valves; ring 138 0013 8000, 李总 likes 铜阀"
        await uow.activities.add(an_activity(team.mei, lead_id=lead.id, note=note))
    entries = await _entries(database)
    await database.dispose()

    await asyncio.to_thread(downgrade, empty_url, "0002")
    await asyncio.to_thread(upgrade, empty_url)

    assert await _entries(database) == entries
    async with team.acting(team.mei) as uow:
        assert [one.note for one in await uow.search.find(team.mei, "blue valves", limit=9)] == [note]
        added = await uow.leads.add_many([a_lead(team.mei, company=f"Firm {number}") for number in range(3)])
        assert min(one.id for one in added) > lead.id
    await database.dispose()


async def _entries(database: Database) -> Any:
    async with database.read() as uow:
        rows = (await uow.session.execute(select(tables.search_entries).order_by(tables.search_entries.c.id))).all()
        return [(row.id, row.record, sorted(row.tokens.split())) for row in rows]


def test_phones_changed_before_owners_were_named_get_theirs(empty_url: str) -> None:
    upgrade(empty_url, "0005")
    action = (
        "INSERT INTO journal_actions (id, name, facts, at, channel) VALUES (1, 'x', '{}', '2026-11-20 00:00:00', 'y')"
    )
    sides = ["NULL, '{\"lead_id\": 7}'", '\'{"contact_id": 5, "lead_id": null}\', NULL', "'{\"value\": \"x\"}', '{}'"]
    with plain_engine(empty_url).begin() as connection:
        connection.exec_driver_sql(action)
        for side in sides:
            connection.exec_driver_sql(
                "INSERT INTO journal_changes (action_id, table_name, row_id, names, before, after)"
                f" VALUES (1, 'contact_points', 3, false, {side})"
            )
    upgrade(empty_url)
    with plain_engine(empty_url).connect() as connection:
        owners = connection.execute(text("SELECT owner FROM journal_changes ORDER BY id")).scalars().all()
    assert owners == ["lead:7", "contact:5", None]


# Of "Nordwind GmbH" and of nordwind.com, as they were when revision 0009 was written.
MARKS = (
    "q31c0515547a4 qef4edf57de3f qd2c6ad759c39 q4d93e988c0bb qf487d7762695 q85592cb1da9a q478fbba6e6fe q22638ea8fe3b "
    "q02635c3881f7 q70f94fd41bdb q3cbee3907deb q69b8bc44e4ea qea3588a5f81d"
).split()


def test_names_kept_before_near_names_were_met_get_their_marks(empty_url: str) -> None:
    upgrade(empty_url, "0008")
    place = 2**49 + 7 * 4
    with plain_engine(empty_url).begin() as connection:
        leads = metadata.tables["leads"]
        now = datetime(2026, 11, 20, tzinfo=UTC)
        lead = {"id": 7, "company": "Nordwind GmbH", "company_key": "nordwind", "status": "new", "created_at": now}
        connection.execute(insert(leads).values(**lead, tags=[], custom={}, version=1))
        point = {"kind": "email", "value": "eva@nordwind.com", "lead_id": 7, "version": 1}
        connection.execute(insert(metadata.tables["contact_points"]).values(**point))
        entry = {"id": place, "record": "lead", "record_id": 7, "tokens": "no nor"}
        connection.execute(insert(metadata.tables["search_entries"]).values(**entry))
    upgrade(empty_url)
    assert set(_tokens(empty_url)) == {"no", "nor", *MARKS}
    downgrade(empty_url, "0008")
    assert _tokens(empty_url) == ["no", "nor"]


def _tokens(url: str) -> list[str]:
    with plain_engine(url).connect() as connection:
        return str(connection.execute(text("SELECT tokens FROM search_entries")).scalar_one()).split()


def test_an_up_to_date_database_is_left_alone(empty_url: str) -> None:
    assert revision_of(empty_url) is None
    upgrade(empty_url)
    upgrade(empty_url)
    assert revision_of(empty_url) == newest_revision()


async def test_two_processes_may_upgrade_at_once(empty_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(upgrade, empty_url) for _ in range(2)))
    assert revision_of(empty_url) == newest_revision()


async def test_a_first_start_waits_for_whoever_writes_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE others (id INTEGER)")
        other.execute("BEGIN IMMEDIATE")
        upgrading = asyncio.create_task(asyncio.to_thread(upgrade, f"sqlite:///{path}"))
        await asyncio.wait({upgrading}, timeout=0.1)
        assert not upgrading.done()
        other.execute("COMMIT")
        await upgrading


async def test_an_upgraded_database_works(empty_url: str) -> None:
    await asyncio.to_thread(upgrade, empty_url)
    database = open_database(empty_url)
    async with database.unit_of_work() as uow:
        assert (await uow.company.get()).name == "Guanxi"
        await uow.commit()
    await database.dispose()


def test_the_template_of_tests_has_every_table(tmp_path: Path) -> None:
    with plain_engine(sqlite_url(tmp_path)).connect() as connection:
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())
