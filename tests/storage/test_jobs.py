"""Actions too long for one transaction: chunk by chunk under one action, whatever happens between two chunks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from domain.company.changing import change_topic
from domain.company.guarded import LockField
from domain.company.topics import Locks
from domain.jobs.model import HANDOVER, Job, Told
from domain.jobs.work import LONGEST_PAUSE, STUCK_AFTER, ChunkFailed, postpone_job
from domain.leads.actions import NewLead
from domain.leads.lists import ListLine, save_list
from domain.leads.model import Lead, LeadStatus
from domain.notifications.model import Planned
from domain.people.handover import hand_over
from domain.people.model import Role, Staff
from scheduler.planners import JOBS, run_planner
from storage import tables
from storage.engine import Database, open_database
from storage.importing import STANDS_BY, ImportStopped, import_file
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
    monkeypatch.setattr("domain.leads.lists.MOST_AT_ONCE", 4)


@pytest.fixture
async def leads(team: Team) -> list[Lead]:
    """Twelve of Tom's, in a company that stands: its row of defaults is nobody's action, and no undo takes it away."""
    async with team.acting(team.tom, "leads-added") as uow:
        await uow.company.get()
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


async def say_something(team: Team, many: int) -> int:
    """An action of many rows that has many things to say; gives its number."""
    async with team.acting(team.ada, "leads-added") as uow:
        await uow.leads.add_many([a_lead(team.ada, company=f"Said {n}") for n in range(many)])
        for each in range(many):
            key = f"said:{each}"
            uow.plan(Planned(key="myday", facts={}, due_at=NOW, staff_id=team.mei.id, dedupe_key=key))
        return await uow.action_id()


async def pending(database: Database) -> int:
    planned = tables.notifications.c
    async with database.read() as uow:
        waits = select(func.count()).where(planned.state == "pending", planned.dedupe_key.like("said:%"))
        return int(await uow.session.scalar(waits) or 0)


async def steps(database: Database) -> list[int]:
    """How many things still wait to be said, after each chunk."""
    found = []
    while await next_chunk(database, now=NOW):
        found.append(await pending(database))
    return found


async def test_what_a_long_undo_unsays_goes_in_chunks_before_its_rows_and_comes_back_after_them(
    team: Team, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.undo.SAID_AT_ONCE", 3)
    before = await state_of(team.database)
    action = await say_something(team, 8)

    undone = await undo(team, action)
    assert await pending(team.database) == 5
    assert (await steps(team.database))[:2] == [2, 0]
    assert await state_of(team.database) == before

    again = await undo(team, undone)
    back = await steps(team.database)
    assert back[-3:] == [3, 6, 8]
    assert set(back[:-3]) == {0}

    async with team.acting(team.ada, "lead-lost") as uow:
        newest = await uow.session.scalar(select(func.max(tables.leads.c.id)))
        (await uow.leads.get_for(team.ada, newest)).status = LeadStatus.LOST
    await undo(team, again)
    await finish_jobs(team.database, now=NOW)
    assert (await outcomes(team.database))[-1][0] == "undo-refused"
    assert await pending(team.database) == 8


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


async def many_change(team: Team, leads: list[Lead], *, grade: str, at: datetime = NOW) -> int:
    """Zoe, a manager, gives each lead this grade: more than one chunk of an undo."""
    async with team.acting(team.zoe, "leads-graded", at=at) as uow:
        for lead in leads:
            (await uow.leads.get_for(team.zoe, lead.id)).grade = grade
        return await uow.action_id()


async def lock(team: Team, *fields: LockField) -> None:
    async with team.acting(team.ada) as uow:
        await change_topic(uow, team.ada, locks=Locks(manager=fields), now=NOW)


async def held(database: Database, column: str) -> set[object]:
    """``leads.grade``: what it holds, in all rows together."""
    table, _, name = column.partition(".")
    async with database.read() as uow:
        return set((await uow.session.scalars(select(tables.JOURNALED[table].c[name]))).all())


async def undo_of(team: Team, who: Staff, action_id: int, *, now: datetime = NOW) -> str:
    """The last outcome of a long undo, all of whose chunks are done."""
    async with team.acting(who, at=now) as uow:
        assert (await uow.journal.undo(action_id, actor=who, now=now, told=TOLD)).is_under_way
    await finish_jobs(team.database, now=now)
    return (await outcomes(team.database))[-1][0]


async def test_a_long_undo_asks_for_locked_fields_as_a_short_one_does(team: Team, leads: list[Lead]) -> None:
    """What is changed stays, what was just filled in may be emptied again for ten minutes, and what is new may go."""
    first = await many_change(team, leads, grade="B")
    await lock(team, "lead.grade", "lead.phone")
    soon, later = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)
    assert await undo_of(team, team.zoe, first, now=later) == "field-locked"
    assert await held(team.database, "leads.grade") == {"B"}
    assert await undo_of(team, team.zoe, first, now=soon) == "undo-finished"
    assert await held(team.database, "leads.grade") == {None}

    async with team.acting(team.zoe) as uow:
        new = [a_lead(team.zoe, company=f"New {n}") for n in range(LEADS)]
        for number, lead in enumerate(new):
            lead.points = [a_phone(f"+4420718380{number:02}")]
        await uow.leads.add_many(new)
        added = await uow.action_id()
    assert await undo_of(team, team.zoe, added, now=later) == "undo-finished"
    assert await held(team.database, "leads.id") == {lead.id for lead in leads}

    second = await many_change(team, leads, grade="A")
    await lock(team)
    third = await many_change(team, leads, grade="C")
    await lock(team, "lead.grade")
    assert await undo_of(team, team.zoe, third, now=soon) == "field-locked"
    assert await undo_of(team, team.ada, third, now=later) == "undo-finished"
    assert await undo_of(team, team.ada, second, now=later) == "undo-finished"


async def test_a_long_undo_leaves_an_admin(team: Team, leads: list[Lead]) -> None:
    async with team.acting(team.ada) as uow:
        (await uow.staff.get(team.zoe.id)).role = Role.ADMIN
        await uow.flush()
        for lead in leads:
            (await uow.leads.get_for(team.ada, lead.id)).note = "hers now"
        made = await uow.action_id()
    async with team.acting(team.ada) as uow:
        (await uow.staff.get(team.ada.id)).is_active = False
    async with team.database.read() as uow:
        zoe = await uow.staff.get(team.zoe.id)
    assert await undo_of(team, zoe, made) == "last-admin"
    assert Role.ADMIN in await held(team.database, "staff.role")
    assert await held(team.database, "leads.note") == {"hers now"}


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


async def broken_job(team: Team) -> Job:
    """One that always fails, and has waited longest. Tom asked for it."""
    async with team.database.unit_of_work() as uow:
        nobody = Job(
            kind=HANDOVER,
            action_id=await uow.action_id(),
            staff_id=team.tom.id,
            facts={"from": 10_000, "to": 10_000},
            told=TOLD,
            created_at=NOW,
        )
        await uow.jobs.add(nobody, after=-timedelta(minutes=1))
        await uow.commit()
    return nobody


async def due(database: Database) -> dict[int, datetime]:
    async with database.read() as uow:
        found = await uow.session.execute(select(tables.jobs.c.id, tables.jobs.c.due_at))
        return {row.id: row.due_at for row in found}


async def test_a_chunk_that_fails_waits_longer_each_time_and_lets_others_go_first(
    team: Team, leads: list[Lead], clock: Clock
) -> None:
    action = await begin(team)
    await finish_jobs(team.database, now=NOW)
    await undo(team, action)
    nobody = await broken_job(team)

    for pause in (2, 4, 8):
        clock.passes(timedelta(minutes=1))
        with pytest.raises(ChunkFailed, match=f"job {nobody.id}"):
            await run_planner(team.database.unit_of_work, JOBS, NOW)
        assert (await due(team.database))[nobody.id] == clock.now + timedelta(seconds=pause)
        if pause == 2:
            await finish_jobs(team.database, now=NOW)
            assert set(await owners(team.database)) == {team.tom.id}


async def test_a_job_whose_facts_cannot_be_read_lets_others_go_first_and_keeps_them(
    team: Team, leads: list[Lead], clock: Clock
) -> None:
    await begin(team)
    nobody = await broken_job(team)
    unread = text("""UPDATE jobs SET facts = '{"$": "of another version", "v": 1}' WHERE id = :job""")
    async with team.database.unit_of_work() as uow:
        await uow.session.execute(unread, {"job": nobody.id})
        await uow.commit()

    with pytest.raises(ChunkFailed, match=f"job {nobody.id}"):
        await run_planner(team.database.unit_of_work, JOBS, NOW)
    await finish_jobs(team.database, now=NOW)

    async with team.database.connection() as connection:
        kept = (await connection.execute(text("SELECT id, CAST(facts AS text) FROM jobs"))).all()
    assert [(row[0], json.loads(row[1])) for row in kept] == [(nobody.id, {"$": "of another version", "v": 1})]


async def test_only_the_job_that_failed_is_postponed(team: Team, leads: list[Lead], clock: Clock) -> None:
    """Between the failure and the postponing another process may have taken the failed one: its neighbour is healthy."""
    await begin(team)
    nobody = await broken_job(team)
    with pytest.raises(ChunkFailed) as failed:
        await next_chunk(team.database, now=NOW)
    async with team.database.unit_of_work() as uow:
        gone = await uow.jobs.find(nobody.id)
        assert gone is not None
        await uow.jobs.remove(gone)
        await uow.commit()
    before = await due(team.database)

    async with team.database.unit_of_work() as uow:
        await postpone_job(uow, failed.value, NOW)
        await uow.commit()

    assert len(before) == 1
    assert await due(team.database) == before


async def test_who_asked_and_the_admins_hear_of_work_that_always_fails_once(team: Team, clock: Clock) -> None:
    await broken_job(team)

    for _ in range(STUCK_AFTER + 3):
        clock.passes(LONGEST_PAUSE)
        with pytest.raises(ChunkFailed):
            await run_planner(team.database.unit_of_work, JOBS, NOW)

    assert [key for key, _ in await outcomes(team.database)] == ["job-stuck"]
    async with team.database.read() as uow:
        row = tables.notifications.c
        told = (await uow.session.scalars(select(row.staff_id).where(row.key == "job-stuck-admin"))).all()
        assert await uow.jobs.count_failing(attempts=STUCK_AFTER) == 1
    assert told == [team.ada.id]


async def test_idle_jobs_are_only_looked_at(team: Team, leads: list[Lead]) -> None:
    writes = 0

    @asynccontextmanager
    async def writing() -> AsyncIterator[Any]:
        nonlocal writes
        writes += 1
        async with team.database.unit_of_work() as uow:
            yield uow

    assert await run_planner(writing, JOBS, NOW, read=team.database.read) == 0
    assert writes == 0

    await begin(team)
    assert await run_planner(writing, JOBS, NOW, read=team.database.read) == 2
    assert writes == 3


# ---------------------------------------------------------------- a long list


async def test_a_long_list_ends_with_who_pasted_it(team: Team) -> None:
    lines = [ListLine(number=number, new=NewLead(company=f"Firm {number}")) for number in range(1, 13)]
    async with team.acting(team.mei) as uow:
        await save_list(uow, team.mei, lines, look_alikes=False, told=TOLD, now=NOW)
    assert await next_chunk(team.database, now=NOW)
    async with team.acting(team.ada, "staff-deactivated") as uow:
        (await uow.staff.get(team.mei.id)).is_active = False

    await finish_jobs(team.database, now=NOW)

    assert len(await owners(team.database)) == 8
    [(key, facts)] = await outcomes(team.database)
    assert (key, facts["count"], facts["left_out"]) == ("list-finished", 8, 4)


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
    path = twenty_customers(tmp_path)
    with pytest.raises(Died):
        await import_file(MortalDatabase(database, 3), path, now=NOW, chunk=4)  # type: ignore[arg-type]
    assert await count_customers(database) == 12

    assert await finish_jobs(database, now=NOW) == 0  # it may still be at work
    clock.passes(STANDS_BY + timedelta(seconds=1))
    await finish_jobs(database, now=clock.now)

    assert await count_customers(database) == 0
    imported = await import_file(database, path, now=clock.now)
    assert imported.counts == {"customer": 20}
    clock.passes(STANDS_BY * 2)
    assert await finish_jobs(database, now=clock.now) == 0


async def test_an_import_taken_back_before_its_end_is_not_called_done(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    """As after a machine slept: all is written, another process took it for dead, and only then we say so."""

    class Slept(MortalDatabase):
        @asynccontextmanager
        async def unit_of_work(self) -> AsyncIterator[Any]:
            self._left -= 1
            if self._left == 0:
                clock.passes(STANDS_BY + timedelta(seconds=1))
                await finish_jobs(database, now=clock.now)
            async with database.unit_of_work() as uow:
                yield uow

    with pytest.raises(ImportStopped):
        await import_file(Slept(database, 6), twenty_customers(tmp_path), now=NOW, chunk=4)  # type: ignore[arg-type]
    assert await count_customers(database) == 0


async def test_a_tick_as_of_later_leaves_a_running_import_alone(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    with pytest.raises(Died):
        await import_file(MortalDatabase(database, 3), twenty_customers(tmp_path), now=NOW, chunk=4)  # type: ignore[arg-type]

    assert await run_planner(database.unit_of_work, JOBS, NOW + timedelta(days=30)) == 0

    assert await count_customers(database) == 12


async def test_an_import_that_fails_takes_back_only_its_own(team: Team, leads: list[Lead], tmp_path: Path) -> None:
    await begin(team)
    path = twenty_customers(tmp_path)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await import_file(team.database, path, now=NOW, told=stop, chunk=4)

    assert await count_customers(team.database) == 0
    assert len(await due(team.database)) == 1
    assert (await owners(team.database)).count(team.mei.id) == 5


def twenty_customers(folder: Path) -> Path:
    path = folder / "customers.jsonl"
    rows = [{"type": "customer", "id": number, "name": f"Firm {number}"} for number in range(1, 21)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


async def count_customers(database: Database) -> int:
    async with database.read() as uow:
        return int(await uow.session.scalar(select(func.count()).select_from(tables.customers)) or 0)


def test_no_job_is_without_somebody_who_does_it() -> None:
    from domain.jobs import model, work

    kinds = {value for name, value in vars(model).items() if name.isupper()}
    assert set(work.KINDS) == kinds
