"""My day: on its hour, on working days, to whom it concerns; and on demand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.conversations.conftest import Chat, Person, Said

THURSDAY = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)
SATURDAY = THURSDAY + timedelta(days=2)
MONDAY = THURSDAY + timedelta(days=4)


def days(said: list[Said]) -> list[Said]:
    return [each for each in said if each.key == "my-day"]


async def busy_tom(chat: Chat) -> tuple[Person, int]:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"/next C{acme.id} thursday send the quote")
    await tom.says(f"/next C{acme.id} thursday 3pm call back")
    return tom, acme.id


async def test_it_comes_half_an_hour_before_work(chat: Chat) -> None:
    await busy_tom(chat)

    assert days(await chat.tick(THURSDAY - timedelta(minutes=1))) == []
    [day] = days(await chat.tick(THURSDAY))

    assert "Today: 2" in day.text
    assert day.text.index("call back") < day.text.index("send the quote")
    assert [label.split()[0] for label in day.buttons] == ["Acme", "Done"]


async def test_it_comes_once_however_often_it_is_planned(chat: Chat) -> None:
    await busy_tom(chat)

    said = [*await chat.tick(THURSDAY), *await chat.tick(THURSDAY + timedelta(minutes=1))]

    assert len(days(said)) == 1
    assert days(await chat.tick(THURSDAY + timedelta(hours=4))) == []


async def test_a_missed_run_is_caught_up_until_work_ends(chat: Chat) -> None:
    await busy_tom(chat)

    assert len(days(await chat.tick(THURSDAY + timedelta(hours=3)))) == 1


async def test_after_work_it_is_not_caught_up(chat: Chat) -> None:
    await busy_tom(chat)

    assert days(await chat.tick(THURSDAY.replace(hour=18, minute=1))) == []
    assert len(days(await chat.tick(FRIDAY))) == 1


async def test_an_outage_over_the_whole_day_is_not_caught_up_in_the_evening(chat: Chat) -> None:
    await busy_tom(chat)
    await chat.tick(THURSDAY - timedelta(minutes=3))  # planned, and then nobody sent it

    assert days(await chat.tick(THURSDAY.replace(hour=19))) == []


async def test_nothing_to_do_is_not_said_to_reps(chat: Chat) -> None:
    await chat.staff("Tom")

    assert days(await chat.tick(THURSDAY)) == []
    assert days(await chat.tick(THURSDAY + timedelta(minutes=1))) == []
    [row] = await chat.rows("notifications")
    assert (row["state"], row["reason"]) == ("skipped", "nothing-to-say")


async def test_it_does_not_come_on_free_days(chat: Chat) -> None:
    await busy_tom(chat)

    assert days(await chat.tick(SATURDAY)) == []
    [day] = days(await chat.tick(MONDAY))
    assert "Overdue: 2" in day.text


async def test_it_comes_on_a_make_up_workday_in_china(chat: Chat) -> None:
    chat.now = datetime(2026, 2, 26, 1, 0, tzinfo=UTC)
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    huaxin = await chat.customer("华新科技", owner=mei)
    await mei.says(f"跟进 C{huaxin.id} 明天 发报价")

    [day] = days(await chat.tick(datetime(2026, 2, 28, 0, 30, tzinfo=UTC)))  # a Saturday that is worked

    assert "逾期 1 条" in day.text
    assert days(await chat.tick(datetime(2026, 10, 1, 0, 30, tzinfo=UTC))) == []  # National Day, a Thursday


async def test_it_comes_in_the_readers_own_zone(chat: Chat) -> None:
    mei = await chat.staff("Mei", timezone="Asia/Shanghai")
    acme = await chat.customer("Acme", owner=mei)
    await mei.says(f"/next C{acme.id} tomorrow send the quote")

    assert len(days(await chat.tick(datetime(2026, 11, 19, 0, 30, tzinfo=UTC)))) == 1


async def test_it_comes_through_the_change_of_the_clocks(chat: Chat) -> None:
    chat.now = datetime(2026, 3, 26, 9, 0, tzinfo=UTC)
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"/next C{acme.id} friday send the quote")

    assert len(days(await chat.tick(datetime(2026, 3, 27, 8, 30, tzinfo=UTC)))) == 1
    assert days(await chat.tick(datetime(2026, 3, 30, 7, 29, tzinfo=UTC))) == []
    assert len(days(await chat.tick(datetime(2026, 3, 30, 7, 30, tzinfo=UTC)))) == 1


async def test_done_in_the_list_shows_what_is_left(chat: Chat) -> None:
    tom, _ = await busy_tom(chat)
    await chat.tick(THURSDAY)

    left = await tom.presses("Done")

    assert left.edits is not None
    assert "Done ✓ Acme" in left.text
    assert "send the quote" not in left.text
    assert "call back" in left.text
    await tom.presses("Undo")
    assert [row["status"] for row in await chat.rows("followups")] == ["open", "open"]


async def test_a_line_opens_its_card_below_the_list(chat: Chat) -> None:
    tom, _ = await busy_tom(chat)
    await chat.tick(THURSDAY)

    card = await tom.presses("Acme")

    assert card.edits is None
    assert card.key == "followup-open"


async def test_today_shows_the_same_on_demand(chat: Chat) -> None:
    tom, _ = await busy_tom(chat)

    assert (await tom.says("/today")).text.count("Acme") == 0
    chat.now = THURSDAY
    assert (await tom.says("今天")).text.count("Acme") == 2


async def test_long_sections_say_how_many_more(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    for number in range(12):
        await tom.says(f"/next C{acme.id} thursday task number {number}")
    [day] = days(await chat.tick(THURSDAY))
    assert "Today: 12" in day.text
    assert "and 4 more" in day.text

    rest = await tom.presses("4 more")

    assert rest.edits is not None
    assert rest.text.count("task number") == 4
    whole = await tom.presses("Back")
    assert "Today: 12" in whole.text


async def test_untouched_leads_are_named_until_somebody_speaks_to_them(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Acme, Jane Miller, +44 20 7183 8750")

    [day] = days(await chat.tick(THURSDAY))
    assert "A lead nobody has spoken to" in day.text
    assert "Acme" in day.text

    await tom.says("/log called Acme, they want a quote")
    await tom.presses("Save")
    assert days(await chat.tick(FRIDAY)) == []


async def test_a_good_customer_without_a_next_step_is_asked_about_after_a_week(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await grade(chat, acme.id, "A")

    assert days(await chat.tick(THURSDAY)) == []
    [day] = days(await chat.tick(MONDAY + timedelta(days=2)))
    assert "No next step for a week" in day.text
    await tom.says(f"/next C{acme.id} 11 dec 10am visit")
    assert days(await chat.tick(MONDAY + timedelta(days=3))) == []


async def grade(chat: Chat, customer_id: int, grade: str) -> None:
    from sqlalchemy import update

    from storage.tables import customers

    async with chat.house.database.unit_of_work() as uow:
        await uow.session.execute(update(customers).where(customers.c.id == customer_id).values(grade=grade))
        await uow.commit()


async def test_what_is_wanted_in_my_day_waits_for_it(chat: Chat) -> None:
    tom, acme = await busy_tom(chat)
    await tom.says("/settings")
    await tom.presses("What I hear")
    await tom.forges("settings.wish:assignments.digest")

    before = len(tom.heard)
    ana = await chat.staff("Ana", role="manager")
    await ana.says(f"/next C{acme} friday 10am send the contract @Tom")
    await chat.delivered()
    assert len(tom.heard) == before

    [day] = [said for said in days(await chat.tick(THURSDAY)) if said.to == tom.heard[-1].to]
    assert "Also for you" in day.text
    assert "Acme · tomorrow 10:00: Ana asks you to follow up · send the contract" in day.text
    assert any(label.startswith("Accept") for label in day.buttons)


async def test_reminders_wanted_in_my_day_stand_there_once(chat: Chat) -> None:
    tom, acme = await busy_tom(chat)
    await tom.says("/settings")
    await tom.presses("What I hear")
    await tom.forges("settings.wish:reminders.digest")
    await tom.says(f"/next C{acme} in 10 minutes send the brochure")

    assert not [said for said in await chat.tick(after=timedelta(minutes=11)) if said.key == "followup-due"]
    day = await tom.says("/today")
    assert day.text.count("send the brochure") == 1
    assert "Also for you" not in day.text


async def test_who_is_away_hears_nothing_and_the_deputy_sees_it(chat: Chat) -> None:
    tom, _ = await busy_tom(chat)
    mei = await chat.staff("Mei")
    await tom.says("/settings")
    await tom.presses("I’ll be away")
    await tom.says("friday")
    await tom.presses("Mei")

    said = days(await chat.tick(THURSDAY))

    assert [each.to for each in said] == [f"private:staff-{mei.id}"]
    assert "for Tom" in said[0].text
    [reminder] = [each for each in await chat.tick(THURSDAY.replace(hour=15, minute=0)) if each.key == "followup-due"]
    assert reminder.to == f"private:staff-{mei.id}"
    assert "For Tom, who is away" in reminder.text
    done = await mei.presses("Done")
    assert done.key == "followup-finished"


async def test_a_deputy_knows_the_names_of_what_falls_to_them(chat: Chat) -> None:
    tom, _ = await busy_tom(chat)
    mei = await chat.staff("Mei")
    assert (await mei.says("/next Acme monday 10am visit")).key == "entry-card"
    await tom.says("/settings")
    await tom.presses("I’ll be away")
    await tom.says("friday")
    await tom.presses("Mei")

    assert (await mei.says("/next Acme monday 10am visit")).key == "followup-planned"


async def test_back_again_one_hears_oneself(chat: Chat) -> None:
    tom, _ = await busy_tom(chat)
    await chat.staff("Mei")
    await tom.says("/settings")
    await tom.presses("I’ll be away")
    await tom.says("friday")
    await tom.presses("Mei")

    said = days(await chat.tick(MONDAY))

    assert [each.to for each in said] == [f"private:staff-{tom.id}"]
    assert [row["absent_until"] for row in await chat.rows("staff")] == [None, None]
