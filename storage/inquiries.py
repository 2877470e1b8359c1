"""What strangers wrote and nobody has decided about yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from domain.inquiries.errors import InquiryNotFound
from domain.inquiries.model import Inquiry, InquiryState
from domain.people.model import Role, Staff
from storage import tables
from storage.repository import Repository
from storage.visibility import visible_contacts

_t, _identities, _contacts = tables.inquiries, tables.identities, tables.contacts
SEES_ALL = frozenset({Role.AGENT, Role.MANAGER, Role.ADMIN})


class SqlInquiries(Repository):
    async def add(self, inquiry: Inquiry) -> Inquiry:
        return await self._add(inquiry)

    async def get_for(self, actor: Staff, inquiry_id: int) -> Inquiry:
        """Strangers are everybody's who looks after the queue; a known contact's also of whoever sees the contact."""
        statement = select(Inquiry).where(_t.c.id == inquiry_id)
        if actor.role not in SEES_ALL:
            seen = select(_contacts.c.id).where(visible_contacts(actor))
            theirs = select(_identities.c.id).where(_identities.c.contact_id.in_(seen))
            statement = statement.where(_t.c.identity_id.in_(theirs))
        inquiry = await self._one(statement, of=Inquiry)
        if inquiry is None:
            raise InquiryNotFound
        return inquiry

    async def find_waiting(self, identity_id: int) -> Inquiry | None:
        statement = select(Inquiry).where(_t.c.identity_id == identity_id, _t.c.state == InquiryState.WAITING)
        return await self._one(statement, of=Inquiry)

    async def list_waiting(self, *, limit: int) -> Sequence[Inquiry]:
        statement = select(Inquiry).where(_t.c.state == InquiryState.WAITING).order_by(_t.c.first_at).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Inquiry]:
        return (await self._session.scalars(select(Inquiry).where(_t.c.id.in_(ids)))).all()

    async def list_of(self, identity_ids: Sequence[int], *, limit: int) -> Sequence[Inquiry]:
        statement = select(Inquiry).where(_t.c.identity_id.in_(identity_ids)).order_by(_t.c.id.desc()).limit(limit)
        return (await self._session.scalars(statement)).all()
