"""How soon the program is there."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.desk import sqlite_in
from benchmarks.measure import Cost, Pairs, Row, commands_in_turn, cost_of_command, median
from benchmarks.plan import Plan
from benchmarks.programs import ROOT, first_poll, libraries_used, seconds_to_poll

BARE_TYPER = """
import typer
app = typer.Typer(no_args_is_help=True, add_completion=False)

@app.command()
def run() -> None:
    "Run."

@app.command()
def stop() -> None:
    "Stop."

app()
"""


async def to_first_poll(plan: Plan) -> list[Row]:
    """``guanxi run`` on Telegram to its first getUpdates, beside importing what it imported by then."""
    url = sqlite_in(plan.folder)
    async with first_poll() as server:
        await seconds_to_poll(server, url)  # makes the schema
        libraries = await libraries_used(server, url)
        bare = _importing(plan.folder, libraries)
        ours, theirs = [], []
        for _ in range(plan.rounds):
            ours.append(await seconds_to_poll(server, url))
            theirs.append(await _seconds_of(bare))
    pairs = Pairs(ours=[Cost(cpu=one, wall=one) for one in ours], theirs=[Cost(cpu=one, wall=one) for one in theirs])
    return [
        Row(
            name="Start of `guanxi run` with Telegram to its first poll: beside importing its libraries",
            measured=pairs.wall_ratio,
            limit=1.2,
            details=f"{median(pairs.ours).wall:.2f} s beside {median(pairs.theirs).wall:.2f} s for {len(libraries)} modules",
        )
    ]


def _importing(folder: Path, libraries: Sequence[str]) -> Sequence[str]:
    """A program that imports them in the same order and ends."""
    script = folder / "bare.py"
    lines = [f"try:\n    import {name}\nexcept ImportError:\n    pass" for name in libraries]
    script.write_text("\n".join(lines), encoding="utf-8")
    return [sys.executable, str(script)]


async def _seconds_of(command: Sequence[str]) -> float:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, cwd="/", stderr=asyncio.subprocess.DEVNULL)
    await process.wait()
    return time.perf_counter() - began


async def help_page(plan: Plan) -> list[Row]:
    """``guanxi --help`` beside a Typer app of two commands."""
    own = {"PYTHONPATH": str(ROOT)}

    def ours() -> Cost:
        return cost_of_command([sys.executable, "-m", "bot", "--help"], own)

    def theirs() -> Cost:
        return cost_of_command([sys.executable, "-c", BARE_TYPER, "--help"], own)

    pairs = await asyncio.to_thread(commands_in_turn, ours, theirs, rounds=plan.rounds)
    return [
        Row(
            name="`guanxi --help` beside a bare Typer app",
            measured=pairs.wall_ratio,
            limit=1.5,
            details=f"{median(pairs.ours).wall * 1000:.0f} ms beside {median(pairs.theirs).wall * 1000:.0f} ms",
        )
    ]
