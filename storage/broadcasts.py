"""News and invitations: who is written to, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.broadcasts.errors import BroadcastNotFound
from domain.broadcasts.model import PAUSED_UNTIL, Answer, Broadcast, BroadcastAnswer, Segment
from domain.broadcasts.planning import Recipient
from domain.customers.model import Contact
from domain.notifications.model import NotificationState
from domain.people.model import Staff, Topic
from domain.ports import Addressee
from storage import tables
from storage.dialects import BATCH, connection_of, is_sqlite
from storage.ready import Among, Ready
from storage.repository import Repository
from storage.visibility import in_team, visible_broadcasts

_b, _a, _n = tables.broadcasts.c, tables.broadcast_answers.c, tables.notifications.c
_contacts, _customers, _staff = tables.contacts.c, tables.customers.c, tables.staff.c
_accounts, _points, _consents = tables.identities.c, tables.contact_points.c, tables.consents.c
_PENDING: ColumnElement[str] = literal_column(f"'{NotificationState.PENDING.value}'")
_theirs = and_(
    _accounts.contact_id == _contacts.id, _accounts.private_place.is_not(None), _accounts.unreachable_since.is_(None)
)
LOCALE = (
    select(_accounts.locale)
    .where(_theirs)
    .order_by(_accounts.last_spoke_at.desc().nulls_last(), _accounts.id)
    .limit(1)
    .correlate(tables.contacts)
    .scalar_subquery()
)
PHONE = (
    select(func.min(_points.value))
    .where(_points.contact_id == _contacts.id, _points.kind == "phone")
    .correlate(tables.contacts)
    .scalar_subquery()
)
HAS_CHAT = exists().where(_theirs).correlate(tables.contacts)


def _addressees(among: Among) -> Select[Any]:
    return (
        select(
            _contacts.id,
            _contacts.name,
            func.coalesce(_customers.short_name, _customers.name).label("company"),
            _staff.name.label("owner"),
        )
        .join_from(tables.contacts, tables.customers, _customers.id == _contacts.customer_id)
        .outerjoin(tables.staff, _staff.id == _customers.owner_id)
        .where(among(_contacts.id, "contacts"), _contacts.left_at.is_(None))
    )


_ADDRESSEES = Ready.of_ids(_addressees)


def _counts(about: str) -> ColumnElement[bool]:
    """Rows that have their key: what an undo cleared away gave it back."""
    return _n.dedupe_key == literal(f"{about}:") + cast(_n.contact_id, String)


class SqlBroadcasts(Repository):
    """See ``domain.ports.BroadcastRepository``."""

    def __init__(self, session: AsyncSession, *, locks: bool, clock: Callable[[], datetime]) -> None:
        super().__init__(session, locks=locks)
        self._clock = clock

    async def add(self, broadcast: Broadcast) -> Broadcast:
        return await self._add(broadcast)

    async def get(self, broadcast_id: int) -> Broadcast:
        found = await self._one(select(Broadcast).where(_b.id == broadcast_id), of=Broadcast)
        if found is None:
            raise BroadcastNotFound(broadcast=broadcast_id)
        return found

    async def get_for(self, actor: Staff, broadcast_id: int) -> Broadcast:
        found = await self._find_for(actor, broadcast_id, of=Broadcast, visible=visible_broadcasts)
        if found is None:
            raise BroadcastNotFound(broadcast=broadcast_id)
        return found

    async def list_by_ids(self, ids: Collection[int]) -> Sequence[Broadcast]:
        return (await self._session.scalars(select(Broadcast).where(_b.id.in_(sorted(ids))))).all()

    async def list_latest(self, actor: Staff, *, limit: int) -> Sequence[Broadcast]:
        statement = select(Broadcast).where(visible_broadcasts(actor)).order_by(_b.id.desc()).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def list_recipients(
        self, segment: Segment, *, language_default: str, after: int, limit: int
    ) -> Sequence[Recipient]:
        statement = (
            select(
                _contacts.id,
                _contacts.name,
                LOCALE.label("theirs"),
                _contacts.language.label("known"),
                _customers.language.label("company"),
                PHONE.label("phone"),
                HAS_CHAT.label("has_chat"),
            )
            .join_from(tables.contacts, tables.customers, _customers.id == _contacts.customer_id)
            .outerjoin(tables.staff, _staff.id == _customers.owner_id)
            .where(_contacts.id > after, _contacts.left_at.is_(None), *self._fits(segment, language_default))
            .order_by(_contacts.id)
            .limit(limit)
        )
        return [
            Recipient(
                contact_id=row.id,
                name=row.name,
                locales=(row.theirs, row.known, row.company),
                phone=row.phone,
                has_chat=bool(row.has_chat),
            )
            for row in await connection_of(self._session).execute(statement)
        ]

    def _fits(self, segment: Segment, language_default: str) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = []
        if segment.tags:
            wanted.append(or_(*(self._is_tagged(tags, segment.tags) for tags in (_contacts.tags, _customers.tags))))
        if segment.grades:
            wanted.append(_customers.grade.in_(segment.grades))
        if segment.owner_ids or segment.teams:
            wanted.append(
                or_(_customers.owner_id.in_(segment.owner_ids), *(in_team(_staff.team, team) for team in segment.teams))
            )
        if segment.within is not None:
            wanted.append(or_(in_team(_staff.team, segment.within), _customers.owner_id.is_(None)))
        if segment.language is not None:
            locales = (LOCALE, _contacts.language, _customers.language)
            spoken = [case((func.lower(func.substr(each, 1, 2)).in_(("en", "zh")), each)) for each in locales]
            reads = func.coalesce(*spoken, language_default)
            wanted.append(func.lower(func.substr(reads, 1, 2)) == segment.language[:2])
        return wanted

    def _is_tagged(self, column: ColumnElement[Any], tags: Sequence[str]) -> ColumnElement[bool]:
        if is_sqlite(self._session):
            each = func.json_each(column).table_valued("value")
        else:
            each = func.jsonb_array_elements_text(column).table_valued("value")
        return exists(select(1).select_from(each).where(func.lower(each.c.value).in_([tag.lower() for tag in tags])))

    async def list_addressees(self, contact_ids: Sequence[int]) -> Mapping[int, Addressee]:
        rows = await _ADDRESSEES.rows(self._session, {"contacts": list(contact_ids)})
        return {
            contact_id: Addressee(contact_id=contact_id, name=name, company=company, owner=owner)
            for contact_id, name, company, owner in rows
        }

    async def count_ends(self, about: str) -> Mapping[tuple[str, str | None], int]:
        counted = (
            select(_n.state, _n.reason, func.count().label("amount"))
            .where(_n.about == about, _n.contact_id.is_not(None), _counts(about))
            .group_by(_n.state, _n.reason)
        )
        return {(row.state, row.reason): row.amount for row in await self._session.execute(counted)}

    async def count_stopped_since(self, about: str, since: datetime) -> int:
        got_it = and_(_n.contact_id == _accounts.contact_id, _n.about == about, _n.state == "sent")
        statement = (
            select(func.count(_accounts.contact_id.distinct()))
            .join_from(tables.consents, tables.identities, _accounts.id == _consents.identity_id)
            .where(_consents.topic == Topic.MARKETING, _consents.given.is_(False), _consents.at >= since)
            .where(exists().where(got_it))
        )
        return int(await self._session.scalar(statement) or 0)

    async def count_answers(self, broadcast_id: int) -> Mapping[Answer, int]:
        counted = select(_a.answer, func.count().label("amount")).where(_a.broadcast_id == broadcast_id)
        return {row.answer: row.amount for row in await self._session.execute(counted.group_by(_a.answer))}

    async def list_answered(self, broadcast_id: int, answer: Answer, *, limit: int) -> Sequence[Addressee]:
        latest = select(_a.contact_id).where(_a.broadcast_id == broadcast_id, _a.answer == answer)
        ids = (await self._session.scalars(latest.order_by(_a.at.desc(), _a.id).limit(limit))).all()
        known = await self.list_addressees(ids)
        return [known[each] for each in ids if each in known]

    async def find_answer(self, broadcast_id: int, contact_id: int) -> BroadcastAnswer | None:
        await self._one(select(Contact).where(_contacts.id == contact_id), of=Contact)
        statement = select(BroadcastAnswer).where(_a.broadcast_id == broadcast_id, _a.contact_id == contact_id)
        return await self._one(statement, of=BroadcastAnswer)

    async def add_answer(self, answer: BroadcastAnswer) -> BroadcastAnswer:
        return await self._add(answer)

    async def release_paused(self, about: str, due_at: datetime, *, after: int, limit: int) -> int | None:
        paused = _n.due_at == bindparam("paused_until", PAUSED_UNTIL, type_=_n.due_at.type)
        return await self._change(
            about, [_n.state == _PENDING, paused], {"due_at": due_at, "reason": None}, after=after, limit=limit
        )

    async def withdraw_pending(self, about: str, reason: str, *, after: int, limit: int) -> int | None:
        free = or_(_n.lease_until.is_(None), _n.lease_until <= self._clock())
        values = {"state": NotificationState.WITHDRAWN.value, "reason": reason, "settled_at": self._clock()}
        return await self._change(about, [_n.state == _PENDING, free], values, after=after, limit=limit)

    async def clear_unsaid(self, about: str, reason: str, *, after: int, limit: int) -> int | None:
        was_put_back = or_(_n.attempts == 0, _n.reason.is_not(None))
        waits = and_(_n.state == _PENDING, _n.lease_until.is_(None), was_put_back)
        unsaid = and_(_n.state != _PENDING, _n.state != NotificationState.SENT.value, _counts(about))
        values = {
            "state": case((_n.state == _PENDING, NotificationState.WITHDRAWN.value), else_=_n.state),
            "reason": case((_n.state == _PENDING, reason), else_=_n.reason),
            "settled_at": func.coalesce(
                _n.settled_at, bindparam("cleared_at", self._clock(), type_=_n.settled_at.type)
            ),
            "dedupe_key": _n.dedupe_key + "#" + cast(_n.id, String),
        }
        return await self._change(about, [or_(waits, unsaid)], values, after=after, limit=limit)

    async def _change(
        self, about: str, which: Sequence[ColumnElement[bool]], values: Mapping[str, Any], *, after: int, limit: int
    ) -> int | None:
        mine = (_n.about == about, _n.id > after, *which)
        some = select(_n.id).where(*mine).order_by(_n.id).limit(limit).with_for_update(skip_locked=True)
        ids = (await self._session.scalars(some)).all()
        if ids:
            change = update(tables.notifications).prefix_with(BATCH).where(_n.id.in_(ids)).values(values)
            await self._session.execute(change)
        return ids[-1] if len(ids) == limit else None
