"""Quotas, as the domain asks for them. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from domain.quotas.model import Quota


class QuotaRepository(Protocol):
    async def add_and_remove(self, added: Sequence[Quota], gone: Sequence[Quota]) -> None: ...

    async def list_of(self, staff_ids: Sequence[int], *, first: date, last: date) -> Sequence[Quota]:
        """Of these people, of the months that begin in this time; to be written."""
