from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, MetaData, insert, inspect, literal, select, text

from domain.values.near_companies import domain_mark, near_marks
from storage import migrations, tables
from storage.engine import Database, open_database
from storage.migrations import downgrade, is_ours, newest_revision, plain_engine, revision_of, upgrade
from storage.search_schema import create_all
from storage.tables import metadata
from tests.databases import sqlite_url
from tests.storage.company import a_lead, an_activity, found_team
from tests.storage.conftest import BACKENDS


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
    upgrade(empty_url)
    with plain_engine(empty_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_the_same_database_as_the_models(empty_url: str) -> None:
    """Also conditions of partial indexes, which Alembic does not compare, and the search index with its triggers."""
    upgrade(empty_url)
    migrated = _indexes_of(empty_url)
    downgrade(empty_url, "base")
    with plain_engine(empty_url).begin() as connection:
        create_all(connection)
    assert migrated == _indexes_of(empty_url)


def _indexes_of(url: str) -> Any:
    sqlite = """
        SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type <> 'table' OR name LIKE 'search_index%')
        ORDER BY name
    """
    postgres = """
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        UNION ALL SELECT column_name || generation_expression FROM information_schema.columns
        WHERE table_name = 'search_entries' AND is_generated = 'ALWAYS' ORDER BY 1
    """
    with plain_engine(url).connect() as connection:
        statement = sqlite if connection.dialect.name == "sqlite" else postgres
        return [tuple(" ".join(str(value).split()) for value in row) for row in connection.execute(text(statement))]


def test_every_step_goes_up_down_and_up_again(empty_url: str) -> None:
    """With a row in each table, and to the very same tables."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    for script in reversed(list(scripts.walk_revisions())):
        upgrade(empty_url, script.revision)
        _fill_empty_tables(empty_url)
        before = _tables_of(empty_url)
        downgrade(empty_url, script.down_revision or "base")
        upgrade(empty_url, script.revision)
        assert _tables_of(empty_url) == before
        _numbers_are_remembered(empty_url)
    assert revision_of(empty_url) == newest_revision()

    downgrade(empty_url, "base")
    with plain_engine(empty_url).connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}


def _fill_empty_tables(url: str) -> None:
    with plain_engine(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))  # the rows refer to nothing
        found = MetaData()
        found.reflect(connection, only=lambda name, _: not name.startswith(("search_index", "sqlite_", "alembic")))
        for table in found.tables.values():
            if connection.execute(select(literal(1)).select_from(table).limit(1)).first() is None:
                row = {column.name: _some_value(column) for column in table.columns if column.computed is None}
                connection.execute(table.insert(), row)
        assert len(found.tables) > 10


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
    assert set(_tokens(empty_url)) == {"no", "nor", *near_marks("Nordwind GmbH"), domain_mark("a@nordwind.com")}
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
