"""The database as a whole. See ``domain.ports``."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Copies(Protocol):
    """The database as a whole. Everything here blocks, and refuses with ``domain.copies.CopyRefused``."""

    @property
    def suffix(self) -> str:
        """What a copy's file name ends in."""

    @property
    def file(self) -> Path | None:
        """SQLite's file, or None where there is none."""

    def copy(self, to: Path) -> None:
        """Write a copy as of now to a file, beside whatever works on the database."""

    def check(self, copy: Path) -> str:
        """Read a copy from end to end; gives its schema's revision."""

    def kept_files(self) -> frozenset[str]:
        """The names in the file store that the database speaks of."""

    def try_programs(self) -> None:
        """Copies nothing; raises CopyRefused where a copy needs programs that are not there, or too old for the server."""

    def has_rows(self) -> bool:
        """Whether anybody works here: an empty or absent database has nothing to lose."""

    def put_back(self, copy: Path) -> Path | None:
        """Replace the database by a checked copy, all or nothing. Gives where the old file was put, if it is a file."""

    def knows(self, revision: str) -> bool:
        """Whether it is one of ours, not one of a newer program."""

    def upgrade(self) -> None:
        """Bring the schema up to date; the database may be empty."""

    def revisions(self) -> tuple[str | None, str]:
        """Where the schema stands (None: nowhere yet), and where an up to date one does."""
