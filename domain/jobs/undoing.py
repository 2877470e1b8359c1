"""Undo that is too long for one transaction, and the cards of what an undo of any length put back."""

from __future__ import annotations

from datetime import datetime

from domain.company.changing import tell_put_back
from domain.handovers.actions import tell_taken_back
from domain.jobs.model import Job
from domain.notifications.standing import edit_cards_of
from domain.ports import UnitOfWork
from domain.tickets.telling import refresh_cards_of, refresh_queues

MOST_TOUCHED = 1000  # changes of one action that are looked through for records whose cards may stand
# What a record of each table is called: by its cards, their notice (``followup-card``) and the notice's fact.
CALLED = {"followups": "followup", "approvals": "approval", "inquiries": "inquiry"}


async def go_on_undoing(uow: UnitOfWork, job: Job, now: datetime) -> None:
    undone = job.facts["undoes"]
    if await uow.journal.go_on_undoing(job, now=now):
        await show_what_was_put_back(uow, undone, now=now)


async def show_what_was_put_back(uow: UnitOfWork, action_id: int, *, now: datetime) -> None:
    """Cards of what this action had changed show it as it is again, in a few statements however many they are. Who had got
    records hears that they are theirs no longer, and who heard of a setting that it is as it was."""
    await tell_taken_back(uow, action_id, now=now)
    await tell_put_back(uow, action_id, now=now)
    touched: dict[str, set[int]] = {}
    changed = await uow.journal.touched_by([action_id], most=MOST_TOUCHED)
    for table, row_id in changed.get(action_id, ()):
        touched.setdefault(table, set()).add(row_id)
    for table, name in CALLED.items():
        records = {f"{name}:{row_id}": {name: row_id} for row_id in sorted(touched.get(table, ()))}
        await edit_cards_of(uow, records, key=f"{name}-card", now=now)
    await refresh_cards_of(uow, sorted(touched.get("tickets", ())), now=now)
    if "inquiries" in touched and "tickets" not in touched:
        await refresh_queues(uow, now=now)
