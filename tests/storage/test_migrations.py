from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import migrations
from storage.engine import open_database
from storage.migrations import downgrade, is_ours, newest_revision, plain_engine, revision_of, upgrade
from storage.search_schema import create_all
from storage.tables import metadata
from tests.databases import sqlite_url
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
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    for script in reversed(list(scripts.walk_revisions())):
        upgrade(empty_url, script.revision)
        downgrade(empty_url, script.down_revision or "base")
        upgrade(empty_url, script.revision)
    assert revision_of(empty_url) == newest_revision()

    downgrade(empty_url, "base")
    with plain_engine(empty_url).connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}


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
