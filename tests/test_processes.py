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


# The plugin alone, without what our conftest makes ready.
PLAIN = (
    "-W ignore -p tests.processes -p no:cacheprovider -p no:asyncio -p no:hypothesispytest -c /dev/null --processes 2"
)
NOT_RUN = " - not run: the process that had taken it ended"


async def test_what_fails_dies_or_is_not_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", *PLAIN.split(), "--rootdir", tmp_path, tmp_path),
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "300"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told = (await process.communicate())[0].decode()

    assert process.returncode == 1, told
    failed = {line.split("::")[1] for line in told.splitlines() if line.startswith("FAILED")}
    not_run = {line for line in failed if line.endswith(NOT_RUN)}
    assert failed - not_run == {"test_bad - assert 1 == 2", "test_dies - the process that ran it ended with 7"}
    assert not_run <= {f"test_good_too[{number}]{NOT_RUN}" for number in range(20)}
    assert f"{len(failed)} failed, {40 - len(not_run)} passed, 1 skipped" in told
    assert "Captured stdout call" in told
