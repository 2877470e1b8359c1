"""Approvals in the database: one open of a kind and subject, found by whoever may decide it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.approvals.errors import ApprovalNotFound
from domain.approvals.model import LIFETIME, Approval, ApprovalState
from storage.dialects import is_sqlite
from storage.engine import Database
from tests.storage.company import NOW, Team


def asked(subject: str = "identity:1") -> Approval:
    return Approval(
        kind="join", subject=subject, facts={"role": "rep", "name": None}, asked_at=NOW, expires_at=NOW + LIFETIME
    )


async def test_one_is_open_at_a_time(team: Team) -> None:
    async with team.acting(team.ada) as uow:
        first = await uow.approvals.add(asked())
    async with team.database.unit_of_work() as uow:
        with pytest.raises(IntegrityError):
            await uow.approvals.add(asked())
    async with team.acting(team.ada) as uow:
        found = await uow.approvals.find_open("join", "identity:1")
        assert found is not None
        assert (found.id, found.facts) == (first.id, {"role": "rep", "name": None})
        found.state = ApprovalState.DECLINED
    async with team.acting(team.ada) as uow:
        assert await uow.approvals.find_open("join", "identity:1") is None
        await uow.approvals.add(asked())


async def test_whoever_may_not_decide_finds_nothing(team: Team) -> None:
    async with team.acting(team.ada) as uow:
        approval = await uow.approvals.add(asked())
    async with team.acting(team.ada) as uow:
        assert (await uow.approvals.get_for(team.ada, approval.id)).subject == "identity:1"
        for person in (team.mei, team.ana, team.sam):
            with pytest.raises(ApprovalNotFound):
                await uow.approvals.get_for(person, approval.id)
        with pytest.raises(ApprovalNotFound):
            await uow.approvals.get_for(team.ada, 999)


async def test_overdue_ones_are_found_oldest_first_and_by_their_index(team: Team, database: Database) -> None:
    async with team.acting(team.ada) as uow:
        late, later = asked("identity:1"), asked("identity:2")
        late.expires_at = NOW
        for approval in (later, late):
            await uow.approvals.add(approval)
    async with team.acting(team.ada) as uow:
        assert [each.id for each in await uow.approvals.list_overdue(NOW, limit=10)] == [late.id]
        both = await uow.approvals.list_overdue(NOW + LIFETIME, limit=10)
        assert [each.id for each in both] == [late.id, later.id]
        assert len(await uow.approvals.list_overdue(NOW + LIFETIME, limit=1)) == 1
    async with database.read() as uow:
        if is_sqlite(uow.session):
            plan = await uow.session.execute(
                text(
                    "EXPLAIN QUERY PLAN SELECT id FROM approvals WHERE state = 'open' AND expires_at <= '2026-11-20'"
                    " ORDER BY expires_at, id LIMIT 10"
                )
            )
            assert "ix_approvals_expires_at" in " ".join(row.detail for row in plan)
