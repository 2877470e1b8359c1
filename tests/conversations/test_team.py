"""Looking after the staff: the list, roles, links, leaving, and handing records over."""

from __future__ import annotations

import pytest

from domain.activities.actions import Entry, log_entry
from domain.activities.model import ActivityKind
from domain.followups.actions import When
from domain.leads.actions import NewLead
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import Press
from handlers.dispatch import perform
from handlers.people.team import read_teammate
from tests.conversations.conftest import Chat, Person
from tests.conversations.joining import Caller, code_in, phone


async def belongings_of(chat: Chat, owner: Person, *, leads: int = 1) -> None:
    """A customer with an opportunity, and leads with a call and a follow-up each."""
    customer = await chat.customer("Globex", owner=owner)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        await uow.opportunities.add(
            Opportunity(customer_id=customer.id, owner_id=owner.id, name="Seats", created_at=chat.now)
        )
        for number in range(leads):
            entry = Entry(
                kind=ActivityKind.CALL,
                new_lead=NewLead(company=f"Lead {number} {owner.name}"),
                followups=(When(at=chat.now),),
            )
            await log_entry(uow, actor, entry, now=chat.now)

    await perform(chat.house.database.unit_of_work, act, actor=owner.staff, now=chat.now, through="test")


async def owners(chat: Chat) -> set[int]:
    tables = ("leads", "customers", "followups", "opportunities")
    return {row["owner_id"] for table in tables for row in await chat.rows(table)}


@pytest.mark.parametrize(
    ("typed", "name", "role", "team"),
    [
        ("Mei, rep", "Mei", "rep", None),
        ("Mei Lin rep", "Mei Lin", "rep", None),
        ("Mei, manager, North", "Mei", "manager", "North"),
        ("小王，销售", "小王", "rep", None),
        ("小王、主管、华东", "小王", "manager", "华东"),
        ("Ana Support", "Ana", "agent", None),
    ],
)
def test_a_teammate_is_read_from_one_line(typed: str, name: str, role: str, team: str | None) -> None:
    new = read_teammate(typed)

    assert new is not None
    assert (new.name, new.role, new.team) == (name, role, team)


@pytest.mark.parametrize("typed", ["Mei", "Mei, boss", "rep", ", rep", "a, b, c, d"])
def test_a_line_without_name_and_role_is_no_teammate(typed: str) -> None:
    assert read_teammate(typed) is None


async def test_the_list_says_who_is_who_and_where(chat: Chat) -> None:
    anna, _ = await chat.staff("Anna", role="admin", team=None), await chat.staff("Tom")
    await anna.says("/team Mei, agent, Support")

    card = await anna.says("/team")

    assert "3 people work here" in card.text
    assert "Tom · sales rep · Sales · the chat page" in card.text
    assert "Mei · support agent · Support · not joined yet" in card.text
    assert card.buttons[-2:] == ["Add a teammate", "Teams"]


async def test_a_long_list_goes_on(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")
    for number in range(10):
        await chat.staff(f"Rep {number}")

    first = await anna.says("团队")
    second = await anna.presses("3 more")

    assert "Rep 6" in first.text
    assert "Rep 9" in second.text
    assert "Rep 6" not in second.text


async def test_words_about_a_team_are_no_command(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")

    assert (await anna.says("团队 小王，销售")).key == "teammate-added"
    assert (await anna.says("team lunch with Acme sales")).key == "entry-card"
    assert (await anna.says("help Acme with their order")).key == "entry-card"


async def test_a_name_that_is_taken_is_refused(chat: Chat) -> None:
    anna, _ = await chat.staff("Anna", role="admin"), await chat.staff("Tom")

    assert (await anna.says("/team tom, rep")).key == "name-taken"


async def test_a_teammate_by_form(chat: Chat) -> None:
    anna, _ = await chat.staff("Anna", role="admin"), await chat.staff("Tom")

    assert "choose one" in (await anna.says("/team Mei, boss")).text
    await anna.does(Press("team.add"))
    assert anna.receipt.form is not None
    assert [field.name for field in anna.receipt.form.fields] == ["name", "role", "team"]
    assert await anna.fills("team.new", {"name": "tom", "role": "rep"}) is None
    assert set(anna.receipt.field_errors) == {"name"}
    assert await anna.fills("team.new", {"name": "Mei", "role": "boss"}) is None
    assert set(anna.receipt.field_errors) == {"role"}

    done = await anna.fills("team.new", {"name": "Mei", "role": "agent", "team": " Support "})

    assert done is not None
    assert done.key == "teammate-added"
    mei = (await chat.rows("staff"))[-1]
    assert (mei["name"], mei["role"], mei["team"]) == ("Mei", "agent", "Support")


# ---------------------------------------------------------------- who may


async def test_a_rep_may_not(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.staff("Anna", role="admin")

    assert (await tom.says("/team Eve, admin")).key == "not-allowed"
    for verb in ("team.show:2", "team.link:2", "team.left:2", "team.setrole:1.admin", "team.handto:2.1", "team.list:"):
        assert (await tom.forges(verb)).key == "not-allowed", verb
    assert await tom.fills("team.new", {"name": "Eve", "role": "admin"}) is not None
    assert len(await chat.rows("staff")) == 2


async def test_a_manager_looks_after_the_reps_of_the_team_alone(chat: Chat) -> None:
    """A link for an admin, opened by a manager, would make an admin of the manager."""
    max_, admin = await chat.staff("Max", role="manager"), await chat.staff("Anna", role="admin")
    tom, other = await chat.staff("Tom"), await chat.staff("Olga", team="North")

    assert (await max_.forges(f"team.link:{admin.id}")).key == "not-allowed"
    assert (await max_.forges(f"team.link:{other.id}")).key == "not-allowed"
    assert (await max_.forges(f"team.setrole:{tom.id}.manager")).key == "not-allowed"
    assert (await max_.forges(f"team.setrole:{max_.id}.admin")).key == "not-allowed"
    assert (await max_.says("/team Eve, admin")).key == "not-allowed"
    assert (await max_.forges(f"team.link:{tom.id}")).key == "teammate-link"
    assert (await max_.says("/team Eve, rep, North")).key == "teammate-added"
    assert (await chat.rows("staff"))[-1]["team"] == "Sales"


# ---------------------------------------------------------------- roles and links


async def test_a_role_changes_and_comes_back(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    await anna.says("/team")
    await anna.presses("Tom")
    await anna.presses("Change role")

    card = await anna.presses("Manager")

    assert "manager" in card.text
    assert (await tom.says("/team")).key == "team"
    await anna.presses("Undo")
    assert (await tom.says("/team")).key == "not-allowed"


async def test_there_is_always_an_admin(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")

    assert (await anna.forges(f"team.setrole:{anna.id}.rep")).key == "last-admin"
    assert (await anna.forges(f"team.left:{anna.id}")).key == "last-admin"
    await chat.staff("Ben", role="admin")
    assert (await anna.forges(f"team.setrole:{anna.id}.rep")).key == "team-person"


async def test_a_new_link_links_a_new_phone(chat: Chat) -> None:
    phone(chat)
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    await anna.says("/team")
    await anna.presses("Tom")

    done = await anna.presses("New link")
    [welcome] = await Caller(chat, "5", "Tom").says(f"/start {code_in(anna.heard[-1])}")

    assert done.key == "teammate-link"
    assert welcome.key == "welcome-staff"  # until now Tom has spoken nowhere
    assert {row["staff_id"] for row in await chat.rows("identities") if row["user"] == "5"} == {tom.id}


async def test_forged_presses_are_answered(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")

    assert (await anna.forges("team.show:999")).key == "record-not-found"
    assert (await anna.forges("team.setrole:1.king")).key == "button-too-old"
    assert (await anna.forges("team.handto:1")).key == "button-too-old"
    assert (await anna.forges("team.handto:1.1")).key == "handover-to-oneself"


# ---------------------------------------------------------------- leaving


async def test_who_leaves_loses_access_and_the_records_are_handed_over_in_one_action(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    mei = await chat.staff("Mei", locale="zh-CN")
    await belongings_of(chat, tom, leads=3)
    await anna.says("/team")
    await anna.presses("Tom")

    asked = await anna.presses("Deactivate")
    left = await anna.presses("Yes, Tom leaves")

    assert "3 leads, 1 customer, 3 open follow-ups, 1 opportunity" in asked.text
    assert "3 leads" in left.text
    assert (await tom.says("/today")).key == "for-staff-only"
    assert await owners(chat) == {tom.id}

    await anna.presses("Hand records over")
    done = await anna.presses("Mei")

    assert "Mei took over from Tom" in done.text
    assert await owners(chat) == {mei.id}
    [news] = [said for said in await chat.tick() if said.key == "records-received"]
    assert "Anna 把 Tom 的记录交给了你：3 条线索、1 个客户、3 个待办跟进、1 个商机" in news.text

    await anna.presses("Undo")

    assert await owners(chat) == {tom.id}
    assert (
        "Mei took over from Tom" in (await anna.says("/handover @Tom to @Mei")).text
    )  # also when the card has gone by
    assert await owners(chat) == {mei.id}
    assert (await anna.says("/handover @Mei to @Tom")).key == "staff-not-found"


async def test_deactivating_can_be_undone(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    await anna.says("/team")
    await anna.presses("Tom")
    await anna.presses("Deactivate")

    left = await anna.presses("Yes")
    again = await anna.forges(f"team.left:{tom.id}")
    await anna.presses("Undo")

    assert "Hand records over" not in left.buttons
    assert "Undo" not in again.buttons
    assert (await tom.says("/start")).key == "start-hello"


async def hand_over_much(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> tuple[Person, Person, Person]:
    """Anna hands Tom's twelve leads and more to Mei, five records at a time."""
    monkeypatch.setattr("domain.people.handover.MOST_AT_ONCE", 5)
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    mei = await chat.staff("Mei")
    await belongings_of(chat, tom, leads=12)
    return anna, tom, mei


async def test_what_is_too_much_for_one_transaction_goes_on_by_itself(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, tom, mei = await hand_over_much(chat, monkeypatch)

    first = await anna.forges(f"team.handto:{tom.id}.{mei.id}", message="77")
    assert first.key == "team-handing-over"
    assert first.buttons[0] == "Undo"
    assert await owners(chat) == {tom.id, mei.id}
    said = await chat.tick()

    [done] = [each for each in said if each.key == "handover-finished"]
    assert done.edits == first.edits == "77"
    assert "Mei took over from Tom: 12 leads, 1 customer, 12 open follow-ups, 1 opportunity" in done.text
    assert [each.facts["leads"] for each in said if each.key == "records-received"] == [12]
    assert await owners(chat) == {mei.id}
    assert await chat.rows("jobs") == []
    changes = [row for row in await chat.rows("journal_changes") if row["table_name"] == "leads" and row["before"]]
    assert len({row["action_id"] for row in changes}) == 1

    assert (await anna.presses("Undo")).key == "undone"

    assert await owners(chat) == {tom.id}


async def test_a_handover_that_is_under_way_stops_when_it_is_undone(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, tom, mei = await hand_over_much(chat, monkeypatch)
    await anna.forges(f"team.handto:{tom.id}.{mei.id}")

    stopped = await anna.presses("Undo")
    said = await chat.tick()

    assert stopped.key == "undone"
    assert await owners(chat) == {tom.id}
    assert [each.key for each in said if each.key in {"handover-finished", "records-received"}] == []


async def test_a_long_undo_says_its_end_and_can_be_done_again(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.undo.AT_ONCE", 4)
    anna, tom, mei = await hand_over_much(chat, monkeypatch)
    await chat.tick()
    reminders = {row["message"] for row in await chat.rows("cards")}
    await anna.forges(f"team.handto:{tom.id}.{mei.id}")
    await chat.tick()

    under_way = await anna.presses("Undo")
    said = await chat.tick()

    assert under_way.key == "undo-under-way"
    assert "Records handed over" in under_way.text
    [end] = [each for each in said if each.key == "undo-finished"]
    assert end.text.startswith("Undone: Records handed over")
    assert {each.edits for each in said if each.key == "followup-card"} == reminders  # which are Tom's again
    assert await owners(chat) == {tom.id}

    assert (await anna.presses("Redo")).key == "undo-under-way"
    [again] = [each for each in await chat.tick() if each.key == "undo-finished"]
    assert again.text.startswith("Done again: Records handed over")
    assert await owners(chat) == {mei.id}


async def test_a_long_undo_that_is_refused_names_who_changed_what_since(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.undo.AT_ONCE", 4)
    anna, tom, mei = await hand_over_much(chat, monkeypatch)
    await anna.forges(f"team.handto:{tom.id}.{mei.id}")
    await chat.tick()
    await mei.says("L1")
    await mei.presses("Qualified")
    await anna.forges(f"undo:{await handover_action(chat)}")

    [end] = [each for each in await chat.tick() if each.key.startswith("undo-")]

    assert end.key == "undo-refused"
    assert "Mei" in end.text
    assert await owners(chat) == {mei.id}


async def handover_action(chat: Chat) -> int:
    [action] = [row["id"] for row in await chat.rows("journal_actions") if row["name"] == "records-handed-over"]
    return int(action)


async def test_who_lost_the_role_no_longer_undoes_what_it_allowed(chat: Chat) -> None:
    anna, max_ = await chat.staff("Anna", role="admin"), await chat.staff("Max", role="manager")
    tom, mei = await chat.staff("Tom"), await chat.staff("Mei")
    await belongings_of(chat, tom)
    await max_.forges(f"team.handto:{tom.id}.{mei.id}")
    await anna.forges(f"team.setrole:{max_.id}.rep")

    refused = await max_.presses("Undo")

    assert refused.key == "record-not-found"
    assert await owners(chat) == {mei.id}
    await anna.forges(f"team.setrole:{max_.id}.manager")
    assert (await max_.presses("Undo")).key == "undone"
    assert await owners(chat) == {tom.id}


async def test_nothing_goes_to_somebody_who_left(chat: Chat) -> None:
    anna, tom, mei = await chat.staff("Anna", role="admin"), await chat.staff("Tom"), await chat.staff("Mei")
    await belongings_of(chat, tom)
    await anna.forges(f"team.left:{mei.id}")

    assert (await anna.forges(f"team.handto:{tom.id}.{mei.id}")).key == "staff-not-found"
    assert await owners(chat) == {tom.id}


@pytest.mark.parametrize(
    "typed",
    [
        "/handover @Tom to @Mei Lin",
        "/handover all from @Tom to @Mei Lin",
        "交接 全部 @tom 给 @mei lin",
        "/handover Tom, Mei Lin",
        "交接 @tom 给 @mei lin",
        "/handover tom @Mei Lin",
    ],
)
async def test_records_are_handed_over_by_command(chat: Chat, typed: str) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    mei = await chat.staff("Mei Lin")
    await belongings_of(chat, tom)

    done = await anna.says(typed)

    assert done.key == "team-handed-over"
    assert await owners(chat) == {mei.id}


async def test_a_handover_to_nobody_in_particular_asks(chat: Chat) -> None:
    max_, tom = await chat.staff("Max", role="manager"), await chat.staff("Tom")
    await belongings_of(chat, max_)

    await max_.says("/handover @max")
    await max_.presses("Tom")

    assert await owners(chat) == {tom.id}


async def test_wrong_handovers_are_answered(chat: Chat) -> None:
    max_, olga = await chat.staff("Max", role="manager"), await chat.staff("Olga", team="North")
    await belongings_of(chat, olga)

    assert "/handover @Tom to @Mei" in (await max_.says("/handover")).text
    assert (await max_.says("/handover everything")).key == "staff-not-found"
    assert (await max_.says("/handover @Olga to @Nobody")).key == "staff-not-found"
    assert (await max_.says("/handover @Olga to @Max")).key == "not-allowed"
    assert (await olga.says("/handover @Max to @Olga")).key == "not-allowed"
    assert await owners(chat) == {olga.id}


async def test_the_team_is_shown_to_the_speaker_alone(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")
    group = chat.group("launch")

    card = await anna.says("/team", place=group)

    assert card.sent.reply is not None
    assert card.sent.reply.private


async def test_an_invitation_speaks_the_language_of_whom_it_is_for(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin", locale="zh-CN")
    tom = await chat.staff("Tom")

    answers = await anna.does(Press(f"team.link:{tom.id}"))

    done, invitation = answers
    assert "Tom 的新链接" in done.text
    assert "Tom, Guanxi invites you" in invitation.text


async def test_a_role_begins_with_a_capital_on_its_button(chat: Chat) -> None:
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")

    assert (await anna.forges(f"team.role:{tom.id}")).buttons == ["Support agent", "Manager", "Admin", "Back"]


async def test_the_last_question_of_a_teammate_has_one_way_on(plain: Chat) -> None:
    anna = await plain.staff("Anna", role="admin")
    await anna.forges("team.add")
    await anna.says("Mei")
    last = await anna.presses("Sales rep")

    assert "Team?" in last.text
    assert last.buttons == ["Add", "Cancel"]


async def test_who_lost_the_role_cannot_undo_what_took_it(chat: Chat) -> None:
    anna, max_ = await chat.staff("Anna", role="admin"), await chat.staff("Max", role="manager")
    tom = await chat.staff("Tom")
    await max_.forges(f"team.setrole:{tom.id}.agent")
    [changed] = [row["id"] for row in await chat.rows("journal_actions") if row["name"] == "staff-role-changed"]
    await anna.forges(f"team.setrole:{max_.id}.rep")

    refused = await max_.forges(f"undo:{changed}")

    assert refused.key in {"not-allowed", "record-not-found", "undo-refused"}
    roles = {row["name"]: row["role"] for row in await chat.rows("staff")}
    assert (roles["Tom"], roles["Max"]) == ("agent", "rep")


async def test_undo_does_not_take_the_last_admin_away(chat: Chat) -> None:
    anna, ben = await chat.staff("Anna", role="admin", team=None), await chat.staff("Ben", team=None)
    await anna.forges(f"team.setrole:{ben.id}.admin")
    made = (await chat.rows("journal_actions"))[-1]["id"]
    await ben.forges(f"team.setrole:{anna.id}.rep")

    assert (await ben.forges(f"history.undo:{made}")).key == "last-admin"
    assert [row["role"] for row in await chat.rows("staff")] == ["rep", "admin"]
    await ben.forges(f"team.setrole:{anna.id}.admin")
    assert (await ben.forges(f"history.undo:{made}")).key == "undone"
    assert [row["role"] for row in await chat.rows("staff")] == ["admin", "rep"]


async def test_who_has_not_come_in_yet_is_not_said_to_have_gone(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    await chat.customer("Acme", owner=tom)
    await ana.says("/team Kim, rep")
    await ana.says("/handover @Tom to @Kim")
    [told] = [said for said in await chat.tick() if said.key == "staff-unreachable"]
    assert told.to == f"private:staff-{ana.id}"
    assert "Kim has not come in yet" in told.text
