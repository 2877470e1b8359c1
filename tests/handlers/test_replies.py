"""A reply survives being a notification row."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import decode_facts, encode_facts
from domain.values.money import Money
from handlers.chat import Button, Choice, Document, Field, Form, Line, Phrase, Picture, Reply
from handlers.rendering.secrets import Secret
from handlers.replies import pack, unpack

text = st.text(max_size=8)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    text,
    st.datetimes(timezones=st.just(UTC)),
    st.dates(),
    st.timedeltas(),
    st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(["CNY", "USD", "JPY"])),
)
names = st.text("abcdefgh$-", min_size=1, max_size=6)


def mapping(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(names, values, max_size=3)


def grown(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.lists(values, max_size=3),
        st.lists(values, max_size=3).map(tuple),
        mapping(values),
        st.builds(Phrase, text, mapping(values)),
        st.builds(Secret, st.sampled_from(["phone", "email", "amount", "name"]), values),
    )


facts = mapping(st.recursive(plain, grown, max_leaves=6))
buttons = st.lists(
    st.builds(Button, text, text, facts, url=st.none() | text, opens_form=st.booleans()), max_size=2
).map(tuple)
lines = st.lists(st.builds(Line, text, facts, buttons), max_size=2).map(tuple)
choices = st.lists(st.builds(Choice, text, text | st.builds(Phrase, text, facts)), max_size=2).map(tuple)
fields = st.lists(
    st.builds(Field, text, text, text, st.booleans(), text, choices, st.none() | text), min_size=1, max_size=2
).map(tuple)
replies = st.builds(
    Reply,
    text,
    facts,
    lines,
    buttons,
    form=st.none() | st.builds(Form, text, text, fields, text, facts),
    picture=st.none() | st.builds(Picture, text, facts),
    document=st.none() | st.builds(Document, text, text, facts),
    card=st.none() | text,
    fresh=st.booleans(),
    private=st.booleans(),
)


@given(replies)
def test_a_reply_comes_back_equal_from_json(reply: Reply) -> None:
    row = json.dumps(encode_facts(pack(reply)))
    assert unpack(reply.key, decode_facts(json.loads(row))) == reply


def test_plain_facts_make_a_reply_of_one_text() -> None:
    assert unpack("staff-unreachable", {"name": "Mei"}) == Reply("staff-unreachable", {"name": "Mei"})


def test_a_reply_of_one_text_is_packed_as_its_facts_alone() -> None:
    assert pack(Reply("staff-unreachable", {"name": "Mei"})) == {"name": "Mei"}


@pytest.mark.parametrize(
    ("row", "reply"),
    [
        (
            {"_reply": {"buttons": {"$": "tuple", "v": [{"$": "button", "v": ["button-undo", "undo:7"]}]}}},
            Reply("x", buttons=(Button("button-undo", "undo:7"),)),
        ),
        ({"who": {"$": "secret", "v": ["name", "王"]}}, Reply("x", {"who": Secret("name", "王")})),
        ({"who": {"$": "phrase", "v": ["role-rep"]}}, Reply("x", {"who": Phrase("role-rep")})),
    ],
)
def test_rows_of_earlier_versions_are_still_read(row: dict[str, Any], reply: Reply) -> None:
    assert unpack("x", decode_facts(row)) == reply


def test_moments_and_days_stay_what_they_are() -> None:
    given_ = {"at": datetime(2026, 11, 27, 10, tzinfo=UTC), "on": date(2026, 11, 27), "span": timedelta(days=2)}
    back = unpack("x", decode_facts(json.loads(json.dumps(encode_facts(pack(Reply("x", given_)))))))
    assert back.facts == given_
    assert [type(value) for value in back.facts.values()] == [datetime, date, timedelta]
