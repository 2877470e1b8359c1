"""Whether changes of an action can be put back: nobody changed the rows since, refers to them, or took away what they need.

A row's ``version`` is a stamp that no other state of the row ever had (``storage.mapping.new_version``). Undo puts the
earlier state back with its own stamp. So "the present stamp is the one this action left" says exactly "the row is as
this action left it", also after other actions came and were undone themselves, and undoing in any order stays safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.approvals.errors import ApprovalNotFound, OwnRequest
from domain.approvals.model import ApprovalState, kinds_for
from domain.journal.model import UndoRefused
from domain.people.errors import LastAdmin
from domain.people.model import Role, Staff
from storage import tables
from storage.putting_back import by_table, chunks
from storage.recording import Change, Recorder
from storage.references import Reference, references_from, references_to

_actions = tables.journal_actions
_changes = tables.journal_changes


class Checks:
    """Of one action. ``in_part``: a part of its changes is asked about while the others are not put back yet."""

    def __init__(self, session: AsyncSession, action_id: int, *, in_part: bool) -> None:
        self._session = session
        self._action_id = action_id
        self._in_part = in_part
        self._redone_by: dict[int, bool] = {}  # by the action that a row went with: thousands went with the same

    async def run(self, changes: Sequence[Change]) -> None:
        """Raises UndoRefused, naming who changed it since as far as that can be said."""
        await self._untouched(changes)
        await self._nobody_refers(changes)
        await self._targets_exist(changes)

    async def _untouched(self, changes: Sequence[Change]) -> None:
        for table, some in by_table(changes):
            present = await self._versions(table, [change.row_id for change in some])
            moved = [change for change in some if present.get(change.row_id) != _left(change)]
            own = await self._own(table, [change.row_id for change in moved]) if self._in_part else {}
            for change in moved:
                later = own.get(change.row_id)
                if later is None or present.get(change.row_id) != _left(later):
                    raise await self._refused(table, change.row_id)
            gone = [change.row_id for change in some if change.after is None]
            for row_id, last in (await self._who_took_away(table, gone)).items():
                if not await self._is_redo_of(last):
                    raise await self._refused(table, row_id)

    async def _own(self, table: str, ids: Sequence[int]) -> dict[int, Change]:
        """What the whole action did to these rows."""
        merged = Recorder()
        for chunk in chunks(ids):
            statement = (
                select(_changes)
                .where(_changes.c.table_name == table, _changes.c.row_id.in_(chunk))
                .where(_changes.c.action_id == self._action_id)
                .order_by(_changes.c.id)
            )
            for row in await self._session.execute(statement):
                merged.put(Change(row.table_name, row.row_id, row.before, row.after))
        return {change.row_id: change for change in merged.changes.values()}

    async def _who_took_away(self, table: str, ids: Sequence[int]) -> dict[int, int]:
        """The action that each missing row went with: a row that is not there has no stamp to compare."""
        found: dict[int, int] = {}
        for chunk in chunks(ids):
            newest = (
                select(func.max(_changes.c.id))
                .where(_changes.c.table_name == table, _changes.c.row_id.in_(chunk))
                .group_by(_changes.c.row_id)
            )
            statement = select(_changes.c.row_id, _changes.c.action_id).where(_changes.c.id.in_(newest))
            found.update((row.row_id, row.action_id) for row in await self._session.execute(statement))
        return found

    async def _is_redo_of(self, last: int) -> bool:
        """Did ``last`` bring about what this action did: is it that, or the undo of an undo of it, and so on?"""
        if last in self._redone_by:
            return self._redone_by[last]
        reached: int | None = last
        while reached is not None and reached != self._action_id:
            undone = await self._undoes(reached)
            reached = None if undone is None else await self._undoes(undone)
        self._redone_by[last] = reached == self._action_id
        return self._redone_by[last]

    async def _undoes(self, action_id: int) -> int | None:
        return await self._session.scalar(select(_actions.c.undoes).where(_actions.c.id == action_id))

    async def _versions(self, table: str, ids: Sequence[int]) -> dict[int, int]:
        rows = tables.JOURNALED[table]
        found: dict[int, int] = {}
        for chunk in chunks(ids):
            statement = select(rows.c.id, rows.c.version).where(rows.c.id.in_(chunk)).with_for_update()
            found.update((row.id, row.version) for row in await self._session.execute(statement))
        return found

    async def _nobody_refers(self, changes: Sequence[Change]) -> None:
        """A row that this action made goes away; something made since may stand on it."""
        own = {(change.table, change.row_id): change for change in changes}
        for table, some in by_table([change for change in changes if change.before is None]):
            for reference in references_to(table):
                await self._reference(reference, [change.row_id for change in some], own)

    async def _reference(self, reference: Reference, ids: Sequence[int], own: dict[tuple[str, int], Change]) -> None:
        for chunk in chunks(ids):
            referring = (await self._session.scalars(self._referring(reference, chunk))).all()
            others = [row_id for row_id in referring if not _lets_go(own.get((reference.table, row_id)), reference)]
            later = await self._own(reference.table, others) if others and self._in_part else {}
            for row_id in others:
                if not _lets_go(later.get(row_id), reference):
                    raise await self._refused(reference.table, row_id)

    def _referring(self, reference: Reference, ids: Sequence[int]) -> Select[Any]:
        """Ids of rows that refer to these. In part, without those that this action made: there may be thousands, which
        go before what they refer to."""
        statement = reference.rows_referring_to(ids)
        if not self._in_part:
            return statement
        made = select(_changes.c.id).where(
            _changes.c.table_name == reference.table,
            _changes.c.row_id == tables.JOURNALED[reference.table].c.id,
            _changes.c.action_id == self._action_id,
            _changes.c.before.is_(null()),
        )
        return statement.where(~made.exists())

    async def _targets_exist(self, changes: Sequence[Change]) -> None:
        """What comes back may refer to something that is gone by now."""
        coming = {(change.table, change.row_id) for change in changes if change.before is not None}
        for table, some in by_table([change for change in changes if change.before is not None]):
            for reference in references_from(table):
                wanted = {reference.target_of(change.before or {}) for change in some} - {None}
                missing = [row_id for row_id in wanted if row_id and (reference.target, row_id) not in coming]
                present = await self._versions(reference.target, missing)
                gone = [row_id for row_id in missing if row_id not in present]
                later = await self._own(reference.target, gone) if gone and self._in_part else {}
                for row_id in gone:
                    if row_id not in later or later[row_id].before is None:
                        raise await self._refused(reference.target, row_id)

    async def _refused(self, table: str, row_id: int) -> UndoRefused:
        """Names who changed the row last, as far as it still holds."""
        statement = (
            select(_actions.c.name, _actions.c.at, tables.staff.c.name.label("who"))
            .join(_changes, _changes.c.action_id == _actions.c.id)
            .outerjoin(tables.staff, tables.staff.c.id == _actions.c.staff_id)
            .where(
                _changes.c.table_name == table,
                _changes.c.row_id == row_id,
                _actions.c.id != self._action_id,
                _actions.c.undone_by.is_(None),
            )
            .order_by(_changes.c.id.desc())
            .limit(1)
        )
        row = (await self._session.execute(statement)).one_or_none()
        if row is None:
            return UndoRefused(who=None, at=None, what=None)
        return UndoRefused(who=row.who, at=row.at, what=row.name)


async def must_be_agreed_by_another(session: AsyncSession, actor: Staff, changes: Sequence[Change]) -> None:
    """A yes that was taken back and is to stand again needs whoever could give it now: never the one who asked.
    Raises OwnRequest and ApprovalNotFound."""
    given = [
        each.row_id
        for each in changes
        if each.table == "approvals" and (each.before or {}).get("state") == ApprovalState.APPROVED
    ]
    if not given:
        return
    asked = tables.approvals.c
    for row in await session.execute(select(asked.kind, asked.asked_by).where(asked.id.in_(given))):
        if row.asked_by == actor.id:
            raise OwnRequest
        if row.kind not in kinds_for(actor.role):
            raise ApprovalNotFound


async def must_leave_an_admin(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Would there be none, with all that an action did to the staff put back? What is put back already changes nothing here.
    Raises LastAdmin.
    """
    staff = tables.staff.c
    ids = [each.row_id for each in changes]
    some = or_(and_(staff.role == Role.ADMIN, staff.is_active), staff.id.in_(ids))
    statement = select(staff.id, staff.role, staff.is_active).where(some).order_by(staff.id)
    # In this moment somebody may take the role from one of the others.
    rows = await session.execute(statement.with_for_update(key_share=True))
    standing = {row.id: {"role": row.role, "is_active": row.is_active} for row in rows}
    becoming = {
        each.row_id: {**standing.get(each.row_id, {}), **(each.before or {"is_active": False})} for each in changes
    }
    if any(map(_is_admin, standing.values())) and not any(map(_is_admin, {**standing, **becoming}.values())):
        raise LastAdmin


def _is_admin(person: Mapping[str, Any]) -> bool:
    return bool(person.get("is_active")) and person.get("role") == Role.ADMIN


async def of_the_same_records(session: AsyncSession, action_id: int, changes: Sequence[Change]) -> list[Change]:
    """What the action did beside a part of it to the records whose numbers that part changed, and to their numbers."""
    owners = sorted({each.owner for each in changes if each.owner is not None})
    known = {(each.table, each.row_id) for each in changes}
    found = Recorder()
    for chunk in chunks(owners):
        of_owners = (and_(_changes.c.table_name == table, _changes.c.row_id.in_(ids)) for table, ids in _named(chunk))
        statement = select(_changes).where(
            _changes.c.action_id == action_id, or_(_changes.c.owner.in_(chunk), *of_owners)
        )
        for row in await session.execute(statement.order_by(_changes.c.id)):
            if (row.table_name, row.row_id) not in known:
                found.put(Change(row.table_name, row.row_id, row.before, row.after))
    return found.take()


def _named(owners: Sequence[str]) -> list[tuple[str, list[int]]]:
    """``lead:12`` by the table it is a row of."""
    ids: dict[str, list[int]] = {}
    for owner in owners:
        record, _, row_id = owner.partition(":")
        ids.setdefault(f"{record}s", []).append(int(row_id))
    return list(ids.items())


def _left(change: Change) -> int | None:
    """The stamp that the row has if it is as this change left it."""
    version: int | None = None if change.after is None else change.after["version"]
    return version


def _lets_go(change: Change | None, reference: Reference) -> bool:
    """Does the referring row go away, or refer to something else, when this change is put back?"""
    return change is not None and (change.before is None or reference.column in change.before)
