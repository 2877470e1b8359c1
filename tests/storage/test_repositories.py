"""The small repositories, each on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.people.model import Identity, Invitation, Role, Staff
from storage.engine import Database
from tests.storage.company import NOW, Team, a_contact, a_followup, a_lead, an_activity
from tests.storage.test_undo import last_action, undo

LATER = NOW + timedelta(hours=1)


def a_draft(staff: Staff, **fields: object) -> Draft:
    given = {"kind": "log", "content": {}, "channel": "local", "place": "p", "created_at": NOW, "updated_at": NOW}
    return Draft(staff_id=staff.id, **{**given, **fields})  # type: ignore[arg-type]


# ---------------------------------------------------------------- staff


async def test_names_are_found_whatever_their_case_and_width(team: Team) -> None:
    async with team.database.read() as uow:
        for name in ("mei", "MEI", " Ｍｅｉ "):
            found = await uow.staff.find_by_name(name)
            assert found is not None
            assert found.id == team.mei.id
        assert await uow.staff.find_by_name("nobody") is None


async def test_a_name_is_unique_among_the_active(team: Team) -> None:
    with pytest.raises(IntegrityError):
        async with team.acting(team.ada) as uow:
            await uow.staff.add(Staff(name="MEI", role=Role.REP, created_at=NOW))
    async with team.acting(team.ada) as uow:
        (await uow.staff.get(team.mei.id)).is_active = False
        await uow.flush()
        again = await uow.staff.add(Staff(name="Mei", role=Role.REP, created_at=NOW))
    async with team.database.read() as uow:
        found = await uow.staff.find_by_name("mei")
        assert found is not None
        assert found.id == again.id
        assert len(await uow.staff.list_all()) == len(await uow.staff.list_active()) + 1
        with pytest.raises(RecordNotFound):
            await uow.staff.get(999)


async def test_who_leads_whom(team: Team) -> None:
    async with team.database.read() as uow:
        led = {
            who.name: [one.name for one in await uow.staff.managers_of(who)]
            for who in (team.mei, team.tom, team.ana, team.zoe)
        }
    assert led == {"Mei": ["Ana"], "Tom": ["Zoe"], "Ana": ["Zoe"], "Zoe": ["Ada"]}


# ---------------------------------------------------------------- identities


async def test_who_is_who_on_a_channel(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        first = await uow.identities.add(Identity(channel="local", user="mei", staff_id=team.mei.id))
        second = await uow.identities.add(Identity(channel="telegram", user="7", staff_id=team.mei.id))
        version_before = len(await uow.journal.history_of("identities", second.id, limit=5))
        await uow.identities.spoke(second.id, NOW, private_place="chat-7")
        assert (second.private_place, second.last_spoke_at) == ("chat-7", NOW)
        await uow.identities.spoke(second.id, LATER, private_place=None)
        await uow.identities.cannot_be_reached(first.id, NOW)
    async with team.database.read() as uow:
        newest, other = await uow.identities.list_for_staff(team.mei.id)
        assert (newest.channel, newest.private_place, newest.last_spoke_at) == ("telegram", "chat-7", LATER)
        assert other.unreachable_since == NOW
        found = await uow.identities.find("local", "mei")
        assert found is not None
        assert found.id == first.id
        assert await uow.identities.find("local", "tom") is None
        assert len(await uow.journal.history_of("identities", second.id, limit=5)) == version_before + 1


async def test_who_speaks_is_reachable_again(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        identity = await uow.identities.add(Identity(channel="local", user="x", unreachable_since=NOW))
        await uow.identities.spoke(identity.id, LATER, private_place=None)
    async with team.database.read() as uow:
        found = await uow.identities.find("local", "x")
        assert found is not None
        assert found.unreachable_since is None


async def test_undoing_a_binding_leaves_the_account(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        stranger = await uow.identities.add(Identity(channel="local", user="x"))
    async with team.acting(team.mei, "joined") as uow:
        known = await uow.identities.find("local", "x")
        assert known is not None
        known.staff_id = team.mei.id
        new = await uow.identities.add(Identity(channel="local", user="y", staff_id=team.mei.id))
    async with team.database.unit_of_work() as uow:
        await uow.identities.spoke(stranger.id, LATER, private_place="p")
        await uow.commit()
    await undo(team, await last_action(team.database))
    async with team.database.read() as uow:
        for user, row_id in (("x", stranger.id), ("y", new.id)):
            left = await uow.identities.find("local", user)
            assert left is not None
            assert (left.id, left.staff_id) == (row_id, None)


async def test_contacts_have_accounts_too(team: Team) -> None:
    customer = await team.customer()
    async with team.acting(team.mei) as uow:
        contact = await uow.customers.add_contact(a_contact(customer))
        await uow.identities.add(Identity(channel="local", user="c", contact_id=contact.id))
    async with team.database.read() as uow:
        assert [one.user for one in await uow.identities.list_for_contact(contact.id)] == ["c"]


async def test_invitations(team: Team) -> None:
    async with team.acting(team.ada) as uow:
        await uow.identities.add_invitation(
            Invitation(code="abc", role=Role.REP, created_by=team.ada.id, expires_at=LATER)
        )
    async with team.acting(team.ada) as uow:
        found = await uow.identities.find_invitation("abc")
        assert found is not None
        assert (found.role, found.expires_at, found.used_at) == (Role.REP, LATER, None)
        assert await uow.identities.find_invitation("abd") is None


# ---------------------------------------------------------------- lists


async def test_lists_in_their_order(team: Team) -> None:
    lead = await team.lead()
    hour = timedelta(hours=1)
    async with team.acting(team.mei) as uow:
        for number in (2, 1, 3):
            await uow.followups.add(a_followup(team.mei, lead_id=lead.id, due_at=NOW + number * hour, note=str(number)))
            await uow.activities.add(an_activity(team.mei, lead_id=lead.id, at=NOW + number * hour, note=str(number)))
        untouched = await uow.leads.add(a_lead(team.mei, company="Untouched"))
    async with team.database.read() as uow:
        whose = {"owner_id": team.mei.id, "lead_id": lead.id}
        assert [one.note for one in await uow.followups.list_open(**whose, limit=2)] == ["1", "2"]
        window = await uow.followups.list_open(due_from=NOW + 2 * hour, due_before=NOW + 3 * hour, limit=9)
        assert [one.note for one in window] == ["2"]
        assert [one.note for one in await uow.activities.list_of(lead_id=lead.id, limit=2)] == ["3", "2"]
        before = await uow.activities.list_of(lead_id=lead.id, limit=9, before=NOW + 2 * hour)
        assert [one.note for one in before] == ["1"]
        assert [one.id for one in await uow.leads.list_untouched(team.mei.id, limit=9)] == [untouched.id]


# ---------------------------------------------------------------- drafts


async def test_a_draft_keeps_what_is_changed_in_its_depth(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        draft = await uow.drafts.add(a_draft(team.mei, content={"entry": {"when": NOW, "people": ["a"]}}))
    async with team.acting(team.mei) as uow:
        loaded = await uow.drafts.get_for(team.mei.id, draft.id)
        loaded.content["entry"]["people"].append("b")
    async with team.database.read() as uow:
        kept = await uow.drafts.get_for(team.mei.id, draft.id)
        assert kept.content == {"entry": {"when": NOW, "people": ["a", "b"]}}
        with pytest.raises(RecordNotFound):
            await uow.drafts.get_for(team.tom.id, draft.id)
        with pytest.raises(RecordNotFound):
            await uow.drafts.get_for(None, draft.id)


async def test_one_question_a_person_and_conversation(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        first = await uow.drafts.add(a_draft(team.mei, asking="phone"))
        second = await uow.drafts.add(a_draft(team.mei, asking="email", updated_at=LATER))
        elsewhere = await uow.drafts.add(a_draft(team.mei, asking="name", place="q"))
        of_tom = await uow.drafts.add(a_draft(team.tom, asking="name"))
        assert first.asking is None
    async with team.database.read() as uow:
        for person, place, draft in ((team.mei, "p", second), (team.mei, "q", elsewhere), (team.tom, "p", of_tom)):
            found = await uow.drafts.find_question(person.id, "local", place)
            assert found is not None
            assert found.id == draft.id
        latest = await uow.drafts.find_latest(team.mei.id, "local", "p", since=NOW)
        assert latest is not None
        assert latest.id == second.id
        assert await uow.drafts.find_latest(team.mei.id, "local", "p", since=LATER + timedelta(seconds=1)) is None
        assert [one.id for one in await uow.drafts.list_of(team.mei.id, limit=2)] == [second.id, elsewhere.id]


async def test_two_questions_of_strangers_do_not_meet(team: Team) -> None:
    async with team.acting(team.mei) as uow:
        for user in ("x", "y"):
            stranger = await uow.identities.add(Identity(channel="local", user=user))
            draft = a_draft(team.mei, asking="name", identity_id=stranger.id)
            draft.staff_id = None
            await uow.drafts.add(draft)
        assert (await uow.drafts.get_for(None, draft.id)).asking == "name"
        await uow.drafts.remove(draft)
        with pytest.raises(RecordNotFound):
            await uow.drafts.get_for(None, draft.id)


# ---------------------------------------------------------------- inbox, local messages


async def test_a_delivery_is_accepted_once(database: Database) -> None:
    async def accept() -> bool:
        async with database.unit_of_work() as uow:
            accepted = await uow.inbox.accept("telegram", "42", at=NOW)
            await uow.commit()
        return accepted

    assert sorted(await asyncio.gather(*(accept() for _ in range(5)))) == [False, False, False, False, True]
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("slack", "42", at=NOW)


async def test_a_delivery_whose_transaction_failed_comes_again(database: Database) -> None:
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("telegram", "42", at=NOW)
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("telegram", "42", at=NOW)


async def test_old_deliveries_are_forgotten(database: Database) -> None:
    async with database.unit_of_work() as uow:
        for number in range(5):
            await uow.inbox.accept("telegram", str(number), at=NOW + timedelta(days=number))
        assert await uow.inbox.forget(NOW + timedelta(days=3), limit=2) == 2
        assert await uow.inbox.forget(NOW + timedelta(days=3), limit=2) == 1
        assert not await uow.inbox.accept("telegram", "3", at=NOW)


async def test_what_stands_in_a_local_conversation(database: Database) -> None:
    async with database.unit_of_work() as uow:
        ids = [
            await uow.local_messages.add("p", sender=sender, body={"text": str(number)}, at=NOW)
            for number, sender in enumerate(("mei", None, "mei"))
        ]
        await uow.local_messages.add("q", sender=None, body={}, at=NOW)
        assert await uow.local_messages.replace(ids[1], {"text": "edited"}, at=LATER)
        assert not await uow.local_messages.replace(999, {}, at=LATER)
        await uow.commit()
    async with database.read() as uow:
        messages = await uow.local_messages.list_of("p", limit=2)
        assert [dict(message) for message in messages] == [
            {"id": ids[1], "sender": None, "body": {"text": "edited"}, "at": NOW, "edited_at": LATER},
            {"id": ids[2], "sender": "mei", "body": {"text": "2"}, "at": NOW, "edited_at": None},
        ]
        assert [one["id"] for one in await uow.local_messages.list_of("p", limit=9, before=ids[1])] == [ids[0]]
