"""The country of a time zone, for phones without country code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH


@cache
def _countries() -> dict[str, str]:
    """From zone to ISO country, by the tz database's own table; ``tzdata`` ships it where the system has none."""
    for folder in TZPATH:
        table = Path(folder) / "zone.tab"
        if table.is_file():
            return _read(table.read_text(encoding="utf-8"))
    return _read((files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8"))


def _read(table: str) -> dict[str, str]:
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of_zone(zone: str) -> str | None:
    """The ISO code of the country in which an IANA zone lies, None for zones without one (UTC) and old names."""
    return _countries().get(zone)
