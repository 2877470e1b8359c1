"""A colleague of the workspace asks to join, and an admin lets them in with one tap."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.local.people import CHANNEL, private_place
from domain.approvals.actions import ask_approval, decline
from domain.approvals.errors import OwnRequest
from domain.approvals.model import APPROVERS, Approval
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.chat import Outgoing
from handlers.dispatch import perform
from scheduler.planners import APPROVALS, run_planner
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, code_in, phone
from tests.counting import statements

FOUR_DAYS = timedelta(days=4)


def colleague(chat: Chat, name: str = "Tom Brown", **more: object) -> Caller:
    facts = {"locale": "en-GB", "timezone": "Europe/Berlin", "is_member": True, **more}
    return Caller(chat, "7", name, **facts)  # type: ignore[arg-type]


@pytest.fixture
async def ana(chat: Chat) -> Person:
    phone(chat)
    return await chat.staff("Ana", role="admin")


async def states(chat: Chat) -> list[str]:
    return [row["state"] for row in await chat.rows("approvals")]


async def test_first_contact_is_a_question_and_one_tap_of_the_admin_lets_them_in(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)

    [welcome] = await tom.says("hello there")
    assert welcome.buttons == ["Join as sales rep", "Join as support agent", "Join as manager", "中文"]
    [waiting] = await tom.presses("Join as sales rep")
    assert "Ana" in waiting.text
    await chat.delivered()

    card = ana.heard[-1]
    assert "Tom Brown would like to join as sales rep" in card.text
    assert "Berlin" in card.text
    assert card.buttons == ["Approve", "Decline"]

    done = await ana.presses("Approve")
    await chat.delivered()

    assert "Approved by Ana: Tom Brown as sales rep" in done.text
    [_, staff] = await chat.rows("staff")
    assert (staff["name"], staff["role"], staff["locale"], staff["timezone"]) == (
        "Tom Brown",
        "rep",
        "en",
        "Europe/Berlin",
    )
    assert "You’re in as sales rep" in tom.last_heard().text
    [hello] = await tom.presses("That’s right")
    assert hello.key == "start-hello"
    [saved] = await tom.says("/lead Acme, Jane")
    assert saved.key == "lead-added"


async def test_who_is_forgotten_while_they_wait_is_not_let_in(chat: Chat, ana: Person) -> None:
    """The card still stands before the admin; the account behind it is nobody's any more."""
    tom = colleague(chat)
    await tom.says("hello there")
    await tom.presses("Join as sales rep")
    await tom.says("/forget")
    await tom.presses("Yes, erase it")
    await chat.delivered()
    asked = {row["kind"]: row["id"] for row in await chat.rows("approvals")}
    await ana.forges(f"approval.yes:{asked['forget']}")
    await chat.delivered()
    await chat.tick(after=timedelta(minutes=1))

    answer = await ana.forges(f"approval.yes:{asked['join']}")

    assert answer.key == "approval-is-expired"
    assert "Tom Brown" not in answer.text
    assert len(await chat.rows("staff")) == 1
    assert chat.house.dispatcher.counters.incidents == 0


async def test_whoever_begins_with_a_command_is_asked_to_join_too(chat: Chat, ana: Person) -> None:
    for words in ("/today", "/help", "/start", "/lead Acme"):
        [said] = await colleague(chat).says(words)
        assert said.key == "member-welcome", words
    [wrong] = await colleague(chat).says("/join NONSENSE1234")
    assert wrong.key == "invitation-invalid"


async def test_in_a_group_the_question_is_private_and_the_answer_reaches_them(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)

    [welcome] = await tom.says("/today", group="sales")
    assert welcome.sent.row.extra["to_user"] == "7"
    await tom.presses("Join as support", group="sales")
    await chat.delivered()
    await ana.presses("Approve")
    await chat.delivered()

    assert "You’re in as support agent" in tom.last_heard().text


async def test_guests_and_strangers_are_not_asked(chat: Chat, ana: Person) -> None:
    guest = colleague(chat, is_member=False)

    [said, _] = await guest.says("hello")
    assert said.key == "welcome"
    member = Caller(chat, "8", "Mei", is_member=True)
    await member.says("hello")
    guest.heard += member.heard
    [refused] = await guest.presses("Join as sales rep")

    assert refused.key == "button-too-old"
    assert await chat.rows("approvals") == []


async def test_nobody_becomes_admin_by_asking(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    [welcome] = await tom.says("hello")
    tom.heard.append(welcome)

    forged = await _forges(tom, "join.as:admin")

    assert forged == "button-too-old"
    assert await states(chat) == []


async def _forges(caller: Caller, payload: str) -> str:
    from handlers.chat import Press

    [said] = await caller.does(Press(payload, "m1"))
    return said.key


async def test_without_an_admin_there_is_nobody_to_ask(chat: Chat) -> None:
    phone(chat)

    [said, _] = await colleague(chat).says("hello")

    assert said.key == "welcome"


async def test_asked_twice_it_is_one_request_and_one_card(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    [again] = await tom.presses("Join as manager")
    await chat.delivered()

    assert "sales rep" in again.text
    assert await states(chat) == ["open"]
    assert [said.key for said in ana.heard] == ["approval-card"]
    [still] = await tom.says("and now?")
    assert still.key == "join-waiting"


async def test_the_first_answer_counts_and_the_others_card_says_so(chat: Chat, ana: Person) -> None:
    bea = await chat.staff("Bea", role="admin")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()
    standing = bea.heard[-1]

    await ana.presses("Approve")
    await chat.delivered()

    changed = bea.heard[-1]
    assert changed.edits is not None
    assert standing.buttons == ["Approve", "Decline"]
    assert "Approved by Ana" in changed.text
    assert changed.buttons == []
    late = await bea.forges("approval.no:1")
    assert "Approved by Ana" in late.text
    assert len(await chat.rows("staff")) == 3


async def test_decided_while_a_colleagues_card_was_on_its_way(chat: Chat, ana: Person) -> None:
    bea = await chat.staff("Bea", role="admin")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")

    class AnaIsQuicker:
        def __getattr__(self, name: str) -> Any:
            return getattr(chat.house.local, name)

        async def send(self, outgoing: Outgoing) -> str | None:
            message = await chat.house.local.send(outgoing)
            if outgoing.place == private_place(bea.user) and await states(chat) == ["open"]:
                await perform(chat.house.database.unit_of_work, ana_declines, actor=ana.staff, now=chat.now)
            return message

    async def ana_declines(uow: UnitOfWork, actor: Staff | None) -> Approval:
        assert actor is not None
        return await decline(uow, actor, 1, now=chat.now)

    chat.house.channels[CHANNEL] = AnaIsQuicker()
    await chat.delivered()
    await chat.delivered()

    asked, told = bea.heard
    assert asked.buttons == ["Approve", "Decline"]
    assert told.edits is not None
    assert "by Ana" in told.text
    assert told.buttons == []


async def test_two_admins_at_once(chat: Chat, ana: Person) -> None:
    bea = await chat.staff("Bea", role="admin")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()

    answers = await asyncio.gather(ana.presses("Approve"), bea.presses("Decline"))

    [state] = await states(chat)
    assert state in {"approved", "declined"}
    # Both are told what became of it, and it became of it once.
    who = {"approved": "Ana", "declined": "Bea"}[state]
    assert all(f"by {who}" in answer.text for answer in answers)
    assert len(await chat.rows("staff")) == (3 if state == "approved" else 2)


async def test_who_decides_no_more_keeps_the_card_as_they_saw_it(chat: Chat, ana: Person) -> None:
    bea = await chat.staff("Bea", role="admin")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()
    await ana.forges(f"team.setrole:{bea.id}.rep")
    await chat.delivered()
    before = len(bea.heard)

    await ana.forges("approval.yes:1")
    await chat.delivered()

    assert await states(chat) == ["approved"]
    assert [said.sent.outcome for said in bea.heard[before:]] == ["skipped: gone"]


@pytest.mark.parametrize("role", ["rep", "agent", "manager"])
async def test_only_admins_decide(chat: Chat, ana: Person, role: str) -> None:
    nosy = await chat.staff("Nosy", role=role)
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")

    for verb in ("approval.yes:1", "approval.no:1", "approval.yes:1.1", "approval.yes:99"):
        assert (await nosy.forges(verb)).key == "approval-not-found"
    assert await _forges(tom, "approval.yes:1") == "for-staff-only"
    assert await states(chat) == ["open"]


async def test_declined_they_are_told_and_may_ask_again_after_a_day(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()

    done = await ana.presses("Decline")
    await chat.delivered()

    assert "Declined by Ana" in done.text
    assert "can’t be let in" in tom.last_heard().text
    assert len(await chat.rows("staff")) == 1
    chat.now += timedelta(minutes=1)
    await tom.says("hello again")
    [refused] = await tom.presses("Join as sales rep")
    assert refused.key == "declined-lately"
    assert await states(chat) == ["declined"]

    chat.now += timedelta(days=1)
    await tom.says("hello once more")
    await tom.presses("Join as sales rep")
    assert await states(chat) == ["declined", "open"]


async def test_many_run_out_in_as_many_statements_as_two(chat: Chat, ana: Person) -> None:
    async def asked_of(people: range) -> int:
        for user in people:
            tom = Caller(chat, f"u{user}", f"Tom {user}", is_member=True)
            await tom.says("hello")
            await tom.presses("Join as sales rep")
        await chat.delivered()
        chat.now += FOUR_DAYS
        with statements() as asked:
            assert await run_planner(chat.house.database.unit_of_work, APPROVALS, chat.now) == len(people)
        return sum(statement.startswith("SELECT") for statement in asked)

    assert await asked_of(range(2)) == await asked_of(range(2, 9))
    assert await states(chat) == ["expired"] * 9


async def test_who_has_no_name_is_called_as_the_platform_calls_them(chat: Chat, ana: Person) -> None:
    tom = colleague(chat, " ")
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()

    await ana.presses("Approve")

    assert [row["name"] for row in await chat.rows("staff")] == ["Ana", "7"]


async def test_after_three_days_it_runs_out(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.tick(after=timedelta(days=2, hours=23))
    assert await states(chat) == ["open"]

    await chat.tick(after=timedelta(hours=1))

    assert await states(chat) == ["expired"]
    assert "Nobody answered in time" in ana.heard[-1].text
    assert "Shall I ask again?" in tom.last_heard().text
    assert "Nobody answered in time" in (await ana.forges("approval.yes:1")).text
    await tom.presses("Join as sales rep")
    assert await states(chat) == ["expired", "open"]


async def test_an_answer_after_the_time_but_before_the_planner_is_refused(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()
    chat.now += FOUR_DAYS

    late = await ana.presses("Approve")

    assert late.key == "approval-expired"
    assert len(await chat.rows("staff")) == 1
    [asked] = await tom.says("hello")
    assert asked.key == "member-welcome"
    await tom.presses("Join as sales rep")
    assert await states(chat) == ["expired", "open"]


async def test_letting_in_can_be_undone_and_done_again(chat: Chat, ana: Person) -> None:
    bea = await chat.staff("Bea", role="admin")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()
    await ana.presses("Approve")
    await chat.delivered()
    assert "Approved by Ana" in bea.heard[-1].text

    await ana.presses("Undo")
    await chat.delivered()

    assert bea.heard[-1].edits is not None
    assert bea.heard[-1].buttons == ["Approve", "Decline"]
    assert await states(chat) == ["open"]
    assert [row["name"] for row in await chat.rows("staff")] == ["Ana", "Bea"]
    [said] = await tom.says("hello")
    assert said.key == "join-waiting"
    await ana.presses("Redo")
    assert await states(chat) == ["approved"]
    assert (await tom.says("/lead Acme"))[0].key == "lead-added"


async def test_somebody_on_the_staff_already_is_linked_with_a_tap(chat: Chat, ana: Person) -> None:
    staff = await chat.staff("Tom", role="manager")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()

    assert "Tom is on the team already (manager)" in ana.heard[-1].text
    assert ana.heard[-1].buttons == ["Approve", "Link to Tom", "Decline"]
    await ana.presses("Link to Tom")
    await chat.delivered()

    assert len(await chat.rows("staff")) == 2
    accounts = {row["channel"] for row in await chat.rows("identities") if row["staff_id"] == staff.id}
    assert accounts == {"local", "phone"}
    assert "Linked." in tom.last_heard().text


async def test_a_second_tom_gets_a_name_of_his_own(chat: Chat, ana: Person) -> None:
    await chat.staff("Tom Brown")
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()

    await ana.presses("Approve")

    assert [row["name"] for row in await chat.rows("staff")] == ["Ana", "Tom Brown", "Tom Brown 2"]


async def test_who_came_in_by_a_code_meanwhile_is_not_let_in_twice(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()
    await ana.says("/team Tommy, rep")
    await tom.says(f"/join {code_in(ana.heard[-1])}")

    refused = await ana.forges("approval.yes:1")

    assert refused.key == "identity-taken"
    assert [row["name"] for row in await chat.rows("staff")] == ["Ana", "Tommy"]


async def test_who_left_may_ask_to_come_back(chat: Chat, ana: Person) -> None:
    tom = colleague(chat)
    await tom.says("hello")
    await tom.presses("Join as sales rep")
    await chat.delivered()
    await ana.presses("Approve")
    await ana.forges("team.left:2")

    [said] = await tom.says("hello")
    assert said.key == "member-welcome"
    await tom.presses("Join as support")
    await chat.delivered()
    await ana.presses("Approve")

    active = [(row["name"], row["role"]) for row in await chat.rows("staff") if row["is_active"]]
    assert active == [("Ana", "admin"), ("Tom Brown", "agent")]


async def test_chinese_from_the_profile(chat: Chat, ana: Person) -> None:
    mei = colleague(chat, "小美", locale="zh-CN", timezone="Asia/Shanghai")

    [welcome] = await mei.says("你好")

    assert welcome.buttons == ["以销售身份加入", "以客服身份加入", "以主管身份加入", "English"]


async def test_the_asker_cannot_approve(chat: Chat, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where staff ask staff, as for erasing somebody's data, it takes a second person."""
    monkeypatch.setitem(APPROVERS, "erase", frozenset({Role.MANAGER, Role.ADMIN}))  # type: ignore[arg-type]
    bea = await chat.staff("Bea", role="manager")

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        assert bea.staff is not None
        await ask_approval(uow, "erase", "contact:1", by=bea.staff, facts={}, now=chat.now)

    await perform(chat.house.database.unit_of_work, act, actor=bea.staff, now=chat.now)
    rows = [row["staff_id"] for row in await chat.rows("notifications") if row["key"] == "approval-card"]

    assert rows == [ana.id]  # the asker gets no card
    refused = await bea.forges("approval.no:1")
    assert refused.key == OwnRequest.code
    assert await states(chat) == ["open"]
