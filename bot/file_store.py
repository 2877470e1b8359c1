"""The bytes of attachments, in a folder of their own: random names, readable by us alone, sealed with ``GUANXI_KEY``."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.sealing import WrongKey, sealed, unsealed
from bot.settings import Settings
from domain.ports import Copies

SEALED = ".enc"
UNFINISHED = ".part"
_NAME = re.compile(r"[0-9a-f]{32}(\.enc)?")


def store_of(settings: Settings, copies: Copies) -> FolderStore:
    """Where attachments are kept."""
    return FolderStore(kept_in(folder_of(settings, copies)), key=settings.key)


def folder_of(settings: Settings, copies: Copies) -> Path:
    """``GUANXI_DATA_DIR``, else ``data`` beside SQLite's file or in the working folder."""
    if settings.data_dir is not None:
        return settings.data_dir
    return (copies.file.parent if copies.file is not None else Path()) / "data"


def kept_in(data: Path) -> Path:
    """Where attachments lie: this is what a backup takes along."""
    return data / "attachments"


def sent_in(data: Path) -> Path:
    """What the local page was given and gives, as any platform keeps its own files for a while."""
    return data / "page"


class FolderStore:
    """``domain.ports.FileStore`` in one folder, made when first needed.

    A name says whether its file is sealed, so that ``GUANXI_KEY`` may be set later: what lies there stays readable.
    """

    def __init__(self, folder: Path, *, key: str | None = None) -> None:
        self.folder = folder
        self._key = key

    def put(self, content: bytes) -> str:
        name = secrets.token_hex(16) + (SEALED if self._key else "")
        path = self.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(name + UNFINISHED)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as writing:
                writing.write(sealed(content, key=self._key) if self._key else content)
                writing.flush()
                os.fsync(writing.fileno())
            unfinished.rename(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return name

    def get(self, name: str) -> bytes:
        content = self.path_of(name).read_bytes()
        if not name.endswith(SEALED):
            return content
        try:
            return unsealed(content, key=self._key or "")
        except WrongKey:
            raise OSError(f"{name}: sealed with another GUANXI_KEY") from None

    def remove(self, name: str) -> None:
        self.path_of(name).unlink(missing_ok=True)

    def names_before(self, moment: datetime) -> Sequence[str]:
        """Also what a process left unfinished when it died, under names that ``remove`` takes."""
        return [path.name for path in self.files() if _changed_at(path) < moment]

    def files(self) -> Sequence[Path]:
        """All of them, unfinished ones too."""
        return sorted(path for path in self.folder.glob("??/*") if path.is_file())

    def path_of(self, name: str) -> Path:
        """Names come from rows, addresses and backups: one that is not ours must lead nowhere else. Raises OSError."""
        if not _NAME.fullmatch(name.removesuffix(UNFINISHED)):
            raise FileNotFoundError(name)
        return self.folder / name[:2] / name


def _changed_at(path: Path) -> datetime:
    with suppress(FileNotFoundError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.max.replace(tzinfo=UTC)


def _sync_folder(folder: Path) -> None:
    """The name itself must be on the disk before a row speaks of it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
