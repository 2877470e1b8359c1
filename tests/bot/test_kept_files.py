"""Attachments on the disk: the store, backups with them, what is cleared away, and a process that dies half way."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import backup_files, backups, moving
from bot.backup_files import folder_beside
from bot.doctor import doctor
from bot.file_store import FolderStore, folder_of, kept_in, sent_in, store_of
from bot.housekeeping import FILES_LIVE, Housekeeping
from bot.settings import Settings, read_settings
from bot.staffing import add
from bot.wiring import House, copies_of, open_house
from domain.attachments.model import AttachedFile, AttachmentKind, FileState
from domain.copies import CopyRefused
from tests.databases import PostgresServer, client_programs

PHOTO = b"\xff\xd8\xff\xe0 a photo"
LONG_AGO = (datetime.now(UTC) - FILES_LIVE - timedelta(days=1)).timestamp()


@pytest.fixture(autouse=True)
def page(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is uploaded is fetched where the page is served."""
    monkeypatch.setenv("GUANXI_LOCAL_PAGE", "true")
    monkeypatch.setenv("GUANXI_HTTP_PORT", "0")


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    async with open_house(read_settings()) as opened:
        yield opened


async def kept_photo(opened: House, content: bytes = PHOTO) -> str:
    """A file as it is after it was announced and fetched; gives its name in the store."""
    async with opened.database.unit_of_work() as uow:
        await uow.attachments.add_file(
            AttachedFile(
                channel="local",
                ref=opened.page_files.put(content),
                kind=AttachmentKind.PHOTO,
                place="p",
                created_at=datetime.now(UTC),
            )
        )
        await uow.commit()
    await opened.fetching.fetch_due()
    return (await states(opened))[-1][1] or ""


async def states(opened: House) -> list[tuple[FileState, str | None]]:
    async with opened.database.read() as uow:
        return [(file.state, file.stored) for file in await uow.attachments.list_files(range(1, 100))]


async def staff_added(name: str) -> None:
    await add(name, role="admin", team=None, locale=None, timezone=None, telegram=None, slack=None)


# ---------------------------------------------------------------- the store


@pytest.mark.parametrize("key", [None, "a long secret"])
def test_what_is_kept_comes_back_and_only_we_may_read_it(tmp_path: Path, key: str | None) -> None:
    store = FolderStore(tmp_path / "data", key=key)
    name = store.put(PHOTO)
    [path] = store.files()

    assert store.get(name) == PHOTO
    assert (PHOTO in path.read_bytes()) is (key is None)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    store.remove(name)
    store.remove(name)
    assert store.files() == []
    with pytest.raises(FileNotFoundError):
        store.get(name)


def test_a_key_that_comes_later_leaves_readable_what_lies_there(tmp_path: Path) -> None:
    plain = FolderStore(tmp_path).put(PHOTO)
    sealed = FolderStore(tmp_path, key="one").put(PHOTO)

    assert FolderStore(tmp_path, key="one").get(plain) == PHOTO
    with pytest.raises(OSError, match="GUANXI_KEY"):
        FolderStore(tmp_path, key="another").get(sealed)
    with pytest.raises(OSError, match="GUANXI_KEY"):
        FolderStore(tmp_path).get(sealed)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 31, "A" * 32, "a" * 32 + "/..", "a" * 32 + ".exe"])
def test_a_forged_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        FolderStore(tmp_path).get(name)


def test_the_folder_is_beside_the_database_unless_told_otherwise(tmp_path: Path) -> None:
    beside = Settings.model_construct(database_url=f"sqlite+aiosqlite:///{tmp_path}/rows.db")
    told = Settings.model_construct(database_url="sqlite+aiosqlite:///rows.db", data_dir=tmp_path)

    assert folder_of(beside, copies_of(beside)) == tmp_path / "data"
    assert folder_of(told, copies_of(told)) == tmp_path
    assert {kept_in(tmp_path), sent_in(tmp_path)} == {tmp_path / "attachments", tmp_path / "page"}


# ---------------------------------------------------------------- a process that dies


async def test_what_was_announced_before_a_crash_is_fetched_once_afterwards(place: Path) -> None:
    """The row is committed, the process is gone before it fetches; the next one does, and keeps one file."""
    async with house() as dying, dying.database.unit_of_work() as uow:
        await uow.attachments.add_file(
            AttachedFile(
                channel="local",
                ref=dying.page_files.put(PHOTO),
                kind=AttachmentKind.PHOTO,
                place="p",
                created_at=datetime.now(UTC),
            )
        )
        await uow.commit()
    for _ in range(2):
        async with house() as living:
            await living.fetching.fetch_due()
            [(state, stored)] = await states(living)
            lying = [path.name for path in living.store.files()]

            assert (state, lying) == (FileState.KEPT, [stored])


async def test_an_upload_is_left_to_the_process_that_serves_the_page(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GUANXI_LOCAL_PAGE")
    monkeypatch.setenv("GUANXI_DATA_DIR", str(place / "elsewhere"))
    async with house() as without_page:
        await kept_photo(without_page)
        found = await states(without_page)

    assert found == [(FileState.WAITING, None)]


# ---------------------------------------------------------------- clearing away


async def test_what_no_row_knows_and_what_the_page_had_goes_after_a_month(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house() as opened:
        used = await kept_photo(opened)
        orphan, page = opened.store.put(b"orphan"), opened.page_files.put(b"page")
        unfinished = opened.store.path_of("ab" * 16).with_name("ab" * 16 + ".part")
        unfinished.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(b"cut off")
        young = opened.store.put(b"being kept at this moment")
        for path in (*opened.store.files(), *opened.page_files.files()):
            if path.name != young:
                os.utime(path, (LONG_AGO, LONG_AGO))

        removed_in: set[str] = set()
        unlink = opened.store.remove

        def remove(name: str) -> None:
            removed_in.add(threading.current_thread().name)
            unlink(name)

        monkeypatch.setattr(opened.store, "remove", remove)
        await Housekeeping(opened).look()

        assert removed_in == {"housekeeping"}  # not the thread in which everybody is answered
        assert sorted(path.name for path in opened.store.files()) == sorted([used, young])
        assert orphan not in {used, young}
        assert page not in {path.name for path in opened.page_files.files()}


# ---------------------------------------------------------------- backups


async def test_a_backup_holds_the_attachments_and_a_restore_puts_them_back(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with house() as opened:
        await staff_added("Mei")
        name = await kept_photo(opened)
        await moving.backup(Path("copy"), encrypt=False)
        opened.store.remove(name)
        later = await kept_photo(opened, PHOTO + b" later")
    said = capsys.readouterr()

    await moving.restore(Path("copy"), force=True)

    store = store_of(read_settings(), copies_of(read_settings()))
    assert "1 attachments in copy.files" in said.err
    assert said.out.splitlines()[-1] == "copy"
    assert "1 attachments were put back" in capsys.readouterr().out
    assert (store.get(name), store.get(later)) == (PHOTO, PHOTO + b" later")
    async with house() as restored:
        assert await states(restored) == [(FileState.KEPT, name)]


@pytest.mark.postgres
async def test_of_postgres_too(place: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres_server.empty_database()
    monkeypatch.setenv("GUANXI_DATABASE_URL", url)
    monkeypatch.setenv("PATH", f"{client_programs()}{os.pathsep}{os.environ['PATH']}")
    async with house() as opened:
        await staff_added("Mei")
        name = await kept_photo(opened)
        store = opened.store
    await moving.backup(Path("copy"), encrypt=False)
    assert backup_files.count_lacking(copies_of(read_settings()), store) == 0
    store.remove(name)
    assert backup_files.count_lacking(copies_of(read_settings()), store) == 1

    await moving.restore(Path("copy"), force=True)

    assert store.folder == Path("data/attachments")
    assert store.get(name) == PHOTO
    postgres_server.drop(url)


async def test_who_looks_into_another_folder_is_told_what_is_missing_there(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with house() as opened:
        await staff_added("Mei")
        await kept_photo(opened)
    await moving.backup(Path("whole"), encrypt=False)
    await doctor()
    before = capsys.readouterr()
    monkeypatch.setenv("GUANXI_DATA_DIR", str(place / "elsewhere"))

    await moving.backup(Path("copy"), encrypt=False)
    backed_up = capsys.readouterr()
    await doctor()
    examined = capsys.readouterr()

    missing = f"missing in {place / 'elsewhere' / 'attachments'}"
    assert "missing" not in before.out + before.err
    assert f"attachments {missing}: 1" in backed_up.err
    assert f"! A file that people sent is {missing}. Set GUANXI_DATA_DIR" in examined.out


def test_a_database_without_files_lacks_none(place: Path) -> None:
    absent = copies_of(Settings.model_construct(database_url="sqlite+aiosqlite:///absent.db"))
    sqlite3.connect(place / "older.db").close()
    older = copies_of(Settings.model_construct(database_url="sqlite+aiosqlite:///older.db"))

    assert [copies.kept_files() for copies in (absent, older)] == [frozenset(), frozenset()]
    assert not Path("absent.db").exists()


async def test_an_encrypted_backup_encrypts_them(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house() as opened:
        await staff_added("Mei")
        plain = await kept_photo(opened)
    monkeypatch.setenv("GUANXI_KEY", "a long secret")
    async with house() as opened:
        sealed = await kept_photo(opened)
        await moving.backup(Path("copy"), encrypt=True)
        store = opened.store
    for name in (plain, sealed):
        store.remove(name)

    assert all(PHOTO not in path.read_bytes() for path in Path("copy.files").iterdir())
    monkeypatch.setenv("GUANXI_KEY", "another")
    with pytest.raises(CopyRefused):
        await moving.restore(Path("copy"), force=True)
    monkeypatch.setenv("GUANXI_KEY", "a long secret")
    await moving.restore(Path("copy"), force=True)
    assert [store.get(name) for name in (plain, sealed)] == [PHOTO, PHOTO]


async def test_a_backup_whose_attachments_are_not_all_there_is_refused(place: Path) -> None:
    async with house() as opened:
        await staff_added("Mei")
        await kept_photo(opened)
        await moving.backup(Path("copy"), encrypt=False)
    [lies] = [path for path in Path("copy.files").iterdir() if path.name != backup_files.CONTENTS]
    lies.unlink()
    lies.write_bytes(PHOTO[:3])
    with pytest.raises(CopyRefused) as cut:
        await moving.restore(Path("copy"), force=True)
    (Path("copy.files") / backup_files.CONTENTS).unlink()
    with pytest.raises(CopyRefused) as unknown:
        await moving.restore(Path("copy"), force=True)

    assert (cut.value.why, cut.value.facts["said"]) == (CopyRefused.FILES_MISSING, lies.name)
    assert unknown.value.why == CopyRefused.FILES_MISSING


async def test_without_attachments_a_backup_is_one_file(place: Path) -> None:
    async with house():
        await staff_added("Mei")
    await moving.backup(Path("copy"), encrypt=False)
    await moving.restore(Path("copy"), force=True)

    assert not folder_beside(Path("copy")).exists()


async def test_daily_backups_share_the_bytes_and_go_with_their_files(place: Path) -> None:
    async with house() as opened:
        name = await kept_photo(opened)
        copies, store, folder = copies_of(opened.settings), opened.store, place / "backups"
        noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
        made = [folder / backups.name_at(noon - timedelta(days=back), ".db", automatic=True) for back in range(3)]
        for each in made:
            backups.make(copies, each, attachments=store)
        (folder / "guanxi-auto-20200101-000000.db.files").mkdir()
        (folder / "guanxi-auto-20200101-000000.db.files.part").mkdir()
        (folder / "guanxi-auto-20200101-000000.db.part").touch()

        backups.tidy(folder)
        backups.forget(made[0])

        assert store.path_of(name).stat().st_nlink == 1 + 2
        left = {path.name for path in folder.iterdir()}
        assert left == {name for each in made[1:] for name in (each.name, f"{each.name}.files")}
        backups.check(copies, made[1], key=None)


async def test_nothing_is_left_of_a_backup_that_failed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house() as opened:
        await kept_photo(opened)
        with pytest.raises(CopyRefused):
            backups.make(
                copies_of(Settings.model_construct(database_url="sqlite+aiosqlite:///absent.db")),
                place / "backups" / "copy",
                attachments=opened.store,
            )

    assert list((place / "backups").iterdir()) == []
