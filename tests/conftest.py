"""What all tests share: a real PostgreSQL, and the rule that CI skips nothing."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from bot.logs import set_up_logs
from tests.bot.programs import PROGRAMS
from tests.compiled import share_compiled_statements
from tests.databases import postgres_for_all, postgres_server, sqlite_template, sqlite_url

__all__ = ["postgres_server"]

pytest_plugins = ["tests.processes"]

# The data beside the project and Chromium may be missing on a laptop; where this is set a skipped test is a failure.
BEYOND_US = ("root may write anywhere",)
NOTHING_SKIPPED = bool(os.environ.get("GUANXI_NO_SKIPS"))

# Waiting until a database is safe on the disk takes longer than the tests themselves, and theirs is thrown away.
IN_MEMORY = Path("/dev/shm")
ROOM = 4 << 30
FEW, MANY = 20, 500  # tests that are over before it matters, and those for which it is worth a few seconds
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

# A loaded machine is no fault of the code. The same examples on every run; `make campaign` takes others each time.
settings.register_profile("guanxi", deadline=None, derandomize=not os.environ.get("GUANXI_CAMPAIGN"))
settings.load_profile("guanxi")
set_up_logs("INFO")  # as the program does: tracebacks without values
share_compiled_statements()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: walking it again and again for garbage took a tenth of the time."""
    if len(session.items) > FEW:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)


def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("processes"):
        PROGRAMS.begin()  # loads its libraries while tests are collected


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Processes that run tests share the templates of databases, one PostgreSQL, and what a conversation leaves in memory."""
    with ExitStack() as shared:
        if session.config.getoption("processes") and not session.testsfailed:
            _share(session.items, shared)
        return (yield)


def _share(items: Sequence[pytest.Item], shared: ExitStack) -> None:
    sqlite_template()
    server = None
    if any(item.get_closest_marker("postgres") for item in items):
        server = shared.enter_context(postgres_for_all())
    if len(items) > MANY:
        from tests.warming import hold_a_conversation

        with tempfile.TemporaryDirectory() as folder:
            hold_a_conversation(sqlite_url(Path(folder)))
        if server is not None:
            hold_a_conversation(server.fresh_database())
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    skipped = [report for report in skipped if not any(reason in str(report.longrepr) for reason in BEYOND_US)]
    if NOTHING_SKIPPED and skipped and exitstatus == pytest.ExitCode.OK:
        for report in skipped:
            reporter.write_line(f"skipped where nothing may be: {report.nodeid}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
