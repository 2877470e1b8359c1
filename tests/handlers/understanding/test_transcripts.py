"""Chats as the messengers copy them. Now is Wednesday 18 November 2026, 10:30."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.understanding import Context
from handlers.understanding.promises import find_promises
from handlers.understanding.transcripts import is_ours, read_transcript

OURS = ("Tom Baker", "王梅")


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day} {hour:02}:{minute:02}")


ENGLISH_CHATS = {
    "WhatsApp, iOS": "[17/11/2026, 15:15:00] Hannah Weiss: Could you send it?\n[17/11/2026, 15:16:00] Tom: Sure: by Friday",
    "WhatsApp, Android": "11/17/26, 3:14 PM - Messages and calls are end-to-end encrypted.\n"
    "11/17/26, 3:15 PM - Hannah Weiss: Could you send it?\n11/17/26, 3:16 PM - Tom: Sure: by Friday",
    "Telegram": "Hannah Weiss, [17.11.2026 15:15]\nCould you send it?\n\nTom, [17.11.2026 15:16]\nSure: by Friday",
    "Slack": "Hannah Weiss  3:15 PM\nCould you send it?\nTom  3:16 PM\nSure: by Friday",
    "Slack, new": "Hannah Weiss\n  Yesterday at 3:15 PM\nCould you send it?\n\nTom\n  Yesterday at 3:16 PM\nSure: by Friday",
    "time first": "2026-11-17 15:15 Hannah Weiss: Could you send it?\n2026-11-17 15:16 Tom: Sure: by Friday",
}
CHINESE_CHATS = {
    "PC": "李伟 2026-11-17 15:15:00\n报价能发一下吗\n\n王梅 2026-11-17 15:16:00\n好的，周五发您",
    "mail": "—————  2026-11-17  —————\n\n李伟  15:15\n\n报价能发一下吗\n\n王梅  15:16\n\n好的，周五发您",
    "phone": "李伟 11月17日 下午3:15\n报价能发一下吗\n王梅 昨天 15:16\n好的，周五发您",
}


@pytest.mark.parametrize("copied", ENGLISH_CHATS.values(), ids=ENGLISH_CHATS)
def test_english_forms(english: Context, copied: str) -> None:
    chat = read_transcript(copied, english, ours=OURS)

    assert chat is not None
    assert chat.kind == "message"
    assert [(one.speaker, one.text, one.at) for one in chat.said] == [
        ("Hannah Weiss", "Could you send it?", at(17, 15, 15)),
        ("Tom", "Sure: by Friday", at(17, 15, 16)),
    ]


def test_names_times_and_words_on_one_line(english: Context) -> None:
    chat = read_transcript("Hannah Weiss, 09:15: Could you send it?\nTom, 09:16: Sure: by Friday", english, ours=OURS)

    assert chat is not None
    assert [(one.speaker, one.text) for one in chat.said] == [
        ("Hannah Weiss", "Could you send it?"),
        ("Tom", "Sure: by Friday"),
    ]


@pytest.mark.parametrize("copied", CHINESE_CHATS.values(), ids=CHINESE_CHATS)
def test_wechat_forms(chinese: Context, copied: str) -> None:
    chat = read_transcript(copied, chinese, ours=OURS)

    assert chat is not None
    assert chat.kind == "wechat"
    assert [(one.speaker, one.text, one.at) for one in chat.said] == [
        ("李伟", "报价能发一下吗", at(17, 15, 15)),
        ("王梅", "好的，周五发您", at(17, 15, 16)),
    ]


@pytest.mark.parametrize(
    "copied",
    [
        "李伟和王梅的聊天记录\n李伟：报价能发一下吗\n王梅：好的，周五发您",
        "李伟：在吗\n我：在的\n李伟：报价能发一下吗\n不急",
    ],
)
def test_names_without_times(chinese: Context, copied: str) -> None:
    chat = read_transcript(copied, chinese, ours=OURS)

    assert chat is not None
    assert chat.speakers[0] == "李伟"
    assert {one.at for one in chat.said} == {None}


@pytest.mark.parametrize(
    "written",
    [
        "Orion Freight: called, they want a demo\nPinecrest Foods: signed\nDelmar: nobody there",
        "Orion Freight 10:15\ncalled, they want a demo\nDelmar 9:00\nvisited",
        "Next steps:\nring Jane: tomorrow\nring Bob: Friday",
        "met Rebecca at 10:15\nall fine",
        "demo for Omar 2026-11-24 15:00\nbring the laptop\nvisit Grace 2026-11-25 10:00\nask for the order",
        "Rebecca: tomorrow",
        "[x] one\n[ ] two",
        "today\n11:20\ndropped in at Delmar",
        "周五\n16:45\n去云帆送样品",
        "2026-11-20\n8:30\nOrion Freight, second round",
        "Rebecca  9:40 AM\n9:41\nno reply yet",
        "",
    ],
)
def test_what_is_no_chat(english: Context, written: str) -> None:
    assert read_transcript(written, english, ours=OURS) is None


def test_a_time_alone_below_who_and_when_is_a_further_message(english: Context) -> None:
    chat = read_transcript("Hannah  9:15 AM\n9:16\nhello\nTom  9:17 AM\nmorning", english, ours=OURS)

    assert chat is not None
    assert [(one.speaker, one.text, one.at) for one in chat.said] == [
        ("Hannah", "", at(18, 9, 15)),
        ("Hannah", "hello", at(18, 9, 16)),
        ("Tom", "morning", at(18, 9, 17)),
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "18/11/0999"])
def test_a_year_in_which_nobody_chatted_is_no_day(chinese: Context, day: str) -> None:
    chat = read_transcript(f"[{day} 00:15] 李伟: 周五发您", chinese)

    assert chat is not None
    assert [one.at for one in chat.said] == [at(18, 0, 15)]
    assert find_promises(chat, chinese, ours=lambda name: True).ahead


def test_hours_that_go_back_are_of_the_day_before(english: Context) -> None:
    chat = read_transcript("Hannah [5:15 PM]\nhello\nTom [9:16 AM]\nhello\n[9:17 AM] again", english, ours=OURS)

    assert chat is not None
    assert [one.at for one in chat.said] == [at(17, 17, 15), at(18, 9, 16), at(18, 9, 17)]
    assert [one.speaker for one in chat.said] == ["Hannah", "Tom", "Tom"]


@pytest.mark.parametrize(
    ("lines", "promised"),
    [
        (["H: thanks", "T: I'll send you the quote on Friday"], [at(20, 9, 0)]),
        (["H: I'll get back to you on Thursday at 3pm", "T: great"], [at(19, 15, 0)]),
        (["H: could you send the offer by Friday?", "T: sure"], [at(20, 18, 0)]),
        (["H: can we meet Thursday 2pm?", "T: sorry, no", "H: ok"], []),
        (["T: shall we meet Thursday 2pm?", "H: better Friday 10am", "T: ok"], [at(20, 10, 0)]),
        (["H: what about lunch on Friday?", "T: we had snow", "H: nice", "T: cold, too", "H: bye"], []),
        (["T: I'll call you Friday", "H: I will send the order by Thursday"], [at(20, 9, 0), at(19, 18, 0)]),
        (["H: the fair was nice on Monday", "T: it was"], []),
    ],
)
def test_what_was_promised(english: Context, lines: list[str], promised: list[datetime]) -> None:
    copied = "\n".join(f"[2026-11-18 09:{number:02}] {line}" for number, line in enumerate(lines, start=10))
    chat = read_transcript(copied, english)
    assert chat is not None

    found = find_promises(chat, english, ours=lambda name: name == "T")

    assert [promise.moment.at for promise in found.ahead] == promised


def test_a_time_counts_from_its_own_message(chinese: Context) -> None:
    chat = read_transcript("李伟 2026-11-10 15:15\n合同看了\n王梅 2026-11-10 15:16\n那我明天发您终稿", chinese)
    assert chat is not None

    found = find_promises(chat, chinese, ours=lambda name: is_ours(name, OURS))

    assert found.ahead == ()
    assert found.lapsed is not None
    assert found.lapsed.moment.at == at(11, 9, 0)
