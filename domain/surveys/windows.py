"""When customers are asked: in the middle of a working morning or afternoon of theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta

from domain.company.model import Company
from domain.ports import UnitOfWork
from domain.values.calendars import Calendar, read_days
from domain.values.phone_zones import zone_of_phone
from domain.values.zones import at_local, country_of_zone, local

WINDOWS = ((time(9, 30), time(11, 30)), (time(14), time(19)))
_ONE_DAY = timedelta(days=1)


async def zones_of(uow: UnitOfWork, contact_ids: Collection[int]) -> Mapping[int, str]:
    """The zone of each contact by their phone, the company's where that does not tell."""
    company = await uow.company.get()
    phones = await uow.surveys.phones_of(contact_ids)
    told = {contact_id: zone_of_phone(phone) for contact_id, phone in phones.items()}
    return {contact_id: told.get(contact_id) or company.timezone for contact_id in contact_ids}


def calendar_in(zone: str, company: Company) -> Calendar:
    """The working days in a zone, with what the company entered itself."""
    entered = {
        "extra_workdays": read_days(company.extra_workdays),
        "extra_holidays": read_days(company.extra_holidays),
    }
    return Calendar(country=country_of_zone(zone) or company.country, **entered)


def asked_from(moment: datetime, zone: str, calendar: Calendar) -> datetime:
    """The first moment from ``moment`` (aware) on at which somebody in ``zone`` may be asked; aware, in UTC."""
    here = local(moment, zone)
    day = here.date()
    while True:
        if calendar.is_workday(day):
            for start, end in WINDOWS:
                if day > here.date() or here.time() < start:
                    return at_local(day, start, zone)
                if here.time() < end:
                    return moment
        day += _ONE_DAY


def may_be_asked_at(moment: datetime, zone: str, company: Company) -> datetime:
    """``asked_from`` for somebody in ``zone``, whose working days are those of their country."""
    return asked_from(moment, zone, calendar_in(zone, company))
