"""Digests come due: at each leader's own hour, on their days, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.company.model import Company
from domain.digests.habits import (
    digest_moment,
    is_digest_day,
    last_digest_moment,
    previous_digest_day,
    sums_up_week,
)
from domain.digests.model import Digest
from domain.notifications.kinds import Wish, wish
from domain.notifications.model import Planned, Urgency
from domain.notifications.quiet import is_absent
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import local

FURTHEST = timedelta(days=14)  # what is older than that is history, for a report
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Due:
    leader: Staff
    day: date
    at: datetime
    weekly: bool

    @property
    def dedupe_key(self) -> str:
        return f"digest:{self.leader.id}:{self.day.isoformat()}"


async def plan_digests(uow: UnitOfWork, now: datetime, *, ahead: timedelta, limit: int) -> int:
    """Put the digests that come within ``ahead``, or were missed today, into the outbox; gives how many."""
    company = await uow.company.get()
    leaders = [person for person in await uow.staff.list_active() if person.leads_others]
    looked = uow.apart.each(
        leaders,
        lambda leader: _due(leader, company, now, ahead=ahead),
        item=lambda leader: f"digests:staff:{leader.id}",
        now=now,
    )
    due = [found for _, found in looked if found is not None]
    if not due:
        return 0
    known = await uow.notifications.list_known([each.dedupe_key for each in due])
    new = [each for each in due if each.dedupe_key not in known][:limit]
    for each, digest in zip(new, await _add(uow, new, company), strict=True):
        uow.plan(_planned(each, digest))
        if digest.weekly:  # a picture by itself: the text is edited by its buttons, and must stay a text
            uow.plan(replace(_planned(each, digest), key="digest-chart", dedupe_key=f"{each.dedupe_key}:chart"))
            satisfied = f"{each.dedupe_key}:satisfaction"
            uow.plan(replace(_planned(each, digest), key="digest-satisfaction", dedupe_key=satisfied))
    return len(new)


def _due(leader: Staff, company: Company, now: datetime, *, ahead: timedelta) -> Due | None:
    """Whoever was added after the hour begins with the next day."""
    day = local(now + ahead, leader.timezone).date()
    at = digest_moment(leader, day)
    if not at - ahead <= now < last_digest_moment(leader, day) or at < leader.created_at <= now:
        return None
    if wish(leader, "digest") is Wish.OFF or is_absent(leader, day) or not is_digest_day(leader, company, day):
        return None
    return Due(leader=leader, day=day, at=at, weekly=sums_up_week(leader, company, day))


async def _add(uow: UnitOfWork, due: Sequence[Due], company: Company) -> Sequence[Digest]:
    if not due:
        return ()
    read = await uow.digests.list_read([each.leader.id for each in due])
    return await uow.digests.add_all(
        [
            Digest(
                staff_id=each.leader.id,
                weekly=each.weekly,
                since=since(each.leader, company, each.day, at=each.at, read=read, weekly=each.weekly),
                at=each.at,
            )
            for each in due
        ]
    )


def since(
    leader: Staff, company: Company, day: date, *, at: datetime, read: Mapping[int, datetime], weekly: bool = False
) -> datetime:
    """From when a digest at ``at`` tells: the last one that its reader read, else the working day before; a week's
    goes back a week at least, and none further than FURTHEST."""
    before = read.get(leader.id)
    if before is None or before >= at:
        before = digest_moment(leader, previous_digest_day(leader, company, day))
    if weekly:
        before = min(before, at - WEEK)
    return max(before, at - FURTHEST)


def _planned(due: Due, digest: Digest) -> Planned:
    return Planned(
        key="digest",
        facts={"digest": digest.id, "day": due.day},
        due_at=due.at,
        staff_id=due.leader.id,
        urgency=Urgency.DIGEST,
        chosen=True,
        dedupe_key=due.dedupe_key,
    )


async def digest_now(uow: UnitOfWork, leader: Staff, *, now: datetime, weekly: bool = False) -> Digest:
    """The digest of the leader's today: the one that was said, else one that is made now, and has been read thereby.
    ``weekly``: of the last seven days."""
    today = local(now, leader.timezone).date()
    last = await uow.digests.find_last(leader.id, until=now, weekly=weekly)
    if last is not None and local(last.at, leader.timezone).date() == today:
        return last
    company = await uow.company.get()
    read = await uow.digests.list_read([leader.id])
    begins = since(leader, company, today, at=now, read=read, weekly=weekly)
    [made] = await uow.digests.add_all([Digest(staff_id=leader.id, asked=True, weekly=weekly, since=begins, at=now)])
    return made
