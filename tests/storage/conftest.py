from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import Database, open_database
from tests.databases import sqlite_url
from tests.storage.company import Clock, Team, found_team
from tests.storage.desk import Desk, desk_of

BACKENDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with all tables, of each kind in turn."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    url = server.fresh_database()
    yield url
    server.drop(url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(database_url: str, clock: Clock) -> AsyncIterator[Database]:
    database = open_database(database_url, clock=clock)
    yield database
    await database.dispose()


@pytest.fixture
async def team(database: Database) -> Team:
    return await found_team(database)


@pytest.fixture
async def desk(team: Team) -> Desk:
    return await desk_of(team)
