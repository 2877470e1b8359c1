"""Who speaks is read past the session: the objects must be what it would have loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import selectinload

from domain.company.model import Company
from domain.customers.model import ContactPoint
from domain.leads.model import Lead
from domain.people.model import Identity, Staff
from domain.values.money import Money
from tests.storage.company import NOW, Team, a_phone


async def _known(team: Team) -> Identity:
    async with team.acting(team.mei) as uow:
        (await uow.company.get()).extra_holidays.append("2026-12-24")
        (await uow.staff.get(team.mei.id)).preferences["digest"] = "off"
        new = Identity(channel="telegram", user="7", name="Mei", staff_id=team.mei.id, last_spoke_at=NOW)
        return await uow.identities.add(new)


def _values(thing: object) -> Mapping[str, Any]:
    return {name: value for name, value in vars(thing).items() if name != "_sa_instance_state"}


async def test_the_speaker_is_as_the_session_loads_them(team: Team) -> None:
    await _known(team)
    async with team.database.unit_of_work() as uow:
        found = await uow.identities.find("telegram", "7")
        assert found is not None
        together = [found, await uow.staff.get(team.mei.id), await uow.company.get()]
    async with team.database.unit_of_work() as uow:
        apart = [
            await uow.session.scalar(select(kind).where(kind.id == one.id))
            for kind, one in zip(  # type: ignore[attr-defined]
                (Identity, Staff, Company), together, strict=True
            )
        ]

    assert [_values(one) for one in together] == [_values(one) for one in apart]


async def test_the_speaker_costs_one_statement_and_is_not_read_again(team: Team) -> None:
    known = await _known(team)
    async with team.database.unit_of_work() as uow:
        asked: list[object] = []
        event.listen(uow.session.sync_session, "do_orm_execute", asked.append)
        found = await uow.identities.find("telegram", "7")
        again = await uow.identities.find("telegram", "7")

        assert found is again is await uow.identities.get(known.id)
        assert (await uow.staff.get(team.mei.id)).name == team.mei.name
        assert asked == []


async def test_what_is_changed_in_place_is_noticed(team: Team) -> None:
    await _known(team)
    async with team.acting(team.mei) as uow:
        await uow.identities.find("telegram", "7")
        (await uow.staff.get(team.mei.id)).preferences["digest"] = "now"
        (await uow.company.get()).extra_holidays.remove("2026-12-24")
    async with team.database.read() as uow:
        assert (await uow.staff.get(team.mei.id)).preferences == {"digest": "now"}
        assert (await uow.company.get()).extra_holidays == []
        changes = await uow.journal.history_of("staff", team.mei.id, limit=1)
    assert changes[0].fields == (("preferences", {"digest": "off"}, {"digest": "now"}),)


async def test_nobody_is_found_who_never_spoke(team: Team) -> None:
    async with team.database.unit_of_work() as uow:
        assert await uow.identities.find("telegram", "8") is None


async def test_a_record_is_as_the_session_loads_it(team: Team) -> None:
    made = await team.lead(
        points=[a_phone(), ContactPoint(kind="email", value="a@b.c")], tags=["vip"], amount=Money(500, "GBP")
    )
    async with team.database.unit_of_work() as uow:
        lead = await uow.leads.get_for(team.mei, made.id)
        assert lead.amount == Money(500, "GBP")
        assert await uow.leads.get_for(team.mei, made.id) is lead
        points = [_values(point) for point in lead.points]
    async with team.database.unit_of_work() as uow:
        [apart] = (await uow.session.scalars(select(Lead).options(selectinload(Lead.points)))).all()  # type: ignore[arg-type]
        assert apart.amount == lead.amount
        assert [_values(point) for point in apart.points] == points
        assert {**_values(apart), "points": []} == {**_values(lead), "points": []}


async def test_what_is_changed_of_a_record_is_noticed(team: Team) -> None:
    made = await team.lead(points=[a_phone()], tags=["vip"])
    async with team.acting(team.mei) as uow:
        lead = await uow.leads.get_for(team.mei, made.id)
        lead.tags.append("new")
        lead.points = []
        again = await uow.leads.get_for(team.mei, made.id)
        assert again is lead
    async with team.database.read() as uow:
        kept = await uow.leads.get_for(team.mei, made.id)
        assert (kept.tags, kept.points) == (["vip", "new"], [])
