"""A chat pasted or forwarded becomes one activity: with whom, what was promised, and all of its words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.chat import Forwarded
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
