from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import decode_facts, encode_facts, register_fact
from domain.values.money import Money


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


@dataclass(frozen=True)
class Word:
    key: str
    facts: dict[str, Any]


register_fact(Word, "test-word", lambda word: [word.key, word.facts], lambda value: Word(*value))


def round_trip(value: object) -> object:
    return decode_facts(json.loads(json.dumps(encode_facts(value))))


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"a": 1, "b": [True, 1.5, "x", None]},
        datetime(2026, 11, 20, 2, 0, 0, 5, tzinfo=UTC),
        date(2026, 11, 20),
        time(9, 30),
        timedelta(days=-1, microseconds=7),
        Decimal("12.50"),
        Money(minor=-5, currency="CNY"),
        ("a", ("b", [date(2024, 2, 29)])),
        Word("hello", {"when": time(9), "inner": Word("again", {})}),
        {"$": "at", "v": "not a moment"},
        {1: "one", date(2026, 1, 1): Money(minor=1, currency="USD"), ("a", 2): None},
    ],
)
def test_values_come_back_as_they_were(value: object) -> None:
    again = round_trip(value)
    assert again == value
    assert type(again) is type(value)


def test_enumerations_become_their_values() -> None:
    assert encode_facts({"colour": Colour.RED, "size": Size.LARGE}) == {"colour": "red", "size": 3}
    assert type(encode_facts(Colour.RED)) is str
    assert type(encode_facts(Size.LARGE)) is int


def test_what_nobody_registered_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        encode_facts({"thing": object()})
    with pytest.raises(KeyError):
        decode_facts({"$": "unheard-of", "v": 1})


def test_a_tag_belongs_to_one_type() -> None:
    with pytest.raises(ValueError, match="test-word"):
        register_fact(Colour, "test-word", str, Colour)
    register_fact(Word, "test-word", lambda word: [word.key, word.facts], lambda value: Word(*value))


plain = st.none() | st.booleans() | st.integers() | st.text() | st.datetimes(timezones=st.just(UTC)) | st.dates()
values = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("$"), inner))


@given(values)
def test_any_nesting_comes_back(value: object) -> None:
    assert round_trip(value) == value
