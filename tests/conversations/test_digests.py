"""The team's digest, and the ladder for leads that nobody speaks to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.conversations.conftest import Chat, Said

THURSDAY = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
MONDAY = THURSDAY + timedelta(days=4)


def days(said: list[Said]) -> list[Said]:
    return [each for each in said if each.key == "my-day"]


def ladder(said: list[Said]) -> list[Said]:
    return [each for each in said if each.key == "lead-untouched"]


async def test_managers_hear_what_the_team_did(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("/lead Newco, Jane Miller, +44 20 7183 8750")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Save")
    await tom.says(f"/next C{acme.id} today 5pm send the quote")

    [day] = [said for said in days(await chat.tick(THURSDAY)) if said.to == f"private:staff-{ana.id}"]

    assert "Logged: 1 (Tom 1)" in day.text
    assert "Overdue: 1 (Tom 1)" in day.text
    assert "New leads: 1 (Newco)" in day.text
    assert len(day.text.splitlines()) <= 6  # the heading, and five lines
    assert day.buttons == ["Details"]


async def test_the_details_open_what_they_name(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"/next C{acme.id} today 5pm send the quote")
    await chat.tick(THURSDAY)

    details = await ana.presses("Details")
    assert details.edits is not None
    assert "Tom: nothing logged · 1 overdue" in details.text
    card = await ana.presses("Acme")
    assert card.key == "followup-open"
    assert card.edits is None


async def test_nothing_to_say_is_one_line_to_managers_and_nothing_to_admins(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    await chat.staff("Root", role="admin")

    [day] = days(await chat.tick(THURSDAY))

    assert day.to == f"private:staff-{ana.id}"
    assert "Nothing new in the team" in day.text
    assert day.buttons == []


async def test_who_leads_and_sells_gets_one_message(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=ana)
    await ana.says(f"/next C{acme.id} thursday send the quote")

    [day] = days(await chat.tick(THURSDAY))

    assert "the team" in day.text.lower()
    assert "send the quote" in day.text


async def test_a_manager_hears_of_the_own_team_alone(chat: Chat) -> None:
    await chat.staff("Ana", role="manager", team="Sales")
    zoe = await chat.staff("Zoe", role="manager", team="North")
    tom = await chat.staff("Tom", team="Sales")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Save")

    [day] = [said for said in days(await chat.tick(THURSDAY)) if said.to == f"private:staff-{zoe.id}"]

    assert "Nothing new" in day.text


async def test_digest_on_demand_is_for_managers(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    tom = await chat.staff("Tom")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Save")

    assert "Logged: 1 (Tom 1)" in (await ana.says("日报")).text
    assert (await tom.says("/digest")).key == "not-allowed"


# ---------------------------------------------------------------- the ladder


async def test_the_ladder_tells_the_owner_then_the_manager_then_of_the_risk(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane Miller, +44 20 7183 8750")  # on a Wednesday

    assert ladder(await chat.tick(MONDAY.replace(hour=8, minute=59))) == []
    [first] = ladder(await chat.tick(MONDAY.replace(hour=9, minute=0)))
    assert first.to == f"private:staff-{tom.id}"
    assert "3 working days" in first.text

    assert ladder(await chat.tick(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))) == []
    second = ladder(await chat.tick(datetime(2026, 11, 25, 9, 0, tzinfo=UTC)))
    assert {said.to for said in second} == {f"private:staff-{tom.id}", f"private:staff-{ana.id}"}
    assert [said for said in second if "Owner: Tom" in said.text and said.to == f"private:staff-{ana.id}"]

    third = ladder(await chat.tick(datetime(2026, 11, 27, 9, 0, tzinfo=UTC)))
    assert len(third) == 2
    assert all("At risk" in said.text for said in third)
    assert ladder(await chat.tick(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))) == []


async def test_a_lead_that_was_spoken_to_leaves_the_ladder(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane Miller, +44 20 7183 8750")
    await chat.tick(THURSDAY)
    await tom.says("/log called Acme, they want a quote")
    await tom.presses("Save")

    assert ladder(await chat.tick(MONDAY.replace(hour=9, minute=0))) == []


async def test_touched_between_planning_and_saying_is_skipped(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane Miller, +44 20 7183 8750")
    await chat.tick(THURSDAY)
    chat.now = MONDAY.replace(hour=9, minute=0)
    from bot.wiring import PLANNERS
    from scheduler.planners import run_planners

    await run_planners(chat.house.database.unit_of_work, PLANNERS, chat.now)
    await tom.says("/log called Acme, they want a quote")
    await tom.presses("Save")

    assert ladder(await chat.delivered()) == []
    rows = [row for row in await chat.rows("notifications") if row["key"] == "lead-untouched"]
    assert [(row["state"], row["reason"]) for row in rows] == [("skipped", "touched-meanwhile")]


async def test_many_untouched_leads_share_a_card(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    for number in range(11):
        await tom.says(f"/lead Company {number}, +44 20 7183 87{number:02}")

    [card] = ladder(await chat.tick(MONDAY.replace(hour=9, minute=0)))

    assert "these 11 leads" in card.text
    assert "and 3 more" in card.text
    assert ladder(await chat.tick(MONDAY.replace(hour=9, minute=1))) == []


async def test_what_the_system_chose_waits_for_the_end_of_the_night(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane Miller, +44 20 7183 8750")
    await chat.tick(THURSDAY)

    assert ladder(await chat.tick(MONDAY.replace(hour=23, minute=0))) == []
    assert ladder(await chat.tick(datetime(2026, 11, 24, 7, 59, tzinfo=UTC))) == []
    assert len(ladder(await chat.tick(datetime(2026, 11, 24, 8, 0, tzinfo=UTC)))) == 1
