"""What only a workspace has: colleagues who ask to join, a home page, a message's own menu, reactions as verbs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stories.slack_desk import SlackDesk, SlackPerson, slack_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[SlackDesk]:
    async with slack_desk(tmp_path) as desk:
        yield desk


async def colleague(desk: SlackDesk) -> SlackPerson:
    """Somebody of the workspace in Berlin, whom nobody has added."""
    person = desk.stage.server.person("mei", real_name="Mei Lin", tz="Europe/Berlin", locale="zh-CN")
    return SlackPerson(desk.stage, person)


async def test_a_colleague_asks_and_is_let_in(desk: SlackDesk) -> None:
    ana, bea = await desk.staff("Ana", role="admin"), await desk.staff("Bea", role="admin")
    mei = await colleague(desk)

    welcome = await mei.says("/today")
    assert welcome.buttons[:2] == ("以销售身份加入", "以客服身份加入")
    waiting = await mei.presses("以销售身份加入")
    assert "Ana" in waiting.text

    asked = await ana.last()
    assert asked.lines[0].endswith("would like to join as sales rep")
    assert asked.buttons == ("Approve", "Decline")
    done = await ana.presses("Approve")
    assert done.text.startswith("Approved by Ana")
    assert done.buttons == ("Undo",)
    assert (await bea.last()).text.startswith("Approved by Ana")
    assert (await bea.last()).buttons == ()

    assert "你已加入" in (await mei.last()).text
    staff = (await desk.rows("staff"))[-1]
    assert (staff["role"], staff["locale"], staff["timezone"]) == ("rep", "zh-CN", "Europe/Berlin")
    assert (await mei.says("/lead Acme, Jane Miller")).lines[0].endswith("L1 Acme")


async def test_a_guest_is_a_stranger(desk: SlackDesk) -> None:
    await desk.staff("Ana", role="admin")
    guest = SlackPerson(desk.stage, desk.stage.server.person("eve", is_restricted=True))

    said = await guest.says("hello")

    assert not any(button.startswith("Join") for button in said.buttons)
    assert await desk.rows("approvals") == []


async def test_my_day_is_ticked_off_on_the_home_page(desk: SlackDesk) -> None:
    tom, server = await desk.staff("Tom"), desk.stage.server
    await tom.says("/lead Acme, Jane Miller")
    await tom.says("/next Acme, send the quote today")
    before = len(await tom.heard())

    server.opens_home(tom.person)
    await desk.stage.settles()
    home = server.home_of(tom.person)
    assert home is not None
    assert "send the quote" in home.plain
    await server.presses(home, "Done").answered()
    await desk.stage.settles()

    assert [row["status"] for row in await desk.rows("followups")] == ["done"]
    assert "Undo" in home.labels
    await server.presses(home, "Settings").answered()
    await desk.stage.settles()
    assert "London" in home.plain
    await server.presses(home, "My day").answered()
    await desk.stage.settles()
    assert "Settings" in home.labels
    assert len(await tom.heard()) == before  # nothing of it stands in the chat


async def test_a_tick_on_the_reminder_is_done_and_off_it_is_undo(desk: SlackDesk) -> None:
    tom, server = await desk.staff("Tom"), desk.stage.server
    await tom.says("/lead Acme, Jane Miller")
    await tom.says("/next Acme, call Jane today 10:30")
    await desk.comes(datetime(2026, 11, 18, 10, 30, tzinfo=UTC))
    reminder = server.messages_in(server.dm(tom.person))[-1]
    assert reminder.labels[0] == "Done"

    server.reacts(tom.person, reminder, "white_check_mark")
    await desk.stage.settles()
    assert [row["status"] for row in await desk.rows("followups")] == ["done"]
    assert reminder.labels[-1] == "Undo"

    server.unreacts(tom.person, reminder, "white_check_mark")
    await desk.stage.settles()
    assert [row["status"] for row in await desk.rows("followups")] == ["open"]
    assert reminder.labels[0] == "Done"


async def test_a_message_and_its_thread_become_a_card(desk: SlackDesk) -> None:
    tom, server = await desk.staff("Tom"), desk.stage.server
    jane = server.person("jane", real_name="Jane Miller")
    await tom.says("/lead Acme, Jane Miller")
    deals = server.channel("deals", tom.person, jane)
    root = server.says(jane, "any news from Acme?", channel=deals)
    server.says(tom.person, "they want a quote for 20 seats", channel=deals, thread_ts=root.ts)
    await desk.stage.settles()

    await server.shortcut("log", user=tom.person, message=root).answered()
    await desk.stage.settles()
    card = await tom.last()
    assert card.lines[0] == "Acme"
    await tom.presses("Save")

    [activity] = await desk.rows("activities")
    assert activity["kind"] == "message"
    assert "any news from Acme?" in activity["note"]
    assert "Tom: they want a quote for 20 seats" in activity["note"]
    assert server.messages_in(deals) == []  # between the rep and us
