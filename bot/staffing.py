"""``guanxi staff``: who works here, and by which chat accounts they are known."""

from __future__ import annotations

import json
import re

from bot.first_admin import page_address
from bot.local.people import CHANNEL, private_place
from bot.local_people import staff_user
from bot.refusals import Refused
from bot.settings import read_settings
from bot.wiring import House, open_house
from domain.people.actions import NewStaff, add_staff, deactivate_staff, invite, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.tickets.passing import release_tickets
from handlers.dispatch import perform
from locales import is_spoken


async def add(
    name: str,
    *,
    role: str,
    team: str | None,
    locale: str | None,
    timezone: str | None,
    telegram: str | None,
    slack: str | None,
) -> int:
    """Add somebody, with the local channel's account and those that were named; prints them as JSON."""
    _check(locale, timezone)
    check_accounts(telegram=telegram, slack=slack)
    async with open_house(read_settings()) as house:

        async def act(uow: UnitOfWork, actor: Staff | None) -> Staff:
            new = NewStaff(name=name, role=Role(role), team=team, locale=locale, timezone=timezone)
            staff = await add_staff(uow, actor, new, now=house.now())
            await uow.flush()
            user = staff_user(staff)
            await link_identity(uow, staff, CHANNEL, user, private_place=private_place(user))
            await _link_platforms(uow, staff, telegram=telegram, slack=slack)
            uow.happened("staff-added", staff=staff.id)
            return staff

        staff = await perform(house.database.unit_of_work, act, now=house.now())
        print(json.dumps(_shown(staff), ensure_ascii=False))
    return 0


def _check(locale: str | None, timezone: str | None) -> None:
    from zoneinfo import available_timezones

    if locale is not None and not is_spoken(locale):
        raise Refused(f"--locale: {locale!r} is not spoken yet; use en or zh-CN")
    if timezone is not None and timezone not in available_timezones():
        raise Refused(f"--timezone: {timezone!r} is no IANA zone such as Europe/London")


def check_accounts(*, telegram: str | None, slack: str | None) -> None:
    """Raises Refused for what names nobody: it would be kept, and never be spoken to."""
    if telegram is not None and not re.fullmatch(r"[1-9]\d{0,15}", telegram):
        raise Refused(f"--telegram: {telegram!r} is no user id, which is a number; without one: guanxi staff link NAME")
    if slack is not None and not re.fullmatch(r"[UW][A-Z0-9]+", slack):
        raise Refused(f"--slack: {slack!r} is no member id such as U012AB3CD; it stands in their profile, under ⋮")


async def _link_platforms(uow: UnitOfWork, staff: Staff, *, telegram: str | None, slack: str | None) -> None:
    if telegram is not None:
        await link_identity(uow, staff, "telegram", telegram, private_place=telegram)
    if slack is not None:
        await link_identity(uow, staff, "slack", slack)


def _shown(staff: Staff) -> dict[str, object]:
    return {
        "id": staff.id,
        "name": staff.name,
        "role": staff.role.value,
        "team": staff.team,
        "locale": staff.locale,
        "timezone": staff.timezone,
        "is_active": staff.is_active,
    }


async def show() -> int:
    async with open_house(read_settings()) as house, house.database.read() as uow:
        for staff in await uow.staff.list_all():
            channels = [each.channel for each in await uow.identities.list_for_staff(staff.id)]
            print(json.dumps({**_shown(staff), "channels": channels}, ensure_ascii=False))
    return 0


async def _named(house: House, name: str) -> Staff:
    staff = await house.staff_named(name)
    if staff is None:
        raise Refused(f"nobody on the staff is called {name!r}; see `guanxi staff list`")
    return staff


async def link(name: str, *, telegram: str | None, slack: str | None, local: bool) -> int:
    """Link the named accounts; without any, print a one-time code that the person sends to the bot: ``join CODE``."""
    settings = read_settings()
    async with open_house(settings) as house:
        found = await _named(house, name)

        async def act(uow: UnitOfWork, actor: Staff | None) -> str | None:
            staff = await uow.staff.get(found.id)
            await _link_platforms(uow, staff, telegram=telegram, slack=slack)
            if telegram is not None or slack is not None:
                return None
            return (await invite(uow, actor, staff=staff, now=house.now())).code

        code = await perform(house.database.unit_of_work, act, now=house.now())
        if local:
            print(page_address(settings)(code or ""))
        elif code is not None:
            print(f"join {code}")
    return 0


async def deactivate(name: str) -> int:
    async with open_house(read_settings()) as house:
        found = await _named(house, name)

        async def act(uow: UnitOfWork, actor: Staff | None) -> None:
            left = await deactivate_staff(uow, actor, found.id)
            await release_tickets(uow, left, now=house.now())

        await perform(house.database.unit_of_work, act, now=house.now())
    return 0
