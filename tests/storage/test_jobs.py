"""Actions too long for one transaction: chunk by chunk under one action, whatever happens between two chunks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.jobs.model import HANDOVER, Job, Told
from domain.leads.model import Lead, LeadStatus
from domain.people.handover import hand_over
from scheduler.planners import JOBS, run_planner
from storage import tables
from storage.engine import Database, open_database
from storage.importing import STANDS_BY, import_file
from tests.storage.company import NOW, Clock, Team, a_followup, a_lead, a_phone
from tests.storage.jobs import finish_jobs, next_chunk
from tests.storage.test_undo import state_of

TOLD = Told(channel="local", place="private:staff-1", edit="5", extra={"locale": "en"})
LEADS = 12


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.people.handover.MOST_AT_ONCE", 5)
    monkeypatch.setattr("storage.undo.AT_ONCE", 4)
    monkeypatch.setattr("storage.undo.LOOKED_AT", 5)
    monkeypatch.setattr("storage.importing.CHUNK", 4)


@pytest.fixture
async def leads(team: Team) -> list[Lead]:
    """Twelve of Tom's."""
    async with team.acting(team.tom, "leads-added") as uow:
        return list(await uow.leads.add_many([a_lead(team.tom, company=f"Firm {n}") for n in range(LEADS)]))


async def begin(team: Team) -> int:
    """Ada hands Tom's leads to Mei: the first five at once."""
    async with team.acting(team.ada) as uow:
        given = await hand_over(uow, team.ada, team.tom.id, team.mei.id, told=TOLD, now=NOW)
        assert given.more
        return await uow.action_id()


async def undo(team: Team, action_id: int) -> int:
    async with team.database.unit_of_work() as uow:
        undone = await uow.journal.undo(action_id, actor=team.ada, now=NOW, told=TOLD)
        await uow.commit()
    assert undone.is_under_way
    assert undone.undone_by is not None
    return undone.undone_by


async def owners(database: Database) -> list[int | None]:
    async with database.read() as uow:
        return list((await uow.session.scalars(select(tables.leads.c.owner_id).order_by(tables.leads.c.id))).all())


async def outcomes(database: Database) -> list[tuple[str, dict[str, Any]]]:
    async with database.read() as uow:
        row = tables.notifications.c
        found = await uow.session.execute(select(row.key, row.facts).where(row.place == TOLD.place).order_by(row.id))
        return [(key, facts) for key, facts in found]


async def changed(team: Team, lead: Lead, status: LeadStatus = LeadStatus.LOST) -> None:
    async with team.acting(team.mei, "lead-lost") as uow:
        (await uow.leads.get_for(team.zoe, lead.id)).status = status


# ---------------------------------------------------------------- a handover


async def test_a_handover_in_chunks_is_one_action_undone_as_one(team: Team, leads: list[Lead]) -> None:
    before = await state_of(team.database)
    action = await begin(team)
    assert await finish_jobs(team.database, now=NOW) == 2

    assert set(await owners(team.database)) == {team.mei.id}
    assert [(key, facts["leads"]) for key, facts in await outcomes(team.database)] == [("handover-finished", LEADS)]
    async with team.database.read() as uow:
        assert len(await uow.journal.changes_of(action)) == LEADS
        assert len(await uow.journal.changes_of(action, limit=2)) == 2
        touched = await uow.journal.touched_by([action, 10_000], most=3)
    assert touched == {action: [("leads", lead.id) for lead in leads[:3]]}

    await undo(team, action)
    await finish_jobs(team.database, now=NOW)

    assert await state_of(team.database) == before


async def test_another_process_finishes_what_a_dead_one_began(
    team: Team, leads: list[Lead], database_url: str, clock: Clock
) -> None:
    await begin(team)
    await next_chunk(team.database, now=NOW)
    assert None not in await owners(team.database)

    other = open_database(database_url, clock=clock)
    await finish_jobs(other, now=NOW)
    await other.dispose()

    assert set(await owners(team.database)) == {team.mei.id}


async def test_what_somebody_takes_meanwhile_stays_theirs(team: Team, leads: list[Lead]) -> None:
    action = await begin(team)
    async with team.acting(team.ada, "lead-assigned") as uow:
        (await uow.leads.get_for(team.ada, leads[-1].id)).owner_id = team.zoe.id

    await finish_jobs(team.database, now=NOW)

    assert await owners(team.database) == [team.mei.id] * (LEADS - 1) + [team.zoe.id]
    await undo(team, action)
    await finish_jobs(team.database, now=NOW)
    assert await owners(team.database) == [team.tom.id] * (LEADS - 1) + [team.zoe.id]


async def test_a_taker_who_leaves_meanwhile_gets_no_more(team: Team, leads: list[Lead]) -> None:
    await begin(team)
    async with team.acting(team.ada, "staff-deactivated") as uow:
        (await uow.staff.get(team.mei.id)).is_active = False

    await finish_jobs(team.database, now=NOW)

    assert await owners(team.database) == [team.mei.id] * 5 + [team.tom.id] * 7
    [(key, facts)] = await outcomes(team.database)
    assert (key, facts["stopped"], facts["leads"]) == ("handover-finished", True, 5)


async def test_undoing_while_it_runs_stops_it(team: Team, leads: list[Lead]) -> None:
    before = await state_of(team.database)
    action = await begin(team)
    await next_chunk(team.database, now=NOW)

    await undo(team, action)
    await finish_jobs(team.database, now=NOW)

    assert await state_of(team.database) == before
    assert [key for key, _ in await outcomes(team.database)] == ["undo-finished"]


async def test_two_workers_share_a_job(team: Team, leads: list[Lead]) -> None:
    action = await begin(team)

    await asyncio.gather(*(run_planner(team.database.unit_of_work, JOBS, NOW) for _ in range(2)))
    await finish_jobs(team.database, now=NOW)  # both may have found the other's hand on it

    assert set(await owners(team.database)) == {team.mei.id}
    async with team.database.read() as uow:
        assert len(await uow.journal.changes_of(action)) == LEADS


# ---------------------------------------------------------------- a long undo


async def test_a_change_since_refuses_a_long_undo_before_anything_is_put_back(team: Team, leads: list[Lead]) -> None:
    action = await begin(team)
    await finish_jobs(team.database, now=NOW)
    await changed(team, leads[0])
    before = await state_of(team.database)

    await undo(team, action)
    assert await next_chunk(team.database, now=NOW)
    await finish_jobs(team.database, now=NOW)

    assert await state_of(team.database) == before
    key, facts = (await outcomes(team.database))[-1]
    assert (key, facts["who"], facts["what"]) == ("undo-refused", "Mei", "lead-lost")
    async with team.database.read() as uow:
        assert (await uow.journal.get_action(action)).undone_by is None


async def until_putting_back(team: Team, chunks: int) -> None:
    """Past the looking, and so many chunks into the putting back."""
    for _ in range(4 + chunks):
        assert await next_chunk(team.database, now=NOW)


async def test_a_change_in_the_middle_takes_everything_forward_again(team: Team, leads: list[Lead]) -> None:
    action = await begin(team)
    await finish_jobs(team.database, now=NOW)
    undo_id = await undo(team, action)
    await until_putting_back(team, 1)
    assert set(await owners(team.database)) == {team.mei.id, team.tom.id}
    await changed(team, leads[0])  # one of the last to be put back

    await finish_jobs(team.database, now=NOW)

    assert set(await owners(team.database)) == {team.mei.id}
    assert (await outcomes(team.database))[-1][0] == "undo-refused"
    async with team.database.read() as uow:
        assert (await uow.journal.get_action(action)).undone_by is None
        assert (await uow.journal.get_action(undo_id)).undone_by is not None


async def test_what_somebody_changed_in_that_moment_stays_as_they_made_it(team: Team, leads: list[Lead]) -> None:
    action = await begin(team)
    await finish_jobs(team.database, now=NOW)
    await undo(team, action)
    await until_putting_back(team, 1)
    await changed(team, leads[-1])  # put back already
    await changed(team, leads[0])

    await finish_jobs(team.database, now=NOW)

    assert await owners(team.database) == [team.mei.id] * (LEADS - 1) + [team.tom.id]
    async with team.database.read() as uow:
        assert (await uow.leads.get_for(team.ada, leads[-1].id)).status is LeadStatus.LOST


async def test_a_long_undo_outlives_its_process_and_may_be_turned_round(
    team: Team, leads: list[Lead], database_url: str, clock: Clock
) -> None:
    action = await begin(team)
    await finish_jobs(team.database, now=NOW)
    after = await state_of(team.database)
    undo_id = await undo(team, action)
    await until_putting_back(team, 2)

    other = open_database(database_url, clock=clock)
    async with other.unit_of_work() as uow:  # eight of twelve are back: Redo while it runs
        await uow.journal.undo(undo_id, actor=team.ada, now=NOW, told=TOLD)
        await uow.commit()
    await finish_jobs(other, now=NOW)
    await other.dispose()

    assert await state_of(team.database) == after
    async with team.database.read() as uow:
        assert (await uow.journal.get_action(action)).undone_by is None


async def test_rows_that_came_and_went_and_what_refers_to_them(team: Team) -> None:
    """Leads with phones and follow-ups are made in one action, undone and made again, in chunks that cut through them."""
    before = await state_of(team.database)
    async with team.acting(team.mei, "much") as uow:
        for number in range(7):
            lead = await uow.leads.add(
                a_lead(team.mei, company=str(number), points=[a_phone(f"+861380013800{number}")])
            )
            await uow.followups.add(a_followup(team.mei, lead_id=lead.id))
        action = await uow.action_id()
    after = await state_of(team.database)

    undo_id = await undo(team, action)
    await finish_jobs(team.database, now=NOW)
    assert await state_of(team.database) == before
    async with team.database.read() as uow:
        assert await uow.search.find(team.mei, "80013", limit=5) == []

    await undo(team, undo_id)
    await finish_jobs(team.database, now=NOW)
    assert await state_of(team.database) == after


async def test_a_chunk_that_fails_waits_longer_each_time_and_lets_others_go_first(
    team: Team, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    action = await begin(team)
    await finish_jobs(team.database, now=NOW)
    await undo(team, action)
    async with team.database.unit_of_work() as uow:
        nobody = Job(
            kind=HANDOVER,
            action_id=await uow.action_id(),
            staff_id=None,
            facts={"from": 10_000, "to": 10_000},
            told=None,
            due_at=NOW - timedelta(minutes=1),
            created_at=NOW,
        )
        await uow.jobs.add(nobody)
        await uow.commit()

    for pause in (2, 4, 8):
        with pytest.raises(Exception, match="record-not-found"):
            await run_planner(team.database.unit_of_work, JOBS, NOW + timedelta(minutes=pause))
        async with team.database.unit_of_work() as uow:
            waiting = await uow.jobs.find_of(nobody.action_id)
            assert waiting is not None
            assert waiting.due_at == NOW + timedelta(minutes=pause, seconds=pause)
    await finish_jobs(team.database, now=NOW)
    assert set(await owners(team.database)) == {team.tom.id}


# ---------------------------------------------------------------- an import


class Died(BaseException):
    """The end of the process."""


class MortalDatabase:
    """Dies after so many transactions, and stays dead."""

    def __init__(self, database: Database, transactions: int) -> None:
        self._database = database
        self._left = transactions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[Any]:
        self._left -= 1
        if self._left < 0:
            raise Died
        async with self._database.unit_of_work() as uow:
            yield uow


async def test_an_import_whose_process_died_is_taken_back(database: Database, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "customers.jsonl"
    rows = [{"type": "customer", "id": number, "name": f"Firm {number}"} for number in range(1, 21)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.raises(Died):
        await import_file(MortalDatabase(database, 3), path, now=NOW)  # type: ignore[arg-type]
    assert await count_customers(database) == 12

    assert await finish_jobs(database, now=NOW) == 0  # it may still be at work
    clock.passes(STANDS_BY + timedelta(seconds=1))
    await finish_jobs(database, now=clock.now)

    assert await count_customers(database) == 0
    imported = await import_file(database, path, now=clock.now)
    assert imported.counts == {"customer": 20}
    clock.passes(STANDS_BY * 2)
    assert await finish_jobs(database, now=clock.now) == 0


async def count_customers(database: Database) -> int:
    async with database.read() as uow:
        return int(await uow.session.scalar(select(func.count()).select_from(tables.customers)) or 0)


def test_no_job_is_without_somebody_who_does_it() -> None:
    from domain.jobs import model, work

    kinds = {value for name, value in vars(model).items() if name.isupper()}
    assert set(work.KINDS) == kinds
