"""A sales team's days on Telegram, word by word, through the platform's real client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.local.people import private_place
from bot.local_people import staff_user
from bot.telegram.places import Topics
from domain.people.actions import link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.chat import ChatEvent, Conversation, Sender, Text
from handlers.dispatch import perform
from tests.bot.programs import STARTS_WITHIN_SECONDS, Program, free_port, started
from tests.bot.telegram.stage import Stage, on_stage
from tests.fakes.telegram import FakeTelegram, Message, User
from tests.fakes.telegram.people import cannot_initiate

THURSDAY_10 = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
FRIDAY_10 = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SENTENCE = "called Acme, they want a quote for 20 seats, follow up Friday 10am"
CODE = re.compile(r"\?start=(\w+)")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """At the end no call of ours was refused; a test that provokes a refusal empties ``server.calls``."""
    async with on_stage(tmp_path) as stage:
        yield stage
        await stage.settles()
        assert [(call.method, call.description) for call in stage.server.refusals] == []


async def says(stage: Stage, user: User, text: str, **where: object) -> Message:
    """Say it, and give the newest answer."""
    before = len(user.chat.messages)
    await user.says(text, **where)
    await stage.settles()
    assert len(user.chat.messages) > before, f"{text!r} was not answered"
    return user.chat.last


async def presses(stage: Stage, user: User, label: str, message: Message | None = None) -> Message:
    """Press the button on the message (else the newest that has it) and give the message as it stands then."""
    pressed = message or user.chat.find("", button=label)
    assert pressed is not None, f"no button {label!r}"
    press = await user.presses(pressed, label)
    await stage.settles()
    await press.answered()
    return pressed


async def test_a_team_starts_from_nothing(stage: Stage) -> None:
    ana = stage.server.user(11, first_name="Ana", language_code="en")
    await ana.starts(await stage.first_code())
    card = await ana.sees("You are the admin", button="That’s right")
    await presses(stage, ana, "That’s right", card)
    assert card.text.startswith("All set, Ana.")

    await says(stage, ana, "/team Tom, rep, Sales")
    invitation = await ana.sees("Tom, Guanxi invites you")
    assert invitation.media is not None  # the code as a picture to scan
    await says(stage, ana, "/team Mei, rep, Sales")
    mei_invitation = await ana.sees("Mei, Guanxi invites you")

    people = {}
    for name, number, language, sent in (("Tom", 12, "en", invitation), ("Mei", 13, "zh-hans", mei_invitation)):
        code = CODE.search(sent.text)
        assert code is not None
        people[name] = stage.server.user(number, first_name=name, language_code=language)
        await people[name].starts(code[1])
    await people["Tom"].sees("You’re in as sales rep", button="That’s right")
    welcome = await people["Mei"].sees("欢迎来到 Guanxi", button="没错")
    assert "语言" in welcome.text
    assert [row["role"] for row in await stage.rows("staff")] == ["admin", "rep", "rep"]

    second = stage.server.user(14, first_name="Eve", language_code="en")
    await second.starts(CODE.search(invitation.text)[1])  # type: ignore[index]
    await stage.settles()
    assert len(await stage.rows("staff")) == 3  # a code opens once


async def test_a_sentence_is_corrected_saved_undone_and_done_again(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)

    first = await says(stage, tom, SENTENCE)
    assert first.text.splitlines() == [
        "Acme (new lead)",
        "Call · today",
        "called Acme, they want a quote for 20 seats",
        "Customer: wants a quote",
        "Next: Fri 20 Nov, 10:00",
    ]
    assert [[button.label for button in row] for row in first.buttons] == [
        ["Save + new lead Acme"],
        ["Cancel"],
        ["Who", "What", "When"],
        ["Note", "Amount", "Wants"],
    ]

    card = await says(stage, tom, "no, Thursday")
    assert "Next: tomorrow 10:00" in card.text  # the day was corrected, the hour stays
    assert (first.text, first.labels) == ("Corrected below ↓", [])

    await presses(stage, tom, "Save", card)
    assert card.text.startswith("Saved · Acme\n")
    assert card.labels == ["Undo"]
    [followup] = await stage.rows("followups")
    assert followup["due_at"] == THURSDAY_10

    await presses(stage, tom, "Undo", card)
    assert card.text.startswith("Undone")
    assert await stage.rows("leads") == []
    await presses(stage, tom, "Redo", card)
    assert [lead["company"] for lead in await stage.rows("leads")] == ["Acme"]
    [followup] = await stage.rows("followups")
    assert followup["due_at"] == THURSDAY_10
    assert len(tom.chat.messages) == 2  # everything happened on the two cards


async def test_each_field_of_the_card_is_corrected_by_its_button(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    card = await says(stage, tom, SENTENCE)

    await presses(stage, tom, "What", card)
    await presses(stage, tom, "Visit", card)
    assert "Visit · today" in card.text
    await presses(stage, tom, "When", card)
    await presses(stage, tom, "Monday", card)
    assert "Next: Mon 23 Nov" in card.text
    await presses(stage, tom, "Amount", card)
    card = await says(stage, tom, "20k")
    assert "Amount: £20,000" in card.text
    await presses(stage, tom, "Who", card)
    card = await says(stage, tom, "Gamma")
    assert card.text.startswith("Gamma (new lead)")
    await presses(stage, tom, "Cancel", card)

    assert card.text == "Dropped. Nothing was saved."
    assert await stage.rows("activities") == await stage.rows("drafts") == []


async def test_the_day_goes_on_from_reminder_to_next_step(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await stage.staff("Ana", 11, role=Role.MANAGER)
    await says(stage, tom, SENTENCE)
    await presses(stage, tom, "Save")
    before = len(tom.chat.messages)

    await stage.comes(FRIDAY_10 - timedelta(minutes=1))
    assert not any(message.text.startswith("⏰") for message in tom.chat.messages[before:])
    await stage.comes(FRIDAY_10)
    reminder = tom.chat.last
    assert reminder.text.splitlines() == ["⏰ Acme · today 10:00", "called Acme, they want a quote for 20 seats"]
    assert reminder.labels == ["Done", "Snooze 1 h", "Tomorrow", "Reschedule", "Log a call"]

    await presses(stage, tom, "Done", reminder)
    assert reminder.text == "Done ✓ Acme. What’s next?"
    assert reminder.labels == ["Tomorrow", "+3 days", "Monday", "None", "Undo"]
    await presses(stage, tom, "Monday", reminder)
    assert "Mon 23 Nov" in reminder.text
    assert [row["status"] for row in await stage.rows("followups")] == ["done", "open"]

    report = await says(stage, tom, "they signed, send the contract on Tuesday 3pm")
    assert report.text.startswith("Acme\n")  # said right after Done, so it happened there

    await stage.comes(FRIDAY_10 + timedelta(minutes=5))
    assert [row["state"] for row in await stage.rows("notifications") if row["key"] == "followup-due"] == ["sent"]


async def test_my_day_and_the_managers_digest_come_at_half_past_eight(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    ana = await stage.staff("Ana", 11, role=Role.MANAGER)
    await says(stage, tom, SENTENCE)
    await presses(stage, tom, "Save")
    await says(stage, tom, "/lead Beta Ltd, Jane Miller, 07911 123456")

    await stage.comes(datetime(2026, 11, 19, 8, 29, tzinfo=UTC))
    assert not any("My day" in message.text for message in [*tom.chat.messages, *ana.chat.messages])
    await stage.comes(datetime(2026, 11, 19, 8, 30, tzinfo=UTC))

    assert "Beta" in tom.chat.last.text
    digest = ana.chat.last
    assert "Logged: 1 (Tom 1)" in digest.text
    assert "New leads: 2" in digest.text
    assert digest.labels == []
    assert len(digest.text.splitlines()) <= 6  # a title and five lines

    await stage.comes(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    day, digest = tom.chat.last, ana.chat.last
    assert day.text.startswith("My day\n")
    assert "Acme · today 10:00" in day.text
    assert day.labels == ["Acme ①", "Beta ②"]
    told = "Since Wednesday: nothing in the team needs you ✓ · Logged: 1 (Tom 1) · New leads: 2"
    assert digest.text == told  # one line, from the last one that she touched

    await stage.comes(datetime(2026, 11, 21, 8, 30, tzinfo=UTC))  # a Saturday
    assert tom.chat.find("My day") is day
    assert ana.chat.last is digest


async def test_leads_plans_and_what_is_known_of_them(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    lead = await says(stage, tom, "/lead Beta Ltd, Jane Miller, 07911 123456, jane@beta.co.uk, fair")
    assert lead.text.splitlines()[0] == "Saved ✓ L1 Beta"
    assert lead.labels[0] == "Log"
    assert lead.labels[-1] == "Undo"

    again = await says(stage, tom, "/lead Beta Limited, Jim, +44 7911 123456")
    assert again.text.startswith("L1 Beta\nAlready in the books.")
    assert len(await stage.rows("leads")) == 1

    planned = await says(stage, tom, "/next Beta Ltd Friday 10:00 send brochure")
    assert planned.text.splitlines()[:2] == ["Planned ✓ Beta · Fri 20 Nov, 10:00 · F1", "send brochure"]
    assert "L1 Beta" in (await says(stage, tom, "/find beta")).text
    assert "Tom" in (await says(stage, tom, "/history L1")).text
    assert "Tom gets a reminder" in (await says(stage, tom, "/why F1")).text
    assert "Did you mean /help?" in (await says(stage, tom, "/hlep")).text


async def test_a_form_is_asked_question_by_question(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    company = await says(stage, tom, "/lead")
    assert company.text == "New lead\nCompany?"

    person = await says(stage, tom, "Zeta *Ltd* <b>")
    assert (company.text, company.labels) == ("New lead\nCompany: Zeta *Ltd* <b>", [])
    assert person.labels == ["Skip", "Save", "Cancel"]
    await presses(stage, tom, "Skip", person)
    assert "Phone?" in person.text
    phone = await says(stage, tom, "no number")
    if "Phone?" not in phone.text:
        phone = await presses(stage, tom, "Save", phone)
    assert "phone number" in phone.text.lower()
    saved = await says(stage, tom, "07911 123456")
    await presses(stage, tom, "Save", saved)

    [stored] = await stage.rows("leads")
    assert stored["company"] == "Zeta *Ltd* <b>"
    assert tom.chat.find("Saved ✓ L1 Zeta *Ltd* <b>") is not None


async def test_pasted_lines_become_one_card_with_save_all(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await says(stage, tom, "/lead Beta Ltd, Jane, 07911 123456")

    card = await says(stage, tom, "Delta, Jim, 07911 123457\nBeta Limited, Jane, 07911 123456\nEpsilon, Ann, nonsense")
    assert "Beta" in card.text
    assert card.labels[0].startswith("Save all")
    await presses(stage, tom, "Save all", card)
    companies = {row["company"] for row in await stage.rows("leads")}
    assert {"Beta Ltd", "Delta"} <= companies
    await presses(stage, tom, "Undo", card)
    assert {row["company"] for row in await stage.rows("leads")} == {"Beta Ltd"}


async def test_a_reply_to_a_card_is_a_comment_and_who_is_named_is_told(stage: Stage) -> None:
    tom, mei = await stage.staff("Tom", 12), await stage.staff("Mei", 13, locale="zh-CN", timezone="Asia/Shanghai")
    lead = await says(stage, tom, "/lead Beta Ltd, Jane, 07911 123456")

    answer = await says(stage, tom, "please check the price @Mei", reply_to=lead)

    assert answer.text == "Noted on L1 Beta. Told: Mei"
    assert mei.chat.last.text == "Tom 在 Beta L1 说：please check the price @Mei"


async def test_old_cards_double_taps_and_forged_presses_are_harmless(stage: Stage) -> None:
    tom, mei = await stage.staff("Tom", 12), await stage.staff("Mei", 13)
    card = await says(stage, tom, SENTENCE)
    await tom.presses(card, "Save")
    await tom.presses(card, "Save")
    await stage.settles()
    assert len(await stage.rows("activities")) == 1
    assert card.text.startswith("Saved · Acme")  # the second tap takes neither the result away nor its Undo
    assert card.labels == ["Undo"]

    await stage.comes(FRIDAY_10)
    reminder = await tom.sees("⏰ Acme", button="Done")
    await presses(stage, tom, "Done", reminder)
    await stage.comes(FRIDAY_10 + timedelta(weeks=6))
    await tom.forges(reminder, "followup.done:1")
    await stage.settles()
    assert [row["status"] for row in await stage.rows("followups")] == ["done"]
    assert reminder.text.startswith("Done 42 days ago: Acme")

    greeting = await says(stage, mei, "/start")
    for payload in ("followup.done:1", "entry.save:1", "undo:1", "no.such:verb", "followup.done:" + "9" * 40, "\u202e"):
        await mei.forges(greeting, payload)
    await stage.settles()
    assert [row["status"] for row in await stage.rows("followups")] == ["done"]
    assert (await says(stage, mei, "/today")).text


async def test_whatever_people_send_everything_stays_alive(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    said = await tom.says("called Acme")
    await tom.edits(said, "called Acme twice")
    await tom.sends_voice()
    await tom.sends_photo()
    await tom.sends_album(b"\x89PNG", b"\x89PNG", caption="from the fair")
    await tom.sends_document(b"%PDF", name="quote.pdf")
    await tom.sends_location(51.5, -0.12)
    await tom.sends_contact("+447911123456", first_name="Carl")
    await tom.reacts(said, "👍")
    await tom.says("x" * 4096)
    await tom.says("<script>alert(1)</script> & *bold* _it_")
    await tom.says("\u200b\u202e \u2066")
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    message = {"message_id": 9000, "from": tom.raw(), "chat": tom.chat.raw(), "date": int(stage.now.timestamp())}
    stage.server.push({"message": {**message, "sticker": {**sticker, "is_animated": False, "is_video": False}}})
    stage.server.push({"message": {**message, "message_id": 9001, "hologram": {"beam": 1}}})
    stage.server.push({"message": {"message_id": "not a number"}}, even_unwanted=True)
    stage.server.push({"telepathy": {"thought": "hm"}}, even_unwanted=True)
    await stage.settles()

    assert (await says(stage, tom, "/help")).text.startswith("What you can say, Tom")
    assert not any("went wrong" in message.text or "broke" in message.text for message in tom.chat.messages)
    assert stage.house.dispatcher.counters.incidents == 0


async def test_who_blocked_the_bot_is_told_elsewhere_or_their_manager_is(stage: Stage) -> None:
    tom, ana = await stage.staff("Tom", 12), await stage.staff("Ana", 11, role=Role.MANAGER)
    await says(stage, tom, SENTENCE)
    await presses(stage, tom, "Save")
    await tom.blocks()

    await stage.comes(FRIDAY_10)

    assert ana.chat.find("I can’t reach Tom on any channel") is not None
    [reminder] = [row for row in await stage.rows("notifications") if row["key"] == "followup-due"]
    assert (reminder["state"], reminder["reason"]) in {("failed", "unreachable"), ("failed", "no-channel")}
    stage.server.calls.clear()

    await tom.unblocks()
    assert "Overdue" in (await says(stage, tom, "/today")).text


async def on_the_page(stage: Stage, name: str) -> Conversation:
    """Link the person to the local page as well, and give their chat there."""
    staff = await stage.house.staff_named(name)
    assert staff is not None
    user = staff_user(staff)

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        await link_identity(uow, staff, "local", user, private_place=private_place(user))

    await perform(stage.house.database.unit_of_work, act, now=stage.now)
    return Conversation(channel="local", key=private_place(user))


async def says_on_the_page(stage: Stage, chat: Conversation, text: str) -> None:
    user = chat.key.partition(":")[2]
    event = ChatEvent(
        channel="local",
        delivery_id=f"page:{text}",
        conversation=chat,
        sender=Sender(user=user),
        at=stage.now,
        content=Text(text),
    )
    await stage.house.dispatcher.dispatch(event)
    await stage.settles()


async def page_texts(stage: Stage, chat: Conversation) -> list[str]:
    async with stage.house.database.read() as uow:
        rows = await uow.local_messages.list_of(chat.key, limit=50)
    return [f"{row['body'].get('title', '')} {row['body'].get('text', '')}" for row in rows if row["sender"] is None]


@pytest.mark.parametrize("last_spoke_on", ["telegram", "local"])
async def test_on_two_channels_the_reminder_comes_once_where_they_last_spoke(stage: Stage, last_spoke_on: str) -> None:
    tom = await stage.staff("Tom", 12)
    chat = await on_the_page(stage, "Tom")
    await says(stage, tom, SENTENCE)
    await presses(stage, tom, "Save")
    stage.server.advance(60)
    await says_on_the_page(stage, chat, "/today")
    if last_spoke_on == "telegram":
        stage.server.advance(60)
        await says(stage, tom, "/today")

    await stage.comes(FRIDAY_10)

    by_telegram = [message for message in tom.chat.messages if message.text.startswith("⏰")]
    by_page = [text for text in await page_texts(stage, chat) if text.startswith("⏰")]
    assert (len(by_telegram), len(by_page)) == ((1, 0) if last_spoke_on == "telegram" else (0, 1))


async def test_who_blocked_the_bot_is_reminded_on_the_page(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    chat = await on_the_page(stage, "Tom")
    await says(stage, tom, SENTENCE)
    await presses(stage, tom, "Save")
    tom.deactivates()  # of which nobody tells the bot

    await stage.comes(FRIDAY_10)

    assert [text[0] for text in await page_texts(stage, chat)].count("⏰") == 1
    assert {call.method for call in stage.server.refusals} == {"sendMessage"}
    stage.server.calls.clear()


async def test_in_a_group_it_answers_who_means_it_and_shows_no_secrets(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    carl = stage.server.user(77, first_name="Carl", language_code="en")
    group = stage.server.group(-500, "Acme & us", [tom, carl])
    await group.adds_bot(by=tom)
    group.makes_administrator()  # so that it hears everything
    await stage.settles()
    before = len(group.messages)

    await carl.says("hello all, when does it start?", to=group)
    await tom.says("tomorrow, my number is 07911 123456", to=group)
    await stage.settles()
    assert len(group.messages) == before

    await tom.says("/lead@desk_test_bot Beta Ltd, Gary, 07911 777888", to=group)
    await stage.settles()
    assert all("777888" not in message.text.replace(" ", "") for message in group.messages)
    await tom.says("/today@desk_test_bot", to=group)
    await stage.settles()
    assert not any("My day" in message.text for message in group.messages)
    assert tom.chat.last.text.startswith("My day")

    await carl.says("/team@desk_test_bot", to=group)
    await stage.settles()
    assert not any("sales rep" in message.text for message in group.messages)
    # He never opened a chat with the bot, so it may not write to him.
    assert [call.description for call in stage.server.refusals] == [
        "Forbidden: bot can't initiate conversation with a user"
    ]
    stage.server.calls.clear()


async def test_who_never_opened_a_chat_is_asked_to_when_the_answer_is_private(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    group = stage.server.group(-500, "Acme & us", [tom])
    await group.adds_bot(by=tom)
    tom.chat.refuses = cannot_initiate()

    asked = await tom.says("/today@desk_test_bot", to=group)
    await stage.settles()

    assert group.messages[-1].text.startswith("That’s between us.")
    assert group.messages[-1].reply_to is asked
    stage.server.calls.clear()


async def test_what_is_kept_about_a_group_goes_along_when_it_moves(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    group = stage.server.group(-500, "Acme & us", [tom])
    await group.adds_bot(by=tom)
    await tom.says("/log@desk_test_bot called Acme, follow up Friday 10am", to=group)
    await stage.settles()
    assert {row["place"] for row in await stage.rows("drafts")} == {"-500"}

    moved = await group.becomes_supergroup(-1000000500)
    await stage.settles()

    assert {row["place"] for row in await stage.rows("drafts")} == {"-1000000500"}
    assert not [row for row in await stage.rows("cards") if row["place"] == "-500"]
    await tom.says("/find@desk_test_bot Acme", to=moved)
    await stage.settles()
    assert moved.messages


async def test_a_channels_post_is_kept_and_answered_to_nobody(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    news = stage.server.channel(-1000000900, "News")
    await news.posts("/lead@desk_test_bot Acme, Jane")
    await says(stage, tom, "/today")

    assert news.chat.messages == []
    assert await stage.rows("leads") == []
    assert stage.house.dispatcher.unknown["telegram", "channel_post"] == 1


async def test_a_link_may_open_a_record(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await says(stage, tom, "/lead Beta Ltd, Jane, 07911 123456")
    await tom.starts("L1")
    await stage.settles()

    assert tom.chat.last.text.startswith("L1 Beta\n")


async def test_the_menu_lists_the_commands_in_both_languages(stage: Stage) -> None:
    shown = stage.server.calls_of("setMyCommands")

    assert {call.values.get("language_code", "") for call in shown} >= {"", "zh"}


async def link_printed_by(program: Program) -> str:
    """The code of the first link, as the terminal shows it."""
    out = program.process.stdout
    assert out is not None
    async with asyncio.timeout(STARTS_WITHIN_SECONDS):
        async for line in out:
            found = CODE.search(line.decode())
            if found is not None:
                return found[1]
    raise AssertionError("no link was printed")


async def test_the_program_itself_from_the_first_link_to_undo(tmp_path: Path) -> None:
    port = free_port()
    async with FakeTelegram() as server:
        settings = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_BASE": server.base, "HTTP_PORT": str(port)}
        settings |= {"COMPANY": "Acme", "TIMEZONE": "Europe/London"}
        async with started("run", cwd=tmp_path, port=port, cold=True, **settings) as run:
            ana = server.user(11, first_name="Ana", language_code="en")
            await ana.starts(await link_printed_by(run))
            welcome = await ana.sees("Welcome to Acme, Ana!", button="That’s right", timeout=30)
            await ana.presses(welcome, "That’s right")
            await ana.sees("All set, Ana.", timeout=30)

            await ana.says("called Beta, they want a quote for 20 seats, follow up in two weeks")
            card = await ana.sees("Beta (new lead)", button="Save + new lead Beta", timeout=30)
            await ana.presses(card, "Save")
            assert await ana.sees("Saved · Beta", button="Undo", timeout=30) is card
            await ana.presses(card, "Undo")
            await ana.sees("Undone", timeout=30)
            await server.until_confirmed(timeout=30)

            ended = await run.stops()

        assert ended.code == 0, ended
        assert server.refusals == []


async def test_the_link_is_printed_once_telegram_can_be_reached(tmp_path: Path) -> None:
    port = free_port()
    async with FakeTelegram() as server:
        settings = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_BASE": server.base, "HTTP_PORT": str(port)}
        with server.outage():
            run_context = started("run", cwd=tmp_path, port=port, **settings)
            run = await run_context.__aenter__()
            await run.until_healthy()
        try:
            ana = server.user(11, first_name="Ana", language_code="en")
            await ana.starts(await link_printed_by(run))
            await ana.sees("You are the admin", timeout=30)
        finally:
            await run_context.__aexit__(None, None, None)


async def test_after_a_restart_a_card_in_a_topic_is_answered_there(stage: Stage) -> None:
    tom, _mei = await stage.staff("Tom", 12), await stage.staff("Mei", 13)
    group = stage.server.group(-100123, "Sales", [tom])
    group.opens_topic(45, "Leads")
    await tom.says("/lead Acme, Jane, jane@acme.com", to=group, thread=45)
    await stage.settles()
    card = group.chat.find("", button="Assign")
    assert card is not None
    stage.house.channels["telegram"].topics = Topics()  # type: ignore[attr-defined]  # as after a restart

    press = await tom.presses(card, "Assign", is_inaccessible=True)
    await stage.settles()
    await press.answered()
    await tom.says("@Mei", to=group, thread=45, reply_to=card)
    await stage.settles()

    [lead] = await stage.rows("leads")
    assert lead["owner_id"] == 2
    assert {message.thread_id for message in group.chat.messages} == {45}
