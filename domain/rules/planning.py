"""Goes up the ladder: who is told about which untouched lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.company.keeping import ladder_of
from domain.company.model import Company
from domain.company.topics import ReminderLadder
from domain.notifications.agenda import LadderLead, LadderMark
from domain.notifications.model import Planned
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.rules.ladder import MANAGER, OWNER, ladder_stamp, rungs_for, standing

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
    marks = [_look(uow, lead, ladder, people, company, now=now) for lead in leads]
    await uow.agenda.mark_ladder(marks)
    return len(leads)


def _look(
    uow: UnitOfWork,
    lead: LadderLead,
    ladder: ReminderLadder,
    people: Mapping[int, Staff],
    company: Company,
    *,
    now: datetime,
) -> LadderMark:
    owner = people.get(lead.owner_id or 0)
    leaders = leaders_of(owner, list(people.values()))
    keeper = owner or (leaders[0] if leaders else None)  # nobody's lead climbs by the calendar of who must assign it
    if lead.is_touched or keeper is None:
        return LadderMark(lead_id=lead.id, rung=lead.rung, look_at=None, stamp=ladder_stamp(ladder))
    rungs = rungs_for(ladder, lead.grade)
    stands = standing(
        rungs,
        since=lead.created_at,
        owner=keeper,
        calendar=calendar_of(keeper, company),
        hours=hours_of(keeper),
        now=now,
    )
    is_history = lead.is_first and now - lead.created_at > OLD_NEWS
    comes_to_risk = False
    if stands.reached > lead.rung and not is_history:
        rung = rungs[stands.reached - 1]
        comes_to_risk = rung.at_risk
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
