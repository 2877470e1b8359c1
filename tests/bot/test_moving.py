"""Backups and restores on real databases, and what is refused."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from bot import backups, moving
from bot.backups import Kept, superfluous
from bot.refusals import Refused, explain
from bot.sealing import CHUNK, WrongKey, is_sealed, seal, unseal
from bot.settings import Settings, read_settings
from bot.staffing import add
from bot.wiring import House, copies_of, open_house
from domain.copies import CopyRefused
from domain.moving import ImportedBefore, ImportRefused
from storage.faults import NewerDatabase
from tests.databases import PostgresServer, client_programs

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def staff_added(name: str) -> None:
    await add(name, role="admin", team=None, locale=None, timezone=None, telegram=None, slack=None)


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    async with open_house(read_settings()) as opened:
        yield opened


async def names() -> list[str]:
    async with house() as opened, opened.database.read() as uow:
        return [person.name for person in await uow.staff.list_all()]


async def backed_up(*, encrypt: bool = False) -> Path:
    await moving.backup(Path("copy"), encrypt=encrypt)
    return Path("copy")


async def refused(file: Path, *, force: bool = True) -> str:
    with pytest.raises(CopyRefused) as refusal:
        await moving.restore(file, force=force)
    return refusal.value.why


async def test_a_backup_is_made_beside_a_running_program_and_restored(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with house():
        await staff_added("Mei")
        capsys.readouterr()
        await moving.backup(None, encrypt=False)
    made = Path(capsys.readouterr().out.strip())
    await staff_added("Tom")

    await moving.restore(made, force=True)

    assert await names() == ["Mei"]
    assert made.parent == Path("backups")
    assert made.stat().st_mode & 0o077 == 0
    assert "guanxi-before-restore.db" in capsys.readouterr().out
    assert not list(place.glob("**/*.part")) and not list(place.glob("**/.backup-*"))


async def test_the_replaced_database_is_kept_aside_each_time(place: Path) -> None:
    await staff_added("Mei")
    copy = await backed_up()
    await staff_added("Tom")
    await moving.restore(copy, force=True)
    await moving.restore(copy, force=True)

    for aside, people in (("guanxi-before-restore.db", 2), ("guanxi-before-restore1.db", 1)):
        with closing(sqlite3.connect(aside)) as kept:
            assert kept.execute("SELECT count(*) FROM staff").fetchone() == (people,)


async def test_a_restore_that_fails_at_its_last_step_leaves_the_database_where_it_was(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start after it must not begin with an empty one."""
    await staff_added("Mei")
    copy = await backed_up()
    await staff_added("Tom")
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if self.name.endswith(".restoring"):
            raise OSError("the disk is gone")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(CopyRefused):
        await moving.restore(copy, force=True)

    assert await names() == ["Mei", "Tom"]
    assert not list(place.glob("*.restoring")) + list(place.glob("*-before-restore*"))


async def test_an_empty_place_needs_no_force(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await staff_added("Mei")
    copy = await backed_up()
    monkeypatch.setenv("GUANXI_DATABASE_URL", "sqlite+aiosqlite:///other.db")

    await moving.restore(copy, force=False)

    assert await names() == ["Mei"]


async def test_data_is_not_replaced_without_force(place: Path) -> None:
    await staff_added("Mei")
    copy = await backed_up()

    with pytest.raises(Refused, match="--force"):
        await moving.restore(copy, force=False)


async def test_nothing_is_restored_under_a_running_program(place: Path) -> None:
    await staff_added("Mei")
    copy = await backed_up()
    await staff_added("Tom")

    async with house() as running:
        async with running.database.unit_of_work() as uow:  # the writer's connection stays open, as in guanxi run
            await uow.staff.list_all()
        assert await refused(copy) == CopyRefused.IN_USE

    assert await names() == ["Mei", "Tom"]


async def test_what_is_no_whole_backup_of_ours_is_refused_and_changes_nothing(place: Path) -> None:
    await staff_added("Mei")
    copy = await backed_up()
    whole = copy.read_bytes()
    Path("text").write_text("hello")
    Path("cut").write_bytes(whole[: len(whole) // 2])
    Path("torn").write_bytes(whole[:8192] + os.urandom(20_000) + whole[28_192:])
    with closing(sqlite3.connect("foreign")) as foreign:
        foreign.execute("CREATE TABLE songs (title)")
    Path("newer").write_bytes(whole)
    with closing(sqlite3.connect("newer")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    Path("nowhere").write_bytes(whole)
    with closing(sqlite3.connect("nowhere")) as nowhere:
        nowhere.execute("DELETE FROM alembic_version")
        nowhere.commit()

    assert await refused(Path("nowhere")) == CopyRefused.NOT_OURS
    assert await refused(Path("text")) == CopyRefused.DAMAGED
    assert await refused(Path("cut")) == CopyRefused.DAMAGED
    assert await refused(Path("torn")) == CopyRefused.DAMAGED
    assert await refused(Path("foreign")) == CopyRefused.NOT_OURS
    assert await refused(Path("newer")) == CopyRefused.FROM_THE_FUTURE
    assert await names() == ["Mei"]


async def test_an_encrypted_backup_needs_its_key(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await staff_added("Mei")
    with pytest.raises(Refused, match="GUANXI_KEY"):
        await backed_up(encrypt=True)

    monkeypatch.setenv("GUANXI_KEY", "a long secret")
    copy = await backed_up(encrypt=True)
    assert b"SQLite" not in copy.read_bytes()
    for wrong in ("", "another secret"):
        monkeypatch.setenv("GUANXI_KEY", wrong)
        assert await refused(copy) == CopyRefused.WRONG_KEY

    monkeypatch.setenv("GUANXI_KEY", "a long secret")
    await moving.restore(copy, force=True)
    assert await names() == ["Mei"]


async def test_no_backup_is_written_over_another_file(place: Path) -> None:
    await staff_added("Mei")
    await backed_up()

    with pytest.raises(Refused, match="already"):
        await backed_up()


async def test_a_damaged_database_is_not_backed_up_and_gives_way_to_a_backup(place: Path) -> None:
    await staff_added("Mei")
    copy = (await backed_up()).rename("kept.db")
    whole = copy.read_bytes()
    Path("guanxi.db").write_bytes(whole[:100] + os.urandom(20_000) + whole[20_100:])

    with pytest.raises(CopyRefused) as refusal:
        await backed_up()
    assert refusal.value.why == CopyRefused.SOURCE_DAMAGED
    with pytest.raises(DatabaseError) as silent:
        await names()
    assert "file cannot be used (database disk image is malformed)" in str(explain(silent.value))
    await moving.restore(copy, force=True)
    assert await names() == ["Mei"]


@pytest.mark.parametrize("migrates", ["true", "false"])
async def test_a_newer_schema_is_left_alone(place: Path, migrates: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await staff_added("Mei")
    with closing(sqlite3.connect("guanxi.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    monkeypatch.setenv("GUANXI_AUTO_MIGRATE", migrates)

    with pytest.raises(NewerDatabase) as refusal:
        await names()

    assert "the schema (9999) was made by a newer Guanxi; update" in str(explain(refusal.value))


async def test_without_a_database_there_is_nothing_to_back_up(place: Path) -> None:
    with pytest.raises(CopyRefused) as refusal:
        await backed_up()

    assert refusal.value.why == CopyRefused.NOTHING_TO_COPY
    assert not Path("guanxi.db").exists()


async def test_a_copy_is_of_one_moment_though_others_write(place: Path) -> None:
    """Two rows are always changed together; a copy that shows them apart is torn."""
    await moving.upgrade()
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect("guanxi.db", timeout=5)) as writing:
            writing.execute("CREATE TABLE pairs (one, two, ballast)")
            writing.execute("INSERT INTO pairs VALUES (0, 0, zeroblob(30000000))")
            writing.commit()
            while not stop.is_set():
                writing.execute("UPDATE pairs SET one = one + 1, two = two + 1")
                writing.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            await asyncio.to_thread(copies_of(read_settings()).copy, Path(f"copy{number}"))
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        with closing(sqlite3.connect(f"copy{number}")) as copy:
            if copy.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'pairs'").fetchone() == (1,):
                assert all(one == two for one, two in copy.execute("SELECT one, two FROM pairs"))


async def test_upgrade_tells_where_the_schema_stands(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUANXI_AUTO_MIGRATE", "false")
    await moving.upgrade()
    assert capsys.readouterr().out.startswith("upgraded: empty -> ")

    await moving.upgrade()
    assert capsys.readouterr().out.startswith("up to date: ")


# ---------------------------------------------------------------- export and import


async def test_what_is_exported_beside_a_running_program_is_imported_elsewhere(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with house():
        await staff_added("Mei")
        capsys.readouterr()
        await moving.export(sys.stdout)
    exported = capsys.readouterr().out
    Path("all.jsonl").write_text(exported)
    monkeypatch.setenv("GUANXI_DATABASE_URL", "sqlite+aiosqlite:///other.db")

    await moving.import_file(Path("all.jsonl"))

    people = [row for row in map(json.loads, exported.splitlines()) if row["type"] == "staff"]
    assert [(row["name"], row["role"]) for row in people] == [("Mei", "admin")]
    assert "1 staff" in capsys.readouterr().out
    assert await names() == ["Mei"]


async def test_a_bad_line_is_named_and_nothing_is_written(place: Path) -> None:
    lead = {"type": "lead", "id": 1, "company": "Acme", "status": "new", "owner_id": None}
    Path("bad.jsonl").write_text(f"{json.dumps(lead)}\n{{\n")

    with pytest.raises(ImportRefused) as refusal:
        await moving.import_file(Path("bad.jsonl"))

    assert refusal.value.line == 2
    assert "2" in str(explain(refusal.value))
    async with house() as opened:
        assert [json.loads(line)["type"] async for line in opened.export_lines()] in ([], ["company"])


async def test_the_same_file_is_taken_in_once_unless_that_is_wanted(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead = {"type": "lead", "id": 1, "company": "Acme", "status": "new", "owner_id": None}
    Path("leads.jsonl").write_text(json.dumps(lead) + "\n")
    await moving.import_file(Path("leads.jsonl"))

    with pytest.raises(ImportedBefore) as refusal:
        await moving.import_file(Path("leads.jsonl"))
    said = str(explain(refusal.value))
    await moving.import_file(Path("leads.jsonl"), again=True)

    assert "--again" in said
    assert "Nothing was changed" in said
    async with house() as opened:
        rows = [json.loads(line) async for line in opened.export_lines()]
    assert [row["company"] for row in rows if row["type"] == "lead"] == ["Acme", "Acme"]


async def test_a_file_that_is_not_there_is_named(place: Path) -> None:
    for command in (moving.import_file, lambda path: moving.restore(path, force=True)):
        with pytest.raises(Refused, match="absent"):
            await command(Path("absent"))


# ---------------------------------------------------------------- PostgreSQL


@pytest.fixture
def postgres(place: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database, with the programs of its own server first in the PATH."""
    url = postgres_server.empty_database()
    monkeypatch.setenv("GUANXI_DATABASE_URL", url)
    monkeypatch.setenv("PATH", f"{client_programs()}{os.pathsep}{os.environ['PATH']}")
    yield url
    postgres_server.drop(url)


@pytest.mark.postgres
async def test_postgres_is_backed_up_and_restored(postgres: str) -> None:
    assert not copies_of(read_settings()).has_rows()
    await staff_added("Mei")
    copy = await backed_up()
    await staff_added("Tom")
    with pytest.raises(Refused, match="--force"):
        await moving.restore(copy, force=False)

    await moving.restore(copy, force=True)

    assert await names() == ["Mei"]
    await staff_added("Zoe")
    assert await names() == ["Mei", "Zoe"]


@pytest.mark.postgres
async def test_a_damaged_dump_and_a_running_program_are_refused(postgres: str) -> None:
    await staff_added("Mei")
    copy = await backed_up()
    whole = copy.read_bytes()
    Path("cut").write_bytes(whole[: len(whole) // 2])
    Path("text").write_text("hello")

    assert await refused(Path("cut")) in {CopyRefused.PROGRAM_FAILED, CopyRefused.DAMAGED}
    assert await refused(Path("text")) == CopyRefused.DAMAGED
    async with house() as running, running.database.unit_of_work() as uow:
        await uow.staff.list_all()
        assert await refused(copy) == CopyRefused.IN_USE
    assert await names() == ["Mei"]


@pytest.mark.postgres
async def test_without_its_programs_postgres_is_not_backed_up(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CopyRefused) as refusal:
        await backed_up()

    assert refusal.value.facts["program"] == "pg_dump"
    assert refusal.value.facts["package"] == "postgresql-client"


# ---------------------------------------------------------------- sealing and keeping


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_sealed_comes_back(tmp_path: Path, size: int) -> None:
    plain, sealed, back = tmp_path / "plain", tmp_path / "sealed", tmp_path / "back"
    plain.write_bytes(os.urandom(size))

    seal(plain, sealed, key="钥匙")
    unseal(sealed, back, key="钥匙")

    assert back.read_bytes() == plain.read_bytes()
    assert is_sealed(sealed) and not is_sealed(plain)


def test_a_sealed_file_cannot_be_cut_reordered_or_changed(tmp_path: Path) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    plain.write_bytes(os.urandom(2 * CHUNK))
    seal(plain, sealed, key="key")
    whole = sealed.read_bytes()
    head, chunk = 40, CHUNK + 16 + 4
    first, second = whole[head : head + chunk], whole[head + chunk :]
    flipped = bytearray(whole)
    flipped[-1] ^= 1

    for tampered in (
        whole[:-1],
        whole[:head],
        whole[:head] + first,
        whole[:head] + second + first,
        bytes(flipped),
        b"",
    ):
        sealed.write_bytes(tampered)
        with pytest.raises(WrongKey):
            unseal(sealed, tmp_path / "back", key="key")
        assert not (tmp_path / "back").exists()


def test_seven_days_and_four_weeks_are_kept() -> None:
    made = [Kept(Path(str(number)), NOON - timedelta(hours=12 * number)) for number in range(120)]

    gone = superfluous(made)
    kept = [backup for backup in made if backup not in gone]

    days = {backup.at.date() for backup in kept}
    assert {(NOON - timedelta(days=back)).date() for back in range(7)} <= days
    assert len({backup.at.isocalendar()[:2] for backup in kept}) == 4
    assert len(kept) == 7 + 2  # this week and the last one have daily ones
    assert made[0] in kept


def test_rare_backups_are_kept_longer() -> None:
    made = [Kept(Path(str(number)), NOON - timedelta(days=40 * number)) for number in range(10)]

    assert len(made) - len(superfluous(made)) == 7


def test_only_files_that_we_named_count_as_backups(tmp_path: Path) -> None:
    ours = [
        backups.name_at(NOON, ".db", automatic=True),
        backups.name_at(NOON - timedelta(days=1), ".dump.enc"),
    ]
    for name in (*ours, "guanxi.db", "guanxi-20261120.db", "guanxi-auto-20261120-120000.db.part", "notes.txt"):
        (tmp_path / name).touch()

    assert [kept.path.name for kept in backups.list_backups(tmp_path)] == ours
    assert [kept.path.name for kept in backups.list_backups(tmp_path, automatic_only=True)] == ours[:1]
    assert backups.list_backups(tmp_path / "absent") == []


def test_backups_lie_beside_the_database_unless_told_otherwise(tmp_path: Path) -> None:
    beside = Settings.model_construct(database_url=f"sqlite+aiosqlite:///{tmp_path}/rows.db")
    told = Settings.model_construct(database_url="sqlite+aiosqlite:///rows.db", backup_dir=tmp_path)

    assert backups.folder_of(beside, copies_of(beside)) == tmp_path / "backups"
    assert backups.folder_of(told, copies_of(told)) == tmp_path
