"""What My day, the digest and the ladder read, the same on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text

from domain.activities.model import Activity, ActivityKind
from domain.customers.model import Customer
from domain.leads.model import Lead, LeadStatus
from domain.notifications.agenda import LadderMark
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from storage.dialects import is_sqlite
from tests.scheduler.conftest import NOW, Office

DAY = timedelta(days=1)


async def keep(office: Office, *things: object) -> None:
    async with office.database.unit_of_work() as uow:
        uow.session.add_all(things)
        await uow.commit()


def lead(owner: Staff | None, company: str, **fields: object) -> Lead:
    return Lead(**{"company": company, "owner_id": owner.id if owner else None, "created_at": NOW, **fields})  # type: ignore[arg-type]


def call(by: Staff, **fields: object) -> Activity:
    facts = {"kind": ActivityKind.CALL, "by_id": by.id, "at": NOW, "created_at": NOW}
    return Activity(**{**facts, **fields})  # type: ignore[arg-type]


async def test_each_owner_has_their_own_bound(office: Office) -> None:
    tom, mei = await office.staff("Tom"), await office.staff("Mei")
    for hours in range(4):
        await office.followup(tom, NOW + timedelta(hours=hours))
    await office.followup(mei, NOW + DAY)
    await office.followup(mei, NOW, status="done")

    async with office.database.read() as uow:
        found = await uow.agenda.list_due([tom.id, mei.id], before=NOW + 2 * DAY, per_owner=2)
        none = await uow.agenda.list_due([mei.id], before=NOW + DAY, per_owner=2)

    assert [(view.owner_name, view.due_at) for view in found] == [
        ("Tom", NOW),
        ("Tom", NOW + timedelta(hours=1)),
        ("Mei", NOW + DAY),
    ]
    assert none == []


async def test_untouched_are_open_and_without_activity(office: Office) -> None:
    tom = await office.staff("Tom")
    touched = lead(tom, "Touched")
    await keep(office, touched, lead(tom, "Lost", status=LeadStatus.LOST))
    await keep(office, lead(tom, "Second"), lead(tom, "First", created_at=NOW - DAY), lead(None, "Nobody's"))
    await keep(office, lead(tom, "", name="Jane"), call(tom, lead_id=touched.id))

    async with office.database.read() as uow:
        found = await uow.agenda.list_untouched([tom.id], per_owner=5)
        first = await uow.agenda.list_untouched([tom.id], per_owner=1)

    assert [each.title for each in found] == ["First", "Second", "Jane"]
    assert [each.title for each in first] == ["First"]


async def test_idle_is_what_has_no_next_step_for_a_while(office: Office) -> None:
    tom = await office.staff("Tom")
    long_ago = NOW - 10 * DAY

    async def customer(name: str, grade: str | None = "A", *, created_at: datetime = long_ago) -> Customer:
        made = Customer(name=name, name_key=name, grade=grade, owner_id=tom.id, created_at=created_at)
        await keep(office, made)
        return made

    await customer("Idle")
    await customer("Small", "C")
    await customer("Fresh", created_at=NOW - DAY)
    planned, called, done = await customer("Planned"), await customer("Called"), await customer("Done lately")
    selling, closed = await customer("Selling", "B"), await customer("Closed", None)
    await office.followup(tom, NOW + DAY, customer_id=planned.id)
    await office.followup(tom, NOW - DAY, customer_id=done.id, status="done", closed_at=NOW - DAY)
    await keep(office, call(tom, customer_id=called.id))

    def sale(of: Customer, **fields: object) -> Opportunity:
        facts = {"customer_id": of.id, "owner_id": tom.id, "name": f"Sale to {of.name}", "created_at": long_ago}
        return Opportunity(**{**facts, **fields})  # type: ignore[arg-type]

    await keep(office, sale(selling), sale(closed, closed_at=long_ago, stage="won"))

    async with office.database.read() as uow:
        found = await uow.agenda.list_idle([tom.id], since=NOW - 7 * DAY, per_owner=10)

    assert {(each.record, each.title) for each in found} == {("customer", "Idle"), ("opportunity", "Sale to Selling")}
    assert {each.since for each in found} == {long_ago}


async def test_counts_are_by_person(office: Office) -> None:
    tom, mei, eve = await office.staff("Tom"), await office.staff("Mei"), await office.staff("Eve")
    await keep(office, call(tom), call(tom), call(tom, kind=ActivityKind.VISIT), call(mei), call(eve))
    await keep(office, call(tom, at=NOW - DAY))

    async with office.database.read() as uow:
        logged = await uow.agenda.count_logged([tom.id, mei.id], since=NOW - DAY, until=NOW)

    assert [(each.staff_name, each.kind, each.count) for each in logged] == [
        ("Tom", ActivityKind.CALL, 2),
        ("Tom", ActivityKind.VISIT, 1),
        ("Mei", ActivityKind.CALL, 1),
    ]


async def test_the_ladder_remembers_without_touching_the_lead(office: Office) -> None:
    tom = await office.staff("Tom")
    first, second = lead(tom, "First", grade="A"), lead(tom, "Second")
    await keep(office, first, second, lead(tom, "Lost", status=LeadStatus.LOST))
    await keep(office, call(tom, lead_id=second.id))

    async with office.database.unit_of_work() as uow:
        found = await uow.agenda.list_for_ladder(NOW, stamp=None, limit=10)
        assert {(each.id, each.grade, each.is_touched, each.rung, each.is_first) for each in found} == {
            (first.id, "A", False, 0, True),
            (second.id, None, True, 0, True),
        }
        await uow.agenda.mark_ladder(
            [
                LadderMark(lead_id=first.id, rung=3, look_at=NOW + DAY, stamp=None),
                LadderMark(lead_id=second.id, rung=0, look_at=None, stamp=None),
            ]
        )
        await uow.commit()

    async with office.database.read() as uow:
        assert await uow.agenda.list_for_ladder(NOW, stamp=None, limit=10) == []
        assert [each.id for each in await uow.agenda.list_for_ladder(NOW + DAY, stamp=None, limit=10)] == [first.id]
        changes = await uow.session.scalar(text("SELECT count(*) FROM journal_changes WHERE table_name = 'leads'"))
    assert changes == 3  # as they were added


async def test_the_ladder_walks_its_index(office: Office) -> None:
    async with office.database.read() as uow:
        if not is_sqlite(uow.session):
            return
        plan = await uow.session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM leads WHERE leads.status IN ('new', 'working', 'qualified')"
                " AND ladder_at <= '2026-11-18 09:00:00' ORDER BY ladder_at LIMIT 10"
            )
        )
        assert "ix_leads_ladder" in " ".join(row.detail for row in plan)


async def test_what_was_wanted_in_my_day_is_found_again(office: Office) -> None:
    from domain.notifications.model import Planned, Urgency

    tom = await office.staff("Tom")
    async with office.database.unit_of_work() as uow:
        (await uow.staff.get(tom.id)).preferences = {"comments": "digest"}
        told = {"record": "lead", "id": 1, "by": "Mei", "note": "hello", "activity": 1}
        uow.plan(Planned(key="comment-told", facts=told, due_at=NOW, staff_id=tom.id, urgency=Urgency.URGENT))
        await uow.commit()

    await office.delivery().deliver_all()

    async with office.database.read() as uow:
        held = await uow.notifications.list_held([tom.id], since=NOW - DAY, limit=10)
        assert [row.facts["note"] for row in held] == ["hello"]
        assert await uow.notifications.list_held([tom.id], since=NOW, limit=10) == []
        assert await uow.notifications.list_known(["x"]) == frozenset()
