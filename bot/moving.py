"""``guanxi export``, ``import``, ``backup``, ``restore`` and ``db upgrade``: data out and in, whole."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot import backup_files, backups
from bot.file_store import store_of
from bot.refusals import Refused
from bot.settings import Settings, read_settings
from bot.wiring import copies_of, open_house
from domain.copies import CopyRefused
from domain.ports import Copies

DATA_DIR_IS_SHARED = "set GUANXI_DATA_DIR to the one folder in which every process of this company keeps files"


async def export(stream: TextIO) -> int:
    """Write all data, a line of JSON each, as of one moment; whatever works on the database goes on."""
    async with open_house(read_settings()) as house:
        try:
            async with aclosing(house.export_lines()) as lines:
                async for line in lines:
                    stream.write(line + "\n")
            stream.flush()
        except BrokenPipeError:
            # Whoever read has enough, as `head` does; the stream must not be flushed once more at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            return 1
    return 0


async def import_file(path: Path, *, again: bool = False) -> int:
    """Take in what export wrote, all or nothing, and print how much it was. Undone like any other action."""
    from rich.console import Console
    from rich.progress import Progress

    if not await asyncio.to_thread(path.is_file):
        raise Refused(f"{path}: there is no such file")
    async with open_house(read_settings()) as house:
        with Progress(console=Console(stderr=True), transient=True) as shown:
            bar = shown.add_task(path.name, total=None)
            counts = await house.import_file(
                path, told=lambda done, of: shown.update(bar, completed=done, total=of), again=again
            )
    print(", ".join(_counted(kind, count) for kind, count in counts.items() if count) or "nothing to take in")
    return 0


def _counted(kind: str, count: int) -> str:
    """ "9 leads", "1 follow-up": an operator's words for what a file calls ``lead`` and ``follow_up``."""
    words = "follow-up" if kind == "follow_up" else kind.replace("_", " ")
    if count == 1 or words in {"staff", "news"}:
        return f"{count} {words}"
    return f"{count} {words[:-1]}ies" if words.endswith("y") and not words.endswith("ey") else f"{count} {words}s"


async def backup(to: Path | None, *, encrypt: bool) -> int:
    """Copy the database and its attachments as they are now, beside whatever works on them, and print the file's name."""
    settings = read_settings()
    key = _key(settings) if encrypt else None
    copies = copies_of(settings)
    suffix = copies.suffix + (backups.SEALED if encrypt else "")
    to = to or backups.folder_of(settings, copies) / backups.name_at(datetime.now(UTC), suffix)
    try:
        attachments = await asyncio.to_thread(backups.make, copies, to, attachments=store_of(settings, copies), key=key)
    except FileExistsError:
        raise Refused(f"{to}: there is such a file already; name another with --to") from None
    except OSError as error:
        raise Refused(f"{to}: {error.strerror}") from None
    print(to)
    if attachments:
        print(f"and {attachments} attachments in {backup_files.folder_beside(to)}", file=sys.stderr)
    store = store_of(settings, copies)
    lacking = await asyncio.to_thread(backup_files.count_lacking, copies, store)
    if lacking:
        print(f"attachments missing in {store.folder.absolute()}: {lacking}; {DATA_DIR_IS_SHARED}", file=sys.stderr)
    return 0


def _key(settings: Settings) -> str:
    if settings.key is None:
        raise Refused("GUANXI_KEY: set it to a long secret of your own, and keep it apart from the backups")
    return settings.key


async def restore(file: Path, *, force: bool) -> int:
    """Put a backup back after it was checked from end to end. Data that is there is replaced only with ``force``."""
    settings = read_settings()
    copies = copies_of(settings)
    aside, attachments = await asyncio.to_thread(_restore, copies, settings, file, force)
    print(f"restored from {file}" + (f"; the old database is now {aside}" if aside else ""))
    if attachments:
        print(f"{attachments} attachments were put back into {store_of(settings, copies).folder}")
    return 0


def _restore(copies: Copies, settings: Settings, file: Path, force: bool) -> tuple[Path | None, int]:
    if not file.is_file():
        raise Refused(f"{file}: there is no such file")
    if not force and copies.has_rows():
        raise Refused("there is data already; --force replaces it (make a backup first)")
    near = copies.file.absolute().parent if copies.file is not None else file.absolute().parent
    try:
        with backups.opened(file, key=settings.key, near=near) as plain:
            copies.check(plain)
            files = backup_files.folder_beside(file)
            backup_files.check(files)
            # Before the database, which must not speak of what is not there; what lies there besides does no harm.
            attachments = backup_files.put_back(files, store_of(settings, copies), key=settings.key)
            return copies.put_back(plain), attachments
    except OSError as error:
        raise CopyRefused(why=CopyRefused.NO_ROOM) from error


async def upgrade() -> int:
    """Bring the schema up to date, also where ``GUANXI_AUTO_MIGRATE`` is false, and print where it stands."""
    copies = copies_of(read_settings())
    before, _ = await asyncio.to_thread(copies.revisions)
    await asyncio.to_thread(copies.upgrade)
    after, _ = await asyncio.to_thread(copies.revisions)
    print(f"up to date: {after}" if before == after else f"upgraded: {before or 'empty'} -> {after}")
    return 0
