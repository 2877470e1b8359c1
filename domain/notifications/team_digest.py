"""What a manager hears of the team: what was logged, what is overdue and whose, new leads, leads at risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.followups.queries import FollowupView
from domain.notifications.agenda import LoggedCount, OverdueCount, WaitingLead, team_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import local, start_of_day

MOST_LEADS = 50


@dataclass(frozen=True, kw_only=True)
class TeamDigest:
    """``since`` and ``until`` are the time that it tells of; ``overdue`` and ``at_risk`` are as things stand at its end."""

    since: datetime
    until: datetime
    team: Sequence[Staff]
    logged: Sequence[LoggedCount]
    overdue: Sequence[OverdueCount]
    new_leads: Sequence[WaitingLead]
    at_risk: Sequence[WaitingLead]

    @property
    def is_empty(self) -> bool:
        return not (self.logged or self.overdue or self.new_leads or self.at_risk)


async def read_digest(uow: UnitOfWork, leader: Staff, *, since: datetime, now: datetime) -> TeamDigest:
    """The digest for one leader, in four statements."""
    team = team_of(leader, list(await uow.staff.list_active()))
    ids = sorted(person.id for person in team)
    today = start_of_day(local(now, leader.timezone).date(), leader.timezone)
    return TeamDigest(
        since=since,
        until=now,
        team=team,
        logged=await uow.agenda.count_logged(ids, since=since, until=now),
        overdue=await uow.agenda.count_overdue(ids, now=now, today=today),
        new_leads=await uow.agenda.list_new_leads(ids, since=since, until=now, limit=MOST_LEADS),
        at_risk=await uow.agenda.list_at_risk(ids, limit=MOST_LEADS),
    )


async def list_overdue(uow: UnitOfWork, digest: TeamDigest, *, per_owner: int) -> Sequence[FollowupView]:
    """The longest overdue of each person in the digest."""
    owners = [each.staff_id for each in digest.overdue]
    return await uow.agenda.list_due(owners, before=digest.until, per_owner=per_owner) if owners else ()
