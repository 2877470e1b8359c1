from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, literal_column, select

from domain.approvals.errors import ApprovalNotFound
from domain.approvals.model import Approval, ApprovalState, kinds_for
from domain.people.model import Staff
from storage import tables
from storage.repository import Repository

_t = tables.approvals
# Written into the statement, so that the index of open ones is seen to serve.
_OPEN: ColumnElement[str] = literal_column(f"'{ApprovalState.OPEN.value}'")


class SqlApprovals(Repository):
    async def add(self, approval: Approval) -> Approval:
        return await self._add(approval)

    async def get_for(self, actor: Staff, approval_id: int) -> Approval:
        theirs = _t.c.kind.in_(sorted(kinds_for(actor.role)))
        approval = await self._one(select(Approval).where(_t.c.id == approval_id, theirs), of=Approval)
        if approval is None:
            raise ApprovalNotFound
        return approval

    async def find(self, approval_id: int) -> Approval | None:
        return await self._one(select(Approval).where(_t.c.id == approval_id), of=Approval)

    async def find_open(self, kind: str, subject: str) -> Approval | None:
        statement = select(Approval).where(_t.c.kind == kind, _t.c.subject == subject, _t.c.state == _OPEN)
        return await self._one(statement, of=Approval)

    async def find_declined(self, kind: str, subject: str, *, since: datetime) -> Approval | None:
        statement = select(Approval).where(
            _t.c.kind == kind,
            _t.c.subject == subject,
            _t.c.state == ApprovalState.DECLINED,
            _t.c.decided_at > since,
        )
        return (await self._session.scalars(statement.order_by(_t.c.decided_at.desc()).limit(1))).one_or_none()

    async def list_by_ids(self, ids: Sequence[int]) -> Sequence[Approval]:
        return (await self._session.scalars(select(Approval).where(_t.c.id.in_(ids)))).all()

    async def list_overdue(self, now: datetime, *, limit: int) -> Sequence[Approval]:
        statement = select(Approval).where(_t.c.state == _OPEN, _t.c.expires_at <= now)
        statement = statement.order_by(_t.c.expires_at, _t.c.id).limit(limit).with_for_update(skip_locked=True)
        return (await self._session.scalars(statement)).all()
