"""Groups of customers, and who of outside the company was seen in a group."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select, update

from domain.groups.model import BoundGroup
from domain.people.model import Identity
from storage import tables
from storage.dialects import execute_rows, insert_if_absent
from storage.repository import Repository

_t, _guests, _identities = tables.bound_groups, tables.guests, tables.identities


class SqlGroups(Repository):
    async def add(self, group: BoundGroup) -> BoundGroup:
        return await self._add(group)

    async def find(self, channel: str, place: str) -> BoundGroup | None:
        statement = select(BoundGroup).where(_t.c.channel == channel, _t.c.place == place)
        return await self._one(statement, of=BoundGroup)

    async def find_by_id(self, group_id: int) -> BoundGroup | None:
        return await self._one(select(BoundGroup).where(_t.c.id == group_id), of=BoundGroup)

    async def list_of(self, customer_id: int, *, limit: int) -> Sequence[BoundGroup]:
        statement = select(BoundGroup).where(_t.c.customer_id == customer_id).order_by(_t.c.id).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def remove(self, group: BoundGroup) -> None:
        await self._session.delete(group)
        await self._session.flush()

    # ------------------------------------------------------------ guests

    async def keep_guests(self, identities: Sequence[Identity], place: str) -> int:
        if not identities:
            return 0
        channel, ids = identities[0].channel, [identity.id for identity in identities]
        here = (_guests.c.channel == channel, _guests.c.place == place, _guests.c.identity_id.in_(ids))
        known = {row.identity_id: row for row in await self._session.execute(select(_guests).where(*here))}
        new = [each for each in ids if each not in known]
        back = [row.id for row in known.values() if row.left_at is not None]
        if new:
            rows = [{"channel": channel, "place": place, "identity_id": each} for each in new]
            await execute_rows(self._session, insert_if_absent(self._session, _guests), rows)
        if back:
            await self._session.execute(update(_guests).where(_guests.c.id.in_(back)).values(left_at=None))
        return len(new) + len(back)

    async def guests_left(self, channel: str, users: Collection[str], place: str, *, at: datetime) -> None:
        them = select(_identities.c.id).where(_identities.c.channel == channel, _identities.c.user.in_(sorted(users)))
        here = (_guests.c.channel == channel, _guests.c.place == place, _guests.c.left_at.is_(None))
        await self._session.execute(update(_guests).where(*here, _guests.c.identity_id.in_(them)).values(left_at=at))

    async def customers_read_along(self, channel: str, place: str) -> bool:
        """Who joined the staff since is no guest any more."""
        guest = (
            select(_guests.c.id)
            .join(_identities, _identities.c.id == _guests.c.identity_id)
            .where(
                _guests.c.channel == channel,
                _guests.c.place == place,
                _guests.c.left_at.is_(None),
                _identities.c.staff_id.is_(None),
            )
        )
        bound = select(_t.c.id).where(_t.c.channel == channel, _t.c.place == place)
        return bool(await self._session.scalar(select(or_(exists(guest), exists(bound)))))

    async def greet_newcomers(self, channel: str, place: str, *, at: datetime) -> int:
        """Whoever is there and was never greeted will be by the greeting of that moment; gives how many."""
        there = (_guests.c.channel == channel, _guests.c.place == place, _guests.c.left_at.is_(None))
        greeted = await self._session.execute(
            update(_guests).where(*there, _guests.c.greeted_at.is_(None)).values(greeted_at=at).returning(_guests.c.id)
        )
        return len(greeted.all())

    async def list_greeted(self, channel: str, place: str, *, at: datetime, limit: int) -> Sequence[Identity]:
        statement = (
            select(Identity)
            .join(_guests, _guests.c.identity_id == _identities.c.id)
            .where(
                _guests.c.channel == channel,
                _guests.c.place == place,
                _guests.c.greeted_at == at,
                _guests.c.left_at.is_(None),
                _identities.c.staff_id.is_(None),
            )
            .order_by(_guests.c.id)
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()
