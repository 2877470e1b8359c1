"""One-time codes, drafts that move, and what somebody owns, on every database."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.journal.model import Source
from domain.people.actions import Newcomer, accept_invitation, change_role, invite, invite_first_admin
from domain.people.handover import Belongings, count_belongings, hand_over
from domain.people.model import Identity, Role, Staff
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.company import NOW, Team, a_followup


async def opened_at_once(database: Database, code: str, *, users: int) -> list[str]:
    """Several people open one link at the same moment; gives what became of each."""

    async def open_it(user: int) -> str:
        async with database.unit_of_work() as uow:
            identity = await uow.identities.add(Identity(channel="telegram", user=str(user)))
            try:
                await accept_invitation(uow, identity, code, newcomer=Newcomer(name=f"N{user}"), now=NOW)
            except CrmError as refusal:
                return refusal.code
            await uow.commit()
            return "joined"

    return sorted(await asyncio.gather(*(open_it(user) for user in range(users))))


async def test_the_first_link_makes_one_admin_however_many_open_it(database: Database) -> None:
    async with database.unit_of_work() as uow:
        invitation = await invite_first_admin(uow, now=NOW)
        await uow.commit()
    assert invitation is not None

    assert await opened_at_once(database, invitation.code, users=5) == ["invitation-invalid"] * 4 + ["joined"]

    async with database.read() as uow:
        assert [person.role for person in await uow.staff.list_all()] == [Role.ADMIN]


async def test_a_colleagues_link_links_one_account(database: Database, team: Team) -> None:
    async with team.acting(team.ada) as uow:
        invitation = await invite(uow, team.ada, staff=team.mei, now=NOW)

    assert await opened_at_once(database, invitation.code, users=5) == ["invitation-invalid"] * 4 + ["joined"]

    async with database.read() as uow:
        assert len(await uow.identities.list_for_staff(team.mei.id)) == 1


async def test_a_new_first_link_ends_the_earlier_one_alone(database: Database, team: Team) -> None:
    async with team.acting(team.ada) as uow:
        own = await invite(uow, team.ada, staff=team.ada, now=NOW)
        anybodys = await invite(uow, None, staff=None, role=Role.ADMIN, now=NOW)
        await uow.identities.withdraw_open_invitations(now=NOW)

    async with database.read() as uow:
        kept, ended = (
            await uow.identities.find_invitation(own.code),
            await uow.identities.find_invitation(anybodys.code),
        )
        assert kept is not None
        assert ended is not None
        assert kept.expires_at > NOW
        assert ended.expires_at == NOW


async def test_of_two_admins_who_take_the_role_from_each_other_at_once_one_stays(
    database: Database, team: Team
) -> None:
    async with team.acting(team.ada) as uow:
        await change_role(uow, team.ada, team.zoe.id, Role.ADMIN)

    async def takes_it_from(other: Staff, by: Staff) -> str:
        async with database.unit_of_work() as uow:
            actor = await uow.staff.get(by.id)
            uow.acts(actor, at=NOW, source=Source(channel="local", delivery=by.name))
            try:
                await change_role(uow, actor, other.id, Role.REP)
            except CrmError as refusal:
                return refusal.code
            await uow.commit()
            return "taken"

    both_connected = asyncio.Barrier(2)  # else one of them is done before the other has a connection

    async def connects() -> None:
        async with database.read():
            await both_connected.wait()

    await asyncio.gather(connects(), connects())
    ends = await asyncio.gather(takes_it_from(team.zoe, team.ada), takes_it_from(team.ada, team.zoe))

    assert ends.count("taken") == 1
    assert {*ends} <= {"taken", "last-admin", "not-allowed"}
    async with database.read() as uow:
        assert len(await uow.staff.list_admins()) == 1


# ---------------------------------------------------------------- drafts


def a_draft(owner: Staff, *, place: str, asking: str | None = None, kind: str = "entry", age: int = 0) -> Draft:
    at = NOW - timedelta(days=age)
    return Draft(
        staff_id=owner.id,
        kind=kind,
        content={},
        channel="local",
        place=place,
        asking=asking,
        created_at=at,
        updated_at=at,
    )


async def test_a_question_that_moves_takes_the_place_of_the_one_there(database: Database, team: Team) -> None:
    async with team.acting(team.mei) as uow:
        here = await uow.drafts.add(a_draft(team.mei, place="here", asking="note"))
        there = await uow.drafts.add(a_draft(team.mei, place="there", asking="when"))
        silent = await uow.drafts.add(a_draft(team.mei, place="elsewhere"))

    async with team.acting(team.mei) as uow:
        await uow.drafts.move(await uow.drafts.get_for(team.mei.id, there.id), channel="local", place="here")
        await uow.drafts.move(await uow.drafts.get_for(team.mei.id, silent.id), channel="telegram", place="here")

    async with database.read() as uow:
        asked = await uow.drafts.find_question(team.mei.id, "local", "here")
        assert asked is not None
        assert (asked.id, asked.asking) == (there.id, "when")
        assert (await uow.drafts.get_for(team.mei.id, here.id)).asking is None
        moved = await uow.drafts.get_for(team.mei.id, silent.id)
        assert (moved.channel, moved.place, moved.asking) == ("telegram", "here", None)


async def test_drafts_are_listed_by_kind_and_the_old_ones_removed(database: Database, team: Team) -> None:
    async with team.acting(team.mei) as uow:
        for kind, age in (("entry", 1), ("search", 0), ("form", 20), ("entry", 30)):
            await uow.drafts.add(a_draft(team.mei, place="here", kind=kind, age=age))
        await uow.drafts.add(a_draft(team.tom, place="here"))

    async with database.unit_of_work() as uow:
        listed = await uow.drafts.list_of(team.mei.id, limit=10, kinds=("entry", "form"))
        assert [(NOW - draft.updated_at).days for draft in listed] == [1, 20, 30]
        assert await uow.drafts.remove_older(NOW - timedelta(days=14), limit=1) == 1
        assert await uow.drafts.remove_older(NOW - timedelta(days=14), limit=10) == 1
        assert await uow.drafts.remove_older(NOW - timedelta(days=14), limit=10) == 0
        await uow.commit()

    async with database.read() as uow:
        assert {draft.kind for draft in await uow.drafts.list_of(team.mei.id, limit=10)} == {"entry", "search"}


# ---------------------------------------------------------------- handing over


async def belonging(uow: SqlUnitOfWork, owner: Staff) -> Belongings:
    return await count_belongings(uow, owner.id)


async def test_a_handover_is_undone_as_a_whole(database: Database, team: Team) -> None:
    await team.lead(team.tom)
    await team.customer(team.tom)
    async with team.acting(team.tom) as uow:
        done = await uow.followups.add(a_followup(team.tom))
        await uow.followups.add(a_followup(team.tom))
        done.finish(now=NOW)

    async with team.acting(team.ada) as uow:
        given = await hand_over(uow, team.ada, team.tom.id, team.mei.id, now=NOW)
        action_id = await uow.action_id()
    async with database.read() as uow:
        assert (await belonging(uow, team.tom)).total == 0
        assert await belonging(uow, team.mei) == given
        assert (given.leads, given.customers, given.followups, given.opportunities) == (1, 1, 1, 0)

    async with team.acting(team.ada) as uow:
        await uow.journal.undo(action_id, actor=team.ada, now=NOW)
    async with database.read() as uow:
        assert await belonging(uow, team.tom) == given
