"""Who waits for a conversation that could not be written to: nobody overtakes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

Key = tuple[str, str]
FORGET_AFTER = timedelta(seconds=30)  # what waited may have been withdrawn meanwhile, and never comes back


@dataclass
class Line:
    until: datetime
    waiting: set[int] = field(default_factory=set)


class WaitingLines:
    """For each conversation that is held up: until when, and which rows were put off for it."""

    def __init__(self) -> None:
        self._lines: dict[Key, Line] = {}

    def hold(self, key: Key, row_ids: set[int], *, until: datetime) -> None:
        """Put these rows off."""
        line = self._lines.setdefault(key, Line(until))
        line.until = max(line.until, until)
        line.waiting |= row_ids

    def waits_until(self, key: Key, row_ids: set[int], *, now: datetime) -> datetime | None:
        """Until when rows that are ready must wait for others; None when it is their turn.

        Those that were put off themselves go as soon as their time has come: they come back in their own order.
        """
        line = self._lines.get(key)
        if line is None:
            return None
        if now > line.until + FORGET_AFTER:
            del self._lines[key]
            return None
        if now >= line.until and row_ids & line.waiting:
            line.waiting -= row_ids
            if not line.waiting:
                del self._lines[key]
            return None
        return max(line.until, now)
