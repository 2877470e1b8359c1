"""The journal: one action a transaction, its changes in one statement, and what people read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, exists, func, insert, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.facts import encode_facts
from domain.jobs.model import Job, Told
from domain.journal.model import ActionRecord, ChangeRecord, Deletion, NothingToUndo, Source
from domain.notifications.model import Planned
from domain.people.model import Staff
from domain.ports import JobRepository
from domain.records import HistoryLine
from storage import tables
from storage.putting_back import chunks
from storage.ready import Ready, Together
from storage.recording import Change, has_changes

if TYPE_CHECKING:
    from storage.undo import Undo

_actions = tables.journal_actions
_changes = tables.journal_changes
_NEW_ACTION = Ready(
    insert(_actions).returning(_actions.c.id),
    columns=("name", "facts", "staff_id", "at", "channel", "delivery", "undoes"),
)
_NEW_CHANGES = insert(_changes)
_NEW_CHANGE = Ready(
    _NEW_CHANGES.inline(), columns=("action_id", "table_name", "row_id", "before", "after", "names", "owner")
)
SYSTEM = Source(channel="system")
UNNAMED = "changed"
_touched = select(_changes.c.action_id, _changes.c.table_name, _changes.c.row_id).order_by(_changes.c.id)
_BELONGINGS = {
    "leads": ("activities", "followups"),
    "customers": ("activities", "followups", "contacts", "opportunities"),
    "tickets": ("ticket_messages",),
}
_ON_HOME_PAGES = ("followups", "leads", "customers", "opportunities")
_RECORDS = {"leads": "lead", "customers": "customer", "contacts": "contact", "tickets": "ticket"}


class CurrentAction:
    """The action under way in one unit of work. Its row is written when first asked for, or with the changes."""

    def __init__(self, session: AsyncSession, *, clock: Callable[[], datetime]) -> None:
        self._session = session
        self._clock = clock
        self._staff_id: int | None = None
        self._source = SYSTEM
        self._name = UNNAMED
        self._facts: dict[str, Any] = {}
        self._id: int | None = None
        self._undoes: int | None = None
        self._written: tuple[str, int | None, Mapping[str, Any]] | None = None
        self.at: datetime | None = None
        self.has_actor = False

    def acts(self, actor: Staff | None, *, at: datetime, source: Source) -> None:
        self._staff_id = None if actor is None else actor.id
        self.at, self._source, self.has_actor = at, source, True

    def happened(self, name: str, facts: Mapping[str, Any]) -> None:
        self._name = name
        self.knows(facts)

    def knows(self, facts: Mapping[str, Any]) -> None:
        """Facts of the action, whatever its name will be."""
        self._facts = {**self._facts, **facts}

    async def id(self) -> int:
        if self._id is None:
            row = {
                "name": self._name,
                "facts": self._facts,
                "staff_id": self._staff_id,
                "at": self.at or self._clock(),
                "channel": self._source.channel,
                "delivery": self._source.delivery,
                "undoes": self._undoes,
            }
            [(action_id,)] = await _NEW_ACTION.rows(self._session, row)
            self._id, self._written = int(action_id), self._said()
        return self._id

    def go_on(self, action_id: int, *, plans: bool = False) -> None:
        """The row is there already, with the name it was given.

        Raises RuntimeError where this transaction has done something of its own, which would be undone with the other.
        """
        if self._id is not None or self._name != UNNAMED or plans or has_changes(self._session):
            raise RuntimeError(f"this transaction has begun an action of its own, so it cannot go on with {action_id}")
        self._id, self._written = action_id, self._said()

    def _said(self) -> tuple[str, int | None, Mapping[str, Any]]:
        return self._name, self._undoes, self._facts

    async def undo(self, action_id: int) -> int:
        """Say that this action undoes another. Gives this one's id."""
        self._undoes = action_id
        return await self.id()

    async def write(self, changes: Sequence[Change], *, plans: bool, last: Together) -> int | None:
        """Journal the changes, with the ``last`` statements of the transaction where they are few.

        Gives the action's id, or None when nothing was changed, planned or asked for.
        """
        if self._id is None and not changes and not (plans and self.has_actor):
            return None
        action_id = await self.id()
        if self._written != self._said():
            said = {"name": self._name, "facts": self._facts, "undoes": self._undoes}
            await self._session.execute(update(_actions).where(_actions.c.id == action_id).values(said))
        await last.add_all(_NEW_CHANGE, _NEW_CHANGES, _change_rows(action_id, changes))
        return action_id


def _change_rows(action_id: int, changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {
            "action_id": action_id,
            "table_name": change.table,
            "row_id": change.row_id,
            "before": change.before,
            "after": change.after,
            "names": change.concerns_names,
            "owner": change.owner,
        }
        for change in changes
    ]


def action_record(row: Row[Any]) -> ActionRecord:
    source = row.channel if row.delivery is None else f"{row.channel}:{row.delivery}"
    return ActionRecord(
        id=row.id,
        name=row.name,
        staff_id=row.staff_id,
        at=row.at,
        source=source,
        undone_by=row.undone_by,
        undoes=row.undoes,
        facts=row.facts,
    )


def actions_query() -> Select[Any]:
    return select(
        _actions.c.id,
        _actions.c.name,
        _actions.c.staff_id,
        _actions.c.at,
        _actions.c.channel,
        _actions.c.delivery,
        _actions.c.undone_by,
        _actions.c.undoes,
        _actions.c.facts,
    )


class SqlJournal:
    def __init__(
        self,
        session: AsyncSession,
        current: CurrentAction,
        *,
        jobs: JobRepository,
        plan: Callable[[Planned], None],
    ) -> None:
        self._session = session
        self._current = current
        self._jobs = jobs
        self._plan = plan

    async def actions_of(self, staff_id: int, *, limit: int) -> Sequence[ActionRecord]:
        """Newest first."""
        statement = actions_query().where(_actions.c.staff_id == staff_id).order_by(_actions.c.id.desc()).limit(limit)
        return [action_record(row) for row in await self._session.execute(statement)]

    async def list_actions(
        self,
        staff_ids: Sequence[int] | None,
        *,
        since: datetime,
        names: Sequence[str] = (),
        before: int | None = None,
        limit: int,
    ) -> Sequence[ActionRecord]:
        # Where only something is said, as when a card moves below, there is an action without a name that changed nothing.
        did_something = or_(_actions.c.name != UNNAMED, exists().where(_changes.c.action_id == _actions.c.id))
        statement = select(_actions).where(_actions.c.at >= since, did_something)
        if staff_ids is not None:
            statement = statement.where(_actions.c.staff_id.in_(staff_ids))
        if names:
            statement = statement.where(or_(*(_actions.c.name.startswith(name, autoescape=True) for name in names)))
        if before is not None:
            statement = statement.where(_actions.c.id < before)
        rows = await self._session.execute(statement.order_by(_actions.c.id.desc()).limit(limit))
        return [action_record(row) for row in rows]

    async def list_deletions(
        self, staff_ids: Sequence[int] | None, *, before: int | None = None, limit: int
    ) -> Sequence[Deletion]:
        from storage.deletions import list_deletions

        return await list_deletions(self._session, staff_ids, before=before, limit=limit)

    async def get_action(self, action_id: int) -> ActionRecord:
        row = (await self._session.execute(actions_query().where(_actions.c.id == action_id))).one_or_none()
        if row is None:
            raise NothingToUndo
        return action_record(row)

    async def changes_of(self, action_id: int, *, limit: int | None = None) -> Sequence[ChangeRecord]:
        """An update's ``before`` and ``after`` hold the columns that changed, and the version."""
        statement = select(_changes).where(_changes.c.action_id == action_id).order_by(_changes.c.id).limit(limit)
        return [
            ChangeRecord(
                action_id=row.action_id, table=row.table_name, row_id=row.row_id, before=row.before, after=row.after
            )
            for row in await self._session.execute(statement)
        ]

    async def touched_by(self, action_ids: Sequence[int], *, most: int) -> Mapping[int, Sequence[tuple[str, int]]]:
        """Nearly every action is small and read whole; of one that touched thousands only the first rows are."""
        touched: dict[int, list[tuple[str, int]]] = {}
        for some in chunks(action_ids):
            counted = select(_changes.c.action_id, func.count().label("number")).where(_changes.c.action_id.in_(some))
            sizes = {
                row.action_id: row.number for row in await self._session.execute(counted.group_by(_changes.c.action_id))
            }
            small = [each for each in some if 0 < sizes.get(each, 0) <= most]
            large = [each for each in some if sizes.get(each, 0) > most]
            statements = [_touched.where(_changes.c.action_id.in_(small))] if small else []
            statements += [_touched.where(_changes.c.action_id == each).limit(most) for each in large]
            for statement in statements:
                for row in await self._session.execute(statement):
                    touched.setdefault(row.action_id, []).append((row.table_name, row.row_id))
        return touched

    async def touched_lately(self, *, since: datetime, most: int) -> Mapping[int, datetime]:
        latest = select(_changes.c.id).order_by(_changes.c.id.desc()).limit(most).subquery()
        statement = (
            select(_changes.c.before, _changes.c.after, _actions.c.at)
            .join(_actions, _actions.c.id == _changes.c.action_id)
            .where(
                _changes.c.id.in_(select(latest.c.id)), _changes.c.table_name.in_(_ON_HOME_PAGES), _actions.c.at > since
            )
        )
        touched: dict[int, datetime] = {}
        for row in await self._session.execute(statement):
            for values in (row.before or {}, row.after or {}):
                owner = values.get("owner_id")
                if owner is not None:
                    touched[owner] = max(row.at, touched.get(owner, row.at))
        return touched

    async def history_of(self, table: str, row_id: int, *, limit: int) -> Sequence[HistoryLine]:
        """Newest first, with the name of who did it, in one query: the record's own changes, those of its phones and
        e-mails, and those of what belongs to it, each found by its index."""
        newest = _changes.c.id.desc()
        own = select(_changes.c.id).where(_changes.c.table_name == table, _changes.c.row_id == row_id)
        points = select(_changes.c.id).where(_changes.c.owner == f"{_RECORDS.get(table)}:{row_id}")
        found = (own, points, *_of_belongings(table, row_id, limit=limit))
        ids = union_all(*(select(each.order_by(newest).limit(limit).subquery()) for each in found)).subquery()
        statement = (
            select(
                _changes.c.table_name,
                _changes.c.row_id,
                _changes.c.before,
                _changes.c.after,
                _actions,
                tables.staff.c.name.label("staff_name"),
            )
            .join(_actions, _actions.c.id == _changes.c.action_id)
            .outerjoin(tables.staff, tables.staff.c.id == _actions.c.staff_id)
            .where(_changes.c.id.in_(select(ids.c.id)))
            .order_by(newest)
            .limit(limit)
        )
        rows = (await self._session.execute(statement)).all()
        return [_history_line(list(some), of=table) for _, some in groupby(rows, key=lambda row: row.id)]

    def _undo(self, actor: Staff | None, now: datetime) -> Undo:
        from storage.undo import Undo

        return Undo(self._session, self._current, jobs=self._jobs, plan=self._plan, actor=actor, now=now)

    async def undo(self, action_id: int, *, actor: Staff, now: datetime, told: Told | None = None) -> ActionRecord:
        """Gives the undone action; its ``undone_by`` is the id of the undo, which can be undone in turn."""
        return await self._undo(actor, now).run(action_id, told)

    async def go_on_undoing(self, job: Job, *, now: datetime) -> bool:
        actor = None if job.staff_id is None else await self._session.get(Staff, job.staff_id)
        return await self._undo(actor, now).go_on(job)

    async def revise(self, action_ids: Sequence[int], *, actor: Staff, now: datetime) -> None:
        await self._undo(actor, now).revise(action_ids)

    async def take_back(self, action_id: int, *, now: datetime) -> None:
        await self._undo(None, now).run(action_id, None)


def _of_belongings(table: str, row_id: int, *, limit: int) -> Sequence[Select[Any]]:
    """The changes of the newest calls, follow-ups, contacts and opportunities of a lead or customer."""
    found = []
    for name in _BELONGINGS.get(table, ()):
        theirs = tables.metadata.tables[name]
        ids = (
            select(theirs.c.id)
            .where(theirs.c[f"{_RECORDS[table]}_id"] == row_id)
            .order_by(theirs.c.id.desc())
            .limit(limit)
        )
        found.append(
            select(_changes.c.id).where(
                _changes.c.table_name == name, _changes.c.row_id.in_(select(ids.subquery().c.id))
            )
        )
    return found


def _history_line(rows: Sequence[Row[Any]], *, of: str) -> HistoryLine:
    """What one action did to the record, its contact points and what belongs to it."""
    row = rows[0]
    own = [each for each in reversed(rows) if each.table_name in {of, tables.contact_points.name}]
    others = [each for each in reversed(rows) if each not in own]
    made = [each.after or {} for each in others if each.before is None]
    notes = [words for each in made if (words := each.get("note") or each.get("text"))]
    return HistoryLine(
        action_id=row.id,
        name=row.name,
        staff_id=row.staff_id,
        staff_name=row.staff_name,
        at=row.at,
        undone=row.undone_by is not None,
        fields=tuple(field for each in own for field in _fields(each)),
        touched=tuple((each.table_name, each.row_id) for each in others),
        notes=tuple(dict.fromkeys(notes)),
    )


def _fields(row: Row[Any]) -> Iterator[tuple[str, Any, Any]]:
    before, after = row.before or {}, row.after or {}
    if row.table_name == tables.contact_points.name:
        kind = after.get("kind") or before.get("kind")
        if kind is not None:  # else it only moved here, with the record
            yield kind, before.get("value"), after.get("value")
        return
    for name in {**before, **after}:
        if name != "version" and encode_facts(before.get(name)) != encode_facts(after.get(name)):
            yield name, before.get(name), after.get(name)
