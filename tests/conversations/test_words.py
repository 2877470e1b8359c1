"""Sentences as reps write them: what the card makes of them, and what Save keeps. Said on Wednesday 18 November 2026, 9:00."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.conftest import Chat, Person


async def english(chat: Chat) -> Person:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    await tom.says("/lead Larkfield Hotels, Piers Bond, 020 7183 8750")
    return tom


async def chinese(chat: Chat) -> Person:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await mei.says("/lead 江南纺织, 沈经理, 13866667777")
    return mei


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("make it 3pm", "Tue 24 Nov, 15:00"),
        ("at 4 instead", "Tue 24 Nov, 16:00"),
        ("not 10, 2pm", "Tue 24 Nov, 14:00"),
        ("make it 11", "Tue 24 Nov, 11:00"),
        ("no, Thursday", "tomorrow 10:00"),
        ("in the afternoon rather", "Tue 24 Nov, 14:00"),
    ],
)
async def test_a_corrected_hour_keeps_its_day(chat: Chat, words: str, shown: str) -> None:
    tom = await english(chat)
    await tom.says("spoke to Nora, ring her next Tuesday 10am")

    assert shown in (await tom.says(words)).text


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "ring Nora tomorrow at 11 and send the samples Friday",
            "tomorrow 11:00 · ring Nora",
            "Fri 20 Nov · send the samples",
        ),
        (
            "Larkfield: mail the contract Thursday, visit Monday 2pm",
            "tomorrow · mail the contract",
            "Mon 23 Nov, 14:00 · visit",
        ),
        (
            "met Nora, send her the price list by Friday, call Monday",
            "Mon 23 Nov · call",
            "Due by: Fri 20 Nov · send her the price list",
        ),
    ],
)
async def test_each_next_step_has_its_line_and_its_reminder(chat: Chat, text: str, first: str, second: str) -> None:
    tom = await english(chat)

    card = await tom.says(text)
    saved = await tom.presses("Save")

    assert first in card.text
    assert second in card.text
    assert second in saved.text
    assert len(await chat.rows("followups")) == 2
    await tom.presses("Undo")
    assert await chat.rows("followups") == []


async def test_two_next_steps_in_chinese(chat: Chat) -> None:
    mei = await chinese(chat)

    card = await mei.says("后天拜访江南纺织，下周一寄样品")

    assert "11月20日 周五 · 拜访江南纺织" in card.text
    assert "11月23日 周一 · 寄样品" in card.text


async def test_what_they_will_do_is_no_step_of_ours(chat: Chat) -> None:
    tom = await english(chat)

    await tom.says("called Nora, she will send the drawings Thursday, call her Monday")
    await tom.presses("Save")

    [step] = await chat.rows("followups")
    assert step["due_at"].day == 23


async def test_the_reminder_says_what_to_do_and_why(chat: Chat) -> None:
    tom = await english(chat)

    card = await tom.says("visited Larkfield with Piers, 40 rooms, call him back Friday at 3")
    await tom.presses("Save")

    [step] = await chat.rows("followups")
    assert "Fri 20 Nov, 15:00 · call him back" in card.text
    assert step["note"] == "call him back · visited Larkfield with Piers, 40 rooms"


@pytest.mark.parametrize(
    ("text", "note"),
    [("Call: rang Nora about the samples", "rang Nora about the samples"), ("to ring Piers", "ring Piers")],
)
async def test_the_note_does_not_repeat_the_card(chat: Chat, text: str, note: str) -> None:
    tom = await english(chat)

    assert f"\n{note}\n" in (await tom.says(text)).text


# ---------------------------------------------------------------- phones


async def test_a_number_that_no_form_takes_is_said_and_left_in_the_note(chat: Chat) -> None:
    tom = await english(chat)

    card = await tom.says("met Piers, his mobile is 07700 900321")
    await tom.presses("Save")

    assert "07700 900321 is not a number that can be called" in card.text
    assert "900321" not in str([point["value"] for point in await chat.rows("contact_points")])


async def test_a_phone_tells_whom_it_is_about(chat: Chat) -> None:
    tom = await english(chat)

    assert "Harbour Foods" in (await tom.says("07911 223344 wants the catalogue")).text


@pytest.mark.parametrize(
    "text", ["Piers's new number is 07400 556677", "called Piers, mobile 07400 556677, likes the offer"]
)
async def test_a_new_number_is_kept_and_can_be_taken_back(chat: Chat, text: str) -> None:
    tom = await english(chat)

    await tom.says(text)
    saved = await tom.presses("Save")

    assert "New: +44 7400 556677" in saved.text
    assert "+44 7400 556677" in (await tom.says("L2")).text
    await tom.presses("Undo")
    await tom.says("/undo")
    assert "556677" not in (await tom.says("L2")).text


async def test_a_number_of_somebody_else_stays_theirs(chat: Chat) -> None:
    tom = await english(chat)

    await tom.says("called Piers, he gave me 07911 223344")
    saved = await tom.presses("Save")

    assert "New:" not in saved.text


async def test_an_extension_is_kept(chat: Chat) -> None:
    mei = await chinese(chat)

    await mei.says("沈经理的新号码是0755-26001234转802")
    await mei.presses("保存")

    assert "0755 2600 1234 转 802" in (await mei.says("L1")).text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("spoke to Vera Lind from Northgate, wants a trial", "Northgate (new lead) · Vera Lind"),
        ("met Otto of Brightwell", "Brightwell (new lead) · Otto"),
        ("lunch with Ivo Kaye at Pentland Mills", "Pentland Mills (new lead) · Ivo Kaye"),
        ("called Bank of Ireland", "Bank of Ireland (new lead)"),
    ],
)
async def test_the_person_of_a_new_lead_is_not_lost(chat: Chat, text: str, title: str) -> None:
    tom = await chat.staff("Tom")

    assert (await tom.says(text)).text.startswith(title)


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("给Northgate打了电话，想要报价", "Northgate"),
        ("拜访了Brightwell，谈了合作", "Brightwell"),
        ("给Pentland公司发了邮件", "Pentland"),
        ("Northgate那边来电，要样品", "Northgate"),
        ("called 星海", "星海"),
    ],
)
async def test_a_company_in_the_other_script(chat: Chat, text: str, company: str) -> None:
    mei = await chinese(chat)

    assert f"保存并新建线索 {company}" in (await mei.says(text)).buttons


# ---------------------------------------------------------------- words to the card


@pytest.mark.parametrize("word", ["save", "Yes!", "ok", "保存", "好"])
async def test_a_word_saves_the_card_that_waits(chat: Chat, word: str) -> None:
    tom = await english(chat)
    await tom.says("called Nora")

    assert (await tom.says(word)).key == "entry-saved"
    assert len(await chat.rows("activities")) == 1


@pytest.mark.parametrize("word", ["cancel", "never mind", "算了"])
async def test_a_word_drops_it(chat: Chat, word: str) -> None:
    tom = await english(chat)
    await tom.says("called Nora")

    assert (await tom.says(word)).key == "entry-dismissed"
    assert (await tom.says("save")).key == "nothing-waits"
    assert await chat.rows("activities") == []


@pytest.mark.parametrize("word", ["no follow up", "no reminder needed", "不用跟进了"])
async def test_a_word_takes_the_next_step_off(chat: Chat, word: str) -> None:
    tom = await english(chat)
    await tom.says("called Nora, call again Friday, send the deck Monday")

    assert "nothing planned" in (await tom.says(word)).text
    await tom.presses("Save")
    assert await chat.rows("followups") == []


@pytest.mark.parametrize(
    ("word", "note"), [("add: they need training", "they need training"), ("备注加上他们还要培训", "他们还要培训")]
)
async def test_a_word_adds_to_the_note(chat: Chat, word: str, note: str) -> None:
    tom = await english(chat)
    await tom.says("called Nora")

    assert f"called Nora, {note}" in (await tom.says(word)).text


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Help!", "help"),
        ("today?", "my-day"),
        ("lead", "form-waits"),
        ("find", "wrong-usage"),
        ("next", "wrong-usage"),
        ("客户", "mine-no-customer"),
        ("新线索", "form-waits"),
        ("记录", "wrong-usage"),
    ],
)
async def test_a_command_alone_needs_no_slash(chat: Chat, word: str, key: str) -> None:
    tom = await english(chat)

    assert (await tom.says(word)).key == key


# ---------------------------------------------------------------- times that cannot be meant, and questions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("follow up with Nora yesterday", "Yesterday 09:00 is already over"),
        ("meeting with Nora at 25:00", "There is no 25:00"),
        ("ring Nora on 32/13/2026", "There is no 32/13/2026"),
    ],
)
async def test_an_impossible_time_is_said_on_a_plan(chat: Chat, text: str, said: str) -> None:
    tom = await english(chat)

    card = await tom.says(text)

    assert said in card.text
    assert "Plan only" in card.text
    assert (await tom.presses("Save")).key == "entry-ask-when"


@pytest.mark.parametrize(
    ("text", "key"), [("/next L1 yesterday 3pm ring", "date-in-the-past"), ("/next L1 32/13/2026", "impossible-date")]
)
async def test_a_command_refuses_them(chat: Chat, text: str, key: str) -> None:
    tom = await english(chat)

    assert (await tom.says(text)).key == key


async def test_a_day_that_is_over_is_when_it_happened_in_chinese(chat: Chat) -> None:
    mei = await chinese(chat)

    assert "昨天" in (await mei.says("昨天跟进江南纺织")).text
    assert "没有“2月30号”" in (await mei.says("2月30号跟进江南纺织")).text


async def test_questions_about_a_day(chat: Chat) -> None:
    tom = await english(chat)
    await tom.says("ring Nora Friday at 3")
    await tom.presses("Save")

    for question in ("what do I have on Friday?", "anything on Friday", "my plans for Friday", "周五有什么安排"):
        answer = await tom.says(question)
        assert answer.key == "planned-on", question
        assert "Harbour Foods · Fri 20 Nov, 15:00" in answer.text
    assert (await tom.says("what's on tomorrow?")).key == "planned-on-nothing"


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("who is Zebedee?", "find-nothing"),
        ("who is Nora?", "lead-card"),
        ("show me Larkfield", "lead-card"),
        ("王小二是谁", "find-nothing"),
        ("what's overdue", "my-day-overdue"),
    ],
)
async def test_questions_about_somebody(chat: Chat, question: str, key: str) -> None:
    tom = await english(chat)

    assert (await tom.says(question)).key == key


async def test_a_range_shows_both_ends(chat: Chat) -> None:
    tom = await english(chat)

    assert "£5,000 to £8,000, kept as £5,000" in (await tom.says("Nora has £5k-£8k for it")).text
    assert "Amount: £6,000" in (await tom.says("make it 6k")).text


async def test_every_working_day_skips_the_weekend(chat: Chat) -> None:
    tom = await english(chat)

    card = await tom.says("every weekday ring Nora at 9:30")
    await tom.presses("Save")

    assert "tomorrow 09:30, every working day" in card.text
    [step] = await chat.rows("followups")
    assert step["recurrence"].startswith("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR")


# ---------------------------------------------------------------- several customers in one message


async def test_two_customers_in_one_sentence_are_two_reports(chat: Chat) -> None:
    tom = await english(chat)

    card = await tom.says("rang Harbour and Larkfield, both like the new range; Harbour Monday, Larkfield Friday 2pm")
    saved = await tom.presses("Save all")

    assert card.key == "entries-card"
    assert "Harbour Foods · Call" in card.text
    assert "next Fri 20 Nov, 14:00" in card.text
    assert saved.text.startswith("Saved: 2")
    assert [row["lead_id"] for row in await chat.rows("activities")] == [1, 2]
    assert sorted(row["due_at"].day for row in await chat.rows("followups")) == [20, 23]
    await tom.presses("Undo")
    assert await chat.rows("activities") == []


@pytest.mark.parametrize(
    "text",
    [
        "Wednesday report:\n- visited Harbour, they want 3 pallets\n- mailed Piers the brochure\n- met Quill Ltd, no budget",
        "1. visited Harbour, they want 3 pallets 2. mailed Piers the brochure 3. met Quill Ltd, no budget",
        "Visited Harbour, they want 3 pallets. Emailed Piers the brochure. Met Quill Ltd, no budget.",
    ],
)
async def test_a_day_s_report_is_one_list(chat: Chat, text: str) -> None:
    tom = await english(chat)

    card = await tom.says(text)
    await tom.says("save")

    assert card.text.startswith("3 reports in one message")
    assert len(await chat.rows("activities")) == 3
    assert [row["company"] for row in await chat.rows("leads")][-1] == "Quill Ltd"


async def test_a_report_in_chinese(chat: Chat) -> None:
    mei = await chinese(chat)
    await mei.says("/lead 远山重工, 陆总, 13877778888")

    card = await mei.says("【日报】1、给江南纺织打了电话，周五再跟进 2、拜访了远山重工，报价30万")
    await mei.presses("全部保存")

    assert card.key == "entries-card"
    assert [str(row["kind"]) for row in await chat.rows("activities")] == ["call", "visit"]
    assert len(await chat.rows("followups")) == 1


async def test_one_of_a_list_is_opened_and_corrected(chat: Chat) -> None:
    tom = await english(chat)
    await tom.says("called Harbour and Larkfield, both want samples")

    opened = await tom.presses("Larkfield")
    await tom.says("follow up Monday")
    await tom.says("never mind")

    assert opened.text.startswith("Larkfield Hotels")
    assert (await tom.says("/resume")).key == "resume-list-card"


async def test_an_older_picture_of_the_list_opens_what_it_shows(chat: Chat) -> None:
    tom = await english(chat)
    await tom.says("1. visited Harbour, they want 3 pallets 2. met Quill Ltd, no budget 3. called Larkfield")
    await tom.presses("Harbour")

    opened = await tom.forges("entries.open:1.2")
    again = await tom.forges("entries.open:1.2")

    assert opened.text.startswith("Quill Ltd")
    assert again.key == "button-too-old"


async def test_what_is_past_by_now_stays_on_the_list(chat: Chat) -> None:
    tom = await english(chat)
    await tom.says("1. called Harbour, follow up tomorrow 10am 2. visited Larkfield, all fine")
    await chat.tick(after=timedelta(days=3))

    saved = await tom.presses("Save all")

    assert saved.text.startswith("Saved: 1. 1 still to be looked at")
    assert [row["lead_id"] for row in await chat.rows("activities")] == [2]


async def test_a_company_that_is_known_meanwhile_stays_on_the_list(chat: Chat) -> None:
    tom, ann = await english(chat), await chat.staff("Ann")
    await tom.says("1. met Quill Ltd, no budget 2. called Harbour")
    await ann.says("/lead Quill Ltd, Rae Moss")

    saved = await tom.presses("Save all")

    assert saved.text.startswith("Saved: 1. 1 still to be looked at")
    assert (await tom.presses("Go on")).text.startswith("One report in this message")


@pytest.mark.parametrize(
    "text",
    [
        "called Harbour, they buy from Larkfield",
        "called Harbour\nthey want\n1. price\n2. delivery",
        "met Nora. Sunny day.",
    ],
)
async def test_a_message_about_one_stays_one_card(chat: Chat, text: str) -> None:
    tom = await english(chat)

    assert (await tom.says(text)).key == "entry-card"


async def test_several_unknown_companies_are_a_lead_each(chat: Chat) -> None:
    tom = await english(chat)

    card = await tom.says("called Quill Ltd, Harbour and Umbrella Corp, all want samples; follow up Friday")
    await tom.presses("Save all")

    assert card.text.startswith("3 reports in one message")
    assert [row["company"] for row in await chat.rows("leads")][-2:] == ["Quill Ltd", "Umbrella Corp"]
    assert len(await chat.rows("followups")) == 3
    await tom.presses("Undo")
    assert "Quill Ltd" not in [row["company"] for row in await chat.rows("leads")]
