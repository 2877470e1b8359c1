"""Sees which rows a transaction changed: columns before and after, for the journal, and names for the search index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, event, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstanceState, Mapper, Session, object_session
from sqlalchemy.orm.attributes import flag_modified, set_committed_value
from sqlalchemy.orm.base import NO_VALUE
from sqlalchemy.orm.exc import StaleDataError

from domain.activities.model import Activity
from domain.customers.model import Contact, ContactPoint, Customer
from domain.drafts.model import Draft
from domain.facts import encode_facts
from domain.leads.model import Lead, LeadStatus
from storage.mapping import JOURNALED_CLASSES, new_version
from storage.tables import journaled_columns

RECORDER, HELD = "recorder", "held"
Values = dict[str, Any]
_COLUMNS = {table.name: journaled_columns(table) for table in JOURNALED_CLASSES.values()}
_KEPT = "_kept_content"


@dataclass
class Change:
    """One row. An update keeps only what changed, with the version; a new or deleted row all of it."""

    table: str
    row_id: int
    before: Values | None
    after: Values | None

    @property
    def concerns_names(self) -> bool:
        """Whether somebody now sees a name more, a name less or another one."""
        named = _NAMED.get(self.table)
        if named is None:
            return False
        if self.before is None or self.after is None:
            return True
        changed = named.intersection(self.after)
        return bool(changed) and not (changed == {"status"} and _is_open(self.before) is _is_open(self.after))

    @property
    def owner(self) -> str | None:
        """``lead:12``, of a contact point: whose it is, or was when it is taken away."""
        if self.table != "contact_points":
            return None
        for side in (self.after or {}, self.before or {}):
            for record in _OWNERS:
                if side.get(f"{record}_id"):
                    return f"{record}:{side[f'{record}_id']}"
        return None


_OWNERS = ("lead", "customer", "contact")


def _is_open(values: Values) -> bool:
    return values["status"] not in {LeadStatus.CONVERTED, LeadStatus.LOST}


_NAMED = {
    "leads": frozenset({"company", "name", "owner_id", "status"}),
    "customers": frozenset({"name", "short_name", "owner_id"}),
    "contacts": frozenset({"name", "title", "customer_id"}),
    "record_shares": frozenset({"record", "record_id", "staff_id"}),
    "learned_phrases": frozenset({"phrase", "meaning", "value", "lead_id", "customer_id"}),
    "staff": frozenset({"team", "role", "sees", "absent_from", "absent_until", "deputy_id"}),
}


@dataclass
class Recorder:
    """What one transaction changed so far, a row once however often it was flushed."""

    changes: dict[tuple[str, int], Change] = field(default_factory=dict)
    stale: dict[tuple[str, int], Any] = field(default_factory=dict)
    """Records whose search entry must be written anew, with the object if it is at hand."""
    versions: dict[tuple[str, int], int] = field(default_factory=dict)
    """The versions of rows that are being flushed, as they were."""
    judged: set[tuple[str, int]] = field(default_factory=set)
    """Rows that an undo put back, having asked itself whether the person may change their fields."""

    def put(self, change: Change) -> None:
        """Add one change to what is known of its row."""
        known = self.changes.get((change.table, change.row_id))
        if known is None:
            self.changes[change.table, change.row_id] = change
        elif known.before is None and change.after is None:
            del self.changes[change.table, change.row_id]
        else:
            known.before = _earlier(known.before, change.before)
            known.after = None if change.after is None else {**(known.after or {}), **change.after}

    def take(self) -> list[Change]:
        """What is to be journaled. A row that was written as it was is, too: the action stands on it."""
        return list(self.changes.values())


def _earlier(known: Values | None, later: Values | None) -> Values | None:
    return None if known is None else {**(later or {}), **known}


class RecordingSession(Session):
    """A session whose changes its ``Recorder`` sees."""

    @property
    def recorder(self) -> Recorder:
        recorder: Recorder = self.info.setdefault(RECORDER, Recorder())
        return recorder


def _recorder(target: object) -> Recorder | None:
    session = object_session(target)
    return session.recorder if isinstance(session, RecordingSession) else None


def _inserted(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder(target)
    if recorder is None:
        return
    table = JOURNALED_CLASSES[mapper.class_].name
    state = inspect(target)
    record_new(recorder, table, target.id, {column: state.dict.get(column) for column in _COLUMNS[table]})


def record_new(recorder: Recorder, table: str, row_id: int, after: Values) -> None:
    """Put a new row into the journal. Of an identity only its binding is a decision of somebody; that it was seen is
    not, and stays after an undo."""
    if table != "identities":
        recorder.put(Change(table, row_id, None, after))
    elif after["staff_id"] is not None or after["contact_id"] is not None:
        recorder.put(Change(table, row_id, {"staff_id": None, "contact_id": None, "version": 0}, after))


def _will_update(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    """Keep what the flush forgets: the version, and lists changed in place, for which the row is asked."""
    recorder = _recorder(target)
    if recorder is None:
        return
    table = JOURNALED_CLASSES[mapper.class_]
    recorder.versions[table.name, target.id] = target.version
    state: InstanceState[Any] = inspect(target)
    lost = [key for key, value in state.committed_state.items() if value is NO_VALUE and key in mapper.columns]
    if not lost:
        return
    row = connection.execute(select(*(table.c[key] for key in lost)).where(table.c.id == target.id)).one()
    state.committed_state.update(zip(lost, row, strict=True))


def _updated(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder(target)
    if recorder is None:
        return
    table = JOURNALED_CLASSES[mapper.class_].name
    state = inspect(target)
    committed, now = state.committed_state, state.dict
    before = {key: committed[key] for key in _COLUMNS[table] if key in committed and committed[key] != now.get(key)}
    if before:
        before["version"] = recorder.versions[table, target.id]
        recorder.put(Change(table, target.id, before, {key: now.get(key) for key in before}))


@event.listens_for(RecordingSession, "before_flush")
def _stand_on_what_was_written(session: RecordingSession, context: Any, instances: Any) -> None:
    """A row to which an action assigned what was there already gets a new version, and an entry in the journal.

    The action decided by that state: what brought it about cannot be undone under it. Of two reports on a lead the
    first made it "working" and the second left it so; undoing the first would make it "new" below the second. A record
    whose phones changed is written to as well: a form shows them together.
    """
    for target in list(session.dirty):
        table = JOURNALED_CLASSES.get(type(target))
        if table is None or target in session.deleted:
            continue
        assigned = inspect(target).committed_state.keys() & {*_COLUMNS[table.name], "points"}
        if assigned and not session.is_modified(target, include_collections=False):
            _write_as_it_was(session, table, target)


def _write_as_it_was(session: RecordingSession, table: Table, target: Any) -> None:
    known, new = target.version, new_version()
    statement = update(table).where(table.c.id == target.id, table.c.version == known).values(version=new)
    if session.connection().execute(statement).rowcount != 1:
        raise StaleDataError(f"{table.name} {target.id} was changed meanwhile")
    set_committed_value(target, "version", new)
    session.recorder.put(Change(table.name, target.id, {"version": known}, {"version": new}))


def _deleted(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder(target)
    if recorder is None:
        return
    table = JOURNALED_CLASSES[mapper.class_].name
    state = inspect(target)
    before = {key: state.committed_state.get(key, state.dict.get(key)) for key in _COLUMNS[table]}
    recorder.put(Change(table, target.id, before, None))


# ---------------------------------------------------------------- search

_SEARCHED: dict[type, tuple[str, frozenset[str]]] = {
    Lead: ("lead", frozenset({"company", "name", "note", "tags"})),
    Customer: ("customer", frozenset({"name", "short_name", "address", "tags"})),
    Contact: ("contact", frozenset({"name", "title", "tags", "customer_id"})),
    Activity: ("activity", frozenset({"note"})),
}


_SEARCHED_TABLES = {JOURNALED_CLASSES[kind].name: searched for kind, searched in _SEARCHED.items()}


def _name_changed(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder(target)
    record, columns = _SEARCHED[mapper.class_]
    if recorder is not None and not columns.isdisjoint(inspect(target).committed_state):
        recorder.stale[record, target.id] = target


def _record_appeared(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder(target)
    if recorder is not None:
        recorder.stale[_SEARCHED[mapper.class_][0], target.id] = target


def _record_vanished(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder(target)
    if recorder is not None:
        recorder.stale[_SEARCHED[mapper.class_][0], target.id] = None


def _point_changed(mapper: Mapper[Any], connection: Connection, target: ContactPoint) -> None:
    recorder = _recorder(target)
    if recorder is None:
        return
    committed = inspect(target).committed_state
    for record in _OWNERS:
        for row_id in {getattr(target, f"{record}_id"), committed.get(f"{record}_id")}:
            if isinstance(row_id, int):
                recorder.stale.setdefault((record, row_id), None)


def recorder_of(session: AsyncSession) -> Recorder:
    """The recorder of a unit of work's session."""
    own = session.sync_session
    assert isinstance(own, RecordingSession)
    return own.recorder


def has_changes(session: AsyncSession) -> bool:
    """Whether anything was done so far that the journal will write, flushed or not."""
    own = session.sync_session
    waiting = (*own.new, *own.deleted, *(target for target in own.dirty if own.is_modified(target)))
    return bool(recorder_of(session).changes) or any(type(target) in JOURNALED_CLASSES for target in waiting)


def searched_by(change: Change) -> list[tuple[str, int]]:
    """The records whose search entries a change touches that no object made."""
    if change.table != "contact_points":
        record, columns = _SEARCHED_TABLES.get(change.table, (None, frozenset[str]()))
        is_update = change.before is not None and change.after is not None
        # To whom it belongs is no word of it, and a handover of thousands must not write all their entries anew.
        if record is None or (is_update and columns.isdisjoint(change.after or {})):
            return []
        return [(record, change.row_id)]
    sides = [change.before or {}, change.after or {}]
    return [(name, side[f"{name}_id"]) for side in sides for name in _OWNERS if side.get(f"{name}_id")]


@event.listens_for(RecordingSession, "loaded_as_persistent")
@event.listens_for(RecordingSession, "pending_to_persistent")
def hold(session: Session, thing: Any) -> None:
    """Objects live as long as their transaction. The session's own references are weak: in
    ``(await uow.leads.get_for(…)).tags.append("vip")`` the lead would be gone before its list says that it changed."""
    session.info.setdefault(HELD, []).append(thing)


@event.listens_for(RecordingSession, "after_flush_postexec")
def _remove_orphans(session: Session, flush_context: Any) -> None:
    """A contact point that belongs to nobody any more would keep its unique value for ever."""
    for target in list(session.identity_map.values()):
        if isinstance(target, ContactPoint) and not (target.lead_id or target.customer_id or target.contact_id):
            session.delete(target)


# ---------------------------------------------------------------- drafts


def _remember_content(target: Draft, *_: Any) -> None:
    target.__dict__[_KEPT] = encode_facts(target.content)


def notice_drafts(session: Session) -> None:
    """A draft's content is nested, and changed in place at any depth: compare it with what was loaded."""
    for target in session.identity_map.values():
        if isinstance(target, Draft) and target.__dict__.get(_KEPT) != encode_facts(target.content):
            flag_modified(target, "content")
            _remember_content(target)


def install() -> None:
    """Listen to the mapped classes. Once, at import."""
    for kind in JOURNALED_CLASSES:
        event.listen(kind, "after_insert", _inserted)
        event.listen(kind, "before_update", _will_update)
        event.listen(kind, "after_update", _updated)
        event.listen(kind, "after_delete", _deleted)
    for kind in _SEARCHED:
        event.listen(kind, "after_insert", _record_appeared)
        event.listen(kind, "after_update", _name_changed)
        event.listen(kind, "after_delete", _record_vanished)
    for name in ("after_insert", "after_update", "after_delete"):
        event.listen(ContactPoint, name, _point_changed)
    for name in ("load", "refresh", "after_insert"):
        event.listen(Draft, name, _remember_draft)


def _remember_draft(first: Any, *others: Any) -> None:
    """Instance events give the draft first, mapper events last."""
    _remember_content(first if isinstance(first, Draft) else others[-1])


install()
