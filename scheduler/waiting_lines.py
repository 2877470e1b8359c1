"""Who waits for a conversation that could not be written to: nobody overtakes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Key = tuple[str, str]
ASK_AFTER = timedelta(seconds=5)  # what waited may have been withdrawn meanwhile, and never comes back


@dataclass
class Line:
    until: datetime
    asked_at: datetime
    waiting: set[int] = field(default_factory=set)


class WaitingLines:
    """For each conversation that is held up: until when, and which rows were put off for it.

    Who waits may come back late, behind thousands that are due as well, so no time ends a line: it is asked about.
    """

    def __init__(self) -> None:
        self._lines: dict[Key, Line] = {}

    def hold(self, key: Key, row_ids: set[int], *, until: datetime) -> None:
        """Put these rows off."""
        line = self._lines.setdefault(key, Line(until, asked_at=until))
        line.until = max(line.until, until)
        line.asked_at = max(line.asked_at, line.until)
        line.waiting |= row_ids

    def waits_until(self, key: Key, row_ids: set[int], *, now: datetime) -> datetime | None:
        """Until when rows that are ready must wait for others; None when it is their turn.

        Those that were put off themselves go as soon as their time has come: they come back in their own order.
        """
        line = self._lines.get(key)
        if line is None:
            return None
        if now >= line.until and row_ids & line.waiting:
            line.waiting -= row_ids
            if not line.waiting:
                del self._lines[key]
            return None
        return max(line.until, now)

    def doubtful(self, *, now: datetime) -> frozenset[int]:
        """Rows that should have come back by now."""
        late = (line for line in self._lines.values() if now >= line.asked_at + ASK_AFTER)
        return frozenset(row_id for line in late for row_id in line.waiting)

    def told(self, asked: Collection[int], still: Collection[int], *, now: datetime) -> None:
        """Of those asked about only ``still`` are to come: nobody waits for the others any longer."""
        gone = frozenset(asked) - frozenset(still)
        for key, line in list(self._lines.items()):
            if not line.waiting.isdisjoint(asked):
                line.waiting -= gone
                line.asked_at = now
                if not line.waiting:
                    del self._lines[key]
