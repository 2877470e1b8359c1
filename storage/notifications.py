"""The outbox: rows are claimed and looked at. How they are planned stands in ``storage.outbox``, how settled in ``storage.settling``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningUpdate

from domain.notifications.hearing import IN_DIGEST
from domain.notifications.model import Notification, NotificationState, Outcome, Urgency
from domain.notifications.noise import OVER_BUDGET
from storage import tables
from storage.dialects import BATCH, connection_of
from storage.outbox import notification
from storage.putting_back import chunks
from storage.ready import Ready
from storage.repository import Repository
from storage.settling import settle, settled

_t = tables.notifications
# Written into the statement: a database must see it to choose an index of pending rows only, without planning anew
# for each value.
_PENDING: ColumnElement[str] = literal_column(f"'{NotificationState.PENDING.value}'")
# As the partial index says it.
_MAKES_NOISE = text("notifications.staff_id IS NOT NULL AND notifications.urgency > 0 AND notifications.edit IS NULL")
_columns = [column for column in _t.columns if column.name not in {"lease_holder", "lease_until", "settled_at"}]
SUPERSEDED = "superseded"
RECALLED = "recalled"
_HELD = Ready.of_ids(
    lambda among: (
        select(*_columns)
        .where(
            among(_t.c.staff_id, "staff_ids"),
            _t.c.state == NotificationState.SKIPPED.value,
            or_(_t.c.reason == IN_DIGEST, _t.c.reason == OVER_BUDGET),
            _t.c.due_at > bindparam("since"),
            _MAKES_NOISE,  # nothing else is ever held back, and of somebody's answers there are many
        )
        .order_by(_t.c.due_at, _t.c.id)
        .limit(bindparam("most"))
    )
)
_NOTHING = "{}"  # an empty JSON object, as both databases write it


class SqlNotifications(Repository):
    """``now`` decides what is due; leases run by the real clock, also when somebody asks as of another moment."""

    def __init__(self, session: AsyncSession, *, clock: Callable[[], datetime]) -> None:
        super().__init__(session)
        self._clock = clock

    async def claim_due(
        self,
        now: datetime,
        *,
        limit: int,
        lease: timedelta,
        holder: str,
        action_id: int | None = None,
        broadcasts: int | None = None,
    ) -> Sequence[Notification]:
        real_now = self._clock()
        given = {
            "now": now,
            "real_now": real_now,
            "holder": holder,
            "until": real_now + lease,
            "most": limit,
            "most_broadcasts": limit if broadcasts is None else broadcasts,
            "of_action": action_id,
        }
        claim = _claim(of_one_action=action_id is not None)
        rows = (await connection_of(self._session).execute(claim, given)).mappings().all()
        claimed = sorted((notification(row) for row in rows), key=_turn)
        older = await self._superseded([one for one in claimed if one.edit is not None])
        return [one for one in claimed if one.id not in older]

    async def claim_near(
        self,
        *,
        keys: Sequence[str],
        staff_ids: Sequence[int],
        until: datetime,
        limit: int,
        lease: timedelta,
        holder: str,
    ) -> Sequence[Notification]:
        real_now = self._clock()
        near = (
            select(_t.c.id)
            .where(
                _t.c.state == _PENDING,
                _t.c.urgency == int(Urgency.NORMAL),
                _t.c.due_at <= until,
                _t.c.key.in_(keys),
                _t.c.staff_id.in_(staff_ids),
                or_(_t.c.lease_until.is_(None), _t.c.lease_until <= real_now),
            )
            .order_by(_t.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("near")
        )
        statement = (
            update(_t)
            .prefix_with(BATCH)
            .where(_t.c.id.in_(select(near.c.id)))
            .values(
                attempts=_t.c.attempts + 1, lease_holder=holder, lease_until=real_now + lease, reason=_still_known()
            )
            .returning(*_columns)
        )
        rows = (await self._session.execute(statement)).mappings().all()
        return sorted((notification(row) for row in rows), key=lambda one: (one.due_at, one.id))

    async def list_held(self, staff_ids: Sequence[int], *, since: datetime, limit: int) -> Sequence[Notification]:
        given = {"staff_ids": list(staff_ids), "since": since, "most": limit}
        return [notification(row) for row in await _HELD.mappings(self._session, given)]

    async def count_heard(self, since: Mapping[int, datetime]) -> Mapping[int, int]:
        theirs = [and_(_t.c.staff_id == staff_id, _t.c.due_at >= moment) for staff_id, moment in since.items()]
        statement = (
            select(_t.c.staff_id, func.count().label("number"))
            .where(or_(*theirs), _MAKES_NOISE, _t.c.state == NotificationState.SENT.value)
            .group_by(_t.c.staff_id)
        )
        return {row.staff_id: row.number for row in await self._session.execute(statement)}

    async def list_known(self, dedupe_keys: Sequence[str]) -> frozenset[str]:
        found = await self._session.scalars(select(_t.c.dedupe_key).where(_t.c.dedupe_key.in_(dedupe_keys)))
        return frozenset(key for key in found if key is not None)

    async def _superseded(self, edits: Sequence[Notification]) -> set[int]:
        """Only the newest queued edit of one message is sent; the others are settled here."""
        if not edits:
            return set()
        newer = aliased(_t)
        statement = (
            update(_t)
            .where(
                _t.c.id.in_([one.id for one in edits]),
                select(newer.c.id)
                .where(
                    newer.c.state == _PENDING,
                    newer.c.edit.is_not(None),
                    newer.c.channel == _t.c.channel,
                    newer.c.place == _t.c.place,
                    newer.c.edit == _t.c.edit,
                    newer.c.id > _t.c.id,
                )
                .exists(),
            )
            .values(settled(NotificationState.SKIPPED, SUPERSEDED, self._clock()))
            .returning(_t.c.id)
        )
        return set((await self._session.execute(statement)).scalars())

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        await settle(self._session, outcomes)

    async def holders(self) -> Sequence[str]:
        leased = (_t.c.lease_holder.is_not(None), _t.c.state == _PENDING)
        return (await self._session.scalars(select(_t.c.lease_holder).where(*leased).distinct())).all()

    async def release(self, holders: Sequence[str]) -> int:
        result = await self._session.execute(
            update(_t)
            .where(_t.c.state == _PENDING, _t.c.lease_holder.in_(holders))
            .values(lease_holder=None, lease_until=None, reason=None)
        )
        return int(result.rowcount)  # type: ignore[attr-defined]

    async def list_settled(self, before: datetime, *, after: int, limit: int) -> Sequence[int]:
        has_facts = or_(cast(_t.c.facts, String) != _NOTHING, cast(_t.c.extra, String) != _NOTHING)
        statement = select(_t.c.id).where(_t.c.id > after, _t.c.settled_at < before, has_facts)
        return (await self._session.scalars(statement.order_by(_t.c.id).limit(limit))).all()

    async def empty(self, ids: Sequence[int]) -> None:
        await self._session.execute(
            update(_t).where(_t.c.id.in_(ids), _t.c.state != _PENDING).values(facts={}, extra={})
        )

    async def withdraw(self, dedupe_key: str) -> bool:
        """Once it was tried nobody knows whether it arrived, so then it counts as sent."""
        result = await self._session.execute(
            update(_t)
            .where(_t.c.dedupe_key == dedupe_key, _t.c.state == _PENDING, _t.c.attempts == 0)
            .values(state=NotificationState.WITHDRAWN.value, reason=RECALLED, settled_at=self._clock())
        )
        return bool(result.rowcount)  # type: ignore[attr-defined]

    async def bring_forward(self, dedupe_key: str, due_at: datetime) -> None:
        waits = (_t.c.dedupe_key == dedupe_key, _t.c.state == _PENDING, _t.c.due_at > due_at)
        await self._session.execute(update(_t).where(*waits).values(due_at=due_at))

    async def list_still_due(self, ids: Collection[int], *, now: datetime) -> frozenset[int]:
        found: set[int] = set()
        for some in chunks(sorted(ids)):
            waits = (_t.c.id.in_(some), _t.c.state == _PENDING, _t.c.due_at <= now)
            found.update((await self._session.scalars(select(_t.c.id).where(*waits))).all())
        return frozenset(found)

    async def list_put_off(self, *, holder: str, now: datetime, limit: int) -> Sequence[tuple[int, str, str, datetime]]:
        real_now = self._clock()
        is_not_ours = or_(_t.c.lease_until.is_(None), _t.c.lease_until <= real_now, _t.c.lease_holder != holder)
        rows = await self._session.execute(
            select(_t.c.id, _t.c.channel, _t.c.place, _t.c.due_at, _t.c.lease_until)
            .where(_t.c.state == _PENDING, _t.c.urgency == int(Urgency.DIRECT), _t.c.attempts > 0, is_not_ours)
            .where(_t.c.channel.is_not(None), _t.c.place.is_not(None))
            .order_by(_t.c.due_at, _t.c.id)
            .limit(limit)
        )
        # What is due runs by the caller's clock, leases by the real one.
        return [
            (row.id, row.channel, row.place, max(row.due_at, now + ((row.lease_until or real_now) - real_now)))
            for row in rows
        ]

    async def next_due(self) -> datetime | None:
        """When the next unsent row is due; one that is leased may be sending, or come back."""
        firsts = [
            select(func.min(_t.c.due_at).label("due_at")).where(_t.c.state == _PENDING, _t.c.urgency == int(urgency))
            for urgency in Urgency
        ]
        each = union_all(*firsts).subquery()
        first: datetime | None = await self._session.scalar(select(func.min(each.c.due_at)))
        return first

    async def depth(self, now: datetime) -> tuple[int, float]:
        row = (
            await self._session.execute(
                select(func.count(), func.min(_t.c.due_at)).where(
                    _t.c.state == _PENDING, _t.c.urgency.in_([int(urgency) for urgency in Urgency]), _t.c.due_at <= now
                )
            )
        ).one()
        return int(row[0]), 0.0 if row[1] is None else (now - row[1]).total_seconds()

    async def list_for(self, staff_id: int, *, limit: int) -> Sequence[Notification]:
        """Newest first."""
        return await self._list(_t.c.staff_id == staff_id, limit)

    async def list_about(self, record: str, *, limit: int) -> Sequence[Notification]:
        return await self._list(_t.c.about == record, limit)

    async def list_to_contact(self, contact_id: int, *, limit: int) -> Sequence[Notification]:
        return await self._list(_t.c.contact_id == contact_id, limit)

    async def keys_said(self, about: str, *, since: datetime) -> frozenset[str]:
        keys = select(_t.c.key).where(_t.c.about == about, _t.c.created_at > since).distinct()
        return frozenset(await self._session.scalars(keys))

    async def _list(self, which: ColumnElement[bool], limit: int) -> Sequence[Notification]:
        told = (_t.c.urgency != int(Urgency.DIRECT)) & _t.c.edit.is_(None)  # that a card changed tells nobody anything
        statement = select(*_columns).where(which, told).order_by(_t.c.id.desc()).limit(limit)
        return [notification(row) for row in (await self._session.execute(statement)).mappings()]


@lru_cache
def _claim(*, of_one_action: bool) -> ReturningUpdate[Any]:
    """Kept: building it took longer than running it, and left hundreds of objects in cycles each time."""
    return (
        update(_t)
        .prefix_with(BATCH)
        .where(_t.c.id.in_(due_ids(of_one_action=of_one_action)))
        .values(
            attempts=_t.c.attempts + 1,
            lease_holder=bindparam("holder"),
            lease_until=_at("until"),
            reason=_still_known(),
        )
        .returning(*_columns)
    )


def _turn(row: Notification) -> tuple[int, float, int]:
    """Answers go in the order in which they were given. By when they are due one that was put off would come after a later
    one whose process died before it could put that off as well."""
    return row.urgency, 0.0 if row.urgency is Urgency.DIRECT else row.due_at.timestamp(), row.id


def _still_known() -> ColumnElement[Any]:
    """Why it was put off; nothing of a row that is still leased: whoever held it did not get to say what became of it."""
    return case((_t.c.lease_holder.is_(None), _t.c.reason))


def _at(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=_t.c.due_at.type)


def due_ids(*, of_one_action: bool) -> Select[Any]:
    """The ids to claim: at most ``most`` that are due by ``now`` and not leased at ``real_now``. Each urgency walks its own stretch of the index, so that rows due later cost nothing.

    Answers that waited for one conversation are due at one moment, and go in the order in which they were given."""
    most = bindparam("most", type_=Integer)
    most_of = {Urgency.BROADCAST: bindparam("most_broadcasts", type_=Integer)}
    free = or_(_t.c.lease_until.is_(None), _t.c.lease_until <= _at("real_now"))
    wanted = [_t.c.state == _PENDING, _t.c.due_at <= _at("now"), free]
    if of_one_action:
        wanted.append(_t.c.action_id == bindparam("of_action"))
    stretches = []
    for urgency in Urgency:
        stretch = (
            select(_t.c.id, _t.c.urgency, _t.c.due_at)
            .where(_t.c.urgency == int(urgency), *wanted)
            .order_by(_t.c.due_at, *([_t.c.id] if urgency is Urgency.DIRECT else []))
            .limit(most_of.get(urgency, most))
            .with_for_update(skip_locked=True)
            .subquery()
        )
        stretches.append(select(stretch))
    due = union_all(*stretches).subquery()
    picked = select(due.c.id).order_by(due.c.urgency, due.c.due_at, due.c.id).limit(most).cte("picked")
    return select(picked.c.id)
