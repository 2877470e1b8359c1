"""Putting back what an action changed: all of it or nothing, and only while nobody changed it since.

A row's ``version`` is a stamp that no other state of the row ever had (``storage.mapping.new_version``). Undo puts the
earlier state back with its own stamp. So "the present stamp is the one this action left" says exactly "the row is as
this action left it", also after other actions came and were undone themselves, and undoing in any order stays safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, bindparam, cast, delete, func, insert, literal, null, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.errors import RecordNotFound
from domain.journal.model import ActionRecord, NothingToUndo, UndoRefused
from domain.notifications.model import NotificationState
from domain.people.actions import may_undo
from domain.people.model import Staff
from storage import tables
from storage.dialects import is_sqlite
from storage.journal import SYSTEM, CurrentAction, action_record, actions_query
from storage.loaded import refresh_loaded
from storage.recording import Change, Recorder, recorder_of, searched_by
from storage.references import Reference, references_from, references_to

_actions = tables.journal_actions
_changes = tables.journal_changes
_notifications = tables.notifications
UNDONE = "undone"
_CHUNK = 500  # ids in one IN (…)


class Undo:
    """One undo in the unit of work's transaction. The undo is an action too, so it can be undone, which is a redo."""

    def __init__(self, session: AsyncSession, current: CurrentAction, *, actor: Staff | None, now: datetime) -> None:
        self._session = session
        self._current = current
        self._actor = actor
        self._now = now

    async def run(self, action_id: int) -> ActionRecord:
        await self._session.flush()
        action = await self._action(action_id)
        changes = await self._changes(action_id)
        await self._check_untouched(changes, action_id)
        await self._check_nobody_refers(changes, action_id)
        await self._check_targets_exist(changes, action_id)
        await self._put_back(changes)
        undo_id = await self._name_itself(action_id)
        await self._mark(action, by=undo_id)
        return action_record(await self._row(action_id))

    # ------------------------------------------------------------ may it be undone?

    async def _row(self, action_id: int) -> Row[Any]:
        statement = actions_query().where(_actions.c.id == action_id).with_for_update()
        row = (await self._session.execute(statement)).one_or_none()
        if row is None:
            raise NothingToUndo
        found: Row[Any] = row
        return found

    async def _action(self, action_id: int) -> Row[Any]:
        """The action, locked, if it may be undone by the actor and was not yet."""
        action = await self._row(action_id)
        if self._actor is not None and not may_undo(self._actor, await self._staff(action.staff_id)):
            raise RecordNotFound(record=f"#{action_id}")  # with None the system itself undoes
        if action.undone_by is not None:
            undo = await self._row(action.undone_by)
            raise UndoRefused(who=await self._name_of(undo.staff_id), at=undo.at, what=UNDONE)
        return action

    async def _staff(self, staff_id: int | None) -> Staff | None:
        return None if staff_id is None else await self._session.get(Staff, staff_id)

    async def _changes(self, action_id: int) -> list[Change]:
        """Each row once, though an action of several chunks may have changed it several times."""
        merged = Recorder()
        statement = select(_changes).where(_changes.c.action_id == action_id).order_by(_changes.c.id)
        for row in await self._session.execute(statement):
            merged.put(Change(row.table_name, row.row_id, row.before, row.after))
        return list(merged.changes.values())

    async def _check_untouched(self, changes: Sequence[Change], action_id: int) -> None:
        for table, some in _by_table(changes):
            present = await self._versions(table, [change.row_id for change in some])
            for change in some:
                left = None if change.after is None else change.after["version"]
                if present.get(change.row_id) != left:
                    raise await self._refused(change.table, change.row_id, action_id)
            gone = [change.row_id for change in some if change.after is None]
            for row_id, last in (await self._who_took_away(table, gone)).items():
                if not await self._is_redo_of(last, action_id):
                    raise await self._refused(table, row_id, action_id)

    async def _who_took_away(self, table: str, ids: Sequence[int]) -> dict[int, int]:
        """The action that each missing row went with: a row that is not there has no stamp to compare."""
        found: dict[int, int] = {}
        for chunk in _chunks(ids):
            newest = (
                select(func.max(_changes.c.id))
                .where(_changes.c.table_name == table, _changes.c.row_id.in_(chunk))
                .group_by(_changes.c.row_id)
            )
            statement = select(_changes.c.row_id, _changes.c.action_id).where(_changes.c.id.in_(newest))
            found.update((row.row_id, row.action_id) for row in await self._session.execute(statement))
        return found

    async def _is_redo_of(self, last: int, action_id: int) -> bool:
        """Did ``last`` bring about what ``action_id`` did: is it that, or the undo of an undo of it, and so on?"""
        reached: int | None = last
        while reached is not None and reached != action_id:
            undone = await self._undoes(reached)
            reached = None if undone is None else await self._undoes(undone)
        return reached == action_id

    async def _undoes(self, action_id: int) -> int | None:
        return await self._session.scalar(select(_actions.c.undoes).where(_actions.c.id == action_id))

    async def _versions(self, table: str, ids: Sequence[int]) -> dict[int, int]:
        rows = tables.JOURNALED[table]
        found: dict[int, int] = {}
        for chunk in _chunks(ids):
            statement = select(rows.c.id, rows.c.version).where(rows.c.id.in_(chunk)).with_for_update()
            found.update((row.id, row.version) for row in await self._session.execute(statement))
        return found

    async def _check_nobody_refers(self, changes: Sequence[Change], action_id: int) -> None:
        """A row that this action made goes away; something made since may stand on it."""
        own = {(change.table, change.row_id): change for change in changes}
        for table, some in _by_table([change for change in changes if change.before is None]):
            for reference in references_to(table):
                await self._check_reference(reference, [change.row_id for change in some], own, action_id)

    async def _check_reference(
        self, reference: Reference, ids: Sequence[int], own: dict[tuple[str, int], Change], action_id: int
    ) -> None:
        for chunk in _chunks(ids):
            for row_id in (await self._session.scalars(reference.rows_referring_to(chunk))).all():
                change = own.get((reference.table, row_id))
                goes_too = change is not None and (change.before is None or reference.column in change.before)
                if not goes_too:
                    raise await self._refused(reference.table, row_id, action_id)

    async def _check_targets_exist(self, changes: Sequence[Change], action_id: int) -> None:
        """What comes back may refer to something that is gone by now."""
        coming = {(change.table, change.row_id) for change in changes if change.before is not None}
        for table, some in _by_table([change for change in changes if change.before is not None]):
            for reference in references_from(table):
                wanted = {reference.target_of(change.before or {}) for change in some} - {None}
                missing = [row_id for row_id in wanted if row_id and (reference.target, row_id) not in coming]
                present = await self._versions(reference.target, missing)
                for row_id in missing:
                    if row_id not in present:
                        raise await self._refused(reference.target, row_id, action_id)

    async def _refused(self, table: str, row_id: int, action_id: int) -> UndoRefused:
        """Names who changed the row last, as far as it still holds."""
        statement = (
            select(_actions.c.name, _actions.c.at, _actions.c.staff_id)
            .join(_changes, _changes.c.action_id == _actions.c.id)
            .where(
                _changes.c.table_name == table,
                _changes.c.row_id == row_id,
                _actions.c.id != action_id,
                _actions.c.undone_by.is_(None),
            )
            .order_by(_changes.c.id.desc())
            .limit(1)
        )
        row = (await self._session.execute(statement)).one_or_none()
        if row is None:
            return UndoRefused(who=None, at=None, what=None)
        return UndoRefused(who=await self._name_of(row.staff_id), at=row.at, what=row.name)

    async def _name_of(self, staff_id: int | None) -> str | None:
        return await self._session.scalar(select(tables.staff.c.name).where(tables.staff.c.id == staff_id))

    # ------------------------------------------------------------ putting back

    async def _put_back(self, changes: Sequence[Change]) -> None:
        """Inside a savepoint: a unique value that somebody else has by now leaves everything as it was."""
        try:
            async with self._session.begin_nested():
                await self._session.execute(text(_defer(self._session)))
                await self._write(changes)
        except IntegrityError as error:
            raise UndoRefused(who=None, at=None, what="taken") from error
        recorder = recorder_of(self._session)
        turned = [Change(change.table, change.row_id, change.after, change.before) for change in changes]
        for change in turned:
            recorder.put(change)
            recorder.stale.update(dict.fromkeys(searched_by(change)))
        await refresh_loaded(self._session, turned)

    async def _write(self, changes: Sequence[Change]) -> None:
        """Unique values are freed before they are taken again."""
        for table, some in _by_table([change for change in changes if change.before is None]):
            rows = tables.JOURNALED[table]
            for chunk in _chunks([change.row_id for change in some]):
                await self._session.execute(delete(rows).where(rows.c.id.in_(chunk)))
        updated = [change for change in changes if change.before is not None and change.after is not None]
        for (table, columns), group in _by_columns(updated):
            rows = tables.JOURNALED[table]
            statement = update(rows).where(rows.c.id == bindparam("row_id"))
            statement = statement.values({column: bindparam(f"to_{column}") for column in columns})
            connection = await self._session.connection()
            await connection.execute(statement, [_parameters(change) for change in group])
        for table, some in _by_table([change for change in changes if change.after is None]):
            rows_back = [{"id": change.row_id, **(change.before or {})} for change in some]
            await self._session.execute(insert(tables.JOURNALED[table]), rows_back)

    async def _name_itself(self, action_id: int) -> int:
        if not self._current.has_actor:
            self._current.acts(self._actor, at=self._now, source=SYSTEM)
        self._current.happened(UNDONE, {"undone": action_id})
        return await self._current.undo(action_id)

    async def _mark(self, action: Row[Any], *, by: int) -> None:
        """What was undone says by what; undoing an undo lets what it had undone stand again, and so on."""
        await self._set_undone_by(action.id, by)
        await self._withdraw(action.id)
        undone, stands = action, False
        while undone.undoes is not None:
            earlier = await self._row(undone.undoes)
            stands = not stands
            await self._set_undone_by(earlier.id, None if stands else undone.id)
            await (self._say_after_all(earlier.id) if stands else self._withdraw(earlier.id))
            undone = earlier

    async def _set_undone_by(self, action_id: int, by: int | None) -> None:
        await self._session.execute(update(_actions).where(_actions.c.id == action_id).values(undone_by=by))

    async def _withdraw(self, action_id: int) -> None:
        planned = _notifications.c
        await self._session.execute(
            update(_notifications)
            .where(planned.action_id == action_id, planned.state == NotificationState.PENDING.value)
            .values(
                state=NotificationState.WITHDRAWN.value,
                reason=UNDONE,
                settled_at=self._now,
                dedupe_key=planned.dedupe_key + _mark_of_row(planned.id),
                lease_holder=null(),
                lease_until=null(),
            )
        )

    async def _say_after_all(self, action_id: int) -> None:
        """What an undo withdrew is planned again, unless it was planned anew meanwhile."""
        planned, other = _notifications.c, aliased(_notifications)
        length = func.length(planned.dedupe_key) - func.length(_mark_of_row(planned.id))
        key = func.substr(planned.dedupe_key, 1, length)
        taken = select(other.c.id).where(other.c.dedupe_key == key).exists()
        await self._session.execute(
            update(_notifications)
            .where(
                planned.action_id == action_id,
                planned.state == NotificationState.WITHDRAWN.value,
                planned.reason == UNDONE,
                ~taken,
            )
            .values(state=NotificationState.PENDING.value, reason=null(), settled_at=null(), dedupe_key=key)
        )


def _defer(session: AsyncSession) -> str:
    """Foreign keys are checked when all rows are back."""
    return "PRAGMA defer_foreign_keys = ON" if is_sqlite(session) else "SET CONSTRAINTS ALL DEFERRED"


def _mark_of_row(row_id: Any) -> Any:
    return literal("#") + cast(row_id, String)


def _parameters(change: Change) -> dict[str, Any]:
    return {"row_id": change.row_id, **{f"to_{column}": value for column, value in (change.before or {}).items()}}


def _by_table(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.table, []).append(change)
    return list(groups.items())


def _by_columns(changes: Iterable[Change]) -> list[tuple[tuple[str, tuple[str, ...]], list[Change]]]:
    groups: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.table, tuple(sorted(change.before or {}))), []).append(change)
    return list(groups.items())


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
