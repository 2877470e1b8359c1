"""Names of groups, and who of the staff was seen speaking there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, delete, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.groups.known import KnownGroup
from storage import tables
from storage.dialects import execute_rows, insert_if_absent

_t, _speakers, _identities, _staff = tables.known_groups, tables.group_speakers, tables.identities, tables.staff
LONGEST_TITLE = 400


class SqlKnownGroups:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(self, channel: str, place: str, *, title: str | None, speaker: int | None) -> None:
        title = title[:LONGEST_TITLE] if title else None
        if title is None and speaker is None:
            return
        # One look a message; most of the time everything is known already.
        spoke = select(_speakers.c.id).where(
            _speakers.c.channel == channel, _speakers.c.place == place, _speakers.c.staff_id == (speaker or 0)
        )
        here = (_t.c.channel == channel, _t.c.place == place)
        known = (await self._session.execute(select(_t.c.title, spoke.exists().label("spoke")).where(*here))).first()
        if known is None and speaker is None:
            return
        address = {"channel": channel, "place": place}
        if known is None:
            await execute_rows(
                self._session,
                insert_if_absent(self._session, _t, "channel", "place"),
                [{**address, "title": title}],
            )
        elif title is not None and title != known.title:
            await self._session.execute(update(_t).where(*here).values(title=title))
        if speaker is not None and (known is None or not known.spoke):
            insert = insert_if_absent(self._session, _speakers, "channel", "place", "staff_id")
            await execute_rows(self._session, insert, [{**address, "staff_id": speaker}])

    async def forget(self, channel: str, place: str) -> None:
        for each in (_speakers, _t):
            await self._session.execute(delete(each).where(each.c.channel == channel, each.c.place == place))

    async def speakers_left(self, channel: str, users: Collection[str], place: str) -> None:
        them = select(_identities.c.staff_id).where(
            _identities.c.channel == channel, _identities.c.user.in_(sorted(users)), _identities.c.staff_id.is_not(None)
        )
        here = (_speakers.c.channel == channel, _speakers.c.place == place)
        await self._session.execute(delete(_speakers).where(*here, _speakers.c.staff_id.in_(them)))

    async def list_spoken_in(self, staff_id: int, *, limit: int) -> Sequence[KnownGroup]:
        statement = (
            select(_t.c.channel, _t.c.place, _t.c.title)
            .join(_speakers, and_(_speakers.c.channel == _t.c.channel, _speakers.c.place == _t.c.place))
            .where(_speakers.c.staff_id == staff_id, _t.c.title.is_not(None))
            .order_by(_t.c.id)
            .limit(limit)
        )
        rows = await self._session.execute(statement)
        found = [KnownGroup(channel=row.channel, place=row.place, title=row.title) for row in rows]
        return sorted(found, key=lambda group: (group.title.casefold(), group.place))  # the databases differ in this

    async def list_speakers(self, groups: Collection[KnownGroup]) -> Mapping[tuple[str, str], Sequence[str]]:
        wanted = {(each.channel, each.place) for each in groups}
        statement = (
            select(_speakers.c.channel, _speakers.c.place, _staff.c.name)
            .join(_staff, _staff.c.id == _speakers.c.staff_id)
            .where(_speakers.c.place.in_(sorted(place for _, place in wanted)), _staff.c.is_active)
            .order_by(_speakers.c.id)
        )
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in await self._session.execute(statement):
            if (row.channel, row.place) in wanted:
                found[row.channel, row.place].append(row.name)
        return found

    async def titles_of(self, places: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
        if not places:
            return {}
        rows = await self._session.execute(
            select(_t.c.channel, _t.c.place, _t.c.title).where(_t.c.place.in_(sorted({place for _, place in places})))
        )
        return {(row.channel, row.place): row.title for row in rows if row.title and (row.channel, row.place) in places}


async def move_known_group(session: AsyncSession, channel: str, old: str, new: str) -> None:
    """The group has another key. What is known at the new one already stays."""
    there, spoke_there = aliased(_t), aliased(_speakers)
    known = select(literal(1)).where(there.c.channel == channel, there.c.place == new).exists()
    spoken = select(literal(1)).where(
        spoke_there.c.channel == channel, spoke_there.c.place == new, spoke_there.c.staff_id == _speakers.c.staff_id
    )
    await session.execute(update(_t).where(_t.c.channel == channel, _t.c.place == old, ~known).values(place=new))
    await session.execute(
        update(_speakers)
        .where(_speakers.c.channel == channel, _speakers.c.place == old, ~spoken.exists())
        .values(place=new)
    )
    for left in (_t, _speakers):
        await session.execute(delete(left).where(left.c.channel == channel, left.c.place == old))
