"""Between a reader's wall clock and UTC, and which country a zone lies in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo


def local(moment_utc: datetime, zone: str) -> datetime:
    """The moment on the wall clock of ``zone`` (IANA). Raises ValueError for a naive moment."""
    if moment_utc.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment_utc.astimezone(ZoneInfo(zone))


def at_local(day: date, t: time, zone: str) -> datetime:
    """Aware UTC of a wall-clock time.

    A time that the clocks skip moves forward by the skipped span (02:30 becomes 03:30); of a time that comes twice
    it is the first.
    """
    # fold=0 is the offset before the change, which does both; see PEP 495.
    wall = datetime.combine(day, t.replace(tzinfo=None, fold=0), tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def start_of_day(day: date, zone: str) -> datetime:
    """Aware UTC of the day's first moment."""
    return at_local(day, time.min, zone)


def end_of_day(day: date, zone: str) -> datetime:
    """Aware UTC of the moment at which the next day begins: compare with ``<``."""
    return start_of_day(day + timedelta(days=1), zone)


def country_of_zone(zone: str) -> str | None:
    """The ISO 3166 country of an IANA zone, old names too (PRC, US/Eastern); None for UTC and the unknown."""
    countries = _countries()
    return countries.get(zone) or countries.get(_renamed().get(zone, ""))


@cache
def _countries() -> dict[str, str]:
    rows = (line.split("\t") for line in _table("zone.tab").splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows if len(row) > 2}


@cache
def _renamed() -> dict[str, str]:
    links = (line.split() for line in _table("tzdata.zi").splitlines() if line.startswith("L "))
    return {link[2]: link[1] for link in links if len(link) == 3}


def _table(name: str) -> str:
    """A table of the zone database: from the tzdata package, else from the system, else empty."""
    try:
        return resources.files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        files = (Path(folder) / name for folder in TZPATH)
        return next((file.read_text("utf-8") for file in files if file.is_file()), "")
