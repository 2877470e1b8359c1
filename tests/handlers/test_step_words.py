"""What a reminder says is to be done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.entries.step_words import LONGEST, step_words
from handlers.understanding import Moment


def moment_at(text: str, time: str) -> Moment:
    start = text.index(time)
    return Moment(at=datetime(2026, 11, 24, 9, tzinfo=UTC), grain="day", start=start, end=start + len(time))


@pytest.mark.parametrize(
    ("text", "time", "note", "expected"),
    [
        ("they signed, send the contract on Tuesday", "Tuesday", "they signed", "send the contract"),
        ("spoke to Jane. On Thursday at 2pm I'll demo the app", "On Thursday at 2pm", "spoke to Jane", "demo the app"),
        ("called Globex, need to send pricing by Friday", "by Friday", "called Globex", "send pricing"),
        ("called Acme, follow up Friday 10am", "Friday 10am", "called Acme", ""),
        ("called Acme, I'll call them back Monday", "Monday", "called Acme", "call them back"),
        ("Acme: send quote Friday, call Monday", "Friday", "", "send quote"),
        ("call Acme tomorrow and send the quote Friday", "Friday", "", "send the quote"),
        ("call Acme tomorrow and send the quote Friday", "tomorrow", "", "call Acme"),
        ("call Jane tomorrow", "tomorrow", "call Jane", ""),
        ("聊了聊旺季的事十二月再定下周四提醒我打个电话", "下周四", "", "打个电话"),
        ("对报价有疑问，周五前发新报价", "周五前", "对报价有疑问", "发新报价"),
        ("通了电话，下周二上午10点再跟进", "下周二上午10点", "通了电话", ""),
        ("提醒我明天给梁静打电话", "明天", "给梁静打电话", ""),
    ],
)
def test_the_words_beside_the_time(text: str, time: str, note: str, expected: str) -> None:
    assert step_words(text, moment_at(text, time), note) == expected


@pytest.mark.parametrize("part", ["follow-up ", "and ", " on", "   ", "再", "call back ", "i will "])
def test_a_long_text_is_cut_short(part: str) -> None:
    text = part * 20_000 + "Friday"

    assert len(step_words(text, moment_at(text, "Friday"), "")) <= LONGEST
