"""``python -m benchmarks [--quick] [ROW …]``: measure, print the table, and keep that of a full run.

Only a full run without named rows writes ``benchmarks/RESULTS.md``; rows that take too long for it are measured when they are named.
Exit code 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.plan import Plan
from benchmarks.table import as_line, write
from benchmarks.topics import LONG, TOPICS
from benchmarks.trouble import listening


def main() -> int:
    wanted = _arguments()
    began = time.monotonic()
    rows: list[Row] = []
    for name, topic in {**TOPICS, **LONG}.items():
        if name not in (wanted.rows or TOPICS):
            continue
        print(f"— {name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="gx-bench-") as folder, listening():
            found = asyncio.run(topic(Plan(Path(folder), is_quick=wanted.quick)))
        rows += found
        for row in found:
            print(as_line(row), flush=True)
    if not wanted.quick and not wanted.rows:
        write(rows, minutes=(time.monotonic() - began) / 60)
    return 0 if all(row.holds for row in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "rows", nargs="*", metavar="ROW", choices=[*TOPICS, *LONG, []], help=", ".join([*TOPICS, *LONG])
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds and rows; keeps no table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
