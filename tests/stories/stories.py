"""The stories, word by word: what a sales team says and sees, whichever channel it is on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta

from tests.stories.desk import Desk

Story = Callable[[Desk], Awaitable[None]]
STORIES: list[Story] = []
THURSDAY_830 = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
THURSDAY_10 = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
FRIDAY_10 = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SENTENCE = "called Acme, they want a quote for 20 seats, follow up Friday 10am"
CODE = re.compile(r"join ([0-9A-Z]{12})")


def story(tell: Story) -> Story:
    STORIES.append(tell)
    return tell


@story
async def a_team_starts_from_nothing(desk: Desk) -> None:
    ana = await desk.stranger("Ana")
    welcome = await ana.says(f"join {await desk.first_code()}")
    assert "You are the admin" in welcome.text
    ready = await ana.presses("That’s right")
    assert ready.text.startswith("All set, Ana")

    invitation = await ana.says("/team Mei, rep, Sales")
    code = CODE.search(invitation.text)
    assert code is not None
    mei = await desk.stranger("Mei", locale="zh-CN")
    assert (await mei.says("你好")).text  # strangers are answered
    joined = await mei.says(f"join {code[1]}")
    assert "欢迎来到 Guanxi" in joined.text
    assert joined.offers("没错")

    eve = await desk.stranger("Eve")
    await eve.says(f"/join {code[1]}")
    assert [row["role"] for row in await desk.rows("staff")] == ["admin", "rep"]  # a code opens once


@story
async def a_call_is_logged_corrected_saved_and_undone(desk: Desk) -> None:
    tom = await desk.staff("Tom")

    card = await tom.says(SENTENCE)
    assert card.lines == [
        "Acme (new lead)",
        "Call · today",
        "called Acme, they want a quote for 20 seats",
        "Customer: wants a quote",
        "Next: Fri 20 Nov, 10:00",
    ]
    assert card.buttons[0] == "Save + new lead Acme"
    card = await tom.says("no, Thursday")
    assert "Next: tomorrow 10:00" in card.text
    await tom.presses("What")
    card = await tom.presses("Visit")
    assert "Visit · today" in card.text

    saved = await tom.presses("Save")
    assert saved.text.startswith("Saved · Acme")
    assert [row["due_at"] for row in await desk.rows("followups")] == [THURSDAY_10]
    undone = await tom.presses("Undo")
    assert undone.text.startswith("Undone")
    assert await desk.rows("leads") == []
    await tom.presses("Redo")
    assert [row["company"] for row in await desk.rows("leads")] == ["Acme"]
    assert [row["kind"] for row in await desk.rows("activities")] == ["visit"]


@story
async def the_reminder_comes_to_the_second_and_leads_to_the_next_step(desk: Desk) -> None:
    tom = await desk.staff("Tom")
    await tom.says(SENTENCE)
    await tom.presses("Save")

    await desk.comes(FRIDAY_10 - timedelta(seconds=1))
    assert not any(text.startswith("⏰") for text in await tom.heard())
    await desk.comes(FRIDAY_10)
    reminder = await tom.last()
    assert reminder.lines == ["⏰ Acme · today 10:00", "called Acme, they want a quote for 20 seats"]
    assert reminder.buttons == ("Done", "Snooze 1 h", "Tomorrow", "Reschedule", "Log a call")

    done = await tom.presses("Done")
    assert done.text == "Done ✓ Acme. What’s next?"
    planned = await tom.presses("Monday")
    assert "Mon 23 Nov" in planned.text
    assert [row["status"] for row in await desk.rows("followups")] == ["done", "open"]
    report = await tom.says("they signed, send the contract on Tuesday 3pm")
    assert report.text.startswith("Acme\n")  # said right after Done, so it happened there


@story
async def a_reminder_is_moved_with_a_tap(desk: Desk) -> None:
    tom = await desk.staff("Tom")
    await tom.says("/lead Acme, Jane Miller")
    await tom.says("/next Acme, call Jane today 10:30")
    await desk.comes(datetime(2026, 11, 18, 10, 30, tzinfo=UTC))
    assert (await tom.last()).text.startswith("⏰ Acme · today 10:30")

    moved = await tom.presses("Tomorrow")

    tomorrow = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)
    assert "tomorrow 10:30" in moved.text
    assert [row["due_at"] for row in await desk.rows("followups")] == [tomorrow]
    await desk.comes(tomorrow - timedelta(hours=1))
    await desk.comes(tomorrow)
    assert (await tom.last()).text.startswith("⏰ Acme · today 10:30")


@story
async def a_lead_by_command_is_saved_at_once_and_never_twice(desk: Desk) -> None:
    tom = await desk.staff("Tom")

    lead = await tom.says("/lead Beta Works, Jane Miller, 07911 123456, jane@betaworks.co.uk, fair")
    assert lead.lines[0] == "Saved ✓ L1 Beta Works"
    assert lead.buttons[-1] == "Undo"
    again = await tom.says("/lead Beta Works Limited, Jim, +44 7911 123456")
    assert "Already in the books." in again.text
    assert len(await desk.rows("leads")) == 1

    await tom.says("/undo")
    assert await desk.rows("leads") == []


@story
async def what_is_known_is_found(desk: Desk) -> None:
    tom = await desk.staff("Tom")
    await tom.says("/lead Beta Works, Jane Miller, 07911 123456")
    await tom.says("/next Beta Works Friday 10:00 send brochure")

    for words in ("/find beta", "find Jane", "/find 123456"):
        assert "Beta Works" in (await tom.says(words)).text, words
    assert "Nothing" in (await tom.says("/find zeppelin")).text
    assert "Jane Miller" in (await tom.says("L1")).text
    assert "Tom" in (await tom.says("/history L1")).text
    assert "Tom gets a reminder" in (await tom.says("/why F1")).text


@story
async def my_day_and_the_managers_digest_come_at_half_past_eight(desk: Desk) -> None:
    tom, ana = await desk.staff("Tom"), await desk.staff("Ana", role="manager")
    await tom.says(SENTENCE)
    await tom.presses("Save")
    await tom.says("/lead Beta Works, Jane Miller, 07911 123456")

    await desk.comes(THURSDAY_830 - timedelta(minutes=1))
    assert not any("My day" in text for text in [*await tom.heard(), *await ana.heard()])
    await desk.comes(THURSDAY_830)
    assert "Beta Works" in (await tom.last()).text
    digest = await ana.last()
    assert "Logged: 1 (Tom 1)" in digest.text
    assert "New leads: 2" in digest.text
    assert "nothing in the team needs you" in digest.text

    await desk.comes(FRIDAY_10 - timedelta(hours=1, minutes=30))
    day = await tom.last()
    assert day.text.startswith("My day\n")
    assert "Acme · today 10:00" in day.text
    opened = await tom.presses("Beta Works")
    assert "Jane Miller" in opened.text


@story
async def my_day_is_ticked_off(desk: Desk) -> None:
    tom = await desk.staff("Tom")
    await tom.says("/lead Acme, Jane Miller")
    await tom.says("/next Acme, send the quote today")

    day = await tom.says("/today")
    assert "send the quote" in day.text
    ticked = await tom.presses("Done")
    assert "send the quote" not in ticked.text.partition("Today")[2]
    assert [row["status"] for row in await desk.rows("followups")] == ["done"]
    await tom.presses("Undo")
    assert [row["status"] for row in await desk.rows("followups")] == ["open"]


@story
async def the_digest_on_demand(desk: Desk) -> None:
    tom, ana = await desk.staff("Tom"), await desk.staff("Ana", role="manager")
    await tom.says(SENTENCE)
    await tom.presses("Save")

    digest = await ana.says("/digest")

    assert "Logged: 1 (Tom 1)" in digest.text
    refused = await tom.says("/digest")
    assert "Logged" not in refused.text


@story
async def settings_apply_at_once(desk: Desk) -> None:
    tom = await desk.staff("Tom")

    card = await tom.says("/settings")
    for shown in ("English", "London", "09:00–18:00"):
        assert shown in card.text
    saved = await tom.fills("Change", {"Work begins at": "08:30", "Time zone": "Berlin"})
    assert "08:30–18:00" in saved.text
    [row] = await desk.rows("staff")
    assert (row["work_start"], row["timezone"]) == (time(8, 30), "Europe/Berlin")

    chinese = await tom.presses("中文")
    assert "设置" in chinese.text
    await tom.presses("撤销")
    assert (await desk.rows("staff"))[0]["locale"] == "en"


@story
async def pasted_lines_become_one_card(desk: Desk) -> None:
    tom = await desk.staff("Tom")
    await tom.says("/lead Beta Works, Jane, 07911 123456")

    card = await tom.says("Delta, Jim, 07911 123457\nBeta Works Limited, Jane, 07911 123456\nEpsilon, Ann, nonsense")
    assert "Beta" in card.text
    assert card.buttons[0].startswith("Save all")
    await tom.presses("Save all")
    assert {"Beta Works", "Delta"} <= {row["company"] for row in await desk.rows("leads")}
    await tom.presses("Undo")
    assert {row["company"] for row in await desk.rows("leads")} == {"Beta Works"}


@story
async def what_was_begun_waits(desk: Desk) -> None:
    tom = await desk.staff("Tom")
    await tom.says(SENTENCE)
    await tom.says("/today")

    waiting = await tom.says("/resume")
    assert "called Acme" in waiting.text
    card = await tom.presses("Go on")
    assert card.lines[0] == "Acme (new lead)"
    assert (await tom.presses("Save")).text.startswith("Saved · Acme")
    assert "Acme" not in (await tom.says("/resume")).text


@story
async def a_follow_up_is_given_to_a_colleague(desk: Desk) -> None:
    tom, mei = await desk.staff("Tom"), await desk.staff("Mei")
    await tom.says("/lead Acme, Jane Miller")

    await tom.says("/next Acme, send the contract Friday 10am @Mei")
    await desk.comes(datetime(2026, 11, 18, 9, 31, tzinfo=UTC))
    told = await mei.last()
    assert "Tom" in told.text
    assert told.offers("Accept")
    await mei.presses("Accept")
    await desk.comes(FRIDAY_10 - timedelta(hours=1))
    await desk.comes(FRIDAY_10)

    assert (await mei.last()).text.startswith("⏰")
    assert not any(text.startswith("⏰") for text in await tom.heard())


@story
async def the_same_in_chinese(desk: Desk) -> None:
    mei = await desk.staff("小美", locale="zh-CN", timezone="Asia/Shanghai")

    await mei.says("线索 华新科技，王总，138 0013 8000")
    card = await mei.says("刚和华新王总通了电话，要20套的报价，周五上午10点跟进")
    assert "华新" in card.lines[0]
    assert card.buttons[0].startswith("保存")
    saved = await mei.presses("保存")
    assert saved.text.startswith("已保存")
    friday = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    await desk.comes(friday - timedelta(hours=1))
    assert [row["due_at"] for row in await desk.rows("followups")] == [friday]
    await desk.comes(friday)
    assert (await mei.last()).text.startswith("⏰")
    done = await mei.presses("完成")
    assert done.offers("撤销")


@story
async def a_customer_comes_in_and_is_erased(desk: Desk) -> None:
    """By a code that every channel takes, without a slash; what they ask for is theirs alone, and at the end they are gone."""
    tom, ana = await desk.staff("Tom"), await desk.staff("Ana", role="manager")
    await tom.says("/lead Acme, Jane Miller, 07911 123456")
    await tom.presses("To customer")
    invitation = await tom.says("/invite C1")
    code = CODE.search(invitation.text)
    assert code is not None

    jane = await desk.stranger("janey")
    welcome = await jane.says(f"join {code[1]}")
    assert "What you write is kept" in welcome.text
    assert any("We know you here as Jane Miller" in text for text in await jane.heard())
    await desk.comes(datetime(2026, 11, 18, 9, 31, tzinfo=UTC))
    assert "Jane Miller (Acme) is in our chat now" in (await tom.last()).text

    assert "7911" in (await jane.says("mydata")).text
    assert "no surveys" in (await jane.says("stop")).text
    await jane.says("forget")
    assert (await jane.presses("Yes, erase it")).text.startswith("Asked.")
    await desk.comes(datetime(2026, 11, 18, 9, 32, tzinfo=UTC))
    assert "Jane Miller" in (await ana.last()).text
    await ana.presses("Approve")
    await desk.comes(datetime(2026, 11, 18, 9, 33, tzinfo=UTC))
    await desk.comes(datetime(2026, 11, 18, 9, 34, tzinfo=UTC))

    assert [row["name"] for row in await desk.rows("contacts")] == ["—"]
    assert "Jane Miller" not in str([await desk.rows(table) for table in ("identities", "leads", "journal_changes")])
