"""A chat pasted or forwarded becomes one activity: with whom, what was promised, and all of its words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.chat import Attachment, Forwarded
from tests.conversations.conftest import START, Chat

WHATSAPP = """[17/11/2026, 15:15:03] Nora Quinn: Hi Tom, the samples are great
[17/11/2026, 15:16:20] Nora Quinn: Could you send the quote for 20 units, about 12k GBP?
[17/11/2026, 15:18:00] Tom: Sure, I'll send it on Friday"""
WECHAT = """沈经理 2026-11-17 15:15:03
样品收到了，质量不错

Mei 2026-11-17 15:16:00
太好了，我后天下午3点给您打电话谈价格"""


async def test_a_pasted_chat_is_one_activity_of_that_day_with_the_promise(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")

    card = await tom.says(WHATSAPP)

    assert card.text.startswith("Harbour Foods\nMessage · yesterday")
    assert "Next: Fri 20 Nov · send it" in card.text
    assert "£12,000" in card.text
    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert (activity["kind"], activity["note"]) == ("message", WHATSAPP)
    assert activity["at"] == datetime(2026, 11, 17, 15, 18, tzinfo=UTC)
    assert "wants_quote" in activity["intents"]
    assert len(await chat.rows("followups")) == 1


async def test_a_chinese_one_is_wechat(chat: Chat) -> None:
    mei = await chat.staff("Mei", locale="zh-CN", timezone="Asia/Shanghai")
    await mei.says("/lead 江南纺织, 沈经理, 13866667777")

    card = await mei.says(WECHAT)

    assert card.text.startswith("江南纺织\n微信 · 昨天")
    assert "明天 15:00" in card.text
    assert "给您打电话谈价格" in card.text


@pytest.mark.parametrize(
    ("copied", "first"),
    [
        ("+44 7911 223344, [17.11.2026 10:15]\nhello\n\nTom, [17.11.2026 10:16]\nhello", "Harbour Foods"),
        ("Bill Lumbergh: morning\nme: morning\nBill Lumbergh: we need 20 seats", "Bill Lumbergh (new lead)"),
        (
            "Bill (Initech), [17.11.2026 10:15]\nmorning\n\nTom, [17.11.2026 10:16]\nmorning",
            "Initech (new lead) · Bill",
        ),
        ("WhatsApp with Harbour\nNQ: morning\nme: morning", "Harbour Foods"),
    ],
)
async def test_whom_it_is_about(chat: Chat, copied: str, first: str) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")

    assert (await tom.says(copied)).text.splitlines()[0] == first


async def test_a_promise_that_lapsed_is_asked_about(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("[03/11/2026, 10:15] Nora Quinn: any news?\n[03/11/2026, 10:16] Tom: I'll call you on Friday")

    assert "is already over" in card.text
    assert "Next: nothing planned" in card.text


async def test_names_that_are_phones_are_no_list_of_leads(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    card = await tom.says("[17/11/2026, 10:15] +44 7911 111111: hello\n[17/11/2026, 10:16] +44 7911 222222: hello")

    assert card.key == "entry-card"


async def test_messages_forwarded_together_are_one_card(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    written = START - timedelta(days=1)

    [card] = await tom.does(Forwarded("we take the 20 units", "Nora Quinn", written))
    await tom.does(Forwarded("can you call me on Friday at 3pm?", "Nora Quinn", written + timedelta(minutes=2)))

    [edited] = await chat.delivered()
    assert card.text.startswith("Harbour Foods\nMessage · yesterday")
    assert edited.edits is not None
    assert "Fri 20 Nov, 15:00" in edited.text
    await tom.presses("Save")
    [activity] = await chat.rows("activities")
    assert activity["note"] == (
        "Nora Quinn, [2026-11-17 09:00]\nwe take the 20 units\n\n"
        "Nora Quinn, [2026-11-17 09:02]\ncan you call me on Friday at 3pm?"
    )


async def test_a_colleagues_words_count_as_ones_own(chat: Chat) -> None:
    tom, _ = await chat.staff("Tom"), await chat.staff("Ana")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")

    [card] = await tom.does(Forwarded("called Harbour, they want a demo", "Ana", START))
    [refused] = await tom.does(Forwarded("/today", "Desk", START))

    assert card.text.startswith("Harbour Foods\nCall")
    assert refused.key == "entry-card"  # what somebody else wrote is no command of ours


async def test_a_chat_in_a_group_is_none_of_ours(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    assert await tom.does(Forwarded("hello", "Nora Quinn", START), place=chat.group("Sales")) == []


@pytest.mark.parametrize("word", ["yes", "save", "/undo", "cancel", "done"])
async def test_a_forwarded_word_never_acts(chat: Chat, word: str) -> None:
    """Whoever wrote it: a stranger with a colleague's first name, a colleague, our own bot, beside a photo."""
    tom, ana = await chat.staff("Tom Baker"), await chat.staff("Ana Silva")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    await tom.says("called Harbour, they want a demo, follow up Friday 10am")

    for forwarded in (
        Forwarded(word, "Ana", START),
        Forwarded(word, "Tom Baker", START, "a-stranger"),
        Forwarded(word, "Ana Silva", START, ana.user),
        Forwarded(word, "", START),
        Attachment("photo", "ref", caption=word, is_forwarded=True),
    ):
        chat.now += timedelta(minutes=2)
        [card] = await tom.does(forwarded)
        assert card.key == "entry-card", forwarded

    assert len(await chat.rows("leads")) == 1
    assert await chat.rows("activities") == []
    assert len(await chat.rows("drafts")) >= 2


async def test_a_forwarded_report_is_not_saved_at_once(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom Baker"), await chat.staff("Ana Silva")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    await tom.forges("settings.atonce:yes")

    [card] = await tom.does(Forwarded("called Harbour Foods, they want a demo", "Ana", START, ana.user))
    await tom.says("called Harbour Foods, they want a demo")

    assert card.key == "entry-card"
    assert len(await chat.rows("activities")) == 1


@pytest.mark.parametrize(
    ("author", "is_sent_by_her", "first_line"),
    [
        ("Ana Silva", True, "Harbour Foods\nCall"),
        ("A. on holiday", True, "Harbour Foods\nCall"),
        ("ana silva", None, "Harbour Foods\nCall"),
        ("Ana", None, "Harbour Foods\nMessage"),
        ("Silva", None, "Harbour Foods\nMessage"),
        ("Ana Silva", False, "Harbour Foods\nMessage"),
    ],
)
async def test_who_is_a_colleague(chat: Chat, author: str, is_sent_by_her: bool | None, first_line: str) -> None:
    tom, ana = await chat.staff("Tom Baker"), await chat.staff("Ana Silva")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    author_id = None if is_sent_by_her is None else ana.user if is_sent_by_her else "a-stranger"

    [card] = await tom.does(Forwarded("called Harbour Foods, they want a demo", author, START, author_id))

    assert card.text.startswith(first_line)


async def test_what_was_corrected_stays_when_more_is_forwarded(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    await tom.does(Forwarded("we take the 20 units", "Nora Quinn", START))
    await tom.says("no, Thursday 4pm")

    [second] = await tom.does(Forwarded("and the invoice, please", "Nora Quinn", START))

    assert second.edits is None
    first, other = await chat.rows("drafts")
    assert first["content"]["due_at"] != other["content"]["due_at"]
    assert "invoice" not in first["content"]["note"]


async def test_photos_between_forwarded_messages_stay_on_the_card(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    await tom.does(Forwarded("these are the broken ones", "Nora Quinn", START))
    await tom.does(Attachment("photo", "ref"))

    await tom.does(Forwarded("can you replace them?", "Nora Quinn", START))
    await chat.delivered()
    await tom.presses("Save")

    [activity], [file] = await chat.rows("activities"), await chat.rows("attachments")
    assert "replace" in activity["note"]
    assert file["activity_id"] == activity["id"]


async def test_each_stranger_has_a_card_of_their_own_and_colleagues_join(chat: Chat) -> None:
    tom = await chat.staff("Tom Baker")
    said = [
        ("need 5 boxes", "Nora", "n"),
        ("we need ten", "Ravi", "r"),
        ("by Friday", "Nora", "n"),
        ("ok!", "Tom", tom.user),
    ]

    for text, author, author_id in said:
        chat.now += timedelta(seconds=5)
        await tom.does(Forwarded(text, author, START, author_id))

    nora, ravi = (row["content"]["note"] for row in await chat.rows("drafts"))
    assert [word in nora for word in ("boxes", "ten", "Friday", "ok!")] == [True, False, True, True]
    assert ravi.endswith("we need ten")


async def test_of_a_very_long_chat_the_newest_is_kept(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    lines = [f"[17/11/2026, 15:{at % 60:02}:00] Nora Quinn: {at} {'so ' * 30}" for at in range(300)]

    card = await tom.says("\n".join([*lines, "[17/11/2026, 16:30:00] Tom: I'll call you"]))
    await tom.presses("When")
    await tom.presses("Tomorrow")
    await tom.presses("Save")

    [activity], [followup] = await chat.rows("activities"), await chat.rows("followups")
    assert "A long chat: the note keeps its newest 20,000 characters." in card.text
    assert 19_000 < len(activity["note"]) <= 20_000
    assert activity["note"].startswith("…\n[17/11/2026")
    assert activity["note"].endswith("I'll call you")
    assert followup["note"] == "Tom: I'll call you"


async def test_a_reminder_of_a_chat_never_says_all_of_it(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await tom.says("/lead Harbour Foods Ltd, Nora Quinn, 07911 223344")
    await tom.says("[17/11/2026, 15:15] Nora Quinn: too dear for us\n[17/11/2026, 15:16] Tom: what a pity")

    await tom.presses("When")
    await tom.presses("Tomorrow")
    await tom.presses("Save")

    [followup] = await chat.rows("followups")
    assert followup["note"] == "Tom: what a pity"


async def test_a_card_that_is_full_is_followed_by_another(chat: Chat) -> None:
    tom = await chat.staff("Tom")

    for number in range(6):
        chat.now += timedelta(seconds=1)
        await tom.does(Forwarded(f"{number} " + "on and on " * 400, "Nora Quinn", START))

    notes = [row["content"]["note"] for row in await chat.rows("drafts")]
    assert [note.count("Nora Quinn, [") for note in notes] == [4, 2]
    assert all(len(note) <= 20_000 for note in notes)
