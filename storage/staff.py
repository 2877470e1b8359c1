from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from domain.errors import RecordNotFound
from domain.people.leading import leaders_of
from domain.people.model import Role, Staff
from domain.people.teams import moved_path
from storage import tables
from storage.attached import attached, columns_of
from storage.bulk import bulk_update
from storage.folding import name_key
from storage.ready import Ready
from storage.repository import Repository
from storage.visibility import in_team

_WITH_DEPUTIES = Ready.of_ids(
    lambda among: (
        select(*columns_of(Staff))
        .where(tables.staff.c.is_active, among(tables.staff.c.deputy_id, "deputies"))
        .order_by(tables.staff.c.name_key)
    )
)


class SqlStaff(Repository):
    async def add(self, staff: Staff) -> Staff:
        return await self._add(staff)

    async def get(self, staff_id: int) -> Staff:
        found = await self._get(Staff, staff_id)
        if found is None:
            raise RecordNotFound(record=f"@{staff_id}")
        return found

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Staff]:
        return (await self._session.scalars(select(Staff).where(tables.staff.c.id.in_(ids)))).all()

    async def find_by_name(self, name: str) -> Staff | None:
        return await self._session.scalar(
            select(Staff).where(tables.staff.c.name_key == name_key(name), tables.staff.c.is_active)
        )

    async def list_active(self) -> Sequence[Staff]:
        statement = select(Staff).where(tables.staff.c.is_active).order_by(tables.staff.c.name_key)
        return (await self._session.scalars(statement)).all()

    async def list_admins(self) -> Sequence[Staff]:
        staff = tables.staff.c
        admins = select(Staff).where(staff.is_active, staff.role == Role.ADMIN).order_by(staff.id)
        # What they write meanwhile refers to these rows, and waits for nothing.
        return (await self._session.scalars(admins.with_for_update(key_share=True))).all()

    async def list_with_deputies(self, deputy_ids: Collection[int]) -> Sequence[Staff]:
        await self._flush_changes()
        rows = await _WITH_DEPUTIES.rows(self._session, {"deputies": sorted(deputy_ids)})
        return [attached(self._session, Staff, row) for row in rows]

    async def list_all(self) -> Sequence[Staff]:
        return (await self._session.scalars(select(Staff).order_by(tables.staff.c.id))).all()

    async def list_teams(self) -> Sequence[str]:
        await self._flush_changes()
        team = tables.staff.c.team
        named = select(team).where(tables.staff.c.is_active, team.is_not(None)).distinct()
        return [each for each in await self._session.scalars(named) if each is not None]

    async def move_team(self, old: str, new: str) -> None:
        await self._flush_changes()
        staff = tables.staff.c
        rows = await self._session.execute(select(staff.id, staff.team).where(in_team(staff.team, old)))
        moved = {row.id: {"team": moved_path(row.team, old, new)} for row in rows}
        if moved:
            await bulk_update(self._session, "staff", moved)

    async def managers_of(self, staff: Staff) -> Sequence[Staff]:
        return leaders_of(staff, [person for person in await self.list_active() if person.id != staff.id])
