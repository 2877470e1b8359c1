"""Reads the word lists beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of ``lexicons/<name>.txt`` by their [section]; lines before the first belong to "". ``#`` begins a comment."""
    found: dict[str, list[str]] = {"": []}
    current = found[""]
    for line in (files("handlers.understanding") / "lexicons" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()  # noqa: PLW2901
        if line.startswith("[") and line.endswith("]") and " " not in line:
            current = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return {section: tuple(lines) for section, lines in found.items()}


@cache
def words(name: str, section: str) -> frozenset[str]:
    """The blank-parted words of one section."""
    return frozenset(word for line in sections(name).get(section, ()) for word in line.split())


def longest_first(name: str, section: str) -> str:
    """The words of a section as alternatives for a pattern."""
    return "|".join(sorted(words(name, section), key=len, reverse=True))


def either(name: str, section: str) -> str:
    """The lines of a section, each a pattern, as alternatives of one."""
    return "|".join(sections(name)[section])
