"""The attachments of a backup: a folder beside it, ``NAME.files``, with every file that the database may speak of.

They never change once they are written, so that on one disk a backup holds them as further names of the same bytes
(hard links): a daily backup of ten thousand photos costs no room. On another disk they are copied.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from bot.file_store import UNFINISHED, FolderStore
from bot.sealing import WrongKey, is_sealed, seal, unseal
from domain.copies import CopyRefused
from domain.ports import Copies

CONTENTS = "contents.txt"  # a line a file: its size in bytes, and its name
SEALED = ".sealed"  # ends what was plain in the store and is sealed in the backup


def folder_beside(backup: Path) -> Path:
    return backup.with_name(backup.name + ".files")


def take_along(store: FolderStore, to: Path, *, key: str | None) -> int:
    """Fill the new folder ``to``; gives how many files there are. What is not sealed yet is sealed if there is a
    ``key``. Raises OSError."""
    to.mkdir(mode=0o700)
    lines = []
    for file in store.files():
        if file.name.endswith(UNFINISHED):
            continue
        copy = to / (file.name + (SEALED if key and not is_sealed(file) else ""))
        with suppress(FileNotFoundError):  # removed meanwhile, because nothing had referred to it for long
            if copy.name.endswith(SEALED):
                seal(file, copy, key=key or "")
            else:
                _link(file, copy)
            lines.append(f"{copy.stat().st_size} {copy.name}\n")
    (to / CONTENTS).write_text("".join(lines), encoding="utf-8")
    return len(lines)


def count_lacking(copies: Copies, store: FolderStore) -> int:
    """How many files the database speaks of that do not lie in the store: a process with another folder kept them.

    Blocks. 0 also where the database does not answer, which is found out elsewhere. Raises OSError.
    """
    try:
        kept = copies.kept_files()
    except CopyRefused:
        return 0
    return len(kept - {file.name for file in store.files()})


def check(folder: Path) -> None:
    """Are all files there, at their size? Raises CopyRefused."""
    for name, size in _contents(folder).items():
        try:
            is_whole = (folder / name).stat().st_size == size
        except OSError:
            is_whole = False
        if not is_whole:
            raise CopyRefused(why=CopyRefused.FILES_MISSING, said=name)


def put_back(folder: Path, store: FolderStore, *, key: str | None) -> int:
    """Put what the store lacks into it; gives how many that were. Raises CopyRefused, OSError."""
    missing = 0
    for name in _contents(folder):
        target = store.path_of(name.removesuffix(SEALED))
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = target.with_name(target.name + UNFINISHED)
        unfinished.unlink(missing_ok=True)
        if name.endswith(SEALED):
            _unseal(folder / name, unfinished, key)
        else:
            _link(folder / name, unfinished)
        unfinished.rename(target)
        missing += 1
    return missing


def _unseal(source: Path, to: Path, key: str | None) -> None:
    try:
        unseal(source, to, key=key or "")
    except WrongKey:
        raise CopyRefused(why=CopyRefused.WRONG_KEY) from None


def _contents(folder: Path) -> dict[str, int]:
    if not folder.is_dir():
        return {}
    try:
        lines = (folder / CONTENTS).read_text(encoding="utf-8").splitlines()
        return {name: int(size) for size, _, name in (line.partition(" ") for line in lines)}
    except (OSError, ValueError):
        raise CopyRefused(why=CopyRefused.FILES_MISSING, said=CONTENTS) from None


def _link(source: Path, to: Path) -> None:
    try:
        os.link(source, to)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, to)
        to.chmod(0o600)
