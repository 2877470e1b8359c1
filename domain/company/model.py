"""The company that runs this installation: its name and the defaults for new people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(kw_only=True, eq=False)
class Company:
    """One row. ``extra_workdays`` and ``extra_holidays`` are ISO dates that the calendar library does not know.

    ``settings`` has an entry for each topic that differs from the defaults: see ``domain.company.keeping``.
    """

    id: int = field(init=False)
    name: str = "Guanxi"
    locale: str = "en"
    timezone: str = "UTC"
    currency: str = "USD"
    country: str = "US"
    work_start: time = time(9)
    work_end: time = time(18)
    extra_workdays: list[str] = field(default_factory=list)
    extra_holidays: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
