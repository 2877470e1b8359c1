from __future__ import annotations

from datetime import time

import pytest

from domain.people.codes import ALPHABET, LENGTH, looks_like_code, new_code, read_code
from domain.people.zones import find_zone
from handlers.people.onboarding import read_clock


def test_codes_differ_and_are_read_as_they_were_made() -> None:
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) and read_code(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed",
    ["4f7k2q0bcd1f", "4F7K-2Q0B-CD1F", " 4F7K 2Q0B CD1F. ", "４Ｆ７Ｋ２Ｑ０ＢＣＤ１Ｆ", "4F7K2QOBCDIF", "4f7k2qobcdlf"],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_code(typed) == "4F7K2Q0BCD1F"


@pytest.mark.parametrize(
    "typed", ["", "hello", "us tomorrow", "4F7K2Q", "4F7K2Q0BCD1F4F7K", "the big meeting", "appreciation", "张" * 12]
)
def test_words_are_no_code(typed: str) -> None:
    assert not looks_like_code(typed)


def test_what_is_no_code_at_all_is_read_without_harm() -> None:
    assert len(read_code("x" * 100_000)) <= 100


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("london", "Europe/London"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("上海", "Asia/Shanghai"),
        ("北京市", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("UTC", "UTC"),
        ("ｌｏｎｄｏｎ", "Europe/London"),
    ],
)
def test_a_zone_is_found_by_what_people_call_it(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize("typed", ["", "Atlantis", "+8", "London; DROP", "x" * 100_000, "../etc/passwd"])
def test_no_zone_is_made_up(typed: str) -> None:
    assert find_zone(typed) is None


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9", time(9)),
        ("9:00", time(9)),
        ("09.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("９：３０", time(9, 30)),
        ("9点", time(9)),
        ("9点30分", time(9, 30)),
        ("18h30", time(18, 30)),
        ("24:00", time(23, 59)),
    ],
)
def test_a_time_of_day_is_read(typed: str, at: time) -> None:
    assert read_clock(typed) == at


@pytest.mark.parametrize("typed", ["", "25:00", "9:60", "soon", "24:30", "9:5", "-1"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    assert read_clock(typed) is None
