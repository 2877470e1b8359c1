"""Any text at all is understood, or at least survived; what a long one costs is counted, not timed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding import Context, find_amendment, parse_when, understand
from handlers.understanding.cues import cues_of
from handlers.understanding.promises import find_promises
from handlers.understanding.reports import parts_of
from handlers.understanding.second_reading import believed
from handlers.understanding.transcripts import read_transcript
from tests.handlers.understanding.conftest import CHINESE, ENGLISH, NEW_YORK, SHANGHAI

LONGEST = 4096
#: Pieces that meet the grammars half-way, in any order, beside any characters at all.
WORDS = (
    "call  Pinecrest Friday 3pm $5k 12k-15k +1 212 555 0198 a@b.c next week 2026-02-30 25:61 not by Monday 李总 下周三下午 二十万 前 "
    "18/11/2026, 10:15 - Jane: [10:15] Omar: 张伟 2026-11-17 10:15:03 \n , 。 ( ) [ ] : ： - — 1. ① 〇 半 十来万 每周一 改到 \ue000 \u200d \ud800 "
    "half two twelve thirty of the and 31st 99999999999999999999 % 1/2/3/4 Straße İ ﬁ"
)
LINES = ["\n9:30\n", "\n今天\n", "\n周三\n14:00\n", "\n2026-11-18\n", "\nJane  10:15 AM\n", "0001-01-01 00:15"]
PIECES = [*WORDS.split(" "), *LINES]
texts = st.one_of(
    st.text(max_size=LONGEST),
    st.lists(st.sampled_from(PIECES), max_size=400).map(lambda some: " ".join(some)[:LONGEST]),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=200).map(
        lambda some: "".join(some)[:LONGEST]
    ),
)


def readings() -> list[Context]:
    from datetime import datetime, time

    return [
        Context(
            now=datetime(2026, 11, 18, 10, 30, tzinfo=zone),
            zone=zone,
            working_hours=(time(9), time(18)),
            currency=currency,
            date_order=order,
            country=country,
            names=names,
        )
        for zone, currency, order, country, names in (
            (SHANGHAI, "CNY", "YMD", "CN", CHINESE),
            (NEW_YORK, "USD", "MDY", "US", ENGLISH),
        )
    ]


READINGS = readings()


@settings(deadline=None, max_examples=60)
@given(texts)
def test_nothing_raises(text: str) -> None:
    for reading in READINGS:
        found = understand(text, reading)
        assert all(0 <= span.start <= span.end <= len(text) for span in (*found.phones, *found.emails))
        parse_when(text, reading)
        find_amendment(text, reading)
        parts_of(text, reading)
        assert believed(answer_from(text), text, 1, reading) is not None
        cues_of(text, found)
        chat = read_transcript(text, reading)
        if chat is not None:
            find_promises(chat, reading, ours=lambda name: name == "me")


def answer_from(text: str) -> str:
    """What a model might answer: its phrases are copied from the text, well or badly."""
    words = text.split() or [text]
    middle = " ".join(words[len(words) // 3 : len(words) // 3 + 4])
    return json.dumps(
        {
            "when": middle,
            "amount": words[-1],
            "phones": words[:9],
            "note": text,
            "intents": words,
            "customer": len(words),
        }
    )


SENTENCES = {
    "reports": "called Pinecrest about 5k, ring Hannah Friday 3pm. ",
    "chinese": "拜访了远航科技，预算20万，下周三下午再联系李总。",
    "blanks": "   \t ",
    "digits": "12 345 6789 ",
    "one run": "a",
    "han run": "前周三月半",
    "names": "Pinecrest Hannah Omar ",
    "chat": "[18/11/2026, 10:15] Hannah: call me Friday?\n",
}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("reading", READINGS, ids=["chinese", "english"])
def test_eight_times_longer_takes_at_most_ten_times_the_steps(sentence: str, reading: Context) -> None:
    short = (sentence * 512)[:480]

    def read(text: str) -> None:
        understand(text, reading)
        read_transcript(text, reading)

    read(short)  # what is made once is made now

    assert _steps(read, (sentence * 5000)[: 480 * 8]) <= 10 * _steps(read, short)


def _steps(work: Callable[[str], Any], text: str) -> int:
    """How many calls of ours, and of the patterns and methods that these call, it took: the same on every run."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return count
