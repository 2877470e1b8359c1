"""What leaders do with quotas: set them, month by month, and take them away again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from domain.errors import CrmError, NotAllowed
from domain.notifications.model import Planned
from domain.people.actions import may_look_after
from domain.people.model import Role, Staff
from domain.people.teams import is_within
from domain.ports import UnitOfWork
from domain.quotas.model import Quota
from domain.values.money import Money

Wanted = Mapping[tuple[int, date], Money | None]
"""By person and first day of the month; None takes a quota away."""


class QuotaBelowZero(CrmError):
    code = "quota-below-zero"


def may_set_quota(actor: Staff, person: Staff) -> bool:
    """Admins anybody's, managers those of the reps and agents of their team, and their own."""
    return actor.leads_others and (actor.id == person.id or may_look_after(actor, person))


async def people_with_quotas(uow: UnitOfWork, actor: Staff, *, team: str | None) -> Sequence[Staff]:
    """Whose quotas ``actor`` may set, of one team or of all, by name; who only works on tickets sells nothing."""
    people = [
        each
        for each in await uow.staff.list_active()
        if each.role is not Role.AGENT and may_set_quota(actor, each) and (team is None or is_within(each.team, team))
    ]
    return sorted(people, key=lambda each: each.name)


async def set_quotas(uow: UnitOfWork, actor: Staff, wanted: Wanted, *, now: datetime) -> Mapping[int, int]:
    """Set, change and take away quotas as one action; gives how many months of whom really changed.

    Whoever's they are is told once. Raises NotAllowed, also for somebody who is not there, and QuotaBelowZero.
    """
    ids = sorted({staff_id for staff_id, _ in wanted})
    people = await uow.staff.list_by_ids(ids)
    if len(people) < len(ids) or any(not may_set_quota(actor, person) for person in people):
        raise NotAllowed
    if any(amount is not None and amount.minor < 0 for amount in wanted.values()):
        raise QuotaBelowZero
    months = sorted(month for _, month in wanted)
    standing = await uow.quotas.list_of(ids, first=months[0], last=months[-1]) if months else []
    changed = await _write(uow, {(each.staff_id, each.month): each for each in standing}, wanted, now=now)
    if changed:
        uow.happened("quotas-set")
        _tell(uow, actor, changed, now=now)
    return {staff_id: len(months) for staff_id, months in changed.items()}


async def _write(
    uow: UnitOfWork, standing: Mapping[tuple[int, date], Quota], wanted: Wanted, *, now: datetime
) -> Mapping[int, Mapping[date, Money | None]]:
    changed: dict[int, dict[date, Money | None]] = defaultdict(dict)
    added: list[Quota] = []
    gone: list[Quota] = []
    for (staff_id, month), said in wanted.items():
        quota = standing.get((staff_id, month))
        amount = said if said is not None and said.minor else None
        if (quota.amount if quota is not None else None) == amount:
            continue
        changed[staff_id][month] = amount
        if quota is None and amount is not None:
            added.append(Quota(staff_id=staff_id, month=month, amount=amount, created_at=now))
        elif quota is not None and amount is not None:
            quota.amount = amount
        elif quota is not None:
            gone.append(quota)
    await uow.quotas.add_and_remove(added, gone)
    return changed


def _tell(uow: UnitOfWork, actor: Staff, changed: Mapping[int, Mapping[date, Money | None]], *, now: datetime) -> None:
    for staff_id, months in changed.items():
        if staff_id == actor.id:
            continue
        first = min(months)
        facts = {"who": actor.name, "month": first, "amount": months[first], "more": len(months) - 1}
        uow.plan(Planned(key="quota-changed", facts=facts, due_at=now, staff_id=staff_id))
