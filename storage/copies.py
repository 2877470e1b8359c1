"""A whole database copied to a file and put back: SQLite by its online backup, PostgreSQL by its own programs.

Everything here blocks: call it in a thread where a loop is running.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import make_url
from sqlalchemy.engine import URL

from domain.copies import CopyRefused
from storage import migrations, tables
from storage.append_only import FUNCTION

PAGES_AT_ONCE = 2000  # 8 MB; between the steps a writer may go on
PACKAGE = "postgresql-client"
HEADER = b"SQLite format 3\0"
DUMP_HEADER = b"PGDMP"
_KEPT_FILES = "SELECT stored FROM attached_files WHERE stored IS NOT NULL"


@dataclass(frozen=True)
class SqlCopies:
    """``domain.ports.Copies``: the database at ``url``, as a whole. ``programs`` is where PostgreSQL's are looked for, by default the PATH."""

    url: str
    programs: str | None = None

    @property
    def suffix(self) -> str:
        return ".db" if self.file is not None else ".dump"

    @property
    def file(self) -> Path | None:
        """SQLite's file, or None for PostgreSQL."""
        url = make_url(self.url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    def copy(self, to: Path) -> None:
        """Write a copy as of now, beside whatever works on the database; ``to`` appears when it is whole.

        Raises CopyRefused, and OSError when there is no room.
        """
        part = to.with_name(to.name + ".part")
        part.unlink(missing_ok=True)
        with _private(part):
            pass
        try:
            if self.file is not None:
                _copy_file(self.file, part)
            else:
                self._dump(part)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)

    def check(self, copy: Path) -> str:
        """Read a copy from end to end; gives its schema's revision. Raises CopyRefused when it is damaged or not ours."""
        revision = _check_sqlite(copy) if self.file is not None else self._check_dump(copy)
        if not self.knows(revision):
            raise CopyRefused(why=CopyRefused.FROM_THE_FUTURE)
        return revision

    def try_programs(self) -> None:
        """pg_dump looks at the server's version before anything else."""
        if self.file is None:
            self._run("pg_dump", "--schema-only", "--table=alembic_version", "--file=/dev/null", self._target())

    def has_rows(self) -> bool:
        """Whether anybody works here: an empty or absent database has nothing to lose."""
        if self.file is not None:
            return self.file.exists() and _has_staff(self.file)
        return self._ask("SELECT to_regclass('staff') IS NOT NULL") == "t" and (
            self._ask("SELECT EXISTS (SELECT 1 FROM staff)") == "t"
        )

    def kept_files(self) -> frozenset[str]:
        """The names in the file store that rows speak of. None where there is no such table yet."""
        if self.file is not None:
            return _kept_files(self.file) if self.file.exists() else frozenset()
        is_there = self._ask("SELECT to_regclass('attached_files') IS NOT NULL") == "t"
        return frozenset(self._ask(_KEPT_FILES).splitlines()) if is_there else frozenset()

    def revisions(self) -> tuple[str | None, str]:
        """Where the schema stands (None: nowhere yet), and where an up to date one does. Changes nothing."""
        newest = migrations.newest_revision()
        if self.file is not None and not self.file.exists():
            return None, newest  # connecting would make the file
        return migrations.revision_of(self.url), newest

    def knows(self, revision: str) -> bool:
        """Whether it is one of ours, not one of a newer program."""
        return revision in migrations.known_revisions()

    def upgrade(self) -> None:
        migrations.upgrade(self.url)

    def put_back(self, copy: Path) -> Path | None:
        """Replace the database by a checked copy, all or nothing. Gives where SQLite's old file was put.

        Raises CopyRefused when some process works on the database.
        """
        if self.file is not None:
            return _replace_sqlite(self.file, copy)
        self._replace_postgres(copy)
        return None

    # ------------------------------------------------------------ PostgreSQL

    def _dump(self, to: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}", self._target())

    def _check_dump(self, copy: Path) -> str:
        """Restoring to nowhere reads every block of the dump; the version's table says where its schema stands."""
        if not _begins_with(copy, DUMP_HEADER):
            raise CopyRefused(why=CopyRefused.DAMAGED)
        self._run("pg_restore", "--file=/dev/null", str(copy))
        lines = self._run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(copy)).splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("COPY ")]
        if not starts or len(lines) <= starts[0] + 1:
            raise CopyRefused(why=CopyRefused.NOT_OURS)
        return lines[starts[0] + 1].strip()

    def _replace_postgres(self, copy: Path) -> None:
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        if self._ask(f"{others} AND pid <> pg_backend_pid() AND backend_type = 'client backend'") != "0":
            raise CopyRefused(why=CopyRefused.IN_USE)
        script = copy.with_name(copy.name + ".sql")
        try:
            with _private(script) as target:
                # Tables that a newer version made stand in no old dump, and would be in its way afterwards.
                names = [*reversed([table.name for table in tables.metadata.sorted_tables]), "alembic_version"]
                target.write("".join(f'DROP TABLE IF EXISTS "{name}" CASCADE;\n' for name in names).encode())
                target.write(f"DROP FUNCTION IF EXISTS {FUNCTION} CASCADE;\n".encode())
            self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}.rest", str(copy))
            with script.open("ab") as target, Path(f"{script}.rest").open("rb") as rest:
                shutil.copyfileobj(rest, target)
            self._psql("--single-transaction", f"--file={script}")
        finally:
            script.unlink(missing_ok=True)
            Path(f"{script}.rest").unlink(missing_ok=True)

    def _ask(self, question: str) -> str:
        return self._psql("--tuples-only", "--no-align", f"--command={question}").strip()

    def _psql(self, *arguments: str) -> str:
        return self._run(
            "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={self._target()}", *arguments
        )

    def _target(self) -> str:
        """The address for PostgreSQL's programs, without the password: command lines can be read by others."""
        url = make_url(self.url)
        plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, dict(url.query))
        return plain.render_as_string()

    def _run(self, program: str, *arguments: str) -> str:
        found = shutil.which(program, path=self.programs)
        if found is None:
            raise CopyRefused(why=CopyRefused.PROGRAM_MISSING, program=program, package=PACKAGE)
        password = make_url(self.url).password
        environment = {**os.environ, "LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [found, *arguments], capture_output=True, check=False, env=environment, stdin=subprocess.DEVNULL
        )
        if done.returncode == 0:
            return done.stdout.decode(errors="replace")
        said = done.stderr.decode(errors="replace")
        if "server version mismatch" in said:
            raise CopyRefused(why=CopyRefused.PROGRAM_TOO_OLD, program=program, package=PACKAGE)
        raise CopyRefused(why=CopyRefused.PROGRAM_FAILED, program=program, said=_first_line(said))


def _first_line(said: str) -> str:
    return next((line.strip() for line in said.splitlines() if line.strip()), "")[:200]


# ---------------------------------------------------------------- SQLite


def _copy_file(source: Path, to: Path) -> None:
    if not source.exists():
        raise CopyRefused(why=CopyRefused.NOTHING_TO_COPY)
    try:
        _copy_sqlite(source, to)
    except sqlite3.OperationalError as error:  # a full disk, among others
        raise CopyRefused(why=CopyRefused.NO_ROOM) from error
    except sqlite3.DatabaseError as error:
        raise CopyRefused(why=CopyRefused.SOURCE_DAMAGED) from error


def _copy_sqlite(source: Path, to: Path) -> None:
    with contextlib.closing(_read(source)) as reading, contextlib.closing(sqlite3.connect(to)) as writing:
        # Without a snapshot of its own the backup would begin anew after every write of somebody else.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        reading.backup(writing, pages=PAGES_AT_ONCE, sleep=0.001)
        # A copy is one file: with a write-ahead log it would be three.
        writing.execute("PRAGMA journal_mode=DELETE")


def _check_sqlite(copy: Path) -> str:
    if not _begins_with(copy, HEADER):
        raise CopyRefused(why=CopyRefused.DAMAGED)
    try:
        with contextlib.closing(_read(copy)) as reading:
            if reading.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise CopyRefused(why=CopyRefused.DAMAGED)
            stands = reading.execute("SELECT version_num FROM alembic_version").fetchone()
            if stands is None:
                raise CopyRefused(why=CopyRefused.NOT_OURS)
            return str(stands[0])
    except sqlite3.OperationalError as error:
        raise CopyRefused(why=CopyRefused.NOT_OURS) from error
    except sqlite3.DatabaseError as error:
        raise CopyRefused(why=CopyRefused.DAMAGED) from error


def _has_staff(file: Path) -> bool:
    try:
        with contextlib.closing(_read(file)) as reading:
            return bool(reading.execute("SELECT EXISTS (SELECT 1 FROM staff)").fetchone()[0])
    except sqlite3.OperationalError:
        return False  # no such table: nothing of ours
    except sqlite3.DatabaseError:
        return True  # damaged, yet perhaps somebody's only copy


def _kept_files(file: Path) -> frozenset[str]:
    try:
        with contextlib.closing(_read(file)) as reading:
            return frozenset(name for (name,) in reading.execute(_KEPT_FILES))
    except sqlite3.OperationalError:
        return frozenset()  # no such table: older than files
    except sqlite3.DatabaseError as error:
        raise CopyRefused(why=CopyRefused.DAMAGED) from error


def _replace_sqlite(file: Path, copy: Path) -> Path | None:
    """The new file is complete on the same disk before it takes the old one's name; the old one is kept aside.

    At no moment is there none by that name: whatever starts after a crash would begin with an empty database.
    """
    fresh = file.with_name(file.name + ".restoring")
    shutil.copyfile(copy, fresh)
    fresh.chmod(0o600)
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    aside = None
    try:
        if file.exists():
            _must_be_alone(file)
            aside = _free_name(file)
            _keep_aside(file, aside)
            for end in ("-wal", "-shm"):
                file.with_name(file.name + end).unlink(missing_ok=True)
        fresh.replace(file)
    except OSError:
        # Two names of one database: whoever opened the other would write past its log, which damages it.
        if aside is not None:
            aside.unlink(missing_ok=True)
        raise
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def _keep_aside(file: Path, aside: Path) -> None:
    try:
        aside.hardlink_to(file)
    except OSError:  # a disk that knows no links
        shutil.copyfile(file, aside)
        aside.chmod(0o600)


def _free_name(file: Path) -> Path:
    names = (f"{file.stem}-before-restore{number or ''}{file.suffix}" for number in itertools.count())
    return next(path for path in map(file.with_name, names) if not path.exists())


def _must_be_alone(file: Path) -> None:
    """SQLite leaves write-ahead logging only when nobody else has the file open, and the log is then empty."""
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=0.5, isolation_level=None)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise CopyRefused(why=CopyRefused.IN_USE) from error
    except sqlite3.DatabaseError:
        return  # too damaged for anybody to work on


def _read(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _begins_with(file: Path, header: bytes) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(header)) == header


@contextlib.contextmanager
def _private(file: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read. Raises FileExistsError rather than write over one."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        yield opened
