from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from domain.activities.model import ActivityKind
from domain.followups.model import FollowupStatus
from domain.journal.model import Source
from domain.notifications.model import NotificationState, Urgency
from domain.values.money import Money
from storage import tables
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.company import NOW, Team, a_followup, a_lead, a_phone, an_activity, planned


async def count(database: Database, table: str) -> int:
    async with database.read() as uow:
        return int(await uow.session.scalar(select(func.count()).select_from(tables.metadata.tables[table])))


async def test_nothing_is_kept_without_commit(team: Team) -> None:
    tables_of_it = ("leads", "notifications", "journal_actions", "journal_changes", "search_entries")
    before = [await count(team.database, name) for name in tables_of_it]
    async with team.database.unit_of_work() as uow:
        uow.acts(team.mei, at=NOW, source=Source(channel="local"))
        await uow.leads.add(a_lead(team.mei))
        await uow.action_id()
        uow.plan(planned())
    assert [await count(team.database, name) for name in tables_of_it] == before


async def test_an_error_rolls_back_and_lets_the_next_one_write(team: Team) -> None:
    with pytest.raises(ZeroDivisionError):
        async with team.database.unit_of_work() as uow:
            await uow.leads.add(a_lead(team.mei))
            raise ZeroDivisionError
    await team.lead()
    assert await count(team.database, "leads") == 1


async def test_values_come_back_as_they_were_put_in(team: Team) -> None:
    berlin = timezone(timedelta(hours=1))
    async with team.acting(team.mei) as uow:
        lead = await uow.leads.add(a_lead(team.mei, tags=["vip"], custom={"floor": "三楼"}))
        activity = await uow.activities.add(
            an_activity(
                team.mei,
                lead_id=lead.id,
                kind=ActivityKind.QUOTE,
                intents=["price"],
                amount=Money(5_000_000, "CNY"),
                at=datetime(2026, 11, 20, 3, 0, 0, 5, tzinfo=berlin),
            )
        )
        plain = await uow.activities.add(an_activity(team.mei, lead_id=lead.id))
    async with team.database.read() as uow:
        kept = await uow.activities.get_for(team.mei, activity.id)
        assert kept is not activity
        assert (kept.kind, kept.amount, kept.intents) == (ActivityKind.QUOTE, Money(5_000_000, "CNY"), ["price"])
        assert kept.at == datetime(2026, 11, 20, 2, 0, 0, 5, tzinfo=UTC)
        assert kept.at.utcoffset() == timedelta(0)
        assert (await uow.activities.get_for(team.mei, plain.id)).amount is None
        again = await uow.leads.get_for(team.mei, lead.id)
        assert (again.tags, again.custom, again.created_at.tzinfo) == (["vip"], {"floor": "三楼"}, UTC)
        mei = await uow.staff.get(team.mei.id)
        assert (mei.work_start, mei.lunch_end, mei.role) == (
            team.mei.work_start,
            team.mei.lunch_end,
            team.mei.role,
        )


async def test_a_naive_time_is_refused(team: Team) -> None:
    with pytest.raises(StatementError, match="naive time"):
        await team.lead(created_at=datetime(2026, 11, 20))  # noqa: DTZ001


async def test_lists_changed_in_place_are_kept(team: Team) -> None:
    lead = await team.lead()
    async with team.acting(team.mei) as uow:
        loaded = await uow.leads.get_for(team.mei, lead.id)
        loaded.tags.append("vip")
        loaded.custom["floor"] = "3"
    async with team.database.read() as uow:
        kept = await uow.leads.get_for(team.mei, lead.id)
        assert (kept.tags, kept.custom) == (["vip"], {"floor": "3"})
        (line, _) = await uow.journal.history_of("leads", lead.id, limit=5)
        assert set(map(repr, line.fields)) == {"('tags', [], ['vip'])", "('custom', {}, {'floor': '3'})"}


async def test_queries_see_what_this_unit_changed(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        followup = await uow.followups.add(a_followup(team.mei))
        followup.finish(now=NOW)
        assert await uow.followups.list_open(owner_id=team.mei.id, limit=5) == []
        assert followup.status is FollowupStatus.DONE


async def test_an_action_is_one_row_named_at_the_end(team: Team) -> None:
    async with team.acting(team.mei, "first-name") as uow:
        early = await uow.action_id()
        lead = await uow.leads.add(a_lead(team.mei, points=[a_phone()]))
        uow.happened("lead-added", lead=lead.id)
        assert await uow.action_id() == early
    async with team.database.read() as uow:
        (action,) = await uow.journal.actions_of(team.mei.id, limit=5)
        assert (action.id, action.name, action.at, action.source) == (early, "lead-added", NOW, "local:1")
        assert {change.table for change in await uow.journal.changes_of(early)} == {"leads", "contact_points"}


async def test_no_action_when_nothing_happened(team: Team) -> None:
    before = await count(team.database, "journal_actions")
    async with team.acting(team.mei) as uow:
        await uow.inbox.accept("local", "7", at=NOW)
        uow.answer(planned("help"))
    assert await count(team.database, "journal_actions") == before
    async with team.acting(team.mei) as uow:
        uow.plan(planned("later"))
    assert await count(team.database, "journal_actions") == before + 1


async def test_a_row_that_was_written_as_it_was_is_journaled_without_fields(team: Team) -> None:
    """It has a new version, and what came before cannot be undone under it."""
    lead = await team.lead()
    async with team.acting(team.mei) as uow:
        loaded = await uow.leads.get_for(team.mei, lead.id)
        loaded.company = "Other"
        await uow.flush()
        loaded.company = lead.company
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).status = lead.status
    async with team.database.read() as uow:
        newest, before, _ = await uow.journal.history_of("leads", lead.id, limit=5)
        assert (newest.fields, before.fields) == ((), ())


async def test_an_update_keeps_what_changed_a_new_row_all(team: Team) -> None:
    lead = await team.lead()
    async with team.acting(team.ana, "lead-renamed") as uow:
        (await uow.leads.get_for(team.ana, lead.id)).company = "Other"
        action = await uow.action_id()
    async with team.database.read() as uow:
        (change,) = await uow.journal.changes_of(action)
        assert change.before is not None
        assert change.after is not None
        assert {**change.before, "version": 0} == {"company": "华新科技", "version": 0}
        assert {**change.after, "version": 0} == {"company": "Other", "version": 0}
        newest, oldest = await uow.journal.history_of("leads", lead.id, limit=5)
        assert (newest.name, newest.staff_name, newest.fields) == (
            "lead-renamed",
            "Ana",
            (("company", "华新科技", "Other"),),
        )
        assert ("owner_id", None, team.mei.id) in oldest.fields
        assert ("created_at", None, NOW) in oldest.fields


async def test_a_contact_point_taken_off_is_gone(team: Team) -> None:
    lead = await team.lead(points=[a_phone()])
    async with team.acting(team.mei) as uow:
        loaded = await uow.leads.get_for(team.mei, lead.id)
        loaded.points.clear()
    assert await count(team.database, "contact_points") == 0
    await team.lead(team.tom, points=[a_phone()])


async def test_a_contact_point_moves_to_the_customer_a_lead_becomes(team: Team) -> None:
    lead = await team.lead(points=[a_phone()])
    customer = await team.customer()
    async with team.acting(team.mei) as uow:
        source = await uow.leads.get_for(team.mei, lead.id)
        target = await uow.customers.get_for(team.mei, customer.id)
        point = source.points.pop()
        target.points.append(point)
    async with team.database.read() as uow:
        kept = await uow.customers.get_for(team.mei, customer.id)
        assert [(one.customer_id, one.lead_id) for one in kept.points] == [(customer.id, None)]


async def test_direct_answers_are_born_leased_in_order(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        for number in range(12):
            uow.answer(planned(f"answer-{number}", channel="local", place="p", urgency=Urgency.DIRECT))
        uow.plan(planned("news"))
    assert [one.key for one in uow.answers] == [f"answer-{number}" for number in range(12)]
    assert all(one.id and one.attempts == 1 and one.state is NotificationState.PENDING for one in uow.answers)
    async with team.acting(team.mei) as uow:
        claimed = await uow.notifications.claim_due(NOW, limit=50, lease=timedelta(seconds=15), holder="other:1:x")
    assert [one.key for one in claimed] == ["news"]


async def test_a_dedupe_key_plans_once(team: Team) -> None:
    for _ in range(2):
        async with team.acting(team.mei) as uow:
            uow.plan(planned(dedupe_key="digest:1"))
            uow.plan(planned(dedupe_key="digest:1"))
    assert await count(team.database, "notifications") == 1


async def test_ids_are_never_used_again(team: Team) -> None:
    first = await team.lead()
    async with team.acting(team.mei) as uow:
        await uow.session.delete(await uow.leads.get_for(team.mei, first.id))
    assert (await team.lead()).id > first.id


async def test_writers_take_turns_and_lose_no_update(team: Team) -> None:
    lead = await team.lead()

    async def add_one() -> None:
        async with team.acting(team.mei) as uow:
            loaded = await uow.leads.get_for(team.mei, lead.id)
            await asyncio.sleep(0)
            loaded.custom["count"] = str(int(loaded.custom.get("count", "0")) + 1)

    await asyncio.gather(*(add_one() for _ in range(8)))
    async with team.database.read() as uow:
        assert (await uow.leads.get_for(team.mei, lead.id)).custom == {"count": "8"}


async def test_a_cancelled_writer_leaves_nothing_and_blocks_nobody(team: Team) -> None:
    entered = asyncio.Event()

    async def write_for_ever() -> None:
        async with team.database.unit_of_work() as uow:
            await uow.leads.add(a_lead(team.mei))
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_for_ever())
    await entered.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await team.lead()
    assert await count(team.database, "leads") == 1


@pytest.mark.parametrize("turns", range(0, 60, 4))
async def test_a_task_cancelled_anywhere_leaves_all_or_nothing(team: Team, turns: int) -> None:
    task = asyncio.create_task(team.lead(points=[a_phone()]))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    leads, points = await count(team.database, "leads"), await count(team.database, "contact_points")
    assert (leads, points) in {(0, 0), (1, 1)}
    await team.lead()
    assert await count(team.database, "leads") == leads + 1


async def test_reading_waits_for_no_writer_and_writes_nothing(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        lead = await uow.leads.add(a_lead(team.mei))
        async with team.database.read() as reading:
            assert await reading.search.find(team.mei, "华新", limit=5) == []
    async with team.database.read() as reading:
        assert (await reading.leads.get_for(team.mei, lead.id)).company == "华新科技"
        with pytest.raises(RuntimeError):
            await reading.commit()


async def test_the_conversation_lock_is_held_until_the_end(team: Team) -> None:
    async with team.database.unit_of_work() as first:
        assert await first.inbox.accept("local", "1", at=NOW, conversation="local:p")
        second = asyncio.create_task(_lock(team.database))
        await asyncio.sleep(0)
        assert not second.done()
    await second


async def _lock(database: Database) -> None:
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("local", "2", at=NOW, conversation="local:p")


async def test_the_company_is_made_once_and_not_by_an_action(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        company = await uow.company.get()
        assert company is await uow.company.get()
    async with team.acting(team.ada, "company-named") as uow:
        (await uow.company.get()).name = "Guanxi 有限公司"
    async with team.database.read() as uow:
        assert (await uow.company.get()).name == "Guanxi 有限公司"
        lines = await uow.journal.history_of("company", company.id, limit=5)
    assert [line.fields for line in lines] == [(("name", "Guanxi", "Guanxi 有限公司"),)]
    assert await count(team.database, "company") == 1


async def test_a_change_is_kept_whoever_holds_the_object(team: Team) -> None:
    lead = await team.lead()
    async with team.acting(team.mei) as uow:
        (await uow.leads.get_for(team.mei, lead.id)).tags.append("vip")
    async with team.database.read() as uow:
        assert (await uow.leads.get_for(team.mei, lead.id)).tags == ["vip"]


async def _a_plan(uow: SqlUnitOfWork, team: Team) -> None:
    uow.plan(planned())


async def _a_name(uow: SqlUnitOfWork, team: Team) -> None:
    uow.happened("lead-added")


async def _a_new_row(uow: SqlUnitOfWork, team: Team) -> None:
    uow.session.add(a_lead(team.mei))


async def _a_written_row(uow: SqlUnitOfWork, team: Team) -> None:
    await uow.leads.add(a_lead(team.mei))


async def _a_changed_row(uow: SqlUnitOfWork, team: Team) -> None:
    (await uow.leads.get_for(team.mei, 1)).note = "another"


async def _an_id(uow: SqlUnitOfWork, team: Team) -> None:
    await uow.action_id()


@pytest.mark.parametrize("begin", [_a_plan, _a_name, _a_new_row, _a_written_row, _a_changed_row, _an_id])
async def test_what_has_begun_something_of_its_own_cannot_go_on_with_an_earlier_action(
    team: Team, begin: Callable[[SqlUnitOfWork, Team], Awaitable[None]]
) -> None:
    lead = await team.lead()
    assert lead.id == 1
    async with team.database.unit_of_work() as uow:
        uow.acts(team.mei, at=NOW, source=Source(channel="local"))
        await uow.leads.get_for(team.mei, lead.id)
        uow.go_on(1)  # looking is doing nothing
    async with team.database.unit_of_work() as uow:
        uow.acts(team.mei, at=NOW, source=Source(channel="local"))
        await begin(uow, team)
        with pytest.raises(RuntimeError, match="of its own"):
            uow.go_on(1)
