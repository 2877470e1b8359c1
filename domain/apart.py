"""What cannot be read is set aside for a while, so that it holds up nobody else.

Another version, a hand, or a machine that knows other time zones may have written it. See docs/decisions/0044.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What reading a stored value raises. Of a database that fails nothing is to blame on the one that was looked at."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
T = TypeVar("T")
Read = TypeVar("Read")


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """``item`` says who looked and at what, by its id: ``days:staff:5``. ``error`` names the kind alone: its text may
    quote what was read."""

    item: str
    error: str
    times: int
    until: datetime


class Apart:
    """Kept in memory by each process: nothing is written for it, and a start looks at everything anew."""

    def __init__(self) -> None:
        self._kept: dict[str, SetAside] = {}
        self._new: list[SetAside] = []

    def has(self, item: str, now: datetime) -> bool:
        return item in self._kept and now < self._kept[item].until

    def put(self, item: str, error: Exception, now: datetime) -> None:
        """Until after a pause that doubles each time, up to an hour."""
        times = self._kept[item].times + 1 if item in self._kept else 1
        until = now + min(FIRST_PAUSE * 2 ** min(times - 1, 10), LONGEST_PAUSE)
        self._kept[item] = SetAside(item=item, error=type(error).__name__, times=times, until=until)
        self._new.append(self._kept[item])

    def each(
        self, things: Iterable[T], read: Callable[[T], Read], *, item: Callable[[T], str], now: datetime
    ) -> list[tuple[T, Read]]:
        """Each thing with what ``read`` made of it, without those that it fails at.

        ``read`` only reads and reckons: what it began to write when it failed would be kept with the others'.
        """
        found = []
        for thing in things:
            if self._kept and self.has(item(thing), now):
                continue
            try:
                made = read(thing)
            except UNREADABLE as error:
                self.put(item(thing), error, now)
                continue
            if self._kept:
                self._kept.pop(item(thing), None)
            found.append((thing, made))
        return found

    def take_new(self) -> list[SetAside]:
        """What was set aside since this was asked last, to be logged."""
        new, self._new = self._new, []
        return new
