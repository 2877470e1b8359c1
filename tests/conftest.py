"""What all tests share: a real PostgreSQL, and the rules that CI skips nothing and nobody speaks to the outside."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.logs import set_up_logs
from tests.campaign import IS_LONG, SEED
from tests.compiled import share_compiled_statements
from tests.databases import postgres_server
from tests.loopback import outside, stay_on_loopback

__all__ = ["postgres_server"]

# The data beside the project and Chromium may be missing on a laptop; where this is set a skipped test is a failure.
BEYOND_US = ("root may write anywhere",)
NOTHING_SKIPPED = bool(os.environ.get("GUANXI_NO_SKIPS"))

# Waiting until a database is safe on the disk takes longer than the tests themselves, and theirs is thrown away.
IN_MEMORY = Path("/dev/shm")
ROOM = 4 << 30
FEW = 20  # tests that are over before it matters
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

# A loaded machine is no fault of the code. The same examples on every run; `make campaign` takes others each time.
settings.register_profile("guanxi", deadline=None, derandomize=not IS_LONG)
settings.load_profile("guanxi")
set_up_logs("INFO")  # as the program does: tracebacks without values
share_compiled_statements()
stay_on_loopback()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: walking it again and again for garbage took a tenth of the time."""
    if len(session.items) > FEW:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if IS_LONG:
        terminalreporter.write_line(f"repeat this campaign: GUANXI_CAMPAIGN_SEED={SEED} make campaign")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    result = yield
    called = [outside.pop() for _ in outside.copy()]
    assert called == []
    return result


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    skipped = [report for report in skipped if not any(reason in str(report.longrepr) for reason in BEYOND_US)]
    if NOTHING_SKIPPED and skipped and exitstatus == pytest.ExitCode.OK:
        for report in skipped:
            reporter.write_line(f"skipped where nothing may be: {report.nodeid}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
