"""When a leader hears the digest, and what of it: kept among the person's preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.company.model import Company
from domain.digests.model import Section
from domain.notifications.days import BEFORE_WORK, day_moment
from domain.notifications.preferences import prefer
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import at_local

AT, DAYS, WEEKLY, WITHOUT, FROM = "digest-at", "digest-days", "digest-weekly", "digest-without", "digest-from"
NEVER = "0"  # no day of the week
MONDAY = "1"
MOST_NEEDED = 99


@dataclass(frozen=True, kw_only=True)
class DigestHabits:
    """``at`` None: with My day, half an hour before work. ``days`` are ISO weekdays, or None for the person's own
    working days. ``weekly`` is the weekday that sums up the week, NEVER for none. Overdue follow-ups are said from
    ``threshold`` on."""

    at: time | None = None
    days: str | None = None
    weekly: str = MONDAY
    without: frozenset[Section] = frozenset()
    threshold: int = 1


def digest_habits(person: Staff) -> DigestHabits:
    chosen = person.preferences
    left_out = frozenset(Section(name) for name in chosen.get(WITHOUT, "").split() if name in set(Section))
    return DigestHabits(
        at=time.fromisoformat(chosen[AT]) if AT in chosen else None,
        days=chosen.get(DAYS),
        weekly=chosen.get(WEEKLY, MONDAY),
        without=left_out,
        threshold=int(chosen.get(FROM, "1")),
    )


async def change_digest(uow: UnitOfWork, actor: Staff, habits: DigestHabits) -> Staff:
    """What is as it would be anyway is not kept."""
    prefer(actor, AT, f"{habits.at:%H:%M}" if habits.at is not None else None)
    prefer(actor, DAYS, habits.days)
    prefer(actor, WEEKLY, habits.weekly if habits.weekly != MONDAY else None)
    prefer(actor, WITHOUT, " ".join(sorted(habits.without)) or None)
    prefer(actor, FROM, str(habits.threshold) if habits.threshold != 1 else None)
    uow.happened("settings-changed", staff=actor.id)
    return actor


def digest_moment(person: Staff, day: date) -> datetime:
    """When the digest is said on that day; aware UTC."""
    chosen = digest_habits(person).at
    return at_local(day, chosen, person.timezone) if chosen is not None else day_moment(person, day)


def last_digest_moment(person: Staff, day: date) -> datetime:
    """Until when it is worth saying: a missed one is caught up until work ends."""
    return max(at_local(day, person.work_end, person.timezone), digest_moment(person, day) + BEFORE_WORK)


def is_digest_day(person: Staff, company: Company | None, day: date) -> bool:
    """On the days the person named, else on working days; never on a holiday. Being away is asked apart."""
    chosen = digest_habits(person).days
    calendar, hours = calendar_of(person, company), hours_of(person)
    if chosen is None:
        return calendar.is_workday(day, hours)
    is_holiday = str(day.isoweekday()) in person.workdays and not calendar.is_workday(day, hours)
    return str(day.isoweekday()) in chosen and not is_holiday


def previous_digest_day(person: Staff, company: Company | None, day: date) -> date:
    """The working day before."""
    return calendar_of(person, company).add_workdays(day, -1, hours_of(person))


def sums_up_week(person: Staff, company: Company | None, day: date) -> bool:
    """On the weekday that the person named, or the first day of a digest after it when it was a day off."""
    weekly = digest_habits(person).weekly
    if weekly == NEVER or not is_digest_day(person, company, day):
        return False
    back = (day.isoweekday() - int(weekly)) % 7
    between = (date.fromordinal(day.toordinal() - number) for number in range(1, back + 1))
    return not any(is_digest_day(person, company, before) for before in between)
