from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError, OperationalError

from domain.approvals.model import LIFETIME, Approval
from domain.errors import NotAllowed
from domain.people.model import Role, Staff
from storage.engine import Database, open_database
from storage.faults import is_passing
from tests.databases import PostgresServer, sqlite_url
from tests.storage.company import NOW, Team, a_lead, a_phone, found_team


async def test_a_busy_sqlite_passes(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    database = open_database(url, busy_seconds=0.05)
    other = sqlite3.connect(tmp_path / "guanxi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError) as fault:
        await found_team(database)
    assert is_passing(fault.value)
    other.execute("ROLLBACK")
    other.close()
    await found_team(database)
    await database.dispose()


@pytest.mark.postgres
async def test_a_lost_connection_and_a_deadlock_pass(postgres_server: PostgresServer) -> None:
    url = postgres_server.fresh_database()
    database = open_database(url)
    with pytest.raises(Exception, match="terminat") as fault:
        async with database.unit_of_work() as uow:
            await uow.inbox.accept("x", "1", at=NOW)
            postgres_server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE datname = '{make_url(url).database}' AND state = 'idle in transaction'"
            )
            await uow.inbox.accept("x", "2", at=NOW)
    assert is_passing(fault.value)
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("x", "1", at=NOW)
    deadlock = psycopg.errors.DeadlockDetected("deadlock detected")
    assert is_passing(OperationalError("UPDATE …", {}, deadlock))
    await database.dispose()
    postgres_server.drop(url)


async def test_a_server_that_is_away_passes() -> None:
    database = open_database("postgresql+psycopg://postgres@127.0.0.1:1/none")
    with pytest.raises(OperationalError) as fault:
        async with database.unit_of_work() as uow:
            await uow.flush()
    assert is_passing(fault.value)
    await database.dispose()


async def test_a_conflict_is_no_passing_fault(team: Team) -> None:
    with pytest.raises(IntegrityError) as fault:
        async with team.acting(team.ada) as uow:
            await uow.staff.add(Staff(name="mei", role=Role.REP, created_at=NOW))
    assert not is_passing(fault.value)
    assert not is_passing(NotAllowed())


async def test_a_number_that_two_took_at_once_is_worth_another_try(team: Team) -> None:
    """On PostgreSQL both may have looked before either wrote; the second then meets the first's record. SQLite's writer
    is alone, so there the look was right."""
    await team.lead(points=[a_phone()])
    with pytest.raises(IntegrityError) as fault:
        await team.lead(points=[a_phone()])
    assert is_passing(fault.value) is (team.database.dialect == "postgresql")


async def test_an_approval_that_two_asked_for_at_once_is_worth_another_try(team: Team) -> None:
    async def ask() -> None:
        async with team.acting(team.ada) as uow:
            await uow.approvals.add(
                Approval(kind="join", subject="identity:1", asked_at=NOW, expires_at=NOW + LIFETIME)
            )

    await ask()
    with pytest.raises(IntegrityError) as fault:
        await ask()
    assert is_passing(fault.value) is (team.database.dialect == "postgresql")


async def test_values_stay_out_of_error_texts(team: Team) -> None:
    phone, company = "+8613800138000", "Globex"
    await team.lead(points=[a_phone(phone)])
    with pytest.raises(IntegrityError) as fault:
        await team.lead(points=[a_phone(phone)], company=company)
    told = f"{fault.value!r} {fault.value.orig} {''.join(traceback.format_exception(fault.value))}"
    assert "parameters hidden" in told
    assert phone not in told
    assert company not in told


async def test_an_object_changed_by_two_is_not_overwritten(database: Database) -> None:
    """The version in the row notices a change that this unit did not see; it is worth another try."""
    team = await found_team(database)
    lead = await team.lead()
    with pytest.raises(Exception, match="expected to update 1 row") as fault:
        async with team.acting(team.mei) as uow:
            loaded = await uow.leads.get_for(team.mei, lead.id)
            await uow.session.execute(text("UPDATE leads SET version = 1"))
            loaded.company = "Other"
    assert is_passing(fault.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite+aiosqlite://", "sqlite:///:memory:"])
def test_only_databases_that_we_know(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite"):
        open_database(url)


async def test_an_owner_that_is_not_there_is_refused(team: Team) -> None:
    team.mei.id = 999
    with pytest.raises(IntegrityError):
        async with team.database.unit_of_work() as uow:
            await uow.leads.add(a_lead(team.mei))
