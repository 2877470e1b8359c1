"""My day: when it is said, and what stands in it, read for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from domain.care.occasions import endings_on, falls_on
from domain.company.model import Company
from domain.followups.queries import FollowupView
from domain.notifications.agenda import (
    WITHOUT_NEXT_STEP_DAYS,
    Due,
    IdleRecord,
    WaitingLead,
    due_state,
)
from domain.notifications.kinds import Wish, wish
from domain.notifications.model import Planned, Urgency
from domain.notifications.quiet import calendar_of, hours_of, is_absent, works_on
from domain.people.model import Staff
from domain.ports import BirthdayOf, UnitOfWork
from domain.values.zones import at_local, end_of_day, local

BEFORE_WORK = timedelta(minutes=30)
DAY_AT = "day-at"  # the preference that names another hour, as HH:MM
MOST_DUE, MOST_LEADS, MOST_IDLE = 60, 40, 20

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Day:
    """What one person has to do, with what falls to them for those whose deputy they are."""

    reader: Staff
    overdue: Sequence[FollowupView]
    today: Sequence[FollowupView]
    untouched: Sequence[WaitingLead]
    idle: Sequence[IdleRecord]
    birthdays: Sequence[BirthdayOf] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.today or self.untouched or self.idle or self.birthdays)


# ---------------------------------------------------------------- when


def day_moment(person: Staff, day: date) -> datetime:
    """When My day is said on a working day: at the hour the person set, else half an hour before work; aware UTC."""
    chosen = person.preferences.get(DAY_AT)
    if chosen is not None:
        return at_local(day, time.fromisoformat(chosen), person.timezone)
    start = datetime.combine(day, person.work_start)
    return at_local(day, max(start - BEFORE_WORK, datetime.combine(day, time.min)).time(), person.timezone)


def last_moment(person: Staff, day: date) -> datetime:
    """Until when it is worth saying: a missed run is caught up until work ends."""
    return max(at_local(day, person.work_end, person.timezone), day_moment(person, day) + BEFORE_WORK)


def previous_moment(person: Staff, company: Company | None, now: datetime) -> datetime:
    """The hour of My day on the working day before the reader's today: since then a digest counts."""
    today = local(now, person.timezone).date()
    return day_moment(person, calendar_of(person, company).add_workdays(today, -1, hours_of(person)))


def planned_day(person: Staff, company: Company | None, now: datetime, *, ahead: timedelta) -> Planned | None:
    """My day of the person's today, if it comes within ``ahead`` or was missed today; None otherwise.

    Whoever was added after the hour begins with the next day.
    """
    day = local(now + ahead, person.timezone).date()
    at = day_moment(person, day)
    if not at - ahead <= now < last_moment(person, day) or at < person.created_at <= now:
        return None
    if wish(person, "day") is Wish.OFF or not works_on(person, calendar_of(person, company), day):
        return None
    return Planned(
        key="my-day",
        facts={"day": day},
        due_at=at,
        staff_id=person.id,
        urgency=Urgency.DIGEST,
        chosen=True,
        dedupe_key=f"myday:{person.id}:{day.isoformat()}",
    )


# ---------------------------------------------------------------- what


async def read_days(uow: UnitOfWork, readers: Sequence[Staff], *, now: datetime) -> Mapping[int, Day]:
    """The day of each reader as it stands at ``now``, by their id; a few statements for all of them."""
    if not readers:
        return {}
    falls_to = await _falls_to(uow, readers, now)
    owners = sorted(falls_to)
    ends = max(end_of_day(local(now, reader.timezone).date(), reader.timezone) for reader in readers)
    due = _by_reader(await uow.agenda.list_due(owners, before=ends, per_owner=MOST_DUE), falls_to)
    leads = _by_reader(await uow.agenda.list_untouched(owners, per_owner=MOST_LEADS), falls_to)
    week_ago = max(_week_ago(reader, now) for reader in readers)
    idle = _by_reader(await uow.agenda.list_idle(owners, since=week_ago, per_owner=MOST_IDLE), falls_to)
    born = _by_reader(await _birthdays(uow, readers, owners, now), falls_to)
    return {
        reader.id: _day(reader, due[reader.id], leads[reader.id], idle[reader.id], born[reader.id], now=now)
        for reader in readers
    }


async def _birthdays(
    uow: UnitOfWork, readers: Sequence[Staff], owners: Sequence[int], now: datetime
) -> Sequence[BirthdayOf]:
    """Of the day that it is where most of the readers are, and of its neighbours elsewhere."""
    endings = {end for day in {local(now, reader.timezone).date() for reader in readers} for end in endings_on(day)}
    return await uow.outreach.list_birthdays(owners, sorted(endings))


def _week_ago(reader: Staff, now: datetime) -> datetime:
    """The end of the day a week ago, where the reader is: days are counted, not hours."""
    return end_of_day(local(now, reader.timezone).date() - timedelta(days=WITHOUT_NEXT_STEP_DAYS), reader.timezone)


async def _falls_to(uow: UnitOfWork, readers: Sequence[Staff], now: datetime) -> Mapping[int, int]:
    """Owner -> the reader who looks after their records today: themselves, or the deputy while they are away."""
    wanted = {reader.id for reader in readers}
    falls_to = {reader.id: reader.id for reader in readers}
    for person in await uow.staff.list_with_deputies(wanted):
        if person.deputy_id is not None and is_absent(person, local(now, person.timezone).date()):
            falls_to.setdefault(person.id, person.deputy_id)
    return falls_to


def _by_reader(items: Iterable[Item], falls_to: Mapping[int, int]) -> Mapping[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        found[falls_to[item.owner_id]].append(item)  # type: ignore[attr-defined]
    return found


def _day(
    reader: Staff,
    due: Sequence[FollowupView],
    leads: Sequence[WaitingLead],
    idle: Sequence[IdleRecord],
    born: Sequence[BirthdayOf],
    *,
    now: datetime,
) -> Day:
    states = [(due_state(view, now=now, zone=reader.timezone), view) for view in due]
    today = [view for state, view in states if state is Due.TODAY]
    return Day(
        reader=reader,
        overdue=[view for state, view in states if state is Due.OVERDUE],
        today=sorted(today, key=lambda view: (not view.has_hour, view.due_at)),
        untouched=leads,
        idle=[record for record in idle if record.since < _week_ago(reader, now)],
        birthdays=[each for each in born if falls_on(each.kept, local(now, reader.timezone).date())],
    )
