"""Who changed what, and long actions under way. See ``domain.ports``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.jobs.model import Job, Told
from domain.journal.model import ActionRecord, ChangeRecord, Deletion
from domain.people.model import Staff
from domain.records import HistoryLine


class Journal(Protocol):
    async def actions_of(self, staff_id: int, *, limit: int) -> Sequence[ActionRecord]: ...
    async def list_actions(
        self,
        staff_ids: Sequence[int] | None,
        *,
        since: datetime,
        names: Sequence[str] = (),
        before: int | None = None,
        limit: int,
    ) -> Sequence[ActionRecord]:
        """Newest first, of these people (None: of everybody, the system and the operator too), whose names begin with one of
        ``names``; ``before`` an action's id."""

    async def list_deletions(
        self, staff_ids: Sequence[int] | None, *, before: int | None = None, limit: int
    ) -> Sequence[Deletion]:
        """Newest first, of these people (None: of everybody), what took records away and still stands."""

    async def get_action(self, action_id: int) -> ActionRecord: ...
    async def changes_of(self, action_id: int, *, limit: int | None = None) -> Sequence[ChangeRecord]:
        """In the order in which they were made; the first ``limit`` of them."""

    async def touched_by(self, action_ids: Sequence[int], *, most: int) -> Mapping[int, Sequence[tuple[str, int]]]:
        """By action: the tables and ids of its first changes, ``most`` an action; those that changed nothing are left out."""

    async def touched_lately(self, *, since: datetime, most: int) -> Mapping[int, datetime]:
        """Whose records changed since then, and when last, as the ``most`` latest changes tell; by the id of staff."""

    async def history_of(self, table: str, row_id: int, *, limit: int) -> Sequence[HistoryLine]:
        """Newest first, one line an action; of a record with its phones and e-mails."""

    async def undo(self, action_id: int, *, actor: Staff, now: datetime, told: Told | None = None) -> ActionRecord:
        """Put back what an action changed, all or nothing, and withdraw what it planned and did not send.

        What is too much for one transaction becomes a job: ``is_under_way`` in the answer says so, and its end is said
        at ``told``. A job that still works on the action stops. Raises UndoRefused naming who changed it since,
        NothingToUndo when there is no such action, RecordNotFound when it is not theirs to undo (any more).
        """

    async def revise(self, action_ids: Sequence[int], *, actor: Staff, now: datetime) -> None:
        """Put back what short actions changed, each after the one before it, as a part of the action under way, which writes
        it anew: its undo brings back what the last of them left. Raises what ``undo`` raises."""

    async def take_back(self, action_id: int, *, now: datetime) -> None:
        """Undo what a job wrote before it failed, whoever began it."""

    async def go_on_undoing(self, job: Job, *, now: datetime) -> bool:
        """The next chunk of a long undo; True with the last one, once all is put back."""


class JobRepository(Protocol):
    """Long actions under way. Each is locked when it is found. They are due by the real clock, as leases are."""

    async def add(self, job: Job, *, after: timedelta = timedelta()) -> Job: ...
    async def is_any_due(self) -> bool:
        """Only looked at: nothing is locked."""

    async def find_due(self) -> Job | None:
        """The one that waited longest and that nobody else works on."""

    async def find(self, job_id: int) -> Job | None: ...

    async def find_of(self, action_id: int) -> Job | None: ...
    async def keep(self, job: Job) -> None:
        """Write down how far it is."""

    async def postpone(self, job: Job, pause: timedelta) -> None:
        """Write it down, due again after the pause."""

    async def count_failing(self, *, attempts: int) -> int:
        """How many failed so often, one time after the other."""

    async def remove(self, job: Job) -> None: ...
