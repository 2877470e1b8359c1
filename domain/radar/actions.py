"""What the radar plans, and what people do with its cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.activities.actions import Entry, Logged, log_entry
from domain.activities.model import ActivityKind
from domain.followups.actions import Subject, When
from domain.notifications.model import Planned
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.radar.rules import MOST_A_DAY, RULES, Flagged
from domain.values.zones import at_local, local

WINDOW = 2000  # customers looked at in one go
CALL_WITHIN = timedelta(minutes=30)
CALLED_LATELY = timedelta(days=1)  # a call that nobody made for longer is planned anew
MOST_LOOKED_AT = 20


async def is_anybody_flagged(uow: UnitOfWork, now: datetime) -> bool:
    """Looks without the writer: nearly always there is nobody."""
    return bool(await _flagged(uow, now))


async def _flagged(uow: UnitOfWork, now: datetime) -> Sequence[Flagged]:
    windows = 1 + await uow.radar.largest_id() // WINDOW
    first = int(now.timestamp() // 60) % windows * WINDOW
    return await uow.radar.list_new(RULES, ids=(first, first + WINDOW), now=now)


async def watch_customers(uow: UnitOfWork, now: datetime) -> int:
    """Plan a card for each customer that a rule flags and that was not said for the same cause; gives how many.

    Each minute looks at another window of customers, so that the writer is never held for long.
    """
    flagged = await _flagged(uow, now)
    people = {person.id: person for person in await uow.staff.list_active()}
    owners = sorted({each.owner_id for each in flagged if each.owner_id in people})
    said = Counter(await uow.radar.count_said(owners, since=now - timedelta(hours=20)))
    known: set[int] = set()
    planned = 0
    for each in flagged:
        if each.owner_id not in people or each.customer_id in known or said[each.owner_id] >= MOST_A_DAY:
            continue
        known.add(each.customer_id)
        said[each.owner_id] += 1
        planned += 1
        uow.plan(
            Planned(
                key="radar",
                facts={"customer": each.customer_id, "rule": each.rule},
                due_at=now,
                staff_id=each.owner_id,
                dedupe_key=each.dedupe_key,
                about=f"customer:{each.customer_id}",
            )
        )
    return planned


async def call_today(
    uow: UnitOfWork, actor: Staff, customer_id: int, *, note: str, now: datetime
) -> tuple[datetime, bool]:
    """Plan a call: in half an hour, else when work begins on the next working day; gives when, and whether that is new.

    Pressed again, it is the call that stands: theirs with this customer, under the same ``note``. Raises RecordNotFound.
    """
    await uow.customers.get_for(actor, customer_id)
    planned = await uow.followups.list_open(
        owner_id=actor.id, customer_id=customer_id, due_from=now - CALLED_LATELY, limit=MOST_LOOKED_AT
    )
    standing = next((each for each in planned if each.note == note), None)
    if standing is not None:
        return standing.due_at, False
    today = local(now, actor.timezone).date()
    soon = now + CALL_WITHIN
    if soon >= at_local(today, actor.work_end, actor.timezone):
        next_day = calendar_of(actor, await uow.company.get()).add_workdays(today, 1, hours_of(actor))
        soon = at_local(next_day, actor.work_start, actor.timezone)
    entry = Entry(kind=None, subject=Subject(customer_id=customer_id), note=note, followups=(When(at=soon),))
    await log_entry(uow, actor, entry, now=now)
    return soon, True


async def ignore_flag(uow: UnitOfWork, actor: Staff, customer_id: int, *, reason: str, now: datetime) -> Logged:
    """Keep why as a note with the customer; the same cause is not said again. Raises RecordNotFound."""
    await uow.customers.get_for(actor, customer_id)
    return await log_entry(
        uow, actor, Entry(kind=ActivityKind.NOTE, subject=Subject(customer_id=customer_id), note=reason), now=now
    )
