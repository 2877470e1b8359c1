"""How much one of the staff hears a day: above it, what can wait waits for My day. See docs/decisions/0022."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.notifications.kinds import KIND_OF
from domain.notifications.model import Notification, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import local, start_of_day

NOISE = "noise"  # the preference: messages a day, as digits
MOST_A_DAY = 25
CHOICES = (10, MOST_A_DAY, 50)
OVER_BUDGET = "noise-budget"
# What is as good in My day. Reminders, what somebody gives one to do, and tickets come whatever the day was like.
CAN_WAIT = frozenset({"comments", "untouched", "customers"})


def noise_budget(person: Staff) -> int:
    return int(person.preferences.get(NOISE, MOST_A_DAY))


async def over_budget(
    uow: UnitOfWork, rows: Sequence[Notification], staff: Mapping[int, Staff], *, now: datetime
) -> frozenset[int]:
    """Rows that can wait and would be one too many for their reader's day, counted in the order in which they are given.

    Asks the outbox what people were told since their day began, once for all of them; not at all where nothing can wait.
    """
    waiting = [row for row in rows if _can_wait(row) and row.staff_id in staff]
    if not waiting:
        return frozenset()
    people = [staff[staff_id] for staff_id in sorted({row.staff_id for row in waiting if row.staff_id is not None})]
    days = {person.id: start_of_day(local(now, person.timezone).date(), person.timezone) for person in people}
    heard = dict(await uow.notifications.count_heard(days))
    held = []
    for row in waiting:
        reader = staff[row.staff_id or 0]
        if heard.get(reader.id, 0) >= noise_budget(reader):
            held.append(row.id)
        heard[reader.id] = heard.get(reader.id, 0) + 1
    return frozenset(held)


def _can_wait(row: Notification) -> bool:
    return KIND_OF.get(row.key) in CAN_WAIT and row.edit is None and row.urgency is not Urgency.DIRECT
