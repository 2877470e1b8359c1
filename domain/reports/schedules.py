"""Reports that come by themselves: kept among the company's settings, so that they are journaled and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from domain.apart import UNREADABLE, Apart
from domain.company.model import Company
from domain.drafts.model import Draft
from domain.errors import CrmError, RecordNotFound
from domain.followups.recurrence import next_after
from domain.groups.model import is_within as is_in_group
from domain.notifications.model import Planned, Urgency
from domain.people.model import Staff
from domain.people.teams import is_within, moved_path
from domain.ports import UnitOfWork
from domain.reports.model import Report
from domain.reports.periods import read_period
from domain.reports.wanted import Wanted, today_of, usual_period

MOST = 50
LATE = timedelta(hours=24)  # what was missed so long ago is not made up for
_PREFIX = "report-schedule:"
SAID_IN_GROUPS = frozenset({"report-due", "report-comes-here"})


class TooManySchedules(CrmError):
    code = "too-many-schedules"

    def __init__(self) -> None:
        super().__init__(limit=MOST)


class NoSuchSchedule(CrmError):
    code = "no-such-schedule"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """``period`` are the words of the time, read anew each time; empty is the report's usual one. ``rule`` is a recurrence
    on the wall clock of ``zone``. ``place`` names a group, None is the owner's own chat. ``begun`` is ISO 8601 in UTC. ``lost``
    is what the group was called where nothing can be said any more, empty where that is not known: then nothing is tried."""

    report: str
    period: str
    person: int | None
    team: str | None
    rule: str
    zone: str
    staff_id: int
    channel: str | None
    place: str | None
    begun: str
    lost: str | None = None

    def latest(self, now: datetime) -> datetime | None:
        """When it was last due by ``now``; None where it was not lately, or has no place to come to."""
        if self.lost is not None:
            return None
        since = max(now - LATE, datetime.fromisoformat(self.begun))
        due = next_after(self.rule, since - timedelta(seconds=1), self.zone, after=since - timedelta(seconds=1))
        latest = None
        while due is not None and due <= now:
            latest, due = due, next_after(self.rule, due, self.zone, after=due)
        return latest

    def following(self, now: datetime) -> datetime | None:
        begun = datetime.fromisoformat(self.begun)
        return next_after(self.rule, begun - timedelta(seconds=1), self.zone, after=now)

    def wanted(self, owner: Staff, now: datetime) -> Wanted:
        today, report = today_of(owner, now), Report(self.report)
        period = read_period(self.period, today)[0] or usual_period(report, today)
        return Wanted(report=report, period=period, person=self.person, team=self.team)


async def list_schedules(uow: UnitOfWork) -> Mapping[int, Schedule]:
    """By their numbers. What cannot be read is left out, and stays where it is: another version may have written it."""
    company = await uow.company.get()
    known: dict[int, Schedule] = {}
    for key in _kept(company):
        with suppress(*UNREADABLE):
            known.update([_read(company, key)])
    return dict(sorted(known.items()))


def unreadable_schedules(company: Company, now: datetime) -> list[str]:
    """Where in the company's settings those are kept of which nothing can come by ``now``."""
    apart, kept = Apart(), _kept(company)
    found = apart.each(kept, lambda key: _read(company, key)[1].latest(now), item=str, now=now)
    return sorted(set(kept) - {key for key, _ in found})


def _kept(company: Company) -> list[str]:
    return [key for key in company.settings if key.startswith(_PREFIX)]


def _read(company: Company, key: str) -> tuple[int, Schedule]:
    return int(key.removeprefix(_PREFIX)), Schedule(**json.loads(company.settings[key]))


async def keep_schedule(uow: UnitOfWork, schedule: Schedule) -> int:
    """Gives its number. Raises TooManySchedules."""
    known = await list_schedules(uow)
    if len(known) >= MOST:
        raise TooManySchedules
    # Never given out again: a button on an old list must not stop another one.
    number = max(int(datetime.fromisoformat(schedule.begun).timestamp()), max(known, default=0) + 1)
    await _write(uow, number, schedule)
    uow.happened("report-scheduled")
    return number


async def place_schedule(uow: UnitOfWork, number: int, schedule: Schedule) -> None:
    """It comes somewhere else from now on. Raises NoSuchSchedule."""
    if number not in await list_schedules(uow):
        raise NoSuchSchedule
    await _write(uow, number, schedule)
    uow.happened("report-moved")


async def lose_group(uow: UnitOfWork, channel: str, group: str, *, now: datetime) -> None:
    """Nothing can be said in this group, or thread, any more: what came there by itself waits, and who set it is told once."""
    titles = await uow.known_groups.titles_of({(channel, group.partition("/")[0])})
    for number, kept in (await list_schedules(uow)).items():
        if kept.lost is None and kept.channel == channel and is_in_group(kept.place or "", group):
            await _write(uow, number, replace(kept, lost=next(iter(titles.values()), "")))
            uow.happened("report-group-lost")
            facts = {"schedule": number}
            uow.plan(Planned(key="report-group-lost", facts=facts, due_at=now, staff_id=kept.staff_id))


async def _write(uow: UnitOfWork, number: int, schedule: Schedule) -> None:
    (await uow.company.get()).settings[f"{_PREFIX}{number}"] = json.dumps(asdict(schedule), ensure_ascii=False)


async def stop_schedule(uow: UnitOfWork, number: int) -> None:
    """Raises NoSuchSchedule."""
    if (await uow.company.get()).settings.pop(f"{_PREFIX}{number}", None) is None:
        raise NoSuchSchedule
    uow.happened("report-stopped")


async def follow_team(uow: UnitOfWork, old: str, new: str) -> None:
    """The team, or one that this is part of, has another path now: what comes by itself about it goes on coming."""
    for number, kept in (await list_schedules(uow)).items():
        if is_within(kept.team, old):
            await _write(uow, number, replace(kept, team=moved_path(kept.team or "", old, new)))


async def follow_group(uow: UnitOfWork, channel: str, old: str, new: str) -> None:
    """The group has another key: what comes by itself into it, or into a thread of it, goes on coming."""
    for number, kept in (await list_schedules(uow)).items():
        place = kept.place or ""
        if kept.channel == channel and is_in_group(place, old):
            await _write(uow, number, replace(kept, place=new + place[len(old) :]))


async def plan_reports(uow: UnitOfWork, now: datetime) -> int:
    """Put what has come due into the outbox, each moment once; gives how many."""
    company = await uow.company.get()
    looked = uow.apart.each(_kept(company), lambda key: _look(company, key, now), item=_item, now=now)
    due = {
        f"report:{number}:{moment.isoformat()}": (number, schedule, moment)
        for _, (number, schedule, moment) in looked
        if moment is not None
    }
    known = await uow.notifications.list_known(sorted(due)) if due else frozenset()
    planned = 0
    for key, (number, schedule, moment) in due.items():
        if key not in known:
            planned += await _plan(uow, number, schedule, key=key, at=moment, now=now)
    return planned


def _look(company: Company, key: str, now: datetime) -> tuple[int, Schedule, datetime | None]:
    number, schedule = _read(company, key)
    return number, schedule, schedule.latest(now)


def _item(key: str) -> str:
    return f"reports:{key}"


async def is_any_scheduled(uow: UnitOfWork, now: datetime) -> bool:
    return bool(_kept(await uow.company.get()))


async def _plan(uow: UnitOfWork, number: int, schedule: Schedule, *, key: str, at: datetime, now: datetime) -> int:
    try:
        owner = await uow.staff.get(schedule.staff_id)
    except RecordNotFound:
        return 0
    if not owner.is_active or not owner.leads_others:
        return 0
    asked = uow.apart.each(
        [schedule], lambda one: one.wanted(owner, now), item=lambda _: f"reports:staff:{owner.id}:{number}", now=now
    )
    if not asked:
        return 0
    [(_, wanted)] = asked
    draft = await uow.drafts.add(
        Draft(
            staff_id=owner.id,
            kind="report",
            content=wanted.kept(),
            channel=schedule.channel or "",
            place=schedule.place or "",
            created_at=now,
            updated_at=now,
        )
    )
    group: dict[str, Any] = {}
    if schedule.place is not None:
        extra = {"locale": owner.locale, "timezone": owner.timezone, "masked": True}
        group = {"channel": schedule.channel, "place": schedule.place, "extra": extra}
    uow.plan(
        Planned(
            key="report-due",
            facts={"draft": draft.id, "owner": owner.id, **wanted.kept()},
            due_at=at,
            staff_id=None if group else owner.id,
            urgency=Urgency.DIGEST,
            chosen=True,
            dedupe_key=key,
            **group,
        )
    )
    return 1
