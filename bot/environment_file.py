"""The ``.env`` file: settings are put in, everything else in it stays as it was."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=")
_PLAIN = re.compile(r"[\w@%+=:,./-]*", re.ASCII)
OWNER_ONLY = 0o600  # tokens are in it


def read_environment(path: Path) -> dict[str, str]:
    """The values of the file as the program reads them; empty when there is none."""
    from dotenv import dotenv_values

    return {name: value or "" for name, value in dotenv_values(path).items()} if path.is_file() else {}


def write_environment(path: Path, values: Mapping[str, str]) -> None:
    """Put the values in, each where it stood or at the end, readable by the owner alone.

    The file is exchanged as a whole, so that a crash leaves the old one. Raises OSError.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    text = "\n".join(_merged(lines, values)) + "\n"
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as file:
            file.write(text)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _merged(lines: list[str], values: Mapping[str, str]) -> list[str]:
    """The last of several assignments of a name is the one that counts, so all of them are rewritten as one."""
    left = dict(values)
    merged = []
    for line in lines:
        found = _ASSIGNMENT.match(line)
        name = found.group(1) if found else None
        if name not in values:
            merged.append(line)
        elif name in left:
            merged.append(f"{name}={quoted(left.pop(name))}")
    return [*merged, *(f"{name}={quoted(value)}" for name, value in left.items())]


def quoted(value: str) -> str:
    """In single quotes where characters would mean something else."""
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
