"""Who can talk on the local channel: the staff, and the customers' people who have an identity there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.local.people import CHANNEL, LocalPerson, LocalPlace, group_place
from domain.people.model import Identity, Staff
from domain.ports import OpenUnitOfWork
from handlers.chat import PlaceKind


def staff_user(staff: Staff) -> str:
    """The user id of a staff member on the local channel."""
    return f"staff-{staff.id}"


def customer_user(name: str) -> str:
    return f"customer-{name.strip().casefold()}"


class LocalPeople:
    """Reads the people anew whenever they are asked for."""

    def __init__(self, open_reading: OpenUnitOfWork, *, groups: Sequence[str] = ()) -> None:
        self._open_reading = open_reading
        self.group_names = list(groups)

    async def people(self) -> Sequence[LocalPerson]:
        async with self._open_reading() as uow:
            staff = {person.id: person for person in await uow.staff.list_active()}
            identities = await uow.identities.list_of_channel(CHANNEL, limit=1000)
            company = await uow.company.get()
        timezone = company.timezone
        people = [_person(identity, staff.get(identity.staff_id or 0), timezone) for identity in identities]
        return [person for person in people if person is not None]

    async def groups(self) -> Sequence[LocalPlace]:
        members = tuple(person.user for person in await self.people())
        return [
            LocalPlace(key=group_place(name), kind=PlaceKind.GROUP, title=name, members=members)
            for name in self.group_names
        ]


def _person(identity: Identity, staff: Staff | None, timezone: str) -> LocalPerson | None:
    if staff is not None:
        return LocalPerson(
            user=identity.user, name=staff.name, role=staff.role, locale=staff.locale, timezone=staff.timezone
        )
    if identity.staff_id is not None or identity.private_place is None:  # somebody who left, or was erased
        return None
    return LocalPerson(
        user=identity.user, name=identity.name, role="customer", locale=identity.locale or "en", timezone=timezone
    )
