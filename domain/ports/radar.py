"""Customers who may be slipping away. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.radar.rules import Flagged, Rule


class Radar(Protocol):
    async def largest_id(self) -> int:
        """Of a customer; 0 where there is none."""

    async def list_new(self, rules: Sequence[Rule], *, ids: tuple[int, int], now: datetime) -> Sequence[Flagged]:
        """Customers with an owner, their ids from the first to below the second, whom a rule flags for a cause that was not
        said yet: by the order of the rules, those of grade A first. A statement a rule."""

    async def count_said(self, owner_ids: Sequence[int], *, since: datetime) -> Mapping[int, int]:
        """How many of its cards were planned for each of them since then."""

    async def still(self, rule: Rule, customer_ids: Sequence[int], *, now: datetime) -> Mapping[int, datetime | None]:
        """Those of them whom the rule still flags, with their last contact."""
