"""Where backups lie, how they are named, made and read, and which of the automatic ones are kept."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot import backup_files
from bot.file_store import FolderStore
from bot.sealing import WrongKey, is_sealed, seal, unseal
from bot.settings import Settings
from domain.copies import CopyRefused
from domain.ports import Copies

DAYS, WEEKS = 7, 4
SEALED = ".enc"
PART = ".part"
_AUTOMATIC = re.compile(r"guanxi-auto-(\d{8}-\d{6})\.(?:db|dump)(?:\.enc)?")
_ANY = re.compile(r"guanxi-(?:auto-)?(\d{8}-\d{6})\.(?:db|dump)(?:\.enc)?")
_FORM = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Kept:
    """A backup by its file name: when it was made, aware UTC."""

    path: Path
    at: datetime


def folder_of(settings: Settings, copies: Copies) -> Path:
    """``GUANXI_BACKUP_DIR``, else ``backups`` beside SQLite's file or in the working folder."""
    if settings.backup_dir is not None:
        return settings.backup_dir
    return (copies.file.parent if copies.file is not None else Path()) / "backups"


def name_at(at: datetime, suffix: str, *, automatic: bool = False) -> str:
    """``guanxi-20261121-090000.db`` in UTC. Only files named ``guanxi-auto-…`` are ever removed by us."""
    return f"guanxi-{'auto-' if automatic else ''}{at.astimezone(UTC).strftime(_FORM)}{suffix}"


def list_backups(folder: Path, *, automatic_only: bool = False) -> Sequence[Kept]:
    """Newest first."""
    form = _AUTOMATIC if automatic_only else _ANY
    found = [(path, form.fullmatch(path.name)) for path in (folder.iterdir() if folder.is_dir() else ())]
    kept = [Kept(path, datetime.strptime(named[1], _FORM).replace(tzinfo=UTC)) for path, named in found if named]
    return sorted(kept, key=lambda backup: backup.at, reverse=True)


def make(copies: Copies, to: Path, *, attachments: FolderStore, key: str | None = None) -> int:
    """Write a backup to the new file ``to`` and the attachments beside it, sealed if there is a ``key``. Blocks.

    Gives how many attachments there are. The file appears last: where it stands, all is there. Raises CopyRefused,
    OSError, and FileExistsError rather than write over anything.
    """
    files = backup_files.folder_beside(to)
    if to.exists() or files.exists():
        raise FileExistsError(to)
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished, unfinished_files = to.with_name(to.name + PART), files.with_name(files.name + PART)
    try:
        _copy(copies, unfinished, key=key)
        # After the database: what it speaks of was kept before.
        count = backup_files.take_along(attachments, unfinished_files, key=key)
        if count:
            unfinished_files.rename(files)
        _to_disk(unfinished)
        unfinished.replace(to)
    finally:
        remove(unfinished)
        remove(unfinished_files)
    return count


def _copy(copies: Copies, to: Path, *, key: str | None) -> None:
    remove(to)
    if key is None:
        copies.copy(to)
        return
    with tempfile.TemporaryDirectory(prefix=".sealing-", dir=to.parent) as workshop:
        plain = Path(workshop) / "plain"
        copies.copy(plain)
        seal(plain, to, key=key)


def _to_disk(file: Path) -> None:
    """A name may reach the disk before the bytes do: after a power cut it would stand there with nothing behind it."""
    with file.open("rb") as written:
        os.fsync(written.fileno())


def remove(path: Path) -> None:
    """A file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def forget(backup: Path) -> None:
    """Remove a backup with its attachments."""
    remove(backup)
    remove(backup_files.folder_beside(backup))


def tidy(folder: Path) -> None:
    """Remove what automatic backups left unfinished when they were cut off."""
    for left in folder.glob("guanxi-auto-*.part"):
        remove(left)
    for files in folder.glob("guanxi-auto-*.files"):
        if not files.with_name(files.name.removesuffix(".files")).exists():
            remove(files)


@contextmanager
def opened(file: Path, *, key: str | None, near: Path) -> Iterator[Path]:
    """A plain copy of a backup for the length of the block, on the disk of ``near``.

    Raises CopyRefused when it is sealed with another key, or none is given.
    """
    near.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=near) as workshop:
        plain = Path(workshop) / "plain"
        if not is_sealed(file):
            shutil.copyfile(file, plain)
        else:
            try:
                unseal(file, plain, key=key or "")
            except WrongKey:
                raise CopyRefused(why=CopyRefused.WRONG_KEY) from None
        yield plain


def check(copies: Copies, file: Path, *, key: str | None) -> None:
    """Restore a backup into a temporary file and read it from end to end, and look whether its attachments are there.

    Blocks; raises CopyRefused, OSError.
    """
    backup_files.check(backup_files.folder_beside(file))
    with opened(file, key=key, near=file.parent) as plain:
        copies.check(plain)


def superfluous(backups: Sequence[Kept], *, days: int = DAYS, weeks: int = WEEKS) -> Sequence[Kept]:
    """Which of them may go: all but the newest of each of the last days and of each of the last weeks that have one."""
    newest_first = sorted(backups, key=lambda backup: backup.at, reverse=True)
    by_day: dict[object, Kept] = {}
    by_week: dict[object, Kept] = {}
    for backup in newest_first:
        by_day.setdefault(backup.at.date(), backup)
        by_week.setdefault(backup.at.isocalendar()[:2], backup)
    keep = [*list(by_day.values())[:days], *list(by_week.values())[:weeks]]
    return [backup for backup in newest_first if backup not in keep]
