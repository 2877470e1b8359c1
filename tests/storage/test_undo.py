from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.errors import RecordNotFound
from domain.journal.model import NothingToUndo, UndoRefused
from domain.leads.model import LeadStatus
from domain.notifications.model import NotificationState
from domain.people.model import Role
from storage import tables
from storage.engine import Database
from tests.storage.company import NOW, Team, a_followup, a_lead, a_phone, an_activity, planned
from tests.storage.jobs import finish_jobs

LATER = NOW + timedelta(minutes=5)


async def last_action(database: Database) -> int:
    async with database.read() as uow:
        statement = select(tables.journal_actions.c.id).order_by(tables.journal_actions.c.id.desc()).limit(1)
        return int(await uow.session.scalar(statement))


async def undo(team: Team, action_id: int, *, by=None) -> int:
    who = by or team.mei
    async with team.database.unit_of_work() as uow:
        action = await uow.journal.undo(action_id, actor=who, now=LATER)
        await uow.commit()
    await finish_jobs(team.database, now=LATER)
    assert action.undone_by is not None
    return action.undone_by


async def state_of(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.read() as uow:
        return {
            name: [tuple(row) for row in await uow.session.execute(select(table).order_by(table.c.id))]
            for name, table in tables.JOURNALED.items()
        }


async def test_a_new_lead_goes_with_its_phone_and_its_search_entry(team: Team) -> None:
    before = await state_of(team.database)
    await team.lead(points=[a_phone()])
    async with team.database.read() as uow:
        assert [one.title for one in await uow.search.find(team.mei, "华新", limit=5)] == ["华新科技"]

    await undo(team, await last_action(team.database))

    assert await state_of(team.database) == before
    async with team.database.read() as uow:
        assert await uow.search.find(team.mei, "华新", limit=5) == []


async def test_redo_brings_the_same_rows_back_with_their_ids(team: Team) -> None:
    lead = await team.lead(points=[a_phone()])
    after = await state_of(team.database)
    undo_id = await undo(team, await last_action(team.database))

    await undo(team, undo_id)

    assert await state_of(team.database) == after
    async with team.database.read() as uow:
        again = await uow.leads.get_for(team.mei, lead.id)
        assert [point.value for point in again.points] == ["+8613800138000"]
        assert [one.id for one in await uow.search.find(team.mei, "8000", limit=5)] == [lead.id]


async def test_undo_is_refused_when_somebody_changed_the_row_since(team: Team) -> None:
    lead = await team.lead()
    added = await last_action(team.database)
    async with team.acting(team.ana, "lead-qualified") as uow:
        (await uow.leads.get_for(team.ana, lead.id)).status = LeadStatus.QUALIFIED
    before = await state_of(team.database)

    with pytest.raises(UndoRefused) as refusal:
        await undo(team, added)

    assert refusal.value.facts == {"who": "Ana", "at": NOW, "what": "lead-qualified"}
    assert await state_of(team.database) == before


async def test_undo_goes_back_step_by_step(team: Team) -> None:
    lead = await team.lead()
    states = [await state_of(team.database)]
    actions = []
    for status in (LeadStatus.WORKING, LeadStatus.QUALIFIED):
        async with team.acting(team.mei) as uow:
            (await uow.leads.get_for(team.mei, lead.id)).status = status
        actions.append(await last_action(team.database))
        states.append(await state_of(team.database))

    await undo(team, actions[1])
    assert await state_of(team.database) == states[1]
    await undo(team, actions[0])
    assert await state_of(team.database) == states[0]


async def test_a_redo_does_not_take_another_state_for_the_one_it_knew(team: Team) -> None:
    """After undoing B and A, C makes a state that counting would number as A's; redoing B must see the difference."""
    lead = await team.lead()

    async def becomes(status: LeadStatus) -> int:
        async with team.acting(team.mei, f"lead-{status}") as uow:
            (await uow.leads.get_for(team.mei, lead.id)).status = status
        return await last_action(team.database)

    first = await becomes(LeadStatus.WORKING)
    second = await becomes(LeadStatus.QUALIFIED)
    undo_of_second = await undo(team, second)
    await undo(team, first)
    await becomes(LeadStatus.LOST)

    with pytest.raises(UndoRefused):
        await undo(team, undo_of_second)


async def test_a_row_that_something_stands_on_stays(team: Team) -> None:
    lead = await team.lead()
    added = await last_action(team.database)
    async with team.acting(team.ana, "followup-planned") as uow:
        await uow.followups.add(a_followup(team.ana, lead_id=lead.id))
    planned_action = await last_action(team.database)

    with pytest.raises(UndoRefused) as refusal:
        await undo(team, added)
    assert refusal.value.facts["who"] == "Ana"
    await undo(team, planned_action, by=team.ana)
    await undo(team, added)

    with pytest.raises(UndoRefused):
        await undo(team, await undo_of(team.database, planned_action), by=team.ana)  # its lead is gone


async def undo_of(database: Database, action_id: int) -> int:
    async with database.read() as uow:
        undone_by = (await uow.journal.get_action(action_id)).undone_by
    assert undone_by is not None
    return undone_by


async def test_an_action_is_undone_once(team: Team) -> None:
    await team.lead()
    action = await last_action(team.database)
    await undo(team, action)

    with pytest.raises(UndoRefused) as refusal:
        await undo(team, action, by=team.ana)

    assert refusal.value.facts == {"who": "Mei", "at": LATER, "what": "undone"}


async def test_who_may_undo(team: Team) -> None:
    await team.lead(team.mei)
    action = await last_action(team.database)
    with pytest.raises(RecordNotFound):
        await undo(team, action, by=team.tom)
    await undo(team, action, by=team.ana)
    with pytest.raises(NothingToUndo):
        await undo(team, 10_000)


async def test_what_was_planned_and_not_sent_is_withdrawn_and_comes_back_with_the_redo(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        await uow.leads.add(a_lead(team.mei))
        uow.plan(planned("lead-news", staff_id=team.ana.id, dedupe_key="news"))
    action = await last_action(team.database)
    undo_id = await undo(team, action)
    async with team.database.read() as uow:
        (withdrawn,) = await uow.notifications.list_for(team.ana.id, limit=5)
    assert (withdrawn.state, withdrawn.dedupe_key) == (NotificationState.WITHDRAWN, f"news#{withdrawn.id}")

    await undo(team, undo_id)

    async with team.database.read() as uow:
        (again,) = await uow.notifications.list_for(team.ana.id, limit=5)
    assert (again.state, again.dedupe_key) == (NotificationState.PENDING, "news")


async def test_what_a_correction_withdrew_comes_back_when_it_is_undone(team: Team) -> None:
    """Twice corrected: each undo lets what stood before it be said, and nothing older."""

    async def corrected(key: str, actions: list[int]) -> int:
        async with team.acting(team.mei) as uow:
            if actions:
                await uow.journal.revise(actions, actor=team.mei, now=NOW)
            await uow.leads.add(a_lead(team.mei))
            uow.plan(planned("lead-news", staff_id=team.ana.id, dedupe_key=key))
        return await last_action(team.database)

    async def to_be_said() -> list[str | None]:
        async with team.database.read() as uow:
            rows = await uow.notifications.list_for(team.ana.id, limit=5)
        return [row.dedupe_key for row in rows if row.state is NotificationState.PENDING]

    first = await corrected("first", [])
    second = await corrected("second", [first])
    third = await corrected("third", [first, second])
    assert await to_be_said() == ["third"]

    undone = await undo(team, third)
    assert await to_be_said() == ["second"]
    redone = await undo(team, undone)
    assert await to_be_said() == ["third"]
    await undo(team, redone)
    await undo(team, second)
    assert await to_be_said() == ["first"]


async def test_a_value_that_somebody_else_took_meanwhile_refuses_the_redo(team: Team) -> None:
    await team.lead(points=[a_phone()])
    undo_id = await undo(team, await last_action(team.database))
    await team.lead(team.tom, points=[a_phone()])
    before = await state_of(team.database)

    with pytest.raises(UndoRefused) as refusal:
        await undo(team, undo_id)

    assert refusal.value.facts["what"] == "taken"
    assert await state_of(team.database) == before


async def test_a_refused_undo_leaves_the_rest_of_the_unit_alone(team: Team) -> None:
    await team.lead(points=[a_phone()])
    undo_id = await undo(team, await last_action(team.database))
    await team.lead(team.tom, points=[a_phone()])

    async with team.acting(team.mei) as uow:
        with pytest.raises(UndoRefused):
            await uow.journal.undo(undo_id, actor=team.mei, now=LATER)
        await uow.leads.add(a_lead(team.mei, company="Other"))

    async with team.database.read() as uow:
        assert [one.title for one in await uow.search.find(team.mei, "other", limit=5)] == ["Other"]


async def test_objects_loaded_before_show_what_was_put_back(team: Team) -> None:
    lead = await team.lead(points=[a_phone()])
    async with team.acting(team.mei) as uow:
        changed = await uow.leads.get_for(team.mei, lead.id)
        changed.status = LeadStatus.LOST
        changed.points.clear()
    action = await last_action(team.database)

    async with team.acting(team.mei) as uow:
        loaded = await uow.leads.get_for(team.mei, lead.id)
        await uow.journal.undo(action, actor=team.mei, now=LATER)
        assert loaded.status is LeadStatus.NEW
        again = await uow.leads.get_for(team.mei, lead.id)
        assert again is loaded
        assert [point.value for point in again.points] == ["+8613800138000"]


async def test_a_new_colleague_who_worked_already_cannot_be_undone(team: Team) -> None:
    async with team.acting(team.ada, "staff-added") as uow:
        from domain.people.model import Staff

        leo = await uow.staff.add(Staff(name="Leo", role=Role.REP, created_at=NOW))
    added = await last_action(team.database)
    lead = await team.lead(team.mei)
    async with team.acting(leo, "activity-logged") as uow:
        await uow.activities.add(an_activity(leo, lead_id=lead.id))

    with pytest.raises(UndoRefused) as refusal:
        await undo(team, added, by=team.ada)

    assert refusal.value.facts["what"] == "activity-logged"


async def test_a_lead_that_was_deleted_since_stays_deleted(team: Team) -> None:
    """A row that is not there has no stamp: who took it away must be asked of the journal."""
    lead = await team.lead()
    added = await last_action(team.database)
    gone = await undo(team, added)
    back = await undo(team, gone)
    gone_again = await undo(team, back)
    await undo(team, gone)
    async with team.acting(team.mei, "lead-deleted") as uow:
        await uow.session.delete(await uow.leads.get_for(team.mei, lead.id))

    with pytest.raises(UndoRefused):
        await undo(team, gone_again)


async def test_a_deletion_done_again_can_be_undone_by_its_first_name(team: Team) -> None:
    lead = await team.lead()
    async with team.acting(team.mei, "lead-deleted") as uow:
        await uow.session.delete(await uow.leads.get_for(team.mei, lead.id))
    deleted = await last_action(team.database)
    await undo(team, await undo(team, deleted))

    await undo(team, deleted)

    async with team.database.read() as uow:
        assert (await uow.leads.get_for(team.mei, lead.id)).company == lead.company
