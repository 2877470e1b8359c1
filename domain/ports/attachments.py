"""Files that people sent. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.attachments.model import AttachedFile, Attachment, Fetched, Shown


class Attachments(Protocol):
    """What belongs to records, and the files behind it. Records are ``lead``, ``customer`` and ``activity``; whoever asks
    has loaded the record for its reader."""

    async def add(self, attachment: Attachment) -> Attachment: ...
    async def list_of(self, record: str, record_id: int, *, limit: int, before: int | None = None) -> Sequence[Shown]:
        """Newest first, also what belongs to the record's activities; ``before`` an attachment's id."""

    async def count_of(self, record: str, record_id: int) -> int: ...
    async def count_of_tickets(self, ticket_ids: Sequence[int]) -> Mapping[int, int]:
        """How many belong to each of those tickets that have any."""

    async def list_shown(self, ids: Sequence[int]) -> Sequence[Shown]:
        """These attachments, by id."""

    async def add_file(self, file: AttachedFile) -> AttachedFile: ...
    async def list_files(self, ids: Sequence[int]) -> Sequence[AttachedFile]:
        """By id."""

    async def list_album(self, channel: str, place: str, album: str, *, limit: int) -> Sequence[AttachedFile]:
        """What was sent together, by id."""

    async def list_using(self, file_ids: Sequence[int]) -> Sequence[Attachment]:
        """The attachments of these files, by id."""

    async def count_waiting(self) -> int:
        """How many files are still to be fetched."""

    async def next_fetch(self, channels: Sequence[str]) -> datetime | None:
        """When a waiting file of these channels is to be fetched next, which may be past; None when none waits."""

    async def claim_fetches(
        self, *, channels: Sequence[str], limit: int, lease: timedelta, holder: str
    ) -> Sequence[AttachedFile]:
        """Lease waiting files that are due and count the attempt. By the real clock."""

    async def settle_fetch(self, fetched: Fetched) -> bool:
        """Write what became of an attempt; False when it was claimed again meanwhile, and nothing was written."""

    async def fetch_holders(self) -> Sequence[str]:
        """Who holds leases now, as ``claim_fetches`` was told."""

    async def release_fetches(self, holders: Sequence[str]) -> int:
        """Give back at once the leases of these holders; gives how many."""

    async def mark_unused(self, now: datetime, *, after: int, limit: int) -> int | None:
        """Of so many kept files above an id, note since when nothing refers to them; what is used again is unmarked.
        Gives the last id looked at, None at the end."""

    async def remove_unused(self, before: datetime, *, limit: int) -> Sequence[str]:
        """Forget the bytes of files that were unused since before then; gives their names in the store."""

    async def list_stored(self, names: Sequence[str]) -> frozenset[str]:
        """Which of these names of the store some file has."""


class FileStore(Protocol):
    """Where bytes are kept, outside the database. Everything here blocks."""

    def put(self, content: bytes) -> str:
        """Keep; gives a random name. It is on the disk when this returns. Raises OSError."""

    def get(self, name: str) -> bytes:
        """Raises OSError, also for a name that nothing is kept under."""

    def remove(self, name: str) -> None:
        """What is not there needs no removing."""

    def names_before(self, moment: datetime) -> Sequence[str]:
        """What was put before then."""
