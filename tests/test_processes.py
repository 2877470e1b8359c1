"""That nothing is lost between the processes that run tests: not a failure, nor a test whose process died."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = """
import os, pytest
@pytest.mark.parametrize("number", range(20))
def test_good(number): pass
def test_bad(): print("before"); assert 1 == 2
def test_skipped(): pytest.skip("why")
def test_dies(): os._exit(7)
@pytest.mark.parametrize("number", range(20))
def test_good_too(number): pass
"""
LEAVING = """
class Left:
    def __del__(self): raise ValueError("too late")
def test_leaves(): left = Left(); left.itself = left
"""


# The plugin alone, without what our conftest makes ready.
PLAIN = "-p tests.processes -p no:cacheprovider -p no:asyncio -p no:hypothesispytest -c /dev/null --processes 2"
QUIET = "-W ignore -W error::pytest.PytestUnraisableExceptionWarning"
NOT_RUN = " - not run: the process that had taken it ended"


async def run(tests: str, folder: Path) -> tuple[int | None, str]:
    """How pytest ended, and what it said."""
    (folder / "test_some.py").write_text(tests, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", *PLAIN.split(), *QUIET.split(), "--rootdir", folder, folder),
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "300"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told = (await process.communicate())[0].decode()
    return process.returncode, told


async def test_what_fails_dies_or_is_not_run_is_told(tmp_path: Path) -> None:
    ended, told = await run(TESTS, tmp_path)

    assert ended == 1, told
    failed = {line.split("::")[1] for line in told.splitlines() if line.startswith("FAILED")}
    not_run = {line for line in failed if line.endswith(NOT_RUN)}
    assert failed - not_run == {"test_bad - assert 1 == 2", "test_dies - the process that ran it ended with 7"}
    assert not_run <= {f"test_good_too[{number}]{NOT_RUN}" for number in range(20)}
    assert f"{len(failed)} failed, {40 - len(not_run)} passed, 1 skipped" in told
    assert "Captured stdout call" in told


async def test_what_the_last_test_of_a_process_leaves_is_told(tmp_path: Path) -> None:
    ended, told = await run(LEAVING, tmp_path)

    assert ended == 1, told
    assert "1 passed, 1 error" in told
    assert "ValueError: too late" in told
