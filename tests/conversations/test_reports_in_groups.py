"""Reports that come by themselves into a group that is named from elsewhere."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, event

from handlers.chat import ConversationMoved, MembersChanged, Sender, Text
from tests.conversations.conftest import Chat, Person

MONDAY = "/report funnel last week every Monday 9:00"


async def writes(person: Person, *groups: str) -> None:
    for group in groups:
        await person.does(Text("morning", addressed=False), place=group)


async def test_a_report_comes_into_the_group_that_was_named(chat: Chat) -> None:
    ana, tom, zoe = (
        await chat.staff("Ana", role="manager"),
        await chat.staff("Tom"),
        await chat.staff("Zoe", role="manager"),
    )
    group = chat.group("sales")
    assert (await ana.says(f"{MONDAY} to #sales")).key == "schedule-no-group-known"
    await writes(ana, group)
    await writes(tom, group)

    said = await ana.says(f"{MONDAY} to #Sales")

    assert (said.key, said.facts["name"]) == ("report-scheduled", "sales")
    [told] = [each for each in await chat.delivered() if each.to == group]
    assert told.key == "report-comes-here"
    assert "Ana set it up" in told.text
    assert told.buttons == ["Stop"]
    monday = chat.now.replace(day=23, hour=9, minute=0)
    [comes] = [each for each in await chat.tick(monday + timedelta(seconds=5)) if each.key == "report-due"]
    assert comes.to == group
    assert not [each for each in chat.said if each.key == "report-comes-here"][1:]
    assert "in sales" in (await ana.forges("report.schedules:")).text

    # Whoever leads and is there may stop it; its owner hears of that.
    assert (await tom.presses("Stop", place=group)).key == "not-allowed"
    assert (await zoe.forges("report.stop:1")).key == "no-such-schedule"
    stopped = await zoe.presses("Stop", place=group)
    assert "Zoe stopped it" in stopped.text
    await chat.delivered()
    assert "Zoe stopped" in ana.heard[-1].text
    assert (await ana.forges("report.schedules:")).key == "report-no-schedules"


async def test_the_name_may_be_said_in_other_ways(chat: Chat) -> None:
    ana, mei = await chat.staff("Ana", role="manager"), await chat.staff("Mei", role="manager", locale="zh-CN")
    sales, shop = chat.group("sales"), chat.group("销售群")
    await writes(ana, sales)
    await writes(mei, shop)

    for words in ("to sales", "to the Sales group", "into #SALES", "in #sales"):
        said = await ana.says(f"{MONDAY} {words}")
        assert (said.key, said.facts["name"]) == ("report-scheduled", "sales"), words
    for words in ("发到 #销售群", "发到销售群", "发给 销售", "to #销售群"):
        said = await mei.says(f"报表 漏斗 上周 每周一9点{words if words[0] != 't' else ' ' + words}")
        assert (said.key, said.facts["name"]) == ("report-scheduled", "销售群"), words
    for words in ("to me", ""):
        assert (await ana.says(f"{MONDAY} {words}")).facts["group"] == "no", words
    assert (await mei.says("报表 漏斗 上周 每周一9点发给我")).facts["group"] == "no"
    places = {"to 10:00": "report-scheduled", "to Friday": "report-scheduled", "to nowhere": "schedule-group-unknown"}
    for words, key in places.items():
        assert (await ana.says(f"/report funnel every Monday {words}")).key == key, words


async def test_an_unknown_name_and_one_of_many_are_chosen_from(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    north, south, other = chat.group("north"), chat.group("south"), chat.group("board")
    chat.titles |= {north: "sales", south: "Sales"}
    await writes(ana, north, south)
    await writes(tom, south, other)  # Ana was never seen in the board's

    unknown = await ana.says(f"{MONDAY} to #board")
    assert unknown.key == "schedule-group-unknown"
    assert [line[:7] for line in unknown.text.splitlines()[1:]] == ["① sales", "② Sales"]
    which = await ana.says(f"{MONDAY} to #sales")
    assert which.key == "schedule-which-group"
    assert "with Tom" in which.text
    place = next(number for number, line in enumerate(which.text.splitlines()[-2:], 1) if "Tom" in line)
    payload = [button.press for row in which.body.rows for button in row][place - 1]
    chosen = await ana.forges(payload)
    again = await ana.forges(payload)

    assert (chosen.key, again.key) == ("report-scheduled", "report-scheduled")
    assert [each.to for each in await chat.delivered() if each.key == "report-comes-here"] == [south]
    assert len((await ana.forges("report.schedules:")).buttons) == 1
    assert (await ana.forges(payload.partition(".")[0] + ".into:1.9")).key == "button-too-old"
    # She left it meanwhile: an old button sends nothing there.
    await ana.says(f"{MONDAY} to #sales")
    payloads = [button.press for row in chat.said[-1].body.rows for button in row]
    for group in (north, south):
        await tom.does(MembersChanged(left=(Sender(user=ana.user),)), place=group)
    assert [(await ana.forges(each)).key for each in payloads] == ["button-too-old"] * 2


async def test_no_numbers_go_where_others_read_along(chat: Chat) -> None:
    ana, priya = await chat.staff("Ana", role="manager"), chat.stranger("Priya")
    await chat.customer("Acme", owner=ana)
    launch, acme = chat.group("launch"), chat.group("acme")
    await writes(ana, launch, acme)
    await priya.does(Text("good morning", addressed=False), place=launch)
    await ana.says("/bind C1", place=acme)

    assert (await ana.says(f"{MONDAY} to #launch")).key == "schedule-group-with-guests"
    assert (await ana.says(f"{MONDAY} to #acme")).key == "schedule-group-of-customer"
    assert (await ana.forges("report.schedules:")).key == "report-no-schedules"


async def test_what_is_known_of_a_group_follows_it_and_is_written_once(chat: Chat) -> None:
    ana = await chat.staff("Ana", role="manager")
    old, new = chat.group("sales"), chat.group("sales-super")
    chat.titles[new] = "Field sales"
    await writes(ana, old)
    written: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if "known_groups" in statement or "group_speakers" in statement:
            written.append(statement.split(maxsplit=1)[0])

    event.listen(Engine, "before_cursor_execute", note)
    await writes(ana, old, old)
    event.remove(Engine, "before_cursor_execute", note)
    assert set(written) == {"SELECT"}

    await ana.says(f"{MONDAY} to #sales")
    for place in (new, old):
        await ana.does(ConversationMoved(old, new), place=place)
    assert [row["place"] for row in await chat.rows("known_groups")] == [new]
    assert [row["place"] for row in await chat.rows("group_speakers")] == [new]
    await writes(ana, new)
    assert (await ana.says(f"{MONDAY} to #sales")).key == "schedule-group-unknown"  # it is called otherwise now
    assert (await ana.says(f"{MONDAY} to field sales")).key == "report-scheduled"
    monday = chat.now.replace(day=23, hour=9, minute=0)
    comes = [each for each in await chat.tick(monday + timedelta(seconds=5)) if each.key == "report-due"]
    assert [each.to for each in comes] == [new, new]

    await ana.does(MembersChanged(bot_left=True), place=new)
    assert (await chat.rows("known_groups"), await chat.rows("group_speakers")) == ([], [])


async def test_a_group_that_the_bot_left_is_told_once_and_the_report_goes_on_elsewhere(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    zoe = await chat.staff("Zoe", role="manager")
    sales, board = chat.group("sales"), chat.group("board")
    await writes(ana, sales)
    await ana.says(f"{MONDAY} to #sales")
    await ana.says("/report sources last week every Monday 9:00")
    await chat.delivered()

    for _ in range(2):
        await tom.does(MembersChanged(bot_left=True), place=sales)
    [told] = [each for each in await chat.delivered() if each.key == "report-group-lost"]
    assert told.to == f"private:staff-{ana.id}"
    assert "I’m no longer in sales" in told.text
    assert told.buttons == ["Into another group", "To me", "Stop"]
    monday = chat.now.replace(day=23, hour=9, minute=0)
    assert [each.to for each in await chat.tick(monday + timedelta(seconds=5)) if each.key == "report-due"] == [told.to]
    listed = await ana.forges("report.schedules:")
    assert "⚠ waits, as I am no longer in sales" in listed.text
    assert (await zoe.forges("report.tome:1")).key == "no-such-schedule"
    admin = await chat.staff("Root", role="admin")
    theirs = await admin.forges("report.schedules:")
    assert theirs.buttons == ["Into another group ①", "Stop ①", "Stop ②"]

    number = told.body.rows[0][0].press.partition(":")[2]
    assert (await ana.forges(f"report.elsewhere:{number}")).key == "schedule-no-groups"
    await writes(ana, board)
    await ana.forges(f"report.elsewhere:{number}")
    moved = await ana.presses("This one")
    assert (moved.key, moved.facts["name"]) == ("report-scheduled", "board")
    comes = [each.to for each in await chat.tick(monday + timedelta(days=7, seconds=5)) if each.key == "report-due"]
    assert sorted(comes) == sorted([board, told.to])
    await tom.does(MembersChanged(bot_left=True), place=board)
    [again] = [each for each in await chat.delivered() if each.key == "report-group-lost"]
    assert "board" in again.text
    assert "It comes to you" in (await ana.forges(f"report.tome:{number}")).text
    assert (
        len([each for each in await chat.tick(monday + timedelta(days=14, seconds=5)) if each.key == "report-due"]) == 2
    )
    await ana.forges(f"report.stop:{number}")
    assert (await ana.forges(f"report.tome:{number}")).key == "no-such-schedule"
