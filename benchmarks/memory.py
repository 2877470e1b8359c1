"""What the program holds in memory: when it has started, and after many messages."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.plan import Plan
from benchmarks.programs import ROOT

MEGABYTE = 1e6
_BARE = """
import gc, importlib, json, pathlib, sys
import psutil
for name in json.loads(pathlib.Path(sys.argv[1]).read_text()):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
gc.collect()
print(psutil.Process().memory_info().rss)
"""


@dataclass(frozen=True)
class Held:
    """Bytes after so many messages."""

    after: dict[int, int]
    modules: Sequence[str]


async def held(plan: Plan) -> list[Row]:
    """After the start, beside the bare imports; and after as many messages as a few minutes take."""
    few, many = plan.pick(quick=(100, 1000), full=(1000, 20_000))
    starts = [await asyncio.to_thread(_probe, plan.folder, []) for _ in range(plan.pick(quick=1, full=3))]
    bare = [await asyncio.to_thread(_bare, plan.folder, start.modules) for start in starts]
    started, imports = statistics.median(start.after[0] for start in starts), statistics.median(bare)
    return [
        Row(
            name="Memory with Telegram, web and scheduler: beside the bare imports",
            measured=started / imports,
            limit=1.25,
            details=f"{started / MEGABYTE:.0f} MB beside {imports / MEGABYTE:.0f} MB for the same modules",
        ),
        await _after_messages(plan, few, many),
    ]


async def held_for_long(plan: Plan) -> list[Row]:
    """The same to the end: each message is a transaction or two, so a hundred thousand take a quarter of an hour."""
    few, many = plan.pick(quick=(1000, 5000), full=(1000, 100_000))
    return [await _after_messages(plan, few, many)]


async def _after_messages(plan: Plan, few: int, many: int) -> Row:
    long = await asyncio.to_thread(_probe, plan.folder, [few, many])
    return Row(
        name=f"Memory after {many:,} messages: beside that after {few:,}",
        measured=long.after[many] / long.after[few],
        limit=1.15,
        details=f"{long.after[many] / MEGABYTE:.0f} MB beside {long.after[few] / MEGABYTE:.0f} MB",
    )


def _probe(folder: Path, counts: Sequence[int]) -> Held:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        command = [sys.executable, "-m", "benchmarks.memory_probe", own, *map(str, counts)]
        said = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    *lines, modules = said.splitlines()
    figures = [line.split() for line in lines if line and line[0].isdigit()]
    return Held(after={int(count): int(held) for count, held in figures}, modules=json.loads(modules))


def _bare(folder: Path, modules: Sequence[str]) -> int:
    listed = folder / "modules.json"
    listed.write_text(json.dumps(list(modules)), encoding="utf-8")
    command = [sys.executable, "-c", _BARE, str(listed)]
    return int(subprocess.run(command, check=True, cwd="/", capture_output=True, text=True).stdout)
