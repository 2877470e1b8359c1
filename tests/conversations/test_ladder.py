"""The ladder for leads that nobody speaks to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.conversations.conftest import Chat, Said

THURSDAY = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
MONDAY = THURSDAY + timedelta(days=4)


def ladder(said: list[Said]) -> list[Said]:
    return [each for each in said if each.key == "lead-untouched"]


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
