"""When something that the system chose to say may be said: not in quiet hours, not on free days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.company.model import Company
from domain.people.model import Staff
from domain.values.calendars import Calendar, WorkingHours, read_days
from domain.values.zones import at_local, country_of_zone, local

_ONE_DAY = timedelta(days=1)


def calendar_of(person: Staff, company: Company | None) -> Calendar:
    """The working days where the person is, with what the company entered itself."""
    country = country_of_zone(person.timezone) or (company.country if company else "US")
    return Calendar(
        country=country,
        extra_workdays=read_days(company.extra_workdays if company else ()),
        extra_holidays=read_days(company.extra_holidays if company else ()),
    )


def hours_of(person: Staff) -> WorkingHours:
    """The person's working hours and weekdays; lunch only where it lies within them."""
    start, end = person.lunch_start, person.lunch_end
    lunch = (start, end) if start and end and person.work_start <= start <= end <= person.work_end else None
    weekdays = frozenset(int(day) - 1 for day in person.workdays)
    return WorkingHours(start=person.work_start, end=person.work_end, lunch=lunch, weekdays=weekdays)


def works_on(person: Staff, calendar: Calendar, day: date) -> bool:
    """Is it a working day of the person, who is not absent then?"""
    return calendar.is_workday(day, hours_of(person)) and not is_absent(person, day)


def is_absent(person: Staff, day: date) -> bool:
    """``absent_until`` is the last day away, ``absent_from`` the first one of an absence that is still ahead."""
    has_begun = person.absent_from is None or person.absent_from <= day
    return person.absent_until is not None and has_begun and day <= person.absent_until


def is_quiet(person: Staff, at: time) -> bool:
    """Does the hour lie in the quiet hours? They may go over midnight; equal ends mean none."""
    start, end = person.quiet_start, person.quiet_end
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def may_be_said_at(person: Staff, calendar: Calendar, wanted_at: datetime) -> datetime:
    """The first moment from ``wanted_at`` on that is neither quiet nor on a free day of the person; aware, in UTC.

    On a later day it is the end of the night's quiet hours. Absence does not count here: then a deputy is told, or nobody.
    """
    hours = hours_of(person)
    here = local(wanted_at, person.timezone)
    if calendar.is_workday(here.date(), hours):
        if not is_quiet(person, here.time()):
            return wanted_at
        end = _end_of_quiet(person, here)
        if calendar.is_workday(end, hours):
            return max(wanted_at, at_local(end, person.quiet_end, person.timezone))
        return _morning(person, calendar.next_workday(end, hours))
    return _morning(person, calendar.next_workday(here.date(), hours))


def _end_of_quiet(person: Staff, here: datetime) -> date:
    """The day on which the quiet hours that ``here`` lies in are over."""
    return here.date() if here.time() < person.quiet_end else here.date() + _ONE_DAY


def _morning(person: Staff, day: date) -> datetime:
    """When the quiet hours of a night end; without any then, when work starts, if that is not quiet."""
    at = person.quiet_end
    if not is_quiet(person, time.min):
        at = time.min if is_quiet(person, person.work_start) else person.work_start
    return at_local(day, at, person.timezone)
