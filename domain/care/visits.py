"""Return visits (回访): good customers are asked by their owner how things are, at a rhythm that the company sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.company.model import Company
from domain.errors import CrmError, NotAllowed
from domain.followups.actions import Subject, When, plan_followup
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import at_local, local

GRADES = ("A", "B")
SUGGESTED: Mapping[str, int] = {"A": 30, "B": 90}
DAYS = range(7, 366)
AT = time(10)
VISITS_AT_ONCE = 100
MOST_LOOKS = 20
NOTES = {"en": "Return visit: how is everything going?", "zh": "回访：近来使用得怎么样？"}
"""What the follow-up says, in its owner's language; they may change it like any other."""


class WrongRhythm(CrmError):
    code = "wrong-rhythm"

    def __init__(self, *, typed: str) -> None:
        super().__init__(typed=typed, least=DAYS.start, most=DAYS.stop - 1)


@dataclass(frozen=True, kw_only=True)
class DueVisit:
    """A customer whom nobody has spoken to since ``since``, and for whom nothing is planned."""

    customer_id: int
    owner_id: int
    grade: str
    since: datetime


def rhythm(company: Company, grade: str) -> int | None:
    """Every so many days; None: no return visits for that grade."""
    kept = company.settings.get(_setting(grade), "")
    return int(kept) if kept.isdecimal() else None


async def set_rhythms(uow: UnitOfWork, actor: Staff, days: Mapping[str, int | None]) -> Company:
    """None switches a grade off. Raises NotAllowed and WrongRhythm."""
    if not actor.leads_others:
        raise NotAllowed
    company = await uow.company.get()
    kept = dict(company.settings)
    for grade, every in days.items():
        if every is not None and every not in DAYS:
            raise WrongRhythm(typed=str(every))
        kept.pop(_setting(grade), None)
        if every is not None:
            kept[_setting(grade)] = str(every)
    company.settings = kept
    uow.happened("visits-changed")
    return company


async def plan_visits(uow: UnitOfWork, now: datetime) -> int:
    """Give owners a follow-up for each customer who is due; gives how many, at most ``VISITS_AT_ONCE``.

    Only whom nobody spoke to for as long as the rhythm says, and for whom nothing is planned: the follow-up itself makes it
    once, and a mark of the customer and its last conversation makes it once on two machines, also after it was cancelled.
    """
    company = await uow.company.get()
    due = await _due(uow, company, now=now)
    owners = {person.id: person for person in await uow.staff.list_by_ids(sorted({each.owner_id for each in due}))}
    for each, when in uow.apart.each(due, lambda each: _when(owners[each.owner_id], company, now), item=_item, now=now):
        if await uow.outreach.mark(_mark(each), at=now):
            await _plan(uow, each, owners[each.owner_id], when, now=now)
    return len(due)  # of a full batch others wait behind those who were set aside


async def visits_wait(uow: UnitOfWork, now: datetime) -> bool:
    """Looked at before anything is written: most hours nobody is due."""
    return bool(await _due(uow, await uow.company.get(), now=now))


async def _due(uow: UnitOfWork, company: Company, *, now: datetime) -> Sequence[DueVisit]:
    """The first who were not begun yet: those whose visit was cancelled stay due, and must not stand before the others."""
    found: list[DueVisit] = []
    after = 0
    for _ in range(MOST_LOOKS):
        page = await uow.outreach.list_due_visits(_quiet_since(company, now), after=after, limit=VISITS_AT_ONCE)
        begun = await uow.outreach.list_marked([_mark(each) for each in page])
        found += [each for each in page if _mark(each) not in begun and not uow.apart.has(_item(each), now)]
        if len(found) >= VISITS_AT_ONCE or len(page) < VISITS_AT_ONCE:
            break
        after = page[-1].customer_id
    return found[:VISITS_AT_ONCE]


def _mark(due: DueVisit) -> str:
    return f"visit:{due.customer_id}:{due.since.isoformat()}"


def _item(due: DueVisit) -> str:
    """It is their owner's hours that may be unreadable."""
    return f"visits:staff:{due.owner_id}"


def _quiet_since(company: Company, now: datetime) -> Mapping[str, datetime]:
    """By grade: who was last spoken to before then is due."""
    every = {grade: rhythm(company, grade) for grade in GRADES}
    return {grade: now - timedelta(days=days) for grade, days in every.items() if days is not None}


def _when(owner: Staff, company: Company, now: datetime) -> When:
    calendar, hours = calendar_of(owner, company), hours_of(owner)
    day = local(now, owner.timezone).date()
    at = at_local(calendar.next_workday(day + timedelta(days=1), hours), AT, owner.timezone)
    return When(at=at, has_hour=False, chosen=False)


async def _plan(uow: UnitOfWork, due: DueVisit, owner: Staff, when: When, *, now: datetime) -> None:
    note = NOTES["zh" if owner.locale.startswith("zh") else "en"]
    await plan_followup(uow, owner, Subject(customer_id=due.customer_id), when, note=note, now=now)


def _setting(grade: str) -> str:
    return f"visits-{grade}"
