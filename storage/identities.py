from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.company.model import Company
from domain.errors import RecordNotFound
from domain.people.model import Consent, Identity, Invitation, Staff
from domain.ports import MenuShown
from storage import tables
from storage.attached import attached, columns_of
from storage.bulk import bulk_insert
from storage.ready import Ready, Together
from storage.repository import Repository

_t = tables.identities
_SPEAKER: Sequence[type[Any]] = (Identity, Staff, Company)
_ENDS = list(accumulate(len(columns_of(kind)) for kind in _SPEAKER))
_STRETCHES = dict(zip(_SPEAKER, pairwise([0, *_ENDS]), strict=True))  # of the row
_WITH_STAFF = Ready(
    select(*(column.label(None) for kind in _SPEAKER for column in columns_of(kind)))
    .select_from(_t)
    .outerjoin(tables.staff, tables.staff.c.id == _t.c.staff_id)
    .outerjoin(tables.company, true())
    .where(_t.c.channel == bindparam("of_channel"), _t.c.user == bindparam("of_user"))
)
_MET = ("channel", "user", "name", "locale", "private_place", "staff_id", "contact_id")
_WHO_SPEAKS = "who-speaks"
_LATEST_FIRST = (_t.c.last_spoke_at.desc().nulls_last(), _t.c.id)
_REACHABLE = (
    select(Identity)
    .where(
        or_(
            _t.c.staff_id.in_(bindparam("of_staff", expanding=True)),
            _t.c.contact_id.in_(bindparam("of_contacts", expanding=True)),
        ),
        _t.c.private_place.is_not(None),
        _t.c.unreachable_since.is_(None),
    )
    .order_by(*_LATEST_FIRST)
)


class SqlIdentities(Repository):
    async def find(self, channel: str, user: str) -> Identity | None:
        """With the person's and the company's row beside it: every event asks for all three, and then has them."""
        who, rows = self._session.info.pop(_WHO_SPEAKS, (None, []))
        if who != (channel, user):
            await self._flush_changes()
            rows = await _WITH_STAFF.rows(self._session, {"of_channel": channel, "of_user": user})
        found: dict[type[Any], Any] = {}
        for row in rows:
            for kind, (start, end) in _STRETCHES.items():
                if row[start] is not None:
                    found[kind] = attached(self._session, kind, row[start:end])
        return found.get(Identity)

    async def meet(self, channel: str, people: Sequence[Identity]) -> Sequence[Identity]:
        by_user = {person.user: person for person in people}
        statement = select(Identity).where(_t.c.channel == channel, _t.c.user.in_(sorted(by_user)))
        known = (await self._session.scalars(statement)).all()
        new = [person for user, person in by_user.items() if user not in {each.user for each in known}]
        rows = [{name: getattr(person, name) for name in _MET} for person in new]
        ids = await bulk_insert(self._session, "identities", rows)
        return [*known, *(await self.list_by_ids(ids) if ids else ())]

    async def get(self, identity_id: int) -> Identity:
        found = await self._get(Identity, identity_id)
        if found is None:
            raise RecordNotFound(record=f"@{identity_id}")
        return found

    async def add(self, identity: Identity) -> Identity:
        return await self._add(identity)

    async def list_for_staff(self, staff_id: int) -> Sequence[Identity]:
        return await self._list(_t.c.staff_id == staff_id)

    async def list_for_contact(self, contact_id: int) -> Sequence[Identity]:
        return await self._list(_t.c.contact_id == contact_id)

    async def list_reachable(self, *, staff_ids: Sequence[int], contact_ids: Sequence[int]) -> Sequence[Identity]:
        if not staff_ids and not contact_ids:
            return []
        return (await self._session.scalars(_REACHABLE, {"of_staff": staff_ids, "of_contacts": contact_ids})).all()

    async def list_at(self, places: Collection[tuple[str, str]]) -> Sequence[Identity]:
        """A private chat has one account: that of whoever speaks is at hand already."""
        loaded = [each for each in self._session.identity_map.values() if isinstance(each, Identity)]
        found = [each for each in loaded if each.staff_id is not None and (each.channel, each.private_place) in places]
        left = {*places} - {(each.channel, each.private_place) for each in found}
        if not left:
            return found
        here = tuple_(_t.c.channel, _t.c.private_place).in_(sorted(left))
        return [*found, *await self._session.scalars(select(Identity).where(here, _t.c.staff_id.is_not(None)))]

    async def list_of_channel(self, channel: str, *, limit: int) -> Sequence[Identity]:
        statement = select(Identity).where(_t.c.channel == channel).order_by(_t.c.id).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def list_by_ids(self, ids: Collection[int]) -> Sequence[Identity]:
        return await self._list(_t.c.id.in_(sorted(ids)))

    async def list_staff_on(self, channel: str, staff_ids: Collection[int]) -> Collection[int]:
        theirs = select(_t.c.staff_id).where(_t.c.channel == channel, _t.c.staff_id.in_(sorted(staff_ids)))
        return set((await self._session.scalars(theirs)).all())

    async def _list(self, whose: ColumnElement[bool]) -> Sequence[Identity]:
        return (await self._session.scalars(select(Identity).where(whose).order_by(*_LATEST_FIRST))).all()

    async def spoke(self, identity_id: int, at: datetime, *, private_place: str | None) -> None:
        values: dict[str, object] = {"last_spoke_at": at, "unreachable_since": None}
        if private_place is not None:
            values["private_place"] = private_place
        # Who spoke when is no decision of anybody: neither version nor journal know of it.
        await self._session.execute(update(_t).where(_t.c.id == identity_id).values(values))
        known = self._session.identity_map.get(self._session.identity_key(Identity, identity_id))
        if known is not None:
            _take_over(known, values)

    async def cannot_be_reached(self, identity_id: int, at: datetime) -> None:
        """The platform said so; until the person speaks again nothing is sent there."""
        await self._session.execute(update(_t).where(_t.c.id == identity_id).values(unreachable_since=at))
        known = self._session.identity_map.get(self._session.identity_key(Identity, identity_id))
        if known is not None:
            _take_over(known, {"unreachable_since": at})

    async def list_menus(self, channel: str) -> Sequence[MenuShown]:
        is_staff = tables.staff.c.is_active
        rows = await self._session.execute(
            select(_t.c.id, _t.c.user, is_staff, tables.staff.c.role, tables.staff.c.locale, _t.c.menu)
            .outerjoin_from(_t, tables.staff, tables.staff.c.id == _t.c.staff_id)
            .where(_t.c.channel == channel, or_(is_staff, _t.c.menu.is_not(None)))
            .order_by(_t.c.id)
        )
        return [
            MenuShown(
                row.id, row.user, row.role if row.is_active else None, row.locale if row.is_active else None, row.menu
            )
            for row in rows
        ]

    async def mark_menu(self, identity_id: int, shown: str | None) -> None:
        await self._session.execute(update(_t).where(_t.c.id == identity_id).values(menu=shown))

    async def add_consent(self, consent: Consent) -> None:
        await self._session.execute(insert(tables.consents).values(**asdict(consent)))

    async def list_consents(self, identity_ids: Collection[int]) -> Sequence[Consent]:
        rows = tables.consents.c
        columns = (rows.identity_id, rows.topic, rows.given, rows.words, rows.at)
        statement = select(*columns).where(rows.identity_id.in_(sorted(identity_ids))).order_by(rows.at, rows.id)
        return [Consent(**row) for row in (await self._session.execute(statement)).mappings()]

    async def add_invitation(self, invitation: Invitation) -> Invitation:
        return await self._add(invitation)

    async def find_invitation(self, code: str) -> Invitation | None:
        return await self._one(select(Invitation).where(tables.invitations.c.code == code), of=Invitation)

    async def withdraw_open_invitations(self, *, now: datetime) -> None:
        rows = tables.invitations.c
        open_ones = select(Invitation).where(rows.staff_id.is_(None), rows.used_at.is_(None), rows.expires_at > now)
        for invitation in await self._session.scalars(open_ones.with_for_update()):
            invitation.expires_at = now


def ask_who_speaks(session: AsyncSession, channel: str, user: str, first: Together) -> None:
    """What ``SqlIdentities.find`` reads, with the ``first`` statements of the transaction."""
    asked = {"of_channel": channel, "of_user": user}
    session.info[_WHO_SPEAKS] = (channel, user), first.add(_WITH_STAFF, asked)


def _take_over(known: object, values: Mapping[str, object]) -> None:
    from sqlalchemy.orm.attributes import set_committed_value

    for name, value in values.items():
        set_committed_value(known, name, value)
