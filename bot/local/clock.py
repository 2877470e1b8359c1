"""The demo's clock, which people can move forward to see what happens then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

FURTHEST_STEP = timedelta(days=366)
FRIDAY = 4


class ClockGoesForwardOnly(ValueError):
    """Asked to go back, or more than a year ahead at once."""


class MovableClock:
    """Runs like the real one, ahead of it by what it was moved. ``real`` gives aware UTC."""

    def __init__(
        self, real: Callable[[], datetime] = lambda: datetime.now(UTC), *, ahead: timedelta = timedelta(0)
    ) -> None:
        self._real = real
        self.ahead = ahead

    def now(self) -> datetime:
        return self._real() + self.ahead

    def move_to(self, moment: datetime) -> None:
        """Raises ClockGoesForwardOnly."""
        step = moment - self.now()
        if not timedelta(0) <= step <= FURTHEST_STEP:
            raise ClockGoesForwardOnly(moment.isoformat())
        self.ahead += step


def target(step: str, *, now: datetime, zone: ZoneInfo, wall: str | None = None) -> datetime:
    """The moment that a step leads to: ``hour``, ``tomorrow`` (9:00), ``friday`` (10:00), or ``at`` the wall clock's
    ``wall`` (ISO, without a zone), all in the person's zone. Aware UTC. Raises ValueError."""
    here = now.astimezone(zone)
    if step == "hour":
        return now + timedelta(hours=1)
    if step == "tomorrow":
        local = datetime.combine(here.date() + timedelta(days=1), time(9))
    elif step == "friday":
        local = datetime.combine(here.date() + timedelta(days=(FRIDAY - here.weekday()) % 7), time(10))
        if local <= here.replace(tzinfo=None):
            local += timedelta(days=7)
    elif step == "at" and wall is not None:
        local = datetime.fromisoformat(wall).replace(tzinfo=None)
    else:
        raise ValueError(f"no such step: {step}")
    return local.replace(tzinfo=zone).astimezone(UTC)
