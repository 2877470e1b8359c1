"""Goes up the ladder: who is told about which untouched lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.apart import LONGEST_PAUSE
from domain.company.keeping import ladder_of
from domain.company.model import Company
from domain.company.topics import ReminderLadder
from domain.notifications.agenda import LadderLead, LadderMark
from domain.notifications.model import Planned
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.rules.ladder import MANAGER, OWNER, Standing, ladder_stamp, rungs_for, standing

OLD_NEWS = timedelta(days=30)


async def plan_ladder(uow: UnitOfWork, now: datetime, *, limit: int) -> int:
    """Look at the leads whose time has come, and plan what must be said; gives how many were looked at.

    A lead that somebody has done something with is not looked at again. After a change of the ladder all open ones are. Of several rungs missed at once, the highest is
    said. A rung is said once a lead. Old leads that came by an import are only marked: My day and the digest have them.
    """
    company = await uow.company.get()
    ladder = ladder_of(company)
    leads = await uow.agenda.list_for_ladder(now, stamp=ladder_stamp(ladder), limit=limit)
    if not leads:
        return 0
    people = {person.id: person for person in await uow.staff.list_active()}
    keepers = {lead.id: _keeper(lead, people) for lead in leads}
    stands = uow.apart.each(
        leads,
        lambda lead: _stands(lead, ladder, keepers[lead.id], company, now=now),
        item=lambda lead: f"ladder:staff:{keeper.id if (keeper := keepers[lead.id]) else None}",
        now=now,
    )
    marks = [_look(uow, lead, ladder, people, stood, now=now) for lead, stood in stands]
    if len(marks) < len(leads):
        known = {mark.lead_id for mark in marks}
        marks += [_later(lead, ladder, now=now) for lead in leads if lead.id not in known]
    await uow.agenda.mark_ladder(marks)
    return len(leads)


def _keeper(lead: LadderLead, people: Mapping[int, Staff]) -> Staff | None:
    """By whose calendar it climbs: nobody's lead by that of who must assign it."""
    owner = people.get(lead.owner_id or 0)
    return owner or next(iter(leaders_of(None, list(people.values()))), None)


def _stands(
    lead: LadderLead, ladder: ReminderLadder, keeper: Staff | None, company: Company, *, now: datetime
) -> Standing | None:
    """None where there is nothing to climb."""
    if lead.is_touched or keeper is None:
        return None
    return standing(
        rungs_for(ladder, lead.grade),
        since=lead.created_at,
        owner=keeper,
        calendar=calendar_of(keeper, company),
        hours=hours_of(keeper),
        now=now,
    )


def _later(lead: LadderLead, ladder: ReminderLadder, *, now: datetime) -> LadderMark:
    """How far it is cannot be told now. It must not stand before the others: their turn would never come."""
    rung = len(rungs_for(ladder, lead.grade)) if _is_history(lead, now) else lead.rung
    return LadderMark(lead_id=lead.id, rung=rung, look_at=now + LONGEST_PAUSE, stamp=ladder_stamp(ladder))


def _is_history(lead: LadderLead, now: datetime) -> bool:
    return lead.is_first and now - lead.created_at > OLD_NEWS


def _look(
    uow: UnitOfWork,
    lead: LadderLead,
    ladder: ReminderLadder,
    people: Mapping[int, Staff],
    stands: Standing | None,
    *,
    now: datetime,
) -> LadderMark:
    if stands is None:
        return LadderMark(lead_id=lead.id, rung=lead.rung, look_at=None, stamp=ladder_stamp(ladder))
    comes_to_risk = False
    if stands.reached > lead.rung and not _is_history(lead, now):
        rung = rungs_for(ladder, lead.grade)[stands.reached - 1]
        comes_to_risk = rung.at_risk
        owner = people.get(lead.owner_id or 0)
        leaders = leaders_of(owner, list(people.values()))
        told = leaders if owner is None or MANAGER in rung.tells else []
        for person in [owner, *told] if owner is not None and OWNER in rung.tells else told:
            uow.plan(_telling(lead, stands.reached, to=person, now=now))
    return LadderMark(
        lead_id=lead.id,
        rung=max(stands.reached, lead.rung),
        look_at=stands.next_at,
        stamp=ladder_stamp(ladder),
        at_risk_at=now if comes_to_risk else None,
    )


def _telling(lead: LadderLead, rung: int, *, to: Staff, now: datetime) -> Planned:
    return Planned(
        key="lead-untouched",
        facts={"lead": lead.id, "rung": rung},
        due_at=now,
        staff_id=to.id,
        about=f"lead:{lead.id}",
        dedupe_key=f"untouched:{lead.id}:{rung}:{to.id}",
    )
