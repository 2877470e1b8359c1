"""Numbers over many rows. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.people.model import Staff
from domain.reports.model import Asked, Cell, Counted, CountedRow


class Reports(Protocol):
    """Counts only what the asker may see, and opens just the rows that it counted."""

    async def read(self, actor: Staff, asked: Asked) -> Sequence[Counted]:
        """All lines of a report, in the order of its sections; a statement a section, one more for sums and medians."""

    async def list_rows(
        self, actor: Staff, asked: Asked, cell: Cell, *, after: int | None = None, limit: int
    ) -> Sequence[CountedRow]:
        """What one number counts, newest first, those with smaller ids than ``after``. Raises LookupError for a number
        that the report does not have."""
