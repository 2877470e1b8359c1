"""Customers' points: accounts, the ledger, and what waits to be looked at. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.points.model import Ground, PointAccount, PointEntry, PointGrant
from domain.points.queries import StatementLine


class PointRepository(Protocol):
    async def account_of(self, customer_id: int) -> PointAccount:
        """Locked until the transaction ends; a customer without points gets an empty one."""

    async def find_account(self, customer_id: int) -> PointAccount | None:
        """Only looked at."""

    async def add(self, entry: PointEntry) -> PointEntry:
        """Raises IntegrityError for a turn of a source that is there already."""

    async def add_grant(self, grant: PointGrant) -> PointGrant: ...
    async def is_referred(self, customer_id: int) -> bool:
        """Has somebody been given points for having referred this customer?"""

    async def find_ground(self, source: str) -> Ground | None:
        """What earns or takes points, as it is now; None when it does not (any more): a sale that is not won, an answer that
        was not given, a decision that was undone."""

    async def last_of(self, source: str) -> PointEntry | None: ...
    async def net_of(self, source: str, customer_id: int) -> int:
        """What the lines of a source come to with this customer, without what of it expired."""

    async def earned_by_rule(
        self, *, since: datetime, until: datetime, customer_id: int, contact_id: int | None, staff_id: int | None
    ) -> int:
        """What stands of a day's points by rule: of a customer, or of the person whom they were earned through or given by;
        the colleague is locked, because they may give to two customers at once."""

    async def list_lines(self, customer_id: int, *, below: int | None, limit: int) -> Sequence[StatementLine]:
        """Newest first, with numbers below that one."""

    async def list_expiring(self, now: datetime, *, limit: int) -> Sequence[PointAccount]:
        """Accounts with points whose time is over, locked, without those that somebody else is just writing to."""

    # all of it, for the doctor
    async def list_accounts(self, *, after: int, limit: int) -> Sequence[PointAccount]:
        """By id, those with a greater one."""

    async def list_entries(self, customer_ids: Sequence[int]) -> Mapping[int, Sequence[PointEntry]]:
        """All lines of these customers, by number."""

    async def list_strays(self) -> Sequence[int]:
        """Customers who have lines and no account."""

    # what changed, and may earn or cost points
    async def is_import_under_way(self) -> bool:
        """Then sales are there whose lines are not there yet."""

    async def is_any_waiting(self, now: datetime) -> bool: ...
    async def take_changed(self, *, limit: int) -> Sequence[str]:
        """Sources that changed since, each to be looked at; gone from the list with this transaction."""

    async def look_back(self, kind: str, since: datetime, *, after: int, limit: int) -> int | None:
        """Put on that list what came about since then among the ``limit`` rows of a kind (``opportunity``, ``survey_answer``)
        behind the id ``after``. Gives the id after which to go on, None when that was the end."""
