"""The table: on the terminal while it grows, and as ``RESULTS.md``."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Row

RESULTS = Path(__file__).parent / "RESULTS.md"
LIBRARIES = ("aiogram", "aiosqlite", "apscheduler", "fastapi", "psycopg", "pydantic", "sqlalchemy", "typer", "uvicorn")
_HEAD = """# What `make bench` measured

Each row stands beside something measured in the same run, in turn, so that a slow or busy machine changes the ratio
little. Medians of several rounds; CPU is that of the process with all its threads. How each is measured is told in the
module of its topic.

| what | measured | limit | holds | details |
|---|---|---|---|---|
"""


def as_line(row: Row) -> str:
    mark = "ok  " if row.holds else "MISS"
    return f"{mark} {row.name}: {_number(row)} ({_limit(row)})\n       {row.details}"


def write(rows: Sequence[Row], *, minutes: float) -> None:
    lines = [
        f"| {row.name} | {_number(row)} | {_limit(row)} | {'yes' if row.holds else '**no**'} | {row.details} |"
        for row in rows
    ]
    RESULTS.write_text(_HEAD + "\n".join(lines) + "\n\n" + _machine(minutes), encoding="utf-8")


def _number(row: Row) -> str:
    return f"{row.measured:,.2f} {row.unit}" if row.unit == "×" else f"{row.measured:,.0f} {row.unit}".strip()


def _limit(row: Row) -> str:
    figure = f"{row.limit:g}{' ' + row.unit if row.unit else ''}"
    wish = f", better {row.stretch:g} {row.unit}" if row.stretch is not None else ""
    return f"at {'least' if row.at_least else 'most'} {figure}{wish}"


def _machine(minutes: float) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {minutes:.0f} minutes on {os.cpu_count()} cores ({_processor()}), "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}; {libraries}.\n"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
