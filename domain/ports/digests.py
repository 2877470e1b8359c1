"""The team's digest. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.digests.model import Digest, Item, Part, Question, Section


class DigestRepository(Protocol):
    """Digests are nobody's business rows: they are not journaled. The questions are asked for many leaders at once."""

    async def add_all(self, digests: Sequence[Digest]) -> Sequence[Digest]:
        """The same with their ids."""

    async def find(self, digest_id: int) -> Digest | None: ...
    async def find_all(self, digest_ids: Collection[int]) -> Mapping[int, Digest]: ...
    async def find_last(self, staff_id: int, *, until: datetime, weekly: bool) -> Digest | None:
        """``weekly``: of those that sum up the week; else of the others, and of what summed it up in their place."""

    async def list_read(self, staff_ids: Collection[int]) -> Mapping[int, datetime]:
        """By reader, to when they know: the moment of the last digest that they asked for, or after which they said or
        pressed something; who read none, from when on the first told. Whoever had none is not there."""

    async def list_of_owners(
        self, section: Section, question: Question, *, per_owner: int
    ) -> Mapping[int | None, Part]:
        """By owner, each counted whole with the first few. For OVERDUE, SLIPPED, RISK and WON."""

    async def list_unassigned(self, *, shown: int, most: int, after: int = 0) -> Part:
        """Open leads that nobody owns, oldest first, from behind the id ``after`` on; counted up to ``most``."""

    async def list_danger(self, *, now: datetime, most: int) -> Sequence[tuple[Item, int | None]]:
        """Tickets of which a quarter of the time or less is left, the nearest deadline first, each with the owner of its
        customer."""

    async def count_logged(self, staff_ids: Collection[int], *, since: datetime, until: datetime) -> Mapping[int, int]:
        """By who did it, as of when it happened."""

    async def count_new_leads(
        self, owner_ids: Collection[int], *, since: datetime, until: datetime
    ) -> Mapping[int | None, int]:
        """By owner, those of nobody under None."""

    async def count_open_leads(self, owner_ids: Collection[int]) -> Mapping[int, int]: ...
