"""Follow-ups in chat: planned in a line, reminded on time, done, moved, passed on, undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.chat import Press
from tests.conversations.conftest import Chat, Person, Said

FRIDAY_10 = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def tom_with_acme(chat: Chat) -> tuple[Person, int]:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    return tom, acme.id


def reminders(said: list[Said]) -> list[Said]:
    return [each for each in said if each.key in {"followup-due", "followups-due"} and each.edits is None]


async def followups(chat: Chat) -> list[dict]:
    return [dict(row) for row in await chat.rows("followups")]


# ---------------------------------------------------------------- /next


async def test_next_acts_at_once_when_it_has_somebody_and_a_time(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)

    said = await tom.says(f"/next C{acme} friday 10am send the quote")

    assert said.sent.reply.key == "followup-planned"
    [row] = await followups(chat)
    assert (row["customer_id"], row["due_at"], row["note"]) == (acme, FRIDAY_10, "send the quote")
    assert "Undo" in said.buttons
    assert await chat.rows("drafts") == []


async def test_next_knows_a_company_by_its_name(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)

    await tom.says("/next Acme Friday 10am send the quote")

    [row] = await followups(chat)
    assert (row["customer_id"], row["due_at"], row["note"]) == (acme, FRIDAY_10, "send the quote")


async def test_next_in_chinese(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    huaxin = await chat.customer("华新科技", owner=mei)

    said = await mei.says(f"跟进 C{huaxin.id} 周五上午10点 发报价")

    [row] = await followups(chat)
    assert row["due_at"] == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert row["note"] == "发报价"
    assert "已安排" in said.text


async def test_next_without_a_time_asks_on_a_card(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)

    card = await tom.says(f"/next C{acme} send the quote")

    assert card.key == "entry-card"
    assert await followups(chat) == []
    await tom.presses("When")
    await tom.says("Friday 10am")
    await tom.presses("Save")
    [row] = await followups(chat)
    assert (row["customer_id"], row["due_at"]) == (acme, FRIDAY_10)
    assert await chat.rows("activities") == []


async def test_next_for_an_unknown_company_offers_a_new_lead(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("/next Newco Ltd, friday 10am call them")

    assert card.key == "entry-card"
    assert card.buttons[0].startswith("Save + new lead")


async def test_next_in_the_past_is_refused(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)

    said = await tom.says(f"/next C{acme} 2026-11-02 10:00 send the quote")

    assert said.key == "date-in-the-past"
    assert await followups(chat) == []


async def test_next_for_what_is_not_mine_is_not_found(chat: Chat) -> None:
    _, acme = await tom_with_acme(chat)
    eve = await chat.staff("Eve", team="Other")

    said = await eve.says(f"/next C{acme} friday 10am send the quote")

    assert said.key == "record-not-found"


async def test_next_alone_shows_how_to_say_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says("/next")).key == "wrong-usage"


async def test_next_week_is_news_and_no_command(chat: Chat) -> None:
    tom, _ = await tom_with_acme(chat)

    assert (await tom.says("next friday 10am meet Acme")).key == "entry-card"


async def test_undo_takes_the_plan_back(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} friday 10am send the quote")

    await tom.presses("Undo")

    assert await followups(chat) == []
    assert reminders(await chat.tick(FRIDAY_10)) == []


# ---------------------------------------------------------------- somebody else's


async def test_an_assigned_followup_is_accepted_and_its_creator_told(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    ana = await chat.staff("Ana", role="manager")

    said = await ana.says(f"/next C{acme} friday 10am send the quote @Tom")
    assert said.key == "followup-given"
    await chat.delivered()
    asked = tom.heard[-1]
    assert asked.key == "followup-assigned"
    assert asked.buttons == ["Accept", "Pass on"]
    assert "Ana" in asked.text

    taken = await tom.presses("Accept")
    assert taken.sent.reply.key == "followup-taken"
    await chat.delivered()
    assert ana.heard[-1].key == "followup-accepted"
    assert "Tom" in ana.heard[-1].text

    again = await tom.forges("followup.accept:1")
    assert again.key == "followup-open"
    await chat.delivered()
    assert [said.key for said in ana.heard].count("followup-accepted") == 1


async def test_whoever_gave_it_away_keeps_their_own_language_and_hour(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await tom.says(f"/next C{acme} friday 10am send the quote @Mei")
    await chat.delivered()

    await mei.presses("接受")
    await chat.delivered()

    [card] = [said for said in tom.heard if said.key == "followup-card"]
    assert "10:00" in card.text
    assert "send the quote" in card.text
    assert card.buttons[0] == "Done"


async def test_a_chinese_keyword_set_apart_is_the_command(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await chat.customer("华新科技", owner=mei)

    planned = await mei.says("跟进 华新科技，发报价，明天下午3点")
    assert planned.key == "followup-planned"
    assert "发报价" in planned.text

    assert (await mei.says("跟进了华新科技，对方要报价")).key == "entry-card"
    logged = await mei.says("记录 给华新科技打了电话")
    assert "记录" not in logged.text


async def test_a_colleague_is_named_within_chinese(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    wang = await chat.staff("王伟", locale="zh-CN", timezone="Asia/Shanghai")
    huaxin = await chat.customer("华新科技", owner=mei)

    await mei.says(f"/next C{huaxin.id} 周五上午10点 发报价@王伟")

    [row] = await followups(chat)
    assert (row["owner_id"], row["note"]) == (wang.id, "发报价")


async def test_an_unknown_colleague_is_named(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)

    said = await tom.says(f"/next C{acme} friday 10am send the quote @Nobody")

    assert said.key == "staff-not-found"
    assert await followups(chat) == []


async def test_a_followup_is_passed_on_by_button_and_by_name(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    ana = await chat.staff("Ana", role="manager")
    mei = await chat.staff("Mei")
    await ana.says(f"/next C{acme} friday 10am send the quote @Tom")
    await chat.delivered()

    ask = await tom.presses("Pass on")
    assert {"Ana", "Mei"} <= set(ask.buttons)
    passed = await tom.presses("Mei")
    assert passed.key == "followup-passed-on"
    await chat.delivered()
    assert mei.heard[-1].key == "followup-assigned"

    await mei.presses("Pass on")
    back = await mei.says("@Ana")
    assert back.key == "followup-passed-on"
    [row] = await followups(chat)
    assert row["owner_id"] == ana.id


async def test_passing_on_to_nobody_known_asks_again(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} friday 10am send the quote")
    await tom.forges("followup.pass:1")

    assert (await tom.says("@Nobody")).key == "staff-not-found"


async def test_the_reminder_goes_to_the_new_owner(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    mei = await chat.staff("Mei")
    await tom.says(f"/next C{acme} friday 10am send the quote")
    await tom.forges("followup.pass:1")
    await tom.presses("Mei")

    await chat.tick(FRIDAY_10)

    assert [said.key for said in mei.heard].count("followup-due") == 1
    assert [said.key for said in tom.heard].count("followup-due") == 0


async def test_passed_on_in_the_last_minutes_the_new_owner_is_reminded_all_the_same(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    mei = await chat.staff("Mei")
    await tom.says(f"/next C{acme} friday 10am send the quote")
    await chat.tick(FRIDAY_10 - timedelta(minutes=3))  # Tom's reminder is planned ahead, to be there in time
    await tom.forges("followup.pass:1")
    await tom.presses("Mei")

    await chat.tick(FRIDAY_10)
    await chat.tick(FRIDAY_10 + timedelta(minutes=1))
    await chat.tick(FRIDAY_10 + timedelta(minutes=2))

    assert [said.key for said in mei.heard].count("followup-due") == 1
    assert [said.key for said in tom.heard].count("followup-due") == 0


# ---------------------------------------------------------------- the reminder's buttons


async def due(chat: Chat) -> tuple[Person, Said]:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} friday 10am send the quote")
    [reminder] = reminders(await chat.tick(FRIDAY_10))
    return tom, reminder


async def test_done_offers_the_next_step(chat: Chat) -> None:
    tom, _ = await due(chat)

    done = await tom.presses("Done")

    assert done.edits is not None
    assert done.buttons == ["Tomorrow", "+3 days", "Monday", "None", "Undo"]
    planned = await tom.presses("Monday")
    assert planned.key == "followup-planned"
    first, second = await followups(chat)
    assert first["status"] == "done"
    assert (second["due_at"], second["note"], second["customer_id"]) == (
        MONDAY_10,
        "send the quote",
        first["customer_id"],
    )


async def test_no_next_step_keeps_the_undo_of_done(chat: Chat) -> None:
    tom, _ = await due(chat)
    await tom.presses("Done")

    card = await tom.presses("None")

    assert card.key == "followup-done"
    assert card.buttons == ["Undo"]
    await tom.presses("Undo")
    assert [row["status"] for row in await followups(chat)] == ["open"]


async def test_the_next_step_tapped_twice_is_planned_once(chat: Chat) -> None:
    tom, _ = await due(chat)
    await tom.presses("Done")
    await tom.forges("followup.then:1.monday")

    again = await tom.forges("followup.then:1.monday")

    assert again.key == "followup-planned"
    assert len(await followups(chat)) == 2


async def test_three_days_from_thursday_is_the_next_working_day(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} thursday 10am send the quote")
    await chat.tick(datetime(2026, 11, 19, 10, 0, tzinfo=UTC))
    await tom.presses("Done")

    await tom.presses("+3 days")

    assert (await followups(chat))[-1]["due_at"] == MONDAY_10


async def test_done_twice_shows_the_present_state(chat: Chat) -> None:
    tom, _ = await due(chat)
    done = await tom.presses("Done")

    again = await tom.forges("followup.done:1")
    assert (again.text, again.buttons) == (done.text, done.buttons)  # a double tap takes nothing away
    assert (await tom.presses("Undo")).key == "undone"
    await tom.forges("followup.done:1")
    chat.now += timedelta(minutes=5)
    late = await tom.forges("followup.done:1")

    assert late.key == "followup-done"


async def test_done_is_undone(chat: Chat) -> None:
    tom, _ = await due(chat)
    await tom.presses("Done")

    await tom.presses("Undo")

    [row] = await followups(chat)
    assert row["status"] == "open"


async def test_a_stranger_cannot_press(chat: Chat) -> None:
    await due(chat)
    eve = await chat.staff("Eve", team="Other")

    assert (await eve.forges("followup.done:1")).key == "record-not-found"
    assert (await followups(chat))[0]["status"] == "open"


async def test_a_manager_may_finish_it_and_the_owners_card_follows(chat: Chat) -> None:
    tom, _ = await due(chat)
    ana = await chat.staff("Ana", role="manager")

    await ana.forges("followup.done:1")
    await chat.delivered()

    edit = tom.heard[-1]
    assert edit.edits is not None
    assert edit.sent.reply.key == "followup-done"


async def test_snoozing_an_hour_reminds_again_in_an_hour(chat: Chat) -> None:
    tom, _ = await due(chat)

    moved = await tom.presses("Snooze 1 h")

    assert moved.key == "followup-moved"
    assert reminders(await chat.tick(FRIDAY_10 + timedelta(minutes=59))) == []
    assert len(reminders(await chat.tick(FRIDAY_10 + timedelta(minutes=60)))) == 1


async def test_tomorrow_keeps_the_hour(chat: Chat) -> None:
    tom, _ = await due(chat)

    await tom.presses("Tomorrow")

    assert (await followups(chat))[0]["due_at"] == FRIDAY_10 + timedelta(days=1)


async def test_rescheduling_takes_the_next_words(plain: Chat) -> None:
    tom, _ = await due(plain)

    ask = await tom.presses("Reschedule")
    assert ask.buttons == ["Tomorrow", "+3 days", "Monday", "Back"]
    unclear = await tom.says("whenever")
    assert unclear.key == "time-not-understood"
    moved = await tom.says("monday 10am")

    assert moved.key == "followup-moved"
    assert (await followups(plain))[0]["due_at"] == MONDAY_10
    assert await plain.rows("drafts") == []


async def test_rescheduling_by_a_button(plain: Chat) -> None:
    tom, _ = await due(plain)
    await tom.presses("Reschedule")

    await tom.presses("Monday")

    assert (await followups(plain))[0]["due_at"] == MONDAY_10
    assert await plain.rows("drafts") == []


async def test_news_is_no_answer_to_when(plain: Chat) -> None:
    tom, _ = await due(plain)
    await tom.presses("Reschedule")

    card = await tom.says("Acme told me that they like the new product very much indeed")

    assert card.key == "entry-card"


async def test_rescheduling_by_a_form(chat: Chat) -> None:
    tom, _ = await due(chat)

    await tom.does(Press("followup.when:1"))
    wanted = tom.receipt.form
    assert wanted is not None
    assert [(each.name, each.kind, each.value) for each in wanted.fields] == [
        ("day", "date", "2026-11-20"),
        ("time", "time", "10:00"),
    ]
    wrong = await tom.fills("followup.reschedule:1", {"day": "2026-11-18", "time": "25:00"})
    assert wrong is None
    assert set(tom.receipt.field_errors) == {"time"}
    await tom.fills("followup.reschedule:1", {"day": "2026-11-18", "time": "10:00"})
    assert set(tom.receipt.field_errors) == {"day"}
    moved = await tom.fills("followup.reschedule:1", {"day": "2026-11-23", "time": "10:00"})

    assert moved is not None
    assert moved.key == "followup-moved"
    assert (await followups(chat))[0]["due_at"] == MONDAY_10
    assert await chat.rows("drafts") == []
    await tom.presses("Undo")
    assert (await followups(chat))[0]["due_at"] != MONDAY_10


async def test_rescheduling_to_a_day_without_an_hour(chat: Chat) -> None:
    tom, _ = await due(chat)

    await tom.fills("followup.reschedule:1", {"day": "monday", "time": ""})

    [followup] = await followups(chat)
    assert (followup["due_at"].date(), followup["has_hour"]) == (MONDAY_10.date(), False)


async def test_logging_a_call_has_its_subject(chat: Chat) -> None:
    tom, _ = await due(chat)

    card = await tom.presses("Log a call")
    assert card.edits is None
    assert "Acme" in card.text
    filled = await tom.says("they want 20 seats, follow up monday 10am")
    assert filled.key == "entry-card"
    await tom.presses("Save")

    [activity] = await chat.rows("activities")
    assert activity["kind"] == "call"
    assert activity["customer_id"] is not None
    assert "20 seats" in activity["note"]
    assert (await followups(chat))[-1]["due_at"] == MONDAY_10


async def test_dropping_is_undone(chat: Chat) -> None:
    tom, _ = await due(chat)
    dropped = await tom.forges("followup.drop:1")

    assert dropped.key == "followup-dropped"
    assert (await followups(chat))[0]["status"] == "cancelled"
    await tom.presses("Undo")
    assert (await followups(chat))[0]["status"] == "open"


# ---------------------------------------------------------------- several, late, again


async def three_near(chat: Chat) -> Person:
    tom, acme = await tom_with_acme(chat)
    for minute, note in ((0, "first"), (3, "second"), (5, "third"), (6, "fourth")):
        await tom.says(f"/next C{acme} friday 10:{minute:02} {note}")
    return tom


async def test_those_due_within_five_minutes_share_a_card(chat: Chat) -> None:
    await three_near(chat)

    [card] = reminders(await chat.tick(FRIDAY_10))

    assert card.sent.reply.key == "followups-due"
    assert [label for label in card.buttons if label.startswith("Done")] and len(card.body.rows) == 3
    assert reminders(await chat.tick(FRIDAY_10 + timedelta(minutes=5))) == []
    [alone] = reminders(await chat.tick(FRIDAY_10 + timedelta(minutes=6)))
    assert "fourth" in alone.text
    rows = [row for row in await chat.rows("notifications") if row["key"] == "followup-due"]
    assert [row["state"] for row in rows] == ["sent"] * 4


async def test_done_on_a_shared_card_leaves_the_others(chat: Chat) -> None:
    tom = await three_near(chat)
    await chat.tick(FRIDAY_10)

    card = await tom.presses("Done ②")

    assert card.sent.reply.key == "followups-due"
    assert "✓" in card.text
    assert len([label for label in card.buttons if label.startswith("Done")]) == 2
    assert [row["status"] for row in await followups(chat)] == ["open", "done", "open", "open"]
    assert "Undo" in card.buttons


async def test_the_buttons_of_a_shared_card_stand_in_even_rows(chat: Chat) -> None:
    await three_near(chat)

    [card] = reminders(await chat.tick(FRIDAY_10))

    assert [[button.label for button in row] for row in card.body.rows] == [
        ["Done ①", "More ①"],
        ["Done ②", "More ②"],
        ["Done ③", "More ③"],
    ]


async def test_a_shared_card_follows_what_is_done_elsewhere(chat: Chat) -> None:
    tom = await three_near(chat)
    await chat.tick(FRIDAY_10)

    await tom.forges("followup.done:3")
    await chat.delivered()

    shared = [said for said in tom.heard if said.sent.reply is not None and said.sent.reply.key == "followups-due"]
    assert shared[-1].edits is not None
    assert "✓" in shared[-1].text


async def test_a_reminder_after_an_outage_says_so(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} friday 10am send the quote")

    [reminder] = reminders(await chat.tick(FRIDAY_10 + timedelta(hours=2)))

    assert "(late)" in reminder.text


async def test_a_followup_without_an_hour_rings_no_bell(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} friday send the quote")

    assert (await followups(chat))[0]["has_hour"] is False
    assert reminders(await chat.tick(FRIDAY_10)) == []


async def test_a_time_somebody_named_is_kept_at_night_and_on_free_days(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} saturday 23:30 send the quote")

    assert len(reminders(await chat.tick(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)))) == 1


async def test_a_recurring_one_comes_again(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} every friday 10am ask for orders")
    await chat.tick(FRIDAY_10)

    done = await tom.presses("Done")

    assert done.key == "followup-finished-again"
    assert done.buttons == ["Undo"]
    first, second = await followups(chat)
    assert (first["status"], second["status"]) == ("done", "open")
    assert second["due_at"] == FRIDAY_10 + timedelta(days=7)
    await tom.presses("Undo")
    assert [row["status"] for row in await followups(chat)] == ["open"]


async def test_a_reminder_is_skipped_when_done_meanwhile(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} friday 10am send the quote")
    await chat.tick(FRIDAY_10 - timedelta(minutes=2))
    await tom.forges("followup.done:1")

    assert reminders(await chat.tick(FRIDAY_10)) == []
    [row] = [row for row in await chat.rows("notifications") if row["key"] == "followup-due"]
    assert (row["state"], row["reason"]) == ("skipped", "done-meanwhile")


# ---------------------------------------------------------------- in a group


async def test_in_a_group_names_and_notes_are_masked(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    group = chat.group("project")

    said = await tom.says(f"/next C{acme} friday 10am send the quote", place=group)

    assert said.key == "followup-planned"
    assert "Acme" not in said.text
    assert "send the quote" not in said.text
    assert (await followups(chat))[0]["note"] == "send the quote"


async def test_in_a_group_my_day_is_for_the_speaker_alone(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    await tom.says(f"/next C{acme} today 5pm send the quote")

    said = await tom.says("/today", place=chat.group("project"))

    assert said.sent.row.extra["to_user"] == tom.user
    assert "Acme" in said.text


# ---------------------------------------------------------------- a colleague's


async def test_a_card_that_lacks_a_time_keeps_whom_it_is_for(chat: Chat) -> None:
    tom, acme = await tom_with_acme(chat)
    mei = await chat.staff("Mei")

    card = await tom.says(f"/next C{acme} send the quote @Mei")
    assert "For Mei" in card.text
    await tom.presses("When")
    await tom.says("friday 10am")
    await tom.presses("Save")
    await chat.delivered()

    assert (await followups(chat))[0]["owner_id"] == mei.id
    assert mei.heard[-1].key == "followup-assigned"


async def test_last_months_card_answers_with_the_present_state(chat: Chat) -> None:
    tom, _ = await due(chat)
    await tom.forges("followup.done:1")
    chat.now += timedelta(days=30)

    for verb in (
        "done:1",
        "snooze:1.hour",
        "snooze:1.tomorrow",
        "when:1",
        "drop:1",
        "pass:1",
        "accept:1",
        "to:1.monday",
    ):
        assert (await tom.forges(f"followup.{verb}")).key == "followup-done", verb
    assert len(await followups(chat)) == 1


async def test_forged_presses_are_refused_politely(chat: Chat) -> None:
    tom, _ = await due(chat)

    for payload in ("followup.done:x", "followup.snooze:1.year", "followup.then:1.someday", "today.list:all.0"):
        assert (await tom.forges(payload)).key == "button-too-old", payload
    assert (await tom.forges("followup.done:99")).key == "record-not-found"
    assert (await followups(chat))[0]["status"] == "open"
